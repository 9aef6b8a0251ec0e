//! The command line -> the script by which a shell completes it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use smsotp_lint::catalogue::{Kind, Parameter, Release};
use smsotp_lint::diagnostic::Category;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::reference::Topic;
use smsotp_lint::rules::RULES;
use smsotp_lint::section::{NAME, SmsOtp};

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
fn with_names(mut command: Command) -> Command {
    // The arguments of a subcommand are there only once it is built.
    command.build();
    let rules = || RULES.iter().map(|rule| rule.info.name);
    let releases = names(Release::ALL.map(Release::as_str));
    let targets = names(rules().chain(Category::ALL.map(Category::as_str)));
    let headers = SmsOtp::ALL.into_iter().flat_map(|of| [of.dotted(), of.parameters_dotted()]);
    let topics = Topic::all().map(Topic::name).chain(Category::ALL.map(Category::as_str));
    let offers = [
        ("is_version", releases.clone()),
        ("from", releases.clone()),
        ("to", releases),
        ("fix_only", names(rules())),
        ("allow", targets.clone()),
        ("warn", targets.clone()),
        ("deny", targets),
        ("name", names(topics.chain(headers))),
        ("assignments", assignments()),
    ];
    let offering = |arg: Arg| match offers.iter().find(|(id, _)| arg.get_id() == id) {
        Some((_, names)) => arg.value_parser(PossibleValuesParser::new(names)),
        None => arg,
    };
    command.mut_subcommands(|command| command.mut_args(offering))
}

fn names(all: impl IntoIterator<Item = &'static str>) -> Vec<String> {
    all.into_iter().map(str::to_owned).collect()
}

/// What `set` takes, as far as it is known beforehand: each setting with the values it may have.
fn assignments() -> Vec<String> {
    let settings = Topic::all().filter_map(|topic| match topic {
        Topic::Rule(_) => None,
        Topic::Parameter(of, setting) => Some((topic.name(), of, setting)),
    });
    let of_setting = |(name, of, setting): (&str, SmsOtp, &Parameter)| {
        let values = match setting.kind {
            _ if setting.name == NAME => vec![of.registered()],
            Kind::Boolean { .. } => vec!["true", "false"],
            Kind::Choice { words } => words.to_vec(),
            _ => vec![""],
        };
        values.into_iter().map(|value| format!("{name}={value}")).collect::<Vec<_>>()
    };
    settings.flat_map(of_setting).collect()
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
            for name in [
                "needs-mandatory",
                "contradiction",
                "TokenExpiryTime",
                "sms_otp_local.Tags",
                "SMSOTPMandatory=true",
                "5.11",
                "sarif",
            ] {
                assert!(script.contains(name), "{name} in {shell}");
            }
        }
    }
}
