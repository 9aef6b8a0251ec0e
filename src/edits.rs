//! What should change -> the edits that change it and nothing else: comments stay, line ends
//! stay, and so does every byte that has nothing to do with it.

mod insert;
mod lines;
mod style;

pub use insert::{Inserter, add_parameter, insert};
pub use lines::{full_lines, merge, move_tables};

use crate::fix::Edit;
use crate::section::SettingEntry;
use crate::server::{MappedText, Role, xml};
use crate::source::Span;
use crate::toml::{Document, Entry, Key, Quote, Value, is_bare, quoted_key, quoted_string};

/// Another name for one part of a key, in the quotes it had.
pub fn rename(key: &Key<'_>, name: &str) -> Edit {
    let plain = is_bare(name);
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

/// Another text, in the quotes the value has, if it has any.
pub fn retext(document: &Document<'_>, entry: &Entry<'_>, text: &str) -> Edit {
    let written = document.source().slice(entry.value_span);
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| written.starts_with(quote));
    let plain = !text.contains(|c: char| c == '\'' || c.is_control());
    let toml = match quote {
        None => literal(text),
        Some(quote @ ("'" | "'''")) if plain => format!("{quote}{text}{quote}"),
        Some("\"\"\"") => format!("\"\"{}\"\"", quoted_string(text)),
        Some(_) => quoted_string(text),
    };
    revalue(entry, toml)
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
pub fn remove(document: &Document<'_>, written: &SettingEntry<'_>) -> Option<Edit> {
    match written.holder {
        Some(holder) => remove_from_inline_table(document, holder, written.entry),
        None => Some(remove_line(document, written.entry)),
    }
}

/// The lines of an entry, from its key to the line end; what follows the value stays.
fn remove_line(document: &Document<'_>, entry: &Entry<'_>) -> Edit {
    let source = document.source();
    let text = source.text();
    let after = &text[entry.value_span.end..];
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    if after[blanks..].starts_with('#') {
        return Edit::delete(Span::new(entry.span().start, entry.value_span.end + blanks));
    }
    let (first, last) = (entry.span().start, entry.value_span.end);
    Edit::delete(full_lines(document, source.line_of(first), source.line_of(last)))
}

fn remove_from_inline_table(
    document: &Document<'_>,
    holder: &Entry<'_>,
    entry: &Entry<'_>,
) -> Option<Edit> {
    let Value::Table(entries) = &holder.value else { return None };
    let text = document.source().text();
    let start = entry.span().start;
    let at = entries.partition_point(|other| other.span().start < start);
    entries.get(at).filter(|found| found.span() == entry.span())?;
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

/// Escapes what XML does not take for text, so that it reads back as it is written: every `<`,
/// `&` that begins no reference, `]]>`, and `"` in an attribute.
///
/// `None` where that does not help: a reference brings it in, or XML cannot write it at all.
pub fn escape(mapped: &MappedText, role: Role) -> Option<Vec<Edit>> {
    let text = mapped.text();
    let in_attribute = role != Role::Value;
    let mut edits = Vec::new();
    let mut after = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let escaped = match c {
            '<' => "&lt;",
            '&' if !xml::is_reference(text, at) => "&amp;",
            '>' if text[..at].ends_with("]]") => "&gt;",
            '"' if in_attribute => "&quot;",
            c => {
                after.push(c);
                continue;
            }
        };
        edits.push(Edit::replace(mapped.written(at..at + 1)?, escaped));
        after.push_str(escaped);
    }
    let is_sound = match role {
        Role::Value => xml::content(&after).is_ok_and(|content| content.markup.is_none()),
        Role::Attribute | Role::Key(_) => xml::attribute(&after).is_ok(),
    };
    is_sound.then_some(edits)
}

#[cfg(test)]
pub(crate) mod proof {
    use toml_edit::{Document, Item, TableLike, Value};

    /// What a text says, whatever its layout and the order of its tables.
    pub(crate) fn meaning(text: &str) -> String {
        table(Document::parse(text).unwrap().as_table())
    }

    fn table(table: &dyn TableLike) -> String {
        let mut entries: Vec<String> =
            table.iter().map(|(key, entry)| format!("{key:?} = {}", item(entry))).collect();
        entries.sort();
        format!("{{{}}}", entries.join(", "))
    }

    fn item(item: &Item) -> String {
        match item {
            Item::None => String::new(),
            Item::Value(written) => value(written),
            Item::Table(inner) => table(inner),
            Item::ArrayOfTables(array) => {
                let elements: Vec<String> = array.iter().map(|inner| table(inner)).collect();
                format!("[{}]", elements.join(", "))
            }
        }
    }

    fn value(value: &Value) -> String {
        match value {
            Value::String(text) => format!("{:?}", text.value()),
            Value::Integer(number) => format!("{:?}", number.value()),
            Value::Float(number) => format!("{:?}", number.value()),
            Value::Boolean(boolean) => format!("{:?}", boolean.value()),
            Value::Datetime(datetime) => {
                let mut datetime = *datetime.value();
                if let Some(time) = &mut datetime.time {
                    time.second.get_or_insert(0);
                }
                format!("{datetime:?}")
            }
            Value::Array(array) => {
                let items: Vec<String> = array.iter().map(self::value).collect();
                format!("[{}]", items.join(", "))
            }
            Value::InlineTable(inner) => table(inner),
        }
    }
}
