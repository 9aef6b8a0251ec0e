//! `set`: a file and assignments -> the file changed, and a report on what it now says.

use std::io::{self, Write};

use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::report::Report;
use smsotp_lint::set;
use smsotp_lint::{Document, Options, check};

use super::check::file_report;
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
    let changed = set::set(&source, &assignments, &options)
        .map_err(|reason| Failure::with(input.name(), format!("not written: {reason}")))?;
    let is_same = changed.text() == source.text();
    if matches!(input, Input::File(_)) && !is_same {
        replace(input.name(), &source, &changed)?;
    }

    let document = Document::parse(&changed);
    let analysis = options.analyse(&document);
    let checked = check(&analysis, &options);
    let notes = match is_same {
        true => vec!["nothing to change: the file says so already".to_owned()],
        false => assignments.iter().map(|assignment| format!("set {assignment}")).collect(),
    };
    let style = style(color, arguments.quiet);
    let report = Report { style, profile, notes, ..Report::default() };
    let rendered = report.file(&file_report(&analysis, checked, fail_on));
    let exit = if rendered.summary.failing > 0 { Exit::Findings } else { Exit::Clean };
    let report = report.whole(rendered, &[]);
    match input {
        Input::File(_) => print(report.as_bytes())?,
        Input::Stdin(_) => {
            print(changed.text().as_bytes())?;
            // The report is second to the document here; a closed stream is no failure.
            let _ = io::stderr().write_all(report.as_bytes());
        }
    }
    Ok(exit)
}
