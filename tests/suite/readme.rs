//! Every command in the README prints what the README says.

use std::fmt::Write as _;

use smsotp_lint::reference::{Topic, tables};

use crate::support::{assert_none, blessing, copy_of, root, run, save};

#[test]
fn every_example_in_the_readme_is_true() {
    let file = root().join("README.md");
    let readme = std::fs::read_to_string(&file).expect("there is a README");
    let mut actual = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(actual, "{line}");
        if let Some(table) = generated(line) {
            let mut old = lines.by_ref().skip_while(|line| !line.starts_with(END));
            let end = old.next().expect("a generated table ends");
            let _ = writeln!(actual, "{table}{end}");
        } else if line == "```console" {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            actual.push_str(&replay(&block));
            actual.push_str("```\n");
        }
    }
    if blessing() {
        save(&file, actual.as_bytes());
        return;
    }
    let mut failures = String::new();
    if actual != readme {
        for (expected, actual) in readme.lines().zip(actual.lines()) {
            if expected != actual {
                let _ = writeln!(failures, "README has  {expected}\nbut it is   {actual}");
                break;
            }
        }
    }
    assert_none(&failures);
}

const END: &str = "<!-- end";

/// The table that stands behind such a line.
fn generated(line: &str) -> Option<String> {
    match line {
        "<!-- rules, written by the tests -->" => Some(tables::rules()),
        "<!-- settings, written by the tests -->" => Some(tables::settings()),
        _ => None,
    }
}

#[test]
fn the_readme_has_a_row_for_every_rule_and_setting() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    for topic in Topic::all() {
        let row = format!("\n| `{}` | ", topic.name());
        assert_eq!(readme.matches(&row).count(), 1, "{}", topic.name());
    }
}

/// Runs the commands of a block in a copy of the example files, one after the other.
fn replay(block: &[&str]) -> String {
    let folder = copy_of(&root().join("fixtures/readme"));
    let mut actual = String::new();
    for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
        let _ = writeln!(actual, "$ {command}");
        let words: Vec<_> = command.split_whitespace().collect();
        match words[..] {
            ["smsotp-lint", ref arguments @ ..] => {
                let outcome = run(folder.path(), arguments, b"");
                let _ = write!(actual, "{}{}", outcome.stdout(), outcome.stderr());
            }
            ["cat", name] => {
                let text = std::fs::read_to_string(folder.path().join(name));
                actual.push_str(&text.expect("an example file can be read"));
            }
            _ => panic!("the README test cannot run {command:?}"),
        }
    }
    actual
}

#[test]
fn the_two_commands_of_the_readme_are_real() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let main_job = "cargo run --release -- check fixtures/readme/deployment.toml";
    assert!(readme.contains(main_job), "the README runs the main job");
    assert!(root().join("fixtures/readme/deployment.toml").is_file());
    let ci = std::fs::read_to_string(root().join(".ci/run")).expect("there is a CI script");
    let tests = "cargo test --locked";
    assert!(readme.contains(tests) && ci.contains(tests), "README and CI run the same tests");
}

/// What may stand behind the name of the program.
const COMMANDS: [&str; 9] =
    ["check", "show", "simulate", "compare", "set", "explain", "schema", "completions", "man"];

#[test]
fn every_recipe_in_the_readme_is_a_command_that_works() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let mut recipes = 0;
    let mut fence = None;
    for line in readme.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(language)) => fence = Some(language),
            (Some(_), Some(_)) => fence = None,
            (Some(language), None) if language != "console" => {
                if let Some(arguments) = recipe(line) {
                    works(&arguments);
                    recipes += 1;
                }
            }
            _ => {}
        }
    }
    assert!(recipes >= 11, "{recipes}");
}

#[test]
fn every_hook_is_a_command_that_works() {
    let file = root().join(".pre-commit-hooks.yaml");
    let hooks = std::fs::read_to_string(file).expect("there are hooks");
    let entries: Vec<_> =
        hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: ")).collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let mut arguments = recipe(entry).expect("an entry runs the program");
        arguments.push("deployment.toml");
        works(&arguments);
    }
}

/// The arguments that a line gives the program.
fn recipe(line: &str) -> Option<Vec<&str>> {
    let (_, command) = line.rsplit_once("smsotp-lint ")?;
    let end = command.find([';', '>', '#', '|', '&', '\'', '"']).unwrap_or(command.len());
    let arguments: Vec<_> = command[..end].split_whitespace().collect();
    COMMANDS.contains(arguments.first()?).then_some(arguments)
}

fn works(arguments: &[&str]) {
    let folder = copy_of(&root().join("fixtures/readme"));
    let stdin = std::fs::read(folder.path().join("deployment.toml")).expect("an example file");
    let outcome = run(folder.path(), arguments, &stdin);
    assert_ne!(outcome.code, 2, "{arguments:?}: {}", outcome.stderr());
}
