//! Runs the program as a user would, in a folder of its own and with nothing in the environment.

#[cfg(unix)]
pub(crate) mod shell;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program left behind.
pub(crate) struct Outcome {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) code: i32,
}

impl Outcome {
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("the report is UTF-8")
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.stderr.clone()).expect("messages are UTF-8")
    }
}

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expected files are to be rewritten instead of compared.
pub(crate) fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Outcome {
    run_with([], folder, arguments, stdin)
}

/// The same with some variables in the environment.
pub(crate) fn run_with<'v>(
    variables: impl IntoIterator<Item = (&'v str, &'v str)>,
    folder: &Path,
    arguments: &[&str],
    stdin: &[u8],
) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_smsotp-lint"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("standard input is piped");
    // A program that fails early closes the pipe, which is no concern of the test.
    let _ = pipe.write_all(stdin);
    drop(pipe);
    let output = child.wait_with_output().expect("the program ends");
    let code = output.status.code().expect("the program ends by itself");
    Outcome { stdout: output.stdout, stderr: output.stderr, code }
}

/// The folders directly below another, in order.
pub(crate) fn folders(below: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(below)
        .unwrap_or_else(|error| panic!("{}: {error}", below.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

/// A folder that goes when it is dropped, with a copy of another's content.
pub(crate) fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    copy_into(folder, copy.path());
    copy
}

fn copy_into(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).expect("a folder can be made");
            copy_into(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// Compares a text with the file that holds what it should be, or writes that file.
///
/// `None` says that the file must not exist.
pub(crate) fn expect(file: &Path, actual: Option<&[u8]>, failures: &mut String) {
    if blessing() {
        match actual {
            Some(actual) => save(file, actual),
            None if file.exists() => std::fs::remove_file(file).expect("a file can be removed"),
            None => {}
        }
        return;
    }
    let expected = std::fs::read(file).ok();
    if expected.as_deref() != actual {
        let show = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => "(no file)".to_owned(),
        };
        let name = file.strip_prefix(root()).unwrap_or(file).display();
        let _ = writeln!(
            failures,
            "--- {name}\n<<<<<<< expected\n{}=======\n{}>>>>>>> actual",
            show(expected.as_deref()),
            show(actual)
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "a test may write its own expectations in place")]
pub(crate) fn save(file: &Path, bytes: &[u8]) {
    std::fs::write(file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// Fails with everything that went wrong, and how to accept it.
pub(crate) fn assert_none(failures: &str) {
    assert!(
        failures.is_empty(),
        "{failures}\nIf this is as it should be, accept it with BLESS=1 cargo test."
    );
}

/// Every small TOML file of the fixtures that is a text.
pub(crate) fn fixtures() -> Vec<String> {
    let mut found = Vec::new();
    for rule in folders(&root().join("fixtures")) {
        for case in folders(&rule) {
            for entry in std::fs::read_dir(case).expect("the folder can be listed") {
                let path = entry.expect("the folder can be listed").path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    found.extend(std::fs::read_to_string(path).ok());
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The documents that the server's own pipeline has been run on.
pub(crate) fn vectors() -> Vec<String> {
    let file = root().join("fixtures/vectors/pipeline.jsonl");
    let lines = std::fs::read_to_string(file).expect("the vectors can be read");
    let parse = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("JSON") };
    lines.lines().filter_map(|line| Some(parse(line)["toml"].as_str()?.to_owned())).collect()
}

/// Chance that takes the same turns in every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// A place between two characters of a text.
    pub(crate) fn boundary(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
