//! The names that `$ref`s use -> what the server finds under each.

use std::collections::HashMap;

use crate::catalogue::{self, Kind, Profile, may_be_shipped};
use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::server::flat_keys;
use crate::toml::{Entry, Node, Tree};

use super::{Miss, ReferenceProblem, ReferenceProblemKind};

/// What stands under a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum RefTarget<'d> {
    /// Nothing, for certain.
    Missing,
    /// Nothing in the file, and perhaps a shipped default.
    Shipped,
    /// A table.
    Table,
    /// Something inside a `[[..]]`.
    InArray,
    /// A `[[..]]` as a whole.
    Array,
    /// A shipped default of this section.
    Default {
        /// Its text.
        text: &'static str,
        /// Whether it is true or false.
        is_switch: bool,
    },
    /// A value of the file.
    Value(&'d Entry<'d>),
}

impl RefTarget<'_> {
    /// Whether it may hold a text of the file.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Value(entry) if entry.value.may_hold_text())
    }
}

/// What stands under every name.
pub(super) struct Targets<'t, 'd> {
    pub(super) tree: &'t Tree<'d>,
    pub(super) profile: Profile,
}

impl<'d> Targets<'_, 'd> {
    /// What stands under a name once the shipped defaults have filled the gaps.
    pub(super) fn get(&self, name: &str) -> RefTarget<'d> {
        let found = flat_keys::find(self.tree.root(), name);
        match found.map_or(RefTarget::Missing, written) {
            gap @ (RefTarget::Missing | RefTarget::Table | RefTarget::InArray) => {
                let default = shipped(name, self.profile);
                let may_be = matches!(gap, RefTarget::Missing) && may_be_shipped(name);
                default.unwrap_or(if may_be { RefTarget::Shipped } else { gap })
            }
            found => found,
        }
    }
}

/// What the file writes under a name.
fn written<'d>(node: Node<'_, 'd>) -> RefTarget<'d> {
    match node.entry() {
        _ if node.is_in_array() => RefTarget::InArray,
        _ if node.is_array() => RefTarget::Array,
        Some(written) if !written.is_table() => RefTarget::Value(written.entry),
        // A table with nothing in it does not exist to the server.
        _ if node.children().next().is_none() => RefTarget::Missing,
        _ => RefTarget::Table,
    }
}

/// Names the keys that differ from a missing one in letter case or blanks only.
pub(super) fn suggest(tree: &Tree<'_>, problems: &mut [ReferenceProblem]) {
    let mut wanted: HashMap<String, Vec<&mut Option<String>>> = HashMap::new();
    for problem in problems {
        if let ReferenceProblemKind::Target { name, miss: Miss::Absent(near) } = &mut problem.kind {
            wanted.entry(fold(name)).or_default().push(near);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for entry in tree.root().values() {
        let names = entry.path.iter().map(|key| key.name.as_ref());
        let Some(key) = flat_keys::flat(names, '\'') else { continue };
        for near in wanted.get_mut(&fold(&key)).into_iter().flatten() {
            near.get_or_insert_with(|| key.clone());
        }
    }
}

fn fold(key: &str) -> String {
    key.trim().to_lowercase()
}

/// The default that this section has under a flat key.
fn shipped(key: &str, profile: Profile) -> Option<RefTarget<'static>> {
    let [root, tables, own] = AUTHENTICATOR;
    let mut rest = key;
    for part in [root, tables, own] {
        rest = rest.strip_prefix(part)?.strip_prefix('.')?;
    }
    if rest == NAME {
        return Some(RefTarget::Default { text: "SMSOTP", is_switch: false });
    }
    if rest == ENABLE {
        return Some(RefTarget::Default { text: "true", is_switch: true });
    }
    let name = rest.strip_prefix(PARAMETERS)?.strip_prefix('.')?;
    let parameter = catalogue::parameter(name)?;
    let text = parameter.default(profile)?;
    Some(RefTarget::Default { text, is_switch: matches!(parameter.kind, Kind::Boolean { .. }) })
}
