//! A line that does not parse -> what its author took TOML for.

use super::{Fault, FaultKind};
use crate::source::{Source, Span};

/// What opens an expression of the usual template languages.
const TEMPLATES: [&str; 5] = ["{{", "{%", "{#", "<%", "${"];

/// What begins a comment elsewhere.
const COMMENTS: [&str; 4] = ["//", "/*", "<!--", ";"];

/// What a merge leaves at the beginning of a line, seven times in a row.
const MERGE: [char; 4] = ['<', '|', '=', '>'];
const MERGE_LENGTH: usize = 7;

/// How many other merge markers are pointed at: those of the same conflict.
const MARKERS: usize = 3;

/// A line without the blanks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) text: &'s str,
    pub(super) span: Span,
}

impl<'s> Line<'s> {
    /// The line that holds an offset.
    pub(super) fn at(source: &'s Source, offset: usize) -> Self {
        Self::of(source, source.line_of(offset))
    }

    fn of(source: &'s Source, index: usize) -> Self {
        let whole = source.line_span(index);
        let text = source.slice(whole);
        let start = whole.start + (text.len() - text.trim_start().len());
        let text = text.trim();
        Self { text, span: Span::new(start, start + text.len()) }
    }

    /// What is left of the line from an offset on.
    pub(super) fn from(self, offset: usize) -> &'s str {
        self.text.get(offset.saturating_sub(self.span.start)..).unwrap_or_default()
    }

    /// Whether a fault in it cannot reach the lines below: nothing opens that could close there.
    pub(super) fn is_self_contained(self) -> bool {
        let count = |bracket: char| self.text.matches(bracket).count();
        count('[') == count(']')
            && count('{') == count('}')
            && !["\"\"\"", "'''"].iter().any(|quotes| self.text.contains(quotes))
    }

    /// The fault of a line that a merge or a template language left behind. It ends the search:
    /// the other sides and branches of the text are not meant to stand together.
    pub(super) fn residue(self, source: &Source) -> Option<Fault> {
        if self.is_merge_marker() {
            let below = source.line_of(self.span.start) + 1..source.line_count();
            let others = below.map(|index| Line::of(source, index));
            let others = others.filter(|line| line.is_merge_marker()).take(MARKERS);
            let mut fault = Fault::new(FaultKind::MergeMarker, self.span).ending();
            fault.also = others.map(|line| line.span).collect();
            return Some(fault);
        }
        let template = template(self.text)?;
        let span = Span::new(self.span.start + template, self.span.end);
        Some(Fault::new(FaultKind::Template, span).ending())
    }

    fn is_merge_marker(self) -> bool {
        let mut characters = self.text.chars();
        let Some(first) = characters.next().filter(|first| MERGE.contains(first)) else {
            return false;
        };
        let rest = characters.as_str().trim_start_matches(first);
        let length = self.text.len() - rest.len();
        length == MERGE_LENGTH && (rest.is_empty() || rest.starts_with(' '))
    }

    /// What the author of a line without `=` in its place had in mind.
    pub(super) fn mistake(self) -> FaultKind {
        if COMMENTS.iter().any(|opening| self.text.starts_with(opening)) {
            return FaultKind::ForeignComment;
        }
        if let Some(kind) = self.text.chars().find_map(foreign) {
            return kind;
        }
        let key = self.text.trim_start_matches(is_key_character);
        let (separator, rest) = key.split_at(key.len() - key.trim_start().len());
        if key.len() == self.text.len() {
            return match self.text.strip_prefix(['"', '\'']) {
                Some(quoted) => quoted_key(quoted),
                None => FaultKind::NotASetting,
            };
        }
        match rest.chars().next() {
            Some(':') if !rest.starts_with("://") => FaultKind::Colon,
            _ if !self.text[..self.text.len() - key.len()].contains(is_alphanumeric) => {
                FaultKind::NotASetting
            }
            None => FaultKind::MissingEquals,
            Some(_) if !separator.is_empty() => match rest.split_once('=') {
                Some((words, _)) if words.trim_end().chars().all(is_blank_or_key) => {
                    FaultKind::BlankInKey
                }
                _ if rest.starts_with(['{', '(', '<']) => FaultKind::NotASetting,
                _ => FaultKind::MissingEquals,
            },
            Some(_) => FaultKind::NotASetting,
        }
    }
}

/// The kind of a character that only looks like one TOML knows, or like none at all.
pub(super) fn foreign(c: char) -> Option<FaultKind> {
    match c {
        '\u{2018}'..='\u{201f}'
        | '\u{2032}'
        | '\u{2033}'
        | '\u{ab}'
        | '\u{bb}'
        | '`'
        | '\u{b4}'
        | '\u{ff02}'
        | '\u{ff07}' => Some(FaultKind::ForeignQuote(c)),
        '\t' | '\n' | '\r' => None,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(FaultKind::Invisible(c)),
        c if c.is_control() => Some(FaultKind::ControlCharacter(c)),
        c if c.is_whitespace() && c != ' ' => Some(FaultKind::Invisible(c)),
        _ => None,
    }
}

/// Where the first template expression opens, outside of strings and comments.
fn template(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if TEMPLATES.iter().any(|opening| text[at..].starts_with(opening)) => {
                return Some(at);
            }
            None if c == '#' => return None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
    }
    None
}

/// The mistake of a line that begins with a key in quotes; the opening one is cut off.
fn quoted_key(text: &str) -> FaultKind {
    let rest = text.split_once(['"', '\'']).map_or("", |(_, rest)| rest.trim_start());
    if rest.starts_with(':') { FaultKind::Colon } else { FaultKind::MissingEquals }
}

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_key_character(c: char) -> bool {
    is_alphanumeric(c) || matches!(c, '_' | '-' | '.')
}

fn is_blank_or_key(c: char) -> bool {
    is_key_character(c) || c == ' ' || c == '\t'
}
