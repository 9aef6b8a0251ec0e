//! Tables as written -> the names that are defined more than once, or as two different things.
//!
//! Every case that `toml_edit` refuses is found with its first definition. What the server's
//! parser does all the same, extending an inline table, is told apart and followed through.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

use super::{Fault, FaultKind};
use crate::source::Span;
use crate::toml::{DEPTH_LIMIT, Element, Entry, Key, Quote, Table, Value};

/// Every clash between definitions, each at the later one.
pub(super) fn clashes(tables: &[Table<'_>]) -> Vec<Fault> {
    let names = tables.iter().map(|table| 1 + table.entries.len()).sum();
    let mut definitions = Definitions::with_room_for(names);
    let root = definitions.detached(How::Header, Span::default());
    for table in tables {
        let node = match &table.header {
            None => Some(root),
            Some(header) => definitions.header(root, &header.keys, header.span, header.array),
        };
        // The second of two equal tables clashes as a whole, not key by key.
        let node = node.unwrap_or_else(|| definitions.detached(How::Header, Span::default()));
        definitions.entries(node, &table.entries);
    }
    definitions.faults
}

/// The names defined so far, each below its parent.
struct Definitions<'d> {
    nodes: Vec<Node>,
    children: BTreeMap<(usize, &'d str), usize>,
    faults: Vec<Fault>,
}

/// A defined name.
struct Node {
    how: How,
    /// Where it was defined first.
    place: Span,
}

/// How a name came to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// On the way to a deeper header.
    Implied,
    /// On the way of a dotted key.
    Dotted,
    /// By its own header.
    Header,
    /// By `[[..]]`, with its last element.
    Elements(usize),
    /// By `{..}`, and whether somebody has extended it.
    Inline { extended: bool },
    /// As any other value.
    Value,
}

impl<'d> Definitions<'d> {
    fn with_room_for(names: usize) -> Self {
        Self { nodes: Vec::with_capacity(names), children: BTreeMap::new(), faults: Vec::new() }
    }

    fn header(
        &mut self,
        root: usize,
        keys: &'d [Key<'_>],
        span: Span,
        array: bool,
    ) -> Option<usize> {
        let (last, path) = self.path(keys)?;
        let parent = self.descend(root, path, How::Implied)?;
        let Some(&node) = self.children.get(&(parent, last.name.as_ref())) else {
            let how = if array { self.element(span) } else { How::Header };
            let node = self.define(parent, last, how, span);
            return Some(self.inside(node));
        };
        let kind = match (self.nodes[node].how, array) {
            (How::Implied, false) => {
                self.nodes[node] = Node { how: How::Header, place: span };
                return Some(node);
            }
            (How::Elements(_), true) => {
                self.nodes[node].how = self.element(span);
                return Some(self.inside(node));
            }
            (How::Header, false) => FaultKind::TableTwice,
            (How::Dotted, false) => FaultKind::TableAfterDottedKey,
            _ => FaultKind::Clash,
        };
        self.clash(kind, span, node);
        None
    }

    fn entries(&mut self, node: usize, entries: &'d [Entry<'_>]) {
        for entry in entries {
            self.entry(node, entry);
        }
    }

    fn entry(&mut self, node: usize, entry: &'d Entry<'_>) -> Option<()> {
        let how = match entry.value {
            Value::Table(_) => How::Inline { extended: false },
            _ => How::Value,
        };
        let (last, path) = self.path(&entry.keys)?;
        let place = entry.key_span();
        let parent = self.descend(node, path, How::Dotted);
        let node = self.detached(how, place);
        if let Some(parent) = parent {
            match self.children.entry((parent, &last.name)) {
                Vacant(free) => _ = free.insert(node),
                Occupied(taken) => {
                    let taken = *taken.get();
                    let is_key = matches!(self.nodes[taken].how, How::Inline { .. } | How::Value);
                    let kind = if is_key { FaultKind::KeyTwice } else { FaultKind::Clash };
                    self.clash(kind, place, taken);
                }
            }
        }
        self.value(node, &entry.value);
        Some(())
    }

    /// What is defined inside of a value.
    fn value(&mut self, node: usize, value: &'d Value<'_>) {
        match value {
            Value::Table(entries) => self.entries(node, entries),
            Value::Array(elements) => {
                for Element { value, span } in elements {
                    if let Value::Table(_) | Value::Array(_) = value {
                        let node = self.detached(How::Inline { extended: false }, *span);
                        self.value(node, value);
                    }
                }
            }
            _ => {}
        }
    }

    /// The last part of a key and those before it; `None` for one with an empty part, which is
    /// a fault of its own, and for one that is too long.
    fn path<'k>(&mut self, keys: &'k [Key<'d>]) -> Option<(&'k Key<'d>, &'k [Key<'d>])> {
        let (last, path) = keys.split_last()?;
        if path.len() >= DEPTH_LIMIT as usize {
            let span = keys.iter().map(|key| key.span).reduce(Span::to).unwrap_or_default();
            self.faults.push(Fault::new(FaultKind::TooDeep, span));
            return None;
        }
        let is_missing = |key: &Key<'_>| key.quote == Quote::Bare && key.span.is_empty();
        (!keys.iter().any(is_missing)).then_some((last, path))
    }

    /// Follows a path, making what is missing; `None` where it leads into what is no table.
    fn descend(&mut self, from: usize, path: &'d [Key<'_>], making: How) -> Option<usize> {
        let dotted = making == How::Dotted;
        let mut at = from;
        for (index, key) in path.iter().enumerate() {
            let Some(&node) = self.children.get(&(at, key.name.as_ref())) else {
                at = self.define(at, key, making, key.span);
                continue;
            };
            match self.nodes[node].how {
                How::Implied if dotted => self.nodes[node].how = How::Dotted,
                How::Implied | How::Dotted => {}
                // `toml_edit` lets a dotted key lead through an element, though not end in it.
                How::Elements(_) if dotted && index + 1 < path.len() => {}
                How::Header | How::Elements(_) if dotted => {
                    self.clash(FaultKind::DottedKeyIntoTable, key.span, node);
                    return None;
                }
                How::Header | How::Elements(_) | How::Inline { extended: true } => {}
                How::Inline { extended: false } => {
                    self.clash(FaultKind::ExtendsInlineTable, key.span, node);
                    self.nodes[node].how = How::Inline { extended: true };
                }
                How::Value => {
                    self.clash(FaultKind::Clash, key.span, node);
                    return None;
                }
            }
            at = self.inside(node);
        }
        Some(at)
    }

    /// Where the names below a node are kept.
    fn inside(&self, node: usize) -> usize {
        match self.nodes[node].how {
            How::Elements(element) => element,
            _ => node,
        }
    }

    fn element(&mut self, span: Span) -> How {
        How::Elements(self.detached(How::Header, span))
    }

    fn define(&mut self, parent: usize, key: &'d Key<'_>, how: How, place: Span) -> usize {
        let node = self.detached(how, place);
        self.children.insert((parent, key.name.as_ref()), node);
        node
    }

    fn detached(&mut self, how: How, place: Span) -> usize {
        self.nodes.push(Node { how, place });
        self.nodes.len() - 1
    }

    fn clash(&mut self, kind: FaultKind, span: Span, with: usize) {
        self.faults.push(Fault::new(kind, span).also(self.nodes[with].place));
    }
}
