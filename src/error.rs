//! What stops the program, and the exit codes. A finding is never an error.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Checked, and nothing at or above the level that fails.
    Clean = 0,
    /// Something at or above that level.
    Findings = 1,
    /// The job could not be done.
    Failure = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the job could not be done: one line for people, which names the file it is about.
#[derive(Debug)]
pub struct Failure {
    /// The input it is about, if it is about one.
    pub path: Option<PathBuf>,
    /// What went wrong, in lower case.
    pub message: String,
}

impl Failure {
    /// A failure that concerns no single file.
    pub fn new(message: impl Into<String>) -> Self {
        Self { path: None, message: message.into() }
    }

    /// A failure with one file.
    pub fn with(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: Some(path.into()), message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", path.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Failure {}

/// What the system says of a failed call, in a phrase without its error number.
pub fn reason(error: &std::io::Error) -> String {
    let text = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
