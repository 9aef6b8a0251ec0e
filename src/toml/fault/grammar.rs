//! A complaint about the order of the tokens -> the mistake behind it.

use toml_parser::ParseError;

use super::line::Line;
use super::{Fault, FaultKind};
use crate::source::{Source, Span};

/// What `toml_parser` holds against the order of the tokens.
pub(super) struct Complaint<'p>(pub(super) &'p ParseError);

/// How a complaint is to be looked at.
enum Shape {
    /// A bracket that nothing closes; the complaint's context is the bracket.
    Unclosed(FaultKind),
    /// A header that nothing closes, on its line.
    Header,
    /// Something behind a value or a header that should be the end of the line.
    LineEnd,
    /// A line that is no `key = value`.
    Line,
    /// An item of an array or an inline table, unless the line shows a simpler mistake.
    Item(FaultKind),
    /// Exactly this, at the place complained of.
    Plain(FaultKind),
}

/// The complaints by the words `toml_parser` has for them.
static SHAPES: [(&str, Shape); 23] = [
    ("cannot recurse further; max recursion depth met", Shape::Plain(FaultKind::TooDeep)),
    ("extra `=`", Shape::Plain(FaultKind::ExtraEquals)),
    ("extra assignment between key-value pairs", Shape::Item(FaultKind::InlineTableItems)),
    ("extra comma in array", Shape::Item(FaultKind::ArrayItems)),
    ("extra comma in inline table", Shape::Item(FaultKind::InlineTableItems)),
    ("invalid inline table element", Shape::Item(FaultKind::InlineTableItems)),
    ("invalid key-value pair", Shape::Line),
    ("invalid table", Shape::Header),
    ("key with no value", Shape::Line),
    ("missing array opening", Shape::Plain(FaultKind::StrayBracket)),
    ("missing assignment between key-value pairs", Shape::Item(FaultKind::InlineTableItems)),
    ("missing comma between array elements", Shape::Item(FaultKind::ArrayItems)),
    ("missing comma between key-value pairs", Shape::Item(FaultKind::InlineTableItems)),
    ("missing inline table opening", Shape::Plain(FaultKind::StrayBracket)),
    ("missing key for inline table element", Shape::Item(FaultKind::InlineTableItems)),
    ("missing table open", Shape::Plain(FaultKind::StrayBracket)),
    ("missing value for key", Shape::Line),
    ("unclosed array", Shape::Unclosed(FaultKind::UnclosedArray)),
    ("unclosed array table", Shape::Header),
    ("unclosed inline table", Shape::Unclosed(FaultKind::UnclosedInlineTable)),
    ("unclosed table", Shape::Header),
    ("unexpected `=` in array", Shape::Item(FaultKind::ArrayItems)),
    ("unexpected key or value", Shape::LineEnd),
];

impl Complaint<'_> {
    /// Where the mistake begins, which for something unclosed is its bracket.
    pub(super) fn start(&self) -> usize {
        match self.shape() {
            Some(Shape::Unclosed(_)) => self.context().start,
            _ => self.place().start,
        }
    }

    /// The mistake.
    pub(super) fn understand(&self, source: &Source, line: Line<'_>) -> Fault {
        let place = self.place();
        match self.shape() {
            Some(Shape::Unclosed(kind)) => Fault::new(kind.clone(), self.context()).ending(),
            Some(Shape::Header) => Fault::new(FaultKind::UnclosedHeader, line.span).ending(),
            Some(Shape::LineEnd) => line_end(source, line, place.start),
            Some(Shape::Line) => Fault::new(line.mistake(), line.span),
            Some(Shape::Item(kind)) => {
                let rest = line.from(place.start);
                let colon = rest.starts_with(':');
                let kind = if colon { FaultKind::Colon } else { kind.clone() };
                Fault::new(kind, Span::new(place.start, line.span.end)).ending()
            }
            Some(Shape::Plain(kind)) => {
                let fault = Fault::new(kind.clone(), one_more(source, place));
                if fault.kind == FaultKind::ExtraEquals { fault } else { fault.ending() }
            }
            None => Fault::new(FaultKind::Other(self.0.description().to_owned()), place).ending(),
        }
    }

    fn shape(&self) -> Option<&'static Shape> {
        let found = SHAPES.iter().find(|(words, _)| *words == self.0.description());
        found.map(|(_, shape)| shape)
    }

    fn place(&self) -> Span {
        let span = self.0.unexpected().or(self.0.context());
        span.map(Span::from).unwrap_or_default()
    }

    fn context(&self) -> Span {
        self.0.context().map_or_else(|| self.place(), Span::from)
    }
}

/// What stands behind a value or a header on the same line.
fn line_end(source: &Source, line: Line<'_>, start: usize) -> Fault {
    let rest = line.from(start);
    let mut span = Span::new(start, line.span.end);
    let is_comment = ["//", "/*", "<!--"].iter().any(|opening| rest.starts_with(opening));
    if line.text.starts_with('[') && !is_comment {
        return Fault::new(FaultKind::TextAfterHeader, span).ending();
    }
    let before = source.slice(Span::new(line.span.start, start));
    let digits = before.len() - before.trim_end_matches(is_digit).len();
    let grouped =
        digits > 0 && rest.strip_prefix(',').is_some_and(|rest| rest.starts_with(is_digit));
    let kind = if grouped {
        span.start -= digits;
        FaultKind::Number("a comma cannot stand in a number".to_owned())
    } else if matches!(rest, ";" | ",") {
        FaultKind::Separator
    } else if is_comment {
        FaultKind::ForeignComment
    } else {
        rest.chars().next().and_then(super::line::foreign).unwrap_or(FaultKind::TextAfterValue)
    };
    Fault::new(kind, span)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// An empty span grown over the character behind it.
fn one_more(source: &Source, span: Span) -> Span {
    let next = source.text().get(span.end..).and_then(|rest| rest.chars().next());
    match next {
        Some(next) if span.is_empty() => Span::new(span.start, span.end + next.len_utf8()),
        _ => span,
    }
}
