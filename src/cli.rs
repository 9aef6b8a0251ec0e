//! The command line, as clap types.

mod check;
mod color;
mod deferred;
mod examples;
mod levels;
mod lsp;
mod other_words;
mod values;

pub(crate) use check::Check;
pub(crate) use color::Color;
pub(crate) use lsp::Lsp;
pub(crate) use other_words::instead_of;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use smsotp_lint::catalogue::Release;
use smsotp_lint::config::FailOn;
use smsotp_lint::report::Format;

use deferred::Deferred;
use values::{choice, property};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const USAGE: &str = "smsotp-lint [OPTIONS] <COMMAND>
       smsotp-lint [OPTIONS] <PATH>...  the same as check";

/// Checks the SMS OTP settings in WSO2 Identity Server's deployment.toml
///
/// The server says nothing when one of these settings is misspelt, stands in the wrong table, or
/// waits for another one that is off. smsotp-lint reads them the way the server does, and points
/// at what will not work, with the reason and the fix.
#[derive(Debug, Parser)]
#[command(name = "smsotp-lint", version, styles = STYLES, max_term_width = 80)]
#[command(override_usage = USAGE)]
#[command(after_long_help = examples::PROGRAM)]
pub(crate) struct Cli {
    #[command(flatten)]
    /// When to use colour.
    pub(crate) color: Color,
    #[command(subcommand)]
    /// What to do.
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report what the server will do with the settings, and fix it on request
    Check(Deferred<Check>),
    /// Show every setting: its effective value and where it comes from
    Show(Deferred<Show>),
    /// Tell what happens to each kind of user at login, and why
    Simulate(Deferred<Simulate>),
    /// Tell what changes: between two files, or two releases of one file
    Compare(Deferred<Compare>),
    /// Change settings, keeping comments and layout
    Set(Deferred<Set>),
    /// Explain a rule or a parameter; without a name, list them all
    Explain(Deferred<Explain>),
    /// Print a JSON Schema for editors
    Schema(Deferred<Schema>),
    /// Serve an editor on standard input and output
    Lsp(Deferred<Lsp>),
    /// Print the completions of a shell
    Completions(Deferred<Completions>),
    /// Print the manual page
    Man(Deferred<()>),
}

/// Options that say which server the file is for.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Server")]
pub(crate) struct Server {
    /// Release of the server, such as 5.11 or 7.1.0
    /// [default: the documented defaults]
    ///
    /// Given twice, check judges by both.
    ///
    /// Known are 5.9, 5.10, 5.11, 6.0, 6.1, 7.0, 7.1, 7.2 and 7.3. Without it, the rules that need
    /// a release are silent.
    #[arg(long, value_name = "RELEASE")]
    pub(crate) is_version: Vec<Release>,
    /// Judge $env{..} by the environment of this process
    ///
    /// Without this and --env-file, a value that depends on a variable is not judged.
    #[arg(long)]
    pub(crate) process_env: bool,
    /// Judge $env{..} by a file of NAME=VALUE lines
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) env_file: Option<PathBuf>,
    /// Judge $sys{..} by these system properties
    #[arg(long, value_name = "NAME=VALUE", value_parser = property)]
    pub(crate) system_property: Vec<(String, String)>,
    /// Configuration file
    /// [default: .smsotp-lint.toml]
    ///
    /// The one nearest to each file counts: in its directory or above, up to the top of the
    /// repository or to the working directory, else that of the working directory. One that is
    /// given here holds for all files, and its patterns are relative to the working directory.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    #[arg(help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    pub(crate) isolated: bool,
}

/// `show`
#[derive(Debug, Args)]
#[command(after_long_help = examples::SHOW)]
pub(crate) struct Show {
    /// File, or - for standard input
    /// [default: ./deployment.toml, else ./repository/conf/deployment.toml]
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) path: Option<PathBuf>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ShowFormat,
    /// Show every setting, not only what the file sets or changes
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
}

