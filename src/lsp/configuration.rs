//! A text and the configuration files around it -> the configuration of its check.

use std::path::{Path, PathBuf};

use super::documents::{OpenText, OpenTexts, TextKind};
use crate::catalogue::Release;
use crate::config::Config;
use crate::error::Failure;
use crate::escape::escape;
use crate::server::Environment;
use crate::source::Source;

/// The configuration files of the machine that the server runs on.
pub trait ConfigFiles {
    /// The configuration file in force for what lies in a folder; without a folder, for what lies
    /// in the one that the program was started in.
    fn path_for(&self, folder: Option<&Path>) -> Option<PathBuf>;

    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&self, path: &Path) -> Result<Source, Failure>;
}

/// What the command line decides for every text.
pub struct Setup<'s> {
    /// The files to go by.
    pub config_files: &'s dyn ConfigFiles,
    /// The environment variables and system properties of the server, as far as they are known.
    pub environment: Environment,
    /// The release, if it is given; else configuration files decide.
    pub release: Option<Release>,
}

impl Setup<'_> {
    /// The configuration in force for a text. What the editor has open counts, saved or not.
    ///
    /// # Errors
    /// What is wrong with it, in one line; the defaults are in force then.
    pub(super) fn config(
        &self,
        open: &OpenText,
        texts: &OpenTexts,
        root: Option<&Path>,
    ) -> Result<Config, String> {
        let path = open.path();
        let folder = path.as_deref().and_then(Path::parent).or(root);
        let mut config = match self.config_files.path_for(folder) {
            Some(file) => {
                let config = self.read(&file, texts)?;
                let below =
                    |path: PathBuf| Some(path.strip_prefix(file.parent()?).ok()?.to_owned());
                match path.and_then(below) {
                    Some(path) => config.of_file(&path),
                    None => config,
                }
            }
            None => Config::default(),
        };
        config.release = self.release.or(config.release);
        Ok(config)
    }

    /// The configuration when a file of it cannot be used.
    pub(super) fn without_config(&self) -> Config {
        let mut config = Config::default();
        config.release = self.release;
        config
    }

    fn read(&self, path: &Path, texts: &OpenTexts) -> Result<Config, String> {
        let mut open = texts.values().filter(|open| open.kind == TextKind::Config);
        let source = match open.find(|open| open.path().is_some_and(|own| own == path)) {
            Some(open) => open.source(),
            None => self.config_files.read(path).map_err(|failure| failure.to_string())?,
        };
        Config::of(&source).map_err(|failure| escape(&failure.to_string()).into_owned())
    }
}
