//! TOML text -> tables and entries with the exact place of every key and value.
//!
//! `toml_edit` decides whether a text is TOML. The entries are read from the event stream of
//! `toml_parser`, its lower half: the tree of `toml_edit` keeps one span for a parent key that stands
//! in several headers, loses every comma and comment, and is not there when the text is refused.

mod mistakes;
mod read;
mod token;
mod tree;
mod write;

pub use mistakes::{Fault, Mistake};
pub(crate) use read::leading_keys;
pub(crate) use token::bare_scalar;
pub use token::{Quote, Token, TokenKind};
pub use tree::{Node, SettingEntry, Tree, Write};
pub use write::{dotted, is_bare, named, quoted_key, quoted_string};

use std::borrow::Cow;

use crate::source::{Source, Span};

/// How deep arrays and inline tables may nest; `toml_edit` has the same limit.
const DEPTH_LIMIT: u32 = 80;

/// A text read as TOML.
#[derive(Debug)]
pub struct Document<'s> {
    source: &'s Source,
    tokens: Vec<Token>,
    tables: Vec<Table<'s>>,
    faults: Vec<Fault>,
}

/// A table as written: its header and the entries below it. The first has no header.
#[derive(Debug)]
pub struct Table<'s> {
    /// `[a.b]` or `[[a.b]]`; `None` for what is above the first header.
    pub header: Option<Header<'s>>,
    /// The `key = value` lines below it.
    pub entries: Vec<Entry<'s>>,
}

/// A table header.
#[derive(Debug)]
pub struct Header<'s> {
    /// The parts of the dotted name.
    pub keys: Vec<Key<'s>>,
    /// From the opening bracket to the closing one.
    pub span: Span,
    /// Whether it is `[[..]]`.
    pub array: bool,
}

/// One part of a key.
#[derive(Debug, Clone)]
pub struct Key<'s> {
    /// What it says, without quotes and escapes.
    pub name: Cow<'s, str>,
    /// Where it is, quotes included.
    pub span: Span,
    /// How it is quoted.
    pub quote: Quote,
}

/// A `key = value` as written.
#[derive(Debug)]
pub struct Entry<'s> {
    /// The parts of the dotted key; at least one.
    pub keys: Vec<Key<'s>>,
    /// The value.
    pub value: Value<'s>,
    /// Where the value stands.
    pub value_span: Span,
}

/// An item of an array.
#[derive(Debug)]
pub struct Element<'s> {
    /// The value.
    pub value: Value<'s>,
    /// Where it is.
    pub span: Span,
}

/// A value as TOML has it.
#[derive(Debug)]
pub enum Value<'s> {
    /// A string that says what it says.
    String(Cow<'s, str>),
    /// A string that holds `$env{..}`, `$sys{..}`, `$ref{..}` or `$secret{..}`, whose text is
    /// therefore not known from the string alone.
    Placeholder(Cow<'s, str>),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time or both, as written.
    Datetime(&'s str),
    /// `[..]`
    Array(Vec<Element<'s>>),
    /// `{..}`
    Table(Vec<Entry<'s>>),
}

impl Value<'_> {
    /// Whether it can hold a text of the author's, unlike a boolean or a number.
    pub fn may_hold_text(&self) -> bool {
        !matches!(self, Self::Boolean(_) | Self::Integer(_) | Self::Float(_))
    }
}

/// The openings of the references that the server resolves.
pub const REFERENCES: [&str; 4] = ["$env{", "$sys{", "$ref{", "$secret{"];

impl<'s> Document<'s> {
    /// Reads a text. One that is not TOML becomes a document with [`faults`](Self::faults) and
    /// without tables.
    pub fn parse(source: &'s Source) -> Self {
        let text = source.text();
        let refusal = toml_edit::Document::parse(text).err();
        let (tokens, complaints) = token::tokenize(text);
        let tables = read::tables(text, &tokens);
        let mut document = Self { source, tokens, tables, faults: Vec::new() };
        if let Some(error) = refusal {
            document.faults = mistakes::faults(&document, &error, complaints);
            // What a text says that is not TOML is a guess.
            document.tables.clear();
        }
        document
    }

    /// The text it was read from.
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// Every token, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tables in the order of the file; the first stands above every header.
    pub fn tables(&self) -> &[Table<'s>] {
        &self.tables
    }

    /// Whether the text is TOML.
    pub fn is_toml(&self) -> bool {
        self.faults.is_empty()
    }

    /// Why the text is not TOML; empty when it is.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl Table<'_> {
    /// From the header to the end of the last value; empty for a bare top of the file.
    pub fn span(&self) -> Span {
        let header = self.header.as_ref().map(|header| header.span);
        let first = self.entries.first().map(Entry::span);
        let last = self.entries.last().map(Entry::span);
        [header, first, last].into_iter().flatten().reduce(Span::to).unwrap_or_default()
    }
}

impl Entry<'_> {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        self.keys.first().map_or(self.value_span, |key| key.span.to(self.value_span))
    }

    /// The whole dotted key.
    pub fn key_span(&self) -> Span {
        self.keys.iter().map(|key| key.span).reduce(Span::to).unwrap_or_default()
    }
}
