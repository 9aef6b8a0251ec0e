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
    clap_complete::generate(shell, &mut command, &name, &mut script);
    match shell {
        Shell::Bash => mended(&name, &String::from_utf8_lossy(&script)).into_bytes(),
        _ => script,
    }
}

/// The script for Bash with one spelling of a name that has a hyphen, where there are two that
/// never meet (clap-rs/clap#6421).
fn mended(name: &str, script: &str) -> String {
    script.replace(&name.replace('-', "__subcmd__"), &name.replace('-', "__"))
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn bash_finds_every_state_it_sets() {
        let script = String::from_utf8(script(Cli::command(), Shell::Bash)).unwrap();
        let states: Vec<_> = script
            .lines()
            .filter_map(|line| line.trim().strip_prefix("cmd=\"")?.strip_suffix('"'))
            .filter(|state| !state.is_empty())
            .collect();
        assert!(states.iter().any(|state| state.ends_with("check")), "{states:?}");
        for state in states {
            let arm = format!("\n        {state})\n");
            assert!(script.contains(&arm), "{state}");
        }
    }

    #[test]
    fn every_shell_is_offered_rules_parameters_and_releases() {
        for shell in [Shell::Bash, Shell::Zsh] {
            let script = String::from_utf8(script(Cli::command(), shell)).unwrap();
            for name in ["needs-mandatory", "contradiction", "TokenExpiryTime", "5.11", "sarif"] {
                assert!(script.contains(name), "{name} in {shell}");
            }
        }
    }
}
