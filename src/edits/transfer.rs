//! Settings in the wrong place -> the edits that move them to the right one.

use std::collections::HashMap;

use super::lines::{full_lines, last_line, relocate, with_comments_above};
use super::{append_line, remove};
use crate::fix::Edit;
use crate::section::{AUTHENTICATOR, PARAMETERS, Section, SettingEntry};
use crate::source::Span;
use crate::toml::{Document, Entry, Table, Value, quoted_key};

/// The table that a header of these names begins, unless it is `[[..]]`.
pub fn table_at<'d, 's>(document: &'d Document<'s>, names: &[&str]) -> Option<&'d Table<'s>> {
    document.tables().iter().find(|table| {
        table.header.as_ref().is_some_and(|header| {
            let own = header.keys.iter().map(|key| key.name.as_ref());
            !header.array && own.eq(names.iter().copied())
        })
    })
}

/// [`table_at`] for every header there is.
pub fn tables_by_name<'d, 's>(document: &'d Document<'s>) -> HashMap<Vec<&'d str>, &'d Table<'s>> {
    let mut found = HashMap::new();
    for table in document.tables() {
        if let Some(header) = table.header.as_ref().filter(|header| !header.array) {
            found.entry(header.keys.iter().map(|key| key.name.as_ref()).collect()).or_insert(table);
        }
    }
    found
}

/// Where the parameters stand, and so where another one goes.
#[derive(Debug, Clone, Copy)]
pub enum InsertionPoint<'h, 'd, 's> {
    /// Below a header of their own.
    Table(&'h Table<'s>),
    /// In an inline table.
    Inline(&'h Entry<'s>),
    /// Behind dotted keys, of which this is the last.
    Dotted(&'h SettingEntry<'d, 's>),
}

impl<'h, 'd, 's> InsertionPoint<'h, 'd, 's> {
    /// The home of the parameters; `None` when nothing is written as one.
    pub fn of(document: &'h Document<'s>, section: &'h Section<'d, 's>) -> Option<Self> {
        let path: Vec<_> = AUTHENTICATOR.into_iter().chain([PARAMETERS]).collect();
        if let Some(table) = table_at(document, &path) {
            return Some(Self::Table(table));
        }
        let mut inline = None;
        document.visit(|visit| {
            let names = visit.path.iter().map(|key| key.name.as_ref());
            if matches!(visit.entry().value, Value::Table(_)) && names.eq(path.iter().copied()) {
                inline = Some(Self::Inline(visit.entry()));
            }
        });
        inline.or_else(|| section.parameters.last().map(Self::Dotted))
    }

    /// Whether what goes there shares its line with other settings.
    fn is_inline(self) -> bool {
        match self {
            Self::Table(_) => false,
            Self::Inline(_) => true,
            Self::Dotted(written) => written.holder.is_some(),
        }
    }
}

/// Settings on their way into the table of parameters.
#[derive(Debug)]
pub struct Transfer<'t, 'd, 's> {
    document: &'t Document<'s>,
    home: InsertionPoint<'t, 'd, 's>,
    assignments: Vec<String>,
    lines: Vec<(usize, usize)>,
    edits: Vec<Edit>,
}

impl<'t, 'd, 's> Transfer<'t, 'd, 's> {
    /// One that moves nothing yet.
    pub fn new(document: &'t Document<'s>, home: InsertionPoint<'t, 'd, 's>) -> Self {
        let (assignments, lines, edits) = (Vec::new(), Vec::new(), Vec::new());
        Self { document, home, assignments, lines, edits }
    }

    /// Moves a setting, giving it this name. A comment on its line goes along where it can.
    ///
    /// `None` where the setting cannot be moved.
    pub fn take(&mut self, written: &SettingEntry<'_, '_>, name: &str) -> Option<()> {
        if self.home.is_inline() || written.holder.is_some() {
            self.copy(written, name)?;
            return self.discard(written);
        }
        let source = self.document.source();
        let last = source.line_of(written.entry.value_span.end);
        let end = source.line_span(last).end;
        self.assignments.push(assignment(self.document, written.entry, name, end));
        self.lines.push((source.line_of(written.span().start), last));
        Some(())
    }

