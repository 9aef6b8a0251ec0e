//! Every header and entry of a document -> the section, sorted by what each path stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{Place, may_concern, place};
use super::{
    AUTHENTICATOR, NAME, NearMiss, Occurrence, PARAMETERS, Section, SettingEntry, Shape, WrongShape,
};
use crate::section::SMSOTP;
use crate::source::Span;
use crate::toml::{Document, Header, Key, Table, Value, Visit, way_to};

/// What a document says about SMS OTP.
pub(super) fn section<'d, 's>(document: &'d Document<'s>) -> Section<'d, 's> {
    let mut collector = Collector::default();
    let concerned = document.tables().iter().filter(|table| {
        let first = table.header.as_ref().and_then(|header| header.keys.first());
        first.is_none_or(may_concern)
    });
    for table in concerned.clone() {
        if let Some(header) = &table.header {
            collector.header(table, header, header.keys.iter().collect());
        }
    }
    for table in concerned {
        table.visit(|visit| {
            if visit.path.first().is_some_and(|first| may_concern(first)) {
                collector.entry(visit);
            }
        });
    }
    collector.finish()
}

/// How many keys lead to the authenticator.
const DEPTH: usize = AUTHENTICATOR.len();

/// A section in the making.
#[derive(Default)]
struct Collector<'d, 's> {
    section: Section<'d, 's>,
    /// Where the near miss of a path is found.
    near_misses: BTreeMap<Vec<&'d str>, usize>,
    /// Where what has a wrong shape at a path is found.
    wrong_shapes: BTreeMap<Vec<&'d str>, usize>,
    /// The paths of `[[..]]` headers that lead to the parameters.
    arrays: BTreeSet<Vec<&'d str>>,
    /// What may be shown of each near miss.
    visible: Vec<Vec<Span>>,
    /// The paths of near misses that turn out to be other authenticators.
    others: BTreeSet<Vec<&'d str>>,
}

impl<'d, 's> Collector<'d, 's> {
    fn header(&mut self, table: &'d Table<'s>, header: &'d Header<'s>, path: Vec<&'d Key<'s>>) {
        if header.array && is_around_parameters(&path) {
            self.arrays.insert(names(&path));
        }
        match (place(&path, true), outermost(&self.arrays, &path)) {
            (Place::Elsewhere, _) => return,
            (Place::NearMiss { length }, None | Some(..DEPTH)) => {
                let at = self.near_miss(&path, length);
                self.visible[at].push(table.span());
                let occurrence = Occurrence { path, table, entry: None, holder: None };
                self.section.near_misses[at].occurrences.push(occurrence);
                return;
            }
            // A table inside an element that has a header of its own is no other mistake.
            (_, Some(array)) if path.len() == array => {
                self.wrong_shapes(&path, array, Shape::Array).places.push(header.span);
            }
            (_, Some(..DEPTH)) => {
                self.wrong_shapes(&path, DEPTH, Shape::Below).places.push(header.span);
            }
            (Place::NearMiss { .. }, _) | (_, Some(_)) => {}
            (Place::Authenticator, None) => self.section.authenticator.push(header.span),
            (Place::Parameters, None) => self.section.parameter_tables.push(header.span),
            (Place::Deeper { length }, None) => {
                self.wrong_shapes(&path, length, Shape::Table).places.push(header.span);
            }
            (Place::Parameter | Place::Enable | Place::Name | Place::Misplaced, None) => {
                let shape = if header.array { Shape::Array } else { Shape::Table };
                self.wrong_shapes(&path, path.len(), shape).places.push(header.span);
            }
        }
        self.section.visible.push(table.span());
    }

    fn entry(&mut self, visit: &Visit<'d, 's>) {
        let entry = visit.entry();
        let is_table = matches!(entry.value, Value::Table(_));
        let (table, holder) = (visit.table, visit.holder);
        // The number of keys that stand in a header or an inline table around the entry.
        let above = visit.path.len() - entry.keys.len();
        let path = way_to(&visit.path, entry);
        let (place, array) = (place(&path, is_table), outermost(&self.arrays, &path));
        let written = SettingEntry { path, entry, table, holder };
        match (place, array) {
            (Place::Elsewhere, _) => return,
            (Place::NearMiss { length }, None | Some(..DEPTH)) => {
                return self.resembling(written, length, above);
            }
            (_, Some(_)) if above < DEPTH => {
                let found = self.wrong_shapes(&written.path, DEPTH, Shape::Below);
                found.places.push(entry.key_span());
            }
            (Place::NearMiss { .. }, _) | (_, Some(_)) => {}
            (Place::Authenticator, None) if is_table => {
                self.section.authenticator.push(entry.key_span());
            }
            (Place::Parameters, None) if is_table => {
                self.section.parameter_tables.push(entry.key_span());
            }
            (Place::Authenticator | Place::Parameters, None) => {
                let found = self.wrong_shapes(&written.path, written.path.len(), Shape::Single);
                found.places.push(entry.span());
                found.entries.push(written);
            }
            (Place::Parameter, None) => {
                let at = self.section.parameters.len();
                self.section.by_name.entry(written.name()).or_insert(at);
                self.section.parameters.push(written);
            }
            (Place::Enable, None) => self.section.enable = Some(written),
            (Place::Name, None) => self.section.name = Some(written),
            (Place::Misplaced, None) => self.section.misplaced.push(written),
            (Place::Deeper { length }, None) if above < length || holder.is_none() => {
                let found = self.wrong_shapes(&written.path, length, Shape::Table);
                if above < length {
                    found.places.push(entry.key_span());
                }
                found.entries.push(written);
            }
            // The rest stands in an inline table, and the entry that holds it answers for it.
            (Place::Deeper { .. }, None) => {}
        }
        self.section.visible.push(entry.span());
    }

