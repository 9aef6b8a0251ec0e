//! A setting -> the edits that could bring it into a file, the best place first.
//!
//! Not every one of them fits: what stands in the way (a table that is closed, a parent that would
//! come after its child) shows when the text is read again.

use super::Assignment;
use crate::edits;
use crate::fix::Edit;
use crate::section::{AUTHENTICATOR, SettingEntry};
use crate::source::{Source, Span};
use crate::toml::{Document, Entry, Header, Key, Table, Value, Visit};

/// How many keys lead to the authenticator.
const DEPTH: usize = AUTHENTICATOR.len();

/// The edits, each of which would do alone.
pub(super) fn edits(document: &Document<'_>, assignment: &Assignment) -> Vec<Edit> {
    if let Some(written) = written(document, &assignment.path) {
        return vec![revalue(document, &written, assignment)];
    }
    let new = New { document, path: &assignment.path, toml: &assignment.toml };
    let first = [new.beside_another(), new.below_header()];
    let inside_section = (DEPTH..assignment.path.len()).rev().map(|length| new.inside(length));
    let tables = [new.table_above_child(), new.table_behind_parent(), new.table_at_end()];
    let inside_parents = (1..DEPTH).rev().map(|length| new.inside(length));
    first.into_iter().chain(inside_section).chain(tables).chain(inside_parents).flatten().collect()
}

/// The entry of a full path, in a place that the server reads.
pub(super) fn written<'d>(
    document: &'d Document<'d>,
    path: &[&str],
) -> Option<SettingEntry<'d, 'd>> {
    last(document, |visit| visit.path.len() == path.len() && is_below(visit, path))
}

/// Another value for an entry. A string keeps its quotes, and so does what other values refer to,
/// since they depend on its type.
fn revalue(
    document: &Document<'_>,
    written: &SettingEntry<'_, '_>,
    assignment: &Assignment,
) -> Edit {
    let Assignment { text, toml, .. } = assignment;
    let entry = written.entry;
    let string = match &entry.value {
        Value::String(text) | Value::Placeholder(text) => Some(text),
        _ => None,
    };
    let keeps_quotes = toml.starts_with('"') || written.is_referenced(document);
    match string {
        Some(string) if keeps_quotes && string == text => {
            edits::revalue(entry, document.source().slice(entry.value_span))
        }
        Some(_) if keeps_quotes => edits::retext(document, entry, text),
        _ => edits::revalue(entry, toml),
    }
}

/// A setting that the file does not have.
struct New<'n> {
    document: &'n Document<'n>,
    path: &'n [&'static str],
    toml: &'n str,
}

impl<'n> New<'n> {
    /// Behind the last setting of the same table.
    fn beside_another(&self) -> Option<Edit> {
        let (name, table) = self.path.split_last()?;
        let is_neighbour =
            |visit: &Visit<'_, '_>| visit.path.len() == self.path.len() && is_below(visit, table);
        let neighbour = last(self.document, is_neighbour)?;
        Some(edits::insert_after(self.document, &neighbour, name, self.toml))
    }

    /// On the first line below the header of its table.
    fn below_header(&self) -> Option<Edit> {
        let (name, path) = self.path.split_last()?;
        let (_, table, header) = self.headed(|keys| keys.len() == path.len(), path)?;
        let source = self.source();
        let sign = self.sign_like(table.entries.first(), &table.entries, name);
        let line = format!("{}{name}{sign}{}", edits::indent(source, body(table)), self.toml);
        Some(edits::append_line(self.document, source.line_of(header.span.end), &line))
    }

    /// In what is written of the table that so many keys lead to: an inline table, or dotted keys.
    fn inside(&self, length: usize) -> Option<Edit> {
        let (outer, rest) = self.path.split_at(length);
        let is_inline = |visit: &Visit<'_, '_>| {
            visit.path.len() == length
                && is_below(visit, outer)
                && matches!(visit.entry().value, Value::Table(_))
        };
        if let Some(holder) = last(self.document, is_inline) {
            return self.within_braces(holder.entry, rest);
        }
        let above = |visit: &Visit<'_, '_>| visit.path.len() - visit.entry().keys.len();
        let is_dotted = |visit: &Visit<'_, '_>| {
            above(visit) < length && length < visit.path.len() && is_below(visit, outer)
        };
        let beside = last(self.document, is_dotted)?;
        let lead = Span::new(beside.span().start, beside.path[length].span.start);
        let key = format!("{}{}", self.source().slice(lead), rest.join("."));
        Some(edits::insert_key_after(self.document, &beside, &key, self.toml))
    }

    /// As the last entry of an inline table.
    fn within_braces(&self, holder: &Entry<'_>, rest: &[&str]) -> Option<Edit> {
        let Value::Table(entries) = &holder.value else { return None };
        let (name, inner) = rest.split_first()?;
        let sign = self.sign_like(entries.last(), entries, name);
        let nest = |toml: String, name: &&str| format!("{{ {name}{sign}{toml} }}");
        let value = inner.iter().rfold(self.toml.to_owned(), nest);
        Some(edits::into_braces(holder, &format!("{name}{sign}{value}")))
    }

