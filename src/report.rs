//! What a run found -> the text of a report, in one of several formats.
//!
//! Reports know findings, sources and their masked view, and nothing of rules. The library never
//! prints: a report is a value too.

mod colors;
mod concise;
mod excerpt;
mod fingerprint;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod layout;
mod path;
mod sarif;
mod statistics;
mod summary;
#[cfg(test)]
mod tests;

pub use format::Format;
pub(crate) use json::text as json_text;
pub use summary::Summary;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::analysis::{Analysis, SectionState};
use crate::catalogue::{Profile, Release};
use crate::diagnostic::{Diagnostic, RuleInfo, Severity, Weight};
use crate::escape::{spelt, without_commands};
use crate::message::Message;
use crate::redact::{Redacted, floor};
use crate::source::{Source, Span};
use path::ReportPath;

/// How a run is reported: what is known before its files are read.
#[derive(Debug, Default)]
pub struct Report {
    /// The format.
    pub format: Format,
    /// How it looks to people.
    pub style: Style,
    /// Whose defaults apply where there is no file.
    pub profile: Profile,
    /// The releases asked for, where those are several.
    pub releases: Vec<Release>,
    /// Every rule there is, on or off.
    pub rules: Vec<&'static RuleInfo>,
    /// Whether the findings are counted by rule.
    pub statistics: bool,
    /// The directory that relative paths begin in.
    pub directory: PathBuf,
    /// The directories that other programs take paths from: a workspace, the top of a repository. A
    /// file is named from the first of them that holds it; where none does, from `directory`.
    pub roots: Vec<PathBuf>,
    /// What the reader should know about the run as a whole.
    pub notes: Vec<String>,
}

/// What there is to tell about one file.
#[derive(Debug)]
pub struct FileReport<'d> {
    /// The path to show.
    pub path: String,
    /// The text the findings point into, as it may be shown.
    pub view: &'d Redacted<'d>,
    /// Whose defaults apply.
    pub profile: Profile,
    /// The least severity that fails the run; `None` when nothing found does.
    pub fails_from: Option<Severity>,
    /// What there is of the section; `None` when the text is not TOML.
    pub section: Option<SectionState>,
    /// How many settings of SMS OTP the server reads in the file.
    pub settings: usize,
    /// The rules that have nothing to say without a release, though the file sets what they are
    /// about.
    pub needs_release: Vec<&'static str>,
    /// Whether the server would load it; `None` when that depends on what is not known.
    pub loads: Option<bool>,
    /// The findings that a comment in the file silences.
    pub suppressed: Vec<Diagnostic>,
    /// What has been put right.
    pub fixed: Vec<FixedFinding>,
    /// What was found, or is left to be put right, the worst first.
    pub findings: Vec<Diagnostic>,
}

/// A finding that a fix has resolved.
#[derive(Debug)]
pub struct FixedFinding {
    /// The name of the rule.
    pub rule: &'static str,
    /// What the fix did, in the imperative.
    pub title: Message,
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

impl InputError {
    /// The path by which other programs find it; where it has none, the directory of the report.
    fn place(&self, report: &Report) -> String {
        match &*self.path {
            "" => ".".to_owned(),
            path => ReportPath::of(path, report).path,
        }
    }
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

impl<'d> FileReport<'d> {
    /// What there is to tell before anything is found.
    pub fn of(analysis: &'d Analysis<'d>) -> Self {
        Self {
            path: analysis.document.source().name().to_owned(),
            view: &analysis.view,
            profile: analysis.profile,
            fails_from: None,
            section: analysis.document.is_toml().then(|| analysis.section_state()),
            settings: analysis.sections().map(|(section, _)| section.count()).sum(),
            needs_release: Vec::new(),
            loads: None,
            suppressed: Vec::new(),
            fixed: Vec::new(),
            findings: Vec::new(),
        }
    }
}

impl FileReport<'_> {
    /// Whether a finding fails the run.
    fn fails(&self, finding: &Diagnostic) -> bool {
        self.fails_from.is_some_and(|least| finding.severity >= least)
    }

    /// The place a finding points at.
    fn location(&self, finding: &Diagnostic) -> Location {
        Location::of(self.view.source(), finding.primary.span)
    }

    /// The findings that a report has room for, in its order.
    fn shown(&self, report: &Report) -> Vec<&Diagnostic> {
        first_of_each_rule(&self.findings, report, |finding| finding.rule.name)
    }

