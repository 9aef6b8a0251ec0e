//! The arguments of `check`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueHint};
use smsotp_lint::config::FailOn;
use smsotp_lint::report::Format;

use super::levels::LevelFlags;
use super::values::{choice, formats};
use super::{Server, examples};

/// `check`
#[derive(Debug, Args)]
#[command(after_long_help = examples::CHECK)]
#[command(group = ArgGroup::new("fixing").args(["fix", "fix_only", "diff"]).multiple(true))]
pub(crate) struct Check {
    /// Files, directories, or - for standard input
    /// [default: ./deployment.toml, else ./repository/conf/deployment.toml]
    ///
    /// A directory is searched for files named deployment.toml, but not in hidden directories,
    /// target and node_modules.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Leave out what matches when a directory is searched
    ///
    /// A pattern with a slash is for a path below the working directory, one without for a file or
    /// directory of that name in any depth. A file that is named is checked all the same. Patterns
    /// for every run stand in the configuration file.
    #[arg(long, value_name = "GLOB", help_heading = "Files")]
    pub(crate) exclude: Vec<String>,
    /// List the files that would be checked, and check none
    #[arg(long, help_heading = "Files")]
    #[arg(conflicts_with_all = ["fixing", "statistics", "output_file"])]
    pub(crate) show_files: bool,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
    /// Apply the safe fixes to the files
    ///
    /// After a safe fix the server does what it did before, or could not start before. A file is
    /// written whole or not at all. With - the fixed document goes to standard output and the
    /// report to standard error.
    #[arg(long, help_heading = "Fixes", conflicts_with = "diff")]
    pub(crate) fix: bool,
    /// Fix the findings of this rule only
    ///
    /// It stands for --fix, unless --diff is given. With --unsafe-fixes it makes the unsafe fix of
    /// an info too, which nothing else does.
    #[arg(long, value_name = "RULE", help_heading = "Fixes")]
    pub(crate) fix_only: Vec<String>,
    /// With --fix, --fix-only or --diff, apply the unsafe fixes too
    ///
    /// After an unsafe fix the server does something else than before.
    #[arg(long, help_heading = "Fixes", requires = "fixing")]
    pub(crate) unsafe_fixes: bool,
    /// Print what the fixes would change, and write nothing
    ///
    /// Secrets in it are masked, so it is for reading and not for patch.
    #[arg(long, help_heading = "Fixes")]
    pub(crate) diff: bool,
    /// Form of the report
    #[arg(short, long, value_parser = formats(), default_value = "human", help_heading = "Report")]
    #[arg(alias = "output-format")]
    pub(crate) format: Format,
    /// Count the findings by rule, the most first
    ///
    /// For people the numbers stand in place of the findings, in json beside them.
    #[arg(long, help_heading = "Report")]
    pub(crate) statistics: bool,
    /// Write the report to a file instead of standard output
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) output_file: Option<PathBuf>,
    /// Least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_parser = choice(FailOn::ALL, FailOn::as_str), value_name = "LEVEL")]
    #[arg(help_heading = "Report")]
    pub(crate) fail_on: Option<FailOn>,
    /// The same as --fail-on never
    #[arg(short = 'e', conflicts_with = "fail_on", help_heading = "Report")]
    pub(crate) never_fail: bool,
    /// Leave the summary out
    #[arg(short, long, help_heading = "Report")]
    pub(crate) quiet: bool,
    /// Name to report for standard input
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    /// The levels of rules.
    pub(crate) levels: LevelFlags,
    /// Report what comments in the file silence too
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_ignores: bool,
}

impl Check {
    /// Whether the files are to be fixed.
    pub(crate) fn fixes(&self) -> bool {
        self.fix || (!self.fix_only.is_empty() && !self.diff)
    }
}
