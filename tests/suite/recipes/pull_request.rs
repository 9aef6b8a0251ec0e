//! The recipe that comments on a pull request.

use super::{SECTION, recipe, scripts};
use crate::support::save;
use crate::support::shell::Shell;

const MANDATORY: &str = "SMSOTPMandatory = true\n";

/// What the step does to a pull request: how it ends, its summary, and its comment.
fn pull_request(before: Option<&str>, after: &str, may_comment: bool) -> (i32, String, String) {
    let shell = Shell::new()
        .env("FILE", "deployment.toml")
        .env("RELEASE", "7.1")
        .env("BASE", "base")
        .env("NUMBER", "7")
        .env("RUNNER_TEMP", ".")
        .env("GITHUB_STEP_SUMMARY", "summary")
        .env("MAY_COMMENT", &may_comment.to_string());
    let git = match before {
        Some(text) => {
            save(&shell.at("committed"), text.as_bytes());
            "[ \"$1 $2\" = 'show base:deployment.toml' ] && cat committed"
        }
        None => "exit 128",
    };
    shell.program("git", git);
    shell.program("gh", "echo \"$1 $2 $3 $4 $5 $6\" > comment; cat \"$7\" >> comment");
    save(&shell.at("deployment.toml"), after.as_bytes());
    let scripts = scripts(&recipe("github-comment.yml"));
    let code = shell.run(scripts.last().expect("a script")).code;
    let read = |name| std::fs::read_to_string(shell.at(name)).unwrap_or_default();
    (code, read("summary"), read("comment"))
}

#[test]
fn a_pull_request_is_told_what_it_changes_for_users() {
    let (old, new) = (format!("{SECTION}{MANDATORY}"), format!("{SECTION}Tags = \"MFA\"\n"));
    let (code, summary, comment) = pull_request(Some(&old), &new, true);
    assert_eq!(code, 0);
    let (call, body) = comment.split_once('\n').expect("a call and a body");
    assert_eq!(call, "pr comment 7 --edit-last --create-if-none --body-file");
    assert_eq!(body, summary);
    let row = "| not in the user store | cannot log in: the server has no number to send a code to \
               | :warning: **logs in with the first step alone, without a code** |";
    assert!(body.contains(row), "{body}");
}

#[test]
fn a_pull_request_that_changes_nothing_for_users_gets_no_comment() {
    let old = format!("{SECTION}{MANDATORY}");
    let (code, summary, comment) = pull_request(Some(&old), &format!("# a note\n{old}"), true);
    assert_eq!((code, comment.as_str()), (0, ""));
    assert!(summary.contains("Nothing changes."), "{summary}");
}

#[test]
fn a_new_file_is_compared_with_none_and_a_fork_only_gets_the_summary() {
    let (code, summary, comment) = pull_request(None, &format!("{SECTION}{MANDATORY}"), false);
    assert_eq!((code, comment.as_str()), (0, ""));
    assert!(summary.contains("| not in the user store |"), "{summary}");
}

#[test]
fn a_file_that_cannot_be_read_fails_the_step() {
    let (code, summary, comment) = pull_request(Some(""), &" ".repeat(300 << 10), true);
    assert_eq!((code, summary.as_str(), comment.as_str()), (2, "", ""));
}
