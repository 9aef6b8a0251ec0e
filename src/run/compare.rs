//! `compare`: two inputs, or one under two releases -> what is otherwise.

use std::path::PathBuf;

use smsotp_lint::analysis::Analysis;
use smsotp_lint::compare::{Comparison, Side};
use smsotp_lint::error::{Exit, Failure};

use super::simulate::assumptions;
use super::subject::{Subject, loads};
use super::{complain, print, style};
use crate::cli::{Color, Compare, CompareFormat};

/// Exits with 1 when something changes for users, or when that cannot be told.
pub(super) fn run(arguments: &Compare, color: Color) -> Result<Exit, Failure> {
    let (old, other) = subjects(arguments)?;
    let new = other.as_ref().unwrap_or(&old);
    let (page, matters) = old.analysed(arguments.from, |before| {
        new.analysed(arguments.to, |after| told(arguments, &before, &after, color))
    });
    print(page.as_bytes())?;
    Ok(if matters { Exit::Findings } else { Exit::Clean })
}

/// What there is to print, and whether something changes for users.
fn told(
    arguments: &Compare,
    before: &Analysis<'_>,
    after: &Analysis<'_>,
    color: Color,
) -> (String, bool) {
    let [before, after] = [before, after].map(|analysis| Side { analysis, loads: loads(analysis) });
    let comparison = Comparison::of(before, after, assumptions(&arguments.assume));
    let page = match arguments.format {
        CompareFormat::Table => comparison.table(&style(color, false)),
        CompareFormat::Json => {
            // The others say so themselves.
            let warnings = comparison.warnings(str::to_owned);
            warnings.into_iter().for_each(|warning| complain(&Failure::new(warning)));
            comparison.json()
        }
        CompareFormat::Markdown => comparison.markdown(),
    };
    (page, comparison.matters())
}

/// What is compared: the old file, and the new one where it is another.
fn subjects(arguments: &Compare) -> Result<(Subject, Option<Subject>), Failure> {
    let is_stdin =
        |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.as_os_str() == "-");
    if arguments.new.is_none() && arguments.from.is_none() {
        return Err(Failure::new(
            "nothing to compare with: name two files, or one with --from and --to",
        ));
    }
    if is_stdin(&arguments.old) && is_stdin(&arguments.new) {
        return Err(Failure::new("standard input can be one of the two files only"));
    }
    let read = |path: &Option<PathBuf>| Subject::read(path.as_deref(), &arguments.server);
    let old = read(&arguments.old)?;
    let new = arguments.new.is_some().then(|| read(&arguments.new)).transpose()?;
    Ok((old, new))
}
