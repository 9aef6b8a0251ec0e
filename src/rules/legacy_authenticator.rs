//! A section that does not govern the SMS OTP which newer releases have built in.

use crate::catalogue::Release;
use crate::rules::prelude::*;
use crate::section::AUTHENTICATOR;
use crate::toml::dotted;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "legacy-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Info),
    page: RulePage::new(include_str!("legacy_authenticator.md")),
    needs: Needs::Release,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release.filter(|it| *it >= Release::V7_0) else { return };
    let Some(anchor) = analysis.section.anchor() else { return };
    let message = message!(
        "in {} this section governs the SMS OTP of an IdP connection, and not the SMS OTP \
         that is built in",
        release
    );
    sink.push(
        INFO.at(anchor, message, "for the SMS OTP of a connection")
            .key(dotted(AUTHENTICATOR))
            .help(
                "the built-in one is set up in [authentication.authenticator.sms_otp_local] and \
                 the console",
            ),
    );
}
