//! What would steer a terminal, turn the direction of reading, hide from the eye or flood the
//! screen -> escaped or cut, wherever it stands in a file or in its name.

use std::path::Path;

use smsotp_lint::report::Format;

use crate::support::{Outcome, run, save};

/// Every control character, and what else has no place on a terminal.
fn signs() -> Vec<String> {
    let characters = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').chain('\u{202a}'..='\u{202e}');
    let others = "\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{feff}";
    let all = characters.chain('\u{2066}'..='\u{2069}').chain(others.chars());
    let all = all.filter(|c| *c != '\n').map(String::from);
    all.chain(["\u{1b}[31;1m", "\u{1b}]0;title\u{7}", "\u{9b}2J"].map(str::to_owned)).collect()
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(crate) const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

/// Documents with a sign in a value, in other spellings of it, a key, a header, a comment, and in
/// lines that are no TOML.
pub(crate) fn documents(sign: &str) -> Vec<String> {
    let spelt: String = sign.chars().map(|c| format!("\\u{:04X}", u32::from(c))).collect();
    let lines = [
        format!("usecase = \"x{sign}y\""),
        format!("usecase = \"x{spelt}y\"\nname = \"{spelt}\"\nTokenLength = \" {spelt}5\""),
        format!("usecase = '''x{sign}\n{sign}y'''"),
        format!("\"Token{sign}Length\" = 5\n'it\"s{sign}' = 1"),
        format!("\"Token{spelt}Length\" = 5\n\"BackupCode{spelt}\" = 'no'"),
        format!("BackupCode = \"no\" # x{sign}y"),
        format!("order = x{sign}y"),
        format!("x{sign}y"),
        format!("TokenLength : 5{sign}"),
        format!("usecase = \"$ref{{x{sign}y}} {{{{x{sign}y}}}} <{sign}>\""),
    ];
    let lines = lines.map(|line| format!("{SECTION}{line}\nRetryEnable = 'yes'\n"));
    let headers = ["authentication.authenticator.", "a."].map(|above| {
        format!("[{above}\"sms_otp{sign}\"]\nx = 1\n{sign}\n[{above}\"sms_otp{spelt}\"]\nx = 1\n")
    });
    lines.into_iter().chain(headers).collect()
}

fn assert_harmless(arguments: &[&str], outcome: &Outcome) {
    assert!(outcome.code < 3, "{arguments:?} {}", outcome.stderr());
    for said in [outcome.stdout(), outcome.stderr()] {
        let line = said.lines().find(|line| line.contains(steers));
        assert_eq!(line, None, "{arguments:?}");
    }
}

/// Every way to say something of many files.
pub(crate) fn for_each_report(folder: &Path, names: &[&str], see: impl Fn(&[&str], &Outcome)) {
    let report = |flags: &[&str]| {
        let outcome = run(folder, &[flags, names].concat(), b"");
        see(flags, &outcome);
    };
    for format in Format::ALL {
        report(&["check", "--pedantic", "--format", format.as_str()]);
    }
    report(&["check", "--diff", "--unsafe-fixes"]);
    report(&["check", "--fix"]);
    report(&["check", "--fix", "--unsafe-fixes", "--format", "json"]);
}

#[test]
fn no_text_of_a_file_steers_a_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let documents: Vec<String> = signs().iter().flat_map(|sign| documents(sign)).collect();
    let names: Vec<String> = (0..documents.len()).map(|number| format!("{number}.toml")).collect();
    for (name, text) in names.iter().zip(&documents) {
        save(&folder.path().join(name), text.as_bytes());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for_each_report(folder.path(), &names, assert_harmless);
}

#[test]
fn no_page_steers_a_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let spelt = |sign: &String| sign.chars().map(|c| format!("\\u{:04X}", u32::from(c))).collect();
    let signs = signs();
    let spelt: String = signs.iter().map(spelt).collect::<Vec<String>>().join(" ");
    let raw = signs.iter().filter(|sign| !sign.contains(char::is_control));
    let raw: String = raw.map(String::as_str).collect();
    let no_controls = "&#8238;&#8206;&#65279;&#8232;";
    for value in [&*spelt, &*raw, no_controls] {
        let text = format!("{SECTION}usecase = \"{value}\"\n\"x{value}\" = \"{value}\"\n");
        save(&folder.path().join("deployment.toml"), text.as_bytes());
        for format in ["table", "json", "toml", "xml"] {
            let arguments = ["show", "--format", format, "deployment.toml"];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        for format in ["table", "json", "mermaid"] {
            let arguments = ["simulate", "--format", format, "deployment.toml"];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        for format in ["table", "json", "markdown"] {
            let arguments = ["compare", "--format", format, "-", "deployment.toml"];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        let arguments = ["set", "deployment.toml", "TokenLength=5"];
        assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
    }
    let arguments = ["set", "deployment.toml", "Token\u{1b}[31m\u{202e}Length=5\t"];
    assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
}

// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn no_name_of_a_file_steers_a_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = format!("{SECTION}RetryEnable = 'yes'\nTokenExpiryTime = \"5m\"\n");
    let broken = format!("{SECTION}order = backward\n");
    let mut names = Vec::new();
    for (number, sign) in signs().iter().filter(|sign| *sign != "\0").enumerate() {
        for (text, part) in [(&whole, "whole"), (&broken, "broken")] {
            let name = format!("{number}{sign}\n{part}.toml");
            save(&folder.path().join(&name), text.as_bytes());
            names.push(name);
        }
        names.push(format!("{number}{sign} missing.toml"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for_each_report(folder.path(), &names, assert_harmless);
    for name in &names[..12] {
        for format in ["table", "json", "toml", "xml"] {
            let arguments = ["show", "--format", format, name];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        for format in ["table", "json", "mermaid"] {
            let arguments = ["simulate", "--format", format, name];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        for format in ["table", "json", "markdown"] {
            let arguments = ["compare", "--format", format, "-", name];
            assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
        }
        let arguments = ["set", name, "TokenLength=5"];
        assert_harmless(&arguments, &run(folder.path(), &arguments, b""));
    }
}

#[test]
fn a_very_long_line_floods_no_screen() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = "word ".repeat(40_000);
    let one = "x".repeat(200_000);
    let lines = [
        format!("usecase = \"{long}\""),
        format!("BackupCode = \"{one}\""),
        format!("TokenExpiryTime = \"{one}\" # {long}"),
        format!("BackupCode = 'no' # {long}"),
        format!("{one} = 1"),
        format!("\"{long}\" = 1"),
        format!("usecase = \"$ref{{{long}}}\""),
        format!("usecase = \"{{{{{long}}}}}\""),
        format!("usecase = '<{one}>'"),
        format!("order = {one}"),
        format!("order = \"{long}"),
        long.clone(),
        one.clone(),
        format!("{one} = 1\n{one} = 2"),
        format!("RetryEnable = 'yes'\n[a.{one}]\nx = \"$ref{{a.{one}.x}}\"\n[a]"),
    ];
    let names: Vec<String> = (0..lines.len()).map(|number| format!("{number}.toml")).collect();
    for (name, line) in names.iter().zip(&lines) {
        let text = format!("{SECTION}{line}\nResendEnable = \"yes\"\n");
        save(&folder.path().join(name), text.as_bytes());
    }
    let assert_short = |arguments: &[&str], outcome: &Outcome| {
        for said in [outcome.stdout(), outcome.stderr()] {
            let longest = said.lines().max_by_key(|line| line.len()).unwrap_or_default();
            let begin: String = longest.chars().take(200).collect();
            assert!(longest.len() < 1500, "{arguments:?}: {} of {begin}", longest.len());
        }
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for format in ["human", "concise", "github", "gitlab"] {
        let flags = ["check", "--pedantic", "--format", format];
        assert_short(&flags, &run(folder.path(), &[&flags, &names[..]].concat(), b""));
    }
    let flags = ["check", "--diff", "--unsafe-fixes"];
    assert_short(&flags, &run(folder.path(), &[&flags, &names[..]].concat(), b""));
    for name in &names[..3] {
        assert_short(&["show"], &run(folder.path(), &["show", name], b""));
    }
}
