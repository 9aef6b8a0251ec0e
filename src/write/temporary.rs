//! A target -> a temporary file beside it, which takes its place or goes.
//!
//! A lock on the file tells whether the run that made it is alive: the system lets go of it when
//! that run ends, however it ends.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// Who may read and write a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Its owner alone.
    Private,
    /// Whoever the system lets by default.
    Usual,
}

/// A file that is removed when it is dropped, unless it took the place of its target.
#[derive(Debug)]
pub(super) struct Temporary {
    pub(super) file: File,
    path: PathBuf,
    is_renamed: bool,
}

impl Temporary {
    /// Creates the file under the one name that is reserved for a target.
    pub(super) fn beside(target: &Path, mode: Mode) -> io::Result<Self> {
        let path = reserved(target);
        let file = match create(&path, mode) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                remove_leftover(&path)?;
                create(&path, mode)
            }
            created => created,
        };
        let file = file.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => busy(&path),
            _ => error,
        })?;
        // Before it is locked, another run can take it for a leftover and remove it. Where nothing
        // can be locked, no other run removes anything.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !leads_to(&path, &file) {
            return Err(busy(&path));
        }
        Ok(Self { file, path, is_renamed: false })
    }

    /// Lets it take the place of its target.
    pub(super) fn rename(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.is_renamed = true;
        sync_directory(target);
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.is_renamed {
            // What went wrong before is the failure to report.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The reserved name beside a target.
fn reserved(target: &Path) -> PathBuf {
    /// Systems take 255 bytes in a name, and some of them are for what is added.
    const LONGEST: usize = 200;
    let name = target.file_name().unwrap_or_default();
    let mut reserved = OsString::from(".");
    if name.len() <= LONGEST {
        reserved.push(name);
    } else {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        reserved.push(format!("{:016x}", hasher.finish()));
    }
    reserved.push(".smsotp-lint.tmp");
    target.with_file_name(reserved)
}

fn create(path: &Path, mode: Mode) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if mode == Mode::Private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}

/// Removes what a run left behind that was ended in the middle.
fn remove_leftover(path: &Path) -> io::Result<()> {
    // To open a pipe would be to wait for its other end.
    let is_file = fs::symlink_metadata(path)?.is_file();
    let leftover = is_file.then(|| OpenOptions::new().write(true).open(path)).transpose();
    match leftover {
        Ok(Some(leftover)) if leftover.try_lock().is_ok() && leads_to(path, &leftover) => {
            fs::remove_file(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => Err(busy(path)),
    }
}

fn busy(path: &Path) -> io::Error {
    io::Error::other(format!(
        "{} exists; another run is writing, or one was interrupted and left it behind",
        path.display()
    ))
}

/// Whether a path still leads to an open file, which somebody may have removed or renamed.
#[cfg(unix)]
fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let found = fs::symlink_metadata(path).map(identity).ok();
    found.is_some() && found == file.metadata().map(identity).ok()
}

/// Elsewhere an open file is not removed.
#[cfg(not(unix))]
fn leads_to(_: &Path, _: &File) -> bool {
    true
}

/// Makes the rename itself survive a power cut. The text is safe either way, so a file system
/// that cannot do this is no failure.
fn sync_directory(target: &Path) {
    #[cfg(unix)]
    if let Some(directory) = target.parent()
        && let Ok(directory) = File::open(directory)
    {
        let _ = directory.sync_all();
    }
    #[cfg(not(unix))]
    let _ = target;
}
