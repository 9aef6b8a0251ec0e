//! The values of a document and its references -> every value as the server uses it: references
//! resolved, and carried along to the shipped values that refer to it.

use std::borrow::Cow;

use crate::server::facts::{self, Condition, Fact, FactKind, KnownKey, Part, Releases};
use crate::server::mapped::MappedText;
use crate::server::references::References;
use crate::toml::Value;

use super::held::Held;

/// All values of a document as the server holds them.
pub(super) struct Effective<'d, 'r> {
    pub(super) held: Vec<Held<'d>>,
    pub(super) references: &'r References<'d>,
    /// The releases in which something must be so to be a problem.
    pub(super) wanted: Releases,
}

/// A value as the server's own code tells them apart.
pub(super) enum Content<'a> {
    /// A text; `None` when it is not known.
    Text(Option<Cow<'a, str>>),
    /// Anything else.
    Other(&'a Value<'a>),
}

impl<'d, 'r> Effective<'d, 'r> {
    /// Follows every value to the shipped and inferred ones that refer to it.
    pub(super) fn carry(&mut self) {
        let mut at = 0;
        while let Some(one) = self.held.get(at) {
            let referrers = one.key.facts(FactKind::Referrer);
            let is_odd = self.may_be_odd(one);
            let printed = is_odd.then(|| one.key.facts(FactKind::PrintedReferrer));
            let referrers = referrers.chain(printed.into_iter().flatten());
            let carried = referrers.filter_map(|fact| self.carried(one, fact)).collect::<Vec<_>>();
            self.held.extend(carried);
            at += 1;
        }
    }

    /// A value under the key of one that refers to it.
    fn carried(&self, one: &Held<'d>, fact: Fact) -> Option<Held<'d>> {
        let key = facts::filled_in(fact.text, &one.key.parts)?;
        let releases = self.releases(one, fact);
        let mut others = self.held.iter().filter(|other| other.key.parts == key);
        let is_free =
            !releases.is_empty() && others.all(|other| other.is_carried && other.span != one.span);
        is_free.then(|| Held { is_carried: true, ..one.under(key, releases) })
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
        let parts = facts::parts(key);
        self.held.iter().find(|one| !one.is_carried && one.key.parts == parts)
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

    /// What a value is once references are resolved.
    pub(super) fn content<'a>(&'a self, one: &'a Held<'d>) -> Content<'a> {
        match one.value {
            Value::String(_) | Value::Placeholder(_)
                if !self.references.is_replaced(one.written.entry) =>
            {
                Content::Text(self.text(one))
            }
            value => Content::Other(value),
        }
    }

    /// The releases in which a fact about the key of a value, or of a beginning of that, is one;
    /// none where that depends on what is not known.
    pub(super) fn releases(&self, one: &Held<'d>, fact: Fact) -> Releases {
        fact.releases & one.releases & self.holds(fact.only_if, &one.key.parts)
    }

    /// Whether a fact about the key of a value is one wherever it must be.
    pub(super) fn is_so(&self, one: &Held<'d>, fact: Fact) -> bool {
        self.releases(one, fact).cover(self.wanted)
    }

    fn holds(&self, condition: Option<Condition>, near: &[Part<'d>]) -> Releases {
        let asked = condition.into_iter().flat_map(Condition::asked);
        asked.fold(Releases::all(), |releases, (key, asked)| match facts::filled_in(key, near) {
            Some(key) => releases & self.is(key, asked),
            None => Releases::empty(),
        })
    }

    /// The releases in which the answer of a condition is yes for a key.
    fn is(&self, key: Vec<Part<'d>>, asked: &str) -> Releases {
        let mut written = self.held.iter().filter(|one| !one.is_carried);
        match (asked, written.find(|one| one.key.parts.starts_with(&key))) {
            ("set", Some(one)) => one.releases | self.shipped(key).0,
            ("not set", Some(_)) => !self.is(key, "set"),
            (_, Some(one)) if self.has(one, asked) => one.releases,
            (_, Some(_)) => Releases::empty(),
            (_, None) => {
                let (shipped, off) = self.shipped(key);
                match asked {
                    "set" => shipped,
                    "true" | "true or non-empty" => shipped & !off,
                    "not set" | "not true" => !shipped,
                    _ => Releases::empty(),
                }
            }
        }
    }

    fn has(&self, one: &Held<'d>, asked: &str) -> bool {
        self.text(one).is_some_and(|text| match asked {
            "true" => text == "true",
            "not true" => text != "true",
            "true or non-empty" => !text.is_empty() && !matches!(one.value, Value::Boolean(false)),
            // Values are compared as they are written.
            word => !matches!(one.value, Value::Placeholder(_)) && text == word.trim_matches('"'),
        })
    }

    /// The releases that ship or infer a key, and those in which it is a switch that is not on.
    fn shipped(&self, key: Vec<Part<'d>>) -> (Releases, Releases) {
        let key = KnownKey::of(key);
        let of = |kind| {
            let facts =
                key.facts(kind).map(|fact| fact.releases & self.holds(fact.only_if, &key.parts));
            facts.fold(Releases::empty(), Releases::union)
        };
        (of(FactKind::Shipped) | of(FactKind::Inferred), of(FactKind::ShippedOff))
    }
}
