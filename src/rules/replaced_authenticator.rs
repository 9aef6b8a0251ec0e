//! A custom authenticator that takes the place of this section.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::rules::{Analysis, Rule, Sink};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "replaced-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Error),
    summary: "a custom authenticator of the name SMSOTP, which replaces this section",
    server: "\
A custom authenticator whose name is SMSOTP takes the place of the whole configuration: only its \
own parameters remain, those of the sms_otp section and the shipped defaults are gone, and it \
counts as enabled whatever it says. Where the file has no sms_otp section this is an info.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true

[[authentication.custom_authenticator]]
name = \"SMSOTP\"
parameters.TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
TokenExpiryTime = 300
",
    fixes: "None: the file does not say which of the two is meant.",
    concerns: Concerns::Nothing,
    needs: Needs::Nothing,
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let section = &analysis.section;
    let (severity, message) = match section.is_written() {
        true => (
            Severity::Error,
            "this custom authenticator replaces the sms_otp section: nothing of that section \
             reaches SMS OTP, and the shipped defaults are gone too",
        ),
        false => (
            Severity::Info,
            "this custom authenticator takes the place of SMS OTP: only its own parameters \
             remain, without the shipped defaults, and it counts as enabled",
        ),
    };
    let place = section.anchor().map(|place| Label::new(place, "replaced"));
    for name in &analysis.server.replacements {
        let label = Label::new(name.span(), "the name is SMSOTP");
        let mut finding = Diagnostic::new(&INFO, severity, message, label).key(name.dotted()).help(
            "for SMS OTP itself, write the parameters in \
             `[authentication.authenticator.sms_otp.parameters]`; an authenticator of your own \
             needs a name of its own",
        );
        finding.related.extend(place.clone());
        sink.push(finding);
    }
}
