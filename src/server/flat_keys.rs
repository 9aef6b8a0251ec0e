//! Tables -> the flat keys under which the server keeps its values.

use crate::toml::{Entry, Key, Table, Value, is_bare};

/// A value that is no table, with the way to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'p, 'd, 's> {
    /// Every part of the full key, those of the header first.
    pub(super) path: &'p [&'d Key<'s>],
    /// The entry.
    pub(super) entry: &'d Entry<'s>,
    /// The entry whose inline table holds it, if it stands in one.
    pub(super) holder: Option<&'d Entry<'s>>,
}

/// Shows every value below a table header that is no table itself, inline tables unfolded.
pub(super) fn leaves<'d, 's>(table: &'d Table<'s>, visit: &mut impl FnMut(Leaf<'_, 'd, 's>)) {
    let header = table.header.as_ref().map_or(&[][..], |header| &header.keys);
    let mut path: Vec<_> = header.iter().collect();
    entries(&table.entries, &mut path, None, visit);
}

/// The same for the entries of an inline table, whose keys count from `path` on.
pub(super) fn entries<'d, 's>(
    entries: &'d [Entry<'s>],
    path: &mut Vec<&'d Key<'s>>,
    holder: Option<&'d Entry<'s>>,
    visit: &mut impl FnMut(Leaf<'_, 'd, 's>),
) {
    for entry in entries {
        let depth = path.len();
        path.extend(&entry.keys);
        match &entry.value {
            Value::Table(inner) => self::entries(inner, path, Some(entry), visit),
            _ => visit(Leaf { path, entry, holder }),
        }
        path.truncate(depth);
    }
}

/// The flat key of a path; `None` when the server loses the value on its way.
pub(super) fn flat<'n>(names: impl IntoIterator<Item = &'n str>, quote: char) -> Option<String> {
    let mut key = String::new();
    for name in names {
        if !push(&mut key, name, quote) {
            return None;
        }
    }
    Some(key)
}

/// Adds one part to a flat key: as it is where it is plain, else in quotes. False for a part that
/// the server cannot find again after escaping it.
pub(super) fn push(key: &mut String, name: &str, quote: char) -> bool {
    if !key.is_empty() {
        key.push('.');
    }
    if is_bare(name) {
        key.push_str(name);
        return true;
    }
    key.push(quote);
    key.push_str(name);
    key.push(quote);
    survives(name)
}

/// Whether the server finds the value of a key part again: it escapes all but printable ASCII.
pub(super) fn survives(name: &str) -> bool {
    name.bytes().all(|b| (b' '..=b'~').contains(&b))
}
