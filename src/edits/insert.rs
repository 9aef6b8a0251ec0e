//! Settings -> the edits that write them where the server reads them, in the file's own style.
//!
//! There is one place for a setting: beside its neighbours, else in its table, however that is
//! written, else in a new table, which never goes below `[secrets]`: WSO2's cipher tool deletes
//! what is there.

use super::lines::{relocate, table_end, table_start};
use super::remove;
use super::style::{equals_sign, indent};
use crate::fix::Edit;
use crate::section::{PARAMETER_TABLE, SettingEntry, SmsOtp};
use crate::source::{Source, Span};
use crate::toml::{Document, Entry, Node, Table, Tree, Value, quoted_key};

/// The edits that add one parameter; `None` where something is in the way.
pub fn add_parameter(
    document: &Document<'_>,
    tree: &Tree<'_>,
    name: &str,
    toml: &str,
) -> Option<Vec<Edit>> {
    let path = [&PARAMETER_TABLE[..], &[name]].concat();
    insert(document, tree, &path, toml)
}

/// The edits that add one setting; `None` where something is in the way.
pub fn insert(
    document: &Document<'_>,
    tree: &Tree<'_>,
    path: &[&str],
    toml: &str,
) -> Option<Vec<Edit>> {
    let (name, table) = path.split_last()?;
    let is_free = tree.at(path.iter().copied()).is_none();
    let mut inserter = Inserter::of(document, tree, table).filter(|_| is_free)?;
    inserter.write(name, toml);
    Some(inserter.edits())
}

/// Settings on their way into a table.
#[derive(Debug)]
pub struct Inserter<'d> {
    document: &'d Document<'d>,
    point: InsertionPoint<'d>,
    assignments: Vec<String>,
    lines: Vec<(usize, usize)>,
    edits: Vec<Edit>,
}

/// Where settings go.
#[derive(Debug, Default)]
struct InsertionPoint<'d> {
    /// What they take the place of; empty for an insertion.
    at: Span,
    /// What is in front of all of them.
    open: String,
    /// What is in front of each.
    lead: String,
    /// What is behind all of them.
    close: String,
    /// Whether they share a line, in an inline table.
    is_inline: bool,
    /// The entry whose layout they take, and its neighbours.
    model: Option<(&'d Entry<'d>, &'d [Entry<'d>])>,
}

impl<'d> Inserter<'d> {
    /// One for the table that these names lead to; `None` where something else is there, or
    /// on the way there.
    pub fn of(document: &'d Document<'d>, tree: &Tree<'d>, path: &[&str]) -> Option<Self> {
        let point = match tree.at(path.iter().copied()) {
            Some(node) => in_table(document, node, path)?,
            None => in_new_table(document, tree, path)?,
        };
        let (assignments, lines, edits) = (Vec::new(), Vec::new(), Vec::new());
        Some(Self { document, point, assignments, lines, edits })
    }

    /// Adds a setting that the file does not have.
    pub fn write(&mut self, name: &str, toml: &str) {
        let key = quoted_key(name);
        let whole = format!("{}{key}", self.point.lead.trim_start());
        let sign = sign_like(self.document, self.point.model, &whole);
        self.assignments.push(format!("{key}{sign}{toml}"));
    }

    /// Moves a setting, giving it this name. A comment on its line goes along where it can.
    ///
    /// `None` where the setting cannot be moved.
    pub fn take(&mut self, written: &SettingEntry<'_>, name: &str) -> Option<()> {
        if self.point.is_inline || written.holder.is_some() {
            self.copy(written, name)?;
            return self.discard(written);
        }
        let source = self.document.source();
        let last = source.line_of(written.entry.value_span.end);
        let end = source.line_span(last).end;
        self.assignments.push(assignment(source, written.entry, name, end));
        self.lines.push((source.line_of(written.span().start), last));
        Some(())
    }

    /// Writes a setting at the new place, and leaves the old one as it is.
    pub fn copy(&mut self, written: &SettingEntry<'_>, name: &str) -> Option<()> {
        let entry = written.entry;
        let text = assignment(self.document.source(), entry, name, entry.value_span.end);
        // The server's parser knows arrays and dates in inline tables in few spellings only.
        let fits = !text.contains('\n')
            && !matches!(entry.value, Value::Array(_) | Value::Table(_) | Value::Datetime(_));
        (fits || !self.point.is_inline).then(|| self.assignments.push(text))
    }

