//! Paths as given on the command line -> the files to read.

use std::collections::HashSet;
use std::fs::{self, FileType, Metadata};
use std::io;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
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

/// The files and directories that a flag excludes, below the working directory.
#[derive(Debug)]
struct Exclude {
    globs: Globs,
    here: PathBuf,
}

impl Exclude {
    fn holds(&self, path: &Path) -> bool {
        self.globs.hold(path.strip_prefix(&self.here).unwrap_or(path))
    }
}

/// Finds the inputs that the paths of a command line stand for. A file that is named is read, even
/// if it is excluded.
pub(super) fn find(
    arguments: &Check,
    configurations: &mut Configurations<'_>,
) -> Result<FoundFiles, Failure> {
    let mut globs = Globs::default();
    for pattern in &arguments.exclude {
        globs.add(pattern).map_err(|mistake| Failure::new(format!("--exclude {mistake}")))?;
    }
    let exclude = Exclude { globs, here: configurations.here().to_owned() };
    let mut search = Search {
        configurations,
        exclude: &exclude,
        inputs: Vec::new(),
        failures: Vec::new(),
        notes: Vec::new(),
        near_names: Vec::new(),
        has_excluded: false,
    };
    if arguments.paths.is_empty() {
        match inputs::default() {
            Ok(path) => search.inputs.push((Input::File(path), None)),
            Err(failure) => search.failures.push(failure),
        }
    }
    for path in &arguments.paths {
        search.add(path, arguments.stdin_filename.as_deref())?;
    }
    let Search { inputs, failures, notes, .. } = search;
    Ok(FoundFiles { inputs: once(inputs), failures, notes })
}

/// Whether a file of this name may be a `deployment.toml` by another name, a template of one, say.
fn is_near(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("deployment") && name.contains("toml")
}

/// What two names of one file have in common, where the system tells it cheaply.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<Identity> {
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<Identity> {
    None
}

/// Leaves out what is a file named before: two runs on one file would be in each other's way.
fn once(inputs: Vec<(Input, Option<Identity>)>) -> Vec<Input> {
    let mut known = HashSet::new();
    let twice = inputs.iter().map(|(_, identity)| *identity).filter(|one| !known.insert(*one));
    let twice: HashSet<_> = twice.collect();
    let mut seen = HashSet::new();
    let is_first = |(input, identity): &(Input, Option<Identity>)| match input {
        // Hard links share their identity, and are different files to whoever replaces one.
        Input::File(path) if twice.contains(identity) => {
            seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
        }
        _ => true,
    };
    inputs.into_iter().filter(is_first).map(|(input, _)| input).collect()
}

/// What was found so far.
struct Search<'s, 'c> {
    configurations: &'s mut Configurations<'c>,
    exclude: &'s Exclude,
    inputs: Vec<(Input, Option<Identity>)>,
    failures: Vec<Failure>,
    notes: Vec<Failure>,
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
            let stdin = Input::Stdin(stdin_name.unwrap_or(Path::new(STDIN)).to_owned());
            if !self.inputs.iter().any(|(input, _)| *input == stdin) {
                self.inputs.push((stdin, None));
            }
            return Ok(());
        }
        let metadata = fs::metadata(path).ok();
        if metadata.as_ref().is_some_and(Metadata::is_dir) {
            let before = (self.inputs.len(), self.failures.len());
            self.near_names.clear();
            self.has_excluded = false;
            let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            self.walk(path, &real)?;
            if (self.inputs.len(), self.failures.len()) == before {
                self.failures.push(Failure::with(path, self.nothing_in()));
            }
        } else {
            let identity = metadata.as_ref().and_then(identity);
            self.inputs.push((Input::File(path.to_owned()), identity));
        }
        Ok(())
    }

    /// Adds every file to check below a directory, in order of path. Ignored and generated ones too,
    /// since those are what gets deployed. `real` is the directory without links.
    fn walk(&mut self, directory: &Path, real: &Path) -> Result<(), Failure> {
        let mut entries = match entries(directory) {
            Ok(entries) => entries,
            Err(error) => {
                self.failures.push(Failure::with(directory, reason(&error)));
                return Ok(());
            }
        };
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        let configuration = self.configurations.of_directory(real)?;
        for (path, file_type) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            let is_directory = file_type.is_dir() && !is_skipped;
            let real = real.join(path.file_name().unwrap_or_default());
            let is_wanted = || name == FILE_NAME || configuration.includes(&real);
            if configuration.excludes(&real) || self.exclude.holds(&real) {
                self.has_excluded |= is_directory || is_wanted();
            } else if is_directory {
                self.walk(&path, &real)?;
            } else if file_type.is_symlink() && !is_skipped && path.is_dir() {
                // It may lead back up.
                let message = "note: a link to a directory is not followed";
                self.notes.push(Failure::with(&path, message));
            } else if !file_type.is_dir() && is_wanted() {
                self.add_found(path);
            } else if is_near(&name) {
                self.near_names.push(path.to_string_lossy().into_owned());
            }
        }
        Ok(())
    }

    fn add_found(&mut self, path: PathBuf) {
        let metadata = fs::metadata(&path).ok();
        if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
            // Reading a pipe that nobody writes to would never end.
            self.failures.push(Failure::with(&path, "not a regular file"));
            return;
        }
        self.inputs.push((Input::File(path), metadata.as_ref().and_then(identity)));
    }
}

fn entries(directory: &Path) -> io::Result<Vec<(PathBuf, FileType)>> {
    let entries = fs::read_dir(directory)?;
    entries.map(|entry| entry.and_then(|one| Ok((one.path(), one.file_type()?)))).collect()
}
