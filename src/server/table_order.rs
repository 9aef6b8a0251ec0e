//! The order of the headers -> the tables that come too late for the server.
//!
//! TOML allows a table after a table inside it; the server's parser then builds a table that
//! holds itself (product-is#13485).

use std::collections::BTreeMap;

use crate::toml::{Document, Header};

/// A table whose header comes too late, and the first table inside it: indices into the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// The late table.
    pub parent: usize,
    /// The first table inside it.
    pub child: usize,
}

/// The tables whose header comes after the header of a table, or of a `[[..]]` element, inside
/// them; within one element only its own headers count.
pub fn late_parents(document: &Document<'_>) -> Vec<Late> {
    let mut late = Vec::new();
    let mut paths = Paths::new();
    for (index, header) in headers(document) {
        let Some((name, parents)) = header.keys.split_last() else { continue };
        let mut path = ROOT;
        for parent in parents {
            path = paths.below(path, &parent.name);
            paths.first_child[path].get_or_insert(index);
        }
        if header.array {
            paths.anew(path, &name.name);
            continue;
        }
        let path = paths.below(path, &name.name);
        if let Some(child) = paths.first_child[path] {
            late.push(Late { parent: index, child });
        }
    }
    late
}

/// The paths that headers have opened so far, each under a number of its own.
struct Paths<'d> {
    numbers: BTreeMap<(usize, &'d str), usize>,
    /// By number: the first table whose header goes further.
    first_child: Vec<Option<usize>>,
}

const ROOT: usize = 0;

impl<'d> Paths<'d> {
    fn new() -> Self {
        Self { numbers: BTreeMap::new(), first_child: vec![None] }
    }

    fn below(&mut self, path: usize, name: &'d str) -> usize {
        let known = self.numbers.get(&(path, name)).copied();
        known.unwrap_or_else(|| self.anew(path, name))
    }

    /// A new number for a path, so that nothing is known of what is below it.
    fn anew(&mut self, path: usize, name: &'d str) -> usize {
        let number = self.first_child.len();
        self.first_child.push(None);
        self.numbers.insert((path, name), number);
        number
    }
}

fn headers<'d, 's>(document: &'d Document<'s>) -> impl Iterator<Item = (usize, &'d Header<'s>)> {
    let tables = document.tables().iter().enumerate();
    tables.filter_map(|(index, table)| Some((index, table.header.as_ref()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::toml::dotted;

    fn late(text: &str) -> Vec<(String, String)> {
        let source = Source::new("deployment.toml", text);
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{text:?} is TOML");
        let name = |index: usize| {
            let header = document.tables()[index].header.as_ref().unwrap();
            let path = dotted(header.keys.iter().map(|key| key.name.as_ref()));
            if header.array { format!("[[{path}]]") } else { format!("[{path}]") }
        };
        let late = late_parents(&document).into_iter();
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
