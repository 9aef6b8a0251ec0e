//! The names of a document -> its values, each with the key under which the server holds it:
//! aliases are taken, and the items of a list have keys of their own.

use std::collections::BTreeMap;

use crate::section::AUTHENTICATOR;
use crate::server::facts::{self, Fact, FactNode, Part, Releases};
use crate::source::Span;
use crate::toml::{Entry, Node, SettingEntry, Tree, Value};

/// A value of the file as the server holds it.
pub(super) struct Held<'d> {
    /// The parts of its key.
    pub(super) key: Vec<Part<'d>>,
    /// What the facts know of the key and of its beginnings.
    pub(super) nodes: Vec<(usize, FactNode)>,
    /// The releases in which it is held under this key.
    pub(super) releases: Releases,
    /// Where it is written.
    pub(super) written: SettingEntry<'d, 'd>,
    /// The value, or an item of it.
    pub(super) value: &'d Value<'d>,
    /// Where that is.
    pub(super) span: Span,
    /// Its key, if it is written under an alias of that.
    pub(super) alias: Option<&'static str>,
    /// Whether a shipped value that refers to it carries it here.
    pub(super) is_carried: bool,
}

impl<'d> Held<'d> {
    /// What is known of its key, in the releases in which it has it.
    pub(super) fn facts(&self) -> impl Iterator<Item = (Releases, Fact)> {
        let ends = self.nodes.iter().filter(|(depth, _)| *depth == self.key.len());
        let facts = ends.flat_map(|(_, node)| node.facts());
        facts.map(|(releases, fact)| (releases & self.releases, fact))
    }

    /// Which part of the path as written says a part of the key.
    pub(super) fn written_at(&self, depth: usize) -> usize {
        let names = self.key[..depth].iter().filter(|part| matches!(part, Part::Name(_))).count();
        names.clamp(1, self.written.path.len()) - 1
    }

    /// The same value under another key.
    pub(super) fn under(&self, key: Vec<Part<'d>>, releases: Releases) -> Self {
        let nodes = facts::walk(&key);
        Self { key, nodes, releases, written: self.written.clone(), ..*self }
    }
}

/// The values of a document of which anything is known.
pub(in crate::server) struct Values<'d> {
    pub(super) held: Vec<Held<'d>>,
}

impl<'d> Values<'d> {
    pub(in crate::server) fn of(tree: &Tree<'d>) -> Self {
        let mut all = Self { held: Vec::new() };
        all.names(tree.root(), &mut Vec::new(), &mut Vec::new());
        all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Those that are written under an alias, by the key that they have.
    pub(in crate::server) fn renamed(
        &self,
        wanted: Releases,
    ) -> BTreeMap<&'static str, &'d Entry<'d>> {
        let renamed = self.held.iter().filter(|one| one.releases.cover(wanted));
        renamed.filter_map(|one| Some((one.alias?, one.written.entry))).collect()
    }

    /// Leaves out what is written both under a key and under its alias: the order of a hash table
    /// decides which of the two is held.
    pub(super) fn without_rivals(mut self) -> Vec<Held<'d>> {
        let renamed = self.held.iter().filter(|one| one.alias.is_some_and(|key| !key.is_empty()));
        let mut rivals: Vec<_> = renamed.map(|one| one.key.clone()).collect();
        rivals.retain(|key| self.held.iter().filter(|one| one.key == *key).count() > 1);
        self.held.retain(|one| !rivals.contains(&one.key));
        self.held
    }

    /// Holds the values of all names below one, as far as anything is known of them.
    fn names(
        &mut self,
        above: Node<'_, 'd>,
        key: &mut Vec<Part<'d>>,
        nodes: &mut Vec<(usize, FactNode)>,
    ) {
        for name in above.children() {
            self.below(name, Part::Name(name.name()), key, nodes);
        }
        for (number, element) in above.elements().enumerate() {
            self.below(element, Part::Element(number), key, nodes);
        }
    }

    fn below(
        &mut self,
        node: Node<'_, 'd>,
        part: Part<'d>,
        key: &mut Vec<Part<'d>>,
        nodes: &mut Vec<(usize, FactNode)>,
    ) {
        // What becomes of this section is read from it.
        if part == Part::Name(AUTHENTICATOR[2])
            && *key == [AUTHENTICATOR[0], AUTHENTICATOR[1]].map(Part::Name)
        {
            return;
        }
        let known = nodes.len();
        facts::step(key.len(), part, nodes);
        // What is below a part that is any name is a part of its value.
        if nodes.len() > known || nodes.iter().any(|(_, node)| node.is_any()) {
            key.push(part);
            let written = if node.elements().next().is_none() { node.entry() } else { None };
            match written.filter(|written| !written.is_table()) {
                Some(written) => self.leaf(key, nodes, written),
                None => self.names(node, key, nodes),
            }
            key.pop();
        }
        nodes.truncate(known);
    }

    /// Holds a value under its key, or under the one that this is an alias of.
    fn leaf(
        &mut self,
        key: &[Part<'d>],
        nodes: &[(usize, FactNode)],
        written: SettingEntry<'d, 'd>,
    ) {
        let mut one = Held {
            key: key.to_vec(),
            nodes: nodes.to_vec(),
            releases: Releases::ALL,
            value: &written.entry.value,
            span: written.entry.value_span,
            written,
            alias: None,
            is_carried: false,
        };
        let alias = one.facts().find_map(|(releases, fact)| match fact {
            Fact::Alias(key) => Some((releases, key)),
            _ => None,
        });
        if let Some((releases, key)) = alias {
            self.hold(Held { alias: Some(key), ..one.under(facts::parts(key), releases) });
            one.releases = !releases;
        }
        if one.releases != Releases::NONE {
            self.hold(one);
        }
    }

    /// Holds a value, and each item of a list.
    fn hold(&mut self, one: Held<'d>) {
        let Value::Array(items) = one.value else { return self.held.push(one) };
        let at = self.held.len();
        self.held.push(one);
        for (number, item) in items.iter().enumerate() {
            let list = &self.held[at];
            let (mut key, mut nodes) = (list.key.clone(), list.nodes.clone());
            facts::step(key.len(), Part::Element(number), &mut nodes);
            key.push(Part::Element(number));
            match &item.value {
                Value::Table(inner) => {
                    let tree = Tree::of_item(&list.written, inner);
                    self.names(tree.root(), &mut key, &mut nodes);
                }
                value => {
                    let written = list.written.clone();
                    let item = Held { key, nodes, written, value, span: item.span, ..*list };
                    self.hold(item);
                }
            }
        }
    }
}
