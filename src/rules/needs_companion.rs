//! Settings without the one that gives them effect.

use crate::catalogue::{Kind, Release};
use crate::diagnostic::{
    Category, Concerns, Diagnostic, Label, Needs, Relation, RuleInfo, Severity,
};
use crate::message::message;
use crate::outcomes::has_key_elsewhere;
use crate::rules::{Analysis, Rule, Sink, after_attempt, assignment, with_command};
use crate::section::SettingEntry;
use crate::settings::{EffectiveValue, Setting, Switch};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "needs-companion",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    summary: "a setting without the one that gives it effect",
    server: "\
Some settings do nothing alone. Resends are blocked only when MaximumResendAttempts says after how \
many. noOfDigits, order and screenUserAttributeMaskRegex shape the value that screenUserAttribute \
shows, and without noOfDigits or a mask pattern that value is all stars. With usecase the server \
looks in the user stores of secondaryUserstore; without it in one named NULL, which does not \
exist, and the login of a federated user fails. Without usecase it never looks there. usecase = \
\"userAttribute\" and the parameter userAttribute need each other. SendOtpToFederatedMobile needs \
the name of the attribute with the number. The section of the previous authenticator may hold \
both, as SMSOTP-userAttribute and federatedMobileAttributeKey. In 5.11 and 6.0 wrong codes are \
counted only when BackupCode is off or a claim holds the backup codes.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
EnableUserBasedResendBlocking = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
EnableUserBasedResendBlocking = true
MaximumResendAttempts = 5
",
    fixes: "None: the value of the companion is for the operator to choose.",
    concerns: Concerns::Named(&[
        "BackupCode",
        "EnableAccountLockingForFailedAttempts",
        "EnableUserBasedResendBlocking",
        "MaximumResendAttempts",
        "ResendBlockDuration",
        "SendOtpToFederatedMobile",
        "federatedMobileAttributeKey",
        "noOfDigits",
        "order",
        "screenUserAttribute",
        "screenUserAttributeMaskRegex",
        "secondaryUserstore",
        "usecase",
        "userAttribute",
    ]),
    needs: Needs::Nothing,
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
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

