//! A scalar, key or line end that does not decode -> the mistake behind it.

use std::borrow::Cow;

use toml_parser::{ParseError, Raw};

use super::line::{Line, foreign};
use super::{Fault, FaultKind};
use crate::source::{Source, Span};
use crate::toml::token::{DATE, OVERFLOW, raw, value_error};
use crate::toml::{Document, Quote, REFERENCES, Token, TokenKind};

/// Spellings of a switch that TOML does not know.
const SWITCHES: [(&str, bool); 6] =
    [("true", true), ("yes", true), ("on", true), ("false", false), ("no", false), ("off", false)];

/// Spellings of no value at all.
const NULLS: [&str; 4] = ["null", "none", "nil", "undefined"];

/// The longest unit of a number.
const UNIT_LENGTH: usize = 12;

/// A token that does not say what its kind should.
pub(super) struct Misread {
    pub(super) token: Token,
    inside: Option<Inside>,
    error: ParseError,
}

/// What a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Header,
    Array,
    InlineTable,
}

/// Such tokens, in the order of the file.
pub(super) fn misread(document: &Document<'_>) -> Vec<Misread> {
    let text = document.source.text();
    let mut inside = Vec::new();
    let mut found = Vec::new();
    for token in &document.tokens {
        let error = match token.kind {
            TokenKind::Scalar(quote) => scalar_error(raw(text, token.span, quote)),
            TokenKind::Key(quote) => key_error(raw(text, token.span, quote)),
            TokenKind::Newline => newline_error(raw(text, token.span, Quote::Bare)),
            _ => None,
        };
        match token.kind {
            TokenKind::TableOpen | TokenKind::ArrayTableOpen => inside = vec![Inside::Header],
            TokenKind::ArrayOpen => inside.push(Inside::Array),
            TokenKind::InlineTableOpen => inside.push(Inside::InlineTable),
            TokenKind::ArrayClose | TokenKind::InlineTableClose => drop(inside.pop()),
            TokenKind::TableClose | TokenKind::ArrayTableClose => inside.clear(),
            TokenKind::Newline if inside.last() == Some(&Inside::Header) => inside.clear(),
            _ => {}
        }
        let inside = inside.last().copied();
        found.extend(error.map(|error| Misread { token: *token, inside, error }));
    }
    found
}

fn scalar_error(raw: Raw<'_>) -> Option<ParseError> {
    let mut error = None;
    let mut decoded = Cow::Borrowed("");
    let kind = raw.decode_scalar(&mut decoded, &mut error);
    error.or_else(|| value_error(kind, &decoded))
}

fn key_error(raw: Raw<'_>) -> Option<ParseError> {
    let mut error = None;
    raw.decode_key(&mut Cow::Borrowed(""), &mut error);
    error
}

fn newline_error(raw: Raw<'_>) -> Option<ParseError> {
    let mut error = None;
    raw.decode_newline(&mut error);
    error
}

impl Misread {
    /// Whether it stands in quotes, so that the rest of its line is no part of it.
    pub(super) fn is_quoted(&self) -> bool {
        let (TokenKind::Scalar(quote) | TokenKind::Key(quote)) = self.token.kind else {
            return false;
        };
        quote != Quote::Bare && !self.token.span.is_empty()
    }

    fn is_in_header(&self) -> bool {
        self.inside == Some(Inside::Header)
    }

    /// The mistake.
    pub(super) fn understand(&self, source: &Source, line: Line<'_>) -> Fault {
        let fault = match self.token.kind {
            TokenKind::Scalar(_) if self.token.span.is_empty() => {
                Fault::new(FaultKind::MissingValue, line.span)
            }
            TokenKind::Scalar(Quote::Bare) => self.bare(source, line),
            TokenKind::Key(Quote::Bare) => self.bare_key(source, line),
            TokenKind::Key(Quote::MultilineBasic | Quote::MultilineLiteral) => {
                Fault::new(FaultKind::MultilineKey, self.token.span).ending()
            }
            TokenKind::Scalar(quote) | TokenKind::Key(quote) => self.quoted(source, quote),
            _ => {
                // What stands before it, as the carriage return itself looks like nothing.
                let before = source.slice(Span::new(line.span.start, self.token.span.start));
                let length = before.rsplit('\r').next().map_or(0, str::len);
                let start = self.token.span.start - length;
                Fault::new(FaultKind::CarriageReturn, Span::new(start, self.token.span.end))
            }
        };
        if self.is_in_header() { fault.ending() } else { fault }
    }

