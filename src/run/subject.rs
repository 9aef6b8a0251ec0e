//! One path and the flags -> a file together with all that it is judged by.

use std::path::Path;

use smsotp_lint::analysis::Analysis;
use smsotp_lint::catalogue::{Profile, Release};
use smsotp_lint::config::Config;
use smsotp_lint::error::Failure;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, engine};

use super::inputs::{self, Input};
use super::{environment, settings};
use crate::cli::Server;

/// What `show`, `simulate` and `compare` tell of.
pub(super) struct Subject {
    pub(super) input: Input,
    pub(super) source: Source,
    config: Config,
    environment: Environment,
}

impl Subject {
    /// Reads the file of a path, or the one to read without any.
    pub(super) fn read(path: Option<&Path>, server: &Server) -> Result<Self, Failure> {
        let input = match path {
            None => Input::File(inputs::default()?),
            Some(path) => Input::of(path),
        };
        let source = input.read()?;
        let config = settings::in_force(server, &input)?;
        let environment = environment::of(server)?;
        Ok(Self { input, source, config, environment })
    }

    /// Tells of its analysis, under another release if one is given.
    pub(super) fn analysed<T>(
        &self,
        release: Option<Release>,
        tell: impl FnOnce(Analysis<'_>) -> T,
    ) -> T {
        let document = Document::parse(&self.source);
        let options = Options {
            profile: Profile { release: release.or(self.config.release) },
            environment: &self.environment,
            policy: &self.config.policy,
            ignores: false,
        };
        tell(options.analyse(&document))
    }
}

/// Whether the server loads a file, where that is known.
pub(super) fn loads(analysis: &Analysis<'_>) -> Option<bool> {
    engine::findings(analysis, |_| false).loads
}
