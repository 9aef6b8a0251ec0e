//! `set`: a file and assignments -> the file changed, and a report on what it now says.

use std::io::{self, Write};

use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::report::{Format, RenderedFiles, Report};
use smsotp_lint::set::{self, Assignment};
use smsotp_lint::{Document, Options, check};

use super::check::{diff, file_report};
use super::inputs::Input;
use super::{environment, print, replace, settings, style};
use crate::cli::{Color, Set};

pub(super) fn run(arguments: &Set, color: Color) -> Result<Exit, Failure> {
    let assignments = set::parse(&arguments.assignments).map_err(Failure::new)?;
    let input = Input::of(&arguments.path);
    let config = settings::in_force(&arguments.server, &input)?;
    let profile = Profile { release: config.release };
    let environment = environment::of(&arguments.server)?;
    let fail_on = arguments.fail_on.or(config.fail_on).unwrap_or_default();
    let policy = &config.policy;
    let options = Options { profile, environment: &environment, policy, ignores: true };

    let source = input.read_any()?;
    let changed = set::unset(&source, &arguments.unset, &options)
        .and_then(|without| match assignments.is_empty() {
            true => Ok(without),
            false => set::set(&without, &assignments, &options),
        })
        .map_err(|reason| Failure::with(input.name(), format!("not written: {reason}")))?;
    let is_same = changed.text() == source.text();
    if matches!(input, Input::File(_)) && !is_same && !arguments.diff {
        replace(input.name(), &source, &changed)?;
    }

    let document = Document::parse(&changed);
    let analysis = options.analyse(&document);
    let checked = check(&analysis, &options);
    let report = Report {
        format: if arguments.diff { Format::Concise } else { arguments.format },
        style: style(color, arguments.quiet),
        profile,
        notes: notes(arguments, &assignments, is_same),
        ..Report::default()
    };
    let rendered = report.file(&file_report(&analysis, checked, fail_on));
    let rendered = analysis.note().into_iter().fold(rendered, RenderedFiles::noting);
    let summary = rendered.summary;
    let told = report.whole(rendered, &[]);
    // Where something else was asked for, the report is second to it; a closed stream is no failure.
    let second = |told: &str| drop(io::stderr().write_all(told.as_bytes()));
    match input {
        _ if arguments.diff => {
            print(diff(&options, &source, &changed, report.style.color).as_bytes())?;
            if summary.has_findings() {
                second(&format!("what is left:\n{told}"));
            }
        }
        Input::File(_) => print(told.as_bytes())?,
        Input::Stdin(_) => {
            print(changed.text().as_bytes())?;
            second(&told);
        }
    }
    let fails = summary.failing > 0 || (arguments.diff && !is_same);
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

/// What has been done, or would be.
fn notes(arguments: &Set, assignments: &[Assignment], is_same: bool) -> Vec<String> {
    if is_same {
        return vec!["nothing to change: the file says so already".to_owned()];
    }
    let gone = arguments.unset.iter().map(|name| format!("unset {name}"));
    gone.chain(assignments.iter().map(|assignment| format!("set {assignment}"))).collect()
}