    /// Those and the silenced ones, in the order of a report, and whether a comment silences it.
    fn with_suppressed(&self, report: &Report) -> Vec<(&Diagnostic, bool)> {
        let kept = self.shown(report).into_iter().map(|finding| (finding, false));
        let silenced = first_of_each_rule(&self.suppressed, report, |finding| finding.rule.name);
        let mut all: Vec<_> = kept.chain(silenced.into_iter().map(|one| (one, true))).collect();
        all.sort_by_cached_key(|(finding, _)| finding.rank());
        all
    }
}

/// What a report has room for: of each rule so many, in order. A file can be made to have a finding
/// in each of its lines.
fn first_of_each_rule<'t, T>(
    all: &'t [T],
    report: &Report,
    rule: impl Fn(&T) -> &'static str,
) -> Vec<&'t T> {
    let most = report.format.most_of_a_rule();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let has_room = |one: &&T| {
        let count = counts.entry(rule(one)).or_default();
        *count += 1;
        *count <= most
    };
    all.iter().filter(has_room).collect()
}

/// How a report for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether to leave out everything but the findings.
    pub quiet: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, color: false, quiet: false }
    }
}

/// What a report says of some files, which themselves are no longer needed.
#[derive(Debug, Default)]
pub struct RenderedFiles {
    /// Their numbers.
    pub summary: Summary,
    /// Whose defaults apply to them.
    profiles: BTreeSet<Profile>,
    /// How many findings there are of each rule.
    by_rule: BTreeMap<&'static str, usize>,
    /// What they add to a report that is text.
    text: String,
    /// One text a finding, where the worst of all files comes first.
    ranked: Vec<(Weight, String)>,
    /// What they add to an array of JSON.
    values: Vec<Value>,
    /// The rules that were skipped since no release is given.
    needs_release: BTreeSet<&'static str>,
    /// The rule of each finding that was fixed, and a line that tells of it.
    fixed: Vec<(&'static str, String)>,
    /// What the reader should know besides, each once.
    notes: Vec<&'static str>,
}

impl RenderedFiles {
    /// These files and then others.
    pub fn and(mut self, others: Self) -> Self {
        self.summary = self.summary + others.summary;
        self.profiles.extend(others.profiles);
        for (rule, count) in others.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
        self.text.push_str(&others.text);
        self.ranked.extend(others.ranked);
        self.values.extend(others.values);
        self.needs_release.extend(others.needs_release);
        self.fixed.extend(others.fixed);
        others.notes.into_iter().fold(self, Self::noting)
    }

    /// These files, with something that the reader should know besides.
    pub fn noting(mut self, note: &'static str) -> Self {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
        self
    }
}

impl Report {
    /// What the reader should know, when these are all files.
    fn notes(&self, files: &RenderedFiles) -> Vec<String> {
        let skipped: Vec<_> = files.needs_release.iter().copied().collect();
        let skipped = (!skipped.is_empty()).then(|| {
            format!(
                "checks that depend on the release were skipped ({}): give --is-version",
                skipped.join(", ")
            )
        });
        let besides = files.notes.iter().map(|note| (*note).to_owned());
        self.notes.iter().cloned().chain(besides).chain(skipped).collect()
    }

    /// Renders one file.
    pub fn file(&self, file: &FileReport<'_>) -> RenderedFiles {
        let summary = Summary::of(self, file);
        let needs_release = file.needs_release.iter().copied().collect();
        let mut rendered = RenderedFiles {
            summary,
            needs_release,
            by_rule: statistics::of(file),
            ..RenderedFiles::default()
        };
        rendered.profiles.insert(file.profile);
        match self.format {
            Format::Human | Format::Concise if self.statistics => rendered,
            Format::Human => human::file(self, file, rendered),
            Format::Concise => RenderedFiles { text: concise::file(self, file), ..rendered },
            Format::Json => RenderedFiles { values: vec![json::file(self, file)], ..rendered },
            Format::Sarif => RenderedFiles { values: sarif::file(self, file), ..rendered },
            Format::Github => RenderedFiles { ranked: github::file(self, file), ..rendered },
            Format::Gitlab => RenderedFiles { values: gitlab::file(self, file), ..rendered },
            Format::Junit => RenderedFiles { text: junit::file(self, file), ..rendered },
        }
    }

    /// The numbers of all files in a sentence; none when nothing was checked.
    pub fn sentence(&self, files: &RenderedFiles, unread: &[InputError]) -> Option<String> {
        Summary { unread: unread.len(), ..files.summary }.sentence(&files.profiles)
    }

    /// The report of all files and of the inputs that could not be checked. A format for people
    /// leaves the inputs out: people read of them on standard error.
    pub fn whole(&self, mut files: RenderedFiles, unread: &[InputError]) -> String {
        files.summary.unread = unread.len();
        if self.statistics && !self.format.is_for_machines() {
            files.text = statistics::table(self, &files.by_rule);
        }
        match self.format {
            Format::Human => without_commands(&human::whole(self, files), spelt).into_owned(),
            Format::Concise => without_commands(&concise::whole(self, files), spelt).into_owned(),
            Format::Json => json::whole(self, files, unread),
            Format::Sarif => sarif::whole(self, files, unread),
            Format::Github => github::whole(self, files, unread),
            Format::Gitlab => gitlab::whole(self, files, unread),
            Format::Junit => junit::whole(self, files, unread),
        }
    }
}
