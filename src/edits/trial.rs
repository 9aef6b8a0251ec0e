//! Edits -> the same edits, if the server could read what they leave behind.

use crate::document::Document;
use crate::fix::{Edit, apply};
use crate::server::order::late_parents;
use crate::source::Source;

/// The edits, unless they overlap, leave something that is not TOML, or put a parent table
/// behind its child, which no server survives (product-is#13485).
pub fn sound(document: &Document<'_>, mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.span);
    let text = apply(document.source().text(), &edits)?;
    let source = Source::new("", text);
    let after = Document::parse(&source);
    let is_sound =
        after.faults().is_empty() && late_parents(&after).len() <= late_parents(document).len();
    is_sound.then_some(edits)
}
