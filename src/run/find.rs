//! Paths as given on the command line -> the files to read.

use std::collections::HashSet;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use smsotp_lint::config::Globs;
use smsotp_lint::error::{Exit, Failure, reason};
use smsotp_lint::escape::escape;
use smsotp_lint::source::STDIN;

use super::configurations::Configurations;
use super::inputs::{self, FILE_NAME, Input};
use super::{complain, print};
use crate::cli::Check;

/// How many other files are named where there is none of that name.
const NEAR_NAMES: usize = 3;

/// What some paths stand for.
#[derive(Debug, Default)]
pub(super) struct FoundFiles {
    /// The files to read, each once.
    pub(super) inputs: Vec<Input>,
    /// Paths that stand for none, and directories that cannot be searched.
    pub(super) failures: Vec<Failure>,
    /// Links that were not followed, and why.
    pub(super) notes: Vec<Failure>,
}

impl FoundFiles {
    /// Prints the names of the files, and what is not there.
    pub(super) fn list(self) -> Result<Exit, Failure> {
        let missing = self.inputs.iter().filter_map(Input::absence);
        let failures: Vec<_> = self.failures.into_iter().chain(missing).collect();
        for failure in self.notes.iter().chain(&failures) {
            complain(failure);
        }
        let there = self.inputs.iter().filter(|input| input.absence().is_none());
        let names = there.map(|input| format!("{}\n", escape(&input.name().to_string_lossy())));
        print(names.collect::<String>().as_bytes())?;
        Ok(if failures.is_empty() { Exit::Clean } else { Exit::Failure })
    }
}

/// Finds the inputs that the paths of a command line stand for. A file that is named is read, even
/// if it is excluded.
pub(super) fn find(
    arguments: &Check,
    configurations: &mut Configurations<'_>,
) -> Result<FoundFiles, Failure> {
    let mut exclude = Globs::default();
    for pattern in &arguments.exclude {
        exclude.add(pattern).map_err(|mistake| Failure::new(format!("--exclude {mistake}")))?;
    }
    let found = FoundFiles::default();
    let mut search =
        Search { configurations, exclude, found, near_names: Vec::new(), has_excluded: false };
    if arguments.paths.is_empty() {
        match inputs::default() {
            Ok(path) => search.found.inputs.push(Input::File(path)),
            Err(failure) => search.found.failures.push(failure),
        }
    }
    for path in &arguments.paths {
        search.add(path, arguments.stdin_filename.as_deref())?;
    }
    let FoundFiles { inputs, failures, notes } = search.found;
    Ok(FoundFiles { inputs: once(inputs), failures, notes })
}

/// Whether a file of this name may be a `deployment.toml` by another name, a template of one, say.
fn is_near(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("deployment") && name.contains("toml")
}

/// Leaves out what is a file named before: two runs on one file would be in each other's way. Hard
/// links are different files to whoever replaces one.
fn once(inputs: Vec<Input>) -> Vec<Input> {
    let mut seen = HashSet::new();
    let real = |input: &Input| match input {
        Input::File(path) => Input::File(real(path)),
        Input::Stdin(_) => input.clone(),
    };
    inputs.into_iter().filter(|input| seen.insert(real(input))).collect()
}

/// A path without links, as far as there is something at it.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// What was found so far.
struct Search<'s, 'c> {
    configurations: &'s mut Configurations<'c>,
    /// What a flag excludes, below the working directory.
    exclude: Globs,
    found: FoundFiles,
    /// Files of the directory in hand that may have been meant.
    near_names: Vec<String>,
    /// Whether something in the directory in hand is excluded.
    has_excluded: bool,
}

impl Search<'_, '_> {
    /// What to say of a directory without a file to check.
    fn nothing_in(&self) -> String {
        let near = &self.near_names[..self.near_names.len().min(NEAR_NAMES)];
        let mut message = format!("no {FILE_NAME} in this directory");
        if self.has_excluded {
            message.push_str(" that is not excluded");
        }
        if !near.is_empty() {
            message.push_str("; to check another file, name it: ");
            message.push_str(&near.join(", "));
        }
        message
    }

    /// Adds what one path of the command line stands for.
    fn add(&mut self, path: &Path, stdin_name: Option<&Path>) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            let name = stdin_name.unwrap_or(Path::new(STDIN));
            self.found.inputs.push(Input::Stdin(name.to_owned()));
        } else if path.is_dir() {
            let counts = |found: &FoundFiles| (found.inputs.len(), found.failures.len());
            let before = counts(&self.found);
            self.near_names.clear();
            self.has_excluded = false;
            self.walk(path, &real(path))?;
            if counts(&self.found) == before {
                self.found.failures.push(Failure::with(path, self.nothing_in()));
            }
        } else {
            self.found.inputs.push(Input::File(path.to_owned()));
        }
        Ok(())
    }

    /// Adds every file to check below a directory, in order of path. Ignored and generated ones too,
    /// since those are what gets deployed. `real` is the directory without links.
    fn walk(&mut self, directory: &Path, real: &Path) -> Result<(), Failure> {
        let mut entries = match entries(directory) {
            Ok(entries) => entries,
            Err(error) => {
                self.found.failures.push(Failure::with(directory, reason(&error)));
                return Ok(());
            }
        };
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let configuration = self.configurations.of_directory(real)?;
        for (path, file_type) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            let is_directory = file_type.is_dir() && !is_skipped;
            let real = real.join(path.file_name().unwrap_or_default());
            let is_wanted = || name == FILE_NAME || configuration.includes(&real);
            let below = real.strip_prefix(self.configurations.here()).unwrap_or(&real);
            if configuration.excludes(&real) || self.exclude.hold(below) {
                self.has_excluded |= is_directory || is_wanted();
            } else if is_directory {
                self.walk(&path, &real)?;
            } else if file_type.is_symlink() && !is_skipped && path.is_dir() {
                // It may lead back up.
                let message = "note: a link to a directory is not followed";
                self.found.notes.push(Failure::with(&path, message));
            } else if !file_type.is_dir() && is_wanted() {
                self.add_found(path);
            } else if is_near(&name) {
                self.near_names.push(path.to_string_lossy().into_owned());
            }
        }
        Ok(())
    }

    fn add_found(&mut self, path: PathBuf) {
        if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            // Reading a pipe that nobody writes to would never end.
            self.found.failures.push(Failure::with(&path, "not a regular file"));
        } else {
            self.found.inputs.push(Input::File(path));
        }
    }
}

fn entries(directory: &Path) -> io::Result<Vec<(PathBuf, FileType)>> {
    let entries = fs::read_dir(directory)?;
    entries.map(|entry| entry.and_then(|one| Ok((one.path(), one.file_type()?)))).collect()
}
