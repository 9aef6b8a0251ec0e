//! The flags of a command line -> what they say over the configuration.

use smsotp_lint::catalogue::Release;
use smsotp_lint::config::{Config, FailOn};
use smsotp_lint::error::Failure;
use smsotp_lint::policy::{Policy, Selector};

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
    pub(super) fn of(arguments: &Check) -> Result<Self, Failure> {
        let mut levels = Policy::default();
        for (name, level) in &arguments.levels.0 {
            Selector::named(name)
                .and_then(|target| levels.flag(target, *level))
                .map_err(|refusal| Failure::new(refusal.about(name)))?;
        }
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