    fn bare_key(&self, source: &Source, line: Line<'_>) -> Fault {
        let span = self.token.span;
        let key = source.slice(span);
        if key.is_empty() {
            let header = self.is_in_header();
            let kind = if header { FaultKind::EmptyHeader } else { FaultKind::EmptyKey };
            return Fault::new(kind, line.span);
        }
        if let Some((at, kind)) = first_foreign(key) {
            return Fault::new(kind, narrow(span, key, at));
        }
        let behind = line.from(span.end).trim_start();
        if self.is_in_header() || behind.starts_with(['=', '.']) && !key.ends_with(':') {
            return Fault::new(FaultKind::KeyCharacter, span);
        }
        Fault::new(line.mistake(), line.span)
    }

    fn bare(&self, source: &Source, line: Line<'_>) -> Fault {
        let span = self.token.span;
        let text = source.slice(span);
        if let Some((at, kind)) = first_foreign(text) {
            return Fault::new(kind, narrow(span, text, at));
        }
        let ahead = line.from(span.start);
        if let Some(reference) = reference(ahead) {
            let span = Span::new(span.start, span.start + reference.len());
            return Fault::new(FaultKind::BareReference, span);
        }
        let kind = self.bare_kind(text, source.slice(Span::new(line.span.start, span.start)));
        if kind == FaultKind::TextAfterValue || (is_assigned(ahead, text) && text.contains(' ')) {
            let word = text.find(' ').unwrap_or_default();
            let rest = Span::new(span.start + word + 1, line.span.end.max(span.end));
            return Fault::new(self.text_after_value(), rest);
        }
        let span = match kind {
            FaultKind::ForeignComment => {
                Span::new(span.start + text.find("//").unwrap_or_default(), span.end)
            }
            // An address goes on behind the `=` or `{` that ends it for the lexer.
            FaultKind::BareWord if self.inside.is_none() => {
                let whole = ahead.split(" #").next().unwrap_or_default().trim_end();
                Span::new(span.start, span.end.max(span.start + whole.len()))
            }
            _ => span,
        };
        Fault::new(kind, span)
    }

    fn text_after_value(&self) -> FaultKind {
        match self.inside {
            Some(Inside::Array) => FaultKind::ArrayItems,
            Some(Inside::InlineTable) => FaultKind::InlineTableItems,
            _ => FaultKind::TextAfterValue,
        }
    }

    fn bare_kind(&self, text: &str, before: &str) -> FaultKind {
        let description = self.error.description();
        if let Some(reason) = description.strip_prefix(DATE) {
            return FaultKind::Datetime(reason.to_owned());
        }
        if let Some((_, meant)) = SWITCHES.iter().find(|(word, _)| text.eq_ignore_ascii_case(word))
        {
            return FaultKind::Boolean { meant: *meant };
        }
        let word = text.split(' ').next().unwrap_or_default();
        match description {
            OVERFLOW => FaultKind::NumberTooLarge,
            "unexpected leading zero" => FaultKind::LeadingZero,
            "missing opening quote" => FaultKind::MissingOpeningQuote,
            _ if NULLS.iter().any(|null| text.eq_ignore_ascii_case(null)) => FaultKind::Null,
            _ if text.starts_with('>') && before.ends_with('=') => FaultKind::Arrow,
            _ if text.starts_with(':') && self.inside == Some(Inside::InlineTable) => {
                FaultKind::Colon
            }
            _ if text.starts_with("//") || text.contains(" //") => FaultKind::ForeignComment,
            _ if text.ends_with(';') => FaultKind::Separator,
            _ if has_unit(text) => FaultKind::NumberWithUnit,
            _ if word.len() < text.len() && is_value(word) => FaultKind::TextAfterValue,
            _ if is_numeric(text) => FaultKind::Number(description.to_owned()),
            _ => FaultKind::BareWord,
        }
    }

