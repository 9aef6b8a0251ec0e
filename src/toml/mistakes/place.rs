//! What the parsers hold against a text -> the places that mistakes are looked for at.

use toml_edit::TomlError;
use toml_parser::ParseError;

use super::table::{has_unit, is_foreign};
use crate::fix::Edit;
use crate::source::{Source, Span};
use crate::toml::{Document, Quote, TokenKind};

/// Something that is held against a text.
#[derive(Debug)]
pub(super) struct Cause {
    pub(super) what: What,
    pub(super) span: Span,
    /// The other places involved.
    pub(super) also: Vec<Span>,
    /// What the parser says of it, and where.
    pub(super) error: String,
    pub(super) at: usize,
    pub(super) inside: Option<Inside>,
}

/// The kinds of [`Cause`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The order of the tokens.
    Order,
    /// A token that does not say what its kind should.
    Spelling(TokenKind),
    /// A key that is there twice.
    KeyTwice,
    /// A `[table]` that is there twice.
    TableTwice,
    /// A table that dotted keys make and a header names.
    DottedTable,
    /// One name for two different things: a value, a table, an array of tables.
    Clash,
    /// An inline table extended from outside.
    ExtendsInlineTable,
    /// A key of more parts than TOML readers take.
    TooDeep,
    /// A control character in a comment.
    CommentControl,
    /// A carriage return in a comment.
    CommentReturn,
    /// `\ud800`: half a character.
    Surrogate,
}

/// What a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Header,
    Array,
    InlineTable,
}

impl Cause {
    pub(super) fn new(what: What, span: Span) -> Self {
        Self { what, span, also: Vec::new(), error: String::new(), at: span.start, inside: None }
    }

    /// Whether it is known for certain, whatever else is on its line.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self.what, What::Order | What::Spelling(_))
    }
}

impl From<ParseError> for Cause {
    fn from(error: ParseError) -> Self {
        // Something unclosed begins at its bracket.
        let is_unclosed = matches!(error.description(), "unclosed array" | "unclosed inline table");
        let spans = [error.context().filter(|_| is_unclosed), error.unexpected(), error.context()];
        let span = spans.into_iter().flatten().next();
        let span = span.map(|span| Span::new(span.start(), span.end())).unwrap_or_default();
        Self { error: error.description().to_owned(), ..Self::new(What::Order, span) }
    }
}

impl From<&TomlError> for Cause {
    fn from(error: &TomlError) -> Self {
        let span = error.span().unwrap_or_default();
        let cause = Self::new(What::Order, Span::new(span.start, span.end));
        Self { error: error.message().to_owned(), ..cause }
    }
}

/// The tokens that do not say what their kind should, in the order of the file.
pub(super) fn misspelt(document: &Document<'_>) -> Vec<Cause> {
    let mut inside = Vec::new();
    let mut found = Vec::new();
    for token in &document.tokens {
        let text = document.source.slice(token.span);
        let error = match token.kind {
            TokenKind::Scalar(_) => text.parse::<toml_edit::Value>().err(),
            TokenKind::Key(_) => text.parse::<toml_edit::Key>().err(),
            TokenKind::Newline => toml_edit::Document::parse(text).err(),
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
        found.extend(error.map(|error| Cause {
            error: error.message().to_owned(),
            at: token.span.start + error.span().map_or(0, |span| span.start),
            inside: inside.last().copied(),
            ..Cause::new(What::Spelling(token.kind), token.span)
        }));
    }
    found
}

/// What a mistake was found to be.
#[derive(Debug)]
pub(super) struct FoundMistake {
    pub(super) span: Span,
    pub(super) also: Vec<Span>,
    pub(super) detail: String,
    pub(super) edits: Vec<Edit>,
}

impl FoundMistake {
    pub(super) fn at(span: Span) -> Self {
        Self { span, also: Vec::new(), detail: String::new(), edits: Vec::new() }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    pub(super) fn edit(self, span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit::replace(span, text)], ..self }
    }

    /// Puts a text in its own place.
    pub(super) fn rewritten(self, text: impl Into<String>) -> Self {
        let span = self.span;
        self.edit(span, text)
    }
}

