//! What the log of a CI service takes for a command, wherever it is in a file or in its name ->
//! spelt out, in every format.

use std::path::Path;

use smsotp_lint::report::Format;

use crate::support::{Outcome, run, save};
use crate::terminal_escapes::{SECTION, documents, for_each_report};

/// GitHub takes the first at the head of a line, blanks aside, and the second anywhere; Azure the
/// third, and TeamCity the fourth.
const COMMANDS: [&str; 5] = [
    "::stop-commands::x",
    "##[group]x",
    "##vso[task.setvariable variable=a]x",
    "##teamcity[x]",
    "###VsO[x]",
];

fn assert_no_command(arguments: &[&str], outcome: &Outcome) {
    assert!(outcome.code < 3, "{arguments:?} {}", outcome.stderr());
    for line in [outcome.stdout(), outcome.stderr()].iter().flat_map(|said| said.lines()) {
        let ours =
            ["error", "warning", "notice"].map(|own| format!("::{own} title=smsotp-lint%3A "));
        let is_ours = arguments.contains(&"github") && ours.iter().any(|own| line.starts_with(own));
        let lower = line.to_lowercase();
        let is_command = ["##[", "##vso[", "##teamcity["].iter().any(|open| lower.contains(open));
        assert!(!is_command, "{arguments:?}: {line}");
        assert!(is_ours || !line.trim_start().starts_with("::"), "{arguments:?}: {line}");
    }
}

fn for_each_page(folder: &Path, name: &str) {
    for format in ["table", "json", "toml", "xml"] {
        let arguments = ["show", "--format", format, name];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
    }
    for format in ["table", "json", "markdown"] {
        let arguments = ["compare", "--format", format, "--from=5.11", "--to=7.1", name];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
        let arguments = ["compare", "--format", format, "-", name];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
    }
    for format in ["table", "json", "mermaid"] {
        let arguments = ["simulate", "--format", format, name];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
    }
    for format in ["table", "json", "markdown"] {
        let arguments = ["compare", "--format", format, "-", name];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
    }
    for assignment in ["TokenLength=5", "##[x]=5", "TokenLength=::x::"] {
        let arguments = ["set", name, assignment];
        assert_no_command(&arguments, &run(folder, &arguments, b""));
    }
}

/// Documents with a command in every place, and behind texts of every length, where lines are
/// broken.
fn hostile(command: &str) -> Vec<String> {
    let mut all = documents(command);
    // Only what counts at the head of a line can come to be one where it is broken.
    let most = if command.starts_with(':') { 60 } else { 1 };
    for blanks in 0..most {
        let text = format!("{} {command} x", "x ".repeat(blanks).trim_end());
        all.push(format!("{SECTION}BackupCode = \"{text}\" # {text}\n\"{text}\" = 1\n"));
    }
    all.push(format!("{SECTION}usecase = '''\n{command}\n  {command}'''\n{command}\n"));
    all.push(format!("{SECTION}usecase = '''\n{command}\n  {command}'''\nBackupCode = 'no'\n"));
    all.push(format!(
        "#{command}\n {command}\n{SECTION}BackupCode = 'no'\n#{command}\n#{command}\n"
    ));
    all
}

#[test]
fn no_text_of_a_file_is_a_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let documents: Vec<String> = COMMANDS.iter().flat_map(|command| hostile(command)).collect();
    let names: Vec<String> = (0..documents.len()).map(|number| format!("{number}.toml")).collect();
    let save_all = || {
        for (name, text) in names.iter().zip(&documents) {
            save(&folder.path().join(name), text.as_bytes());
        }
    };
    save_all();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for_each_report(folder.path(), &names, assert_no_command);
    save_all();
    for name in names.iter().step_by(7) {
        for_each_page(folder.path(), name);
    }
}

#[test]
fn no_page_is_a_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let all = COMMANDS.join(" ");
    let lines = format!("\n{}\n  {}", COMMANDS.join("\n"), COMMANDS.join("\n  "));
    let section = SECTION.replace(".parameters", "");
    let text = format!(
        "{section}name = '{all}'\nenable = '{all}'\n{SECTION}usecase = '{all}'\n'{all}' = '{all}'\n\
         order = '''{lines}'''\nTokenLength = '$env{{X}} {all}'\nTags = '$ref{{x.y}} {all}'\n\
         screenUserAttribute = '$ref{{x.z}}'\n[x]\nz = '{all}'\n"
    );
    save(&folder.path().join("deployment.toml"), text.as_bytes());
    for_each_page(folder.path(), "deployment.toml");
}

// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn no_name_of_a_file_is_a_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut names = Vec::new();
    for (number, command) in COMMANDS.iter().enumerate() {
        for name in [format!("{command}{number}.toml"), format!("{number}\n{command}.toml")] {
            let text = format!("{SECTION}BackupCode = 'no'\n");
            save(&folder.path().join(&name), text.as_bytes());
            names.push(name);
        }
        names.push(format!("{command}missing.toml"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for_each_report(folder.path(), &names, assert_no_command);
    for name in names {
        for_each_page(folder.path(), name);
    }
    for format in Format::ALL {
        let arguments = ["check", "--format", format.as_str(), "--allow", "##[x]"];
        assert_no_command(&arguments, &run(folder.path(), &arguments, b""));
    }
    for argument in ["##[x]", "::x"] {
        let arguments = ["explain", argument];
        assert_no_command(&arguments, &run(folder.path(), &arguments, b""));
    }
}
