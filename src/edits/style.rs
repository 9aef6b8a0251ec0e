//! An entry -> the layout that another one beside it takes from it.

use crate::source::{Source, Span};
use crate::toml::Entry;

/// `=` with the blanks that another entry has around it. Where the signs of its neighbours stand
/// in one column, so does this one.
pub(super) fn equals_sign(
    source: &Source,
    entry: &Entry<'_>,
    neighbours: &[Entry<'_>],
    key: &str,
) -> String {
    let around = |entry: &Entry<'_>| Span::new(entry.key_span().end, entry.value_span.start);
    let Some((before, behind)) = source.slice(around(entry)).split_once('=') else {
        return " = ".to_owned();
    };
    let column = |entry: &Entry<'_>| {
        let before = source.slice(around(entry)).find('=').unwrap_or_default();
        source.slice(entry.key_span()).chars().count() + before
    };
    let (own, width) = (column(entry), entry.key_span().len());
    let is_column = neighbours.iter().all(|other| column(other) == own)
        && neighbours.iter().any(|other| other.key_span().len() != width);
    if !is_column && before.len() <= 1 {
        return format!("{before}={behind}");
    }
    let least = usize::from(!before.is_empty());
    let blanks = own.saturating_sub(key.chars().count()).max(least);
    format!("{:blanks$}={behind}", "")
}

/// The blanks in front of what begins a line.
pub(super) fn indent(source: &Source, start: usize) -> &str {
    let line = source.line_span(source.line_of(start));
    source.slice(Span::new(line.start.max(source.start()), start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml::Document;

    #[test]
    fn signs_stand_where_those_of_the_neighbours_do() {
        for (entries, expected) in [
            ("a = 1", "abc = "),
            ("a=1", "abc="),
            ("a= 1\nbb= 2", "abc= "),
            ("a  =  1", "abc =  "),
            ("a\t=\t1", "abc\t=\t"),
            ("a     = 1\nbcdef = 2", "abc   = "),
            ("a     = 1\nbcdef = 2\nc = 3", "abc = "),
            ("a =1\nbc=2", "abc="),
            ("abcd = 1\nb    = 2", "abc  = "),
        ] {
            let source = Source::new("deployment.toml", entries);
            let document = Document::parse(&source);
            let table = &document.tables()[0];
            let sign = equals_sign(&source, table.entries.last().unwrap(), &table.entries, "abc");
            assert_eq!(format!("abc{sign}"), expected, "{entries:?}");
        }
    }
}
