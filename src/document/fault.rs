//! Why a text is not TOML: what the parsers hold against it -> the mistakes people make, in the
//! order of the file.
//!
//! `toml_edit` has the last word on whether there is a fault at all, but it reports only one, and
//! not the first of the file. So the lexer's, the grammar's and the definitions' complaints are
//! gathered here, and end with the first that leaves the rest of the file in doubt.

mod definitions;
mod grammar;
mod heal;
mod lexical;
mod line;

use crate::document::Document;
use crate::source::{Source, Span};
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

/// The mistakes. None carries a text of the file: whether it may be shown is not decided here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// `<<<<<<<` and its like, left behind by a merge.
    MergeMarker,
    /// `{{ .. }}`, `{% .. %}`, `<% .. %>` or `${..}`: a template that was not rendered.
    Template,
    /// `//`, `;`, `/*` or `<!--` where a comment was meant.
    ForeignComment,
    /// `key: value` or `key := value`
    Colon,
    /// `key => value`
    Arrow,
    /// `key == value`
    ExtraEquals,
    /// `key value`, or a key alone.
    MissingEquals,
    /// `a b = 1`
    BlankInKey,
    /// A line that is nothing TOML knows.
    NotASetting,
    /// `key =`
    MissingValue,
    /// `= value`, or nothing before, between or behind the dots of a key.
    EmptyKey,
    /// A character that a key without quotes cannot hold.
    KeyCharacter,
    /// A key in triple quotes.
    MultilineKey,
    /// `[a`, `[[a]`, `[a b]`
    UnclosedHeader,
    /// `[]`, `[a.]`
    EmptyHeader,
    /// Anything behind a header.
    TextAfterHeader,
    /// Anything behind a value.
    TextAfterValue,
    /// `;` or `,` at the end of a line.
    Separator,
    /// A closing bracket without an opening one.
    StrayBracket,
    /// `"abc` or `'abc`
    UnclosedString,
    /// `"""` or `'''` without its other half.
    UnclosedMultilineString,
    /// `[` without `]`
    UnclosedArray,
    /// `{` without `}`
    UnclosedInlineTable,
    /// Items of an array without a comma between them, or with too many.
    ArrayItems,
    /// An inline table that is no list of `key = value`.
    InlineTableItems,
    /// A text without quotes.
    BareWord,
    /// `True`, `yes`, `off` and the like.
    Boolean {
        /// What was meant.
        meant: bool,
    },
    /// `null`, `None`, `nil`
    Null,
    /// `$secret{..}` and its like without quotes.
    BareReference,
    /// `5m`, `300 s`, `10%`
    NumberWithUnit,
    /// `007`
    LeadingZero,
    /// A number no 64 bits can hold.
    NumberTooLarge,
    /// Any other number TOML does not know, with the parser's reason.
    Number(String),
    /// A date or time that does not exist, with the parser's reason.
    Datetime(String),
    /// A quote that is none to TOML.
    ForeignQuote(char),
    /// A blank or a mark that looks like nothing, outside of strings.
    Invisible(char),
    /// A control character in a string, a key or between them.
    ControlCharacter(char),
    /// A carriage return that no line feed follows.
    CarriageReturn,
    /// Backslashes of a Windows path in double quotes.
    WindowsPath,
    /// A backslash before a character that needs none.
    Escape,
    /// `\u` or `\U` that names no character.
    UnicodeEscape,
    /// A quote at the end and none at the beginning.
    MissingOpeningQuote,
    /// The same key twice.
    KeyTwice,
    /// The same `[table]` twice.
    TableTwice,
    /// A `[table]` that dotted keys have made already.
    TableAfterDottedKey,
    /// A dotted key that leads into a `[table]` of its own.
    DottedKeyIntoTable,
    /// One name for two different things: a value, a table, an array of tables.
    Clash,
    /// A control character in a comment, which the server reads past.
    CommentControl(char),
    /// A carriage return in a comment, which the server takes as part of it.
    CommentReturn,
    /// `\ud800`: half a character, which the server takes.
    Surrogate,
    /// An inline table extended from outside, which the server does.
    ExtendsInlineTable,
    /// Deeper than TOML readers go; nothing says that the server minds.
    TooDeep,
    /// Anything else, in the parser's own words, which never quote the text.
    Other(String),
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
        matches!(
            self.kind,
            FaultKind::CommentControl(_)
                | FaultKind::CommentReturn
                | FaultKind::Surrogate
                | FaultKind::ExtendsInlineTable
                | FaultKind::TooDeep
        )
    }
}

