//! Text and a number of columns -> lines that fit.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks a text at its blanks, so that no line is wider than this unless a single word is. The
/// first line begins behind so many columns.
pub(super) fn wrap(text: &str, taken: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = taken;
    for word in words(text) {
        let wide = columns(word);
        let blank = usize::from(!line.is_empty());
        if used > 0 && used + blank + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    lines.push(line);
    lines
}

/// The words of a text; `key = value` is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut blanks = text.match_indices(' ').map(|(at, _)| at);
        let end = blanks.find(|at| !text[*at..].starts_with(" = ") && !text[..*at].ends_with(" ="));
        rest = end.map(|at| &text[at + 1..]);
        Some(&text[..end.unwrap_or(text.len())])
    })
}

/// The bytes of a text within a range of columns. A wide character across the edge is left out.
pub(super) fn between(text: &str, first: usize, end: usize) -> std::ops::Range<usize> {
    let mut column = 0;
    let mut range = text.len()..text.len();
    for (at, c) in text.char_indices() {
        let next = column + c.width().unwrap_or(0);
        if column >= first && range.start == text.len() {
            range.start = at;
        }
        if next > end {
            range.end = at;
            break;
        }
        column = next;
    }
    range.start.min(range.end)..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_by_columns() {
        assert_eq!(wrap("one two three", 4, 9), ["one", "two three"]);
        assert_eq!(wrap("\u{4f60}\u{597d} \u{4f60} x", 0, 6), ["\u{4f60}\u{597d}", "\u{4f60} x"]);
        assert_eq!(wrap("toolongword a", 0, 5), ["toolongword", "a"]);
        assert_eq!(wrap("long", 4, 6), ["", "long"]);
        assert_eq!(wrap("", 0, 5), [""]);
        assert_eq!(wrap("a  b", 0, 9), ["a  b"]);
        assert_eq!(wrap("set X = true here", 0, 9), ["set", "X = true", "here"]);
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(between("abcdef", 2, 4), 2..4);
        assert_eq!(between("abc", 0, 9), 0..3);
        assert_eq!(between("\u{4f60}\u{597d}a", 1, 4), 3..6);
        assert_eq!(between("\u{4f60}\u{597d}a", 0, 3), 0..3);
        assert_eq!(between("abc", 7, 9), 3..3);
        assert_eq!(between("", 0, 9), 0..0);
    }
}
