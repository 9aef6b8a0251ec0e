//! Edits -> the same edits, if the server could read what they leave behind.

use crate::document::{Document, Table};
use crate::fix::{Edit, apply};
use crate::source::Source;

/// The edits, unless they overlap, leave something that is not TOML, or put a parent table
/// behind its child, which no server survives (product-is#13485).
pub fn sound(document: &Document<'_>, mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.span);
    let text = apply(document.source().text(), &edits)?;
    let source = Source::new("", text);
    let after = Document::parse(&source);
    let is_sound = after.faults().is_empty() && late_parents(&after) <= late_parents(document);
    is_sound.then_some(edits)
}

/// How many `[p]` headers come after the header of a table, or of a `[[..]]` element, inside
/// the same `p`.
fn late_parents(document: &Document<'_>) -> usize {
    let mut seen: Vec<Vec<&str>> = Vec::new();
    let mut late = 0;
    for table in document.tables() {
        let Some(header) = &table.header else { continue };
        let path = names(table);
        if header.array {
            // What stands in the element before it is no child of this one.
            seen.retain(|other| !other.starts_with(&path));
        } else if seen.iter().any(|other| other.len() > path.len() && other.starts_with(&path)) {
            late += 1;
        }
        seen.push(path);
    }
    late
}

fn names<'d>(table: &'d Table<'_>) -> Vec<&'d str> {
    table.header.iter().flat_map(|header| &header.keys).map(|key| key.name.as_ref()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late(text: &str) -> usize {
        let source = Source::new("", text);
        late_parents(&Document::parse(&source))
    }

    #[test]
    fn counts_parents_behind_their_children() {
        for (text, expected) in [
            ("[a]\n[a.b]\n", 0),
            ("[a.b]\n[a]\n", 1),
            ("[a.b.c]\n[a.b]\n[a]\n", 2),
            ("[[a.b]]\n[a]\n", 1),
            ("[[x]]\n[x.a.b]\n[x.a]\n", 1),
            ("[[x]]\n[x.a.b]\n[[x]]\n[x.a]\n", 0),
            ("a.b.c = 1\n[d]\n", 0),
            ("[ab.c]\n[a]\n", 0),
        ] {
            assert_eq!(late(text), expected, "{text}");
        }
    }
}
