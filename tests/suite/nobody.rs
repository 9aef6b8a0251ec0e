//! Runs the program as somebody for whom modes and limits count: root passes them by.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Outcome;

/// The number of somebody who owns nothing.
pub(crate) const NOBODY: u32 = 65_534;

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode can be set");
}

/// Only root can give a file away; anybody else's stays his own, who is then nobody to the tests.
pub(crate) fn give_to_nobody(path: &Path) {
    let _ = chown(path, Some(NOBODY), Some(NOBODY));
}

/// A folder of nobody's below one of ours.
pub(crate) fn folder_of_nobody() -> (tempfile::TempDir, PathBuf) {
    let outer = tempfile::tempdir().expect("a temporary folder");
    set_mode(outer.path(), 0o755);
    let folder = outer.path().join("conf");
    fs::create_dir(&folder).expect("a folder can be made");
    give_to_nobody(&folder);
    (outer, folder)
}

/// Runs the program, through another one that is named in front of it or not. `None` where root
/// cannot become anybody else.
pub(crate) fn as_nobody(folder: &Path, through: &[&str], arguments: &[&str]) -> Option<Outcome> {
    let program = env!("CARGO_BIN_EXE_smsotp-lint");
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let mut command = if is_root {
        // What is built may be where nobody else can look. A copy that this process wrote may
        // still be open in a child of another test.
        let copy = folder.join("../program");
        let copied = Command::new("cp").arg(program).arg(&copy).status().ok()?;
        assert!(copied.success());
        set_mode(&copy, 0o755);
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.args(through).arg(copy);
        command
    } else {
        let mut words = through.iter().copied().chain([program]);
        let mut command = Command::new(words.next()?);
        command.args(words);
        command
    };
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    Some(Outcome { stdout: output.stdout, stderr: output.stderr, code: output.status.code()? })
}