    /// Writes a setting at the new place, and leaves the old one as it is.
    pub fn copy(&mut self, written: &SettingEntry<'_, '_>, name: &str) -> Option<()> {
        let entry = written.entry;
        let text = assignment(self.document, entry, name, entry.value_span.end);
        // The server's parser knows arrays and dates in inline tables in few spellings only.
        let fits = !text.contains('\n')
            && !matches!(entry.value, Value::Array(_) | Value::Table(_) | Value::Datetime(_));
        (fits || !self.home.is_inline()).then(|| self.assignments.push(text))
    }

    /// Takes an entry away, and leaves a comment on its line where it is.
    pub fn discard(&mut self, written: &SettingEntry<'_, '_>) -> Option<()> {
        self.edits.push(remove(self.document, written)?);
        Some(())
    }

    /// Takes a header away, and leaves a comment on its line where it is.
    pub fn discard_header(&mut self, table: &Table<'_>) {
        let Some(header) = &table.header else { return };
        let source = self.document.source();
        let line = source.line_of(header.span.start);
        let behind = source.slice(Span::new(header.span.end, source.line_span(line).end));
        if behind.trim().is_empty() {
            self.lines.push((line, line));
        } else {
            let blanks = behind.len() - behind.trim_start().len();
            self.edits.push(Edit::delete(Span::new(header.span.start, header.span.end + blanks)));
        }
    }

    /// The edits; none when nothing is moved.
    pub fn edits(self) -> Vec<Edit> {
        let Self { document, home, assignments, lines, mut edits } = self;
        let source = document.source();
        let with = |lead: &str| assignments.iter().map(|text| format!("{lead}{text}")).collect();
        let on_lines = |lead: String| {
            let all: Vec<String> = with(&lead);
            all.join(source.line_ending().as_str())
        };
        let in_braces = |lead: &str| {
            let all: Vec<String> = with(lead);
            all.join(", ")
        };
        let (after, content) = match home {
            _ if assignments.is_empty() => (0, String::new()),
            InsertionPoint::Table(table) => {
                let indent = table.entries.last().map_or("", |entry| indent(document, entry));
                (last_line(document, table), on_lines(indent.to_owned()))
            }
            InsertionPoint::Dotted(last) if last.holder.is_none() => {
                let lead = [indent(document, last.entry), lead(document, last.entry)].concat();
                (source.line_of(last.entry.value_span.end), on_lines(lead))
            }
            InsertionPoint::Dotted(last) => {
                let text = format!(", {}", in_braces(lead(document, last.entry)));
                edits.push(Edit::insert(last.entry.value_span.end, text));
                (0, String::new())
            }
            InsertionPoint::Inline(entry) => {
                edits.push(into_braces(entry, &in_braces("")));
                (0, String::new())
            }
        };
        edits.extend(relocate(document, lines, after, &content));
        edits
    }
}

/// Moves a setting out of the parameters, to their side, giving it this name.
///
/// `None` where that cannot be done.
pub fn move_beside_parameters(
    document: &Document<'_>,
    written: &SettingEntry<'_, '_>,
    name: &str,
) -> Option<Vec<Edit>> {
    let entry = written.entry;
    let source = document.source();
    let text = assignment(document, entry, name, entry.value_span.end);
    if let [.., table, own] = &entry.keys[..] {
        return Some(vec![Edit::replace(table.span.to(own.span), key(document, entry, name))]);
    }
    if let Some(holder) = written.holder {
        let text = format!("{}{text}", lead(document, holder));
        let is_on_a_line = written.table.entries.iter().any(|other| other.span() == holder.span());
        let insertion = if is_on_a_line {
            let line = source.line_of(holder.value_span.end);
            append_line(document, line, &format!("{}{text}", indent(document, holder)))
        } else {
            Edit::insert(holder.value_span.end, format!(", {text}"))
        };
        return Some(vec![remove(document, written)?, insertion]);
    }
    let first = source.line_of(entry.span().start);
    let last = source.line_of(entry.value_span.end);
    let content = assignment(document, entry, name, source.line_span(last).end);
    if let Some(table) = table_at(document, &AUTHENTICATOR) {
        return Some(relocate(document, vec![(first, last)], last_line(document, table), &content));
    }
    let header = written.table.header.as_ref()?;
    let [first_key, .., last_key, _] = &header.keys[..] else { return None };
    let path = source.slice(first_key.span.to(last_key.span));
    let above = with_comments_above(document, source.line_of(header.span.start));
    let eol = source.line_ending().as_str();
    let at = source.full_line_span(above).start.max(source.start());
    let table = format!("[{path}]{eol}{content}{eol}{eol}");
    Some(vec![Edit::insert(at, table), Edit::delete(full_lines(document, first, last))])
}

