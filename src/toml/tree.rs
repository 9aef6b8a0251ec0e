//! Tables and entries -> the tree of the names they write.
//!
//! `a.b` may be written by a header, by dotted keys in several places and by inline tables. Where
//! a path belongs is asked here and nowhere else.

use std::iter;
use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::source::Span;
use crate::toml::{Document, Entry, Header, Key, Table, Value, named};

/// The names of a document, each below its parent.
#[derive(Debug, Default)]
pub struct Tree<'d> {
    /// A parent comes before its children; the first is the root.
    names: Vec<Name<'d>>,
    by_name: FxHashMap<(usize, &'d str), usize>,
    /// Each with the next one of the same name.
    writes: Vec<(Write<'d>, Option<usize>)>,
}

/// A name, or an element of a `[[..]]` array.
#[derive(Debug, Default)]
struct Name<'d> {
    name: &'d str,
    parent: usize,
    /// How many keys lead to it.
    depth: usize,
    in_array: bool,
    writes: Chain,
    children: Chain,
    elements: Chain,
    /// The next child or element of the parent.
    next: Option<usize>,
}

/// Some of the items of a list, by their places in it: each tells the next.
#[derive(Debug, Clone, Copy, Default)]
struct Chain {
    first: Option<usize>,
    last: Option<usize>,
}

impl Chain {
    /// Adds an item to the end, and tells which one it follows.
    fn push(&mut self, new: usize) -> Option<usize> {
        self.first.get_or_insert(new);
        self.last.replace(new)
    }
}

/// A header or an entry that writes a name: as the last part of its key, or on the way there.
#[derive(Debug, Clone)]
pub struct Write<'d> {
    /// Every part of its full key, those of the header first.
    pub path: Rc<[&'d Key<'d>]>,
    /// The table whose header it is, or below whose header the entry stands.
    pub table: &'d Table<'d>,
    /// The entry; `None` for a header.
    pub entry: Option<&'d Entry<'d>>,
    /// The entry whose inline table holds the entry, if it is in one.
    pub holder: Option<&'d Entry<'d>>,
    /// How many keys lead to the name that it writes.
    depth: usize,
}

/// A value as written, with its full path.
#[derive(Debug, Clone)]
pub struct SettingEntry<'d> {
    /// Every part of the full key, those of the header first.
    pub path: Rc<[&'d Key<'d>]>,
    /// The entry.
    pub entry: &'d Entry<'d>,
    /// The table it is below.
    pub table: &'d Table<'d>,
    /// The entry whose inline table holds it, if it is in one.
    pub holder: Option<&'d Entry<'d>>,
}

/// A name of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t, 'd> {
    tree: &'t Tree<'d>,
    index: usize,
}

/// No name that means anything is deeper; `toml_edit` has nearly the same limit for keys.
const DEEPEST: usize = 100;

const ROOT: usize = 0;

impl<'d> Tree<'d> {
    /// The names that a document writes.
    pub fn of(document: &'d Document<'d>) -> Self {
        let tables = document.tables();
        let mut tree = Self::of_size(tables.iter().map(|table| table.entries.len() + 1).sum());
        tables.iter().for_each(|table| tree.table(table));
        tree
    }

    /// The names inside an inline table that is an item of this array.
    pub fn of_item(array: &SettingEntry<'d>, item: &'d [Entry<'d>]) -> Self {
        let mut tree = Self::of_size(item.len());
        tree.names[ROOT].depth = array.path.len();
        tree.entries(ROOT, item, array.table, Some(array.entry), &array.path);
        tree
    }

    /// One that has room for so many names.
    fn of_size(size: usize) -> Self {
        let mut names = Vec::with_capacity(size + 1);
        names.push(Name::default());
        let by_name = FxHashMap::with_capacity_and_hasher(size, FxBuildHasher);
        Self { names, by_name, writes: Vec::with_capacity(size) }
    }

    /// What holds every other name.
    pub fn root(&self) -> Node<'_, 'd> {
        Node { tree: self, index: ROOT }
    }

    /// The name that these lead to, outside of arrays.
    pub fn at<'n>(&self, path: impl IntoIterator<Item = &'n str>) -> Option<Node<'_, 'd>> {
        path.into_iter().try_fold(self.root(), |node, name| node.child(name))
    }

