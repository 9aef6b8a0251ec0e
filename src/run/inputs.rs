//! Paths as given on the command line -> the files to read, and their bytes.

use std::collections::HashSet;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use smsotp_lint::error::{Failure, reason};
use smsotp_lint::source::{LARGEST, STDIN, Source, too_large};

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

/// How many other files are named where there is none of that name.
const NEAR_NAMES: usize = 3;

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

/// Finds the inputs that some paths stand for.
pub(super) fn find(paths: &[PathBuf], stdin_name: Option<&Path>) -> FoundFiles {
    let mut search = Search::default();
    if paths.is_empty() {
        match default() {
            Ok(path) => search.inputs.push((Input::File(path), None)),
            Err(failure) => search.failures.push(failure),
        }
    }
    for path in paths {
        search.add(path, stdin_name);
    }
    let Search { inputs, failures, notes, .. } = search;
    FoundFiles { inputs: once(inputs), failures, notes }
}

/// Whether a file of this name may be a `deployment.toml` by another name, a template of one, say.
fn is_near(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("deployment") && name.contains("toml")
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

/// What was found so far.
#[derive(Debug, Default)]
struct Search {
    inputs: Vec<(Input, Option<Identity>)>,
    failures: Vec<Failure>,
    notes: Vec<Failure>,
    /// Files of the directory in hand that may have been meant.
    near_names: Vec<String>,
}

impl Search {
    /// What to say of a directory without a file to check.
    fn nothing_in(&self) -> String {
        let near = &self.near_names[..self.near_names.len().min(NEAR_NAMES)];
        match near.is_empty() {
            true => format!("no {FILE_NAME} in this directory"),
            false => format!(
                "no {FILE_NAME} in this directory; to check another file, name it: {}",
                near.join(", ")
            ),
        }
    }

    /// Adds what one path of the command line stands for.
    fn add(&mut self, path: &Path, stdin_name: Option<&Path>) {
        if path.as_os_str() == "-" {
            let stdin = Input::Stdin(stdin_name.unwrap_or(Path::new(STDIN)).to_owned());
            if !self.inputs.iter().any(|(input, _)| *input == stdin) {
                self.inputs.push((stdin, None));
            }
            return;
        }
        let metadata = fs::metadata(path).ok();
        if metadata.as_ref().is_some_and(Metadata::is_dir) {
            let before = (self.inputs.len(), self.failures.len());
            self.near_names.clear();
            self.walk(path);
            if (self.inputs.len(), self.failures.len()) == before {
                self.failures.push(Failure::with(path, self.nothing_in()));
            }
        } else {
            let identity = metadata.as_ref().and_then(identity);
            self.inputs.push((Input::File(path.to_owned()), identity));
        }
    }

    /// Adds every `deployment.toml` below a directory, in order of path. Ignored and generated ones
    /// too, since those are what gets deployed.
    fn walk(&mut self, directory: &Path) {
        let entries = fs::read_dir(directory).and_then(|entries| {
            let typed =
                entries.map(|entry| entry.and_then(|one| Ok((one.path(), one.file_type()?))));
            typed.collect::<io::Result<Vec<_>>>()
        });
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.failures.push(Failure::with(directory, reason(&error))),
        };
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (path, file_type) in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            if file_type.is_dir() && !is_skipped {
                self.walk(&path);
            } else if file_type.is_symlink() && !is_skipped && path.is_dir() {
                // It may lead back up.
                let message = "note: a link to a directory is not followed";
                self.notes.push(Failure::with(&path, message));
            } else if name == FILE_NAME {
                let metadata = fs::metadata(&path).ok();
                if metadata.as_ref().is_some_and(|metadata| !metadata.is_file()) {
                    // Reading a pipe that nobody writes to would never end.
                    self.failures.push(Failure::with(&path, "not a regular file"));
                    continue;
                }
                self.inputs.push((Input::File(path), metadata.as_ref().and_then(identity)));
            } else if is_near(&name) {
                self.near_names.push(path.to_string_lossy().into_owned());
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Opens a file to read, or a pipe. What a device has to say may have no end.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file_type = fs::metadata(path)?.file_type();
    match is_device(file_type) {
        true => Err(io::Error::other("not a file, but a device")),
        false => File::open(path),
    }
}

/// Reads to the end, unless there is more than in any file that this is about.
pub(super) fn read_whole(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    match too_large(&bytes) {
        Some(refusal) => Err(io::Error::other(refusal)),
        None => Ok(bytes),
    }
}

#[cfg(unix)]
fn is_device(file_type: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    file_type.is_char_device() || file_type.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: FileType) -> bool {
    false
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

    /// Reads what there is to judge: a standard input with nothing in it is the mistake of the
    /// command before.
    pub(super) fn read(&self) -> Result<Source, Failure> {
        let source = self.read_any()?;
        match self {
            Self::Stdin(_) if source.text().trim_matches(is_blank).is_empty() => Err(
                Failure::with(self.name(), "standard input is empty: there is nothing to check"),
            ),
            _ => Ok(source),
        }
    }

    /// Reads it, unless it is larger than any `deployment.toml`.
    pub(super) fn read_any(&self) -> Result<Source, Failure> {
        let read = match self {
            Self::File(path) => open(path).and_then(read_whole),
            Self::Stdin(_) => read_whole(io::stdin().lock()),
        };
        let bytes = read.map_err(|error| Failure::with(self.name(), reason(&error)))?;
        Source::from_bytes(self.name().to_string_lossy(), bytes)
            .map_err(|error| Failure::with(self.name(), error.to_string()))
    }
}
