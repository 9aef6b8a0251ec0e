//! A text that is not TOML -> what of each line may be shown.
//!
//! Where a string begins and ends is a guess in such a text, so each line stands for itself: a
//! value is shown only behind a name of the catalogue below a header of this section, and no
//! comment is. Of any other line of this section there are the words that are no secret: names of
//! the catalogue, switches and numbers. Elsewhere a line that is TOML by itself is masked as usual,
//! and of any other there is the key at most.

use crate::catalogue::{nearest, parameter};
use crate::section::{AUTHENTICATOR, ENABLE, Section};
use crate::source::{Source, Span};
use crate::toml::{Document, Key, Quote, Token, TokenKind, Tree, dotted, leading_keys};

use super::mask::{self, Segment};

/// A longer name is none of the catalogue.
const LONGEST: usize = 100;

/// Words that are no secret: those of the section's headers, of its XML and of its documentation.
const PLAIN: [&str; 10] = [
    "authentication",
    "authenticator",
    "enable",
    "name",
    "otp",
    "Parameter",
    "parameters",
    "Property-name",
    "Property-value",
    "sms",
];

/// What is around the name of a parameter in XML, and at the end of its line.
const XML: [&str; 3] = ["<Parameter name=\"", "\">", "</Parameter>"];

/// Spellings of a switch, and of no value.
const SWITCHES: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "null", "none"];

const TRIPLES: [&str; 2] = ["\"\"\"", "'''"];

/// What has to be known of the whole text before a line of it is shown.
#[derive(Debug)]
pub(super) struct BrokenText {
    /// Tokens that go over the end of a line.
    multiline: Vec<Span>,
    /// Where the last triple quote is. One quote too many or too few turns strings and lines
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
        let is_in_doubt = self.doubt.is_some_and(|last| span.start <= last);
        let mut pieces = if self.is_within_string(span) {
            line.hidden()
        } else if let Some(pieces) = line.ours(source, index) {
            pieces
        } else if is_in_doubt {
            line.key_in_doubt()
        } else if let Some(pieces) = line.by_token() {
            pieces
        } else if is_of_section(source, index) {
            line.words()
        } else {
            line.key_only()
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

/// Whether the line at an index is one of this section, be it a header.
fn is_of_section(source: &Source, index: usize) -> bool {
    let table = table_at(source, index + 1);
    let names: Vec<_> = table.iter().map(|key| key.name.as_ref()).collect();
    let is_header = looks_like_header(source.slice(source.line_span(index)).trim());
    is_ours(names.iter().copied().chain([ENABLE]))
        || is_header && names.starts_with(&AUTHENTICATOR[..2])
}

/// The table that the nearest line in front of another one begins, as far as it looks like a
/// header; it need not be closed, nor alone on its line.
fn table_at(source: &Source, end: usize) -> Vec<Key<'_>> {
    let above = (0..end).rev().map(|index| source.slice(source.line_span(index)).trim());
    let header = above.into_iter().find(|line| looks_like_header(line));
    header.map(|header| leading_keys(header).0).unwrap_or_default()
}

/// Whether a setting of this path is one of this section.
fn is_ours<'n>(path: impl Iterator<Item = &'n str>) -> bool {
    let excerpt = Source::new("", format!("{} = 0", dotted(path)));
    let document = Document::parse(&excerpt);
    let value = Span::at(excerpt.text().len() - 1);
    Section::of(&Tree::of(&document)).shows(value)
}

/// A line read by itself. The pieces it is cut into count from its own beginning.
struct BrokenLine<'s> {
    text: &'s str,
    /// The dotted bare key it begins with, empty if there is none.
    key: &'s str,
    /// What is in the place of the equals sign, if anything is.
    sign: &'s str,
    /// Where the value begins.
    value: usize,
}

impl<'s> BrokenLine<'s> {
    fn new(text: &'s str) -> Self {
        let begin = text.trim_start_matches([' ', '\t']);
        let begin = begin.strip_prefix(XML[0]).unwrap_or(begin);
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let behind = begin.trim_start_matches(is_bare);
        let key = &begin[..begin.len() - behind.len()];
        let rest = behind.trim_start_matches([' ', '\t']);
        // Base64 is padded with one or two equals signs and then ends.
        let signs = [":=", ":", "=", XML[1], ""].into_iter().filter(|_| !rest.starts_with("=="));
        let sign = signs.into_iter().find(|sign| rest.starts_with(sign)).unwrap_or_default();
        let value = rest[sign.len()..].trim_start().len();
        Self { text, key, sign, value: text.len() - value }
    }

