//! A file and its new text -> the file replaced, whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Failure, reason};

/// Replaces the text of a file that held `old` when it was read.
///
/// The new text goes to a temporary file in the same directory, created exclusively under one
/// reserved name and readable by nobody else until it takes the target's mode, and is renamed
/// over the target. A symbolic link stays a link, mode and owner stay, and a file that somebody
/// else changed in between is left alone.
///
/// # Errors
/// When the file cannot be replaced; it is then as it was.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Failure> {
    let fail = |message: String| Failure::with(path, message);
    let target = fs::canonicalize(path).map_err(|error| fail(reason(&error)))?;
    let metadata = fs::metadata(&target).map_err(|error| fail(reason(&error)))?;
    if !metadata.is_file() {
        return Err(fail("not written: not a regular file".to_owned()));
    }
    if metadata.permissions().readonly() {
        return Err(fail("not written: the file is read-only".to_owned()));
    }
    let temporary = temporary(&target);
    let file = create(&temporary).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => fail(format!(
            "not written: {} exists; another run is writing, or one was interrupted and left it \
             behind",
            temporary.display()
        )),
        _ => fail(format!("not written: {}", reason(&error))),
    })?;
    let done = fill(file, &metadata, new).map_err(|error| reason(&error)).and_then(|()| {
        let now = fs::read(&target).map_err(|error| reason(&error))?;
        if now != old {
            return Err("somebody else changed the file in the meantime".to_owned());
        }
        fs::rename(&temporary, &target).map_err(|error| reason(&error))
    });
    if let Err(message) = done {
        // Best effort: the first failure is the one to report.
        let _ = fs::remove_file(&temporary);
        return Err(fail(format!("not written: {message}")));
    }
    sync_directory(&target);
    Ok(())
}

/// Writes a file of our own, a report, over whatever it held.
///
/// The file is there whole or as it was. What is no regular file, such as a pipe or a device, is
/// written to as it stands.
///
/// # Errors
/// When the file cannot be written.
pub fn overwrite(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::with(path, format!("not written: {}", reason(&error)));
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        let stream = OpenOptions::new().write(true).open(path);
        return stream.and_then(|mut stream| stream.write_all(text)).map_err(fail);
    }
    if known.as_ref().is_some_and(|known| known.permissions().readonly()) {
        return Err(Failure::with(path, "not written: the file is read-only"));
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = temporary(&target);
    let mut file = File::create_new(&temporary).map_err(fail)?;
    let done = file.write_all(text).and_then(|()| {
        known.map_or(Ok(()), |known| file.set_permissions(known.permissions()))?;
        file.sync_all()?;
        fs::rename(&temporary, &target)
    });
    done.map_err(|error| {
        // Best effort: the first failure is the one to report.
        let _ = fs::remove_file(&temporary);
        fail(error)
    })
}

/// The reserved name beside a target.
fn temporary(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.smsotp-lint.tmp"))
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn fill(mut file: File, like: &Metadata, text: &[u8]) -> io::Result<()> {
    file.write_all(text)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
            fchown(&file, Some(like.uid()), Some(like.gid()))?;
        }
    }
    file.set_permissions(like.permissions())?;
    file.sync_all()
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