/// Sorts out what the parsers said of a text that is not TOML.
pub(super) fn faults(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    complaints: &[toml_parser::ParseError],
) -> Vec<Fault> {
    let Some(healed) = heal::heal(document.source.text()) else {
        return found(document, error, complaints);
    };
    // Of equal length, so every span holds for the text as it stands.
    let source = Source::new("", healed.text);
    let mut faults = Document::parse(&source).faults;
    let end = faults.iter().find(|fault| fault.ends).map_or(usize::MAX, |fault| fault.span.start);
    let mut accepted = healed.faults;
    accepted.retain(|fault| fault.span.start < end);
    // Both kinds are told, however many there are of either.
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

    fn understand(&self, source: &Source) -> Fault {
        let line = Line::at(source, self.start());
        if !matches!(self, Self::Definition(_))
            && !matches!(self, Self::Misread(misread) if misread.is_quoted())
            && let Some(fault) = line.residue(source)
        {
            return fault;
        }
        match self {
            Self::Complaint(complaint) => complaint.understand(source, line),
            Self::Misread(misread) => misread.understand(source, line),
            Self::Definition(fault) => fault.clone(),
        }
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
    let mut faults = understand(&problems, source);
    if !explains(&faults, error, source) {
        let span = error.span().map_or(Span::at(source.text().len()), |span| span.into());
        faults.push(Fault::new(FaultKind::Other(error.message().to_owned()), span));
    }
    for fault in &mut faults {
        fault.span = visible(fault.span, source);
    }
    faults.sort_by_key(|fault| fault.span.start);
    faults
}

/// Takes the problems in the order of the file, one to a line, up to the first that leaves the
/// rest in doubt.
fn understand(problems: &[Problem<'_>], source: &Source) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut done = None;
    for (at, problem) in problems.iter().enumerate() {
        if faults.len() == LIMIT {
            break;
        }
        if let Problem::Definition(fault) = problem {
            faults.push(fault.clone());
            continue;
        }
        let line = source.line_of(problem.start());
        if done == Some(line) {
            continue;
        }
        done = Some(line);
        let mut fault = problem.understand(source);
        let mut others = problems[at..].iter();
        let is_here = |other: &&Problem<'_>| source.line_of(other.start()) == line;
        let broken =
            others.by_ref().take_while(is_here).any(|other| matches!(other, Problem::Complaint(_)));
        let next_line = source.full_line_span(line).end;
        let spills = fault.kind == FaultKind::MissingValue
            && problems[at..].iter().any(|other| {
                matches!(other, Problem::Complaint(_))
                    && source.line_of(other.start()) == source.line_of(next_line)
            });
        fault.ends |= spills || broken && !Line::at(source, problem.start()).is_self_contained();
        let ends = fault.ends;
        faults.push(fault);
        if ends {
            break;
        }
    }
    faults
}

/// Whether the one error that `toml_edit` reported is among the faults, or a consequence of one.
fn explains(faults: &[Fault], error: &toml_edit::TomlError, source: &Source) -> bool {
    let Some(span) = error.span() else {
        return faults.iter().any(|fault| fault.kind == FaultKind::TooDeep);
    };
    let line = source.line_of(span.start);
    faults.len() >= LIMIT
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

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<toml_parser::Span> for Span {
    fn from(span: toml_parser::Span) -> Self {
        Self::new(span.start(), span.end())
    }
}
