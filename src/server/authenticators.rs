//! The names of a document -> what the template prints of it: every table under
//! `authentication.authenticator` and every custom authenticator, as written.

use std::collections::BTreeMap;

use crate::section::{AUTHENTICATOR, CUSTOM, ENABLE, NAME, PARAMETERS, SettingEntry};
use crate::server::flat_keys;
use crate::toml::{Node, Tree, Value};

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Authenticators<'d> {
    /// The SMS OTP authenticator.
    pub(super) own: Printed<'d>,
    /// The other tables under `authentication.authenticator`, by their keys.
    pub(super) neighbours: BTreeMap<&'d str, Printed<'d>>,
    /// `[[authentication.custom_authenticator]]`, in the order of the file.
    pub(super) customs: Vec<Printed<'d>>,
    /// Something else than a table is where the template looks for the section, so that the
    /// shipped defaults and what the file says overwrite each other.
    pub(super) is_overwritten: bool,
}

/// What is written of one authenticator.
#[derive(Debug, Default)]
pub(super) struct Printed<'d> {
    /// `name`
    pub(super) name: Option<Attribute<'d>>,
    /// `enable`
    pub(super) enable: Option<Attribute<'d>>,
    /// The entries of `parameters`.
    pub(super) parameters: BTreeMap<&'d str, PrintedParameter<'d>>,
    /// Whether it is no table, or its `parameters` are none.
    pub(super) is_no_table: bool,
}

/// A setting of the authenticator itself.
#[derive(Debug)]
pub(super) enum Attribute<'d> {
    /// A value.
    Value(SettingEntry<'d>),
    /// A table, of which nobody can tell what becomes.
    Table,
}

/// A parameter as written.
#[derive(Debug, Default)]
pub(super) struct PrintedParameter<'d> {
    /// The values: one, or those of the table that is there.
    pub(super) leaves: Vec<SettingEntry<'d>>,
    /// Whether it is a `[[..]]` array of tables.
    pub(super) is_table_array: bool,
    /// How many parts of the path lead to its name, the name included.
    pub(super) depth: usize,
}

impl PrintedParameter<'_> {
    /// Whether a table is where a value is read.
    pub(super) fn is_table(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.path.len() > self.depth)
    }
}

impl<'d> Authenticators<'d> {
    /// Collects what a document says.
    pub(super) fn of(tree: &Tree<'d>) -> Self {
        let [root, tables, own] = AUTHENTICATOR;
        let way = [&[root][..], &[root, tables]];
        let mut on_the_way = way.iter().filter_map(|path| tree.at(path.iter().copied()));
        let mut all = Self { is_overwritten: on_the_way.any(is_no_table), ..Self::default() };
        for node in tree.at([root, tables]).into_iter().flat_map(Node::children) {
            match node.name() {
                name if name == own => all.own = Printed::of(node),
                name => _ = all.neighbours.insert(name, Printed::of(node)),
            }
        }
        all.is_overwritten |= all.own.is_no_table;
        if let Some(customs) = tree.at([root, CUSTOM]) {
            all.customs.extend(customs.elements().map(Printed::of));
            all.customs.extend(customs.entry().iter().flat_map(inline_customs));
        }
        all
    }
}

/// Custom authenticators as the items of an array.
fn inline_customs<'d>(array: &SettingEntry<'d>) -> Vec<Printed<'d>> {
    let Value::Array(items) = &array.entry.value else { return Vec::new() };
    let custom = |value: &'d Value<'d>| match value {
        Value::Table(entries) => Some(Printed::of(Tree::of_item(array, entries).root())),
        _ => None,
    };
    items.iter().filter_map(|item| custom(&item.value)).collect()
}

fn is_no_table(node: Node<'_, '_>) -> bool {
    node.is_array() || node.entry().is_some_and(|entry| !entry.is_table())
}

impl<'d> Printed<'d> {
    /// What is written of the authenticator that a name is.
    fn of(node: Node<'_, 'd>) -> Self {
        let mut printed = Self { is_no_table: is_no_table(node), ..Self::default() };
        for child in node.children() {
            match child.name() {
                NAME => printed.name = attribute(child),
                ENABLE => printed.enable = attribute(child),
                PARAMETERS => {
                    printed.parameters.extend(child.children().filter_map(parameter));
                    printed.is_no_table |= is_no_table(child);
                }
                _ => {}
            }
        }
        printed
    }
}

fn attribute<'d>(node: Node<'_, 'd>) -> Option<Attribute<'d>> {
    let value = node.entry().filter(|entry| !entry.is_table());
    let is_table = || node.is_array() || node.values().next().is_some();
    value.map(Attribute::Value).or_else(|| is_table().then_some(Attribute::Table))
}

fn parameter<'d>(node: Node<'_, 'd>) -> Option<(&'d str, PrintedParameter<'d>)> {
    let (leaves, is_table_array) = (node.values().collect::<Vec<_>>(), node.is_array());
    let is_printed = flat_keys::survives(node.name()) && (is_table_array || !leaves.is_empty());
    is_printed
        .then(|| (node.name(), PrintedParameter { leaves, is_table_array, depth: node.depth() }))
}
