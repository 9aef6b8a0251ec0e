//! `check`: inputs -> findings -> a report, and on request the fixed files.
//!
//! Each input is read, fixed, checked and rendered before it is dropped: a folder of many files
//! needs the memory of a few.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use smsotp_lint::analysis::Analysis;
use smsotp_lint::catalogue::{Profile, Release};
use smsotp_lint::config::{Config, FailOn};
use smsotp_lint::diagnostic::{Needs, RuleInfo};
use smsotp_lint::diff::unified;
use smsotp_lint::engine::{Repaired, merge, repair, repair_only};
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::policy::Selector;
use smsotp_lint::report::{
    FileReport, FixedFinding, Format, InputError, Location, RenderedFiles, Report,
};
use smsotp_lint::rules::RULES;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Checked, Document, Options, check, write};

use super::configurations::Configurations;
use super::find::{self, FoundFiles};
use super::inputs::{Input, is_same};
use super::settings::Asked;
use super::{complain, environment, parallel, print, replace, style, style_on};
use crate::cli::{Check, Color};

/// The time to find the shortest diff of a file. Only one made to take long needs more.
const DIFF_TIME: Duration = Duration::from_secs(1);

/// What a run goes by.
struct Job<'r> {
    arguments: &'r Check,
    environment: Environment,
    /// The rules that alone are fixed; none where all are.
    fix_only: Vec<&'static str>,
    report: Report,
}

/// One input, and what it is judged by.
struct Task<'t> {
    input: Input,
    options: Options<'t>,
    fail_on: FailOn,
}

/// What became of one input.
#[derive(Default)]
struct Done {
    rendered: RenderedFiles,
    /// What the fixes would change.
    diff: String,
    /// Standard input with its fixes made.
    document: Option<String>,
    /// Why it could not be read or written.
    failure: Option<Failure>,
}

pub(super) fn run(arguments: &Check, color: Color) -> Result<Exit, Failure> {
    let releases = releases(arguments);
    refuse(arguments, &releases)?;
    let asked = Asked::of(arguments)?;
    let environment = environment::of(&arguments.server)?;
    let fix_only = arguments.fix_only.iter().map(|name| rule(name)).collect::<Result<_, _>>()?;
    let mut configurations = Configurations::of(&arguments.server)?;
    let found = find::find(arguments, &mut configurations)?;
    if arguments.show_files {
        return found.list();
    }
    let FoundFiles { inputs, mut failures, notes } = found;
    let configs = inputs.iter().map(|input| configurations.of_input(input));
    let configs = configs.map(|config| Ok(asked.over(config?))).collect::<Result<Vec<_>, _>>()?;
    spare(&inputs, arguments, &configurations)?;
    let report = report(arguments, color, releases);
    let job = Job { arguments, environment, fix_only, report };
    let tasks: Vec<_> =
        inputs.into_iter().zip(&configs).map(|(input, config)| job.task(input, config)).collect();

    let mut all = Done::default();
    for done in parallel::map(&tasks, |task| job.done(task)) {
        all.rendered = all.rendered.and(done.rendered);
        all.diff.push_str(&done.diff);
        all.document = all.document.or(done.document);
        failures.extend(done.failure);
    }
    for failure in notes.iter().chain(&failures) {
        complain(failure);
    }
    let has_failing = all.rendered.summary.failing > 0 || !all.diff.is_empty();
    job.deliver(all, &failures)?;
    Ok(match (failures.is_empty(), has_failing) {
        (false, _) => Exit::Failure,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    })
}

/// Refuses flags that go together with some values only.
fn refuse(arguments: &Check, releases: &[Release]) -> Result<(), Failure> {
    let format = arguments.format;
    if arguments.diff && format.is_for_machines() {
        return Err(Failure::new("--diff is for people and goes with no machine format"));
    }
    if arguments.statistics && format.is_for_machines() && format != Format::Json {
        let format = format.as_str();
        let message = format!("--statistics goes with human, concise and json, not with {format}");
        return Err(Failure::new(message));
    }
    if releases.len() > 1 && (arguments.fixes() || arguments.diff) {
        return Err(Failure::new("--fix and --diff go by one release: give one --is-version"));
    }
    Ok(())
}

/// The rule of this name.
fn rule(name: &str) -> Result<&'static str, Failure> {
    match Selector::named(name) {
        Ok(Selector::Rule(rule)) => Ok(rule.name),
        Ok(Selector::Category(_)) => {
            Err(Failure::new(format!("--fix-only takes a rule, and {name} is a category")))
        }
        Err(refusal) => Err(Failure::new(refusal.about(name))),
    }
}

