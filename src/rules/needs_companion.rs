//! Settings without the one that gives them effect.

use crate::catalogue::{Kind, Release};
use crate::outcomes::has_key_elsewhere;
use crate::rules::prelude::*;
use crate::rules::{after_attempt, assignment, with_command};
use crate::settings::EffectiveValue;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "needs-companion",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("needs_companion.md")),
    concerns: Concerns::Where(|it| {
        NEEDS.iter().any(|need| need.companion == it.name || need.settings.contains(&it.name))
    }),
    ..RuleInfo::PLAIN
};

const BLOCKING: &str = "EnableUserBasedResendBlocking";
const MAXIMUM: &str = "MaximumResendAttempts";
const DURATION: &str = "ResendBlockDuration";
const SHOWN: &str = "screenUserAttribute";
const DIGITS: &str = "noOfDigits";
const ORDER: &str = "order";
const MASK: &str = "screenUserAttributeMaskRegex";
const USECASE: &str = "usecase";
const ATTRIBUTE: &str = "userAttribute";
const STORES: &str = "secondaryUserstore";
const FEDERATED_KEY: &str = "federatedMobileAttributeKey";
const FEDERATED: &str = "SendOtpToFederatedMobile";
const BACKUP: &str = "BackupCode";
const LOCKING: &str = "EnableAccountLockingForFailedAttempts";

/// The name under which the sections of other authenticators have userAttribute.
const ATTRIBUTE_ELSEWHERE: &str = "SMSOTP-userAttribute";

