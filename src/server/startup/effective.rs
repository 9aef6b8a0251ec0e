//! A document with its references resolved -> every value with the key under which the server
//! keeps it: aliases taken, and carried along to the shipped values that refer to it.

use std::borrow::Cow;

use crate::server::facts::{self, Condition, Fact, FactNode, Part, Releases};
use crate::server::mapped::MappedText;
use crate::server::references::References;
use crate::source::{Source, Span};
use crate::toml::{Node, SettingEntry, Tree, Value};

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
    /// Where that stands.
    pub(super) span: Span,
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
    fn under(&self, key: Vec<Part<'d>>, releases: Releases) -> Self {
        let nodes = facts::walk(&key);
        Self { key, nodes, releases, written: self.written.clone(), ..*self }
    }
}

/// All values of a document as the server holds them.
pub(super) struct Effective<'d, 'r> {
    pub(super) held: Vec<Held<'d>>,
    references: &'r References<'d>,
}

impl<'d, 'r> Effective<'d, 'r> {
    pub(super) fn of(tree: &Tree<'d>, references: &'r References<'d>) -> Self {
        let mut all = Self { held: Vec::new(), references };
        all.names(tree.root(), &mut Vec::new(), &mut Vec::new());
        all.carry();
        all
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
        let known = nodes.len();
        facts::step(key.len(), part, nodes);
        // What stands below a part that is any name is a part of its value.
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
        let (value, span) = (&written.entry.value, written.entry.value_span);
        let (nodes, key, is_carried) = (nodes.to_vec(), key.to_vec(), false);
        let mut one =
            Held { key, nodes, releases: Releases::ALL, written, value, span, is_carried };
        let alias = one.facts().find_map(|(releases, fact)| match fact {
            Fact::Alias(key) => Some((releases, key)),
            _ => None,
        });
        if let Some((releases, key)) = alias {
            self.hold(one.under(facts::parts(key), releases));
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
            let mut key = list.key.clone();
            key.push(Part::Element(number));
            match &item.value {
                Value::Table(inner) => {
                    let tree = Tree::of_item(&list.written, inner);
                    let mut nodes = list.nodes.clone();
                    facts::step(key.len() - 1, Part::Element(number), &mut nodes);
                    self.names(tree.root(), &mut key, &mut nodes);
                }
                value => {
                    let item = Held { value, span: item.span, ..list.under(key, list.releases) };
                    self.hold(item);
                }
            }
        }
    }

    /// Follows every value to the shipped and inferred ones that refer to it.
    fn carry(&mut self) {
        let mut at = 0;
        while let Some(one) = self.held.get(at) {
            let mut carried = Vec::new();
            for (releases, fact) in one.facts() {
                let Fact::ReferredTo(key, only_if) = fact else { continue };
                let Some(key) = facts::filled_in(key, &one.key) else { continue };
                let releases = releases & self.holds(only_if, &one.key);
                let is_given = self
                    .held
                    .iter()
                    .any(|other| other.key == key && (!other.is_carried || other.span == one.span));
                if !is_given && releases != Releases::NONE {
                    carried.push(Held { is_carried: true, ..one.under(key, releases) });
                }
            }
            self.held.extend(carried);
            at += 1;
        }
    }

    /// The value written under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Held<'d>> {
        let key = facts::parts(key);
        self.held.iter().find(|one| !one.is_carried && one.key == key)
    }

    /// The text of the file.
    pub(super) fn source(&self) -> &'d Source {
        self.references.source
    }

    /// The text of a value, references resolved; `None` when it is not known.
    pub(super) fn text<'a>(&'a self, one: &'a Held<'d>) -> Option<Cow<'a, str>> {
        if one.span == one.written.entry.value_span {
            return self.references.text(one.written.entry);
        }
        match one.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    /// The same with the places of its bytes.
    pub(super) fn mapped(&self, one: &Held<'d>) -> Option<MappedText> {
        if one.span == one.written.entry.value_span {
            return self.references.mapped(one.written.entry);
        }
        let is_string = matches!(one.value, Value::String(_));
        is_string.then(|| MappedText::read(self.references.source, one.span))
    }

    /// Whether a reference has put a boolean or a list in the place of a string.
    pub(super) fn is_replaced(&self, one: &Held<'d>) -> bool {
        self.references.is_replaced(one.written.entry)
    }

    /// The releases in which a condition holds for a value of this key; none where that depends
    /// on what is not known.
    pub(super) fn holds(&self, condition: Option<Condition>, near: &[Part<'d>]) -> Releases {
        let asked = condition.into_iter().flat_map(Condition::asked);
        asked.fold(Releases::ALL, |releases, (key, asked)| match facts::filled_in(key, near) {
            Some(key) => releases & self.is(&key, asked),
            None => Releases::NONE,
        })
    }

    fn is(&self, key: &[Part<'d>], asked: &str) -> Releases {
        let mut written = self.held.iter().filter(|one| !one.is_carried);
        let written = written.find(|one| one.key.starts_with(key));
        let set = || written.map_or(Releases::NONE, |one| one.releases) | self.shipped(key).0;
        let on = || {
            let (shipped, off) = self.shipped(key);
            shipped & !off
        };
        match (asked, written) {
            ("set", _) => set(),
            ("not set", _) => !set(),
            ("true" | "true or non-empty", None) => on(),
            ("true", Some(one)) => self.where_text(one, |text| text == "true"),
            ("true or non-empty", Some(one)) => match one.value {
                Value::Boolean(false) => Releases::NONE,
                _ => self.where_text(one, |text| !text.is_empty()),
            },
            ("not true", None) => !set(),
            ("not true", Some(one)) => self.where_text(one, |text| text != "true"),
            // Values are compared as they are written.
            (_, Some(one)) if matches!(one.value, Value::Placeholder(_)) => Releases::NONE,
            (word, Some(one)) => self.where_text(one, |text| text == word.trim_matches('"')),
            (_, None) => Releases::NONE,
        }
    }

    fn where_text(&self, one: &Held<'d>, is_so: impl Fn(&str) -> bool) -> Releases {
        match self.text(one) {
            Some(text) if is_so(&text) => one.releases,
            _ => Releases::NONE,
        }
    }

    /// The releases that ship or infer a key, and those in which it is a switch that is not on.
    fn shipped(&self, key: &[Part<'d>]) -> (Releases, Releases) {
        let mut shipped = (Releases::NONE, Releases::NONE);
        let ends = facts::walk(key).into_iter().filter(|(depth, _)| *depth == key.len());
        for (releases, fact) in ends.flat_map(|(_, node)| node.facts()) {
            match fact {
                Fact::Shipped => shipped.0 = shipped.0 | releases,
                Fact::Inferred(condition) => {
                    shipped.0 = shipped.0 | releases & self.holds(Some(condition), key);
                }
                Fact::ShippedOff => shipped.1 = shipped.1 | releases,
                _ => {}
            }
        }
        shipped
    }
}
