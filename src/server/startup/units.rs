//! The values of keys with a unit of time -> those that the server cannot convert to it.

use std::ops::Range;

use crate::server::facts::FactKind;
use crate::toml::Value;

use super::effective::{Content, Effective};
use super::held::Held;
use super::{Refusal, RefusalKind};

/// A value that is no time in the unit of its key.
#[derive(Debug, PartialEq, Eq)]
pub enum UnitFault {
    /// It is no number and no text.
    NoTime,
    /// There is no digit in it.
    NoNumber,
    /// A word other than the units follows the number; perhaps the part of the text to replace,
    /// and the unit that is meant.
    Word(Option<(Range<usize>, TimeUnit)>),
    /// Less than one of the unit.
    Zero,
}

/// A unit of time as the server spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeUnit {
    /// The letters it takes for it.
    pub letters: &'static str,
    /// The unit in the plural.
    pub name: &'static str,
    milliseconds: u128,
    /// What people write for it, in lower case.
    words: &'static [&'static str],
}

static UNITS: [TimeUnit; 5] = [
    TimeUnit { letters: "d", name: "days", milliseconds: 86_400_000, words: &["d", "day", "days"] },
    TimeUnit {
        letters: "h",
        name: "hours",
        milliseconds: 3_600_000,
        words: &["h", "hr", "hrs", "hour", "hours"],
    },
    TimeUnit {
        letters: "m",
        name: "minutes",
        milliseconds: 60_000,
        words: &["min", "mins", "minute", "minutes"],
    },
    TimeUnit {
        letters: "s",
        name: "seconds",
        milliseconds: 1000,
        words: &["s", "sec", "secs", "second", "seconds"],
    },
    TimeUnit {
        letters: "ms",
        name: "milliseconds",
        milliseconds: 1,
        words: &["ms", "msec", "millis", "millisecond", "milliseconds"],
    },
];

pub(super) fn refusal<'d>(effective: &Effective<'d, '_>, one: &Held<'d>) -> Option<Refusal<'d>> {
    let mut facts = one.key.facts(FactKind::Unit).filter(|fact| effective.is_so(one, *fact));
    let unit = facts.find_map(|fact| unit(fact.text))?;
    let fault = fault(effective.content(one), unit)?;
    Some(Refusal::of(one, RefusalKind::Unit(unit, fault)))
}

fn unit(letters: &str) -> Option<TimeUnit> {
    UNITS.into_iter().find(|unit| unit.letters == letters)
}

fn fault(content: Content<'_>, unit: TimeUnit) -> Option<UnitFault> {
    match content {
        Content::Text(text) => of_text(&text?, unit),
        Content::Other(Value::Integer(_) | Value::Float(_)) => None,
        Content::Other(_) => Some(UnitFault::NoTime),
    }
}

/// The server takes the first number, and the word that follows it, for the time; without a word
/// it takes the text as it stands.
fn of_text(text: &str, own: TimeUnit) -> Option<UnitFault> {
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else {
        return Some(UnitFault::NoNumber);
    };
    let (whole, rest) = digits(&text[start..]);
    let fraction = rest.strip_prefix('.').map(digits).filter(|(digits, _)| !digits.is_empty());
    let after = fraction.map_or(rest, |(_, rest)| rest);
    let rest = after.trim_start_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r']);
    let word = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let (letters, behind) = rest.split_at(rest.find(word).unwrap_or(rest.len()));
    if letters.is_empty() {
        return None;
    }
    let whole: u128 = whole.parse().unwrap_or(u128::MAX);
    let is_zero =
        |unit: TimeUnit| whole > 0 && whole.saturating_mul(unit.milliseconds) < own.milliseconds;
    match unit(letters) {
        Some(unit) if is_zero(unit) => Some(UnitFault::Zero),
        Some(_) => None,
        None => {
            let meant = |unit: &TimeUnit| unit.words.contains(&letters.to_lowercase().as_str());
            let unit = UNITS.into_iter().find(meant).filter(|unit| !is_zero(*unit));
            let is_all = text[..start].trim().is_empty() && behind.trim().is_empty();
            let word = text.len() - after.len()..text.len() - behind.len();
            Some(UnitFault::Word(unit.filter(|_| is_all).map(|unit| (word, unit))))
        }
    }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_one_of_five_words() {
        let minutes = unit("m").unwrap();
        for fine in ["5", "5m", "-5m", "0.5h", "15 m", "x 5m", "5m x", "60s", "0s", "120000ms"] {
            assert_eq!(of_text(fine, minutes), None, "{fine}");
        }
        let fixed = |text: &str| match of_text(text, minutes) {
            Some(UnitFault::Word(Some((word, unit)))) => {
                Some(format!("{}{}{}", &text[..word.start], unit.letters, &text[word.end..]))
            }
            _ => None,
        };
        for (text, fault) in [
            ("", UnitFault::NoNumber),
            ("never", UnitFault::NoNumber),
            ("30s", UnitFault::Zero),
            ("500ms", UnitFault::Zero),
        ] {
            assert_eq!(of_text(text, minutes), Some(fault), "{text}");
        }
        for (text, expected) in [
            ("15 min", Some("15m")),
            ("1 Hour", Some("1h")),
            (" 1.5 hours", Some(" 1.5h")),
            ("30 seconds", None),
            ("1h30m", None),
            ("5 000", None),
            ("1_000", None),
            ("5 min or so", None),
            ("1 month", None),
        ] {
            assert!(matches!(of_text(text, minutes), Some(UnitFault::Word(..))), "{text}");
            assert_eq!(fixed(text).as_deref(), expected, "{text}");
        }
    }
}
