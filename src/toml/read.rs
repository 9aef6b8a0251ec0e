//! Tokens -> tables and entries.

use std::iter;

use crate::source::Span;
use crate::toml::token::{self, Token, TokenKind, tokenize};
use crate::toml::{Element, Entry, Header, Key, Table, Value};

/// The tables that tokens make up. What makes no sense is left out.
pub(super) fn tables<'s>(text: &'s str, tokens: &[Token]) -> Vec<Table<'s>> {
    Reader { text, tokens, next: 0 }.tables()
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

struct Reader<'s, 't> {
    text: &'s str,
    tokens: &'t [Token],
    next: usize,
}

impl<'s> Reader<'s, '_> {
    fn tables(&mut self) -> Vec<Table<'s>> {
        let mut current = Table { header: None, entries: Vec::new() };
        let mut tables = Vec::new();
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::TableOpen | TokenKind::ArrayTableOpen => {
                    let header = self.header();
                    let next = Table { header: Some(header), entries: Vec::new() };
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
        iter::from_fn(|| self.key()).collect()
    }

    /// The next part of a dotted key, and the blanks and dots around it.
    fn key(&mut self) -> Option<Key<'s>> {
        let mut key = None;
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                TokenKind::Key(quote) if key.is_none() => {
                    let name = token::key(self.text, token.span, quote);
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
            TokenKind::Scalar(quote) => token::scalar(self.text, token.span, quote),
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
