//! TOML text -> tables and entries with the exact place of every key and value.
//!
//! `toml_edit` decides whether the text is TOML. The entries are read from the event stream of
//! `toml_parser`, its own lower half: `toml_edit`'s tree keeps one span for a parent key that
//! stands in several headers, loses every comma and comment, and ends at the first fault.

mod fault;

pub use fault::{Fault, FaultKind};

use std::borrow::Cow;

use toml_parser::Raw;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

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

/// A piece of the text that means something to TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
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

/// A table as written: its header and the entries below it. The first has no header.
#[derive(Debug)]
pub struct Table<'s> {
    /// `[a.b]` or `[[a.b]]`; `None` for what stands above the first header.
    pub header: Option<Header<'s>>,
    /// The `key = value` lines below it.
    pub entries: Vec<Entry<'s>>,
    /// Whether the values end up inside an element of a `[[..]]` array.
    pub in_array: bool,
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
    /// Where it stands, quotes included.
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
    /// Where it stands.
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

/// The openings of the references that the server resolves.
pub const REFERENCES: [&str; 4] = ["$env{", "$sys{", "$ref{", "$secret{"];

impl<'s> Document<'s> {
    /// Reads a text. One that is not TOML becomes a document with [`faults`](Self::faults),
    /// whose tables hold what could be recovered.
    pub fn parse(source: &'s Source) -> Self {
        let text = source.text();
        let (tokens, complaints) = tokenize(text);
        let tables = Reader { text, tokens: &tokens, next: 0 }.tables();
        let mut document = Self { source, tokens, tables, faults: Vec::new() };
        // `toml_edit` takes quadratic time over many tables that are there twice.
        let verdict = match fault::is_beyond_doubt(&document) {
            true => Err(None),
            false => toml_edit::Document::parse(text).map_err(Some),
        };
        match verdict {
            Ok(_) => mark_arrays(&mut document.tables),
            Err(error) => document.faults = fault::faults(&document, error.as_ref(), &complaints),
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

    /// Why the text is not TOML; empty when it is.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Calls back with every entry, those of inline tables behind the entry that holds them.
    pub fn visit<'d>(&'d self, mut visit: impl FnMut(&Visit<'d, 's>)) {
        for table in &self.tables {
            let mut path: Vec<&Key> = Vec::new();
            if let Some(header) = &table.header {
                path.extend(&header.keys);
            }
            let mut at = Visit { path, entry: None, holder: None, table };
            at.walk(&table.entries, &mut visit);
        }
    }
}

/// What [`Document::visit`] shows at each entry.
#[derive(Debug)]
pub struct Visit<'d, 's> {
    /// Every part of the full key, those of the header first.
    pub path: Vec<&'d Key<'s>>,
    entry: Option<&'d Entry<'s>>,
    /// The entry whose inline table holds this one.
    pub holder: Option<&'d Entry<'s>>,
    /// The table it stands below.
    pub table: &'d Table<'s>,
}

impl<'d, 's> Visit<'d, 's> {
    /// The entry itself.
    ///
    /// # Panics
    /// Never: a visit is only handed out at an entry.
    #[expect(clippy::expect_used, reason = "the walk below sets it before every call")]
    pub fn entry(&self) -> &'d Entry<'s> {
        self.entry.expect("a visit is at an entry")
    }

    fn walk(&mut self, entries: &'d [Entry<'s>], visit: &mut impl FnMut(&Self)) {
        let holder = self.entry;
        for entry in entries {
            let depth = self.path.len();
            self.path.extend(&entry.keys);
            self.holder = holder;
            self.entry = Some(entry);
            visit(self);
            if let Value::Table(inner) = &entry.value {
                self.walk(inner, visit);
            }
            self.path.truncate(depth);
        }
        self.entry = holder;
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

/// A dotted path in TOML's own quoting.
pub fn dotted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut result = String::new();
    for name in names {
        if !result.is_empty() {
            result.push('.');
        }
        result.push_str(&quoted_key(name));
    }
    result
}

/// A key part as TOML writes it: bare where it can be.
pub fn quoted_key(name: &str) -> Cow<'_, str> {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(quoted_string(name))
}

/// A string as TOML 0.5 and later read it, in double quotes.
pub fn quoted_string(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c.is_control() => result.push_str(&format!("\\u{:04X}", c as u32)),
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

/// The tokens of a text, and what `toml_parser` holds against their order.
fn tokenize(text: &str) -> (Vec<Token>, Vec<toml_parser::ParseError>) {
    let lexed = toml_parser::Source::new(text).lex().into_vec();
    let mut tokens = Vec::with_capacity(lexed.len());
    let mut complaints = Vec::new();
    let mut receiver = |event: Event| tokens.push(Token::from(event));
    let mut guarded = RecursionGuard::new(&mut receiver, DEPTH_LIMIT);
    parse_document(&lexed, &mut guarded, &mut complaints);
    (tokens, complaints)
}

/// The keys that a line, looked at by itself, begins with, and whether they are a table header.
pub(crate) fn leading_keys(line: &str) -> (Vec<Key<'_>>, bool) {
    let (tokens, _) = tokenize(line);
    let is_key = |token: &Token| token.kind != TokenKind::Whitespace;
    let next = tokens.iter().position(is_key).unwrap_or_default();
    let mut reader = Reader { text: line, tokens: &tokens, next };
    match tokens.get(next).map(|token| token.kind) {
        Some(TokenKind::TableOpen | TokenKind::ArrayTableOpen) => (reader.header().keys, true),
        _ => (reader.keys(), false),
    }
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

fn raw<'s>(text: &'s str, span: Span, quote: Quote) -> Raw<'s> {
    let slice = text.get(span.range()).unwrap_or_default();
    let span = toml_parser::Span::new_unchecked(span.start, span.end);
    Raw::new_unchecked(slice, quote.encoding(), span)
}

