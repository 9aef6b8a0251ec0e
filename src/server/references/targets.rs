//! The names that `$ref`s use -> what the server finds under each.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::{self, Kind, Profile, Release, may_be_shipped};
use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::server::facts::{self, Condition, Fact, FactKind, KnownKey, Part, Releases};
use crate::server::flat_keys;
use crate::toml::{Entry, Node, Tree, Value};

use super::{Miss, ReferenceProblem, ReferenceProblemKind};

/// What is under a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum RefTarget<'d> {
    /// Nothing, for certain.
    Missing,
    /// What is not known: the text of a shipped default, say, or what a `[[..]]` becomes.
    Unknown,
    /// Nothing in the file, and perhaps a shipped default.
    Uncertain,
    /// A table.
    Table,
    /// Something inside a `[[..]]`.
    InArray,
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

/// What is under every name.
pub(super) struct Targets<'t, 'd> {
    pub(super) tree: &'t Tree<'d>,
    profile: Profile,
    /// The releases that must agree on a fact.
    wanted: Releases,
    /// The values with an alias, under the key that it stands for.
    renamed: BTreeMap<&'static str, &'d Entry<'d>>,
}

/// The first parts of the keys of products whose shipped defaults are not known.
const OTHER_PRODUCTS: [&str; 6] =
    ["apim", "apimgt", "financial_services", "open_banking", "passthru_http", "synapse"];

impl<'t, 'd> Targets<'t, 'd> {
    pub(super) fn of(
        tree: &'t Tree<'d>,
        renamed: BTreeMap<&'static str, &'d Entry<'d>>,
        profile: Profile,
    ) -> Self {
        Self { tree, profile, wanted: Releases::of(profile), renamed }
    }

    /// What is under a name once the shipped defaults have filled the gaps.
    pub(super) fn get(&self, name: &str) -> RefTarget<'d> {
        // The server knows nothing of the name that an alias is written under.
        if alias(name).is_some_and(|alias| alias.releases.cover(self.wanted)) {
            return RefTarget::Missing;
        }
        let found = flat_keys::find(self.tree.root(), name);
        match found.map_or(RefTarget::Missing, written) {
            gap @ (RefTarget::Missing | RefTarget::Table | RefTarget::InArray) => {
                let renamed = self.renamed.get(name).map(|entry| RefTarget::Value(entry));
                let known = renamed.or_else(|| own_default(name, self.profile));
                known.unwrap_or_else(|| match gap {
                    RefTarget::Missing if below_own(name).is_none() => self.default(name),
                    RefTarget::Missing if self.profile.release.is_none() && is_own_later(name) => {
                        RefTarget::Uncertain
                    }
                    gap => gap,
                })
            }
            // Of two values for one key the order of a hash table decides.
            RefTarget::Value(_) if self.renamed.contains_key(name) => RefTarget::Unknown,
            found => found,
        }
    }

    /// The key under which the server keeps the value that is written under a name.
    pub(super) fn other_name(&self, name: &str) -> Option<&'static str> {
        let key = alias(name)?.text;
        self.renamed.contains_key(key).then_some(key)
    }

    /// What the defaults of the server hold under a name that is not in the file.
    fn default(&self, name: &str) -> RefTarget<'d> {
        let is_exact = matches!(
            self.profile.release,
            Some(Release::V6_0 | Release::V6_1 | Release::V7_0 | Release::V7_1)
        );
        let (mut held, mut is_known) = (Releases::empty(), false);
        let key = KnownKey::of(facts::parts(name));
        for kind in [FactKind::Shipped, FactKind::Required, FactKind::Inferred] {
            for fact in key.facts(kind) {
                is_known = true;
                if fact.only_if.is_none_or(|condition| self.holds(condition, &key.parts)) {
                    held |= fact.releases;
                }
            }
        }
        match is_exact {
            true if held.cover(self.wanted) => RefTarget::Unknown,
            true if !self.is_of_another_product() => RefTarget::Missing,
            true => RefTarget::Uncertain,
            false if is_known || may_be_shipped(name) => RefTarget::Uncertain,
            false => RefTarget::Missing,
        }
    }

    /// Whether the file gives a key the value that makes the server add another, as it is written.
    fn holds(&self, condition: Condition, near: &[Part<'_>]) -> bool {
        condition.asked().all(|(key, word)| {
            let Some(key) = facts::filled_in(key, near) else { return false };
            let names = key.iter().filter_map(|part| match part {
                Part::Name(name) => Some(*name),
                Part::Element(_) => None,
            });
            let written = self.tree.at(names).and_then(Node::entry);
            written.is_some_and(|written| match &written.entry.value {
                Value::String(text) => text == word.trim_matches('"'),
                Value::Boolean(on) => on.to_string() == word.trim_matches('"'),
                _ => false,
            })
        })
    }

    fn is_of_another_product(&self) -> bool {
        let mut names = self.tree.root().children().map(Node::name);
        names.any(|name| OTHER_PRODUCTS.iter().any(|product| name.starts_with(product)))
    }
}

/// The key that a name is an alias of.
fn alias(name: &str) -> Option<Fact> {
    KnownKey::of(facts::parts(name)).facts(FactKind::Alias).next()
}

/// Whether some release ships a default for a name of this section.
fn is_own_later(name: &str) -> bool {
    let mut releases = Release::ALL.into_iter();
    releases.any(|release| own_default(name, Profile { release: Some(release) }).is_some())
}

/// The rest of a name of this section, whose defaults are known for every release.
fn below_own(key: &str) -> Option<&str> {
    AUTHENTICATOR.into_iter().try_fold(key, |rest, part| rest.strip_prefix(part)?.strip_prefix('.'))
}

/// What the file writes under a name.
fn written<'d>(node: Node<'_, 'd>) -> RefTarget<'d> {
    match node.entry() {
        _ if node.is_in_array() => RefTarget::InArray,
        _ if node.is_array() => RefTarget::Unknown,
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
fn own_default(key: &str, profile: Profile) -> Option<RefTarget<'static>> {
    let rest = below_own(key)?;
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