    /// Every name, a parent before its children.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_, 'd>> {
        (0..self.names.len()).map(|index| Node { tree: self, index })
    }

    fn table(&mut self, table: &'d Table<'d>) {
        let mut at = ROOT;
        let mut path = Rc::default();
        if let Some(Header { keys, array, .. }) = &table.header {
            if keys.len() > DEEPEST {
                return;
            }
            path = keys.iter().collect();
            let write =
                Write { path: Rc::clone(&path), table, entry: None, holder: None, depth: 0 };
            at = self.write(ROOT, keys, &write);
            at = if *array { self.element(at, write) } else { self.inside(at) };
        }
        self.entries(at, &table.entries, table, None, &path);
    }

    /// Adds entries below a name, to which this path leads.
    fn entries(
        &mut self,
        at: usize,
        entries: &'d [Entry<'d>],
        table: &'d Table<'d>,
        holder: Option<&'d Entry<'d>>,
        above: &[&'d Key<'d>],
    ) {
        for entry in entries {
            if above.len() + entry.keys.len() > DEEPEST {
                continue;
            }
            let path: Rc<[_]> = above.iter().copied().chain(&entry.keys).collect();
            let write = Write { path, table, entry: Some(entry), holder, depth: 0 };
            let name = self.write(at, &entry.keys, &write);
            if let Value::Table(inner) = &entry.value {
                self.entries(name, inner, table, Some(entry), &write.path);
            }
        }
    }

    /// Notes who writes the names of a key, and follows them to the last.
    fn write(&mut self, from: usize, keys: &'d [Key<'d>], write: &Write<'d>) -> usize {
        let above = write.path.len() - keys.len();
        let mut at = from;
        for (key, depth) in keys.iter().zip(above + 1..) {
            at = self.below(self.inside(at), &key.name);
            self.written(at, Write { depth, ..write.clone() });
        }
        at
    }

    /// Notes who writes a name.
    fn written(&mut self, at: usize, write: Write<'d>) {
        let new = self.writes.len();
        self.writes.push((write, None));
        if let Some(before) = self.names[at].writes.push(new) {
            self.writes[before].1 = Some(new);
        }
    }

    fn below(&mut self, parent: usize, name: &'d str) -> usize {
        let new = self.names.len();
        let index = *self.by_name.entry((parent, name)).or_insert(new);
        if index == new {
            let Name { depth, in_array, .. } = self.names[parent];
            self.names.push(Name { name, parent, depth: depth + 1, in_array, ..Name::default() });
            let before = self.names[parent].children.push(new);
            self.follow(before, new);
        }
        index
    }

    /// A new element of an array.
    fn element(&mut self, array: usize, write: Write<'d>) -> usize {
        let new = self.names.len();
        let Name { name, depth, .. } = self.names[array];
        self.names.push(Name { name, parent: array, depth, in_array: true, ..Name::default() });
        let before = self.names[array].elements.push(new);
        self.follow(before, new);
        self.written(new, Write { depth, ..write });
        new
    }

    fn follow(&mut self, before: Option<usize>, new: usize) {
        if let Some(before) = before {
            self.names[before].next = Some(new);
        }
    }

    /// Where the names below a name are kept: for an array, in its last element.
    fn inside(&self, at: usize) -> usize {
        self.names[at].elements.last.unwrap_or(at)
    }
}

impl<'d> SettingEntry<'d> {
    /// The last part of the key.
    pub fn key(&self) -> &'d Key<'d> {
        self.path[self.path.len() - 1]
    }

    /// The name the last part of the key says.
    pub fn name(&self) -> &'d str {
        &self.key().name
    }

    /// The full path in TOML's own quoting, to name in a report.
    pub fn dotted(&self) -> String {
        named(self.path.iter().map(|key| key.name.as_ref()))
    }

    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        self.entry.span()
    }

    /// Whether its value is an inline table.
    pub fn is_table(&self) -> bool {
        matches!(self.entry.value, Value::Table(_))
    }

    /// Whether some `$ref{..}` in the file asks for this setting, and so depends on its type.
    pub fn is_referenced(&self, document: &Document<'_>) -> bool {
        let names: Vec<_> = self.path.iter().map(|key| key.name.as_ref()).collect();
        document.source().text().contains(&format!("$ref{{{}}}", names.join(".")))
    }
}

impl<'t, 'd> Node<'t, 'd> {
    fn get(self) -> &'t Name<'d> {
        &self.tree.names[self.index]
    }

