//! Why a text is not TOML: what the parsers hold against it -> the mistakes people make, in the
//! order of the file.
//!
//! `toml_edit` has the last word on whether there is a fault at all, but it reports only one, and
//! not the first of the file. So the lexer's, the grammar's and the definitions' complaints are
//! gathered here, and end with the first that leaves the rest of the file in doubt.

mod definitions;
mod grammar;
mod kind;
mod lexical;
mod line;
mod mask_accepted;
#[cfg(test)]
mod tests;

pub use kind::FaultKind;

use crate::source::{Source, Span};
use crate::toml::{Document, Token, TokenKind};
use grammar::Complaint;
use lexical::Misread;
use line::Line;

/// How many faults of one file are told: whoever mends these will run the check again.
const LIMIT: usize = 20;

/// One reason why the text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which mistake it is.
    pub kind: FaultKind,
    /// Where it stands; never empty in a text that has a character to point at.
    pub span: Span,
    /// The other places involved: the first definition, the other merge markers.
    pub also: Vec<Span>,
    /// What follows it cannot be told from its consequences.
    ends: bool,
}

impl Fault {
    fn new(kind: FaultKind, span: Span) -> Self {
        Self { kind, span, also: Vec::new(), ends: false }
    }

    fn also(mut self, span: Span) -> Self {
        self.also.push(span);
        self
    }

    /// Leaves nothing certain behind it.
    fn ending(mut self) -> Self {
        self.ends = true;
        self
    }

    /// Whether the server's parser takes it, so that it does not keep the server from starting.
    pub fn is_accepted(&self) -> bool {
        self.kind.is_accepted()
    }
}

/// Sorts out what the parsers said of a text that is not TOML.
pub(super) fn faults(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    complaints: &[toml_parser::ParseError],
) -> Vec<Fault> {
    let Some(masked) = mask_accepted::mask_accepted(document.source.text()) else {
        return limited(found(document, error, complaints));
    };
    // Of equal length, so every span holds for the text as it stands.
    let source = Source::new("", masked.text);
    let mut faults = Document::parse(&source).faults;
    let end = faults.iter().find(|fault| fault.ends).map_or(usize::MAX, |fault| fault.span.start);
    faults.extend(masked.faults.into_iter().filter(|fault| fault.span.start < end));
    limited(faults)
}

/// As many as are told, some of either kind, in the order of the file.
fn limited(faults: Vec<Fault>) -> Vec<Fault> {
    let (mut accepted, mut faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(Fault::is_accepted);
    faults.truncate(LIMIT - accepted.len().min(1));
    accepted.truncate(LIMIT - faults.len());
    faults.append(&mut accepted);
    faults.sort_by_key(|fault| fault.span.start);
    faults
}

/// Something held against the text, not yet understood.
enum Problem<'p> {
    Complaint(Complaint<'p>),
    Misread(Misread),
    Definition(Fault),
}

impl Problem<'_> {
    fn start(&self) -> usize {
        match self {
            Self::Complaint(complaint) => complaint.start(),
            Self::Misread(misread) => misread.token.span.start,
            Self::Definition(fault) => fault.span.start,
        }
    }

    /// Whether what surrounds it on its line has no say in it.
    fn is_by_itself(&self) -> bool {
        match self {
            Self::Complaint(_) => false,
            Self::Misread(misread) => misread.is_quoted(),
            Self::Definition(_) => true,
        }
    }

    fn understand(&self, source: &Source) -> Fault {
        let line = Line::at(source, self.start());
        let residue = if self.is_by_itself() { None } else { line.residue(source) };
        residue.unwrap_or_else(|| match self {
            Self::Complaint(complaint) => complaint.understand(source, line),
            Self::Misread(misread) => misread.understand(source, line),
            Self::Definition(fault) => fault.clone(),
        })
    }
}

fn found(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    complaints: &[toml_parser::ParseError],
) -> Vec<Fault> {
    let source = document.source;
    let complaints = complaints.iter().map(|complaint| Problem::Complaint(Complaint(complaint)));
    // At the same place, the token that cannot be read says more than what is missing around it.
    let mut problems: Vec<_> =
        lexical::misread(document).into_iter().map(Problem::Misread).collect();
    problems.extend(complaints);
    problems.extend(definitions::clashes(&document.tables).into_iter().map(Problem::Definition));
    problems.sort_by_key(Problem::start);
    let mut faults = understand(&problems, first_setting(document), source);
    if !explains(&faults, error, source) {
        let span = error
            .span()
            .map_or(Span::at(source.text().len()), |span| Span::new(span.start, span.end));
        faults.push(Fault::new(FaultKind::Other(error.message().to_owned()), span));
    }
    for fault in &mut faults {
        fault.span = visible(fault.span, source);
    }
    faults
}

