//! A directory -> the configuration file that counts for what is in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use smsotp_lint::config::{Config, FILE_NAME};
use smsotp_lint::error::{Failure, reason};
use smsotp_lint::source::Source;

use super::inputs::{self, Input, read_file};
use crate::cli::Server;

/// The configuration files of a run, each read once.
pub(super) struct Configurations<'s> {
    server: &'s Server,
    here: PathBuf,
    of_directories: HashMap<PathBuf, Rc<Configuration>>,
    /// By the path of the file; without a file there are the defaults.
    of_files: HashMap<Option<PathBuf>, Rc<Configuration>>,
}

/// A configuration, and the directory that its patterns are relative to.
pub(super) struct Configuration {
    config: Config,
    directory: PathBuf,
}

impl Configuration {
    /// Whether a path is not to be checked because a directory above it is.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        self.config.exclude.hold(self.relative(path))
    }

    /// Whether a file is to be checked, though its name is another.
    pub(super) fn includes(&self, path: &Path) -> bool {
        self.config.include.hold(self.relative(path))
    }

    fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.directory).unwrap_or(path)
    }
}

impl<'s> Configurations<'s> {
    /// None is read yet.
    pub(super) fn of(server: &'s Server) -> Result<Self, Failure> {
        let here = std::env::current_dir().map_err(|error| Failure::new(reason(&error)))?;
        let (of_directories, of_files) = (HashMap::new(), HashMap::new());
        Ok(Self { server, here, of_directories, of_files })
    }

    /// The working directory, which has no links in its path.
    pub(super) fn here(&self) -> &Path {
        &self.here
    }

    /// What the configuration says of one input.
    pub(super) fn of_input(&mut self, input: &Input) -> Result<Config, Failure> {
        let (directory, path) = input.place();
        let configuration = self.of_directory(&directory)?;
        Ok(configuration.config.clone().of_file(configuration.relative(&path)))
    }

    /// The configuration for what is in a directory.
    pub(super) fn of_directory(&mut self, directory: &Path) -> Result<Rc<Configuration>, Failure> {
        if let Some(known) = self.of_directories.get(directory) {
            return Ok(known.clone());
        }
        let path = config_file_for(self.server, &self.here, directory);
        let configuration = match self.of_files.get(&path) {
            Some(known) => known.clone(),
            None => {
                let read = Rc::new(self.read(path.as_deref())?);
                self.of_files.insert(path, read.clone());
                read
            }
        };
        self.of_directories.insert(directory.to_owned(), configuration.clone());
        Ok(configuration)
    }

    fn read(&self, path: Option<&Path>) -> Result<Configuration, Failure> {
        let above = path.and_then(Path::parent);
        // One that is named may lie anywhere; what it speaks of is here.
        let directory = above.filter(|_| self.server.config.is_none()).unwrap_or(&self.here);
        let shown = path.map(|path| path.strip_prefix(&self.here).unwrap_or(path));
        let config = shown.map(read).transpose()?.unwrap_or_default();
        Ok(Configuration { config, directory: directory.to_owned() })
    }

    /// The configuration files that have been read.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.of_files.keys().filter_map(|path| path.as_deref())
    }
}

/// The configuration file that counts in a directory: the nearest above, up to the top of the
/// repository or to the working directory, else that of the working directory.
pub(super) fn config_file_for(server: &Server, here: &Path, directory: &Path) -> Option<PathBuf> {
    if server.isolated {
        return None;
    }
    if let Some(path) = &server.config {
        return Some(path.clone());
    }
    let is_top = |folder: &Path| folder.join(".git").exists();
    let nearest = nearest(directory, |folder| is_top(folder) || folder == here);
    nearest.or_else(|| self::nearest(here, is_top))
}

/// The nearest file above, up to a directory that is a top. Where none is, there is no telling who
/// wrote what is above.
fn nearest(directory: &Path, is_top: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let top = directory.ancestors().find(|folder| is_top(folder)).unwrap_or(directory);
    let folders = directory.ancestors().take_while(|folder| folder.starts_with(top));
    folders.map(|folder| folder.join(FILE_NAME)).find(|candidate| candidate.is_file())
}

/// Reads a configuration file.
pub(super) fn source(path: &Path) -> Result<Source, Failure> {
    inputs::source(path, read_file(path)?)
}

fn read(path: &Path) -> Result<Config, Failure> {
    Config::of(&source(path)?)
}
