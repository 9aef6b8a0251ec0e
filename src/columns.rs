//! Rows of cells -> lines of columns for people, broken at blanks.

use std::borrow::Cow;
use std::fmt::Write;
use std::iter::repeat_n;

use owo_colors::{OwoColorize, Style as Colors};
use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A table is no narrower than this, however narrow the terminal.
pub(crate) const NARROWEST: usize = 60;
/// A row is no wider than this, however wide the terminal.
const WIDEST: usize = 120;

/// How many columns of a terminal a table takes.
pub(crate) fn room(terminal: usize) -> usize {
    terminal.clamp(NARROWEST, WIDEST)
}

/// The widths of columns on a terminal of this width, in the proportions that they have on one of
/// 80. What dividing leaves is for the last.
pub(crate) fn scaled<const N: usize>(on_80: [usize; N], columns: usize) -> [usize; N] {
    let whole: usize = on_80.iter().sum();
    let text = whole + room(columns) - 80;
    let mut widths = on_80.map(|width| width * text / whole);
    let left = text - widths.iter().sum::<usize>();
    if let Some(last) = widths.last_mut() {
        *last += left;
    }
    widths
}

/// Columns with a place for a mark in front of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns<const N: usize> {
    /// How wide they are; the last may be wider.
    pub(crate) widths: [usize; N],
    /// The one that is coloured in a marked row.
    pub(crate) telling: usize,
    /// Whether to colour.
    pub(crate) color: bool,
}

impl<const N: usize> Columns<N> {
    /// The line with their names.
    pub(crate) fn head(&self, page: &mut String, names: [&str; N]) {
        self.line(page, " ", names, false);
    }

    /// A row of cells, each in lines no wider than its column.
    pub(crate) fn row(&self, page: &mut String, is_marked: bool, cells: [Vec<String>; N]) {
        let height = cells.iter().map(Vec::len).max().unwrap_or_default();
        for at in 0..height {
            let mark = if is_marked && at == 0 { "!" } else { " " };
            let texts = cells.each_ref().map(|cell| cell.get(at).map_or("", String::as_str));
            self.line(page, mark, texts, is_marked);
        }
    }

    fn line(&self, page: &mut String, mark: &str, texts: [&str; N], is_marked: bool) {
        let colors = Colors::new().red().bold();
        let push = |page: &mut String, text: &str, may_be_colored: bool| {
            // Writing to a string cannot fail.
            let _ = match may_be_colored && is_marked && self.color {
                true => write!(page, "{}", text.style(colors)),
                false => page.write_str(text),
            };
        };
        push(page, mark, true);
        let mut padding = 1;
        for (at, (text, width)) in texts.into_iter().zip(self.widths).enumerate() {
            // What is in front of an empty cell is left out at the end of a line.
            if !text.is_empty() {
                page.extend(repeat_n(' ', padding));
                push(page, text, at == self.telling);
                padding = 0;
            }
            padding += width.saturating_sub(columns(text)) + 2;
        }
        page.push('\n');
    }
}

/// A text in lines of a width. A name that is longer is broken before a capital letter, if it has
/// one, and else anywhere. No line is broken at a no-break space, which becomes a blank.
pub(crate) fn cell(text: &str, width: usize) -> Vec<String> {
    let has_longer = text.as_bytes().split(|b| *b == b' ').any(|word| word.len() > width);
    let words = || text.split(' ').map(|word| broken(word, width)).collect::<Vec<_>>().join(" ");
    let text = if has_longer { Cow::Owned(words()) } else { Cow::Borrowed(text) };
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut rest = line;
        // No character takes more columns than bytes.
        while rest.len() > width {
            let (first, others) = rest.split_at(line_end(rest, width));
            lines.push(plain(first));
            rest = others.trim_ascii_start();
        }
        if !rest.is_empty() || line.is_empty() {
            lines.push(plain(rest));
        }
    }
    lines
}

/// A line as it is shown.
fn plain(line: &str) -> String {
    let line = line.trim_ascii_end();
    if line.is_ascii() { line.to_owned() } else { line.replace('\u{a0}', " ") }
}

/// Where the first line of a text ends, with the blanks behind it.
fn line_end(text: &str, width: usize) -> usize {
    let (mut at, mut taken) = (0, 0);
    for (end, _) in linebreaks(text) {
        // Names stay whole at their hyphens.
        if end < text.len() && text[..end].ends_with('-') {
            continue;
        }
        let words = &text[at..end];
        let shown = words.trim_ascii_end();
        taken += columns(shown);
        if taken > width {
            return if at == 0 { longest(words, width) } else { at };
        }
        taken += words.len() - shown.len();
        at = end;
    }
    at
}

/// How much of a text fits into a line that may end anywhere.
fn longest(text: &str, width: usize) -> usize {
    let mut taken = 0;
    let mut others = text.char_indices().skip_while(|(at, c)| {
        taken += c.width().unwrap_or_default();
        taken <= width || *at == 0
    });
    others.next().map_or(text.len(), |(at, _)| at)
}

/// How many columns of a terminal a text takes.
fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// A word with line ends where a name in it that is wider than a column goes on.
fn broken(word: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut rest = word;
    while rest.is_ascii() && rest.len() > width {
        let letters = rest.as_bytes();
        let is_end =
            |at: &usize| letters[at - 1].is_ascii_lowercase() && letters[*at].is_ascii_uppercase();
        let Some(end) = (1..=width).rev().find(is_end) else { break };
        lines.push_str(&rest[..end]);
        lines.push('\n');
        rest = &rest[end..];
    }
    lines + rest
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn lines_hold_as_many_words_as_fit() {
        assert_eq!(cell("", 5), [""]);
        assert_eq!(cell("is it so", 8), ["is it so"]);
        assert_eq!(cell("is it  so", 7), ["is it", "so"]);
        assert_eq!(cell("is\n\nit", 5), ["is", "", "it"]);
        assert_eq!(cell("a =\u{a0}b\u{a0}c", 5), ["a", "= b c"]);
        assert_eq!(cell("at sms-otp/v2 or x/y", 9), ["at", "sms-otp/", "v2 or x/y"]);
    }

    #[test]
    fn what_is_longer_than_a_line_is_broken() {
        assert_eq!(cell("see SendOtpToMobile", 8), ["see", "SendOtp", "ToMobile"]);
        assert_eq!(cell("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
        assert_eq!(cell("\u{4f60}\u{597d}\u{4f60}", 5), ["\u{4f60}\u{597d}", "\u{4f60}"]);
    }
}