    fn resembling(&mut self, written: SettingEntry<'d, 's>, length: usize, above: usize) {
        let at = self.near_miss(&written.path, length);
        self.visible[at].push(written.span());
        if is_another_name(&written, length) {
            self.others.insert(names(&written.path[..length]));
        }
        let SettingEntry { path, entry, table, holder } = written.clone();
        let near_miss = &mut self.section.near_misses[at];
        if above < length {
            near_miss.occurrences.push(Occurrence { path, table, entry: Some(entry), holder });
        }
        // An empty table is a value to whoever moves it.
        let is_inside = written.path.len() > length;
        let is_value = match &entry.value {
            Value::Table(entries) => entries.is_empty() && is_inside,
            _ => true,
        };
        if is_value {
            near_miss.entries.push(written);
        }
    }

    /// The near miss of this path.
    fn near_miss(&mut self, path: &[&'d Key<'s>], length: usize) -> usize {
        *self.near_misses.entry(names(&path[..length])).or_insert_with(|| {
            let (path, occurrences) = (path[..length].to_vec(), Vec::new());
            self.section.near_misses.push(NearMiss { path, occurrences, entries: Vec::new() });
            self.visible.push(Vec::new());
            self.visible.len() - 1
        })
    }

    /// What is wrong_shapes at the first `length` keys of a path.
    fn wrong_shapes(
        &mut self,
        path: &[&'d Key<'s>],
        length: usize,
        shape: Shape,
    ) -> &mut WrongShape<'d, 's> {
        let all = &mut self.section.wrong_shapes;
        let at = *self.wrong_shapes.entry(names(&path[..length])).or_insert_with(|| {
            let (path, places) = (path[..length].to_vec(), Vec::new());
            all.push(WrongShape { path, shape, places, entries: Vec::new() });
            all.len() - 1
        });
        &mut all[at]
    }

    fn finish(self) -> Section<'d, 's> {
        let Self { mut section, visible, others, .. } = self;
        let found = std::mem::take(&mut section.near_misses).into_iter().zip(visible);
        for (near_miss, visible) in found {
            if outermost(&others, &near_miss.path).is_none() {
                section.near_misses.push(near_miss);
                section.visible.extend(visible);
            }
        }
        section.visible = merged(section.visible);
        section
    }
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

/// The length of the shortest of these paths that is the beginning of another.
fn outermost(paths: &BTreeSet<Vec<&str>>, path: &[&Key<'_>]) -> Option<usize> {
    if paths.is_empty() {
        return None;
    }
    let names = names(path);
    (1..=names.len()).find(|length| paths.contains(&names[..*length]))
}

fn names<'d>(path: &[&'d Key<'_>]) -> Vec<&'d str> {
    path.iter().map(|key| key.name.as_ref()).collect()
}

/// Whether a path leads to the table of parameters, or is its own.
fn is_around_parameters(path: &[&Key<'_>]) -> bool {
    let whole = AUTHENTICATOR.iter().chain([&PARAMETERS]);
    let names = path.iter().map(|key| key.name.as_ref());
    path.len() <= DEPTH + 1 && names.eq(whole.copied().take(path.len()))
}

/// Whether an entry is the `name` of a live authenticator that is not this one.
fn is_another_name(written: &SettingEntry<'_, '_>, length: usize) -> bool {
    let is_own = length == DEPTH && written.path.len() == length + 1;
    let is_live = below(&written.path, &AUTHENTICATOR[..2]).is_some();
    let is_registered = matches!(&written.entry.value, Value::String(name) if name == SMSOTP);
    is_own && is_live && written.name() == NAME && !is_registered
}

/// The keys of a path behind these leading ones.
fn below<'p, 'd, 's>(path: &'p [&'d Key<'s>], leading: &[&str]) -> Option<&'p [&'d Key<'s>]> {
    let (start, rest) = path.split_at_checked(leading.len())?;
    start.iter().map(|key| key.name.as_ref()).eq(leading.iter().copied()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::toml::dotted;

    /// What a text says, in the words of the section's own fields.
    fn summary(text: &str) -> String {
        let source = Source::new("", text);
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{text}");
        let found = section(&document);
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
        assert!(section(&document).visible.is_empty());
    }
}
