//! What a run found -> the text of a report, in one of several formats.
//!
//! Reports know findings, sources and their masked view, and nothing of rules. The library never
//! prints: a report is a value too.

mod concise;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod layout;
mod place;
mod sarif;
mod summary;
#[cfg(test)]
mod tests;

pub(crate) use json::harmless;
pub use summary::Summary;

use std::cmp::Reverse;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Serialize;

use crate::catalogue::Profile;
use crate::diagnostic::{Diagnostic, RuleInfo, Severity};
use crate::redact::{Redacted, floor};
use crate::source::{Source, Span};

/// Everything a run has to tell.
#[derive(Debug, Default)]
pub struct Run<'d> {
    /// Whose defaults applied.
    pub profile: Profile,
    /// Every rule there is, on or off.
    pub rules: Vec<&'static RuleInfo>,
    /// The least severity that fails the run; `None` when nothing found does.
    pub fails_from: Option<Severity>,
    /// The directory that relative paths begin in.
    pub directory: PathBuf,
    /// The files that were checked, in the order of the command line.
    pub files: Vec<FileReport<'d>>,
    /// The inputs that could not be checked.
    pub errors: Vec<InputError>,
    /// What the reader should know about the run as a whole.
    pub notes: Vec<String>,
}

/// What there is to tell about one file.
#[derive(Debug)]
pub struct FileReport<'d> {
    /// The path to show.
    pub path: String,
    /// The text the findings point into, as it may be shown.
    pub view: Redacted<'d>,
    /// Whether the server would load it; `None` when that depends on what is not known.
    pub loads: Option<bool>,
    /// The findings that a comment in the file silences.
    pub suppressed: Vec<Diagnostic>,
    /// What has been put right.
    pub fixed: Vec<Fixed>,
    /// What was found, or is left to be put right, in the order of the file.
    pub findings: Vec<Diagnostic>,
}

/// A finding that a fix has resolved.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The name of the rule.
    pub rule: &'static str,
    /// What the fix did, in the imperative.
    pub title: String,
    /// Where the finding stood when it was resolved.
    pub location: Location,
}

/// An input that could not be checked.
#[derive(Debug)]
pub struct InputError {
    /// The path as given.
    pub path: String,
    /// Why not.
    pub message: String,
}

/// A place for people and for tools: lines and columns count from 1, columns in characters, and
/// the bytes are those of the file. Ends are exclusive. The names of its fields are what JSON shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The line it begins in.
    pub line: usize,
    /// The column it begins at.
    pub column: usize,
    /// The line it ends in.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
    /// The offset of its first byte.
    pub byte_start: usize,
    /// The offset behind its last byte.
    pub byte_end: usize,
}

impl Location {
    /// The place of a span. One that reaches out of the text ends with it.
    pub fn of(source: &Source, span: Span) -> Self {
        let span = snapped(source, span);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Self {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_start: span.start,
            byte_end: span.end,
        }
    }
}

/// The part of a span that is text, on the boundaries of its characters.
fn snapped(source: &Source, span: Span) -> Span {
    let start = floor(source.text(), span.start);
    Span::new(start, floor(source.text(), span.end).max(start))
}

impl FileReport<'_> {
    /// The place a finding points at.
    fn location(&self, finding: &Diagnostic) -> Location {
        Location::of(self.view.source(), finding.primary.span)
    }

    /// The findings in the order in which people should read them.
    fn worst_first(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.findings.iter().collect();
        sorted.sort_by_key(|finding| (Reverse(finding.severity), finding.primary.span));
        sorted
    }

    /// Every finding in the order of the file, and whether a comment silences it.
    fn with_suppressed(&self) -> Vec<(&Diagnostic, bool)> {
        let kept = self.findings.iter().map(|finding| (finding, false));
        let mut all: Vec<_> = kept.chain(self.suppressed.iter().map(|one| (one, true))).collect();
        all.sort_by_key(|(finding, _)| finding.primary.span);
        all
    }
}

/// A format a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Excerpts with labels, for people.
    #[default]
    Human,
    /// One line a finding.
    Concise,
    /// One object, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, for GitHub Actions.
    Github,
    /// A code quality report, for GitLab.
    Gitlab,
    /// Test cases, for Jenkins and its kin.
    Junit,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The name used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// What it is and whom it is for, in a phrase.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Human => "excerpts with labels, for people",
            Self::Concise => "one line a finding",
            Self::Json => "one object of a versioned layout, for programs",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Github => "workflow commands, for annotations of GitHub Actions",
            Self::Gitlab => "code quality report, for merge requests of GitLab",
            Self::Junit => "test cases in JUnit's XML, for Jenkins and its kin",
        }
    }

    /// Whether programs read it, and nobody else.
    pub const fn is_for_machines(self) -> bool {
        !matches!(self, Self::Human | Self::Concise)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|format| format.as_str()).collect();
            format!("known formats are {}", known.join(", "))
        })
    }
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether the terminal can draw more than ASCII.
    pub unicode: bool,
    /// Whether to leave out everything but the findings.
    pub quiet: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, color: false, unicode: true, quiet: false }
    }
}

/// Writes a report. The inputs that could not be checked stand in it only where a format has a
/// place for them: people read of those on standard error.
pub fn render(format: Format, run: &Run<'_>, style: &Style) -> String {
    match format {
        Format::Human => human::render(run, style),
        Format::Concise => concise::render(run, style),
        Format::Json => json::render(run),
        Format::Sarif => sarif::render(run),
        Format::Github => github::render(run),
        Format::Gitlab => gitlab::render(run),
        Format::Junit => junit::render(run),
    }
}
