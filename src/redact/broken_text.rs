//! A text that is not TOML -> what of each line may be shown.
//!
//! Where a string begins and ends is a guess in such a text, so each line stands for itself: a
//! value is shown only behind a name of the catalogue below a header of this section, and no
//! comment is. Elsewhere a line that is TOML by itself is masked as usual, and of any other there
//! is the key at most.

use crate::catalogue::nearest;
use crate::section::{ENABLE, Section};
use crate::source::{Source, Span};
use crate::toml::{Document, Quote, Token, TokenKind, Tree, dotted, leading_keys};

use super::mask::{self, Segment};

/// Bytes of a line beyond which it is not looked into.
const LONG: usize = 4096;

const TRIPLES: [&str; 2] = ["\"\"\"", "'''"];

/// What has to be known of the whole text before a line of it is shown.
#[derive(Debug)]
pub(super) struct BrokenText {
    /// Tokens that go over the end of a line.
    multiline: Vec<Span>,
    /// Where the last triple quote stands. One quote too many or too few turns strings and lines
    /// about, so nothing in front of it is sure to be a line.
    doubt: Option<usize>,
}

impl BrokenText {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let text = document.source().text();
        let spans = document.tokens().iter().filter(|token| token.kind != TokenKind::Newline);
        let breaks = |span: &Span| text.get(span.range()).is_some_and(|text| text.contains('\n'));
        Self {
            multiline: spans.map(|token| token.span).filter(breaks).collect(),
            doubt: TRIPLES.iter().filter_map(|quotes| text.rfind(quotes)).max(),
        }
    }

    /// What a window of one line is made of.
    pub(super) fn pieces(&self, document: &Document<'_>, window: Span) -> Vec<Segment> {
        let source = document.source();
        let index = source.line_of(window.start);
        let mut span = source.line_span(index);
        span.start = span.start.max(source.start().min(span.end));
        let line = BrokenLine::new(source.slice(span));
        let mut pieces = if self.is_within_string(span) {
            line.hidden()
        } else if line.speaks_of_section(source, index) {
            line.ours()
        } else if self.doubt.is_some_and(|last| span.start <= last) {
            line.key_in_doubt()
        } else {
            line.foreign()
        };
        for piece in &mut pieces {
            piece.span = Span::new(span.start + piece.span.start, span.start + piece.span.end);
        }
        mask::fill(pieces, window, source.start())
    }

    fn is_within_string(&self, line: Span) -> bool {
        self.multiline.iter().any(|token| token.start < line.start && line.start < token.end)
    }
}

/// A line read by itself. The pieces it is cut into count from its own beginning.
struct BrokenLine<'s> {
    text: &'s str,
    /// The dotted bare key it begins with, if an equals sign follows.
    key: Option<&'s str>,
    /// Where the value begins.
    value: usize,
    /// Whether a colon stands in the place of the equals sign. Few texts but a setting have a name
    /// of ours in front of a colon, and all kinds of texts have other words there.
    has_colon: bool,
}

impl<'s> BrokenLine<'s> {
    fn new(text: &'s str) -> Self {
        let begin = text.len() - text.trim_start_matches([' ', '\t']).len();
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let rest = text[begin..].trim_start_matches(is_bare);
        let key = &text[begin..text.len() - rest.len()];
        let sign = rest.trim_start_matches([' ', '\t']);
        let colon = sign.strip_prefix(":=").or_else(|| sign.strip_prefix(':'));
        // Base64 is padded with one or two equals signs and then ends.
        let value = sign.strip_prefix('=').filter(|value| !value.starts_with('='));
        let value = value.or(colon).filter(|_| !key.is_empty()).map(str::trim_start);
        let start = text.len() - value.unwrap_or_default().len();
        Self { text, key: value.map(|_| key), value: start, has_colon: colon.is_some() }
    }

