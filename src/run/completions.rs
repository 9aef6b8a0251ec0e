//! The command line -> the script by which a shell completes it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};
use clap_complete::Shell;
use smsotp_lint::catalogue::{PARAMETERS, Release};
use smsotp_lint::diagnostic::Category;
use smsotp_lint::rules::RULES;

/// The completions for a shell.
pub(super) fn script(command: Command, shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    let mut command = with_names(command);
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut script);
    script
}

/// The names that the program reads itself, to tell the nearest one when there is none, as choices
/// that a shell can offer.
fn with_names(command: Command) -> Command {
    let rules = || RULES.iter().map(|rule| rule.info.name);
    let parameters = PARAMETERS.iter().map(|parameter| parameter.name);
    let targets: Vec<_> = rules().chain(Category::ALL.map(Category::as_str)).collect();
    let topics: Vec<_> = rules().chain(parameters).collect();
    let releases = || Release::ALL.map(Release::as_str);
    command
        .mut_subcommand("check", |check| {
            let levels = ["allow", "warn", "deny"];
            let check = check.mut_arg("is_version", |arg| offering(arg, &releases()));
            levels
                .into_iter()
                .fold(check, |check, level| check.mut_arg(level, |arg| offering(arg, &targets)))
        })
        .mut_subcommand("show", |show| show.mut_arg("is_version", |arg| offering(arg, &releases())))
        .mut_subcommand("explain", |explain| explain.mut_arg("name", |arg| offering(arg, &topics)))
}

fn offering(arg: Arg, names: &[&'static str]) -> Arg {
    arg.value_parser(PossibleValuesParser::new(names.to_vec()))
}
