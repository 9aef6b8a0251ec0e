//! Tokens -> tables and entries.

use std::collections::{HashMap, HashSet};
use std::iter;

use toml_parser::ParseError;

use crate::source::Span;
use crate::toml::token::{self, Token, TokenKind, tokenize};
use crate::toml::{Element, Entry, Header, Key, Keys, Table, Value};

/// The tables that tokens make up, and whether every token is spelt as TOML has it. What makes no
/// sense is left out, so that a broken file still has an broken_text.
pub(super) fn tables<'s>(text: &'s str, tokens: &[Token]) -> (Vec<Table<'s>>, bool) {
    let mut reader = Reader { text, tokens, next: 0, misread: None };
    let tables = reader.tables();
    let is_sound = reader.misread.is_none() && tokens.iter().all(|it| token::is_sound(text, *it));
    (tables, is_sound)
}

/// The keys that a line, looked at by itself, begins with, and whether they are a table header.
pub(crate) fn leading_keys(line: &str) -> (Vec<Key<'_>>, bool) {
    let (tokens, _) = tokenize(line);
    let is_key = |token: &Token| token.kind != TokenKind::Whitespace;
    let next = tokens.iter().position(is_key).unwrap_or_default();
    let mut reader = Reader { text: line, tokens: &tokens, next, misread: None };
    match tokens.get(next).map(|token| token.kind) {
        Some(TokenKind::TableOpen | TokenKind::ArrayTableOpen) => {
            (reader.header().keys.into_vec(), true)
        }
        _ => (reader.keys().into_vec(), false),
    }
}

/// Tells which tables belong to an element of a `[[..]]` array.
pub(super) fn mark_arrays(tables: &mut [Table<'_>]) {
    let is_array = |table: &Table<'_>| table.header.as_ref().is_some_and(|header| header.array);
    if !tables.iter().any(is_array) {
        return;
    }
    // Every path has a number, so that no beginning of a path is looked up whole.
    let mut numbers: HashMap<(usize, &str), usize> = HashMap::new();
    let mut arrays = HashSet::new();
    let mut inside = Vec::with_capacity(tables.len());
    for table in tables.iter() {
        let (mut path, mut is_inside) = (0, false);
        for key in table.header.iter().flat_map(|header| &header.keys) {
            let next = numbers.len() + 1;
            path = *numbers.entry((path, key.name.as_ref())).or_insert(next);
            is_inside |= arrays.contains(&path);
        }
        if is_array(table) {
            arrays.insert(path);
            is_inside = true;
        }
        inside.push(is_inside);
    }
    for (table, in_array) in iter::zip(tables, inside) {
        table.in_array = in_array;
    }
}

struct Reader<'s, 't> {
    text: &'s str,
    tokens: &'t [Token],
    next: usize,
    /// What is wrong with the spelling of a key or a scalar, if anything is.
    misread: Option<ParseError>,
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

    fn keys(&mut self) -> Keys<'s> {
        let Some(first) = self.key() else { return Keys::Many(Vec::new()) };
        let Some(second) = self.key() else { return Keys::One([first]) };
        let mut keys = vec![first, second];
        keys.extend(iter::from_fn(|| self.key()));
        Keys::Many(keys)
    }

    /// The next part of a dotted key, and the blanks and dots around it.
    fn key(&mut self) -> Option<Key<'s>> {
        let mut key = None;
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::Key(quote) if key.is_none() => {
                    let name = token::key(self.text, token.span, quote, &mut self.misread);
                    key = Some(Key { name, span: token.span, quote });
                }
                TokenKind::Dot | TokenKind::Whitespace => {}
                _ => break,
            }
            self.next += 1;
        }
        key
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
            TokenKind::Scalar(quote) => {
                token::scalar(self.text, token.span, quote, &mut self.misread)
            }
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
