//! Switches whose text the server reads as false though it does not say `false`.

use crate::catalogue::{Flaw, Kind, Parameter, meant_by};
use crate::rules::prelude::*;
use crate::section::SmsOtp;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "not-a-boolean",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("not_a_boolean.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Boolean { .. })),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, settings) in analysis.sections() {
        for (setting, written, text) in settings.scalars() {
            sink.extend(judge(analysis, setting.parameter, written, text));
        }
        if let Some(enable) = &section.enable
            && let Value::String(text) = &enable.entry.value
            && analysis.server.template_issue(enable.entry).is_none()
        {
            let found = judge(analysis, &section.of.own()[0], enable, text);
            // `enable` is never applied to the SMS OTP of a connection, so nothing breaks
            // (disabled-authenticator).
            let severity = match section.of {
                SmsOtp::Connection => Severity::Warning,
                SmsOtp::BuiltIn => Severity::Error,
            };
            sink.extend(found.map(|found| Diagnostic { severity, ..found }));
        }
    }
}

fn judge(
    analysis: &Analysis<'_>,
    parameter: &'static Parameter,
    written: &SettingEntry<'_>,
    text: &str,
) -> Option<Diagnostic> {
    let Kind::Boolean { truth, .. } = parameter.kind else { return None };
    if truth.reads(text) || text.trim().eq_ignore_ascii_case("false") {
        return None;
    }
    let consequence = parameter.consequence(Flaw::Unusable, analysis.profile)?;
    let name = parameter.name;
    let value = analysis.view.value(written);
    let message = message!("{} = {} is not a boolean: {}", name, value, consequence);
    let finding = INFO.at_value(written, message, "neither true nor false");
    let set = |value: &str| vec![edits::revalue(written.entry, value)];
    Some(match meant_by(text) {
        Some(true) => finding
            .help(message!("write {} = true, in lower case and without blanks", name))
            .fix(Fix::risky(message!("set {} = true", name), set("true"))),
        Some(false) => finding
            .help(message!("write {} = false", name))
            .fix(Fix::safe(message!("set {} = false", name), set("false"))),
        None => finding.help(message!("write {} = true or {} = false", name, name)),
    })
}
