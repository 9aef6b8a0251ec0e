//! Parameters of an authenticator that the file disables.

use crate::rules::prelude::*;
use crate::server::java_text;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "disabled-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Info),
    page: RulePage::new(include_str!("disabled_authenticator.md")),
    concerns: Concerns::Named(&["enable"]),
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
