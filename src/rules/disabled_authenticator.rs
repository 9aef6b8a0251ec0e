//! Parameters of an authenticator that the file disables.

use crate::rules::prelude::*;
use crate::server::java_text;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "disabled-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Info),
    summary: "enable = false together with parameters",
    server: "\
The documentation says that enable = false disables the authenticator. SMS OTP is a federated \
authenticator, and in the versions whose code was read it keeps running, with these parameters.",
    example: "\
[authentication.authenticator.sms_otp]
enable = false

[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp]
enable = true

[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
    fixes: "None: the file does not say what is meant.",
    concerns: Concerns::Named(&["enable"]),
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let section = &analysis.section;
    let (Some(enable), Some(first)) = (&section.enable, section.parameters.first()) else { return };
    let is_known = !matches!(enable.entry.value, Value::Placeholder(_) | Value::Table(_));
    if !is_known || !java_text::text(&enable.entry.value).eq_ignore_ascii_case("false") {
        return;
    }
    let message = "enable = false may not switch SMS OTP off";
    sink.push(
        INFO.at_setting(enable, message, "documented to disable the authenticator")
            .also(first.span(), "a parameter of it")
            .help(
                "SMS OTP is a federated authenticator, which keeps running in the versions whose \
                 code was read; to turn it off, take it out of the login flows",
            ),
    );
}
