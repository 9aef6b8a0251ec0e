//! Why a text is not TOML: what the parsers hold against it -> the mistakes people make, in the
//! order of the file.
//!
//! `toml_edit` decides whether there is a mistake at all, but it reports only one, and not the
//! first of the file. So the complaints about the order of tokens, their spelling and the names
//! they define are gathered here, up to the first that leaves the rest of the file in doubt.

mod accepted;
mod definitions;
mod place;
mod table;
#[cfg(test)]
mod tests;

use crate::fix::{Edit, apply};
use crate::source::{Source, Span};
use crate::toml::token::tokenize;
use crate::toml::{DEPTH_LIMIT, Document, Entry, Table, Token, TokenKind};
use place::{Cause, FoundMistake, Place, What, trimmed_line};
use table::{MISTAKES, OTHER};

/// How many faults of a kind are told: whoever mends these will run the check again.
const LIMIT: usize = 20;

/// A mistake people make: how it is recognised, and what is said of it.
#[derive(Debug)]
pub struct Mistake {
    /// A piece of TOML with it, its place between `«` and `»`.
    pub example: &'static str,
    /// Whether it is what is held against a place, and where it is.
    finds: fn(&Place<'_>) -> Option<FoundMistake>,
    /// What it is about, unless the text itself may be named; `{}` is the detail of a fault.
    pub subject: &'static str,
    /// What is wrong with that; `{}` is the detail of a fault.
    pub says: &'static str,
    /// At the place itself.
    pub label: &'static str,
    /// At the other places.
    pub also: &'static str,
    /// What to write instead.
    pub help: &'static [&'static str],
    /// What its rewrite does, if it is certain enough to be a fix.
    pub fix: &'static str,
    /// Whether it is so for a setting that takes a text only.
    pub for_texts: bool,
    /// Whether the text at its place says what it is about.
    pub is_named: bool,
    /// Whether the server's parser takes it, so that the server starts.
    pub is_accepted: bool,
    reach: Reach,
}

/// How much of the text is in doubt behind a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nothing.
    Line,
    /// The next line, which may be part of it.
    NextLine,
    /// Everything, if no line before it looks like TOML.
    Format,
    /// Everything.
    Rest,
}

/// One reason why the text is not TOML.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Which mistake it is.
    pub mistake: &'static Mistake,
    /// Where it is; never empty in a text that has a character to point at.
    pub span: Span,
    /// The other places involved: the first definition, the other merge markers.
    pub also: Vec<Span>,
    /// A character or a reason of the parser, which never quotes the text.
    detail: String,
    /// What would make TOML of its line.
    pub edits: Vec<Edit>,
    /// What follows it cannot be told from its consequences.
    ends: bool,
}

impl Fault {
    fn new(mistake: &'static Mistake, found: FoundMistake, source: &Source) -> Self {
        let FoundMistake { span, also, detail, mut edits } = found;
        if rewritten(source, &edits).is_none() {
            edits.clear();
        }
        Self { mistake, span, also, detail, edits, ends: mistake.reach == Reach::Rest }
    }

    /// What is wrong with the text at its place, which is named if it may be.
    pub fn message(&self, name: Option<&str>) -> String {
        let subject = match name {
            Some(name) => format!("`{name}`"),
            None => self.mistake.subject.replace("{}", &self.detail),
        };
        format!("{subject} {}", self.mistake.says.replace("{}", &self.detail))
    }

    /// Whether the server's parser takes it, so that it does not keep the server from starting.
    pub fn is_accepted(&self) -> bool {
        self.mistake.is_accepted
    }

    /// The setting as it should be written, without the comment behind it, and the span of the
    /// line that this says anew.
    pub fn rewritten(&self, source: &Source) -> Option<(String, Span)> {
        rewritten(source, &self.edits)
    }
}

/// The line of some edits behind them, if that makes TOML of it.
fn rewritten(source: &Source, edits: &[Edit]) -> Option<(String, Span)> {
    let line = trimmed_line(source, source.line_of(edits.first()?.span.start));
    let moved = edits.iter().map(|edit| Edit {
        span: Span::new(edit.span.start - line.start, edit.span.end - line.start),
        text: edit.text.clone(),
    });
    let mut text = apply(source.slice(line), &moved.collect::<Vec<_>>())?;
    toml_edit::Document::parse(text.as_str()).ok()?;
    let comment = tokenize(&text).0.into_iter().find(|token| token.kind == TokenKind::Comment);
    let behind = comment.map_or(0, |comment| text.len() - comment.span.start);
    text.truncate(text.len() - behind);
    text.truncate(text.trim_end().len());
    Some((text, Span::new(line.start, line.end - behind)))
}

