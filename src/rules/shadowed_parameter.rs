//! Settings that another setting makes unreachable.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::rules::{Analysis, Rule, Sink, with_command};
use crate::settings::{EffectiveValue, Setting, Switch};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "shadowed-parameter",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    summary: "a setting that another one makes unreachable",
    server: "\
When SMS OTP is mandatory and SendOTPDirectlyToMobile is true, SendOtpToFederatedMobile is never \
reached. A screenUserAttributeMaskRegex takes the place of noOfDigits and order (a noOfDigits that \
is no number still fails the login). MaximumResendAttempts limits nothing when codes cannot be \
resent and users are not blocked.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
SendOTPDirectlyToMobile = true
SendOtpToFederatedMobile = true
federatedMobileAttributeKey = \"http://wso2.org/claims/mobile\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
SendOtpToFederatedMobile = true
federatedMobileAttributeKey = \"http://wso2.org/claims/mobile\"
",
    fixes: "\
Safe: the unreachable switch is set to false. The other combinations need a decision and have \
no fix.",
    concerns: Concerns::Named(&[
        "MaximumResendAttempts",
        "SendOTPDirectlyToMobile",
        "SendOtpToFederatedMobile",
        "noOfDigits",
        "order",
        "screenUserAttributeMaskRegex",
    ]),
    needs: Needs::Nothing,
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let settings = &analysis.settings;
    let on = |name| settings.switch(name) == Switch::On;
    let off = |name| settings.switch(name) == Switch::Off;

    let federated = settings.get("SendOtpToFederatedMobile");
    if on("SMSOTPMandatory") && on("SendOTPDirectlyToMobile") && on(federated.parameter.name) {
        let by = settings.get("SendOTPDirectlyToMobile");
        let consequence = "is never reached: SendOTPDirectlyToMobile comes first";
        sink.extend(shadowed(federated, by, consequence).map(|finding| {
            let edit = federated.written().map(|written| edits::revalue(written.entry, "false"));
            let title = format!("set {} = false", federated.parameter.name);
            let finding = finding
                .help("keep one of the two: they are different ways to find the number")
                .help("to keep this one, set SendOTPDirectlyToMobile = false")
                .fix(edit.map(|edit| Fix::safe(title, vec![edit])));
            with_command(finding, analysis, by.parameter.name, "false")
        }));
    }

    let pattern = settings.get("screenUserAttributeMaskRegex");
    if matches!(&pattern.value, EffectiveValue::Text(text) if !text.is_empty()) {
        for name in ["noOfDigits", "order"] {
            let consequence = "is not used: screenUserAttributeMaskRegex takes its place";
            sink.extend(shadowed(settings.get(name), pattern, consequence).map(|finding| {
                finding.help(format!("remove {name}, or remove screenUserAttributeMaskRegex"))
            }));
        }
    }

    let resend = settings.get("ResendEnable");
    if off("ResendEnable") && off("EnableUserBasedResendBlocking") {
        let consequence = "is not used: codes cannot be resent and users are not blocked";
        let attempts = settings.get("MaximumResendAttempts");
        sink.extend(shadowed(attempts, resend, consequence).map(|finding| {
            let finding = finding.help("remove MaximumResendAttempts, or set ResendEnable = true");
            with_command(finding, analysis, resend.parameter.name, "true")
        }));
    }
}

/// A finding on what the file says, labelled with what stands in its way.
fn shadowed(setting: &Setting<'_>, by: &Setting<'_>, consequence: &str) -> Option<Diagnostic> {
    let written = setting.written()?;
    let finding = Diagnostic::new(
        &INFO,
        Severity::Warning,
        format!("{} {consequence}", setting.parameter.name),
        Label::new(written.span(), "unreachable"),
    )
    .key(written.dotted());
    Some(match by.written() {
        Some(by) => finding.also(by.span(), "because of this"),
        None => finding,
    })
}
