//! A token outside the section -> which of its bytes may be shown.

use crate::source::Span;
use crate::toml::{Quote, REFERENCES, Token, TokenKind, bare_scalar, is_bare};

/// A stretch of the source, and whether `***` stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) span: Span,
    pub(super) masked: bool,
}

impl Segment {
    pub(super) const fn shown(span: Span) -> Self {
        Self { span, masked: false }
    }

    pub(super) const fn masked(span: Span) -> Self {
        Self { span, masked: true }
    }
}

/// Adds the pieces of a token outside this section.
pub(super) fn token(text: &str, token: Token, window: Span, pieces: &mut Vec<Segment>) {
    let span = token.span;
    let slice = text.get(span.range()).unwrap_or_default();
    match token.kind {
        TokenKind::Comment => comment(text, span, pieces),
        TokenKind::Key(Quote::Bare) => pieces.push(Segment::shown(span)),
        TokenKind::Key(_) if could_be_bare(slice) => pieces.push(Segment::shown(span)),
        TokenKind::Key(quote) => quoted(text, span, quote, window, pieces, false),
        TokenKind::Scalar(Quote::Bare) if is_plain(slice) => pieces.push(Segment::shown(span)),
        TokenKind::Scalar(Quote::Bare) | TokenKind::Error => pieces.push(Segment::masked(span)),
        TokenKind::Scalar(quote) => quoted(text, span, quote, window, pieces, true),
        _ => pieces.push(Segment::shown(span)),
    }
}

/// Adds the pieces of a comment: the `#`, the blank behind it, and no more.
pub(super) fn comment(text: &str, span: Span, pieces: &mut Vec<Segment>) {
    let slice = text.get(span.range()).unwrap_or_default();
    let shown = if slice.starts_with("# ") { 2 } else { 1 };
    let content = span.start + shown.min(span.len());
    pieces.push(Segment::shown(Span::new(span.start, content)));
    pieces.push(Segment::masked(Span::new(content, span.end)));
}

/// Cuts pieces to a window and masks whatever lies between them; only a byte order mark, which is
/// no token, is shown.
pub(super) fn fill(pieces: Vec<Segment>, window: Span, text_start: usize) -> Vec<Segment> {
    let mut filled = Vec::with_capacity(pieces.len());
    let mut done = window.start;
    let gap = |from: usize, to: usize, filled: &mut Vec<Segment>| {
        if from < to {
            filled.push(Segment { span: Span::new(from, to), masked: to > text_start });
        }
    };
    for piece in pieces {
        let start = piece.span.start.max(window.start);
        let end = piece.span.end.min(window.end);
        // An empty mask counts: nothing shows that there was nothing to hide.
        if start > end || (start == end && !piece.masked) {
            continue;
        }
        gap(done, start, &mut filled);
        filled.push(Segment { span: Span::new(start, end), ..piece });
        done = end;
    }
    gap(done, window.end, &mut filled);
    filled
}

/// Adds the pieces of a quoted text: its quotes, and the references in it if they are wanted.
fn quoted(
    text: &str,
    span: Span,
    quote: Quote,
    window: Span,
    pieces: &mut Vec<Segment>,
    references: bool,
) {
    let width = match quote {
        Quote::MultilineBasic | Quote::MultilineLiteral => 3,
        _ => 1,
    };
    if span.len() < 2 * width {
        pieces.push(Segment::masked(span));
        return;
    }
    let content = Span::new(span.start + width, span.end - width);
    pieces.push(Segment::shown(Span::new(span.start, content.start)));
    let seen = Span::new(content.start.max(window.start), content.end.min(window.end));
    if seen.start <= seen.end {
        let found = if references { references_in(text, seen) } else { Vec::new() };
        around(seen, &found, pieces);
    }
    pieces.push(Segment::shown(Span::new(content.end, span.end)));
}

/// Masks everything around the references; at least one piece even where there is nothing.
fn around(content: Span, references: &[Span], pieces: &mut Vec<Segment>) {
    let mut done = content.start;
    for reference in references {
        if done < reference.start {
            pieces.push(Segment::masked(Span::new(done, reference.start)));
        }
        pieces.push(Segment::shown(*reference));
        done = reference.end;
    }
    if done < content.end || references.is_empty() {
        pieces.push(Segment::masked(Span::new(done, content.end)));
    }
}

/// The `$env{NAME}` and the like, if the name is nothing but a name.
fn references_in(text: &str, span: Span) -> Vec<Span> {
    let slice = text.get(span.range()).unwrap_or_default();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(dollar) = slice[next..].find('$').map(|at| next + at) {
        next = dollar + 1;
        if let Some(length) = reference_length(&slice[dollar..]) {
            next = dollar + length;
            found.push(Span::new(span.start + dollar, span.start + next));
        }
    }
    found
}

/// Whether a text is an `$env{NAME}` or the like, and its name nothing but a name.
pub(crate) fn is_reference(text: &str) -> bool {
    reference_length(text) == Some(text.len())
}

fn reference_length(text: &str) -> Option<usize> {
    let open = REFERENCES.iter().find(|open| text.starts_with(**open))?;
    let (name, _) = text[open.len()..].split_once('}')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '\'' | '"');
    name.chars().all(is_name).then_some(open.len() + name.len() + 1)
}

/// Whether a quoted key says nothing that a bare key could not say.
fn could_be_bare(quoted: &str) -> bool {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    is_bare(inner)
}

/// Whether a scalar without quotes is a boolean or a number, and no date.
fn is_plain(scalar: &str) -> bool {
    !bare_scalar(scalar).may_hold_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_numbers_from_dates_and_words() {
        for number in ["0", "-1", "+1_000", "0xDEAD_beef", "0b01", "1.5", "6.02e-23", "-inf", "nan"]
        {
            assert!(is_plain(number), "{number}");
        }
        for other in ["2020-01-02", "07:32:00", "2020-01-02T03:04:05Z", "abc", ""] {
            assert!(!is_plain(other), "{other}");
        }
    }

    #[test]
    fn a_reference_needs_a_plain_name() {
        let found = |text: &str| {
            let spans = references_in(text, Span::new(0, text.len()));
            spans.iter().map(|span| text[span.range()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("a$env{DB}b$ref{a.'b-c'.d}$"), ["$env{DB}", "$ref{a.'b-c'.d}"]);
        assert_eq!(found("$secret{x}$sys{y.z}"), ["$secret{x}", "$sys{y.z}"]);
        assert_eq!(found("$env{A B}$env{C"), Vec::<String>::new());
        assert_eq!(found("$env{A$env{B}"), ["$env{B}"]);
        assert_eq!(found("$ENV{A}${B}"), Vec::<String>::new());
    }
}