/// A place that something is held against.
#[derive(Debug)]
pub(super) struct Place<'p> {
    pub(super) source: &'p Source,
    pub(super) cause: &'p Cause,
    pub(super) span: Span,
    /// The text of its span, and of its line without the blanks around it.
    pub(super) text: &'p str,
    pub(super) line: Span,
    pub(super) line_text: &'p str,
}

impl<'p> Place<'p> {
    pub(super) fn of(source: &'p Source, cause: &'p Cause) -> Self {
        let line = trimmed_line(source, source.line_of(cause.span.start));
        let (text, line_text) = (source.slice(cause.span), source.slice(line));
        Self { source, cause, span: cause.span, text, line, line_text }
    }

    /// From an offset to the end of the line.
    pub(super) fn rest(&self, start: usize) -> Span {
        Span::new(start, self.line.end.max(start))
    }

    /// The text behind an offset, up to the end of the line.
    pub(super) fn ahead(&self, start: usize) -> &'p str {
        self.source.slice(self.rest(start))
    }

    /// The text of the line before it.
    pub(super) fn before(&self) -> &'p str {
        self.source.slice(Span::new(self.line.start, self.span.start))
    }

    /// So many of its first bytes.
    pub(super) fn first(&self, length: usize) -> Span {
        Span::new(self.span.start, self.span.start + length)
    }

    pub(super) fn span_if(&self, is_there: bool) -> Option<FoundMistake> {
        is_there.then(|| FoundMistake::at(self.span))
    }

    pub(super) fn line_if(&self, is_there: bool) -> Option<FoundMistake> {
        is_there.then(|| FoundMistake::at(self.line))
    }

    pub(super) fn rest_if(&self, is_there: bool) -> Option<FoundMistake> {
        is_there.then(|| FoundMistake::at(self.rest(self.span.start)))
    }

    /// The character where the parser points, if it says one of these things.
    pub(super) fn here_if(&self, ways: &[&str]) -> Option<FoundMistake> {
        let rest = self.source.slice(self.order(ways)?);
        let length = rest.chars().next().map_or(0, char::len_utf8);
        Some(FoundMistake::at(self.first(length)))
    }

    /// What is known for certain.
    pub(super) fn known(&self, what: What) -> Option<FoundMistake> {
        let found = self.span_if(self.cause.what == what)?;
        Some(FoundMistake { also: self.cause.also.clone(), ..found })
    }

    /// The lines below its own, without the blanks around them.
    pub(super) fn lines_below(&self) -> impl Iterator<Item = Span> {
        let below = self.source.line_of(self.line.start) + 1..self.source.line_count();
        below.map(|index| trimmed_line(self.source, index))
    }

    /// Whether what surrounds it on its line has to do with it.
    pub(super) fn needs_line(&self) -> bool {
        !self.cause.is_known() && self.quoted().is_none()
    }

    /// Whether a mistake in its line cannot reach the lines below: nothing opens that could close
    /// there.
    pub(super) fn is_self_contained(&self) -> bool {
        let count = |bracket: char| self.line_text.matches(bracket).count();
        count('[') == count(']')
            && count('{') == count('}')
            && !["\"\"\"", "'''"].iter().any(|quotes| self.line_text.contains(quotes))
    }

    /// Where the parser points, up to the end of the line, if it says one of these things.
    pub(super) fn order(&self, ways: &[&str]) -> Option<Span> {
        let is_one = self.cause.what == What::Order && ways.contains(&self.cause.error.as_str());
        is_one.then(|| self.rest(self.span.start))
    }

    /// What follows a value or a header on its line.
    pub(super) fn behind(&self) -> Option<&'p str> {
        self.order(&["unexpected key or value"]).map(|span| self.source.slice(span))
    }

    /// A value without quotes; empty where it is missing.
    pub(super) fn value(&self) -> Option<&'p str> {
        let What::Spelling(TokenKind::Scalar(quote)) = self.cause.what else { return None };
        (quote == Quote::Bare || self.text.is_empty()).then_some(self.text)
    }

    /// A part of a key without quotes; empty where it is missing.
    pub(super) fn key(&self) -> Option<&'p str> {
        let is_key = self.cause.what == What::Spelling(TokenKind::Key(Quote::Bare));
        is_key.then_some(self.text)
    }

    /// Whether it is a key, and not the whole line.
    pub(super) fn is_key(&self) -> bool {
        matches!(self.cause.what, What::Spelling(TokenKind::Key(_))) && self.whole_line().is_none()
    }

    /// What its quotes are, if it is a text or a key in quotes.
    pub(super) fn quoted(&self) -> Option<&'static str> {
        let What::Spelling(TokenKind::Scalar(quote) | TokenKind::Key(quote)) = self.cause.what
        else {
            return None;
        };
        match quote {
            Quote::Bare => None,
            _ if self.text.is_empty() => None,
            Quote::Basic => Some("\""),
            Quote::Literal => Some("'"),
            Quote::MultilineBasic => Some("\"\"\""),
            Quote::MultilineLiteral => Some("'''"),
        }
    }

    /// Its quotes, if those that close it are missing: the last ones may be the opening ones or
    /// part of the text.
    pub(super) fn unclosed(&self) -> Option<&'static str> {
        let quotes = self.quoted()?;
        let inside = self.text.strip_prefix(quotes).and_then(|text| text.strip_suffix(quotes));
        let is_escaped = |text: &str| {
            let backslashes = text.len() - text.trim_end_matches('\\').len();
            quotes.starts_with('"') && backslashes % 2 == 1
        };
        inside.is_none_or(is_escaped).then_some(quotes)
    }

    /// Its line, where no part of it is a setting.
    pub(super) fn whole_line(&self) -> Option<&'p str> {
        let ways = ["invalid key-value pair", "key with no value", "missing value for key"];
        let is_line = match self.key() {
            Some(key) => {
                let behind = self.ahead(self.span.end).trim_start();
                let is_key = behind.starts_with(['=', '.']) && !key.ends_with(':');
                !key.is_empty() && !self.is_in_header() && !is_key
            }
            None => self.order(&ways).is_some(),
        };
        is_line.then_some(self.line_text)
    }

    pub(super) fn is_in_header(&self) -> bool {
        self.cause.inside == Some(Inside::Header)
    }

    /// What the parser says.
    pub(super) fn error(&self) -> &'p str {
        &self.cause.error
    }

    /// Whether it begins to say this of the spelling.
    pub(super) fn is_said(&self, words: &str) -> bool {
        self.cause.what != What::Order && self.error().starts_with(words)
    }

    /// The character that the parser does not take.
    pub(super) fn character(&self) -> Option<char> {
        self.text.get(self.cause.at - self.span.start..)?.chars().next()
    }

    /// What follows the first word of a value without quotes, where that is a value by itself or
    /// an equals sign follows the last.
    pub(super) fn more_than_a_value(&self) -> Option<Span> {
        let text = self.value()?;
        let (word, _) = text.split_once(' ')?;
        let is_assigned = self.ahead(self.span.end).trim_start().starts_with('=');
        let is_value = || word.parse::<toml_edit::Value>().is_ok() && !has_unit(text);
        let start = self.span.start + word.len() + 1;
        (is_assigned || is_value()).then(|| Span::new(start, self.line.end.max(self.span.end)))
    }

    /// The same for an item of an array or an inline table.
    pub(super) fn second_item(&self) -> Option<Span> {
        let is_item = matches!(self.cause.inside, Some(Inside::Array | Inside::InlineTable));
        self.more_than_a_value().filter(|_| is_item)
    }

    /// The first character that only looks like one of TOML's, or like none at all: outside of
    /// quotes, or where they should close.
    pub(super) fn foreign(&self) -> Option<(Span, char)> {
        let (start, text) = if self.value().or(self.key()).is_some() {
            (self.span.start, self.text)
        } else if self.unclosed().is_some() {
            let text = self.text.trim_end_matches('\r');
            let last = text.char_indices().next_back()?.0;
            (self.span.start + last, &text[last..])
        } else if let Some(behind) = self.behind() {
            (self.span.start, behind.get(..behind.chars().next()?.len_utf8())?)
        } else {
            (self.line.start, "")
        };
        let first = |start: usize, text: &str| {
            let (at, c) = text.char_indices().find(|(_, c)| is_foreign(*c))?;
            Some((Span::new(start + at, start + at + c.len_utf8()), c))
        };
        first(start, text).or_else(|| first(self.line.start, self.whole_line()?))
    }
}

/// A line by index without the blanks around it.
pub(super) fn trimmed_line(source: &Source, index: usize) -> Span {
    let whole = source.line_span(index);
    let text = source.slice(whole);
    let start = whole.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