/// Where the first line begins to look like TOML.
fn first_setting(document: &Document<'_>) -> usize {
    use TokenKind::{ArrayTableOpen, Equals, TableOpen};
    let is_sign = |token: &&Token| matches!(token.kind, Equals | TableOpen | ArrayTableOpen);
    let sign = document.tokens.iter().find(is_sign);
    sign.map_or(document.source.text().len(), |token| token.span.start)
}

/// Takes the problems in the order of the file, one to a line apart from definitions, up to the
/// first that leaves the rest in doubt: one that reaches on, or a line that is no setting before
/// the first that is, since the file is then likely to be in another format.
fn understand(problems: &[Problem<'_>], first_setting: usize, source: &Source) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut told = 0;
    let mut done = None;
    for (at, problem) in problems.iter().enumerate() {
        let line = source.line_of(problem.start());
        let is_definition = matches!(problem, Problem::Definition(_));
        if !is_definition && done.replace(line) == Some(line) {
            continue;
        }
        let mut fault = problem.understand(source);
        fault.ends |= !is_definition && reaches_on(&problems[at..], &fault, line, source);
        fault.ends |= fault.kind.is_about_line() && fault.span.start < first_setting;
        let ends = fault.ends;
        told += usize::from(!fault.is_accepted());
        faults.push(fault);
        if ends || told == LIMIT {
            break;
        }
    }
    faults
}

/// Whether the grammar came out of step at a fault, so that the lines below are not what they
/// seem.
fn reaches_on(problems: &[Problem<'_>], fault: &Fault, line: usize, source: &Source) -> bool {
    let has_complaint = |line: usize| {
        let line_of = |problem: &&Problem<'_>| source.line_of(problem.start());
        let below = problems.iter().skip_while(|problem| line_of(problem) < line);
        let mut there = below.take_while(|problem| line_of(problem) == line);
        there.any(|problem| matches!(problem, Problem::Complaint(_)))
    };
    let is_contained = Line::at(source, problems[0].start()).is_self_contained();
    // A missing value may stand on the next line.
    has_complaint(line) && !is_contained
        || fault.kind == FaultKind::MissingValue && has_complaint(line + 1)
}

/// Whether the one error that `toml_edit` reported is among the faults, or a consequence of one.
fn explains(faults: &[Fault], error: &toml_edit::TomlError, source: &Source) -> bool {
    let Some(span) = error.span() else {
        return faults.iter().any(|fault| fault.kind == FaultKind::TooDeep);
    };
    let line = source.line_of(span.start);
    faults.iter().filter(|fault| !fault.is_accepted()).count() == LIMIT
        || faults.iter().any(|fault| {
            let lines = source.line_of(fault.span.start)..=source.line_of(fault.span.end);
            lines.contains(&line) || fault.ends && fault.span.start <= span.start
        })
}

/// A span that a reader can see: in bounds, on character boundaries, and with something in it
/// that is not blank.
fn visible(span: Span, source: &Source) -> Span {
    let text = source.text();
    let end = boundary(text, span.end);
    let start = boundary(text, span.start.min(end));
    let candidates = [
        Span::new(start, end),
        source.line_span(source.line_of(start)),
        Span::new(0, start),
        Span::new(0, text.len()),
    ];
    for (at, candidate) in candidates.into_iter().enumerate() {
        let slice = source.slice(candidate);
        let trimmed = slice.trim();
        if trimmed.is_empty() {
            continue;
        }
        let start = candidate.start + (slice.len() - slice.trim_start().len());
        let shown = Span::new(start, start + trimmed.len());
        return if at < 2 { shown } else { last_character(shown, text) };
    }
    Span::new(0, text.len())
}

/// The last character boundary up to an offset.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn last_character(span: Span, text: &str) -> Span {
    let last = text[span.range()].chars().next_back().map_or(0, char::len_utf8);
    Span::new(span.end - last, span.end)
}

impl From<toml_parser::Span> for Span {
    fn from(span: toml_parser::Span) -> Self {
        Self::new(span.start(), span.end())
    }
}
