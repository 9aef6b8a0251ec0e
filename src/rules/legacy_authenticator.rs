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
    summary: "with --is-version 7.0 or later: this section is not about the built-in SMS OTP",
    server: "\
From 7.0 on the server has an SMS OTP authenticator of its own, which is set up in the console and \
in [authentication.authenticator.sms_otp_local]. The section sms_otp governs the other one, which \
belongs to an SMS OTP connection (an identity provider). Nothing written in it reaches the \
built-in authenticator.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp_local]
enable = true
",
    fixes: "None: which authenticator the logins use is not in the file.",
    needs: Needs::Release,
    references: &["https://github.com/wso2/product-is/issues/25540"],
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
