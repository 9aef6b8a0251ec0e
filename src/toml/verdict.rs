//! A text that is not plainly TOML -> whether it is, by the word of `toml_edit`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What `toml_edit` says of a text.
pub(super) enum Verdict {
    /// It is TOML.
    Toml,
    /// It is not.
    Refused(toml_edit::TomlError),
    /// It was not asked, because its answer would take too long.
    NotAsked,
}

/// How many tables may come again before `toml_edit` is not asked: it moves every sibling for
/// each of them.
const MOST_RETURNING: usize = 2_000;

impl Verdict {
    /// The verdict on a text.
    pub(super) fn on(text: &str) -> Self {
        if returning(text) > MOST_RETURNING {
            return Self::NotAsked;
        }
        match toml_edit::Document::parse(text) {
            Ok(_) => Self::Toml,
            Err(error) => Self::Refused(error),
        }
    }
}

/// How many lines look like the header of a table that an earlier one has named or gone through.
/// It only has to be right about texts that hold thousands of them.
fn returning(text: &str) -> usize {
    const ROOT: usize = 0;
    let mut known: HashMap<(usize, &str), usize> = HashMap::new();
    let (mut number, mut count) = (ROOT, 0);
    for line in text.lines().filter_map(|line| line.trim_start().strip_prefix('[')) {
        let (line, is_element) = line.strip_prefix('[').map_or((line, false), |line| (line, true));
        let path = line.split(']').next().unwrap_or_default();
        let (parents, last) = match path.rsplit_once('.') {
            Some((parents, last)) => (Some(parents), last),
            None => (None, path),
        };
        let mut parent = ROOT;
        for part in parents.into_iter().flat_map(|parents| parents.split('.')) {
            number += 1;
            parent = *known.entry((parent, part)).or_insert(number);
        }
        number += 1;
        match known.entry((parent, last)) {
            Entry::Vacant(free) => _ = free.insert(number),
            // Nothing is known yet of what is inside a new element.
            Entry::Occupied(mut taken) if is_element => _ = taken.insert(number),
            Entry::Occupied(_) => count += 1,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_tables_that_come_again() {
        for (text, expected) in [
            ("[a]\n[b]\n[a.c]\nx = [\n1]\n", 0),
            ("[a]\n[a]\n[a]\n", 2),
            ("# late\n[x.a.b]\n  [x.a]\n", 1),
            ("[[x]]\n[x.y]\n[[x]]\n[x.y]\n", 0),
        ] {
            assert_eq!(returning(text), expected, "{text}");
        }
    }
}
