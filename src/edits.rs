//! What should change -> the edits that change it and nothing else: comments stay, line ends
//! stay, and so does every byte that has nothing to do with it.

mod transfer;
mod trial;

pub use transfer::{Home, Transfer, merge, move_beside_parameters, table_at};
pub use trial::sound;

use crate::document::{Document, Entry, Key, Quote, Table, Value, quoted_key, quoted_string};
use crate::fix::Edit;
use crate::section::Written;
use crate::source::Span;

/// Another name for one part of a key, in the quotes it had.
pub fn rename(key: &Key<'_>, name: &str) -> Edit {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let text = match key.quote {
        Quote::Literal if plain => format!("'{name}'"),
        Quote::Basic if plain => format!("\"{name}\""),
        _ => quoted_key(name).into_owned(),
    };
    Edit::replace(key.span, text)
}

/// Another value, written as TOML.
pub fn revalue(entry: &Entry<'_>, toml: impl Into<String>) -> Edit {
    Edit::replace(entry.value_span, toml)
}

/// A text as the plainest TOML value with that text: a boolean or a number where it is one.
pub fn literal(text: &str) -> String {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = digits && (text == "0" || !text.starts_with('0')) && text.len() <= 18;
    if number || text == "true" || text == "false" {
        return text.to_owned();
    }
    quoted_string(text)
}

/// Takes a written setting away. A comment on its line stays on a line of its own.
///
/// `None` where it cannot be done without touching a comment.
pub fn remove(document: &Document<'_>, written: &Written<'_, '_>) -> Option<Edit> {
    match written.holder {
        Some(holder) => remove_from_inline_table(document, holder, written.entry),
        None => Some(remove_line(document, written.entry)),
    }
}

/// The lines of an entry, from its key to the line end; what follows the value stays.
fn remove_line(document: &Document<'_>, entry: &Entry<'_>) -> Edit {
    let source = document.source();
    let text = source.text();
    let line = source.full_line_span(source.line_of(entry.span().start));
    let after = &text[entry.value_span.end..];
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    if after[blanks..].starts_with('#') {
        return Edit::delete(Span::new(entry.span().start, entry.value_span.end + blanks));
    }
    let last = source.full_line_span(source.line_of(entry.value_span.end));
    let start = line.start.max(source.start());
    if last.end == text.len() && !text.ends_with('\n') && line.start > 0 {
        // The line before loses its end, so that the file still ends without one.
        let previous = source.line_span(source.line_of(line.start - 1));
        return Edit::delete(Span::new(previous.end, last.end));
    }
    Edit::delete(Span::new(start, last.end))
}

fn remove_from_inline_table(
    document: &Document<'_>,
    holder: &Entry<'_>,
    entry: &Entry<'_>,
) -> Option<Edit> {
    let Value::Table(entries) = &holder.value else { return None };
    let text = document.source().text();
    let at = entries.iter().position(|other| other.span() == entry.span())?;
    let next = entries.get(at + 1).map(Entry::span);
    let previous = at.checked_sub(1).map(|at| entries[at].span());
    let span = match (previous, next) {
        (_, Some(next)) => Span::new(entry.span().start, next.start),
        (Some(previous), None) => Span::new(previous.end, entry.span().end),
        (None, None) => Span::new(holder.value_span.start + 1, holder.value_span.end - 1),
    };
    let rest = [text.get(span.start..entry.span().start)?, text.get(entry.span().end..span.end)?];
    let punctuation = |part: &str| part.chars().all(|c| matches!(c, ' ' | '\t' | ','));
    rest.into_iter().all(punctuation).then(|| Edit::delete(span))
}

/// Adds `key = value` behind an entry, in the same kind of place and with the same indent.
pub fn insert_after(
    document: &Document<'_>,
    written: &Written<'_, '_>,
    name: &str,
    toml: &str,
) -> Edit {
    let source = document.source();
    let text = source.text();
    let entry = written.entry;
    // A sibling of a dotted key takes its leading parts along.
    let lead = match entry.keys.split_last() {
        Some((last, [_, ..])) => &text[entry.span().start..last.span.start],
        _ => "",
    };
    let assignment = format!("{lead}{} = {toml}", quoted_key(name));
    if written.holder.is_some() {
        return Edit::insert(entry.value_span.end, format!(", {assignment}"));
    }
    let first = source.line_of(entry.span().start);
    let last = source.line_of(entry.value_span.end);
    let line = source.line_span(first);
    let indent = &text[line.start.max(source.start())..entry.span().start];
    append_line(document, last, &format!("{indent}{assignment}"))
}

/// Adds `key = value` as the first line below a table header.
pub fn insert_below(document: &Document<'_>, table: &Table<'_>, name: &str, toml: &str) -> Edit {
    let source = document.source();
    let assignment = format!("{} = {toml}", quoted_key(name));
    match &table.header {
        Some(header) => append_line(document, source.line_of(header.span.end), &assignment),
        None => {
            let end = source.line_ending().as_str();
            Edit::insert(source.start(), format!("{assignment}{end}"))
        }
    }
}

/// A new line behind the line of this index.
pub fn append_line(document: &Document<'_>, line: usize, content: &str) -> Edit {
    let source = document.source();
    let end = source.line_ending().as_str();
    let full = source.full_line_span(line);
    if source.slice(full).ends_with('\n') {
        Edit::insert(full.end, format!("{content}{end}"))
    } else {
        Edit::insert(full.end, format!("{end}{content}"))
    }
}
