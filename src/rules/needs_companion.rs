//! Settings without the one that gives them effect.

use crate::catalogue::Kind;
use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::rules::{Analysis, Rule, Sink, with_command};
use crate::section::SettingEntry;
use crate::settings::{EffectiveValue, Setting, Settings, Switch};
use crate::toml::Tree;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "needs-companion",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    summary: "a setting without the one that gives it effect",
    server: "\
Some settings do nothing alone. Resends are blocked only when MaximumResendAttempts says after how \
many. noOfDigits and order shape the value that screenUserAttribute shows, and without noOfDigits \
or a mask pattern that value is all stars. With usecase the server looks in the user stores of \
secondaryUserstore, and without it in one named \"null\". usecase = \"userAttribute\" and the \
parameter userAttribute need each other. SendOtpToFederatedMobile needs the name of the claim \
with the number, from federatedMobileAttributeKey or from the section of the previous \
authenticator, which is why every section of the file is searched for such a key.",
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
        "EnableUserBasedResendBlocking",
        "MaximumResendAttempts",
        "ResendBlockDuration",
        "SendOtpToFederatedMobile",
        "federatedMobileAttributeKey",
        "noOfDigits",
        "order",
        "screenUserAttribute",
        "secondaryUserstore",
        "usecase",
        "userAttribute",
    ]),
    needs: Needs::Nothing,
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
};

const BLOCKING: &str = "EnableUserBasedResendBlocking";
const MAXIMUM: &str = "MaximumResendAttempts";
const SHOWN: &str = "screenUserAttribute";
const DIGITS: &str = "noOfDigits";
const MASK: &str = "screenUserAttributeMaskRegex";
const USECASE: &str = "usecase";
const ATTRIBUTE: &str = "userAttribute";
const STORES: &str = "secondaryUserstore";
const FEDERATED_KEY: &str = "federatedMobileAttributeKey";

/// The name under which the sections of other authenticators have the same key.
const FEDERATED_KEY_ELSEWHERE: &str = "SMSOTP-userAttribute";

/// A setting that is of no use alone.
struct Need {
    setting: &'static str,
    severity: Severity,
    /// Whether what it needs is missing, given that the setting is written.
    lacks: fn(&Settings<'_>, &Tree<'_>) -> bool,
    companion: &'static str,
    /// What follows, behind the name of the setting.
    consequence: &'static str,
    /// What to do, up to the name of the companion.
    help: &'static str,
    /// A value of the companion that would do.
    value: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        setting: BLOCKING,
        severity: Severity::Warning,
        lacks: |settings, _| settings.switch(BLOCKING) == Switch::On && is_unset(settings, MAXIMUM),
        companion: MAXIMUM,
        consequence: "never blocks anybody without MaximumResendAttempts",
        help: "add the number of resends after which a user is blocked, such as",
        value: "5",
    },
    Need {
        setting: "ResendBlockDuration",
        severity: Severity::Warning,
        lacks: |settings, _| is_blocking_off(settings),
        companion: BLOCKING,
        consequence: "is never used while EnableUserBasedResendBlocking is not true",
        help: "leave ResendBlockDuration out, or set",
        value: "true",
    },
    Need {
        setting: "ResendBlockDuration",
        severity: Severity::Warning,
        lacks: |settings, _| !is_blocking_off(settings) && is_unset(settings, MAXIMUM),
        companion: MAXIMUM,
        consequence: "is never used without MaximumResendAttempts",
        help: "add the number of resends after which a user is blocked, such as",
        value: "5",
    },
    Need {
        setting: DIGITS,
        severity: Severity::Warning,
        lacks: |settings, _| is_nothing_shown(settings),
        companion: SHOWN,
        consequence: "has no effect without screenUserAttribute: the page shows no value at all",
        help: "add the local claim to show, such as",
        value: "http://wso2.org/claims/mobile",
    },
    Need {
        setting: "order",
        severity: Severity::Warning,
        lacks: |settings, _| is_nothing_shown(settings),
        companion: SHOWN,
        consequence: "has no effect without screenUserAttribute: the page shows no value at all",
        help: "add the local claim to show, such as",
        value: "http://wso2.org/claims/mobile",
    },
    Need {
        setting: SHOWN,
        severity: Severity::Info,
        lacks: |settings, _| is_unset(settings, DIGITS) && is_unset(settings, MASK),
        companion: DIGITS,
        consequence: "shows nothing but stars: every character of the value is masked",
        help: "add how many characters to leave readable, such as",
        value: "4",
    },
    Need {
        setting: USECASE,
        severity: Severity::Warning,
        lacks: |settings, _| {
            settings.get(USECASE).text() == Some("local") && is_unset(settings, STORES)
        },
        companion: STORES,
        consequence: "is set without secondaryUserstore: the server looks in a user store named \
                      \"null\", and federated users skip the code",
        help: "add the user stores to look in, such as",
        value: "PRIMARY",
    },
    Need {
        setting: USECASE,
        severity: Severity::Warning,
        lacks: |settings, _| {
            settings.get(USECASE).text() != Some("local") && is_unset(settings, STORES)
        },
        companion: STORES,
        consequence: "is set without secondaryUserstore: the server looks in a user store named \
                      \"null\"",
        help: "add the user stores to look in, such as",
        value: "PRIMARY",
    },
    Need {
        setting: USECASE,
        severity: Severity::Warning,
        lacks: |settings, _| {
            is_by_attribute(settings.get(USECASE)) && is_unset(settings, ATTRIBUTE)
        },
        companion: ATTRIBUTE,
        consequence: "is \"userAttribute\", which does not work without the parameter userAttribute",
        help: "add the name of the attribute that holds the user, such as",
        value: "email",
    },
    Need {
        setting: ATTRIBUTE,
        severity: Severity::Info,
        lacks: |settings, _| {
            let usecase = settings.get(USECASE);
            usecase.value == EffectiveValue::Unset
                || (is_a_choice(usecase) && !is_by_attribute(usecase))
        },
        companion: USECASE,
        consequence: "is used only with usecase = \"userAttribute\"",
        help: "leave userAttribute out, or set",
        value: "userAttribute",
    },
    Need {
        setting: "SendOtpToFederatedMobile",
        severity: Severity::Warning,
        lacks: |settings, tree| is_federated_live(settings) && !names_federated_key(tree),
        companion: FEDERATED_KEY,
        consequence: "finds no mobile number: no section of the file has a \
                      federatedMobileAttributeKey, and the login of a federated user fails",
        help: "add the claim or attribute with the number, such as",
        value: "http://wso2.org/claims/mobile",
    },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for need in NEEDS {
        let setting = analysis.settings.get(need.setting);
        let Some((written, text)) = setting.scalar() else { continue };
        let is_choice = matches!(setting.parameter.kind, Kind::Choice { .. });
        let is_misread = text.is_empty() || (is_choice && !is_a_choice(setting));
        let is_idle = is_misread || setting.parameter.is_too_new(analysis.profile);
        if !is_idle && (need.lacks)(&analysis.settings, &analysis.tree) {
            sink.push(finding(analysis, need, written));
        }
    }
}

