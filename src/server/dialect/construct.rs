//! What the server's parser refuses: the kinds, and a place where one was found.

use super::ItemType;
use crate::source::Span;

/// Something that TOML allows today and the server's parser does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Construct {
    /// What it is.
    pub kind: ConstructKind,
    /// What holds it: a scalar, a key, an array, an inline table.
    pub span: Span,
    /// Where exactly in it, in order; at least one place.
    pub places: Vec<Span>,
}

/// The kinds of [`Construct`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstructKind {
    /// A byte order mark before the text.
    ByteOrderMark,
    /// TAB characters in a string or key in double quotes.
    Tab,
    /// TAB characters that a backslash at a line end lets TOML skip.
    IndentTab,
    /// `\e`
    EscapeE,
    /// `\xHH`
    EscapeX,
    /// A quote before the closing `"""`, with nothing between them.
    TouchingQuote,
    /// The same before `'''`.
    TouchingApostrophe,
    /// An item of another type than the first of its array.
    MixedArray {
        /// The type of the first item.
        first: ItemType,
        /// The type of the first item that differs.
        other: ItemType,
    },
    /// A line break between an item of an array and the comma behind it.
    LateComma {
        /// Whether that item is a date or a time.
        after_date: bool,
    },
    /// Line breaks directly in an inline table.
    BrokenTable,
    /// A comment directly in an inline table.
    CommentInTable,
    /// A comma behind the last item of an inline table.
    TrailingComma {
        /// Whether it is directly behind a date or a time.
        after_date: bool,
    },
    /// An empty array in an inline table.
    EmptyArrayInTable,
    /// A comma behind the last item of an array in an inline table.
    ArrayCommaInTable,
    /// Arrays in an array that are empty or end with a comma, too close to the next key or
    /// header; the places are the commas, or the whole array when there is none.
    UnsettledArrays {
        /// How many more line ends would have to stand below the array.
        missing: usize,
    },
    /// A date or time directly before `]` or `}`.
    DateBeforeBracket,
    /// A comma directly behind a date or time in an array; the place is the comma.
    DateBeforeComma,
    /// A time without seconds.
    NoSeconds,
    /// `z` for UTC.
    LowerCaseZ,
    /// The second 60.
    LeapSecond,
    /// Digits of a second behind the ninth; the place holds those.
    LongFraction,
    /// An offset beyond 18 hours.
    FarOffset,
    /// Zeros that an exponent begins with; the place holds those.
    PaddedExponent,
    /// A number other than zero that is too small for a floating-point number.
    Underflow,
}
