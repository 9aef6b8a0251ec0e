//! Two texts -> a unified diff for people to read: lines that may not be shown are masked.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::redact::{Redacted, escape};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The change from one text to the other; empty when there is none.
///
/// It cannot be applied as a patch: what it masks is gone.
pub fn unified(old: &Redacted<'_>, new: &Redacted<'_>) -> String {
    let name = escape(old.source().name());
    // Split as Source counts lines: at line feeds only.
    let before: Vec<&str> = old.source().text().split_inclusive('\n').collect();
    let after: Vec<&str> = new.source().text().split_inclusive('\n').collect();
    let diff = TextDiff::from_slices(&before, &after);
    let mut result = String::new();
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        if result.is_empty() {
            let _ = writeln!(result, "--- {name}\n+++ {name}");
        }
        let _ = writeln!(result, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let (view, index) = match change.tag() {
                ChangeTag::Insert => (new, change.new_index()),
                ChangeTag::Delete | ChangeTag::Equal => (old, change.old_index()),
            };
            let line = view.line(index.unwrap_or_default());
            let _ = writeln!(result, "{}{}", change.tag(), line.text());
            if change.missing_newline() {
                result.push_str("\\ No newline at end of file\n");
            }
        }
    }
    result
}
