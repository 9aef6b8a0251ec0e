//! Text -> whether it is TOML, by the word of `toml_edit`.

use std::collections::HashMap;

use crate::document::Table;

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

/// The verdict on a text with these tables.
pub(super) fn of(text: &str, tables: &[Table<'_>]) -> Verdict {
    if tables.len() > MOST_RETURNING && returning(tables) > MOST_RETURNING {
        return Verdict::NotAsked;
    }
    match toml_edit::Document::parse(text) {
        Ok(_) => Verdict::Toml,
        Err(error) => Verdict::Refused(error),
    }
}

/// How many headers name a table that an earlier header has named or gone through.
fn returning(tables: &[Table<'_>]) -> usize {
    const ROOT: usize = 0;
    let mut known: HashMap<(usize, &str), usize> = HashMap::new();
    let mut count = 0;
    let mut number = ROOT;
    for header in tables.iter().filter_map(|table| table.header.as_ref()) {
        let Some((last, path)) = header.keys.split_last() else { continue };
        let mut at = ROOT;
        for key in path {
            number += 1;
            at = *known.entry((at, &key.name)).or_insert(number);
        }
        number += 1;
        // Nothing is known yet of what is inside a new element.
        let before = known.insert((at, &last.name), number);
        if let (Some(before), false) = (before, header.array) {
            known.insert((at, &last.name), before);
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;

    #[test]
    fn counts_the_tables_that_come_again() {
        for (text, expected) in [
            ("[a]\n[b]\n[a.c]\n", 0),
            ("[a]\n[a]\n[a]\n", 2),
            ("[a.b]\n[a]\n", 1),
            ("[[x]]\n[x.y]\n[[x]]\n[x.y]\n", 0),
        ] {
            let source = Source::new("", text);
            let document = Document::parse(&source);
            assert_eq!(returning(document.tables()), expected, "{text}");
        }
    }
}
