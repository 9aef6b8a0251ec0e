//! A Java regular expression -> the fault that keeps it from compiling, where that is certain.
//!
//! It gives up in silence where Java releases differ or where the answer depends on Unicode tables,
//! so that it finds less than the compiler does and never more.

mod reader;
mod units;

use std::fmt;

use crate::message::Piece;

use reader::{PatternReader, Stop};

/// What no Java release compiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegexFault {
    /// A `(` that is never closed.
    OpenGroup,
    /// A `)` that closes nothing.
    StrayClose,
    /// A `[` that is never closed.
    OpenClass,
    /// A quantifier with nothing in front of it.
    Dangling(char),
    /// A `{` that begins no repetition.
    NoRepetition,
    /// A repetition without its `}`.
    OpenRepetition,
    /// `{3,1}`
    BackwardRepetition,
    /// `[z-a]`
    BackwardRange(char, char),
    /// `(?` before something that is no kind of group and no flag.
    UnknownGroup,
    /// `(?<` before something that is no name.
    GroupName,
    /// A backslash before a letter that has no meaning there.
    UnknownEscape(char),
    /// A backslash at the very end.
    TrailingBackslash,
    /// `\p{` without its `}`.
    OpenProperty,
}

impl fmt::Display for RegexFault {
    /// A phrase that follows "has" or "with".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenGroup => f.write_str("a `(` that is not closed"),
            Self::StrayClose => f.write_str("a `)` that closes nothing"),
            Self::OpenClass => f.write_str("a `[` that is not closed"),
            Self::Dangling(quantifier) => write!(f, "a `{quantifier}` with nothing to repeat"),
            Self::NoRepetition => f.write_str("a `{` that begins no repetition"),
            Self::OpenRepetition => f.write_str("a repetition without its `}`"),
            Self::BackwardRepetition => f.write_str("a repetition that ends below its start"),
            Self::BackwardRange(from, to) => write!(f, "a range `{from}-{to}` that runs backwards"),
            Self::UnknownGroup => f.write_str("a `(?` before something Java does not know"),
            Self::GroupName => f.write_str("a `(?<` without a proper group name"),
            Self::UnknownEscape(letter) => write!(f, "a `\\{letter}` that means nothing there"),
            Self::TrailingBackslash => f.write_str("a lone backslash at its end"),
            Self::OpenProperty => f.write_str("a `\\p{` that is not closed"),
        }
    }
}

/// It repeats a character or two of the pattern.
impl Piece for RegexFault {}

/// The first fault of a pattern; `None` when there is none, or none for certain.
pub fn fault(pattern: &str) -> Option<RegexFault> {
    // Java's parser takes a NUL for the end of the text in some places.
    if pattern.contains('\0') {
        return None;
    }
    match PatternReader::new(pattern).pattern() {
        Err(Stop::RegexFault(fault)) => Some(fault),
        Err(Stop::Unsure) | Ok(()) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_patterns_pass() {
        for pattern in [
            "",
            "(?<=.{2}).(?=.{2})",
            r"\d(?=\d{4})",
            "[]a]",
            "[^]]",
            "[a-z&&[^aeiou]]",
            "a{2,}+b{2,3}?",
            "a{2}{3}",
            "a]b}",
            r"\Q([{*\E+",
            r"\Qnever closed",
            r"[\Q]\E]",
            "(?i)a(?-i:b)",
            "(?<last4>x)\\k<last4>",
            r"\p{IsAlphabetic}\x41\u0041\07\cA",
            "(?x) ( # (",
        ] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn finds_what_cannot_compile() {
        let pairs = [
            ("(a", RegexFault::OpenGroup),
            ("(?", RegexFault::OpenGroup),
            ("a)", RegexFault::StrayClose),
            ("[a", RegexFault::OpenClass),
            ("[]", RegexFault::OpenClass),
            ("[a&&", RegexFault::OpenClass),
            ("*a", RegexFault::Dangling('*')),
            ("a|+", RegexFault::Dangling('+')),
            ("(?i)*", RegexFault::Dangling('*')),
            ("a**", RegexFault::Dangling('*')),
            (r"\Q\E?", RegexFault::Dangling('?')),
            ("a{", RegexFault::NoRepetition),
            ("a{,3}", RegexFault::NoRepetition),
            ("a{2", RegexFault::OpenRepetition),
            ("a{3,1}", RegexFault::BackwardRepetition),
            ("[z-a]", RegexFault::BackwardRange('z', 'a')),
            ("(?y)", RegexFault::UnknownGroup),
            ("(?P<x>a)", RegexFault::UnknownGroup),
            ("(?<1>a)", RegexFault::GroupName),
            (r"\m", RegexFault::UnknownEscape('m')),
            (r"[\b]", RegexFault::UnknownEscape('b')),
            (r"a\", RegexFault::TrailingBackslash),
            (r"\p{L", RegexFault::OpenProperty),
            (r"\x4", RegexFault::UnknownEscape('x')),
        ];
        for (pattern, expected) in pairs {
            assert_eq!(fault(pattern), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn survives_deep_nesting() {
        assert_eq!(fault(&"(".repeat(100_000)), None);
        assert_eq!(fault(&"[a&&".repeat(100_000)), None);
    }
}
