//! A path as given on the command line -> what to read, and its bytes.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use smsotp_lint::error::{Failure, reason};
use smsotp_lint::source::{LARGEST, STDIN, Source, too_large};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, and the name to report for it.
    Stdin(PathBuf),
}

/// The name of the file this is all about.
pub(super) const FILE_NAME: &str = "deployment.toml";

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

/// Whether two paths lead to one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Reads a file, or a pipe, to its end.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    open(path).and_then(read_whole).map_err(|error| Failure::with(path, reason(&error)))
}

/// The text of what was read from a file.
pub(super) fn source(path: &Path, bytes: Vec<u8>) -> Result<Source, Failure> {
    Source::from_bytes(path.to_string_lossy(), bytes)
        .map_err(|error| Failure::with(path, error.to_string()))
}

/// Opens a file to read, or a pipe. What a device has to say may have no end.
fn open(path: &Path) -> io::Result<File> {
    let file_type = fs::metadata(path)?.file_type();
    match is_device(file_type) {
        true => Err(io::Error::other("not a file, but a device")),
        false => File::open(path),
    }
}

/// Reads to the end, unless there is more than in any file that this is about.
fn read_whole(reader: impl Read) -> io::Result<Vec<u8>> {
    // Room for almost every file, which spares reading it bit by bit.
    let mut bytes = Vec::with_capacity(8 * 1024);
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

    /// The directory that it is in, and its own path, both without links to directories. Standard input is
    /// in the working directory unless its name says otherwise.
    pub(super) fn place(&self) -> (PathBuf, PathBuf) {
        let path = self.name();
        let directory = path.parent().filter(|above| !above.as_os_str().is_empty());
        let directory = directory.unwrap_or(Path::new("."));
        // Where there is no such directory, there is no configuration in it either.
        let directory = fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
        let path = directory.join(path.file_name().unwrap_or_default());
        (directory, path)
    }

    /// Why it cannot be read, where that is plain beforehand.
    pub(super) fn absence(&self) -> Option<Failure> {
        let Self::File(path) = self else { return None };
        let error = fs::metadata(path).err()?;
        Some(Failure::with(path, reason(&error)))
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
        let bytes = match self {
            Self::File(path) => read_file(path)?,
            Self::Stdin(name) => read_whole(io::stdin().lock())
                .map_err(|error| Failure::with(name, reason(&error)))?,
        };
        source(self.name(), bytes)
    }
}
