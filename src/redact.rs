//! A document -> the view of it that may be shown: masked lines, and spans mapped onto them.
//!
//! A password can hide in any string, so there is a list of what may be shown, and the rest is
//! `***` of fixed width. Only lines that are asked for are looked at.

mod broken_text;
mod line;
mod mask;
mod reveal;
mod shown;
#[cfg(test)]
mod tests;

pub use line::ShownLine;
pub(crate) use mask::is_reference;

use std::collections::HashSet;

use crate::section::{Section, commented_header};
use crate::source::{Source, Span};
use crate::toml::{Document, Token, TokenKind};
use broken_text::BrokenText;
use mask::Segment;

/// What is in the place of a text that is not shown.
pub const MASK: &str = "***";

/// The view of a document that may be shown.
#[derive(Debug)]
pub struct Redacted<'d> {
    document: &'d Document<'d>,
    /// The parts that speak of this section, sorted and disjoint.
    visible: Vec<Span>,
    /// The more careful view of a text that is not TOML.
    broken_text: Option<BrokenText>,
}

impl<'d> Redacted<'d> {
    /// Shows strings and comments inside the section only. Of a text that is not TOML the section
    /// is not asked: its tables are a guess.
    pub fn of(document: &'d Document<'d>, section: &Section<'_>) -> Self {
        let broken = !document.faults().is_empty();
        let broken_text = broken.then(|| BrokenText::of(document));
        Self { document, visible: section.visible.clone(), broken_text }
    }

    /// Shows those inside another section, too.
    pub(crate) fn with(mut self, section: &Section<'_>) -> Self {
        self.visible.extend(&section.visible);
        self.visible.sort_unstable();
        self
    }

    /// Makes it as careful as the view of the text that this one was made of: what was not TOML is
    /// still shown by the line.
    pub(crate) fn show_no_more_than(&mut self, before: &Redacted<'_>) {
        if before.broken_text.is_some() && self.broken_text.is_none() {
            self.broken_text = Some(BrokenText::of(self.document));
        }
    }

    /// Whether it shows a comment that is masked in another view.
    pub(crate) fn unmasks_a_comment(&self, before: &Redacted<'_>) -> bool {
        let mut masked: HashSet<&str> = before.comments(false).collect();
        for shown in before.comments(true) {
            masked.remove(shown);
        }
        !masked.is_empty() && self.comments(true).any(|comment| masked.contains(comment))
    }

    /// The comments that are shown, or those that are masked.
    fn comments(&self, are_shown: bool) -> impl Iterator<Item = &'d str> {
        let tokens = self.document.tokens();
        let comments = (0..tokens.len()).filter(|at| tokens[*at].kind == TokenKind::Comment);
        let comments = comments.filter(move |at| self.shows(tokens, *at) == are_shown);
        comments.map(|at| self.document.source().slice(tokens[at].span))
    }

    /// The text behind the view.
    pub fn source(&self) -> &'d Source {
        self.document.source()
    }

    /// A line by index, from 0, without its line end.
    pub fn line(&self, index: usize) -> ShownLine {
        let window = self.source().line_span(index);
        ShownLine::new(self.source().text(), &self.pieces(window))
    }

    /// What may be shown of a span, its lines run together.
    pub fn shown(&self, span: Span) -> String {
        let shown = |window| ShownLine::new(self.source().text(), &self.pieces(window));
        self.windows(span).map(|window| shown(window).text().to_owned()).collect()
    }

    /// What a span covers of each of its lines, by whole characters.
    fn windows(&self, span: Span) -> impl Iterator<Item = Span> {
        let source = self.source();
        let [start, end] = [span.start, span.end].map(|offset| floor(source.text(), offset));
        (source.line_of(start)..=source.line_of(end)).map(move |index| {
            let line = source.line_span(index);
            let start = start.clamp(line.start, line.end);
            Span::new(start, end.clamp(start, line.end))
        })
    }

    /// What a window of one line is made of, in order.
    fn pieces(&self, window: Span) -> Vec<Segment> {
        match &self.broken_text {
            Some(broken_text) => broken_text.pieces(self.document, window),
            None => self.pieces_by_token(window),
        }
    }

    fn pieces_by_token(&self, window: Span) -> Vec<Segment> {
        let text = self.source().text();
        let tokens = self.document.tokens();
        let first = tokens.partition_point(|token| token.span.end <= window.start);
        // An empty line within a string is a window, too.
        let end = window.end.max(window.start + 1);
        let near = tokens[first..].iter().take_while(|token| token.span.start < end).count();
        let mut pieces = Vec::new();
        for at in first..first + near {
            let token = tokens[at];
            if self.shows(tokens, at) {
                pieces.push(Segment::shown(token.span));
            } else {
                mask::token(text, token, window, &mut pieces);
            }
        }
        mask::fill(pieces, window, self.source().start())
    }

    /// Whether a token is shown whatever it holds.
    fn shows(&self, tokens: &[Token], at: usize) -> bool {
        let token = tokens[at];
        if token.kind != TokenKind::Comment {
            return self.is_visible(token.span);
        }
        // A comment on the line of an entry belongs to it, and stands behind its span.
        let mut before = tokens[..at].iter().rev();
        let before = before.find(|token| token.kind != TokenKind::Whitespace);
        self.is_visible(token.span)
            || commented_header(self.source().slice(token.span)).is_some()
            || before.is_some_and(|before| {
                before.kind != TokenKind::Newline && self.is_visible(before.span)
            })
    }

    fn is_visible(&self, span: Span) -> bool {
        span.is_within(&self.visible)
    }
}

/// The start of the character that holds an offset, or the end of the text.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
