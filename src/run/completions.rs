//! The command line -> the script by which a shell completes it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use smsotp_lint::catalogue::{PARAMETERS, Release};
use smsotp_lint::diagnostic::Category;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::rules::RULES;

use super::print;
use crate::cli::{Cli, Completions};

pub(super) fn run(arguments: &Completions) -> Result<Exit, Failure> {
    print(&script(Cli::command(), arguments.shell))?;
    Ok(Exit::Clean)
}

/// The completions for a shell.
fn script(command: Command, shell: Shell) -> Vec<u8> {
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
    let releases = Release::ALL.map(Release::as_str).to_vec();
    let targets: Vec<_> = rules().chain(Category::ALL.map(Category::as_str)).collect();
    let names = [
        ("is_version", releases.clone()),
        ("from", releases.clone()),
        ("to", releases),
        ("fix_only", rules().collect()),
        ("allow", targets.clone()),
        ("warn", targets.clone()),
        ("deny", targets),
        ("name", rules().chain(Category::ALL.map(Category::as_str)).chain(parameters).collect()),
    ];
    command.mut_subcommands(|command| {
        names.iter().fold(command, |command, (id, names)| match has(&command, id) {
            true => command.mut_arg(id, |arg| offering(arg, names)),
            false => command,
        })
    })
}

fn has(command: &Command, id: &str) -> bool {
    command.get_arguments().any(|arg| arg.get_id() == id)
}

fn offering(arg: Arg, names: &[&'static str]) -> Arg {
    arg.value_parser(PossibleValuesParser::new(names.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