    /// A setting of this section: shown up to a comment, if its value is a single one.
    fn ours(&self, source: &Source, index: usize) -> Option<Vec<Segment>> {
        let name = self.key.rsplit('.').next().unwrap_or_default();
        if name.len() > LONGEST || !(name == ENABLE || nearest(name).is_some()) {
            return None;
        }
        let table = table_at(source, index);
        let path = table.iter().map(|key| key.name.as_ref()).chain(self.key.split('.'));
        if !is_ours(path) {
            return None;
        }
        let tokens = self.tokens();
        let mut comments = tokens.iter().flatten().filter(|token| token.kind == TokenKind::Comment);
        let comment = match tokens {
            Some(_) => comments.next().map(|token| token.span.start),
            None => self.text.find('#'),
        };
        let end = comment.unwrap_or(self.text.len());
        let value = self.text[..end].get(self.value..).unwrap_or_default();
        let is_over_lines = TRIPLES.iter().any(|quotes| value.contains(quotes));
        let value = value.trim_end();
        let is_loose = match self.sign {
            "" => value.contains(' '),
            sign => sign == XML[1] && !value.ends_with(XML[2]),
        };
        if is_over_lines {
            return Some(self.key_only());
        } else if tokens.is_none() && (is_loose || !is_one_value(value)) {
            return Some(self.words());
        }
        let mut pieces = vec![Segment::shown(Span::new(0, end))];
        if comment.is_some() {
            mask::comment(self.text, Span::new(end, self.text.len()), &mut pieces);
        }
        Some(pieces)
    }

    /// A line that is TOML by itself.
    fn by_token(&self) -> Option<Vec<Segment>> {
        let tokens = self.tokens()?;
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
        Some(pieces)
    }

    /// The tokens of the line, if it is TOML by itself.
    fn tokens(&self) -> Option<Vec<Token>> {
        Token::of_toml(self.text)
    }

    /// The key, and the words that are no secret, up to a comment, with the marks between them.
    fn words(&self) -> Vec<Segment> {
        let end = self.text.find('#').unwrap_or(self.text.len());
        let mut start = if self.sign == "=" { self.value.min(end) } else { 0 };
        let mut pieces = vec![Segment::shown(Span::new(0, start))];
        // Whatever is masked in a row is one piece, so that nothing shows how long it is.
        let mut row = None;
        for chunk in self.text[start..end].split_inclusive(is_mark) {
            let word = chunk.trim_end_matches(is_mark);
            let middle = start + word.len();
            if is_plain(word) {
                pieces.push(Segment::shown(Span::new(start, middle)));
                row = row.filter(|_| word.is_empty());
            } else {
                let first = *row.get_or_insert(pieces.len());
                let begin = pieces.get(first).map_or(start, |piece| piece.span.start);
                pieces.truncate(first);
                pieces.push(Segment::masked(Span::new(begin, middle)));
            }
            start += chunk.len();
            pieces.push(Segment::shown(Span::new(middle, start)));
            row = row.filter(|_| !chunk.ends_with('='));
        }
        if end < self.text.len() {
            mask::comment(self.text, Span::new(end, self.text.len()), &mut pieces);
        }
        pieces
    }

    /// The key and nothing of its value, or nothing at all: in front of a colon, all kinds of texts
    /// have words.
    fn key_only(&self) -> Vec<Segment> {
        if self.key.is_empty() || self.sign != "=" || self.value == self.text.len() {
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
    // The query of an address has equals signs.
    let is_query = text.trim_start().starts_with("http") && text.contains('?');
    let is_run_on = text.contains(['[', ']']) || text.contains('=') && !is_query;
    !is_run_on && !inner.as_str().contains(['"', '\''])
}

/// Whether a trimmed line may be meant to begin a table, however badly it is written.
fn looks_like_header(line: &str) -> bool {
    line.starts_with('[') || (line.contains(']') && !line.contains('='))
}

/// Whether a character parts words.
fn is_mark(c: char) -> bool {
    c.is_ascii_whitespace() || "=:,;.[]{}()<>|\"'/".contains(c)
}

/// Whether a word between marks is no secret.
fn is_plain(word: &str) -> bool {
    let is_switch = SWITCHES.iter().any(|switch| word.eq_ignore_ascii_case(switch));
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    is_number
        || is_switch
        || PLAIN.contains(&word)
        || AUTHENTICATOR.contains(&word)
        || parameter(word).is_some()
}
