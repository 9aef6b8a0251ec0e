//! The values that a template walks through -> those of a type that it cannot walk through.

use crate::server::facts::{FactKind, Part};
use crate::toml::Value;

use super::effective::{Content, Effective};
use super::held::Held;
use super::{Refusal, RefusalKind};

/// What a template needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedType {
    /// A table.
    Table,
    /// An array of tables.
    Tables,
    /// A list.
    List,
    /// A text.
    Text,
}

pub(super) fn refusals<'e, 'd>(
    effective: &'e Effective<'d, '_>,
    one: &'e Held<'d>,
) -> impl Iterator<Item = Refusal<'d>> {
    one.key.nodes.iter().flat_map(move |&(depth, node)| {
        let wrong = node.facts(FactKind::WrongTypes).filter(|fact| effective.is_so(one, *fact));
        wrong.filter_map(move |fact| refusal(effective, one, depth, fact.text))
    })
}

/// What is under the beginning of a key of so many parts, where it is of one of the wrong types.
fn refusal<'d>(
    effective: &Effective<'d, '_>,
    one: &Held<'d>,
    depth: usize,
    wrong: &str,
) -> Option<Refusal<'d>> {
    let letter = match one.key.parts.get(depth) {
        None => letter(effective.content(one)),
        // Where only a table is wrong, it is what the table held when it was tried.
        Some(Part::Name(_)) => Some('T').filter(|_| wrong != "T"),
        Some(Part::Element(_)) => letter_of_items(effective, &one.key.parts[..depth]),
    };
    if !wrong.contains(letter?) || is_mixed(one, depth) {
        return None;
    }
    let mut refusal = Refusal::of(one, RefusalKind::WrongType(need(wrong)));
    if depth < one.key.parts.len() {
        // The table is at fault, not what is in it.
        refusal.written.path = one.written.path[..=one.written_at(depth)].into();
        refusal.span = refusal.written.key().span;
    }
    Some(refusal)
}

/// Whether the server ships settings below a key that is open to any name: then the order of a
/// hash table decides what it finds there.
fn is_mixed(one: &Held<'_>, depth: usize) -> bool {
    let mut here = one.key.nodes.iter().filter(|(other, _)| *other == depth);
    here.clone().count() > 1 && here.any(|(_, node)| node.ships_below())
}

/// The type of a value, in the letters of the facts; `None` for those that no fact speaks of.
fn letter(content: Content<'_>) -> Option<char> {
    Some(match content {
        Content::Text(text) => match &*text? {
            "" => 'E',
            _ => 'S',
        },
        Content::Other(Value::Integer(_)) => 'I',
        Content::Other(Value::Boolean(true)) => 'B',
        Content::Other(Value::Array(items)) => match items.as_slice() {
            [] => 'Z',
            items if items.iter().all(|item| matches!(item.value, Value::Table(_))) => 'L',
            _ => 'A',
        },
        Content::Other(_) => return None,
    })
}

/// The type of the array that a value is in; one that is written as a value speaks for itself.
fn letter_of_items(effective: &Effective<'_, '_>, key: &[Part<'_>]) -> Option<char> {
    let is_value = effective.held.iter().any(|one| one.key.parts == key);
    (!is_value).then_some('L')
}

/// What is left when the wrong types are set aside.
fn need(wrong: &str) -> WantedType {
    match wrong {
        "I" => WantedType::Text,
        _ if !wrong.contains('T') => WantedType::Table,
        _ if wrong.contains('A') => WantedType::Tables,
        _ => WantedType::List,
    }
}