    /// Takes an entry away, and leaves a comment on its line where it is.
    pub fn discard(&mut self, written: &SettingEntry<'_>) -> Option<()> {
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

    /// The edits, in the order of the file; none when there is nothing to write.
    pub fn edits(self) -> Vec<Edit> {
        let Self { document, point, assignments, lines, mut edits } = self;
        let between = if point.is_inline { ", " } else { line_end(document) };
        let texts = assignments.iter().map(|text| format!("{}{text}", point.lead));
        let text = texts.collect::<Vec<_>>().join(between);
        let insertion = Edit::replace(point.at, [point.open, text, point.close].concat());
        let insertion = (!assignments.is_empty()).then_some(insertion);
        edits.extend(relocate(document, lines, insertion));
        edits.sort_by_cached_key(|edit| edit.span);
        edits
    }
}

/// In a table that is written somehow.
fn in_table<'d>(
    document: &'d Document<'d>,
    node: Node<'_, 'd>,
    path: &[&str],
) -> Option<InsertionPoint<'d>> {
    if !is_table(node) {
        return None;
    }
    let siblings = node.children().filter_map(Node::entry);
    if let Some(last) = siblings.max_by_key(SettingEntry::span) {
        return Some(beside(document, &last, node.depth(), &[]));
    }
    if let Some(point) = inside(document, node, &[]) {
        return Some(point);
    }
    let first = node.writes().next()?.table;
    let Some(table) = node.table() else { return Some(above(document, first, path)) };
    let line = document.source().line_of(table.header.as_ref()?.span.end);
    let model = table.entries.first().map(|first| (first, &table.entries[..]));
    let lead = indent(document.source(), body(table)).to_owned();
    Some(InsertionPoint { lead, model, ..behind_line(document, line) })
}

/// In a table that is not written yet.
fn in_new_table<'d>(
    document: &'d Document<'d>,
    tree: &Tree<'d>,
    path: &[&str],
) -> Option<InsertionPoint<'d>> {
    let around = (0..path.len()).filter_map(|length| tree.at(path[..length].iter().copied()));
    let nearest = around.clone().next_back().filter(|nearest| is_table(*nearest))?;
    let is_ours = SmsOtp::ALL.iter().any(|it| path[..nearest.depth()] == it.path());
    if is_ours || nearest.entry().is_some() {
        let point = inside(document, nearest, &path[nearest.depth()..]);
        let behind = || nearest.table().map(|table| behind(document, table, path));
        if let Some(point) = point.or_else(behind) {
            return Some(point);
        }
    }
    let secrets = tree.at(["secrets"]).and_then(|node| node.headers().next());
    let last = around.filter_map(Node::table).map(Table::span).max();
    match secrets.filter(|secrets| last < Some(secrets.table.span())) {
        Some(secrets) => Some(above(document, secrets.table, path)),
        None => Some(at_the_end(document, path)),
    }
}

/// In the braces or behind the dotted keys that write a table, or one around it.
fn inside<'d>(
    document: &'d Document<'d>,
    node: Node<'_, 'd>,
    rest: &[&str],
) -> Option<InsertionPoint<'d>> {
    let Some(holder) = node.entry() else {
        let dotted = node.writes().filter(|write| write.entry.is_some()).last()?;
        return Some(beside(document, &dotted.setting()?, node.depth(), rest));
    };
    let Value::Table(entries) = &holder.entry.value else { return None };
    let model = entries.last().map(|last| (last, &entries[..]));
    let nest = |name: &&str| format!("{name}{}{{ ", sign_like(document, model, name));
    let (open, close) = (rest.iter().map(nest).collect::<String>(), " }".repeat(rest.len()));
    let (at, open, close) = match entries.last() {
        Some(last) => (Span::at(last.value_span.end), format!(", {open}"), close),
        None => (holder.entry.value_span, format!("{{ {open}"), format!("{close} }}")),
    };
    Some(InsertionPoint { at, open, close, is_inline: true, model, ..InsertionPoint::default() })
}

/// Behind an entry of the table that so many keys lead to, or of one around it.
fn beside<'d>(
    document: &'d Document<'d>,
    written: &SettingEntry<'d>,
    depth: usize,
    rest: &[&str],
) -> InsertionPoint<'d> {
    let (source, entry) = (document.source(), written.entry);
    let start = entry.span().start;
    let lead = source.slice(Span::new(start, written.path[depth].span.start.max(start)));
    let lead = lead.to_owned() + &rest.iter().map(|name| format!("{name}.")).collect::<String>();
    if let Some(Value::Table(among)) = written.holder.map(|holder| &holder.value) {
        let (at, open) = (Span::at(entry.value_span.end), ", ".to_owned());
        let model = Some((entry, &among[..]));
        return InsertionPoint { at, open, lead, close: String::new(), is_inline: true, model };
    }
    let model = Some((entry, &written.table.entries[..]));
    let lead = format!("{}{lead}", indent(source, start));
    InsertionPoint { lead, model, ..behind_line(document, source.line_of(entry.value_span.end)) }
}

