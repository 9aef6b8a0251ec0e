//! Two texts -> a unified diff for people to read: lines that may not be shown are masked.

use std::fmt::Write;
use std::time::Instant;

use owo_colors::{OwoColorize, Style};
use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, TextDiff};

use crate::escape::escape;
use crate::redact::Redacted;

/// Lines of context around a change.
const CONTEXT: usize = 3;

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
        for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
            let (view, index, style) = match change.tag() {
                ChangeTag::Insert => (new, change.new_index(), Style::new().green()),
                ChangeTag::Delete => (old, change.old_index(), Style::new().red()),
                ChangeTag::Equal => (old, change.old_index(), Style::new()),
            };
            let shown = view.line(index.unwrap_or_default());
            line(&format!("{}{}", change.tag(), shown.text()), style);
            if !change.value().ends_with('\n') {
                line("\\ No newline at end of file", Style::new());
            }
        }
    }
    result
}
