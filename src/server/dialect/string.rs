//! A string or key as written -> what in it the server's parser refuses.

use super::{Construct, ConstructKind, ItemType};
use crate::source::Span;
use crate::toml::Quote;

/// Adds the constructs in a string or a key, and returns the type of the item.
pub(super) fn check(text: &str, span: Span, quote: Quote, found: &mut Vec<Construct>) -> ItemType {
    let (delimiter, touching) = match quote {
        Quote::Basic => (1, None),
        Quote::MultilineBasic => (3, Some((b'"', ConstructKind::TouchingQuote))),
        Quote::MultilineLiteral => (3, Some((b'\'', ConstructKind::TouchingApostrophe))),
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
fn escapes_and_tabs(bytes: &[u8], span: Span, content: Span, found: &mut Vec<Construct>) -> usize {
    let (mut tabs, mut indents) = (Vec::new(), Vec::new());
    let (mut escapes_e, mut escapes_x) = (Vec::new(), Vec::new());
    let (mut at, mut settled) = (content.start, content.start);
    while let Some(next) = bytes[at..content.end].iter().position(|b| matches!(b, b'\t' | b'\\')) {
        at += next;
        if bytes[at] == b'\t' {
            let run = run_of(bytes, at, b"\t");
            tabs.push(run);
            at = run.end;
            continue;
        }
        match bytes[at + 1] {
            b'e' => escapes_e.push(Span::new(at, at + 2)),
            b'x' => escapes_x.push(Span::new(at, at + 2)),
            _ => {}
        }
        at = match bytes[at + 1] {
            b' ' | b'\t' | b'\r' | b'\n' => continued_line(bytes, at + 1, &mut indents),
            _ => at + 2,
        };
        settled = at;
    }
    for (kind, places) in [
        (ConstructKind::Tab, tabs),
        (ConstructKind::IndentTab, indents),
        (ConstructKind::EscapeE, escapes_e),
        (ConstructKind::EscapeX, escapes_x),
    ] {
        if !places.is_empty() {
            found.push(Construct { kind, span, places });
        }
    }
    settled
}

/// Adds the TABs between a backslash at a line end and the text it continues with, and returns
/// where that is. The server skips blanks up to the line end, but not those below.
fn continued_line(bytes: &[u8], start: usize, indents: &mut Vec<Span>) -> usize {
    let mut at = run_of(bytes, start, b" \t").end;
    let end = run_of(bytes, at, b" \t\r\n").end;
    while let Some(next) = bytes[at..end].iter().position(|byte| *byte == b'\t') {
        let run = run_of(bytes, at + next, b"\t");
        indents.push(run);
        at = run.end;
    }
    end
}

fn run_of(bytes: &[u8], start: usize, of: &[u8]) -> Span {
    let length = bytes[start..].iter().take_while(|byte| of.contains(byte)).count();
    Span::new(start, start + length)
}
