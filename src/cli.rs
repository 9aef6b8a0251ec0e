//! The command line, as clap types.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use smsotp_lint::catalogue::Release;
use smsotp_lint::config::FailOn;
use smsotp_lint::report::Format;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Checks the SMS OTP settings in WSO2 Identity Server's deployment.toml.
#[derive(Debug, Parser)]
#[command(name = "smsotp-lint", version, styles = STYLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to use colour
    #[arg(long, value_enum, default_value_t, global = true, value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    /// What to do.
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report what the server will do with the settings, and fix it on request
    Check(Check),
    /// Show every setting: its effective value and where it comes from
    Show(Show),
    /// Change settings, keeping comments and layout
    Set(Set),
    /// Explain a rule or a parameter; without a name, list them all
    Explain(Explain),
    /// Print a JSON Schema for editors
    Schema(Schema),
}

/// Options that say which server the file is for.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Server")]
pub(crate) struct Server {
    /// Release of the server: 5.9, 5.10, 5.11, 6.0, 6.1, 7.0, 7.1, 7.2 or 7.3
    /// [default: the documented defaults]
    #[arg(long, value_name = "RELEASE")]
    pub(crate) is_version: Option<Release>,
    /// Judge $env{..} by the environment of this process
    #[arg(long)]
    pub(crate) process_env: bool,
    /// Judge $env{..} by a file of NAME=VALUE lines
    #[arg(long, value_name = "PATH")]
    pub(crate) env_file: Option<PathBuf>,
    /// Judge $sys{..} by these system properties
    #[arg(long, value_name = "NAME=VALUE", value_parser = crate::run::property)]
    pub(crate) system_property: Vec<(String, String)>,
    /// Configuration file [default: .smsotp-lint.toml in this directory or above it, up to the
    /// top of the repository]
    #[arg(long, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, conflicts_with = "config")]
    pub(crate) isolated: bool,
}

/// `check`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  smsotp-lint check deployment.toml
  smsotp-lint check --fix deployment.toml
  smsotp-lint check --diff --unsafe-fixes deployment.toml
  helm template . | yq '.data[\"deployment.toml\"]' | smsotp-lint check -

Exit codes: 0 nothing to fail on, 1 findings, 2 the job could not be done")]
pub(crate) struct Check {
    /// Files, directories, or - for standard input [default: ./deployment.toml, else
    /// ./repository/conf/deployment.toml]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
    /// Apply the safe fixes to the files
    #[arg(long, help_heading = "Fixes", group = "fixing")]
    pub(crate) fix: bool,
    /// With --fix or --diff, apply the unsafe fixes too
    #[arg(long, help_heading = "Fixes", requires = "fixing")]
    pub(crate) unsafe_fixes: bool,
    /// Print what the fixes would change, and write nothing
    #[arg(long, help_heading = "Fixes", group = "fixing")]
    pub(crate) diff: bool,
    /// Form of the report
    #[arg(long, value_parser = choice(Format::ALL, Format::as_str), default_value = "human")]
    #[arg(help_heading = "Report")]
    pub(crate) format: Format,
    /// Least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_parser = choice(FailOn::ALL, FailOn::as_str), value_name = "LEVEL")]
    #[arg(help_heading = "Report")]
    pub(crate) fail_on: Option<FailOn>,
    /// Turn a rule or a category off
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(crate) allow: Vec<String>,
    /// Report a rule or a category as a warning
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(crate) warn: Vec<String>,
    /// Report a rule or a category as an error
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(crate) deny: Vec<String>,
    /// The same as --warn security --warn style
    #[arg(long, help_heading = "Rules")]
    pub(crate) pedantic: bool,
    /// Report what comments in the file silence too
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_ignores: bool,
    /// Leave the summary out
    #[arg(long, help_heading = "Report")]
    pub(crate) quiet: bool,
    /// Name to report for standard input
    #[arg(long, value_name = "PATH", help_heading = "Report")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

/// `show`
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// File, or - for standard input [default: ./deployment.toml, else
    /// ./repository/conf/deployment.toml]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
    /// Form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ShowFormat,
}

/// `set`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  smsotp-lint set deployment.toml SMSOTPMandatory=true
  smsotp-lint set deployment.toml enable=true TokenExpiryTime=300

Exit codes: 0 nothing to fail on, 1 findings in the changed file, 2 the file was left as it was")]
pub(crate) struct Set {
    /// File, or - to change standard input and print the result
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Settings and their values: a parameter by its exact name, enable, or name
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub(crate) assignments: Vec<String>,
    #[command(flatten)]
    /// The server.
    pub(crate) server: Server,
    /// Least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_parser = choice(FailOn::ALL, FailOn::as_str), value_name = "LEVEL")]
    #[arg(help_heading = "Report")]
    pub(crate) fail_on: Option<FailOn>,
    /// Leave the summary out
    #[arg(long, help_heading = "Report")]
    pub(crate) quiet: bool,
}

/// `explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A rule or a parameter
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ExplainFormat,
}

/// `schema`
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The schema of .smsotp-lint.toml in place of that of deployment.toml
    #[arg(long)]
    pub(crate) config: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal that wants it
    #[default]
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
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

/// The forms of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// A page for people
    #[default]
    Text,
    /// One JSON object
    Json,
}

/// Reads one of the words that `as_str` gives the choices.
fn choice<T, const N: usize>(
    all: [T; N],
    as_str: impl Fn(T) -> &'static str + Clone + Send + Sync + 'static,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let words = all.map(&as_str);
    PossibleValuesParser::new(words).try_map(move |word| {
        all.into_iter().find(|one| as_str(*one) == word).ok_or("no such choice")
    })
}
