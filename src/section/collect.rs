//! The names of a document -> the section, sorted by what each name stands for.

use std::rc::Rc;

use super::place::{
    Head, Likeness, heads, holds_settings, is_parameters, is_quoted_path, is_single,
    likeness_to_built_in,
};
use super::{
    AUTHENTICATOR, CUSTOM, ENABLE, LOCAL, NAME, NearMiss, PARAMETERS, Section, Shape, SmsOtp,
    WrongShape,
};
use crate::catalogue::{DISTINCTIVE, SHIPPED_AUTHENTICATORS};
use crate::source::Span;
use crate::toml::{Node, SettingEntry, Tree, Value, Write};

/// What a document says about SMS OTP.
pub(super) fn section<'d>(tree: &Tree<'d>) -> Section<'d> {
    let mut section = Section::default();
    for Head { node, likeness } in heads(tree) {
        if likeness == Likeness::Same {
            own(&mut section, node);
        } else if !is_another_authenticator(node, section.of) {
            resembling(&mut section, node);
        }
    }
    section.visible = merged(section.visible);
    section.lost = lost(tree, &section);
    section
}

/// What it says about the authenticator that is built in. Of the path to it, only the last name may
/// be a near one.
pub(super) fn built_in<'d>(tree: &Tree<'d>) -> Option<Section<'d>> {
    let [root, tables, _] = AUTHENTICATOR;
    let mut section = Section { of: SmsOtp::BuiltIn, ..Section::default() };
    for node in tree.at([root, tables])?.children() {
        match likeness_to_built_in(node.name()) {
            None => {}
            Some(Likeness::Same) => own(&mut section, node),
            Some(Likeness::Near) if !holds_settings(node, section.of) => {}
            Some(_) if is_another_authenticator(node, section.of) => {}
            Some(_) => resembling(&mut section, node),
        }
    }
    section.visible = merged(section.visible);
    (!section.visible.is_empty()).then_some(section)
}

/// The settings that only SMS OTP reads, in tables where nobody reads them.
fn lost<'d>(tree: &Tree<'d>, section: &Section<'d>) -> Vec<SettingEntry<'d>> {
    let distinctive = tree.nodes().filter(|node| DISTINCTIVE.contains(&node.name()));
    let mut lost: Vec<_> = distinctive.filter_map(Node::entry).filter(is_read_by_nobody).collect();
    let near_misses = || section.near_misses.iter().flat_map(|near_miss| &near_miss.entries);
    lost.retain(|entry| near_misses().all(|other| other.span() != entry.span()));
    lost.sort_by_cached_key(SettingEntry::span);
    lost
}

/// Whether its table is none of an authenticator, or of one that reads its own names alone.
fn is_read_by_nobody(entry: &SettingEntry<'_>) -> bool {
    let [root, tables, own] = AUTHENTICATOR;
    let names: Vec<&str> = entry.path.iter().map(|key| key.name.as_ref()).collect();
    match &names[..] {
        [first, second, key, _, ..] if *first == root && *second == tables => {
            SHIPPED_AUTHENTICATORS.contains(key) && ![own, LOCAL].contains(key)
        }
        [first, second, ..] if *first == root && *second == CUSTOM => false,
        _ => true,
    }
}

/// What is at the path of the authenticator.
fn own<'d>(section: &mut Section<'d>, node: Node<'_, 'd>) {
    section.visible.extend(node.writes().map(whole));
    if node.is_in_array() {
        section.wrong_shapes.push(wrong_shape(node, Shape::Below));
    } else if let Some(found) = no_table(node) {
        section.wrong_shapes.push(found);
    } else {
        section.authenticator = tables(node);
        for child in node.children() {
            beside_parameters(section, child);
        }
    }
}

/// What is directly below the authenticator.
fn beside_parameters<'d>(section: &mut Section<'d>, node: Node<'_, 'd>) {
    let name = node.name();
    if name == PARAMETERS {
        match no_table(node) {
            Some(found) => section.wrong_shapes.push(found),
            None => {
                section.parameter_tables = tables(node);
                node.children().for_each(|child| parameter(section, child));
            }
        }
        return;
    }
    match node.entry() {
        Some(entry) if name == ENABLE => section.enable = Some(entry),
        Some(entry) if name == NAME => section.name = Some(entry),
        Some(entry) if is_single(name, section.of) => section.misplaced.push(entry),
        None if is_single(name, section.of) => section.wrong_shapes.push(table(node)),
        Some(entry) if !entry.is_table() && !is_quoted_path(name) => section.misplaced.push(entry),
        _ => section.near_misses.extend(near_miss(node, &[])),
    }
}

fn parameter<'d>(section: &mut Section<'d>, node: Node<'_, 'd>) {
    match node.entry() {
        Some(entry) => {
            let at = section.parameters.len();
            section.by_name.entry(node.name()).or_insert(at);
            section.parameters.push(entry);
        }
        None => section.wrong_shapes.push(table(node)),
    }
}

