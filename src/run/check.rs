//! `check`: inputs -> findings -> a report, and on request the fixed files.

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{iter, thread};

use clap::ArgMatches;
use smsotp_lint::catalogue::Profile;
use smsotp_lint::config::{Config, FailOn};
use smsotp_lint::diff::unified;
use smsotp_lint::engine::repair;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::redact::Redacted;
use smsotp_lint::report::{self, FileReport, Fixed, InputError, Location, Run};
use smsotp_lint::rules::RULES;
use smsotp_lint::section::Section;
use smsotp_lint::source::Source;
use smsotp_lint::{Checked, Document, Options, check, write};

use super::inputs::{self, Found, Input, is_same};
use super::{complain, environment, print, replace, settings, style, style_on};
use crate::cli::{Check, Color};

/// A file as it will be reported: read, and fixed where that was asked for.
struct Prepared {
    source: Source,
    /// The text before the fixes, when there were any.
    before: Option<Source>,
    fixed: Vec<Fixed>,
    /// The file could not be written, so the findings are those it still has.
    failure: Option<Failure>,
    is_stdin: bool,
}

pub(super) fn run(arguments: &Check, matches: &ArgMatches, color: Color) -> Result<Exit, Failure> {
    if arguments.diff && arguments.format.is_for_machines() {
        return Err(Failure::new("--diff is for people and goes with no machine format"));
    }
    let config = settings::of(arguments, matches)?;
    let profile = Profile { release: config.release };
    let ignores = !arguments.no_ignores;
    let environment = environment::of(&arguments.server)?;
    let options = Options { profile, environment: &environment, policy: &config.policy, ignores };
    let fail_on = config.fail_on.unwrap_or_default();

    let Found { inputs, mut failures, notes } =
        inputs::find(&arguments.paths, arguments.stdin_filename.as_deref());
    if let Some(path) = &arguments.output_file
        && (inputs.iter().any(|input| input.is(path))
            || settings::files(&arguments.server).iter().any(|file| is_same(file, path)))
    {
        return Err(Failure::with(path, "the report would overwrite what it is about"));
    }
    let mut prepared = Vec::new();
    for result in in_parallel(&inputs, |input| prepare(input, arguments, &options)) {
        match result {
            Ok(file) => prepared.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    failures.extend(prepared.iter_mut().filter_map(|file| file.failure.take()));
    let checked = in_parallel(&prepared, |file| {
        let document = Document::parse(&file.source);
        let checked = check(&options.analyse(&document), &options);
        // Only what will be shown is worth its memory.
        let is_shown = !checked.findings.is_empty() || !checked.suppressed.is_empty();
        (is_shown.then_some(document), checked)
    });
    for failure in notes.iter().chain(&failures) {
        complain(failure);
    }

    let failed = checked.iter().any(|(_, checked)| fails(checked, fail_on));
    let changed = arguments.diff && prepared.iter().any(|file| file.before.is_some());
    let exit = match (failures.is_empty(), failed || changed) {
        (false, _) => Exit::Failure,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    };

    let document = arguments.fix.then(|| fixed_stdin(&prepared)).flatten();
    if let Some(text) = document {
        print(text.as_bytes())?;
    }
    let report = match arguments.diff {
        true => diff(&prepared),
        false => report(arguments, color, &config, &prepared, checked, &failures),
    };
    match &arguments.output_file {
        Some(path) => write::overwrite(path, report.as_bytes())?,
        // The report is second to the document here; a closed stream is no failure.
        None if document.is_some() => drop(io::stderr().write_all(report.as_bytes())),
        None => print(report.as_bytes())?,
    }
    Ok(exit)
}

/// Reads an input and, when asked to, fixes it and writes it back.
fn prepare(input: &Input, arguments: &Check, options: &Options<'_>) -> Result<Prepared, Failure> {
    let source = input.read()?;
    let is_stdin = matches!(input, Input::Stdin(_));
    let unchanged =
        |source, failure| Prepared { source, before: None, fixed: Vec::new(), failure, is_stdin };
    if !arguments.fix && !arguments.diff {
        return Ok(unchanged(source, None));
    }
    let repaired = repair(&source, options, arguments.unsafe_fixes);
    if repaired.source.text() == source.text() {
        return Ok(unchanged(source, None));
    }
    if arguments.fix
        && !is_stdin
        && let Err(failure) = replace(input.name(), &source, &repaired.source)
    {
        return Ok(unchanged(source, Some(failure)));
    }
    let fixed = repaired.fixed.into_iter().map(|fixed| Fixed {
        rule: fixed.rule.name,
        title: fixed.title.to_string(),
        location: Location::of(&source, fixed.span),
    });
    let fixed = fixed.collect();
    Ok(Prepared { source: repaired.source, before: Some(source), fixed, failure: None, is_stdin })
}

fn report(
    arguments: &Check,
    color: Color,
    config: &Config,
    prepared: &[Prepared],
    checked: Vec<(Option<Document<'_>>, Checked)>,
    failures: &[Failure],
) -> String {
    let (documents, checked): (Vec<_>, Vec<_>) = checked.into_iter().unzip();
    let nothing = Source::new("", "");
    let nothing = Document::parse(&nothing);
    let views = in_parallel(&documents, |shown| view(shown.as_ref().unwrap_or(&nothing)));
    let files = iter::zip(prepared, iter::zip(views, checked)).map(|(file, (view, checked))| {
        let path = file.source.name().to_owned();
        FileReport { path, fixed: file.fixed.clone(), ..file_report(view, checked) }
    });
    let errors = failures.iter().map(|failure| InputError {
        path: failure.path.as_deref().unwrap_or(Path::new("")).to_string_lossy().into_owned(),
        message: failure.message.clone(),
    });
    let run = Run {
        profile: Profile { release: config.release },
        rules: RULES.iter().map(|rule| rule.info).collect(),
        fails_from: config.fail_on.unwrap_or_default().least(),
        // Without it, paths are reported as they were given.
        directory: std::env::current_dir().unwrap_or_default(),
        files: files.collect(),
        errors: errors.collect(),
        notes: Vec::new(),
    };
    let style = match arguments.output_file {
        Some(_) => style_on(false, color, arguments.quiet),
        None => style(color, arguments.quiet),
    };
    report::render(arguments.format, &run, &style)
}

/// What there is to tell about one file in which nothing was fixed.
pub(super) fn file_report(view: Redacted<'_>, checked: Checked) -> FileReport<'_> {
    FileReport {
        path: view.source().name().to_owned(),
        view,
        loads: checked.loads,
        suppressed: checked.suppressed,
        fixed: Vec::new(),
        findings: checked.findings,
    }
}

/// What may be shown of a document.
pub(super) fn view<'d>(document: &'d Document<'d>) -> Redacted<'d> {
    Redacted::of(document, &Section::of(document))
}

/// Whether anything was found at or above the level that fails.
pub(super) fn fails(checked: &Checked, fail_on: FailOn) -> bool {
    checked.findings.iter().any(|finding| fail_on.fails(finding.severity))
}

/// What the fixes would change, file by file.
fn diff(prepared: &[Prepared]) -> String {
    let mut text = String::new();
    for file in prepared {
        let Some(before) = &file.before else { continue };
        let (old, new) = (Document::parse(before), Document::parse(&file.source));
        text.push_str(&unified(&view(&old), &view(&new)));
    }
    text
}

/// The document to print when standard input was fixed.
fn fixed_stdin(prepared: &[Prepared]) -> Option<&str> {
    prepared.iter().find(|file| file.is_stdin).map(|file| file.source.text())
}

/// Maps over a slice on every core, in order.
fn in_parallel<'t, T: Sync, R: Send>(items: &'t [T], f: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    // The system is slow to tell, so it is not asked about a single item.
    let cores = match items.len() {
        0 | 1 => 1,
        many => thread::available_parallelism().map_or(1, usize::from).min(many),
    };
    if cores == 1 {
        return items.iter().map(f).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break done };
            done.push((at, f(item)));
        }
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        // Where the system lets no thread begin, the others do its share.
        let others =
            (1..cores).map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        let mut results = work();
        for other in others {
            match other.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