/// Tokens -> tables. Leaves out what it cannot make sense of, so that a broken file still has
/// an outline.
struct Reader<'s, 't> {
    text: &'s str,
    tokens: &'t [Token],
    next: usize,
}

impl<'s> Reader<'s, '_> {
    fn tables(&mut self) -> Vec<Table<'s>> {
        let mut current = Table { header: None, entries: Vec::new(), in_array: false };
        let mut tables = Vec::new();
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::TableOpen | TokenKind::ArrayTableOpen => {
                    let header = self.header();
                    let next = Table { header: Some(header), entries: Vec::new(), in_array: false };
                    tables.push(std::mem::replace(&mut current, next));
                }
                TokenKind::Key(_) => current.entries.extend(self.entry()),
                _ => self.next += 1,
            }
        }
        tables.push(current);
        tables
    }

    fn header(&mut self) -> Header<'s> {
        let open = self.tokens[self.next];
        self.next += 1;
        let keys = self.keys();
        let mut span = keys.iter().map(|key| key.span).fold(open.span, Span::to);
        if let Some(close) = self.tokens.get(self.next)
            && matches!(close.kind, TokenKind::TableClose | TokenKind::ArrayTableClose)
        {
            span = span.to(close.span);
            self.next += 1;
        }
        Header { keys, span, array: open.kind == TokenKind::ArrayTableOpen }
    }

    fn keys(&mut self) -> Vec<Key<'s>> {
        let mut keys = Vec::with_capacity(1);
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::Key(quote) => {
                    let mut name = Cow::Borrowed("");
                    raw(self.text, token.span, quote).decode_key(&mut name, &mut ());
                    keys.push(Key { name, span: token.span, quote });
                }
                TokenKind::Dot | TokenKind::Whitespace => {}
                _ => break,
            }
            self.next += 1;
        }
        keys
    }

    fn entry(&mut self) -> Option<Entry<'s>> {
        let keys = self.keys();
        self.skip_blanks();
        if self.tokens.get(self.next)?.kind != TokenKind::Equals {
            return None;
        }
        self.next += 1;
        self.skip_blanks();
        let Element { value, span } = self.value()?;
        Some(Entry { keys, value, value_span: span })
    }

    /// Inside of braces, lines may end on either side of the equals sign.
    fn skip_blanks(&mut self) {
        use TokenKind::{Comment, Newline, Whitespace};
        let is_blank = |token: &&Token| matches!(token.kind, Whitespace | Newline | Comment);
        self.next += self.tokens[self.next..].iter().take_while(is_blank).count();
    }

    fn value(&mut self) -> Option<Element<'s>> {
        let token = *self.tokens.get(self.next)?;
        let value = match token.kind {
            TokenKind::Scalar(quote) => scalar(self.text, token.span, quote),
            TokenKind::ArrayOpen => return Some(self.array()),
            TokenKind::InlineTableOpen => return Some(self.inline_table()),
            _ => return None,
        };
        self.next += 1;
        Some(Element { value, span: token.span })
    }

    fn array(&mut self) -> Element<'s> {
        let open = self.tokens[self.next].span;
        self.next += 1;
        let mut elements = Vec::new();
        let mut span = open;
        while let Some(token) = self.tokens.get(self.next) {
            if token.kind == TokenKind::ArrayClose {
                span = open.to(token.span);
                self.next += 1;
                break;
            }
            match self.value() {
                Some(element) => elements.push(element),
                None => self.next += 1,
            }
        }
        Element { value: Value::Array(elements), span }
    }

    fn inline_table(&mut self) -> Element<'s> {
        let open = self.tokens[self.next].span;
        self.next += 1;
        let mut entries = Vec::new();
        let mut span = open;
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::InlineTableClose => {
                    span = open.to(token.span);
                    self.next += 1;
                    break;
                }
                TokenKind::Key(_) => entries.extend(self.entry()),
                _ => self.next += 1,
            }
        }
        Element { value: Value::Table(entries), span }
    }
}

fn scalar<'s>(text: &'s str, span: Span, quote: Quote) -> Value<'s> {
    let mut decoded = Cow::Borrowed("");
    match raw(text, span, quote).decode_scalar(&mut decoded, &mut ()) {
        ScalarKind::String if has_reference(&decoded) => Value::Placeholder(decoded),
        ScalarKind::String => Value::String(decoded),
        ScalarKind::Boolean(value) => Value::Boolean(value),
        ScalarKind::DateTime => Value::Datetime(&text[span.range()]),
        ScalarKind::Float => Value::Float(decoded.parse().unwrap_or(f64::NAN)),
        ScalarKind::Integer(radix) => {
            Value::Integer(i64::from_str_radix(&decoded, radix.value()).unwrap_or(i64::MAX))
        }
    }
}

fn has_reference(text: &str) -> bool {
    text.contains('$')
        && REFERENCES
            .iter()
            .any(|open| text.split_once(open).is_some_and(|(_, rest)| rest.contains('}')))
}

/// Tells which tables belong to an element of a `[[..]]` array.
fn mark_arrays(tables: &mut [Table<'_>]) {
    let is_array = |table: &Table<'_>| table.header.as_ref().is_some_and(|header| header.array);
    if !tables.iter().any(is_array) {
        return;
    }
    let mut arrays = std::collections::HashSet::new();
    for table in tables {
        let Some(header) = &table.header else { continue };
        let names: Vec<_> = header.keys.iter().map(|key| key.name.clone()).collect();
        if header.array {
            arrays.insert(names.clone());
        }
        table.in_array = (1..=names.len()).any(|length| arrays.contains(&names[..length]));
    }
}