/// On new lines behind the line of this index.
fn behind_line<'d>(document: &Document<'_>, line: usize) -> InsertionPoint<'d> {
    let (full, end) = (document.source().full_line_span(line), line_end(document).to_owned());
    let is_closed = document.source().slice(full).ends_with('\n');
    let (open, close) = if is_closed { (String::new(), end) } else { (end, String::new()) };
    InsertionPoint { at: Span::at(full.end), open, close, ..InsertionPoint::default() }
}

/// In a new table above another, and above the comments of that one.
fn above<'d>(document: &Document<'_>, table: &Table<'_>, path: &[&str]) -> InsertionPoint<'d> {
    let end = line_end(document);
    new_table(document, table_start(document, table), "", (path, Some(table)), &end.repeat(2))
}

/// In a new table behind the one it is inside of.
fn behind<'d>(document: &Document<'_>, table: &Table<'_>, path: &[&str]) -> InsertionPoint<'d> {
    let (at, end) = (table_end(document, table), line_end(document));
    match document.source().text()[..at].ends_with('\n') {
        true => new_table(document, at, end, (path, Some(table)), end),
        false => new_table(document, at, &end.repeat(2), (path, Some(table)), ""),
    }
}

/// In a new table at the end of the file, behind a blank line. A file without a final line end
/// gets none.
fn at_the_end<'d>(document: &Document<'_>, path: &[&str]) -> InsertionPoint<'d> {
    let (source, end) = (document.source(), line_end(document));
    let last = source.line_span(source.line_count() - 1);
    let last = Span::new(last.start.max(source.start()), last.end);
    let is_open = last.end == source.text().len() && !last.is_empty();
    let is_blank = source.slice(last).trim().is_empty();
    let before = end.repeat(usize::from(is_open) + usize::from(!is_blank));
    let below = if is_open { "" } else { end };
    new_table(document, source.text().len(), &before, (path, None), below)
}

/// In a new table, with what is before and behind it. Another table lends its indents, and its
/// spelling as far as the path is the same.
fn new_table<'d>(
    document: &Document<'_>,
    at: usize,
    before: &str,
    (path, like): (&[&str], Option<&Table<'_>>),
    below: &str,
) -> InsertionPoint<'d> {
    let source = document.source();
    let header = like.and_then(|table| table.header.as_ref());
    let keys = header.iter().flat_map(|header| &header.keys).zip(path);
    let same = keys.take_while(|(key, name)| key.name == **name);
    let mut title: Vec<&str> = same.map(|(key, _)| source.slice(key.span)).collect();
    title.extend(&path[title.len()..]);
    let indent = |start: usize| indent(source, start);
    let outer = like.map_or("", |table| indent(table.span().start));
    let open = format!("{before}{outer}[{}]{}", title.join("."), line_end(document));
    let lead = like.map_or("", |table| indent(body(table))).to_owned();
    let (at, close) = (Span::at(at), below.to_owned());
    InsertionPoint { at, open, lead, close, ..InsertionPoint::default() }
}

/// Whether it is a table, as opposed to an array or a single value.
fn is_table(node: Node<'_, '_>) -> bool {
    !node.is_array() && node.entry().is_none_or(|entry| entry.is_table())
}

/// Where the first entry of a table begins, or else its header.
fn body(table: &Table<'_>) -> usize {
    table.entries.first().map_or_else(|| table.span().start, |entry| entry.span().start)
}

/// `=` with its blanks, like another entry and its neighbours, or else like the last in the file.
fn sign_like(
    document: &Document<'_>,
    model: Option<(&Entry<'_>, &[Entry<'_>])>,
    key: &str,
) -> String {
    if let Some((entry, among)) = model {
        return equals_sign(document.source(), entry, among, key);
    }
    let last = document.tables().iter().rev().find_map(|table| table.entries.last());
    let around = last.map(|entry| Span::new(entry.key_span().end, entry.value_span.start));
    let is_tight = around.is_some_and(|around| document.source().slice(around) == "=");
    if is_tight { "=".to_owned() } else { " = ".to_owned() }
}

fn line_end(document: &Document<'_>) -> &'static str {
    document.source().line_ending().as_str()
}

/// `key = value` under another name, and what is behind it up to an offset. A name that stays
/// keeps its spelling.
fn assignment(source: &Source, entry: &Entry<'_>, name: &str, end: usize) -> String {
    let rest = source.slice(Span::new(entry.key_span().end, end)).trim_end();
    match entry.keys.last() {
        Some(own) if own.name == name => format!("{}{rest}", source.slice(own.span)),
        _ => format!("{}{rest}", quoted_key(name)),
    }
}

#[cfg(test)]
mod tests;