    fn quoted(&self, source: &Source, quote: Quote) -> Fault {
        let span = self.token.span;
        let text = source.slice(span);
        let place = self.error.unexpected().map_or(span, Span::from);
        let escapes = matches!(quote, Quote::Basic | Quote::MultilineBasic);
        let open = match quote {
            Quote::Basic | Quote::Literal => 1,
            _ => 3,
        };
        if escapes && is_windows_path(&text[open..]) {
            return Fault::new(FaultKind::WindowsPath, span);
        }
        if is_unclosed(text, open, escapes) {
            let (at, last) = text.char_indices().next_back().unwrap_or_default();
            if let Some(kind @ FaultKind::ForeignQuote(_)) = foreign(last) {
                return Fault::new(kind, narrow(span, text, at)).ending();
            }
            return match open {
                1 => Fault::new(FaultKind::UnclosedString, span).ending(),
                _ => {
                    let quotes = Span::new(span.start, span.start + open);
                    Fault::new(FaultKind::UnclosedMultilineString, quotes).ending()
                }
            };
        }
        let there = source.text().get(place.start..).and_then(|rest| rest.chars().next());
        let kind = match self.error.description() {
            "missing escaped value" => {
                let escaped = there.map_or(0, char::len_utf8);
                let span = Span::new(place.start - 1, place.start + escaped);
                return Fault::new(FaultKind::Escape, span);
            }
            "too few unicode value digits" | "invalid value" => FaultKind::UnicodeEscape,
            "carriage return must be followed by newline" => FaultKind::CarriageReturn,
            _ => match there {
                Some('\r') => FaultKind::CarriageReturn,
                Some(c) if c.is_control() && c != '\n' => FaultKind::ControlCharacter(c),
                _ => FaultKind::Escape,
            },
        };
        Fault::new(kind, span)
    }
}

/// The first character that only looks like one TOML knows.
fn first_foreign(text: &str) -> Option<(usize, FaultKind)> {
    text.char_indices().find_map(|(at, c)| Some((at, foreign(c)?)))
}

fn narrow(span: Span, text: &str, at: usize) -> Span {
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    Span::new(span.start + at, span.start + at + length)
}

/// The reference that a text begins with, if it is the whole value.
fn reference(text: &str) -> Option<&str> {
    REFERENCES.iter().find(|opening| text.starts_with(**opening))?;
    let (reference, rest) = text.split_at(text.find('}')? + 1);
    let rest = rest.trim_start();
    (rest.is_empty() || rest.starts_with(['#', ',', ']', '}'])).then_some(reference)
}

/// Whether an equals sign follows the text, so that its last word is the next key.
fn is_assigned(ahead: &str, text: &str) -> bool {
    ahead.get(text.len()..).is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// `5m`, `1.5 h`, `10%`, `5 minutes`
fn has_unit(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    let digits = number.len() - unit.len();
    let fraction = unit.strip_prefix('.').map(|rest| rest.trim_start_matches(is_digit));
    let unit = fraction.unwrap_or(unit).trim_start();
    digits > 0
        && !unit.is_empty()
        && unit.len() <= UNIT_LENGTH
        && (unit == "%" || unit.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Whether a word without quotes is a value by itself.
fn is_value(word: &str) -> bool {
    let span = Span::new(0, word.len());
    !word.is_empty() && scalar_error(raw(word, span, Quote::Bare)).is_none()
}

/// Whether a text can only be meant for one number: two dots make an address or a version.
fn is_numeric(text: &str) -> bool {
    text.contains(is_digit)
        && text.matches('.').count() < 2
        && text.chars().all(|c| c.is_ascii_hexdigit() || "xXoO_.+-".contains(c))
        && text.starts_with(|c: char| is_digit(c) || "+-._".contains(c))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A drive letter or a server name before a backslash.
fn is_windows_path(text: &str) -> bool {
    let mut characters = text.chars();
    let drive = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.as_str().starts_with(":\\");
    let server = text.strip_prefix("\\\\").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.contains('\\')
    });
    drive || server
}

/// Whether the closing quotes are missing: the last ones may be the opening or an escaped one.
fn is_unclosed(text: &str, quotes: usize, escapes: bool) -> bool {
    let Some(opening) = text.get(..quotes) else { return true };
    let inside = text.get(quotes..).and_then(|rest| rest.strip_suffix(opening));
    let Some(inside) = inside else { return true };
    let backslashes = inside.len() - inside.trim_end_matches('\\').len();
    escapes && backslashes % 2 == 1
}