/// A table where a single value is read.
fn table<'d>(node: Node<'_, 'd>) -> WrongShape<'d> {
    wrong_shape(node, if node.is_array() { Shape::Array } else { Shape::Table })
}

/// Something else where a table is read.
fn no_table<'d>(node: Node<'_, 'd>) -> Option<WrongShape<'d>> {
    if node.is_array() {
        return Some(wrong_shape(node, Shape::Array));
    }
    let entry = node.entry().filter(|entry| !entry.is_table())?;
    let path = Rc::clone(&entry.path);
    Some(WrongShape {
        path,
        shape: Shape::Single,
        places: vec![entry.span()],
        entries: vec![entry],
    })
}

fn wrong_shape<'d>(node: Node<'_, 'd>, shape: Shape) -> WrongShape<'d> {
    let writes = node.writes();
    let places = writes.filter(|write| shape != Shape::Array || write.begins_element());
    let path: Rc<[_]> =
        node.writes().next().map(|first| first.name_path().into()).unwrap_or_default();
    let mut entries = if shape == Shape::Table { node.entries() } else { Vec::new() };
    // What is in an inline table below it is answered for by the entry that holds it.
    entries.retain(|entry| {
        entry.holder.is_none() || entry.path.len() - entry.entry.keys.len() < path.len()
    });
    WrongShape { path, shape, places: places.map(Write::span).collect(), entries }
}

/// What reads like the authenticator.
fn resembling<'d>(section: &mut Section<'d>, node: Node<'_, 'd>) {
    let is_wrong = |child: &Node<'_, 'd>| {
        child.name() != PARAMETERS
            && is_parameters(child.name())
            && child.writes().any(Write::is_table)
    };
    let inside: Vec<_> = node.children().filter(is_wrong).collect();
    section.visible.extend(node.writes().map(whole));
    section.near_misses.extend(near_miss(node, &inside));
    section.near_misses.extend(inside.into_iter().filter_map(|child| near_miss(child, &[])));
}

/// A near miss without what is in others below it; `None` where nothing else is written.
fn near_miss<'d>(node: Node<'_, 'd>, others: &[Node<'_, 'd>]) -> Option<NearMiss<'d>> {
    let length = node.depth();
    let is_other = |name: &str| others.iter().any(|other| other.name() == name);
    let own = node.writes().filter(|write| {
        let below = write.path.get(length);
        below.is_none_or(|key| !is_other(&key.name))
    });
    let occurrences: Vec<_> = own.cloned().collect();
    let path = occurrences.first()?.path[..length].to_vec();
    let mut entries = node.entries();
    entries.retain(|entry| match &entry.entry.value {
        _ if entry.path.get(length).is_some_and(|key| is_other(&key.name)) => false,
        // An empty table is a value to whoever moves it.
        Value::Table(inside) => inside.is_empty() && entry.path.len() > length,
        _ => true,
    });
    let is_array = |write: &Write<'_>| write.table.header.as_ref().is_some_and(|it| it.array);
    let in_array = node.is_in_array() || node.writes().any(is_array);
    Some(NearMiss { path, in_array, occurrences, entries })
}

/// Whether it is in the right place and has another name of its own.
fn is_another_authenticator(node: Node<'_, '_>, of: SmsOtp) -> bool {
    let [root, tables, _] = AUTHENTICATOR;
    let is_live = node.depth() == AUTHENTICATOR.len()
        && node.parent().name() == tables
        && node.parent().parent().name() == root;
    let name = node.child(NAME).and_then(Node::entry).filter(|_| is_live);
    let is_own = |name: &str| name == of.registered();
    name.is_some_and(|name| !matches!(&name.entry.value, Value::String(name) if is_own(name)))
}

/// The headers and inline tables that begin a table.
fn tables(node: Node<'_, '_>) -> Vec<Span> {
    node.writes().filter(|write| !write.goes_on()).map(Write::span).collect()
}

/// All that a write brings with it.
fn whole(write: &Write<'_>) -> Span {
    write.entry.map_or_else(|| write.table.span(), |entry| entry.span())
}