    /// What it is called.
    pub fn name(self) -> &'d str {
        self.get().name
    }

    /// How many keys lead to it.
    pub fn depth(self) -> usize {
        self.get().depth
    }

    /// Whether it is an element of an array, or below one.
    pub fn is_in_array(self) -> bool {
        self.get().in_array
    }

    /// Who writes it, in the order of the file.
    pub fn writes(self) -> impl Iterator<Item = &'t Write<'d>> + Clone + use<'t, 'd> {
        let writes = &self.tree.writes;
        let next = |at: &usize| writes[*at].1;
        iter::successors(self.get().writes.first, next).map(|at| &writes[at].0)
    }

    /// The headers that write it, or go through it, in the order of the file.
    pub fn headers(self) -> impl Iterator<Item = &'t Write<'d>> {
        self.writes().filter(|write| write.entry.is_none())
    }

    /// The name below which it stands, or the array that it is an element of.
    pub fn parent(self) -> Node<'t, 'd> {
        Node { index: self.get().parent, ..self }
    }

    /// The name directly below it.
    pub fn child(self, name: &str) -> Option<Self> {
        let index = *self.tree.by_name.get(&(self.index, name))?;
        Some(Self { index, ..self })
    }

    /// The names directly below it, in the order of the file.
    pub fn children(self) -> impl Iterator<Item = Self> + use<'t, 'd> {
        self.chain(self.get().children)
    }

    /// The elements of the array that it is, in the order of the file.
    pub fn elements(self) -> impl Iterator<Item = Self> + use<'t, 'd> {
        self.chain(self.get().elements)
    }

    fn chain(self, chain: Chain) -> impl Iterator<Item = Self> + use<'t, 'd> {
        let next = move |index: &usize| self.tree.names[*index].next;
        iter::successors(chain.first, next).map(move |index| Self { index, ..self })
    }

    /// Whether it is a `[[..]]`.
    pub fn is_array(self) -> bool {
        self.get().elements.first.is_some()
    }

    /// The table that its own header begins; none for `[[..]]`.
    pub fn table(self) -> Option<&'d Table<'d>> {
        let mut headers = self.writes().filter(|write| write.header().is_some());
        headers.next().filter(|write| !write.begins_element()).map(|write| write.table)
    }

    /// The entry that gives it its value, an inline table perhaps.
    pub fn entry(self) -> Option<SettingEntry<'d>> {
        let mut ends = self.writes().filter(|write| !write.goes_on());
        ends.find_map(Write::setting)
    }

    /// Every entry at or below it, in the order of the file; those inside a `[[..]]` aside.
    pub fn entries(self) -> Vec<SettingEntry<'d>> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            found.extend(node.entry());
            open.extend(node.children());
        }
        found.sort_by_cached_key(SettingEntry::span);
        found
    }

    /// The same for values, which leaves out inline tables as such.
    pub fn values(self) -> impl Iterator<Item = SettingEntry<'d>> {
        self.entries().into_iter().filter(|entry| !entry.is_table())
    }
}

impl<'d> Write<'d> {
    /// The entry with its full path; `None` for a header.
    pub fn setting(&self) -> Option<SettingEntry<'d>> {
        let Self { table, entry, holder, .. } = *self;
        Some(SettingEntry { path: Rc::clone(&self.path), entry: entry?, table, holder })
    }

    /// The part of its path that leads to the name.
    pub fn name_path(&self) -> &[&'d Key<'d>] {
        &self.path[..self.depth]
    }

    /// Whether the key goes on behind the name.
    pub fn goes_on(&self) -> bool {
        self.depth < self.path.len()
    }

    /// Whether the name is a table, as far as this write tells.
    pub fn is_table(&self) -> bool {
        self.goes_on() || self.entry.is_none_or(|entry| matches!(entry.value, Value::Table(_)))
    }

    /// The header, or the key of the entry.
    pub fn span(&self) -> Span {
        let header = || self.table.header.as_ref().map(|header| header.span);
        self.entry.map_or_else(|| header().unwrap_or_default(), Entry::key_span)
    }

    /// The header, if it is the name's own.
    pub fn header(&self) -> Option<&'d Header<'d>> {
        self.table.header.as_ref().filter(|_| self.entry.is_none() && !self.goes_on())
    }

    /// Whether it is the name's own `[[..]]`.
    pub fn begins_element(&self) -> bool {
        self.header().is_some_and(|header| header.array)
    }

    /// The keys that are here, as opposed to those of a header or an inline table around it.
    pub fn own_keys(&self) -> &'d [Key<'d>] {
        match (self.entry, &self.table.header) {
            (Some(entry), _) => &entry.keys,
            (None, Some(header)) => &header.keys,
            (None, None) => &[],
        }
    }
}