/// The releases asked for, each once.
fn releases(arguments: &Check) -> Vec<Release> {
    let mut releases = arguments.server.is_version.clone();
    releases.sort_unstable();
    releases.dedup();
    releases
}

fn report(arguments: &Check, color: Color, releases: Vec<Release>) -> Report {
    // Without it, paths are reported as they were given.
    let directory = std::env::current_dir().unwrap_or_default();
    Report {
        profile: Profile { release: releases.first().copied() },
        releases,
        statistics: arguments.statistics,
        // What a diff leaves is told in a line each.
        format: if arguments.diff { Format::Concise } else { arguments.format },
        style: match arguments.output_file {
            Some(_) => style_on(false, color, arguments.quiet),
            None => style(color, arguments.quiet),
        },
        rules: RULES.iter().map(|rule| rule.info).collect(),
        roots: if arguments.format.is_for_machines() { roots(&directory) } else { Vec::new() },
        directory,
        notes: Vec::new(),
    }
}

/// The variables in which CI systems name the workspace of a run.
const WORKSPACES: [&str; 3] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "WORKSPACE"];

/// The workspaces of this run and the top of the repository, below which other programs look for
/// the files of a report.
fn roots(directory: &Path) -> Vec<PathBuf> {
    let workspaces = WORKSPACES.iter().filter_map(std::env::var_os).map(PathBuf::from);
    let workspaces = workspaces.filter(|path| path.is_absolute());
    // The working directory has no links in its path.
    let workspaces = workspaces.map(|path| path.canonicalize().unwrap_or(path));
    let repository = directory.ancestors().find(|above| above.join(".git").exists());
    workspaces.chain(repository.map(Path::to_owned)).collect()
}

/// Refuses to write the report over what the run reads.
fn spare(
    inputs: &[Input],
    arguments: &Check,
    configurations: &Configurations<'_>,
) -> Result<(), Failure> {
    let Some(path) = &arguments.output_file else { return Ok(()) };
    let mut files = arguments.server.env_file.as_deref().into_iter().chain(configurations.files());
    if inputs.iter().any(|input| input.is(path)) || files.any(|file| is_same(file, path)) {
        return Err(Failure::with(path, "the report would overwrite what it is about"));
    }
    Ok(())
}