/// The same parts, sorted, those that overlap made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => *last = last.to(span),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::toml::{Document, dotted};

    /// What a text says, in the words of the section's own fields.
    fn summary(text: &str) -> String {
        let source = Source::new("", text);
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{text}");
        let found = section(&Tree::of(&document));
        let mut parts = Vec::new();
        parts.extend(found.enable.iter().map(|_| "enable".to_owned()));
        parts.extend(found.name.iter().map(|_| "name".to_owned()));
        parts.extend(found.parameters.iter().map(|it| format!("parameter {}", it.name())));
        parts.extend(found.misplaced.iter().map(|it| format!("stray {}", it.name())));
        parts.extend(found.wrong_shapes.iter().map(|it| {
            let below = it.path.iter().skip(2).map(|key| key.name.as_ref());
            format!("{:?} {} x{} {}", it.shape, dotted(below), it.places.len(), it.entries.len())
        }));
        parts.extend(found.near_misses.iter().map(|it| {
            let names = it.path.last().map_or("", |key| &key.name);
            format!("near_miss {names} x{} {}", it.occurrences.len(), it.entries.len())
        }));
        parts.join(", ")
    }

    fn table(keys: &str, body: &str) -> String {
        format!("[authentication.authenticator.{keys}]\n{body}\n")
    }

    #[test]
    fn every_spelling_says_the_same() {
        for text in [
            table("sms_otp.parameters", "X = 1"),
            table("sms_otp", "parameters.X = 1"),
            table("sms_otp", "parameters = { X = 1 }"),
            table("sms_otp", "\"parameters\".'X' = 1"),
            "[authentication.authenticator]\nsms_otp = { parameters.X = 1 }\n".to_owned(),
            "[authentication]\nauthenticator.sms_otp.parameters.X = 1\n".to_owned(),
            "authentication.authenticator.sms_otp.parameters = { \"\\u0058\" = 1 }\n".to_owned(),
        ] {
            assert_eq!(summary(&text), "parameter X", "{text}");
        }
    }

    #[test]
    fn settings_are_sorted_by_where_they_stand() {
        for (text, expected) in [
            (table("sms_otp", "enable = true\nname = \"a\"\nX = 1"), "enable, name, stray X"),
            (table("sms_otp", "headers = { a = 1 }"), "stray headers"),
            (table("sms_otp", "parameters = 1"), "Single sms_otp.parameters x1 1"),
            ("authentication.authenticator.sms_otp = 1\n".to_owned(), "Single sms_otp x1 1"),
            (table("sms_otp.parameters", "X = { Y = 1 }"), "parameter X"),
            (table("sms_otp.parameters", "X.Y = 1\nX.Z = 1"), "Table sms_otp.parameters.X x2 2"),
            (table("sms_otp.parameters.X", "Y = { Z = 1 }"), "Table sms_otp.parameters.X x1 1"),
            (table("sms_otp.enable", ""), "Table sms_otp.enable x1 0"),
            (table("sms_otp.headers", "a = 1"), "Table sms_otp.headers x1 1"),
            (table("sms_otp.Parameters", "X = 1\nY = 2"), "near_miss Parameters x1 2"),
            (table("sms_otp", "p.X = 1\np.Y = { Z = 1 }"), "near_miss p x2 2"),
            (
                table("smsotp", "enable = true\nparam.X = 1"),
                "near_miss smsotp x1 1, near_miss param x1 1",
            ),
        ] {
            assert_eq!(summary(&text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_inside_an_array_of_tables_is_read() {
        let array = |keys: &str, body: &str| format!("[[authentication.{keys}]]\n{body}\n");
        for (text, expected) in [
            (array("authenticator.sms_otp", "enable = 1\nparameter.X = 1"), "Array sms_otp x1 0"),
            (
                array("authenticator.sms_otp", "") + &table("sms_otp.parameters", "X = 1"),
                "Array sms_otp x1 0",
            ),
            (
                array("authenticator.sms_otp.parameters", "X = 1").repeat(2),
                "Array sms_otp.parameters x2 0",
            ),
            (array("authenticator", "sms_otp.parameters.X = 1"), "Below sms_otp x1 0"),
            (array("authenticator.sms_otp.parameters.X", ""), "Array sms_otp.parameters.X x1 0"),
            (array("custom_authenticator", "parameters.X = 1"), ""),
        ] {
            assert_eq!(summary(&text), expected, "{text}");
        }
    }

    #[test]
    fn a_lookalike_with_another_name_is_another_authenticator() {
        let body = "name = \"Acme\"\nparam.X = 1";
        assert_eq!(summary(&table("SmsOtp", body)), "");
        let inline = "[authentication.authenticator]\nsmsotp = { name = \"Acme\" }\n";
        assert_eq!(summary(inline), "");
        let own = table("SmsOtp", "name = \"SMSOTP\"");
        assert_eq!(summary(&own), "near_miss SmsOtp x1 1");
        // A name that nobody reads says nothing.
        let unread = "[authenticator.sms_otp]\nname = \"Acme\"\n";
        assert_eq!(summary(unread), "near_miss sms_otp x1 1");
    }

    #[test]
    fn what_belongs_to_others_is_not_shown() {
        let text = table("SmsOtp", "name = \"Acme\"\nkey = \"secret\"") + &table("x", "y = 1");
        let source = Source::new("", text);
        let document = Document::parse(&source);
        assert!(section(&Tree::of(&document)).visible.is_empty());
    }
}
