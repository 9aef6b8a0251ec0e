//! The tree of names -> those that are defined more than once, or as two different things.
//!
//! What the server's parser accepts all the same, extending an inline table, is marked as such, and
//! what it does with that is followed.

use std::collections::HashSet;

use super::place::{Cause, What};
use crate::source::Span;
use crate::toml::{Document, Node, Tree, Write};

/// How a name came to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// On the way to a deeper header.
    Implied,
    /// On the way of a dotted key.
    Dotted,
    /// By its own header.
    Header,
    /// By `[[..]]`.
    Elements,
    /// By `{..}`, and whether somebody has extended it.
    Inline { extended: bool },
    /// As any other value.
    Value,
}

/// Every clash between definitions, each at the later one.
pub(super) fn clashes(document: &Document<'_>) -> Vec<Cause> {
    let tree = Tree::of(document);
    let mut clashes = Vec::new();
    // What clashes does so as a whole, not key by key. A parent comes before its children.
    let mut skipped = HashSet::new();
    for node in tree.nodes() {
        let mut first: Option<(How, Span)> = None;
        for write in node.writes() {
            let header = write.table.header.as_ref().map(|header| header.span.start);
            let holder = write.holder.map(|holder| holder.span().start);
            let own = write.entry.map(|entry| entry.span().start).or(header);
            let is_skipped = [header, holder, own].iter().flatten().any(|it| skipped.contains(it));
            // An empty part of a key is a mistake of its own.
            let key = write.name_path().last().filter(|key| !key.span.is_empty() && !is_skipped);
            let Some(key) = key else {
                skipped.extend(own);
                continue;
            };
            let place = match (write.header(), write.entry.filter(|_| !write.goes_on())) {
                (Some(header), _) => header.span,
                (_, Some(entry)) => entry.key_span(),
                _ => key.span,
            };
            let (what, how) = match first {
                None => (None, new(write)),
                Some((how, _)) => next(how, write, node),
            };
            if let Some(what) = what {
                let also = first.iter().map(|(_, place)| *place).collect();
                clashes.push(Cause { also, ..Cause::new(what, place) });
                if what != What::ExtendsInlineTable {
                    skipped.extend(own);
                }
            }
            let is_named = how == How::Header && first.is_some_and(|(how, _)| how == How::Implied);
            let place = first.filter(|_| !is_named).map_or(place, |(_, place)| place);
            first = Some((how, place));
        }
    }
    clashes
}

/// How a name comes to be.
fn new(write: &Write<'_>) -> How {
    match write.entry {
        None if write.goes_on() => How::Implied,
        None if write.begins_element() => How::Elements,
        None => How::Header,
        Some(_) if write.goes_on() => How::Dotted,
        Some(_) if write.is_table() => How::Inline { extended: false },
        Some(_) => How::Value,
    }
}

/// What a name is after one more write, and what is wrong with that.
fn next(before: How, write: &Write<'_>, node: Node<'_, '_>) -> (Option<What>, How) {
    use How::{Dotted, Elements, Header, Implied, Inline, Value};
    let extended = Inline { extended: true };
    match (before, new(write)) {
        (Inline { extended: false }, Implied | Dotted) => {
            (Some(What::ExtendsInlineTable), extended)
        }
        (Value, Implied | Dotted) => (Some(What::Clash), before),
        // `toml_edit` lets a dotted key lead through an element, though not end in it.
        (Elements, Dotted) if write.path.len() > node.depth() + 1 => (None, before),
        (Header | Elements, Dotted) | (Dotted, Header) => (Some(What::DottedTable), before),
        (Implied, Dotted | Header) => (None, new(write)),
        (_, Implied | Dotted) | (Elements, Elements) => (None, before),
        (Header, Header) => (Some(What::TableTwice), before),
        (Inline { .. } | Value, Inline { .. } | Value) => (Some(What::KeyTwice), before),
        _ => (Some(What::Clash), before),
    }
}
