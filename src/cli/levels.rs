//! The flags that set levels, in the order in which they are given: the last one wins.

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::policy::Level;

/// The flags as clap is told of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
struct Flags {
    /// Turn a rule or a category off
    ///
    /// Categories are startup, ignored, value, contradiction, security, style and meta. Of --allow,
    /// --warn and --deny the last one that names a rule wins, and a rule beats its category.
    #[arg(long, value_name = "NAME")]
    allow: Vec<String>,
    /// Report a rule or a category as a warning
    #[arg(long, value_name = "NAME")]
    warn: Vec<String>,
    /// Report a rule or a category as an error
    #[arg(long, value_name = "NAME")]
    deny: Vec<String>,
    /// The same as --warn security --warn style
    #[arg(long)]
    pedantic: bool,
}

/// The names of rules and categories, each with its level, in the order in which they are given;
/// those of `--pedantic` come first.
#[derive(Debug)]
pub(crate) struct LevelFlags(pub(crate) Vec<(String, Level)>);

impl FromArgMatches for LevelFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let with = |flag: &str, names: Vec<String>, level: Level| {
            let indices = matches.indices_of(flag).into_iter().flatten();
            indices.zip(names).map(move |(at, name)| (at, name, level)).collect::<Vec<_>>()
        };
        let warning = Level::At(Severity::Warning);
        let Flags { allow, warn, deny, pedantic } = Flags::from_arg_matches(matches)?;
        let mut given = with("allow", allow, Level::Off);
        given.extend(with("warn", warn, warning));
        given.extend(with("deny", deny, Level::At(Severity::Error)));
        given.sort_by_cached_key(|(at, ..)| *at);
        let pedantic = pedantic.then_some(["security", "style"]).into_iter().flatten();
        let pedantic = pedantic.map(|category| (category.to_owned(), warning));
        Ok(Self(pedantic.chain(given.into_iter().map(|(_, name, level)| (name, level))).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelFlags {
    fn augment_args(command: Command) -> Command {
        Flags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Flags::augment_args_for_update(command)
    }
}
