//! The words of a command line -> the same, with the `check` that a bare path stands for.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Command;

/// The command that may be left out.
const IMPLIED: &str = "check";

/// `smsotp-lint [OPTIONS] PATH...` as `smsotp-lint check [OPTIONS] PATH...`.
pub(super) fn with_command(mut words: Vec<OsString>, program: &Command) -> Vec<OsString> {
    if let Some(at) = place(&words, program) {
        words.insert(at, IMPLIED.into());
    }
    words
}

/// Where the command is missing: in front of the first word that the program itself does not take.
fn place(words: &[OsString], program: &Command) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = words.get(at)?;
        match word.to_string_lossy().as_ref() {
            "-h" | "--help" | "-V" | "--version" => return None,
            "--color" => at += 2,
            text if text.starts_with("--color=") => at += 1,
            text => {
                let is_implied = match text.starts_with('-') && text != "-" {
                    // Options in front of a command are a mistake that clap tells best.
                    true => !words[at..].iter().any(|word| is_command(word, program)),
                    // So is a command with a slip in its name.
                    false => !is_command(word, program) && is_path(word, text),
                };
                return is_implied.then_some(at);
            }
        }
    }
}

fn is_command(word: &OsStr, program: &Command) -> bool {
    word == "help" || program.find_subcommand(word).is_some()
}

/// Whether a word is a path, be it one that leads nowhere.
fn is_path(word: &OsStr, text: &str) -> bool {
    text == "-" || text.contains(['/', '\\', '.']) || Path::new(word).exists()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    fn completed(words: &str) -> String {
        let words = words.split(' ').map(OsString::from).collect();
        let words = with_command(words, &Cli::command());
        words.join(OsStr::new(" ")).to_string_lossy().into_owned()
    }

    #[test]
    fn a_path_or_an_option_of_check_implies_it() {
        for (given, meant) in [
            ("x a.toml", "x check a.toml"),
            ("x conf/", "x check conf/"),
            ("x -", "x check -"),
            ("x -q a.toml", "x check -q a.toml"),
            ("x --fix", "x check --fix"),
            ("x -- a.toml", "x check -- a.toml"),
            ("x --color never a.toml", "x --color never check a.toml"),
            ("x --color=never --fix a.toml", "x --color=never check --fix a.toml"),
        ] {
            assert_eq!(completed(given), meant);
        }
    }

    #[test]
    fn a_command_and_a_slip_in_one_stay() {
        for words in
            ["x", "x check a.toml", "x show", "x --color never show", "x help", "x chekc a.toml"]
        {
            assert_eq!(completed(words), words);
        }
        for words in ["x -h", "x --version", "x --is-version 7.1 show a.toml", "x --color"] {
            assert_eq!(completed(words), words);
        }
    }
}
