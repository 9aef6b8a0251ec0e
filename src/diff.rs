//! Two texts -> a unified diff for people to read: lines that may not be shown are masked.

mod lines;

use std::fmt::Write;

use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, group_diff_ops};

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
    let mut result = String::new();
    for hunk in group_diff_ops(lines::changes(&before, &after), CONTEXT) {
        if result.is_empty() {
            let _ = writeln!(result, "--- {name}\n+++ {name}");
        }
        let _ = writeln!(result, "{}", UnifiedHunkHeader::new(&hunk));
        for change in hunk.iter().flat_map(|op| op.iter_changes(&before, &after)) {
            let (view, index) = match change.tag() {
                ChangeTag::Insert => (new, change.new_index()),
                ChangeTag::Delete | ChangeTag::Equal => (old, change.old_index()),
            };
            let line = view.line(index.unwrap_or_default());
            let _ = writeln!(result, "{}{}", change.tag(), line.text());
            if !change.value().ends_with('\n') {
                result.push_str("\\ No newline at end of file\n");
            }
        }
    }
    result
}
