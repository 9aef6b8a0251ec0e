//! A file and its new text -> the file replaced, whole or not at all.

mod attributes;
mod temporary;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use self::attributes::Attributes;
use self::temporary::{Mode, Temporary};
use crate::error::{Failure, reason};

/// Replaces the text of a file that held `old` when it was read, and tells how many other names it
/// has, hard links, under which that text is still found.
///
/// The new text goes to a temporary file in the same directory, created exclusively under one
/// reserved name and readable by nobody else until it takes the target's rights, and is renamed
/// over the target. A symbolic link stays a link; mode, owner, access lists and extended attributes
/// stay; and a file that somebody else changed in between is left alone.
///
/// # Errors
/// When the file cannot be replaced, or not with all its attributes; it is then as it was.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<u64, Failure> {
    replace_target(path, old, new).map_err(|error| failure(path, &error))
}

fn replace_target(path: &Path, old: &[u8], new: &[u8]) -> io::Result<u64> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    assert_writable(&metadata)?;
    let attributes = Attributes::of(&File::open(&target)?)?;
    let mut temporary = Temporary::beside(&target, Mode::Private)?;
    temporary.file.write_all(new)?;
    attributes.give(&temporary.file)?;
    temporary.file.sync_all()?;
    let mut now = File::open(&target)?;
    let mut text = Vec::new();
    now.read_to_end(&mut text)?;
    if text != old || Attributes::of(&now)? != attributes {
        return Err(io::Error::other("somebody else changed the file in the meantime"));
    }
    temporary.rename(&target)?;
    Ok(names(&metadata).saturating_sub(1))
}

/// Writes a file of our own, a report, over whatever it held.
///
/// The file is there whole or as it was, and keeps its mode. A symbolic link stays a link, and its
/// target is made if there is none. What is no regular file, such as a pipe or a device, is written
/// to as it is.
///
/// # Errors
/// When the file cannot be written.
pub fn overwrite(path: &Path, text: &[u8]) -> Result<(), Failure> {
    overwrite_target(path, text).map_err(|error| failure(path, &error))
}

fn overwrite_target(path: &Path, text: &[u8]) -> io::Result<()> {
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(text);
    }
    let target = destination(path)?;
    let mode = if known.is_some() { Mode::Private } else { Mode::Usual };
    known.as_ref().map_or(Ok(()), assert_writable)?;
    let mut temporary = Temporary::beside(&target, mode)?;
    temporary.file.write_all(text)?;
    if let Some(known) = known {
        temporary.file.set_permissions(known.permissions())?;
    }
    temporary.file.sync_all()?;
    temporary.rename(&target)
}

fn assert_writable(metadata: &Metadata) -> io::Result<()> {
    match metadata.permissions().readonly() {
        true => Err(io::Error::other("the file is read-only")),
        false => Ok(()),
    }
}

/// Where links lead to in the end, be there a file or not.
fn destination(path: &Path) -> io::Result<PathBuf> {
    /// As many as Linux follows.
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn failure(path: &Path, error: &io::Error) -> Failure {
    Failure::with(path, format!("not written: {}", reason(error)))
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}
