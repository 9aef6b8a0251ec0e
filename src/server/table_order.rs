//! The order of the headers -> the tables that come too late for the server.
//!
//! TOML allows a table after a table inside it; the server's parser then builds a table that
//! holds itself (product-is#13485).

use crate::toml::{Node, Table, Tree};

/// A table whose header comes too late.
#[derive(Debug, Clone, Copy)]
pub struct Late<'d> {
    /// The late table.
    pub parent: &'d Table<'d>,
    /// The first table inside it.
    pub child: &'d Table<'d>,
}

/// The tables whose header comes after the header of a table, or of a `[[..]]` element, inside
/// them; within one element only its own headers count.
pub fn late_parents<'d>(tree: &Tree<'d>) -> Vec<Late<'d>> {
    let of_name = |node: Node<'_, 'd>| {
        let mut headers = node.headers();
        let child = headers.next().filter(|first| first.goes_on())?;
        let parent = headers.find(|write| write.header().is_some_and(|it| !it.array))?;
        Some(Late { parent: parent.table, child: child.table })
    };
    let mut late: Vec<Late<'_>> = tree.nodes().filter_map(of_name).collect();
    late.sort_by_cached_key(|late| late.parent.span());
    late
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::toml::{Document, dotted};

    fn late(text: &str) -> Vec<(String, String)> {
        let source = Source::new("deployment.toml", text);
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{text:?} is TOML");
        let name = |table: &Table<'_>| {
            let header = table.header.as_ref().unwrap();
            let path = dotted(header.keys.iter().map(|key| key.name.as_ref()));
            if header.array { format!("[[{path}]]") } else { format!("[{path}]") }
        };
        let late = late_parents(&Tree::of(&document)).into_iter();
        late.map(|late| (name(late.parent), name(late.child))).collect()
    }

    #[test]
    fn finds_parents_at_every_depth_within_one_element() {
        for (text, expected) in [
            ("[a.b.c]\n[a]\n[a.b]\n", &[("[a]", "[a.b.c]"), ("[a.b]", "[a.b.c]")][..]),
            ("[a.b]\n[x]\n[a.c]\n[a]\n", &[("[a]", "[a.b]")]),
            ("[[a.b]]\n[\"a\"]\n", &[("[a]", "[[a.b]]")]),
            ("[[x]]\n[x.y.z]\n[x.y]\n", &[("[x.y]", "[x.y.z]")]),
            ("[a]\n[a.b]\n[a.b.c]\n[a.c]\n", &[]),
            ("[a.b]\n[a.c]\n[ab]\n[\"a.b\"]\n", &[]),
            ("[[x]]\n[x.y.z]\n[[x]]\n[x.y]\n", &[]),
            ("[[x]]\n[[x.y]]\n[x.y.z.w]\n[[x.y]]\n[x.y.z]\n", &[]),
            ("a.b = 1\n[c]\nd.e = 1\n[c.f]\n", &[]),
        ] {
            let found = late(text);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
