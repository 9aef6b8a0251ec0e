//! Shown and masked pieces of a line -> the text to display, and spans mapped onto it.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::MASK;
use super::mask::Segment;
use crate::escape::{must_escape, opens_command, spelt};
use crate::source::Span;

/// Columns between two tab stops.
const TAB: usize = 4;

/// A line, or what a span covers of it, as it may be shown.
#[derive(Debug, Clone)]
pub struct ShownLine {
    text: String,
    parts: Vec<LinePart>,
    /// Where the last tab stop is: only what is behind it has to be measured for the next.
    stop: usize,
    /// What of the display is kept, in bytes of the uncut text.
    kept: Range<usize>,
    /// How many bytes the sign takes that tells of a cut in front.
    lead: usize,
}

/// A stretch of the source and where it is displayed.
#[derive(Debug, Clone)]
struct LinePart {
    source: Span,
    display: Range<usize>,
    /// Whether the display is the source, byte for byte.
    verbatim: bool,
}

impl ShownLine {
    pub(super) fn new(source: &str, pieces: &[Segment]) -> Self {
        let mut line =
            Self { text: String::new(), parts: Vec::new(), stop: 0, kept: 0..0, lead: 0 };
        for piece in pieces {
            if piece.masked {
                line.part(piece.span, MASK);
            } else {
                line.show(source, piece.span);
            }
        }
        line.kept = 0..line.text.len();
        line
    }

    /// What to display.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the display that stand for a span of the source. A masked piece is never
    /// divided, and what is not displayed falls to the nearest end.
    pub fn place(&self, span: Span) -> Range<usize> {
        let (start, end) = (self.displayed(span.start, false), self.displayed(span.end, true));
        start..end.max(start)
    }

    /// The same line with only these bytes of the display, and a sign where something is left out.
    pub fn cut(mut self, kept: Range<usize>, sign: &str) -> Self {
        let lead = if kept.start > 0 { sign } else { "" };
        let trail = if kept.end < self.text.len() { sign } else { "" };
        let middle = self.text.get(kept.clone()).unwrap_or_default();
        self.text = format!("{lead}{middle}{trail}");
        self.lead = lead.len();
        self.kept = kept;
        self
    }

    fn displayed(&self, offset: usize, is_end: bool) -> usize {
        let uncut = self.uncut(offset, is_end);
        // What was cut off in front shows at the sign, and so does what was cut off behind.
        if uncut < self.kept.start {
            return if is_end { self.lead } else { 0 };
        }
        if uncut > self.kept.end {
            return if is_end { self.text.len() } else { self.lead + self.kept.len() };
        }
        uncut - self.kept.start + self.lead
    }

    fn uncut(&self, offset: usize, is_end: bool) -> usize {
        let holds = |part: &&LinePart| match is_end {
            true => offset <= part.source.end,
            false => offset < part.source.end,
        };
        let Some(part) = self.parts.iter().find(holds) else {
            return self.parts.last().map_or(0, |part| part.display.end);
        };
        match offset.checked_sub(part.source.start) {
            None | Some(0) => part.display.start,
            Some(within) if part.verbatim => part.display.start + within,
            Some(_) if is_end => part.display.end,
            Some(_) => part.display.start,
        }
    }

    /// Adds a stretch of the source as it is, save for what has to be escaped.
    fn show(&mut self, source: &str, span: Span) {
        let text = source.get(span.range()).unwrap_or_default();
        let mut plain = span.start;
        for (at, c) in text.char_indices() {
            if c != '\t' && !must_escape(c) && !opens_command(source, span.start + at) {
                continue;
            }
            let here = span.start + at;
            self.verbatim(source, Span::new(plain, here));
            plain = here + c.len_utf8();
            let display = if c == '\t' {
                " ".repeat(TAB - self.text[self.stop..].width() % TAB)
            } else {
                spelt(c)
            };
            self.part(Span::new(here, plain), &display);
            if c == '\t' {
                self.stop = self.text.len();
            }
        }
        self.verbatim(source, Span::new(plain, span.end));
    }

    fn verbatim(&mut self, source: &str, span: Span) {
        if let Some(text) = source.get(span.range())
            && !text.is_empty()
        {
            self.part(span, text);
            if let Some(part) = self.parts.last_mut() {
                part.verbatim = true;
            }
        }
    }

    fn part(&mut self, source: Span, display: &str) {
        let start = self.text.len();
        self.text.push_str(display);
        self.parts.push(LinePart { source, display: start..self.text.len(), verbatim: false });
    }
}
