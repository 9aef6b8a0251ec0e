//! The formats for programs: all tell the same findings at the same places, stay readable whatever
//! happens, and leave the exit code alone.

mod files;
mod places;
mod sarif;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Outcome, folders, root, run};

const MACHINE: [&str; 5] = ["json", "sarif", "github", "gitlab", "junit"];

/// Inputs of every kind, by the flags and paths that name them.
const RUNS: [&[&str]; 9] = [
    &["fixtures/cli/github/good.toml"],
    &["fixtures/cli/github/deployment.toml"],
    &["--fail-on", "never", "fixtures/cli/github/deployment.toml"],
    &["fixtures/cli/not-toml/broken.toml"],
    &["fixtures/cli/not-utf8/latin1.toml"],
    &["missing.toml", "fixtures/cli/github/good.toml"],
    &["fixtures/cli/github/deployment.toml", "missing.toml", "a%0A:,<&\">\u{1b}.toml"],
    &["fixtures/cli/directory/empty"],
    &[],
];

fn check(format: &str, rest: &[&str]) -> Outcome {
    run(root(), &[&["check", "--format", format], rest].concat(), b"")
}

/// Every input of the cases of the rules, relative to the top of the repository.
fn inputs() -> Vec<String> {
    let rules = folders(&root().join("fixtures"));
    let cases = rules.iter().flat_map(|rule| folders(rule));
    let inputs = cases.map(|case| case.join("input.toml")).filter(|input| input.is_file());
    let relative = |input: PathBuf| {
        input.strip_prefix(root()).map(|path| path.to_string_lossy().replace('\\', "/"))
    };
    inputs.filter_map(|input| relative(input).ok()).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The objects of an array.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], |list| &list[..])
}

#[test]
fn the_exit_code_is_the_same_for_every_format() {
    for rest in RUNS {
        let human = check("human", rest).code;
        assert_eq!(check("concise", rest).code, human, "concise {rest:?}");
        for format in MACHINE {
            let outcome = check(format, rest);
            assert_eq!(outcome.code, human, "{format} {rest:?}");
            assert_eq!(outcome.stderr(), check("human", rest).stderr(), "{format} {rest:?}");
        }
    }
}

#[test]
fn standard_output_can_be_read_whatever_happens() {
    for rest in RUNS {
        for format in ["json", "sarif", "gitlab"] {
            json(&check(format, rest).stdout());
        }
        let text = check("junit", rest).stdout();
        let xml = roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert!(xml.root_element().has_tag_name("testsuites"));
        for line in check("github", rest).stdout().lines() {
            annotation(line);
        }
    }
}

#[test]
fn what_could_not_be_read_stands_in_every_format() {
    let rest = ["missing.toml", "fixtures/cli/github/good.toml"];
    for format in MACHINE {
        let text = check(format, &rest).stdout();
        assert!(text.contains("missing.toml"), "{format}: {text}");
        assert!(text.to_lowercase().contains("no such file"), "{format}: {text}");
    }
}

#[test]
fn nothing_in_a_file_or_its_name_steers_a_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "\
[authentication.authenticator.sms_otp.parameters]
usecase = \"\u{202e}x\u{9b}31m\"
'\u{200b}SMSOTPMandatory\u{2066}' = true
";
    for name in ["a\u{1b}[31m.toml", "\u{202e}b.toml"] {
        crate::support::save(&folder.path().join(name), text.as_bytes());
        for format in MACHINE {
            let report = run(folder.path(), &["check", "--format", format, name], b"").stdout();
            let steers = |c: char| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
                    || matches!(c, '\u{2066}'..='\u{2069}')
            };
            assert!(!report.contains(steers), "{format} {report}");
            assert!(report.contains("usecase"), "{format} {report}");
        }
    }
}

/// The properties and the message of a workflow command.
fn annotation(line: &str) -> (Vec<(String, String)>, String) {
    let levels = ["::error ", "::warning ", "::notice "];
    let rest = levels.iter().find_map(|level| line.strip_prefix(level));
    let rest = rest.unwrap_or_else(|| panic!("no command: {line}"));
    let (properties, message) = rest.split_once("::").expect("a command has a message");
    let pairs = properties.split(',').map(|pair| {
        let (name, value) = pair.split_once('=').expect("a property has a value");
        (name.to_owned(), plain(value))
    });
    (pairs.collect(), plain(message))
}

fn plain(text: &str) -> String {
    let text = text.replace("%0D", "\r").replace("%0A", "\n");
    text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
}

/// The text of a property of a workflow command.
fn property<'p>(properties: &'p [(String, String)], name: &str) -> Option<&'p str> {
    let found = properties.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| &**value)
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder can be made");
    crate::support::save(&path, text.as_bytes());
}
