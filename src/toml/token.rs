//! Text -> tokens, and their spelling -> what they say.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Raw};

use crate::source::Span;
use crate::toml::{DEPTH_LIMIT, REFERENCES, Value};

/// A piece of the text that means something to TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

impl Token {
    /// The tokens of a text, if it is TOML.
    pub(crate) fn of_toml(text: &str) -> Option<Vec<Self>> {
        toml_edit::Document::parse(text).is_ok().then(|| tokenize(text).0)
    }
}

/// The kinds of [`Token`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `[` of a table header.
    TableOpen,
    /// `]` of a table header.
    TableClose,
    /// `[[`
    ArrayTableOpen,
    /// `]]`
    ArrayTableClose,
    /// `{`
    InlineTableOpen,
    /// `}`
    InlineTableClose,
    /// `[` of an array.
    ArrayOpen,
    /// `]` of an array.
    ArrayClose,
    /// One part of a key.
    Key(Quote),
    /// The dot between parts of a key.
    Dot,
    /// `=`
    Equals,
    /// A string, number, boolean or date.
    Scalar(Quote),
    /// `,`
    Comma,
    /// Blanks within a line.
    Whitespace,
    /// From `#` to the end of the line.
    Comment,
    /// A line end.
    Newline,
    /// Text that has no place in TOML.
    Error,
}

/// How a key or a scalar is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// Not at all.
    Bare,
    /// `"..."`
    Basic,
    /// `'...'`
    Literal,
    /// `"""..."""`
    MultilineBasic,
    /// `'''...'''`
    MultilineLiteral,
}

/// The tokens of a text, and what `toml_parser` holds against their order.
pub(super) fn tokenize(text: &str) -> (Vec<Token>, Vec<ParseError>) {
    let lexed = toml_parser::Source::new(text).lex().into_vec();
    let mut tokens = Vec::with_capacity(lexed.len());
    let mut complaints = Vec::new();
    let mut receiver = |event: Event| tokens.push(Token::from(event));
    let mut guarded = RecursionGuard::new(&mut receiver, DEPTH_LIMIT);
    let mut keep = |complaint: ParseError| complaints.push(complaint);
    parse_document(&lexed, &mut guarded, &mut keep);
    (tokens, complaints)
}

/// What a scalar says.
pub(super) fn scalar(text: &str, span: Span, quote: Quote) -> Value<'_> {
    let mut decoded = Cow::Borrowed("");
    match raw(text, span, quote).decode_scalar(&mut decoded, &mut ()) {
        ScalarKind::String => string(decoded),
        ScalarKind::Boolean(value) => Value::Boolean(value),
        ScalarKind::DateTime => Value::Datetime(&text[span.range()]),
        ScalarKind::Float => Value::Float(decoded.parse().unwrap_or(f64::NAN)),
        ScalarKind::Integer(radix) => {
            Value::Integer(i64::from_str_radix(&decoded, radix.value()).unwrap_or(i64::MAX))
        }
    }
}

/// What a scalar without quotes says.
pub(crate) fn bare_scalar(text: &str) -> Value<'_> {
    scalar(text, Span::new(0, text.len()), Quote::Bare)
}

fn string(text: Cow<'_, str>) -> Value<'_> {
    if has_reference(&text) { Value::Placeholder(text) } else { Value::String(text) }
}

/// What one part of a key says.
pub(super) fn key(text: &str, span: Span, quote: Quote) -> Cow<'_, str> {
    let mut name = Cow::Borrowed("");
    raw(text, span, quote).decode_key(&mut name, &mut ());
    name
}

/// A token as `toml_parser` decodes it.
fn raw<'s>(text: &'s str, span: Span, quote: Quote) -> Raw<'s> {
    let slice = text.get(span.range()).unwrap_or_default();
    let span = toml_parser::Span::new_unchecked(span.start, span.end);
    Raw::new_unchecked(slice, quote.encoding(), span)
}

fn has_reference(text: &str) -> bool {
    text.contains('$')
        && REFERENCES
            .iter()
            .any(|open| text.split_once(open).is_some_and(|(_, rest)| rest.contains('}')))
}

impl From<Event> for Token {
    fn from(event: Event) -> Self {
        let quote = match event.encoding() {
            None => Quote::Bare,
            Some(Encoding::BasicString) => Quote::Basic,
            Some(Encoding::LiteralString) => Quote::Literal,
            Some(Encoding::MlBasicString) => Quote::MultilineBasic,
            Some(Encoding::MlLiteralString) => Quote::MultilineLiteral,
        };
        let kind = match event.kind() {
            EventKind::StdTableOpen => TokenKind::TableOpen,
            EventKind::StdTableClose => TokenKind::TableClose,
            EventKind::ArrayTableOpen => TokenKind::ArrayTableOpen,
            EventKind::ArrayTableClose => TokenKind::ArrayTableClose,
            EventKind::InlineTableOpen => TokenKind::InlineTableOpen,
            EventKind::InlineTableClose => TokenKind::InlineTableClose,
            EventKind::ArrayOpen => TokenKind::ArrayOpen,
            EventKind::ArrayClose => TokenKind::ArrayClose,
            EventKind::SimpleKey => TokenKind::Key(quote),
            EventKind::KeySep => TokenKind::Dot,
            EventKind::KeyValSep => TokenKind::Equals,
            EventKind::Scalar => TokenKind::Scalar(quote),
            EventKind::ValueSep => TokenKind::Comma,
            EventKind::Whitespace => TokenKind::Whitespace,
            EventKind::Comment => TokenKind::Comment,
            EventKind::Newline => TokenKind::Newline,
            EventKind::Error => TokenKind::Error,
        };
        Self { kind, span: Span::new(event.span().start(), event.span().end()) }
    }
}

impl Quote {
    fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Bare => None,
            Self::Basic => Some(Encoding::BasicString),
            Self::Literal => Some(Encoding::LiteralString),
            Self::MultilineBasic => Some(Encoding::MlBasicString),
            Self::MultilineLiteral => Some(Encoding::MlLiteralString),
        }
    }
}
