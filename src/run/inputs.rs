//! Paths as given on the command line -> the files to read, and their bytes.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use smsotp_lint::error::{Failure, reason};
use smsotp_lint::source::{STDIN, Source};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, and the name to report for it.
    Stdin(PathBuf),
}

/// The name of the file this is all about.
const FILE_NAME: &str = "deployment.toml";

/// The most bytes that are read of a file. Of 182 public ones the largest has 33 KB.
const LARGEST: usize = 256 << 10;

/// Where it is looked for when no path is given.
const DEFAULTS: [&str; 2] = ["deployment.toml", "repository/conf/deployment.toml"];

/// The file to read when no path is given.
pub(super) fn default() -> Result<PathBuf, Failure> {
    let found = DEFAULTS.iter().map(PathBuf::from).find(|path| path.is_file());
    found.ok_or_else(|| {
        Failure::new(format!(
            "no path given, and there is neither ./{} nor ./{}",
            DEFAULTS[0], DEFAULTS[1]
        ))
    })
}

/// The inputs that some paths stand for, and the paths that stand for none.
pub(super) fn find(paths: &[PathBuf], stdin_name: Option<&Path>) -> (Vec<Input>, Vec<Failure>) {
    let mut inputs = Vec::new();
    let mut failures = Vec::new();
    if paths.is_empty() {
        match default() {
            Ok(path) => inputs.push((Input::File(path), None)),
            Err(failure) => failures.push(failure),
        }
    }
    for path in paths {
        if path.as_os_str() == "-" {
            let stdin = Input::Stdin(stdin_name.unwrap_or(Path::new(STDIN)).to_owned());
            if !inputs.iter().any(|(input, _)| *input == stdin) {
                inputs.push((stdin, None));
            }
            continue;
        }
        let metadata = fs::metadata(path).ok();
        if metadata.as_ref().is_some_and(Metadata::is_dir) {
            let before = (inputs.len(), failures.len());
            walk(path, &mut inputs, &mut failures);
            if (inputs.len(), failures.len()) == before {
                failures.push(Failure::with(path, format!("no {FILE_NAME} in this directory")));
            }
        } else {
            inputs.push((Input::File(path.clone()), metadata.as_ref().and_then(identity)));
        }
    }
    (once(inputs), failures)
}

/// Whether two paths lead to one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
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

/// Every `deployment.toml` below a directory, in order of path. Ignored and generated ones too,
/// since those are what gets deployed.
fn walk(
    directory: &Path,
    inputs: &mut Vec<(Input, Option<Identity>)>,
    failures: &mut Vec<Failure>,
) {
    let entries = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
    let mut entries: Vec<PathBuf> = match entries {
        Ok(entries) => entries,
        Err(error) => {
            failures.push(Failure::with(directory, reason(&error)));
            return;
        }
    };
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A link to a directory is not followed: it may lead back up.
        if path.is_dir() && !path.is_symlink() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                walk(&path, inputs, failures);
            }
        } else if name == FILE_NAME {
            let metadata = fs::metadata(&path).ok();
            if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
                // EffectiveValue a pipe that nobody writes to would never end.
                failures.push(Failure::with(&path, "not a regular file"));
                continue;
            }
            inputs.push((Input::File(path), metadata.as_ref().and_then(identity)));
        }
    }
}

impl Input {
    /// What one path stands for.
    pub(super) fn of(path: &Path) -> Self {
        match path.as_os_str() == "-" {
            true => Self::Stdin(STDIN.into()),
            false => Self::File(path.to_owned()),
        }
    }

    /// The name to report.
    pub(super) fn name(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(path) => path,
        }
    }

    /// Whether it is this file, by whatever path.
    pub(super) fn is(&self, path: &Path) -> bool {
        matches!(self, Self::File(own) if is_same(own, path))
    }

    /// Reads it, unless it is larger than any `deployment.toml`.
    pub(super) fn read(&self) -> Result<Source, Failure> {
        let mut bytes = Vec::new();
        let read = match self {
            Self::File(path) => File::open(path)
                .and_then(|file| file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)),
            Self::Stdin(_) => io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut bytes),
        };
        read.map_err(|error| Failure::with(self.name(), reason(&error)))?;
        if bytes.len() > LARGEST {
            let message = format!("larger than any {FILE_NAME}: over {} KiB", LARGEST / 1024);
            return Err(Failure::with(self.name(), message));
        }
        Source::from_bytes(self.name().to_string_lossy(), bytes)
            .map_err(|error| Failure::with(self.name(), error.to_string()))
    }
}
