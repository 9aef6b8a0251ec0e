//! Rows of cells -> lines of columns for people, broken at blanks.

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
            let text = |cell: &Vec<String>| cell.get(at).map_or("", String::as_str).to_owned();
            let mark = if is_marked && at == 0 { "!" } else { " " };
            let texts = cells.each_ref().map(text);
            self.line(page, mark, texts.each_ref().map(String::as_str), is_marked);
        }
    }

    fn line(&self, page: &mut String, mark: &str, texts: [&str; N], is_marked: bool) {
        let colors = match is_marked && self.color {
            true => Colors::new().red().bold(),
            false => Colors::new(),
        };
        let mut line = mark.style(colors).to_string();
        for (at, (text, width)) in texts.into_iter().zip(self.widths).enumerate() {
            let lead = if at == 0 { " " } else { "  " };
            let shown = match at == self.telling {
                true => text.style(colors).to_string(),
                false => text.to_owned(),
            };
            let padding = match at + 1 < N {
                true => width.saturating_sub(text.width()),
                false => 0,
            };
            line = format!("{line}{lead}{shown}{}", " ".repeat(padding));
        }
        page.push_str(line.trim_end());
        page.push('\n');
    }
}

/// A text in lines of a width; a name that is longer is broken anywhere. No line is broken at a
/// no-break space, which becomes a blank.
pub(crate) fn cell(text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    wrap(text, options).iter().map(|line| line.replace('\u{a0}', " ")).collect()
}