/// `key = value` under another name, and what stands behind it up to an offset.
fn assignment(document: &Document<'_>, entry: &Entry<'_>, name: &str, end: usize) -> String {
    let behind = entry.key_span().end;
    let rest = document.source().slice(Span::new(behind, end)).trim_end();
    format!("{}{rest}", key(document, entry, name))
}

/// The last part of a key, in its own spelling if the name stays.
fn key(document: &Document<'_>, entry: &Entry<'_>, name: &str) -> String {
    match entry.keys.last() {
        Some(own) if own.name == name => document.source().slice(own.span).to_owned(),
        _ => quoted_key(name).into_owned(),
    }
}

/// The leading parts of a dotted key, as written.
fn lead<'d>(document: &'d Document<'_>, entry: &Entry<'_>) -> &'d str {
    let end = entry.keys.last().map_or(entry.span().start, |own| own.span.start);
    document.source().slice(Span::new(entry.span().start, end))
}

fn indent<'d>(document: &'d Document<'_>, entry: &Entry<'_>) -> &'d str {
    let source = document.source();
    let line = source.line_span(source.line_of(entry.span().start));
    source.slice(Span::new(line.start.max(source.start()), entry.span().start))
}

/// More entries for an inline table.
pub fn into_braces(entry: &Entry<'_>, text: &str) -> Edit {
    let last = match &entry.value {
        Value::Table(entries) => entries.last(),
        _ => None,
    };
    match last {
        Some(last) => Edit::insert(last.value_span.end, format!(", {text}")),
        None => Edit::replace(entry.value_span, format!("{{ {text} }}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::apply;
    use crate::source::Source;

    fn applied(document: &Document<'_>, mut edits: Vec<Edit>) -> String {
        edits.sort_by_key(|edit| edit.span);
        apply(document.source().text(), &edits).unwrap()
    }

    #[test]
    fn parameters_go_where_the_others_are() {
        let stray = "[authentication.authenticator.sms_otp]\nX = 1 # x\n";
        for (others, expected) in [
            ("parameters.A = 1\n", "parameters.A = 1\nparameters.X = 1 # x\n"),
            (
                "  parameters.A = 1\nenable = true",
                "  parameters.A = 1\n  parameters.X = 1 # x\nenable = true",
            ),
            ("parameters = { A = 1 } # a\n", "# x\nparameters = { A = 1, X = 1 } # a\n"),
            ("parameters = {}\n", "# x\nparameters = { X = 1 }\n"),
            (
                "\n[authentication.authenticator.sms_otp.parameters]\n\tA = 1",
                "\n[authentication.authenticator.sms_otp.parameters]\n\tA = 1\n\tX = 1 # x",
            ),
        ] {
            let source = Source::new("", format!("{stray}{others}"));
            let document = Document::parse(&source);
            let section = Section::of(&document);
            let mut transfer =
                Transfer::new(&document, InsertionPoint::of(&document, &section).unwrap());
            transfer.take(&section.misplaced[0], "X").unwrap();
            let result = applied(&document, transfer.edits());
            let header = stray.lines().next().unwrap();
            assert_eq!(result, format!("{header}\n{expected}"));
        }
    }
}
