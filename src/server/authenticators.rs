//! A document -> what the template prints of it: every table under `authentication.authenticator`
//! and every custom authenticator, as written.

use std::collections::{BTreeMap, BTreeSet};

use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS, SettingEntry};
use crate::server::flat_keys::{self, Leaf};
use crate::toml::{Document, Key, Table, Value, way_to};

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Authenticators<'d> {
    /// The SMS OTP authenticator.
    pub(super) own: Printed<'d>,
    /// The other tables under `authentication.authenticator`, by their keys.
    pub(super) neighbours: BTreeMap<&'d str, Printed<'d>>,
    /// `[[authentication.custom_authenticator]]`, in the order of the file.
    pub(super) customs: Vec<Printed<'d>>,
    /// Something else than a table stands where the template looks for the section, so that the
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
}

/// A setting of the authenticator itself.
#[derive(Debug)]
pub(super) enum Attribute<'d> {
    /// A value.
    Value(SettingEntry<'d, 'd>),
    /// A table, of which nobody can tell what becomes.
    Table,
}

/// A parameter as written.
#[derive(Debug, Default)]
pub(super) struct PrintedParameter<'d> {
    /// The values: one, or those of the table that stands there.
    pub(super) leaves: Vec<SettingEntry<'d, 'd>>,
    /// Whether it is a `[[..]]` array of tables.
    pub(super) is_table_array: bool,
    /// How many parts of the path lead to its name, the name included.
    pub(super) depth: usize,
}

impl PrintedParameter<'_> {
    /// Whether a table stands where a value is read.
    pub(super) fn is_table(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.path.len() > self.depth)
    }
}

/// The first parts of every key that the template prints.
const ROOT: &str = AUTHENTICATOR[0];
const TABLES: &str = AUTHENTICATOR[1];
const OWN: &str = AUTHENTICATOR[2];
/// What stands in a `[[..]]` with a longer path than that of a parameter is not printed.
const LONGEST_ARRAY: usize = 5;
const CUSTOM: &str = "custom_authenticator";

impl<'d> Authenticators<'d> {
    /// Collects what a document says.
    pub(super) fn of(document: &'d Document<'d>) -> Self {
        let mut all = Self::default();
        let mut arrays = BTreeSet::new();
        for table in document.tables() {
            let first = table.header.as_ref().and_then(|header| header.keys.first());
            if first.is_some_and(|first| first.name != ROOT) {
                continue;
            }
            let path = names(table);
            if table.header.as_ref().is_some_and(|header| header.array) {
                arrays.insert(path.clone());
            }
            let longest = if table.in_array { path.len().min(LONGEST_ARRAY) } else { 0 };
            let array = (1..=longest).map(|length| &path[..length]);
            match array.into_iter().find(|part| arrays.contains(*part)) {
                Some(array) => all.in_array(table, array),
                None if table.in_array => {}
                None => flat_keys::leaves(table, &mut |leaf| all.leaf(table, leaf)),
            }
        }
        all
    }

    fn leaf(&mut self, table: &'d Table<'d>, leaf: Leaf<'_, 'd, 'd>) {
        let [root, rest @ ..] = leaf.path else { return };
        if root.name != ROOT {
            return;
        }
        match rest {
            [] => self.is_overwritten = true,
            [tables] if tables.name == TABLES => self.is_overwritten = true,
            [custom] if custom.name == CUSTOM => self.inline_customs(table, leaf),
            [tables, key] if tables.name == TABLES => self.is_overwritten |= key.name == OWN,
            [tables, key, ..] if tables.name == TABLES => {
                let fits = self.at(&key.name).add(3, written(table, leaf));
                self.is_overwritten |= key.name == OWN && !fits;
            }
            _ => {}
        }
    }

    fn at(&mut self, key: &'d str) -> &mut Printed<'d> {
        if key == OWN { &mut self.own } else { self.neighbours.entry(key).or_default() }
    }

    fn inline_customs(&mut self, table: &'d Table<'d>, leaf: Leaf<'_, 'd, 'd>) {
        let Value::Array(elements) = &leaf.entry.value else { return };
        for element in elements {
            let Value::Table(entries) = &element.value else { continue };
            let mut custom = Printed::default();
            let mut path = leaf.path.to_vec();
            flat_keys::entries(entries, &mut path, Some(leaf.entry), &mut |leaf| {
                custom.add(2, written(table, leaf));
            });
            self.customs.push(custom);
        }
    }

    /// A table that belongs to an element of the array of this path.
    fn in_array(&mut self, table: &'d Table<'d>, array: &[&'d str]) {
        let is_element = table.header.as_ref().is_some_and(|header| header.array);
        let length = names(table).len();
        match array {
            [_, custom] if *custom == CUSTOM => {
                if is_element && length == array.len() {
                    self.customs.push(Printed::default());
                }
                let Some(custom) = self.customs.last_mut() else { return };
                // A deeper `[[..]]` is a list in the element, which the template prints nothing of.
                if !is_element || length == array.len() {
                    flat_keys::leaves(table, &mut |leaf| {
                        custom.add(2, written(table, leaf));
                    });
                }
            }
            [_, tables, key, parameters, name]
                if *tables == TABLES && *parameters == PARAMETERS =>
            {
                let parameter = self.at(key).parameters.entry(name).or_default();
                parameter.is_table_array = true;
            }
            [_, tables, key, attribute] if *tables == TABLES => match *attribute {
                NAME => self.at(key).name = Some(Attribute::Table),
                ENABLE => self.at(key).enable = Some(Attribute::Table),
                PARAMETERS => self.is_overwritten |= *key == OWN,
                _ => {}
            },
            [_] => self.is_overwritten = true,
            [_, tables] => self.is_overwritten |= *tables == TABLES,
            [_, tables, key] => self.is_overwritten |= *tables == TABLES && *key == OWN,
            _ => {}
        }
    }
}

impl<'d> Printed<'d> {
    /// Adds a value whose path from the part `from` on counts below the authenticator. False when
    /// `parameters` itself is a value.
    fn add(&mut self, from: usize, written: SettingEntry<'d, 'd>) -> bool {
        let [first, rest @ ..] = &written.path[from..] else { return true };
        match (first.name.as_ref(), rest) {
            (NAME, []) => self.name = Some(Attribute::Value(written)),
            (ENABLE, []) => self.enable = Some(Attribute::Value(written)),
            (NAME, _) => self.name = Some(Attribute::Table),
            (ENABLE, _) => self.enable = Some(Attribute::Table),
            (PARAMETERS, []) => return false,
            (PARAMETERS, [name, ..]) if flat_keys::survives(&name.name) => {
                let name: &'d Key<'d> = name;
                let parameter = self.parameters.entry(&name.name).or_default();
                parameter.depth = from + 2;
                parameter.leaves.push(written);
            }
            _ => {}
        }
        true
    }
}

fn names<'d>(table: &'d Table<'_>) -> Vec<&'d str> {
    let keys = table.header.as_ref().map_or(&[][..], |header| &header.keys);
    keys.iter().map(|key| key.name.as_ref()).collect()
}

fn written<'d>(table: &'d Table<'d>, leaf: Leaf<'_, 'd, 'd>) -> SettingEntry<'d, 'd> {
    SettingEntry {
        path: way_to(leaf.path, leaf.entry),
        entry: leaf.entry,
        table,
        holder: leaf.holder,
    }
}
