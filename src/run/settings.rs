//! The configuration file and the flags -> what a run goes by.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use smsotp_lint::config::{Config, FILE_NAME, FailOn};
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::error::{Failure, reason};
use smsotp_lint::policy::{Level, Policy, Selector};
use smsotp_lint::source::Source;

use super::inputs::{open, read_whole};
use crate::cli::{Check, Server};

/// The configuration in force, the flags applied to it.
///
/// `matches` are those of the command, because the last of `--allow`, `--warn` and `--deny` wins
/// and only they know the order.
pub(super) fn of(arguments: &Check, matches: &ArgMatches) -> Result<Config, Failure> {
    let mut config = configuration(&arguments.server)?;
    config.release = arguments.server.is_version.first().copied().or(config.release);
    let asked = if arguments.never_fail { Some(FailOn::Never) } else { arguments.fail_on };
    config.fail_on = asked.or(config.fail_on);
    flags(matches, &mut config.policy)?;
    Ok(config)
}

/// The configuration file in force, with the release asked for.
pub(super) fn in_force(server: &Server) -> Result<Config, Failure> {
    let mut config = configuration(server)?;
    config.release = match server.is_version[..] {
        [] => config.release,
        [release] => Some(release),
        _ => return Err(Failure::new("only check judges by more than one --is-version")),
    };
    Ok(config)
}

fn configuration(server: &Server) -> Result<Config, Failure> {
    match config_file(server)? {
        Some(path) => read(&path),
        None => Ok(Config::default()),
    }
}

/// The files beside the inputs that a run goes by.
pub(super) fn files(server: &Server) -> Vec<PathBuf> {
    let config = config_file(server).ok().flatten();
    server.env_file.iter().cloned().chain(config).collect()
}

fn config_file(server: &Server) -> Result<Option<PathBuf>, Failure> {
    if server.isolated {
        return Ok(None);
    }
    if let Some(path) = &server.config {
        return Ok(Some(path.clone()));
    }
    let here = std::env::current_dir().map_err(|error| Failure::new(reason(&error)))?;
    let in_repository = here.ancestors().any(|folder| folder.join(".git").exists());
    for folder in here.ancestors() {
        let candidate = folder.join(FILE_NAME);
        if candidate.is_file() {
            return Ok(Some(candidate));
        }
        if !in_repository || folder.join(".git").exists() {
            break;
        }
    }
    Ok(None)
}

fn read(path: &Path) -> Result<Config, Failure> {
    let bytes = open(path).and_then(read_whole);
    let bytes = bytes.map_err(|error| Failure::with(path, reason(&error)))?;
    let source = Source::from_bytes(path.to_string_lossy(), bytes)
        .map_err(|error| Failure::with(path, error.to_string()))?;
    Config::parse(source.text()).map_err(|mistake| {
        let at = source.position(mistake.span.start);
        let place = format!("{}:{}:{}", path.display(), at.line, at.column);
        Failure::with(place, mistake.message)
    })
}

/// The level flags, in the order they were given; `--pedantic` counts as the first of them.
fn flags(matches: &ArgMatches, policy: &mut Policy) -> Result<(), Failure> {
    let mut asked: Vec<(usize, &str, Level)> = Vec::new();
    if matches.get_flag("pedantic") {
        for category in ["security", "style"] {
            asked.push((0, category, Level::At(Severity::Warning)));
        }
    }
    let flags = [
        ("allow", Level::Off),
        ("warn", Level::At(Severity::Warning)),
        ("deny", Level::At(Severity::Error)),
    ];
    for (flag, level) in flags {
        let indices = matches.indices_of(flag).into_iter().flatten();
        let names = matches.get_many::<String>(flag).into_iter().flatten();
        asked.extend(indices.zip(names).map(|(at, name)| (at, name.as_str(), level)));
    }
    asked.sort_by_key(|(at, ..)| *at);
    for (_, name, level) in asked {
        Selector::named(name)
            .and_then(|target| policy.flag(target, level))
            .map_err(|refusal| Failure::new(refusal.about(name)))?;
    }
    Ok(())
}
