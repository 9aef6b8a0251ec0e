//! Booleans and numbers in quotes they do not need.

use crate::catalogue::Kind;
use crate::rules::prelude::*;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "quoted-scalar",
    category: Category::Style,
    level: None,
    page: RulePage::new(include_str!("quoted_scalar.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Boolean { .. } | Kind::Number { .. })),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.scalars() {
        if is_string(written) && can_be_bare(&setting.parameter.kind, text) {
            sink.push(finding(analysis, written, text));
        }
    }
    if let Some(enable) = &analysis.section.enable
        && let Value::String(text) = &enable.entry.value
        && is_boolean(text)
    {
        sink.push(finding(analysis, enable, text));
    }
}

fn finding(analysis: &Analysis<'_>, written: &SettingEntry<'_>, text: &str) -> Diagnostic {
    let name = analysis.view.key(written.key());
    let kind = if is_boolean(text) { "boolean" } else { "number" };
    let message =
        message!("{} is a {} in quotes, which the server reads the same without them", name, kind);
    let unquote = (!written.is_referenced(analysis.document)).then(|| {
        let edit = edits::revalue(written.entry, text);
        Fix::safe(message!("unquote {}", name), vec![edit])
    });
    INFO.at_value(written, message, "quoted")
        .help(message!("write {} = {}", name, bare(text)))
        .fix(unquote)
}

/// A boolean or a number as TOML writes it.
fn bare(text: &str) -> Message {
    match (text, text.parse::<u64>()) {
        ("true", _) => "true".into(),
        (_, Ok(number)) => message!("{}", number),
        _ => "false".into(),
    }
}

fn is_string(written: &SettingEntry<'_>) -> bool {
    matches!(written.entry.value, Value::String(_))
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false")
}

/// Whether a text is of its kind, and TOML's bare value of that kind has the same text.
fn can_be_bare(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Boolean { .. } => is_boolean(text),
        Kind::Number { .. } => {
            text.bytes().all(|b| b.is_ascii_digit()) && edits::literal(text) == text
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::parameter;

    #[test]
    fn unquotes_only_what_stays_the_same() {
        let bare = |name, text| can_be_bare(&parameter(name).unwrap().kind, text);
        assert!(bare("BackupCode", "true") && bare("TokenLength", "6") && bare("noOfDigits", "0"));
        for text in ["True", "TRUE", " true", "yes", ""] {
            assert!(!bare("RetryEnable", text) && !bare("BackupCode", text), "{text}");
        }
        for text in ["007", "+5", "5m", "", " 5", "1_000", "true", "99999999999999999999"] {
            assert!(!bare("noOfDigits", text), "{text}");
        }
        assert!(!bare("Tags", "true") && !bare("userAttribute", "5"));
    }
}