    /// Whether its key is a setting of ours, read below the nearest line above that looks like a
    /// header.
    fn speaks_of_section(&self, source: &Source, index: usize) -> bool {
        let Some(key) = self.key else { return false };
        let name = key.rsplit('.').next().unwrap_or_default();
        if self.text.len() > LONG || !(name == ENABLE || nearest(name).is_some()) {
            return false;
        }
        let above = (0..index).rev().map(|index| source.slice(source.line_span(index)));
        let header = above.map(str::trim).find(|line| looks_like_header(line)).unwrap_or_default();
        // It need not be closed, nor alone on its line.
        let table = if header.len() > LONG { Vec::new() } else { leading_keys(header).0 };
        let path = table.iter().map(|key| key.name.as_ref()).chain(key.split('.'));
        let excerpt = Source::new("", format!("{} = 0", dotted(path)));
        let document = Document::parse(&excerpt);
        let value = Span::at(excerpt.text().len() - 1);
        Section::of(&Tree::of(&document)).shows(value)
    }

    /// A setting of this section: shown up to a comment, if its value is a single one.
    fn ours(&self) -> Vec<Segment> {
        let tokens = self.tokens();
        let comment = match &tokens {
            Some(tokens) => {
                let mut tokens = tokens.iter();
                tokens.find(|token| token.kind == TokenKind::Comment).map(|token| token.span.start)
            }
            None => self.text.find('#'),
        };
        let end = comment.unwrap_or(self.text.len());
        let value = &self.text[self.value..end];
        let is_over_lines = TRIPLES.iter().any(|quotes| value.contains(quotes));
        if is_over_lines || (tokens.is_none() && !is_one_value(value)) {
            return self.key_only();
        }
        let mut pieces = vec![Segment::shown(Span::new(0, end))];
        if comment.is_some() {
            mask::comment(self.text, Span::new(end, self.text.len()), &mut pieces);
        }
        pieces
    }

    /// A line that has nothing to do with this section.
    fn foreign(&self) -> Vec<Segment> {
        let Some(tokens) = self.tokens() else { return self.key_only() };
        // The item of an array on a line of its own reads like a header with a quoted key.
        let opens =
            |token: &Token| matches!(token.kind, TokenKind::TableOpen | TokenKind::ArrayTableOpen);
        let is_header = tokens.iter().any(opens);
        let line = Span::new(0, self.text.len());
        let mut pieces = Vec::new();
        for token in tokens {
            let is_quoted = matches!(token.kind, TokenKind::Key(quote) if quote != Quote::Bare);
            if is_header && is_quoted {
                pieces.push(Segment::masked(token.span));
            } else {
                mask::token(self.text, token, line, &mut pieces);
            }
        }
        pieces
    }

    /// The tokens of the line, if it is TOML by itself.
    fn tokens(&self) -> Option<Vec<Token>> {
        if self.text.len() > LONG {
            return None;
        }
        let source = Source::new("", self.text);
        let document = Document::parse(&source);
        document.faults().is_empty().then(|| document.tokens().to_vec())
    }

    /// The key and nothing of its value, or nothing at all.
    fn key_only(&self) -> Vec<Segment> {
        if self.key.is_none() || self.has_colon || self.value == self.text.len() {
            return self.hidden();
        }
        let value = Span::new(self.value, self.text.len());
        vec![Segment::shown(Span::new(0, self.value)), Segment::masked(value)]
    }

    /// The same where it may be the text of a string: only if it is laid out like a setting.
    fn key_in_doubt(&self) -> Vec<Segment> {
        if self.text[..self.value].trim_end().ends_with(" =") {
            return self.key_only();
        }
        self.hidden()
    }

    fn hidden(&self) -> Vec<Segment> {
        vec![Segment::masked(Span::new(0, self.text.len()))]
    }
}

/// Whether a text that is no TOML may be meant for one value. A second assignment, a bracket or a
/// quote in the middle tells of two lines run into one.
fn is_one_value(text: &str) -> bool {
    let mut inner = text.trim().chars();
    inner.next();
    inner.next_back();
    !text.contains(['=', '[', ']']) && !inner.as_str().contains(['"', '\''])
}

/// Whether a trimmed line may be meant to begin a table, however badly it is written.
fn looks_like_header(line: &str) -> bool {
    line.starts_with('[') || (line.contains(']') && !line.contains('='))
}
