//! A script, as a user or a CI service runs it -> its outcome, in a fresh folder and a fresh home,
//! with stand-ins for programs that are not here.

use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use super::Outcome;

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
        shell.program("cargo", &install);
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
    fn bin(&self) -> PathBuf {
        self.at(".bin")
    }

    /// Makes a stand-in of a script. Another process writes it: nobody can run a file that this one
    /// holds open, and a test beside this one may just have made a copy of this process.
    pub(crate) fn program(&self, name: &str, script: &str) {
        let status = Command::new("/bin/sh")
            .args(["-c", "printf '%s\\n' '#!/bin/sh' \"$1\" > \"$0\" && chmod 755 \"$0\""])
            .arg(self.bin().join(name))
            .arg(script)
            .status();
        assert!(status.expect("a shell runs").success(), "a program can be made");
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