/// Sorts out what the parsers said of a text that is not TOML.
pub(super) fn faults(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    complaints: Vec<toml_parser::ParseError>,
) -> Vec<Fault> {
    let (masked, passed) = accepted::masked(document.source.text());
    let mut faults = match passed.is_empty() {
        true => found(document, error, complaints),
        // Of equal length, so every span holds for the text as it stands.
        false => Document::parse(&Source::new("", masked)).faults,
    };
    let end = faults.iter().find(|fault| fault.ends).map_or(usize::MAX, |fault| fault.span.start);
    let passed = understand(&passed, document);
    faults.extend(passed.into_iter().filter(|fault| fault.span.start < end));
    // Some of either kind.
    let (mut accepted, mut faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(Fault::is_accepted);
    faults.truncate(LIMIT - accepted.len().min(1));
    accepted.truncate(LIMIT - faults.len());
    faults.append(&mut accepted);
    faults.sort_by_cached_key(|fault| fault.span.start);
    faults
}

fn found(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    complaints: Vec<toml_parser::ParseError>,
) -> Vec<Fault> {
    let source = document.source;
    // At the same place, the token that cannot be read says more than what is missing around it.
    let mut causes = place::misspelt(document);
    causes.extend(complaints.into_iter().map(Cause::from));
    causes.extend(definitions::clashes(document));
    if causes.is_empty() {
        causes.push(too_deep(document).unwrap_or_else(|| Cause::from(error)));
    }
    causes.sort_by_cached_key(|cause| cause.span.start);
    let mut faults = understand(&causes, document);
    for fault in &mut faults {
        fault.span = visible(fault.span, source);
    }
    faults
}

/// The first key with too many parts, of which `toml_edit` tells no place.
fn too_deep(document: &Document<'_>) -> Option<Cause> {
    let headers = |table: &Table<'_>| table.header.as_ref().map(|it| (it.keys.len(), it.span));
    let entries = |entry: &Entry<'_>| (entry.keys.len(), entry.key_span());
    let keys = |table| headers(table).into_iter().chain(table.entries.iter().map(entries));
    let (_, span) =
        document.tables.iter().flat_map(keys).find(|(parts, _)| *parts > DEPTH_LIMIT as usize)?;
    Some(Cause::new(What::TooDeep, span))
}

/// Takes the causes in the order of the file, one to a line apart from names, up to the first
/// fault that leaves the rest in doubt.
fn understand(causes: &[Cause], document: &Document<'_>) -> Vec<Fault> {
    let source = document.source;
    let mut faults: Vec<Fault> = Vec::new();
    let mut done = None;
    let first_setting = first_setting(document);
    for (at, cause) in causes.iter().enumerate() {
        let line = source.line_of(cause.span.start);
        if !cause.is_known() && done.replace(line) == Some(line) {
            continue;
        }
        let place = Place::of(source, cause);
        let found = MISTAKES.iter().find_map(|it| Some((it, (it.finds)(&place)?)));
        let other = || (&OTHER, FoundMistake::at(cause.span).detail(place.error()));
        let (mistake, found) = found.unwrap_or_else(other);
        let mut fault = Fault::new(mistake, found, source);
        fault.ends |= place.is_in_header();
        fault.ends |= place.unclosed().is_some() && fault.edits.is_empty();
        // Likely another format.
        fault.ends |= mistake.reach == Reach::Format && fault.span.start < first_setting;
        fault.ends |= !cause.is_known() && reaches_on(&causes[at..], &place, mistake.reach, line);
        let ends = fault.ends;
        faults.push(fault);
        if ends || faults.iter().filter(|fault| !fault.is_accepted()).count() == LIMIT {
            break;
        }
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

/// Whether the grammar came out of step at the first of some causes, so that the lines below are
/// not what they seem.
fn reaches_on(causes: &[Cause], place: &Place<'_>, reach: Reach, line: usize) -> bool {
    let has_complaint = |line: usize| {
        let line_of = |cause: &&Cause| place.source.line_of(cause.span.start);
        let below = causes.iter().skip_while(|cause| line_of(cause) < line);
        let mut there = below.take_while(|cause| line_of(cause) == line);
        there.any(|cause| cause.what == What::Order)
    };
    has_complaint(line) && !place.is_self_contained()
        || reach == Reach::NextLine && has_complaint(line + 1)
}

/// A span that a reader can see: with something in it that is not blank.
fn visible(span: Span, source: &Source) -> Span {
    let shown = |span: Span| {
        let slice = source.slice(span);
        let start = span.start + (slice.len() - slice.trim_start().len());
        (!slice.trim().is_empty()).then(|| Span::new(start, start + slice.trim().len()))
    };
    // The last character of one is enough.
    let last = |span: Span| {
        let last = source.slice(span).chars().next_back().map_or(0, char::len_utf8);
        Span::new(span.end - last, span.end)
    };
    let whole = Span::new(0, source.text().len());
    let near = [span, source.line_span(source.line_of(span.start))].into_iter().find_map(shown);
    let far = || [Span::new(0, span.start), whole].into_iter().find_map(shown).map(last);
    near.or_else(far).unwrap_or(whole)
}
