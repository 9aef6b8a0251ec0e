//! Rows of cells -> lines of columns for people, broken at blanks.

use std::fmt::Write;

use owo_colors::{OwoColorize, Style as Colors};
use textwrap::{Options, WordSplitter, WrapAlgorithm, wrap};
use unicode_width::UnicodeWidthStr;

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
        let mut push = |text: &str, may_be_colored: bool| {
            // Writing to a string cannot fail.
            let _ = match may_be_colored && is_marked && self.color {
                true => write!(page, "{}", text.style(colors)),
                false => page.write_str(text),
            };
        };
        push(mark, true);
        let mut padding = 1;
        for (at, (text, width)) in texts.into_iter().zip(self.widths).enumerate() {
            // What is in front of an empty cell is left out at the end of a line.
            if !text.is_empty() {
                push(&" ".repeat(padding), false);
                push(text, at == self.telling);
                padding = 0;
            }
            padding += width.saturating_sub(text.width()) + 2;
        }
        page.push('\n');
    }
}

/// A text in lines of a width; a name that is longer is broken anywhere. No line is broken at a
/// no-break space, which becomes a blank.
pub(crate) fn cell(text: &str, width: usize) -> Vec<String> {
    let is_longer = |word: &str| word.width() > width;
    let options = Options::new(width)
        .break_words(text.split(' ').any(is_longer))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    wrap(text, options).iter().map(|line| line.replace('\u{a0}', " ")).collect()
}
