//! What should change -> the edits that change it and nothing else: comments stay, line ends
//! stay, and so does every byte that has nothing to do with it.

mod lines;
mod style;
mod transfer;
mod trial;

pub use lines::{full_lines, merge};
pub use style::{equals_sign, indent};
pub use transfer::{
    InsertionPoint, Transfer, into_braces, move_beside_parameters, table_at, tables_by_name,
};
pub use trial::{Trials, affordable, sound};

use crate::fix::Edit;
use crate::section::{AUTHENTICATOR, PARAMETERS, Section, SettingEntry};
use crate::server::{MappedText, Role, xml};
use crate::source::{Source, Span};
use crate::toml::{Document, Entry, Key, Quote, Table, Value, is_bare, quoted_key, quoted_string};

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
pub fn remove(document: &Document<'_>, written: &SettingEntry<'_, '_>) -> Option<Edit> {
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

/// Adds `key = value` behind an entry, in the same kind of place and with the same indent.
pub fn insert_after(
    document: &Document<'_>,
    written: &SettingEntry<'_, '_>,
    name: &str,
    toml: &str,
) -> Edit {
    let entry = written.entry;
    // A sibling of a dotted key takes its leading parts along.
    let lead = match entry.keys.split_last() {
        Some((last, [_, ..])) => Span::new(entry.span().start, last.span.start),
        _ => Span::default(),
    };
    let key = format!("{}{}", document.source().slice(lead), quoted_key(name));
    insert_key_after(document, written, &key, toml)
}

/// The same for a key as it is to stand there, dots and quotes included.
pub fn insert_key_after(
    document: &Document<'_>,
    written: &SettingEntry<'_, '_>,
    key: &str,
    toml: &str,
) -> Edit {
    let source = document.source();
    let entry = written.entry;
    if let Some(Value::Table(entries)) = written.holder.map(|holder| &holder.value) {
        let sign = equals_sign(source, entry, entries, key);
        return Edit::insert(entry.value_span.end, format!(", {key}{sign}{toml}"));
    }
    let sign = equals_sign(source, entry, &written.table.entries, key);
    let assignment = format!("{}{key}{sign}{toml}", indent(source, entry.span().start));
    append_line(document, source.line_of(entry.value_span.end), &assignment)
}

/// Adds a parameter where the file has its others; `None` where there is no place for one.
pub fn add_parameter(
    document: &Document<'_>,
    section: &Section<'_, '_>,
    name: &str,
    toml: &str,
) -> Option<Edit> {
    if let Some(last) = section.parameters.last() {
        return Some(insert_after(document, last, name, toml));
    }
    let headed = |span: &Span| {
        let is_headed = |table: &&Table| table.header.as_ref().is_some_and(|it| it.span == *span);
        document.tables().iter().find(is_headed)
    };
    if let Some(table) = section.parameter_tables.iter().find_map(headed) {
        return Some(insert_below(document, table, name, toml));
    }
    let table = section.authenticator.iter().find_map(headed)?;
    if has_parameters(document) {
        return None;
    }
    let line = document.source().line_of(table.span().end);
    let assignment = format!("{PARAMETERS}.{} = {toml}", quoted_key(name));
    Some(append_line(document, line, &assignment))
}

/// Whether `..sms_otp.parameters` is there in any shape, so that it cannot be begun again.
fn has_parameters(document: &Document<'_>) -> bool {
    let is_below = |keys: &[&Key<'_>]| {
        let path = AUTHENTICATOR.iter().chain([&PARAMETERS]);
        keys.len() > AUTHENTICATOR.len() && path.zip(keys).all(|(part, key)| key.name == *part)
    };
    let headers = document.tables().iter().filter_map(|table| table.header.as_ref());
    let mut found =
        headers.into_iter().any(|header| is_below(&header.keys.iter().collect::<Vec<_>>()));
    document.visit(|visit| found |= is_below(&visit.path));
    found
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

/// Puts a table above another that stands earlier. The comment lines directly above either
/// header belong to its table, and so do those directly below the last entry. Blank lines move
/// along such that there are as many between tables as before.
pub fn move_table(document: &Document<'_>, table: &Table<'_>, above: &Table<'_>) -> Vec<Edit> {
    let source = document.source();
    let text = source.text();
    let target = Span::at(table_start(document, above));
    let own = Span::new(table_start(document, table), table_end(document, table));
    let after = Span::new(own.end, blank_lines_end(source, own.end));
    if !after.is_empty() && after.end < text.len() {
        let moved = own.to(after);
        return vec![Edit::replace(target, source.slice(moved)), Edit::delete(moved)];
    }
    let before = text[..own.start].trim_end_matches(BLANKS).len();
    let before = source.line_span(source.line_of(before.saturating_sub(1)));
    let gap = Span::new(before.end, own.start);
    let (line_end, blank_lines) = source
        .slice(gap)
        .split_at(source.full_line_span(source.line_of(before.start)).end - before.end);
    let own_text = source.slice(own);
    if own_text.ends_with('\n') {
        let moved = Span::new(gap.start + line_end.len(), own.end);
        let text = format!("{own_text}{blank_lines}");
        return vec![Edit::replace(target, text), Edit::delete(moved)];
    }
    // The file still ends without a line end: the line above gives its own away.
    let text = format!("{own_text}{line_end}{blank_lines}");
    vec![Edit::replace(target, text), Edit::delete(gap.to(own))]
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// Where the comment lines directly above a table's header begin, or else the header's line.
pub fn table_start(document: &Document<'_>, table: &Table<'_>) -> usize {
    let source = document.source();
    let tables = document.tables();
    let header = source.line_of(table.span().start);
    let first = match index_of(document, table).checked_sub(1).map(|before| tables[before].span()) {
        Some(before) if !before.is_empty() => source.line_of(before.end) + 1,
        _ => 0,
    };
    let lines = (first..header).rev().take_while(|line| is_comment(source, *line));
    let line = lines.last().unwrap_or(header);
    source.full_line_span(line).start.max(source.start())
}

/// Where the comment lines directly below a table end, the next table's own aside.
pub fn table_end(document: &Document<'_>, table: &Table<'_>) -> usize {
    let source = document.source();
    let next = match document.tables().get(index_of(document, table) + 1) {
        Some(next) => source.line_of(table_start(document, next)),
        None => source.line_count(),
    };
    let last = source.line_of(table.span().end);
    let lines = (last + 1..next).take_while(|line| is_comment(source, *line));
    source.full_line_span(lines.last().unwrap_or(last)).end
}

fn index_of(document: &Document<'_>, table: &Table<'_>) -> usize {
    document.tables().iter().take_while(|other| !std::ptr::eq(*other, table)).count()
}

fn is_comment(source: &Source, line: usize) -> bool {
    let line = source.line_span(line);
    let text = source.slice(Span::new(line.start.max(source.start()), line.end));
    text.trim_start_matches([' ', '\t']).starts_with('#')
}

/// Where the blank lines that begin at an offset end.
fn blank_lines_end(source: &Source, start: usize) -> usize {
    let text = source.text();
    match text[start..].trim_start_matches(BLANKS) {
        "" => text.len(),
        rest => source.full_line_span(source.line_of(text.len() - rest.len())).start,
    }
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
