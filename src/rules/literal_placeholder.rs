//! Things that look like references and stay as text.

use std::ops::Range;

use crate::rules::own_strings;
use crate::rules::prelude::*;
use crate::server::MappedText;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "literal-placeholder",
    category: Category::Ignored,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("literal_placeholder.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

/// The words that the server knows before a brace.
const WORDS: [&str; 4] = ["env", "sys", "ref", "secret"];

/// Something that looks like a reference.
struct AlmostReference {
    range: Range<usize>,
    slip: Slip,
}

/// Why it is none.
enum Slip {
    /// `${X}`
    NoWord,
    /// `$ENV{X}`
    LetterCase,
    /// `$env{X`, and where the name ends.
    Open { name_end: usize },
}

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (written, span) in own_strings(&analysis.section) {
        let text = MappedText::read(analysis.document.source(), span);
        if let Some(found) = almost_reference(text.text()) {
            sink.push(finding(analysis, written, &text, &found));
        }
    }
}

fn finding(
    analysis: &Analysis<'_>,
    written: &SettingEntry<'_>,
    text: &MappedText,
    found: &AlmostReference,
) -> Diagnostic {
    let AlmostReference { range, slip } = found;
    let shown = analysis.view.part(text, range.clone());
    let name = analysis.view.key(written.key());
    let (why, label, help) = match slip {
        Slip::NoWord => (
            "the server does not replace",
            "stays as text",
            "write `$env{NAME}` for an environment variable, `$sys{NAME}` for a system property",
        ),
        Slip::LetterCase => (
            "in this letter case the server does not replace",
            "stays as text",
            "write `$env{`, `$sys{`, `$ref{` or `$secret{` in lower case",
        ),
        Slip::Open { .. } => (
            "without a closing brace the server does not replace",
            "no closing brace",
            "close the brace behind the name",
        ),
    };
    let message =
        message!("{} `{}` in {}: the authenticator gets these characters", why, shown, name);
    let finding =
        INFO.at(text.place(range.clone()), message, label).key(written.dotted()).help(help);
    match slip {
        Slip::Open { name_end } => finding.fix(close(text, range, *name_end)),
        _ => finding,
    }
}

fn close(text: &MappedText, range: &Range<usize>, name_end: usize) -> Option<Fix> {
    let open_end = range.start + text.text()[range.clone()].find('{')? + 1;
    let end = text.place(open_end..name_end).end;
    (name_end > open_end).then(|| Fix::risky("close the brace", vec![Edit::insert(end, "}")]))
}

/// The first thing in a text that looks like a reference and is none.
fn almost_reference(text: &str) -> Option<AlmostReference> {
    text.match_indices('$').find_map(|(start, _)| {
        let rest = &text[start + 1..];
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (word, rest) = rest.split_at(letters);
        let name = rest.strip_prefix('{')?;
        let inside = start + 1 + letters + 1;
        let end = name.find('}').map(|at| inside + at + 1);
        let name_end = inside + name_length(name);
        let lower = word.to_ascii_lowercase();
        let (slip, end) = match end {
            Some(end) if word.is_empty() => (Slip::NoWord, end),
            _ if !WORDS.contains(&lower.as_str()) => return None,
            _ if lower != word => (Slip::LetterCase, end.unwrap_or(name_end)),
            Some(_) => return None,
            None => (Slip::Open { name_end }, name_end),
        };
        Some(AlmostReference { range: start..end, slip })
    })
}

/// How far a name reaches.
fn name_length(text: &str) -> usize {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    text.len() - text.trim_start_matches(is_name).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        almost_reference(text).map(|found| &text[found.range])
    }

    #[test]
    fn tells_references_from_what_looks_like_one() {
        assert_eq!(found("https://${HOST}/x"), Some("${HOST}"));
        assert_eq!(found("$Env{A}"), Some("$Env{A}"));
        assert_eq!(found("$env{A} $env{B/x"), Some("$env{B"));
        assert_eq!(found("$ENV{A"), Some("$ENV{A"));
        for quiet in ["$env{A}", "a$b{c}", "${x", "$5", "100%", "{# note #}"] {
            assert_eq!(found(quiet), None, "{quiet}");
        }
    }
}