/// What is said once where several settings lack the same companion.
#[derive(Clone, Copy)]
enum Several {
    /// Nothing.
    Apart,
    /// A text behind the names of all.
    Names(&'static str),
    /// A text that stands alone.
    Text(&'static str),
}

/// Settings of which each is of no use alone.
struct Need {
    settings: &'static [&'static str],
    companion: &'static str,
    severity: Severity,
    /// Whether what they need is missing, given that one of them is written.
    lacks: fn(&Analysis<'_>) -> bool,
    /// What follows, behind the name of a setting.
    consequence: &'static str,
    /// What is said of several settings that lack the same.
    several: Several,
    /// What to do, up to the name of the companion.
    help: &'static str,
    /// A value of the companion that would do.
    value: &'static str,
}

/// What most of them have in common.
const fn need(
    settings: &'static [&'static str],
    companion: &'static str,
    value: &'static str,
) -> Need {
    Need {
        settings,
        companion,
        severity: Severity::Warning,
        lacks: |_| true,
        consequence: "",
        several: Several::Apart,
        help: "",
        value,
    }
}

const NO_LIMIT: Several = Several::Text(
    "without MaximumResendAttempts EnableUserBasedResendBlocking blocks nobody, and still writes \
     two claims of the user at every resend; ResendBlockDuration is never used",
);
const NO_ATTRIBUTE: Several = Several::Text(
    "usecase is \"userAttribute\", which finds nobody without the parameter userAttribute: every \
     federated user is unknown, and secondaryUserstore is never used",
);
const ADD_ATTRIBUTE: &str = "add the name of the attribute that holds the user, such as";
const ADD_DIGITS: &str = "add how many characters to leave readable, such as";
const ADD_LIMIT: &str = "add the number of resends after which a user is blocked, such as";
const MOBILE: &str = "http://wso2.org/claims/mobile";

const NEEDS: &[Need] = &[
    Need {
        lacks: |analysis| {
            analysis.settings.switch(BLOCKING) == Switch::On
                && !is_resend_off(analysis)
                && is_unset(analysis, MAXIMUM)
        },
        consequence: "blocks nobody without MaximumResendAttempts, and still writes two claims of \
                      the user at every resend",
        several: NO_LIMIT,
        help: ADD_LIMIT,
        ..need(&[BLOCKING], MAXIMUM, "5")
    },
    Need {
        lacks: |analysis| !is_resend_off(analysis) && is_blocking_off(analysis),
        consequence: "is never used while EnableUserBasedResendBlocking is not true",
        help: "leave ResendBlockDuration out, or set",
        ..need(&[DURATION], BLOCKING, "true")
    },
    Need {
        lacks: |analysis| {
            !is_resend_off(analysis) && !is_blocking_off(analysis) && is_unset(analysis, MAXIMUM)
        },
        consequence: "is never used without MaximumResendAttempts",
        several: NO_LIMIT,
        help: ADD_LIMIT,
        ..need(&[DURATION], MAXIMUM, "5")
    },
    Need {
        lacks: |analysis| is_unset(analysis, SHOWN),
        consequence: "has no effect without screenUserAttribute: the page shows no value at all",
        several: Several::Names(
            "have no effect without screenUserAttribute: the page shows no value at all",
        ),
        help: "add the local claim to show, such as",
        ..need(&[DIGITS, ORDER, MASK], SHOWN, MOBILE)
    },
    Need {
        lacks: |analysis| {
            analysis.settings.get(ORDER).text() == Some("backward")
                && !is_unset(analysis, SHOWN)
                && !is_masked(analysis)
                && is_nothing_readable(analysis)
        },
        consequence: "has no effect without noOfDigits: every character is masked",
        help: ADD_DIGITS,
        ..need(&[ORDER], DIGITS, "4")
    },
    Need {
        severity: Severity::Info,
        lacks: |analysis| is_nothing_readable(analysis) && !is_masked(analysis),
        consequence: "shows nothing but stars: every character of the value is masked",
        help: ADD_DIGITS,
        ..need(&[SHOWN], DIGITS, "4")
    },
    Need {
        severity: Severity::Error,
        lacks: |analysis| is_unset(analysis, STORES) && !finds_no_name(analysis),
        consequence: "is set without secondaryUserstore: the server looks in a user store named \
                      NULL, which does not exist, and the login of a federated user fails",
        help: "add the user stores to look in, such as",
        ..need(&[USECASE], STORES, "PRIMARY")
    },
    Need {
        lacks: finds_no_name,
        consequence: "is \"userAttribute\", which finds nobody without the parameter \
                      userAttribute: every federated user is unknown",
        several: NO_ATTRIBUTE,
        help: ADD_ATTRIBUTE,
        ..need(&[USECASE], ATTRIBUTE, "email")
    },
    Need {
        severity: Severity::Info,
        lacks: |analysis| {
            let usecase = analysis.settings.get(USECASE);
            usecase.value == EffectiveValue::Unset
                || (is_a_choice(usecase) && !is_by_attribute(usecase))
        },
        consequence: "is used only with usecase = \"userAttribute\"",
        help: "leave userAttribute out, or set",
        ..need(&[ATTRIBUTE], USECASE, "userAttribute")
    },
    Need {
        lacks: |analysis| is_unset(analysis, USECASE),
        consequence: "is never used without usecase",
        help: "leave secondaryUserstore out, or set",
        ..need(&[STORES], USECASE, "local")
    },
    Need {
        lacks: finds_no_name,
        consequence: "is never used: usecase is \"userAttribute\", and there is no userAttribute",
        several: NO_ATTRIBUTE,
        help: ADD_ATTRIBUTE,
        ..need(&[STORES], ATTRIBUTE, "email")
    },
    Need {
        lacks: |analysis| {
            is_federated_live(analysis)
                && is_unset(analysis, FEDERATED_KEY)
                && !has_key_elsewhere(analysis, FEDERATED_KEY)
        },
        consequence: "finds no mobile number: no section of the file has a \
                      federatedMobileAttributeKey, and the login of a federated user who is not \
                      in the user store fails",
        help: "add the claim or attribute with the number, such as",
        ..need(&[FEDERATED], FEDERATED_KEY, MOBILE)
    },
    Need {
        lacks: |analysis| {
            let release = analysis.profile.release;
            matches!(release, Some(Release::V5_11 | Release::V6_0)) && is_never_counted(analysis)
        },
        consequence: "locks nobody while BackupCode is on and no claim holds backup codes, which \
                      is so on a fresh server",
        help: "to count wrong codes, set",
        ..need(&[LOCKING], BACKUP, "false")
    },
    Need {
        severity: Severity::Info,
        lacks: |analysis| analysis.profile.release.is_none() && is_never_counted(analysis),
        consequence: "locks nobody in 5.11 and 6.0 while BackupCode is on and no claim holds \
                      backup codes, which is so on a fresh server",
        help: "to count wrong codes in those, set",
        ..need(&[LOCKING], BACKUP, "false")
    },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for need in NEEDS {
        let settings = need.settings.iter().map(|name| analysis.settings.get(name));
        let idle = settings.filter(|setting| acts(analysis, setting) && (need.lacks)(analysis));
        sink.extend(idle.filter_map(|setting| finding(analysis, need, setting)));
    }
}

/// Whether a setting would do something, if only it had what it needs.
fn acts(analysis: &Analysis<'_>, setting: &Setting<'_>) -> bool {
    let is_choice = matches!(setting.parameter.kind, Kind::Choice { .. });
    let is_read = |text: &str| !text.is_empty() && (!is_choice || is_a_choice(setting));
    setting.scalar().is_some_and(|(_, text)| is_read(text))
        && !setting.parameter.is_too_new(analysis.profile)
}

fn finding(analysis: &Analysis<'_>, need: &Need, setting: &Setting<'_>) -> Option<Diagnostic> {
    let Need { companion, severity, consequence, help, value, .. } = *need;
    let (name, written) = (setting.parameter.name, setting.written()?);
    let label = match value {
        "false" => message!("needs {} = false", companion),
        _ => message!("needs {}", companion),
    };
    let message = message!("{} {}", name, consequence);
    let help = message!("{} {}", help, assignment(companion, value));
    let finding = INFO.at_setting(written, message, label).severity(severity).help(help);
    let mut finding = with_command(finding, analysis, companion, value);
    if let Some(other) = analysis.settings.get(companion).written() {
        finding = finding.also(other.span(), "does not give it effect");
    } else if let Some(attempt) = analysis.section.attempt(companion) {
        return Some(after_attempt(finding, attempt, companion));
    }
    let (name, text) = match need.several {
        Several::Apart => return Some(finding),
        Several::Names(text) => (Some(name.into()), text),
        Several::Text(text) => (None, text),
    };
    Some(finding.relates(Relation::SharesCause { name, text: text.into() }))
}

fn is_unset(analysis: &Analysis<'_>, name: &str) -> bool {
    analysis.settings.get(name).value == EffectiveValue::Unset
}

/// Where resends are off, nothing about them is read, which is for another rule to say.
fn is_resend_off(analysis: &Analysis<'_>) -> bool {
    analysis.settings.switch("ResendEnable") == Switch::Off
}

/// Whether the file says that resends block nobody; where it says nothing, releases differ.
fn is_blocking_off(analysis: &Analysis<'_>) -> bool {
    let blocking = analysis.settings.get(BLOCKING);
    blocking.written().is_some() && blocking.switch() == Switch::Off
}

/// Whether a pattern takes the place of noOfDigits and order, from 7.1.
fn is_masked(analysis: &Analysis<'_>) -> bool {
    let is_read = analysis.profile.release.is_none_or(|release| release >= Release::V7_1);
    let mask = &analysis.settings.get(MASK).value;
    is_read && !matches!(mask, EffectiveValue::Unset) && mask != &EffectiveValue::Text("".into())
}

/// Whether noOfDigits leaves no character readable.
fn is_nothing_readable(analysis: &Analysis<'_>) -> bool {
    is_unset(analysis, DIGITS) || analysis.settings.get(DIGITS).number() == Some(0)
}

fn is_a_choice(setting: &Setting<'_>) -> bool {
    let Kind::Choice { words } = setting.parameter.kind else { return false };
    setting.text().is_some_and(|text| words.contains(&text))
}

fn is_by_attribute(usecase: &Setting<'_>) -> bool {
    usecase.text() == Some(ATTRIBUTE)
}

/// Whether users are told by an attribute that nothing names.
fn finds_no_name(analysis: &Analysis<'_>) -> bool {
    is_by_attribute(analysis.settings.get(USECASE))
        && is_unset(analysis, ATTRIBUTE)
        && !has_key_elsewhere(analysis, ATTRIBUTE_ELSEWHERE)
}

fn is_federated_live(analysis: &Analysis<'_>) -> bool {
    let settings = &analysis.settings;
    settings.switch(FEDERATED) == Switch::On
        && settings.switch("SMSOTPMandatory") == Switch::On
        && settings.switch("SendOTPDirectlyToMobile") == Switch::Off
}

/// Whether 5.11 and 6.0 look for backup codes before they count a wrong code.
fn is_never_counted(analysis: &Analysis<'_>) -> bool {
    let is_on = |name| analysis.settings.switch(name) == Switch::On;
    is_on(LOCKING) && is_on(BACKUP)
}
