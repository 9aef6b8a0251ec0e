//! `--color`, of the program and of each of its commands: the one behind the command counts.
//!
//! An argument that clap calls global would be copied to every command in every run.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};

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

/// The flag as clap is told of it.
#[derive(Debug, Args)]
#[group(skip)]
struct Flag {
    /// When to use colour
    ///
    /// NO_COLOR, CLICOLOR_FORCE and TERM=dumb are obeyed.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", hide_possible_values = true)]
    color: Color,
}

impl FromArgMatches for Color {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let is_given =
            |it: &&ArgMatches| it.value_source("color") == Some(ValueSource::CommandLine);
        let of_command = matches.subcommand().map(|(_, matches)| matches).filter(is_given);
        Flag::from_arg_matches(of_command.unwrap_or(matches)).map(|flag| flag.color)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Color {
    fn augment_args(command: Command) -> Command {
        Flag::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flag::augment_args_for_update(command)
    }
}
