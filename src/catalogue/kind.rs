//! How the server reads the text of a parameter, and what does not fit there.

use std::borrow::Cow;

use super::Steps;

/// How the server reads a parameter's text.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A switch.
    Boolean {
        /// The shipped default.
        default: Steps<bool>,
        /// Which texts are true.
        truth: Truth,
    },
    /// A whole number in decimal digits.
    Number {
        /// What one unit is.
        unit: Unit,
        /// Whether a leading `+` is understood.
        plus: Steps<bool>,
    },
    /// One of a few exact words.
    Choice {
        /// The words the server knows.
        words: &'static [&'static str],
    },
    /// An absolute URL or the path of a page.
    Page {
        /// The shipped default.
        default: Steps<&'static str>,
    },
    /// A comma-separated list whose items the server does not trim.
    List,
    /// A Java regular expression.
    Pattern,
    /// Free text.
    Text {
        /// The shipped default.
        default: Steps<&'static str>,
    },
}

/// Which texts a switch takes as true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// `true` in any letter case.
    AnyCase,
    /// `true` in any letter case, and also the empty text.
    AnyCaseOrEmpty,
    /// `true` in lower case only.
    LowerCase,
}

impl Truth {
    /// The switch position the server takes from a text.
    pub fn reads(self, text: &str) -> bool {
        match self {
            Self::AnyCase => text.eq_ignore_ascii_case("true"),
            Self::AnyCaseOrEmpty => text.is_empty() || text.eq_ignore_ascii_case("true"),
            Self::LowerCase => text == "true",
        }
    }
}

/// What a word that the server may not take for a switch was meant to be.
pub fn meant_by(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" | "enable" | "enabled" => Some(true),
        "false" | "no" | "n" | "off" | "0" | "disable" | "disabled" => Some(false),
        word if strsim::osa_distance(word, "true") == 1 => Some(true),
        word if strsim::osa_distance(word, "false") == 1 => Some(false),
        _ => None,
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Characters of a code or of a phone number.
    Characters,
    /// Attempts.
    Attempts,
}

impl Unit {
    /// The unit in the plural.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Characters => "characters",
            Self::Attempts => "attempts",
        }
    }

    /// How many of this unit make a second, for units of time.
    pub const fn seconds(self) -> Option<u64> {
        match self {
            Self::Seconds => Some(1),
            Self::Minutes => Some(60),
            Self::Characters | Self::Attempts => None,
        }
    }
}

impl Kind {
    /// The kind in a word or two, for people.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Boolean { .. } => "boolean",
            Self::Number { .. } => "whole number",
            Self::Choice { .. } => "choice",
            Self::Page { .. } => "page",
            Self::List => "comma-separated list",
            Self::Pattern => "Java regular expression",
            Self::Text { .. } => "text",
        }
    }

    /// What to write, in a phrase.
    pub fn describe(&self) -> Cow<'static, str> {
        match self {
            Self::Number { unit, .. } => format!("whole number of {}", unit.as_str()).into(),
            Self::Choice { words } => format!("one of {}", words.join(", ")).into(),
            kind => kind.as_str().into(),
        }
    }
}

/// A way in which a value does not fit its parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is nothing that the parameter takes: text where a number is read, an unknown word.
    Unusable,
    /// It is the empty text.
    Empty,
    /// It is zero.
    Zero,
    /// It is a negative number.
    Negative,
    /// It is a number that Java's `int` cannot hold, though its `long` can.
    BeyondInt,
    /// It is a number that Java's `long` cannot hold.
    BeyondLong,
}

impl Flaw {
    /// What keeps a text from being a number that the server can work with, if anything does.
    pub fn of_number(text: &str, plus: bool) -> Option<Self> {
        let digits = text.strip_prefix('+').filter(|_| plus).unwrap_or(text);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(digits) {
            return Some(match text {
                "" => Self::Empty,
                text if text.strip_prefix('-').is_some_and(is_number) => Self::Negative,
                _ => Self::Unusable,
            });
        }
        match digits.parse::<i64>() {
            Ok(0) => Some(Self::Zero),
            Ok(number) if i32::try_from(number).is_err() => Some(Self::BeyondInt),
            Ok(_) => None,
            Err(_) => Some(Self::BeyondLong),
        }
    }
}