/// A setting that is of no use alone.
struct Need {
    setting: &'static str,
    severity: Severity,
    /// Whether what it needs is missing, given that the setting is written.
    lacks: fn(&Analysis<'_>) -> bool,
    companion: &'static str,
    /// What follows, behind the name of the setting.
    consequence: &'static str,
    /// What is said of several settings that lack the same.
    several: Several,
    /// What to do, up to the name of the companion.
    help: &'static str,
    /// A value of the companion that would do.
    value: &'static str,
}

const NO_VALUE_SHOWN: &str =
    "has no effect without screenUserAttribute: the page shows no value at all";
const NO_VALUES_SHOWN: Several =
    Several::Names("have no effect without screenUserAttribute: the page shows no value at all");
const NO_LIMIT: Several = Several::Text(
    "without MaximumResendAttempts EnableUserBasedResendBlocking blocks nobody, and still writes \
     two claims of the user at every resend; ResendBlockDuration is never used",
);
const NO_ATTRIBUTE: Several = Several::Text(
    "usecase is \"userAttribute\", which finds nobody without the parameter userAttribute: every \
     federated user is unknown, and secondaryUserstore is never used",
);
const ADD_CLAIM: &str = "add the local claim to show, such as";
const ADD_LIMIT: &str = "add the number of resends after which a user is blocked, such as";
const MOBILE: &str = "http://wso2.org/claims/mobile";

const NEEDS: &[Need] = &[
    Need {
        setting: BLOCKING,
        severity: Severity::Warning,
        lacks: |analysis| {
            analysis.settings.switch(BLOCKING) == Switch::On
                && !is_resend_off(analysis)
                && is_unset(analysis, MAXIMUM)
        },
        companion: MAXIMUM,
        consequence: "blocks nobody without MaximumResendAttempts, and still writes two claims of \
                      the user at every resend",
        several: NO_LIMIT,
        help: ADD_LIMIT,
        value: "5",
    },
    Need {
        setting: DURATION,
        severity: Severity::Warning,
        lacks: |analysis| !is_resend_off(analysis) && is_blocking_off(analysis),
        companion: BLOCKING,
        consequence: "is never used while EnableUserBasedResendBlocking is not true",
        several: Several::Apart,
        help: "leave ResendBlockDuration out, or set",
        value: "true",
    },
    Need {
        setting: DURATION,
        severity: Severity::Warning,
        lacks: |analysis| {
            !is_resend_off(analysis) && !is_blocking_off(analysis) && is_unset(analysis, MAXIMUM)
        },
        companion: MAXIMUM,
        consequence: "is never used without MaximumResendAttempts",
        several: NO_LIMIT,
        help: ADD_LIMIT,
        value: "5",
    },
    Need {
        setting: DIGITS,
        severity: Severity::Warning,
        lacks: |analysis| is_unset(analysis, SHOWN),
        companion: SHOWN,
        consequence: NO_VALUE_SHOWN,
        several: NO_VALUES_SHOWN,
        help: ADD_CLAIM,
        value: MOBILE,
    },
    Need {
        setting: ORDER,
        severity: Severity::Warning,
        lacks: |analysis| is_unset(analysis, SHOWN),
        companion: SHOWN,
        consequence: NO_VALUE_SHOWN,
        several: NO_VALUES_SHOWN,
        help: ADD_CLAIM,
        value: MOBILE,
    },
    Need {
        setting: MASK,
        severity: Severity::Warning,
        lacks: |analysis| is_unset(analysis, SHOWN),
        companion: SHOWN,
        consequence: NO_VALUE_SHOWN,
        several: NO_VALUES_SHOWN,
        help: ADD_CLAIM,
        value: MOBILE,
    },
    Need {
        setting: ORDER,
        severity: Severity::Warning,
        lacks: |analysis| {
            analysis.settings.get(ORDER).text() == Some("backward")
                && !is_unset(analysis, SHOWN)
                && !is_masked(analysis)
                && is_nothing_readable(analysis)
        },
        companion: DIGITS,
        consequence: "has no effect without noOfDigits: every character is masked",
        several: Several::Apart,
        help: "add how many characters to leave readable, such as",
        value: "4",
    },
    Need {
        setting: SHOWN,
        severity: Severity::Info,
        lacks: |analysis| is_nothing_readable(analysis) && !is_masked(analysis),
        companion: DIGITS,
        consequence: "shows nothing but stars: every character of the value is masked",
        several: Several::Apart,
        help: "add how many characters to leave readable, such as",
        value: "4",
    },
    Need {
        setting: USECASE,
        severity: Severity::Error,
        lacks: |analysis| is_unset(analysis, STORES) && !finds_no_name(analysis),
        companion: STORES,
        consequence: "is set without secondaryUserstore: the server looks in a user store named \
                      NULL, which does not exist, and the login of a federated user fails",
        several: Several::Apart,
        help: "add the user stores to look in, such as",
        value: "PRIMARY",
    },
    Need {
        setting: USECASE,
        severity: Severity::Warning,
        lacks: finds_no_name,
        companion: ATTRIBUTE,
        consequence: "is \"userAttribute\", which finds nobody without the parameter \
                      userAttribute: every federated user is unknown",
        several: NO_ATTRIBUTE,
        help: "add the name of the attribute that holds the user, such as",
        value: "email",
    },
    Need {
        setting: ATTRIBUTE,
        severity: Severity::Info,
        lacks: |analysis| {
            let usecase = analysis.settings.get(USECASE);
            usecase.value == EffectiveValue::Unset
                || (is_a_choice(usecase) && !is_by_attribute(usecase))
        },
        companion: USECASE,
        consequence: "is used only with usecase = \"userAttribute\"",
        several: Several::Apart,
        help: "leave userAttribute out, or set",
        value: "userAttribute",
    },
    Need {
        setting: STORES,
        severity: Severity::Warning,
        lacks: |analysis| is_unset(analysis, USECASE),
        companion: USECASE,
        consequence: "is never used without usecase",
        several: Several::Apart,
        help: "leave secondaryUserstore out, or set",
        value: "local",
    },
    Need {
        setting: STORES,
        severity: Severity::Warning,
        lacks: finds_no_name,
        companion: ATTRIBUTE,
        consequence: "is never used: usecase is \"userAttribute\", and there is no userAttribute",
        several: NO_ATTRIBUTE,
        help: "add the name of the attribute that holds the user, such as",
        value: "email",
    },
    Need {
        setting: FEDERATED,
        severity: Severity::Warning,
        lacks: |analysis| {
            is_federated_live(analysis)
                && is_unset(analysis, FEDERATED_KEY)
                && !has_key_elsewhere(analysis, FEDERATED_KEY)
        },
        companion: FEDERATED_KEY,
        consequence: "finds no mobile number: no section of the file has a \
                      federatedMobileAttributeKey, and the login of a federated user who is not \
                      in the user store fails",
        several: Several::Apart,
        help: "add the claim or attribute with the number, such as",
        value: MOBILE,
    },
    Need {
        setting: LOCKING,
        severity: Severity::Warning,
        lacks: |analysis| {
            let release = analysis.profile.release;
            matches!(release, Some(Release::V5_11 | Release::V6_0)) && is_never_counted(analysis)
        },
        companion: BACKUP,
        consequence: "locks nobody while BackupCode is on and no claim holds backup codes, which \
                      is so on a fresh server",
        several: Several::Apart,
        help: "to count wrong codes, set",
        value: "false",
    },
    Need {
        setting: LOCKING,
        severity: Severity::Info,
        lacks: |analysis| analysis.profile.release.is_none() && is_never_counted(analysis),
        companion: BACKUP,
        consequence: "locks nobody in 5.11 and 6.0 while BackupCode is on and no claim holds \
                      backup codes, which is so on a fresh server",
        several: Several::Apart,
        help: "to count wrong codes in those, set",
        value: "false",
    },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for need in NEEDS {
        let setting = analysis.settings.get(need.setting);
        let Some((written, text)) = setting.scalar() else { continue };
        let is_choice = matches!(setting.parameter.kind, Kind::Choice { .. });
        let is_misread = text.is_empty() || (is_choice && !is_a_choice(setting));
        let is_idle = is_misread || setting.parameter.is_too_new(analysis.profile);
        if !is_idle && (need.lacks)(analysis) {
            sink.push(finding(analysis, need, written));
        }
    }
}

fn finding(analysis: &Analysis<'_>, need: &Need, written: &SettingEntry<'_, '_>) -> Diagnostic {
    let Need { setting, severity, companion, consequence, several, help, value, .. } = *need;
    let label = match value {
        "false" => message!("needs {} = false", companion),
        _ => message!("needs {}", companion),
    };
    let label = Label::new(written.span(), label);
    let message = message!("{} {}", setting, consequence);
    let help = message!("{} {}", help, assignment(companion, value));
    let finding = Diagnostic::new(&INFO, severity, message, label).key(written.dotted()).help(help);
    let mut finding = with_command(finding, analysis, companion, value);
    if let Some(other) = analysis.settings.get(companion).written() {
        finding = finding.also(other.span(), "does not give it effect");
    } else if let Some(attempt) = analysis.section.attempt(companion) {
        return after_attempt(finding, attempt, companion);
    }
    match several {
        Several::Apart => finding,
        Several::Names(text) => {
            finding.relates(Relation::SharesCause { name: Some(setting.into()), text: text.into() })
        }
        Several::Text(text) => {
            finding.relates(Relation::SharesCause { name: None, text: text.into() })
        }
    }
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