fn finding(analysis: &Analysis<'_>, need: &Need, written: &SettingEntry<'_, '_>) -> Diagnostic {
    let Need { setting, severity, companion, consequence, help, value, .. } = *need;
    let label = Label::new(written.span(), format!("needs {companion}"));
    let message = format!("{setting} {consequence}");
    let help = format!("{help} {companion} = {}", edits::literal(value));
    let finding = Diagnostic::new(&INFO, severity, message, label).key(written.dotted()).help(help);
    let mut finding = with_command(finding, analysis, companion, value);
    if let Some(other) = analysis.settings.get(companion).written() {
        finding = finding.also(other.span(), "does not give it effect");
    } else if let Some(attempt) = analysis.section.attempt(companion) {
        let label = format!("the server does not read this as {companion}");
        finding = finding.also(attempt.span(), label);
    }
    finding
}

fn is_unset(settings: &Settings<'_>, name: &str) -> bool {
    settings.get(name).value == EffectiveValue::Unset
}

/// Whether the file says that resends block nobody; where it says nothing, releases differ.
fn is_blocking_off(settings: &Settings<'_>) -> bool {
    let blocking = settings.get(BLOCKING);
    blocking.written().is_some() && blocking.switch() == Switch::Off
}

/// Behind a mask pattern these settings are idle anyway, which is for another rule to say.
fn is_nothing_shown(settings: &Settings<'_>) -> bool {
    is_unset(settings, SHOWN) && is_unset(settings, MASK)
}

fn is_a_choice(setting: &Setting<'_>) -> bool {
    let Kind::Choice { words } = setting.parameter.kind else { return false };
    setting.text().is_some_and(|text| words.contains(&text))
}

fn is_by_attribute(usecase: &Setting<'_>) -> bool {
    usecase.text() == Some(ATTRIBUTE)
}

fn is_federated_live(settings: &Settings<'_>) -> bool {
    settings.switch("SendOtpToFederatedMobile") == Switch::On
        && settings.switch("SMSOTPMandatory") == Switch::On
        && settings.switch("SendOTPDirectlyToMobile") == Switch::Off
}

fn names_federated_key(tree: &Tree<'_>) -> bool {
    tree.nodes().any(|node| matches!(node.name(), FEDERATED_KEY | FEDERATED_KEY_ELSEWHERE))
}
