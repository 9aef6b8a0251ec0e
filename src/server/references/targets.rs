//! The names that `$ref`s use -> what the server finds under each.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::catalogue::{self, Kind, Profile, may_be_shipped};
use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::server::flat_keys;
use crate::toml::{Document, Entry, Table, Value};

use super::scan::Site;
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

/// What stands under every name in use.
pub(super) struct Targets<'d> {
    written: BTreeMap<String, RefTarget<'d>>,
    profile: Profile,
}

impl<'d> Targets<'d> {
    /// Looks up the names that the values use, in one pass over the file.
    pub(super) fn of(document: &'d Document<'d>, profile: Profile, sites: &[Site<'d>]) -> Self {
        let references = sites.iter().flat_map(|site| &site.references);
        let mut names: Vec<&str> = references.map(|reference| reference.name.as_str()).collect();
        names.sort_unstable();
        let mut written: BTreeMap<String, RefTarget<'d>> =
            names.iter().map(|name| ((*name).to_owned(), RefTarget::Missing)).collect();
        let is_wanted = |first: &str| {
            let at = names.partition_point(|name| *name < first);
            names.get(at).is_some_and(|name| name.starts_with(first))
        };
        walk(document, is_wanted, &mut |key, found| {
            if let Some(target) = written.get_mut(key) {
                let weaker = matches!(target, RefTarget::Missing | RefTarget::InArray);
                if weaker || matches!(found, RefTarget::Value(_)) {
                    *target = found;
                }
            }
        });
        Self { written, profile }
    }

    /// What stands under a name once the shipped defaults have filled the gaps.
    pub(super) fn get(&self, name: &str) -> RefTarget<'d> {
        match self.written.get(name).copied().unwrap_or(RefTarget::Missing) {
            gap @ (RefTarget::Missing | RefTarget::Table | RefTarget::InArray) => {
                let default = shipped(name, self.profile);
                let may_be = matches!(gap, RefTarget::Missing) && may_be_shipped(name);
                default.unwrap_or(if may_be { RefTarget::Shipped } else { gap })
            }
            found => found,
        }
    }
}

/// Longer names are misspelt in more than letter case; each key of the file is folded, and every
/// one below a long header is long.
const LONGEST: usize = 200;

/// Names the keys that differ from a missing one in letter case or blanks only.
pub(super) fn suggest(document: &Document<'_>, problems: &mut [ReferenceProblem]) {
    let mut wanted: HashMap<String, Vec<&mut Option<String>>> = HashMap::new();
    for problem in problems {
        if let ReferenceProblemKind::Target { name, miss: Miss::Absent(near) } = &mut problem.kind {
            let folded = fold(name);
            if folded.len() <= LONGEST {
                wanted.entry(folded).or_default().push(near);
            }
        }
    }
    if wanted.is_empty() {
        return;
    }
    walk(document, |_| true, &mut |key, found| {
        // A letter has three times the bytes of its lower case at most.
        let fits = key.trim().len() <= 3 * LONGEST;
        let (RefTarget::Value(_), true) = (found, fits) else { return };
        for near in wanted.get_mut(&fold(key)).into_iter().flatten() {
            near.get_or_insert_with(|| key.to_owned());
        }
    });
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

/// Shows every flat key of a document, those of tables included; tables whose header does not
/// begin with a part that is wanted are left out.
fn walk<'d>(
    document: &'d Document<'d>,
    is_wanted: impl Fn(&str) -> bool,
    visit: &mut impl FnMut(&str, RefTarget<'d>),
) {
    let mut arrays = HashSet::new();
    let mut key = String::new();
    for table in document.tables() {
        key.clear();
        if header(table, &is_wanted, &mut arrays, &mut key, visit) {
            entries(&table.entries, table.in_array, &mut key, visit);
        }
    }
}

/// Shows the tables that a header names; false when what stands below it is not wanted, or lost
/// on the server.
fn header<'d>(
    table: &'d Table<'d>,
    is_wanted: &impl Fn(&str) -> bool,
    arrays: &mut HashSet<String>,
    key: &mut String,
    visit: &mut impl FnMut(&str, RefTarget<'d>),
) -> bool {
    let Some(header) = &table.header else { return true };
    let mut is_inside = false;
    for (at, part) in header.keys.iter().enumerate() {
        if !flat_keys::push(key, &part.name, '\'') || at == 0 && !is_wanted(key) {
            return false;
        }
        let is_last = at + 1 == header.keys.len();
        if is_inside {
            visit(key, RefTarget::InArray);
        } else if (is_last && header.array) || arrays.contains(key.as_str()) {
            visit(key, RefTarget::Array);
            arrays.insert(key.clone());
            is_inside = true;
        } else if !is_last || !table.entries.is_empty() {
            visit(key, RefTarget::Table);
        }
    }
    true
}

fn entries<'d>(
    entries: &'d [Entry<'d>],
    is_inside: bool,
    key: &mut String,
    visit: &mut impl FnMut(&str, RefTarget<'d>),
) {
    for entry in entries {
        let start = key.len();
        let mut is_kept = true;
        for (at, part) in entry.keys.iter().enumerate() {
            is_kept &= flat_keys::push(key, &part.name, '\'');
            let is_last = at + 1 == entry.keys.len();
            match &entry.value {
                _ if !is_kept => break,
                // A table with nothing in it does not exist to the server.
                Value::Table(inner) if is_last && inner.is_empty() => {}
                _ if is_inside => visit(key, RefTarget::InArray),
                Value::Table(_) => visit(key, RefTarget::Table),
                _ if is_last => visit(key, RefTarget::Value(entry)),
                _ => visit(key, RefTarget::Table),
            }
        }
        if is_kept && let Value::Table(inner) = &entry.value {
            self::entries(inner, is_inside, key, visit);
        }
        key.truncate(start);
    }
}
