//! A text -> the same text without what the server's parser lets pass, of equal length, so that
//! the mistakes behind it can be told; and what that was.

use toml_parser::lexer::TokenKind;

use super::place::{Cause, What};
use crate::source::Span;

/// Blanks the control characters of comments, which for the server end at a line feed only, and
/// turns escaped halves of characters into characters of the private use area.
pub(super) fn masked(text: &str) -> (String, Vec<Cause>) {
    let mut masked = String::with_capacity(text.len());
    let mut passed = Vec::new();
    while let Some(token) = toml_parser::Source::new(&text[masked.len()..]).lex().next() {
        let start = masked.len();
        let rest = &text[start..];
        match token.kind() {
            TokenKind::Eof => break,
            TokenKind::Comment => {
                let line = rest.split_inclusive('\n').next().unwrap_or_default();
                // The carriage return of a line end is no part of the comment.
                let comment = line.strip_suffix("\r\n").unwrap_or(line).trim_end_matches('\n');
                passed.extend(in_comment(comment, start));
                masked.extend(comment.chars().map(|c| if is_control(c) { ' ' } else { c }));
            }
            kind => {
                let token = &rest[..token.span().end()];
                let escapes = match kind {
                    TokenKind::BasicString | TokenKind::MlBasicString => surrogates(token),
                    _ => Vec::new(),
                };
                let first = escapes.first();
                passed.extend(first.map(|escape| {
                    let span = Span::new(start + escape.start, start + escape.end);
                    Cause::new(What::Surrogate, span)
                }));
                for Span { end, .. } in escapes {
                    let digits = start + end - 4;
                    masked.push_str(&text[masked.len()..digits]);
                    let half = u32::from_str_radix(&text[digits..digits + 4], 16);
                    masked.push_str(&format!("{:04X}", half.unwrap_or_default() + 0x800));
                }
                masked.push_str(&text[masked.len()..start + token.len()]);
            }
        }
    }
    (masked, passed)
}

fn in_comment(comment: &str, start: usize) -> Option<Cause> {
    let c = comment.chars().find(|c| is_control(*c))?;
    let what = if c == '\r' { What::CommentReturn } else { What::CommentControl };
    // A control character may look like nothing: the whole comment is pointed at.
    let span = Span::new(start, start + comment.trim_end().len());
    Some(Cause { error: format!("{:04X}", u32::from(c)), ..Cause::new(what, span) })
}

/// What a comment of TOML cannot hold; it may hold the controls beyond ASCII.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// The escapes in a string that name a half of a character.
fn surrogates(string: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = string[at..].find('\\').map(|backslash| at + backslash) {
        let length = match string.as_bytes().get(start + 1) {
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let digits = string.get(start + 2..start + 2 + length).unwrap_or_default();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex);
        if value.is_some_and(|value| (0xd800..0xe000).contains(&value)) {
            found.push(Span::new(start, start + 2 + length));
        }
        // Behind the backslash and the character it escapes.
        at = start + 1 + string[start + 1..].chars().next().map_or(0, char::len_utf8);
    }
    found
}
