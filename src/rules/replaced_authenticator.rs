//! A custom authenticator that takes the place of this section.

use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "replaced-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("replaced_authenticator.md")),
    ..RuleInfo::PLAIN
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
    for name in &analysis.server.replacements {
        let finding = INFO.at_setting(name, message, "the name is SMSOTP").severity(severity);
        let finding = finding.also_each(section.anchor(), "replaced");
        sink.push(finding.help(
            "for SMS OTP itself, write the parameters in \
             `[authentication.authenticator.sms_otp.parameters]`; an authenticator of your own \
             needs a name of its own",
        ));
    }
}
