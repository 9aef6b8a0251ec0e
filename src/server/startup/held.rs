//! The names of a document -> its values, each with the key under which the server holds it:
//! aliases are taken, and the items of a list have keys of their own.

use std::collections::BTreeMap;

use crate::section::AUTHENTICATOR;
use crate::server::facts::{self, FactKind, KnownKey, Part, Releases};
use crate::source::Span;
use crate::toml::{Entry, Node, SettingEntry, Tree, Value};

/// A value of the file as the server holds it.
pub(super) struct Held<'d> {
    pub(super) key: KnownKey<'d>,
    /// The releases in which it is held under this key.
    pub(super) releases: Releases,
    /// Where it is written.
    pub(super) written: SettingEntry<'d>,
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
    /// Which part of the path as written says a part of the key.
    pub(super) fn written_at(&self, depth: usize) -> usize {
        let above = self.key.parts[..depth].iter();
        let names = above.filter(|part| matches!(part, Part::Name(_))).count();
        names.clamp(1, self.written.path.len()) - 1
    }

    /// The same value under another key.
    pub(super) fn under(&self, key: Vec<Part<'d>>, releases: Releases) -> Self {
        Self { key: KnownKey::of(key), releases, written: self.written.clone(), ..*self }
    }
}

/// The values of a document of which anything is known.
pub(in crate::server) struct Values<'d> {
    held: Vec<Held<'d>>,
}

impl<'d> Values<'d> {
    pub(in crate::server) fn of(tree: &Tree<'d>) -> Self {
        let mut all = Self { held: Vec::new() };
        all.below(tree.root(), &mut KnownKey::default());
        all
    }

    /// Those that are written under an alias, by the key that they have.
    pub(in crate::server) fn renamed(
        &self,
        wanted: Releases,
    ) -> BTreeMap<&'static str, &'d Entry<'d>> {
        let held = self.held.iter().filter(|one| one.releases.cover(wanted));
        held.filter_map(|one| Some((one.alias?, one.written.entry))).collect()
    }

    /// Leaves out what is written both under a key and under its alias: the order of a hash table
    /// decides which of the two is held.
    pub(super) fn without_rivals(mut self) -> Vec<Held<'d>> {
        let renamed = self.held.iter().filter(|one| one.alias.is_some_and(|key| !key.is_empty()));
        let mut rivals: Vec<_> = renamed.map(|one| one.key.parts.clone()).collect();
        rivals.retain(|key| self.held.iter().filter(|one| one.key.parts == *key).count() > 1);
        self.held.retain(|one| !rivals.contains(&one.key.parts));
        self.held
    }

    /// Holds the values of all names below one, as far as anything is known of them.
    fn below(&mut self, above: Node<'_, 'd>, key: &mut KnownKey<'d>) {
        for name in above.children() {
            self.name(name, Part::Name(name.name()), key);
        }
        for (number, element) in above.elements().enumerate() {
            self.name(element, Part::Element(number), key);
        }
    }

    fn name(&mut self, node: Node<'_, 'd>, part: Part<'d>, key: &mut KnownKey<'d>) {
        // What becomes of this section is read from it.
        let [root, tables, own] = AUTHENTICATOR;
        if part == Part::Name(own) && key.parts == [root, tables].map(Part::Name) {
            return;
        }
        key.push(part);
        // What is below a part that is any name is a part of its value.
        if !key.ends().is_empty() || key.nodes.iter().any(|(_, node)| node.is_any()) {
            match node.entry().filter(|written| !node.is_array() && !written.is_table()) {
                Some(written) => self.leaf(key, written),
                None => self.below(node, key),
            }
        }
        key.pop();
    }

    /// Holds a value under its key, or under the one that this is an alias of.
    fn leaf(&mut self, key: &KnownKey<'d>, written: SettingEntry<'d>) {
        let mut one = Held {
            key: key.clone(),
            releases: Releases::all(),
            value: &written.entry.value,
            span: written.entry.value_span,
            written,
            alias: None,
            is_carried: false,
        };
        if let Some(alias) = key.facts(FactKind::Alias).next() {
            let renamed = one.under(facts::parts(alias.text), alias.releases);
            self.hold(Held { alias: Some(alias.text), ..renamed });
            one.releases = !alias.releases;
        }
        if !one.releases.is_empty() {
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
            let (mut key, written) = (list.key.clone(), list.written.clone());
            key.push(Part::Element(number));
            match &item.value {
                Value::Table(inner) => {
                    self.below(Tree::of_item(&written, inner).root(), &mut key);
                }
                value => self.hold(Held { key, written, value, span: item.span, ..self.held[at] }),
            }
        }
    }
}