/// `simulate`
#[derive(Debug, Args)]
#[command(after_long_help = examples::SIMULATE)]
pub(crate) struct Simulate {
    /// File, or - for standard input
    /// [default: ./deployment.toml, else ./repository/conf/deployment.toml]
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) path: Option<PathBuf>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: SimulateFormat,
    /// What the server has that the file does not tell
    ///
    /// Without it, the server is a fresh one: the tenant locks accounts only when the file says
    /// so, and no claim holds backup codes.
    #[arg(long, value_enum, value_name = "FACT")]
    pub(crate) assume: Vec<Assume>,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
}

/// `compare`
#[derive(Debug, Args)]
#[command(after_long_help = examples::COMPARE)]
pub(crate) struct Compare {
    /// File as it was, or - for standard input
    /// [default: ./deployment.toml, else ./repository/conf/deployment.toml]
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) old: Option<PathBuf>,
    /// File as it is to be, or - for standard input
    ///
    /// Without it, the old file is compared with itself under another release.
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub(crate) new: Option<PathBuf>,
    /// Release of the server before
    #[arg(long, value_name = "RELEASE", requires = "to")]
    #[arg(conflicts_with = "is_version")]
    pub(crate) from: Option<Release>,
    /// Release of the server afterwards
    #[arg(long, value_name = "RELEASE", requires = "from")]
    pub(crate) to: Option<Release>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: CompareFormat,
    /// What the server has that the file does not tell
    #[arg(long, value_enum, value_name = "FACT")]
    pub(crate) assume: Vec<Assume>,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
}

/// `set`
#[derive(Debug, Args)]
#[command(after_long_help = examples::SET)]
pub(crate) struct Set {
    /// File, or - to change standard input and print the result
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) path: PathBuf,
    /// Settings and their values: a parameter by its exact name, enable, or name; those of the
    /// built-in SMS OTP as sms_otp_local.NAME
    #[arg(value_name = "KEY=VALUE", required_unless_present = "unset")]
    pub(crate) assignments: Vec<String>,
    /// Take a setting out of the file; a comment beside it stays
    ///
    /// One that is not there is refused, as by git config.
    #[arg(long, value_name = "KEY")]
    pub(crate) unset: Vec<String>,
    /// Print what would change, and write nothing
    ///
    /// Secrets in it are masked, so it is for reading and not for patch.
    #[arg(long)]
    pub(crate) diff: bool,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
    /// Least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_parser = choice(FailOn::ALL, FailOn::as_str), value_name = "LEVEL")]
    #[arg(help_heading = "Report")]
    pub(crate) fail_on: Option<FailOn>,
    /// Form of the report
    #[arg(short, long, value_parser = choice(Set::FORMATS, Format::as_str))]
    #[arg(default_value = "human", help_heading = "Report", conflicts_with = "diff")]
    pub(crate) format: Format,
    /// Leave the summary out
    #[arg(short, long, help_heading = "Report")]
    pub(crate) quiet: bool,
}

impl Set {
    /// The forms of its report.
    const FORMATS: [Format; 3] = [Format::Human, Format::Concise, Format::Json];
}

/// `explain`
#[derive(Debug, Args)]
#[command(after_long_help = examples::EXPLAIN)]
pub(crate) struct Explain {
    /// A rule, a category of rules, a parameter, also by its full key, or the header of a table
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ExplainFormat,
}

/// `schema`
#[derive(Debug, Args)]
#[command(after_long_help = examples::SCHEMA)]
pub(crate) struct Schema {
    /// The schema of .smsotp-lint.toml in place of that of deployment.toml
    #[arg(long)]
    pub(crate) config: bool,
}

/// `completions`
#[derive(Debug, Args)]
#[command(after_long_help = examples::COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// The forms of `show`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ShowFormat {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A complete section with comments
    Toml,
    /// The element of application-authentication.xml
    Xml,
}

/// The forms of `simulate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum SimulateFormat {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A flowchart in Mermaid's language
    Mermaid,
}

/// The forms of `compare`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum CompareFormat {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A comment for a pull request
    Markdown,
}

/// What `simulate` and `compare` may take for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Assume {
    /// The tenant locks an account after too many wrong codes
    AccountLocking,
    /// A claim is mapped that holds the backup codes of a user
    BackupClaim,
}

/// The forms of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// A page for people
    #[default]
    Text,
    /// One JSON object
    Json,
}
