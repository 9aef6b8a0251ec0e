//! Blanks that the server takes as part of a name.

use crate::catalogue::{Flaw, Kind, Parameter};
use crate::rules::prelude::*;
use crate::section::NAME;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "untrimmed-value",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("untrimmed_value.md")),
    concerns: Concerns::Where(names_something),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    sink.extend(analysis.settings.iter().filter_map(|setting| finding(analysis, setting)));
}

fn finding(analysis: &Analysis<'_>, setting: &Setting<'_>) -> Option<Diagnostic> {
    let (written, text) = setting.scalar()?;
    let trimmed = trimmed(setting.parameter, text)?;
    let name = setting.parameter.name;
    let consequence = setting.parameter.consequence(Flaw::Unusable, analysis.profile);
    let consequence = consequence.unwrap_or("the server takes them as part of the name".into());
    let place = if text.trim() == text { "around an item" } else { "at its ends" };
    let message =
        message!("{} has blanks {} that the server does not trim: {}", name, place, consequence);
    let finding = INFO.at_value(written, message, "the blanks count");
    if setting.is_from_reference() {
        return Some(finding.help("take them out of the text that the reference names"));
    }
    if trimmed.is_empty() {
        return Some(finding.help(message!("write a name, or leave {} out", name)));
    }
    let edit = edits::retext(analysis.document, written.entry, &trimmed);
    let fix = Fix::risky(message!("trim {}", name), vec![edit]);
    Some(
        finding
            .help(message!("write {} = \"{}\"", name, analysis.view.made_of(setting, &trimmed)))
            .fix(fix),
    )
}

/// The text without the blanks that count; `None` when there are none.
fn trimmed(parameter: &Parameter, text: &str) -> Option<String> {
    if !names_something(parameter) {
        return None;
    }
    let trimmed = match parameter.kind {
        Kind::List => text.split(',').map(str::trim).collect::<Vec<_>>().join(","),
        Kind::Choice { words } => words.iter().find(|word| **word == text.trim())?.to_string(),
        _ => text.trim().to_owned(),
    };
    (trimmed != text).then_some(trimmed)
}

/// Whether the text of a parameter names something that the server looks for. The rules about
/// other kinds speak of blanks themselves, and a pattern may want them; two texts are mere labels,
/// and `name` has a rule of its own.
fn names_something(parameter: &Parameter) -> bool {
    matches!(parameter.kind, Kind::List | Kind::Choice { .. } | Kind::Text { .. })
        && !matches!(parameter.name, "AuthMechanism" | "Tags" | NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::parameter;

    #[test]
    fn trims_what_counts_and_nothing_else() {
        let trimmed = |name, text| trimmed(parameter(name).unwrap(), text);
        assert_eq!(trimmed("secondaryUserstore", "A, B ,C").as_deref(), Some("A,B,C"));
        assert_eq!(trimmed("secondaryUserstore", "A,B"), None);
        assert_eq!(trimmed("secondaryUserstore", "MY STORE"), None);
        assert_eq!(trimmed("usecase", " local").as_deref(), Some("local"));
        assert_eq!(trimmed("usecase", " lokal"), None);
        assert_eq!(trimmed("userAttribute", "email\n").as_deref(), Some("email"));
        assert_eq!(trimmed("Tags", " MFA"), None);
        assert_eq!(trimmed("RetryEnable", " true"), None);
        assert_eq!(trimmed("screenUserAttributeMaskRegex", "a "), None);
    }
}
