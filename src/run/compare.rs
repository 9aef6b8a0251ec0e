//! `compare`: two inputs, or one under two releases -> what is otherwise.

use std::path::Path;

use smsotp_lint::catalogue::{Profile, Release};
use smsotp_lint::compare::{Comparison, Side};
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, engine};

use super::inputs::{self, Input};
use super::simulate::assumptions;
use super::{environment, print, settings, style};
use crate::cli::{Color, Compare, CompareFormat};

/// Exits with 1 when something changes for users.
pub(super) fn run(arguments: &Compare, color: Color) -> Result<Exit, Failure> {
    let config = settings::in_force(&arguments.server)?;
    let environment = environment::of(&arguments.server)?;
    let (old, other) = sources(arguments)?;
    let old = Document::parse(&old);
    let other = other.as_ref().map(Document::parse);
    let new = other.as_ref().unwrap_or(&old);
    let options = |release: Option<Release>| Options {
        profile: Profile { release: release.or(config.release) },
        environment: &environment,
        policy: &config.policy,
        ignores: false,
    };
    let (before, after) = (options(arguments.from), options(arguments.to));
    let (before, after) = (before.analyse(&old), after.analyse(new));
    let [before, after] = [&before, &after]
        .map(|analysis| Side { analysis, loads: engine::findings(analysis, |_| false).loads });
    let comparison = Comparison::of(before, after, assumptions(&arguments.assume));
    let page = match arguments.format {
        CompareFormat::Table => comparison.table(&style(color, false)),
        CompareFormat::Json => comparison.json(),
        CompareFormat::Markdown => comparison.markdown(),
    };
    print(page.as_bytes())?;
    Ok(if comparison.matters() { Exit::Findings } else { Exit::Clean })
}

/// What is compared: the old file, and the new one where it is another.
fn sources(arguments: &Compare) -> Result<(Source, Option<Source>), Failure> {
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    let old = match &arguments.old {
        Some(path) => Input::of(path),
        None => Input::File(inputs::default()?),
    };
    match &arguments.new {
        None if arguments.from.is_none() => Err(Failure::new(
            "nothing to compare with: name two files, or one with --from and --to",
        )),
        None => Ok((old.read()?, None)),
        Some(new) if is_stdin(new) && matches!(old, Input::Stdin(_)) => {
            Err(Failure::new("standard input can be one of the two files only"))
        }
        Some(new) => Ok((old.read()?, Some(Input::of(new).read()?))),
    }
}
