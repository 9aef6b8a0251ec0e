//! Two texts -> a unified diff for people to read, in which lines that may not be shown are masked,
//! or the edits that make one of the other.

use std::fmt::Write;
use std::time::Instant;

use owo_colors::{OwoColorize, Style};
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffTag, TextDiff};

use crate::escape::{escape, spelt, without_commands};
use crate::fix::Edit;
use crate::redact::{Redacted, floor};
use crate::source::Span;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// Bytes of a very long line that are shown on each side of a difference.
const REACH: usize = 400;

/// The change from one text to the other; empty when there is none. It is the shortest there is
/// unless finding that takes longer than the deadline.
///
/// It cannot be applied as a patch: what it masks is gone.
pub fn unified(
    old: &Redacted<'_>,
    new: &Redacted<'_>,
    color: bool,
    deadline: Option<Instant>,
) -> String {
    // Split as Source counts lines: at line feeds only.
    let before: Vec<&str> = old.source().text().split_inclusive('\n').collect();
    let after: Vec<&str> = new.source().text().split_inclusive('\n').collect();
    let mut config = TextDiff::configure();
    if let Some(deadline) = deadline {
        config.deadline(deadline);
    }
    let diff = config.diff_slices(&before, &after);
    let mut result = String::new();
    let mut line = |text: &str, style: Style| {
        // Writing to a string cannot fail.
        let _ = match color {
            true => writeln!(result, "{}", text.style(style)),
            false => writeln!(result, "{text}"),
        };
    };
    for (number, hunk) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if number == 0 {
            let name = escape(old.source().name());
            line(&format!("--- {name}"), Style::new().bold());
            line(&format!("+++ {name}"), Style::new().bold());
        }
        line(&UnifiedHunkHeader::new(hunk).to_string(), Style::new().cyan());
        for op in hunk {
            let (gone, come) = (op.old_range().start, op.new_range().start);
            for change in diff.iter_changes(op) {
                let (text, style) = match (change.old_index(), change.new_index()) {
                    (Some(at), Some(_)) => (shown(old, at, None), Style::new()),
                    (Some(at), None) => {
                        (shown(old, at, Some((new, come + at - gone))), Style::new().red())
                    }
                    (None, at) => {
                        let at = at.unwrap_or_default();
                        (shown(new, at, Some((old, gone + at - come))), Style::new().green())
                    }
                };
                line(&format!("{}{text}", change.tag()), style);
                if !change.value().ends_with('\n') {
                    line("\\ No newline at end of file", Style::new());
                }
            }
        }
    }
    without_commands(&result, spelt).into_owned()
}

/// Lines that are compared one by one at most; more of them would take seconds.
const MOST: usize = 2000;

/// The edits that make one text of another, by whole lines.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let before: Vec<&str> = old.split_inclusive('\n').collect();
    let after: Vec<&str> = new.split_inclusive('\n').collect();
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[same..], &after[same..]);
    let ends = before.iter().rev().zip(after.iter().rev());
    let alike = ends.take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[..before.len() - alike], &after[..after.len() - alike]);
    let start: usize = old.split_inclusive('\n').take(same).map(str::len).sum();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    if before.len().max(after.len()) > MOST {
        let span = Span::new(start, start + length(before));
        return vec![Edit::replace(span, after.concat())];
    }
    let diff = TextDiff::configure().diff_slices(before, after);
    let ops = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    ops.map(|op| {
        let gone = op.old_range();
        let at = start + length(&before[..gone.start]);
        let span = Span::new(at, at + length(&before[gone]));
        Edit::replace(span, after[op.new_range()].concat())
    })
    .collect()
}

/// A line as it may be shown; of a very long one, what is around the first difference from the
/// line of the other text that it most likely comes from or becomes.
fn shown(view: &Redacted<'_>, at: usize, other: Option<(&Redacted<'_>, usize)>) -> String {
    let line = view.line(at);
    let text = line.text();
    if text.len() <= 2 * REACH {
        return text.to_owned();
    }
    let other = other.map(|(view, at)| view.line(at));
    let other = other.as_ref().map_or("", |line| line.text());
    let same = text.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let kept = floor(text, same.saturating_sub(REACH))..floor(text, same + REACH);
    line.cut(kept, "\u{2026}").text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::{Document, Tree};

    fn diff(old: &str, new: &str, color: bool) -> String {
        let (old, new) = (Source::new("x", old), Source::new("x", new));
        let (old, new) = (Document::parse(&old), Document::parse(&new));
        let view = |document| Redacted::of(document, &Section::of(&Tree::of(document)));
        unified(&view(&old), &view(&new), color, None)
    }

    #[test]
    fn edits_make_one_text_of_the_other() {
        for (old, new, count) in [
            ("", "", 0),
            ("a\n", "a\n", 0),
            ("a\nb\nc\nd\n", "x\nb\nc\ny\n", 2),
            ("a\nb", "a\nb\n", 1),
            ("a\na\na\n", "a\na\n", 1),
            ("a\n", "", 1),
            ("", "a\r\nb", 1),
        ] {
            let edits = edits(old, new);
            assert_eq!(edits.len(), count, "{old:?}");
            assert_eq!(crate::fix::apply(old, &edits).as_deref(), Some(new));
        }
        // Too many lines to compare them one by one.
        let (old, new) = ("a\nb\n".repeat(MOST), "c\nb\n".repeat(MOST));
        let edits = edits(&format!("x\n{old}y"), &format!("x\n{new}y"));
        assert_eq!(edits, [Edit::replace(Span::new(2, 2 + old.len() - 2), &new[..new.len() - 2])]);
    }

    #[test]
    fn a_very_long_line_is_cut_around_what_changes() {
        let text = |end: &str| {
            let value = format!("{}{end}{}", "a".repeat(5000), "b".repeat(5000));
            format!("[authentication.authenticator.sms_otp]\nname = \"{value}\"\nx = 1\n")
        };
        let diff = diff(&text("OLD"), &text("NEW"), false);
        let lines: Vec<&str> = diff.lines().filter(|line| line.contains('…')).collect();
        let [gone, come] = lines[..] else { panic!("{diff}") };
        assert!(gone.starts_with("-…aaa") && gone.contains("aOLDb") && gone.ends_with("b…"));
        assert!(come.starts_with("+…aaa") && come.contains("aNEWb") && come.len() < 900);
    }

    #[test]
    fn what_goes_is_red_and_what_comes_is_green() {
        let red = "\u{1b}[31m-x = 1\u{1b}[0m\n\u{1b}[32m+x = 2\u{1b}[0m\n a = 1";
        assert!(diff("x = 1\na = 1", "x = 2\na = 1", true).contains(red));
        assert_eq!(diff("x = 1", "x = 1", true), "");
    }
}