    /// In a table of its own above the first one inside it, and above the comments of that one.
    fn table_above_child(&self) -> Option<Edit> {
        let (_, path) = self.path.split_last()?;
        let (_, child, header) = self.headed(|keys| keys.len() > path.len(), path)?;
        let end = self.line_end();
        let text = format!("{}{end}{end}", self.table_like(child, header));
        Some(Edit::insert(edits::table_start(self.document, child), text))
    }

    /// In a table of its own behind the authenticator's.
    fn table_behind_parent(&self) -> Option<Edit> {
        let path = self.path.get(..self.path.len() - 2)?;
        let is_parent = |keys: &[Key<'_>]| keys.len() == path.len() && path == AUTHENTICATOR;
        let (_, parent, header) = self.headed(is_parent, path)?;
        let at = edits::table_end(self.document, parent);
        let (table, end) = (self.table_like(parent, header), self.line_end());
        let text = match self.source().text()[..at].ends_with('\n') {
            true => format!("{end}{table}{end}"),
            false => format!("{end}{end}{table}"),
        };
        Some(Edit::insert(at, text))
    }

    /// In a table of its own at the end of the file, behind a blank line. A file without a final
    /// line end gets none.
    fn table_at_end(&self) -> Option<Edit> {
        let (name, path) = self.path.split_last()?;
        let source = self.source();
        let last = source.line_span(source.line_count() - 1);
        let last = Span::new(last.start.max(source.start()), last.end);
        let is_open = last.end == source.text().len() && !last.is_empty();
        let is_blank = source.slice(last).trim().is_empty();
        let end = self.line_end();
        let lead = end.repeat(usize::from(is_open) + usize::from(!is_blank));
        let tail = if is_open { "" } else { end };
        let table = format!("[{}]{end}{name}{}{}", path.join("."), self.sign(), self.toml);
        Some(Edit::insert(source.text().len(), format!("{lead}{table}{tail}")))
    }

    /// A header and the setting below it, without the last line end. Another table lends its
    /// indents, and its spelling as far as the path is the same.
    fn table_like(&self, table: &Table<'_>, header: &Header<'_>) -> String {
        let (path, name) = self.path.split_at(self.path.len() - 1);
        let known = path.len().min(header.keys.len());
        let title = header.keys[..known].iter().map(|key| self.source().slice(key.span));
        let title: Vec<_> = title.chain(path[known..].iter().copied()).collect();
        let indent = |start| edits::indent(self.source(), start);
        let header = format!("{}[{}]", indent(header.span.start), title.join("."));
        let line = format!("{}{}{}{}", indent(body(table)), name.concat(), self.sign(), self.toml);
        format!("{header}{}{line}", self.line_end())
    }

    /// `=` with its blanks, like another entry and its neighbours, or else like any other.
    fn sign_like(&self, entry: Option<&Entry<'_>>, among: &[Entry<'_>], name: &str) -> String {
        let sign = entry.map(|entry| edits::equals_sign(self.source(), entry, among, name));
        sign.unwrap_or_else(|| self.sign().to_owned())
    }

    /// `=` with or without blanks, like the last one in the file.
    fn sign(&self) -> &'static str {
        let last = self.document.tables().iter().rev().find_map(|table| table.entries.last());
        let around = last.map(|entry| Span::new(entry.key_span().end, entry.value_span.start));
        match around.map(|around| self.source().slice(around)) {
            Some("=") => "=",
            _ => " = ",
        }
    }

    /// The first table, outside of arrays, whose header begins with a path and fits.
    fn headed(
        &self,
        fits: impl Fn(&[Key<'_>]) -> bool,
        path: &[&str],
    ) -> Option<(usize, &'n Table<'n>, &'n Header<'n>)> {
        let tables = self.document.tables().iter().enumerate();
        let mut headed = tables
            .filter(|(_, table)| !table.in_array)
            .filter_map(|(index, table)| Some((index, table, table.header.as_ref()?)));
        headed.find(|(_, _, header)| begins_with(&header.keys, path) && fits(&header.keys))
    }

    fn source(&self) -> &'n Source {
        self.document.source()
    }

    fn line_end(&self) -> &'static str {
        self.source().line_ending().as_str()
    }
}

/// The last entry that fits, outside of arrays.
fn last<'d>(
    document: &'d Document<'d>,
    fits: impl Fn(&Visit<'d, 'd>) -> bool,
) -> Option<SettingEntry<'d, 'd>> {
    let mut found = None;
    document.visit(|visit| {
        if !visit.table.in_array && fits(visit) {
            let (path, entry) = (visit.path.clone(), visit.entry());
            found = Some(SettingEntry { path, entry, table: visit.table, holder: visit.holder });
        }
    });
    found
}

fn is_below(visit: &Visit<'_, '_>, path: &[&str]) -> bool {
    begins_with(visit.path.iter().copied(), path)
}

/// Whether these are the first parts of a key, or all of them.
fn begins_with<'k, 's: 'k>(keys: impl IntoIterator<Item = &'k Key<'s>>, path: &[&str]) -> bool {
    let mut keys = keys.into_iter();
    path.iter().all(|part| keys.next().is_some_and(|key| key.name == *part))
}

/// Where the first entry of a table begins, or else its header.
fn body(table: &Table<'_>) -> usize {
    table.entries.first().map_or_else(|| table.span().start, |entry| entry.span().start)
}
