//! A script, as a user or a CI service runs it -> its outcome, in a fresh folder and a fresh home,
//! with stand-ins for programs that are not here.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Outcome, save};

const PROGRAM: &str = env!("CARGO_BIN_EXE_smsotp-lint");

/// A folder with programs of its own, and what runs in it.
pub(crate) struct Shell {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Shell {
    /// With this program on its path.
    pub(crate) fn new() -> Self {
        let shell = Self::without_program();
        shell.install();
        shell
    }

    /// Where a stand-in of cargo "installs" it.
    pub(crate) fn without_program() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join(".bin")).expect("a folder can be made");
        std::fs::create_dir(folder.path().join(".home")).expect("a folder can be made");
        let shell = Self { folder, variables: Vec::new() };
        let install = format!(
            "case $* in 'install --locked '*'--path .tools/smsotp-lint') ;; *) exit 101 ;; esac\n\
             ln -s {PROGRAM} \"${{0%/*}}/smsotp-lint\""
        );
        program(&shell.bin(), "cargo", &install);
        shell
    }

    pub(crate) fn install(&self) {
        symlink(PROGRAM, self.bin().join("smsotp-lint")).expect("a link");
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where its programs are.
    pub(crate) fn bin(&self) -> PathBuf {
        self.at(".bin")
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a script, which ends at the first command that fails.
    pub(crate) fn run(&self, script: &str) -> Outcome {
        let output = Command::new("/bin/sh")
            .args(["-e", "-c", script])
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", self.bin().display()))
            .env("HOME", self.at(".home"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(std::process::Stdio::null())
            .output()
            .expect("a shell runs");
        let code = output.status.code().unwrap_or(-1);
        Outcome { stdout: output.stdout, stderr: output.stderr, code }
    }
}

/// Makes a program of a script.
pub(crate) fn program(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    save(&path, format!("#!/bin/sh\n{script}\n").as_bytes());
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, executable).expect("a program can be made");
}
