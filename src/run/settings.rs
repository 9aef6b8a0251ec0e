//! The flags of a command line -> what they say over the configuration.

use clap::ArgMatches;
use smsotp_lint::catalogue::Release;
use smsotp_lint::config::{Config, FailOn};
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::error::Failure;
use smsotp_lint::policy::{Level, Policy, Selector};

use super::configurations::Configurations;
use super::inputs::Input;
use crate::cli::{Check, Server};

/// What the flags of `check` ask for.
pub(super) struct Asked {
    release: Option<Release>,
    fail_on: Option<FailOn>,
    levels: Policy,
}

impl Asked {
    /// `matches` are those of the command, because the last of `--allow`, `--warn` and `--deny`
    /// wins and only they know the order.
    pub(super) fn of(arguments: &Check, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut levels = Policy::default();
        flags(matches, &mut levels)?;
        let never = arguments.never_fail.then_some(FailOn::Never);
        Ok(Self {
            // Of several, the newest has every section, which may be shown then.
            release: arguments.server.is_version.iter().max().copied(),
            fail_on: never.or(arguments.fail_on),
            levels,
        })
    }

    /// A configuration with it.
    pub(super) fn over(&self, mut config: Config) -> Config {
        config.release = self.release.or(config.release);
        config.fail_on = self.fail_on.or(config.fail_on);
        config.policy.take_flags(&self.levels);
        config
    }
}

/// The configuration of one input, with the release asked for.
pub(super) fn in_force(server: &Server, input: &Input) -> Result<Config, Failure> {
    let asked = release(server)?;
    let mut config = Configurations::of(server)?.of_input(input)?;
    config.release = asked.or(config.release);
    Ok(config)
}

/// The release that the flags name.
pub(super) fn release(server: &Server) -> Result<Option<Release>, Failure> {
    match server.is_version[..] {
        [] => Ok(None),
        [release] => Ok(Some(release)),
        _ => Err(Failure::new("only check judges by more than one --is-version")),
    }
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
    asked.sort_by_cached_key(|(at, ..)| *at);
    for (_, name, level) in asked {
        Selector::named(name)
            .and_then(|target| policy.flag(target, level))
            .map_err(|refusal| Failure::new(refusal.about(name)))?;
    }
    Ok(())
}
