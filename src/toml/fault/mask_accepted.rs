//! A text -> the same text without what the server's parser lets pass, of equal length, so that
//! the faults behind it can be told.

use toml_parser::lexer::TokenKind;

use super::{Fault, FaultKind};
use crate::source::Span;

/// A text masked of what the server accepts.
pub(super) struct Masked {
    /// The text, as long as it was.
    pub(super) text: String,
    /// What was masked, in the order of the file by kind.
    pub(super) faults: Vec<Fault>,
}

/// Masks a text, if there is anything to heal.
pub(super) fn mask_accepted(text: &str) -> Option<Masked> {
    let comments = mask_comments(text);
    let strings = mask_surrogates(&comments.text);
    let masked = Masked { text: strings.text, faults: [comments.faults, strings.faults].concat() };
    (!masked.faults.is_empty()).then_some(masked)
}

/// Blanks the control characters of comments, which for the server end at a line feed only.
fn mask_comments(text: &str) -> Masked {
    let mut masked = Masked { text: String::with_capacity(text.len()), faults: Vec::new() };
    let mut rest = text;
    while let Some(start) = next_comment(rest) {
        let length = rest[start..].find('\n').unwrap_or(rest.len() - start);
        let (before, comment) = rest[..start + length].split_at(start);
        // The carriage return of a line end is no part of the comment.
        let ends_line = start + length < rest.len() && comment.ends_with('\r');
        let comment = &comment[..comment.len() - usize::from(ends_line)];
        let offset = text.len() - rest.len() + start;
        masked.faults.extend(comment_fault(comment, offset));
        masked.text.push_str(before);
        masked.text.extend(comment.chars().map(|c| if is_control(c) { ' ' } else { c }));
        rest = &rest[start + comment.len()..];
    }
    masked.text.push_str(rest);
    masked
}

fn next_comment(text: &str) -> Option<usize> {
    let mut tokens = toml_parser::Source::new(text).lex();
    let comment = tokens.find(|token| token.kind() == TokenKind::Comment)?;
    Some(comment.span().start())
}

fn comment_fault(comment: &str, offset: usize) -> Option<Fault> {
    let (at, c) = comment.char_indices().find(|(_, c)| is_control(*c))?;
    let kind = match c {
        '\r' => FaultKind::CommentReturn,
        c => FaultKind::CommentControl(c),
    };
    // A control character may look like nothing: the whole comment is pointed at.
    let span = Span::new(offset, offset + comment.trim_end().len().max(at));
    Some(Fault::new(kind, span))
}

/// What a comment of TOML cannot hold; it may hold the controls beyond ASCII.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// Turns escaped halves of characters into characters of the private use area, one to one.
fn mask_surrogates(text: &str) -> Masked {
    let mut masked = Masked { text: String::with_capacity(text.len()), faults: Vec::new() };
    for token in toml_parser::Source::new(text).lex() {
        let span = Span::new(token.span().start(), token.span().end());
        if !matches!(token.kind(), TokenKind::BasicString | TokenKind::MlBasicString) {
            continue;
        }
        let mut first = None;
        for escape in surrogates(&text[span.range()]) {
            let digits = span.start + escape.end - 4;
            masked.text.push_str(&text[masked.text.len()..digits]);
            masked.text.push_str(&stand_in(&text[digits..digits + 4]));
            first.get_or_insert(Span::new(span.start + escape.start, span.start + escape.end));
        }
        masked.faults.extend(first.map(|span| Fault::new(FaultKind::Surrogate, span)));
    }
    masked.text.push_str(&text[masked.text.len()..]);
    masked
}

/// The escapes in a string that name a half of a character.
fn surrogates(string: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(backslash) = string[at..].find('\\') {
        let start = at + backslash;
        let length = match string.as_bytes().get(start + 1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let digits = string.get(start + 2..start + 2 + length).unwrap_or_default();
        let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex);
        if value.is_some_and(|value| (0xd800..0xe000).contains(&value)) {
            found.push(Span::new(start, start + 2 + length));
        }
        // Behind the backslash and the character it escapes.
        at = start + 1 + string[start + 1..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// `d800` -> `E000`, and so on.
fn stand_in(digits: &str) -> String {
    u32::from_str_radix(digits, 16)
        .map_or_else(|_| digits.to_owned(), |half| format!("{:04X}", half + 0x800))
}
