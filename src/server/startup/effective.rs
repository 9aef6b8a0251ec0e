//! The values of a document and its references -> every value as the server uses it: references
//! resolved, and carried along to the shipped values that refer to it.

use std::borrow::Cow;

use crate::server::facts::{self, Condition, Fact, Part, Referrer, Releases};
use crate::server::mapped::MappedText;
use crate::server::references::References;
use crate::source::Source;
use crate::toml::Value;

use super::held::Held;

/// All values of a document as the server holds them.
pub(super) struct Effective<'d, 'r> {
    pub(super) held: Vec<Held<'d>>,
    references: &'r References<'d>,
}

impl<'d, 'r> Effective<'d, 'r> {
    pub(super) fn of(held: Vec<Held<'d>>, references: &'r References<'d>) -> Self {
        let mut all = Self { held, references };
        all.carry();
        all
    }

    /// Follows every value to the shipped and inferred ones that refer to it.
    fn carry(&mut self) {
        let mut at = 0;
        while let Some(one) = self.held.get(at) {
            let mut is_plain = None;
            let mut carried = Vec::new();
            for (releases, fact) in one.facts() {
                let Fact::ReferredTo(Referrer { key, only_if, is_only_printed }) = fact else {
                    continue;
                };
                if is_only_printed && *is_plain.get_or_insert_with(|| !self.may_be_odd(one)) {
                    continue;
                }
                let Some(key) = facts::filled_in(key, &one.key) else { continue };
                let releases = releases & self.holds(only_if, &one.key);
                let is_given = self
                    .held
                    .iter()
                    .any(|other| other.key == key && (!other.is_carried || other.span == one.span));
                if !is_given && releases != Releases::NONE {
                    carried.push(Held { is_carried: true, ..one.under(key, releases) });
                }
            }
            self.held.extend(carried);
            at += 1;
        }
    }

    /// Whether a value is more than letters and digits where it is printed.
    pub(super) fn may_be_odd(&self, one: &Held<'d>) -> bool {
        let text = match one.value {
            // The items are looked at one by one, but for what a reference brings in.
            Value::Array(items)
                if !items.iter().any(|item| matches!(item.value, Value::Placeholder(_))) =>
            {
                return false;
            }
            Value::String(_) | Value::Placeholder(_) | Value::Array(_) => self.text(one),
            _ => return false,
        };
        let is_odd = |b: u8| matches!(b, b'<' | b'&' | b'>' | b'"' | b'{' | b'-') || b < b' ';
        text.is_some_and(|text| text.bytes().any(is_odd))
    }

    /// The value written under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Held<'d>> {
        let key = facts::parts(key);
        self.held.iter().find(|one| !one.is_carried && one.key == key)
    }

    /// The text of the file.
    pub(super) fn source(&self) -> &'d Source {
        self.references.source
    }

    /// The text of a value, references resolved; `None` when it is not known.
    pub(super) fn text<'a>(&'a self, one: &'a Held<'d>) -> Option<Cow<'a, str>> {
        if one.span == one.written.entry.value_span {
            return self.references.text(one.written.entry);
        }
        match one.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    /// The same with the places of its bytes.
    pub(super) fn mapped(&self, one: &Held<'d>) -> Option<MappedText> {
        if one.span == one.written.entry.value_span {
            return self.references.mapped(one.written.entry);
        }
        let is_string = matches!(one.value, Value::String(_));
        is_string.then(|| MappedText::read(self.references.source, one.span))
    }

    /// Whether a reference has put a boolean or a list in the place of a string.
    pub(super) fn is_replaced(&self, one: &Held<'d>) -> bool {
        self.references.is_replaced(one.written.entry)
    }

    /// The releases in which a condition holds for a value of this key; none where that depends
    /// on what is not known.
    pub(super) fn holds(&self, condition: Option<Condition>, near: &[Part<'d>]) -> Releases {
        let asked = condition.into_iter().flat_map(Condition::asked);
        asked.fold(Releases::ALL, |releases, (key, asked)| match facts::filled_in(key, near) {
            Some(key) => releases & self.is(&key, asked),
            None => Releases::NONE,
        })
    }

    fn is(&self, key: &[Part<'d>], asked: &str) -> Releases {
        let mut written = self.held.iter().filter(|one| !one.is_carried);
        let written = written.find(|one| one.key.starts_with(key));
        let set = || written.map_or(Releases::NONE, |one| one.releases) | self.shipped(key).0;
        let on = || {
            let (shipped, off) = self.shipped(key);
            shipped & !off
        };
        match (asked, written) {
            ("set", _) => set(),
            ("not set", _) => !set(),
            ("true" | "true or non-empty", None) => on(),
            ("true", Some(one)) => self.where_text(one, |text| text == "true"),
            ("true or non-empty", Some(one)) => match one.value {
                Value::Boolean(false) => Releases::NONE,
                _ => self.where_text(one, |text| !text.is_empty()),
            },
            ("not true", None) => !set(),
            ("not true", Some(one)) => self.where_text(one, |text| text != "true"),
            // Values are compared as they are written.
            (_, Some(one)) if matches!(one.value, Value::Placeholder(_)) => Releases::NONE,
            (word, Some(one)) => self.where_text(one, |text| text == word.trim_matches('"')),
            (_, None) => Releases::NONE,
        }
    }

    fn where_text(&self, one: &Held<'d>, is_so: impl Fn(&str) -> bool) -> Releases {
        match self.text(one) {
            Some(text) if is_so(&text) => one.releases,
            _ => Releases::NONE,
        }
    }

    /// The releases that ship or infer a key, and those in which it is a switch that is not on.
    fn shipped(&self, key: &[Part<'d>]) -> (Releases, Releases) {
        let mut shipped = (Releases::NONE, Releases::NONE);
        let ends = facts::walk(key).into_iter().filter(|(depth, _)| *depth == key.len());
        for (releases, fact) in ends.flat_map(|(_, node)| node.facts()) {
            match fact {
                Fact::Shipped => shipped.0 = shipped.0 | releases,
                Fact::Inferred(condition) => {
                    shipped.0 = shipped.0 | releases & self.holds(Some(condition), key);
                }
                Fact::ShippedOff => shipped.1 = shipped.1 | releases,
                _ => {}
            }
        }
        shipped
    }
}
