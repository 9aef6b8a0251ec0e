//! A string or key as written -> what in it the server's parser refuses.

use super::{Construct, ItemType, Kind};
use crate::document::Quote;
use crate::source::Span;

/// Adds what a string or a key holds of it, and says what type of item it is.
pub(super) fn check(text: &str, span: Span, quote: Quote, found: &mut Vec<Construct>) -> ItemType {
    let (delimiter, touching) = match quote {
        Quote::Basic => (1, None),
        Quote::MultilineBasic => (3, Some((b'"', Kind::TouchingQuote))),
        Quote::MultilineLiteral => (3, Some((b'\'', Kind::TouchingApostrophe))),
        Quote::Literal | Quote::Bare => return ItemType::String,
    };
    let bytes = text.as_bytes();
    let (start, end) = (span.start + delimiter, span.end.saturating_sub(delimiter));
    let settled = match quote {
        Quote::MultilineLiteral => start,
        _ => escapes_and_tabs(bytes, span, Span::new(start, end), found),
    };
    if let Some((mark, kind)) = touching {
        let quotes = bytes[settled..end].iter().rev().take_while(|byte| **byte == mark).count();
        if quotes > 0 {
            found.push(Construct { kind, span, places: vec![Span::new(end - quotes, end)] });
        }
    }
    ItemType::String
}

/// Adds the TABs and the escapes, and returns where the last escape ends.
fn escapes_and_tabs(
    bytes: &[u8],
    span: Span,
    content: Span,
    found: &mut Vec<Construct>,
) -> usize {
    let (mut tabs, mut escapes_e, mut escapes_x) = (Vec::new(), Vec::new(), Vec::new());
    let (mut at, mut settled) = (content.start, content.start);
    while let Some(next) = bytes[at..content.end].iter().position(|b| matches!(b, b'\t' | b'\\')) {
        at += next;
        if bytes[at] == b'\t' {
            let run = run_of(bytes, at, |byte| byte == b'\t');
            tabs.push(run);
            at = run.end;
            continue;
        }
        match bytes[at + 1] {
            b'e' => escapes_e.push(Span::new(at, at + 2)),
            b'x' => escapes_x.push(Span::new(at, at + 2)),
            _ => {}
        }
        // Blanks between a backslash and the line end are skipped by the server too.
        at = match bytes[at + 1] {
            b' ' | b'\t' => run_of(bytes, at + 1, |byte| matches!(byte, b' ' | b'\t')).end,
            _ => at + 2,
        };
        settled = at;
    }
    for (kind, places) in
        [(Kind::Tab, tabs), (Kind::EscapeE, escapes_e), (Kind::EscapeX, escapes_x)]
    {
        if !places.is_empty() {
            found.push(Construct { kind, span, places });
        }
    }
    settled
}

fn run_of(bytes: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> Span {
    let length = bytes[start..].iter().take_while(|byte| belongs(**byte)).count();
    Span::new(start, start + length)
}
