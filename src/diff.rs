//! Two texts -> a unified diff for people to read: lines that may not be shown are masked.

mod lines;

use std::fmt::Write;

use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, DiffOp, group_diff_ops};

use crate::escape::escape;
use crate::redact::Redacted;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Bytes of a very long line that are shown on each side of a difference.
const REACH: usize = 400;

/// The change from one text to the other; empty when there is none.
///
/// It cannot be applied as a patch: what it masks is gone.
pub fn unified(old: &Redacted<'_>, new: &Redacted<'_>) -> String {
    let name = escape(old.source().name());
    // Split as Source counts lines: at line feeds only.
    let before: Vec<&str> = old.source().text().split_inclusive('\n').collect();
    let after: Vec<&str> = new.source().text().split_inclusive('\n').collect();
    let mut result = String::new();
    for hunk in group_diff_ops(lines::changes(&before, &after), CONTEXT) {
        if result.is_empty() {
            let _ = writeln!(result, "--- {name}\n+++ {name}");
        }
        let _ = writeln!(result, "{}", UnifiedHunkHeader::new(&hunk));
        let changes = hunk
            .iter()
            .flat_map(|op| op.iter_changes(&before, &after).map(move |change| (op, change)));
        for (op, change) in changes {
            let (view, index, others) = match change.tag() {
                ChangeTag::Insert => (new, change.new_index(), &before),
                ChangeTag::Delete | ChangeTag::Equal => (old, change.old_index(), &after),
            };
            let index = index.unwrap_or_default();
            let other = others.get(opposite(op, change.tag(), index)).copied();
            let line = shown(view, index, change.value(), other.unwrap_or_default());
            let _ = writeln!(result, "{}{line}", change.tag());
            if !change.value().ends_with('\n') {
                result.push_str("\\ No newline at end of file\n");
            }
        }
    }
    result
}

/// The line of the other text that a changed one most likely comes from or becomes.
fn opposite(op: &DiffOp, tag: ChangeTag, index: usize) -> usize {
    let (old, new) = (op.old_range().start, op.new_range().start);
    match tag {
        ChangeTag::Insert => old + (index - new),
        ChangeTag::Delete | ChangeTag::Equal => new + (index - old),
    }
}

/// A line as it may be shown; of a very long one, what is around the first difference.
fn shown(view: &Redacted<'_>, index: usize, text: &str, other: &str) -> String {
    if text.len() <= 2 * REACH {
        return view.line(index).text().to_owned();
    }
    let same = text.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    // Equal lines differ nowhere.
    let first = if same >= text.len().min(other.len()) { 0 } else { same };
    let start = view.source().line_span(index).start;
    let line = view.line_near(index, start + first, REACH);
    let all = 0..line.text().len();
    line.cut(all, "\u{2026}").text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::Document;

    #[test]
    fn a_very_long_line_is_cut_around_what_changes() {
        let text = |end: &str| {
            let value = format!("{}{end}{}", "a".repeat(5000), "b".repeat(5000));
            format!("[authentication.authenticator.sms_otp]\nname = \"{value}\"\nx = 1\n")
        };
        let (old, new) = (Source::new("x", text("OLD")), Source::new("x", text("NEW")));
        let (old, new) = (Document::parse(&old), Document::parse(&new));
        let view = |document| Redacted::of(document, &Section::of(document));
        let diff = unified(&view(&old), &view(&new));
        let lines: Vec<&str> = diff.lines().filter(|line| line.contains('…')).collect();
        let [gone, come] = lines[..] else { panic!("{diff}") };
        assert!(gone.starts_with("-…aaa") && gone.contains("aOLDb") && gone.ends_with("b…"));
        assert!(come.starts_with("+…aaa") && come.contains("aNEWb") && come.len() < 900);
    }
}