impl Job<'_> {
    fn task<'t>(&'t self, input: Input, config: &'t Config) -> Task<'t> {
        let options = Options {
            profile: Profile { release: config.release },
            environment: &self.environment,
            policy: &config.policy,
            ignores: !self.arguments.no_ignores,
        };
        Task { input, options, fail_on: config.fail_on.unwrap_or_default() }
    }

    fn done(&self, task: &Task<'_>) -> Done {
        let source = match task.input.read() {
            Ok(source) => source,
            Err(failure) => return Done { failure: Some(failure), ..Done::default() },
        };
        if !self.arguments.fixes() && !self.arguments.diff {
            return Done {
                rendered: self.rendered(task, &source, &source, Vec::new()),
                ..Done::default()
            };
        }
        let repaired = self.repaired(task, &source);
        if self.arguments.diff {
            let diff = diff(&task.options, &source, &repaired.source, self.report.style.color);
            let rendered = self.rendered(task, &source, &repaired.source, Vec::new());
            return Done { rendered, diff, ..Done::default() };
        }
        self.fixed(task, &source, repaired)
    }

    fn repaired(&self, task: &Task<'_>, source: &Source) -> Repaired {
        let with_unsafe = self.arguments.unsafe_fixes;
        match &self.fix_only[..] {
            [] => repair(source, &task.options, with_unsafe),
            rules => repair_only(source, &task.options, with_unsafe, rules),
        }
    }

    /// Writes the fixed text back. Of a file that cannot be written, the findings are those it
    /// still has.
    fn fixed(&self, task: &Task<'_>, source: &Source, repaired: Repaired) -> Done {
        let (old, new) = (source.text(), repaired.source.text());
        if let Input::File(path) = &task.input
            && old != new
            && let Err(failure) = replace(path, source, &repaired.source)
        {
            let rendered = self.rendered(task, source, source, Vec::new());
            return Done { rendered, failure: Some(failure), ..Done::default() };
        }
        let fixed = repaired.fixed.into_iter().map(|fixed| FixedFinding {
            rule: fixed.rule.name,
            title: fixed.title,
            location: Location::of(source, fixed.span),
        });
        let document = matches!(task.input, Input::Stdin(_)).then(|| new.to_owned());
        let rendered = self.rendered(task, source, &repaired.source, fixed.collect());
        Done { rendered, document, ..Done::default() }
    }

    /// What the report says of a file, which after fixes shows no more than before.
    fn rendered(
        &self,
        task: &Task<'_>,
        old: &Source,
        new: &Source,
        fixed: Vec<FixedFinding>,
    ) -> RenderedFiles {
        let document = Document::parse(old);
        let again = (old.text() != new.text()).then(|| Document::parse(new));
        let analysis = task.options.analyse(&document);
        let analysis = match &again {
            Some(document) => &analysis.again(document),
            None => &analysis,
        };
        let checked = match &self.report.releases[..] {
            [] | [_] => check(analysis, &task.options),
            several => {
                let under = |release: &Release| task.under(analysis.document, *release);
                merge(several.iter().map(under).collect())
            }
        };
        let file = FileReport {
            fixed,
            needs_release: task.needs_release(analysis),
            ..file_report(analysis, checked, task.fail_on)
        };
        analysis.note().into_iter().fold(self.report.file(&file), RenderedFiles::noting)
    }

    /// Prints what there is to print, and writes the report where it belongs.
    fn deliver(&self, all: Done, failures: &[Failure]) -> Result<(), Failure> {
        let unread: Vec<_> = failures.iter().map(input_error).collect();
        let has_findings = all.rendered.summary.has_findings();
        let sentence = self.report.sentence(&all.rendered, &unread);
        let mut report = self.report.whole(all.rendered, &unread);
        if self.arguments.diff {
            let left = std::mem::replace(&mut report, all.diff);
            if has_findings {
                // The diff is what was asked for; a closed stream is no failure.
                let _ = write!(io::stderr(), "what is left:\n{left}");
            }
        }
        if let Some(document) = &all.document {
            print(document.as_bytes())?;
        }
        match &self.arguments.output_file {
            Some(path) => {
                write::overwrite(path, report.as_bytes())?;
                // The log of a CI job says what came of it; with a diff it has been said.
                let is_told = self.arguments.quiet || (self.arguments.diff && has_findings);
                if let Some(sentence) = sentence.filter(|_| !is_told) {
                    complain(&Failure::with(path, sentence));
                }
                Ok(())
            }
            None if all.document.is_none() => print(report.as_bytes()),
            // The report is second to the document here; a closed stream is no failure.
            None => {
                let _ = io::stderr().write_all(report.as_bytes());
                Ok(())
            }
        }
    }
}

impl Task<'_> {
    /// The rules that are on and were silent for want of a release, though the file sets what they
    /// are about.
    fn needs_release(&self, analysis: &Analysis<'_>) -> Vec<&'static str> {
        if analysis.profile.release.is_some() {
            return Vec::new();
        }
        let is_set = |rule: &RuleInfo| {
            let mut written = analysis.settings.iter().filter(|it| it.written().is_some());
            written.any(|setting| rule.concerns.hold(setting.parameter))
        };
        let rules = RULES.iter().map(|rule| rule.info);
        let waiting = rules.filter(|rule| rule.needs == Needs::Release);
        let waiting = waiting.filter(|rule| self.options.policy.is_on(rule) && is_set(rule));
        waiting.map(|rule| rule.name).collect()
    }

    /// What a check finds under one of several releases.
    fn under(&self, document: &Document<'_>, release: Release) -> (Release, Checked) {
        let options = Options { profile: Profile { release: Some(release) }, ..self.options };
        (release, check(&options.analyse(document), &options))
    }
}

/// What turns one text into the other, as far as it may be shown.
pub(super) fn diff(options: &Options<'_>, old: &Source, new: &Source, color: bool) -> String {
    if old.text() == new.text() {
        return String::new();
    }
    let (old, new) = (Document::parse(old), Document::parse(new));
    let old = options.analyse(&old);
    let new = old.again(&new);
    let deadline = Instant::now() + DIFF_TIME;
    unified(&old.view, &new.view, color, Some(deadline))
}

fn input_error(failure: &Failure) -> InputError {
    let path = failure.path.as_deref().unwrap_or(Path::new(""));
    InputError { path: path.to_string_lossy().into_owned(), message: failure.message.clone() }
}

/// What there is to tell about one file in which nothing was fixed.
pub(super) fn file_report<'f>(
    analysis: &'f Analysis<'f>,
    checked: Checked,
    fail_on: FailOn,
) -> FileReport<'f> {
    let Checked { findings, suppressed, loads } = checked;
    let fails_from = fail_on.least();
    FileReport { findings, suppressed, loads, fails_from, ..FileReport::of(analysis) }
}
