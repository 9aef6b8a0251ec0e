//! The recipes for CI services in `.packaging/ci` do what they say, with stand-ins for the programs
//! of the service.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{root, save};

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";
const MANDATORY: &str = "SMSOTPMandatory = true\n";

/// The last script of a workflow, without its indentation.
fn script(workflow: &str) -> String {
    let file = root().join(".packaging/ci").join(workflow);
    let text = std::fs::read_to_string(file).expect("the recipe can be read");
    let (_, script) = text.rsplit_once("run: |\n").expect("a script");
    script.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

fn program(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    save(&path, format!("#!/bin/sh\n{script}\n").as_bytes());
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, executable).expect("a program can be made");
}

/// What the step does to a pull request: how it ends, its summary, and its comment.
fn pull_request(before: Option<&str>, after: &str, may_comment: bool) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let git = match before {
        Some(text) => {
            save(&at.join("committed"), text.as_bytes());
            "[ \"$1 $2\" = 'show base:deployment.toml' ] && cat committed"
        }
        None => "exit 128",
    };
    program(at, "git", git);
    program(at, "gh", "echo \"$1 $2 $3 $4 $5 $6\" > comment; cat \"$7\" >> comment");
    symlink(env!("CARGO_BIN_EXE_smsotp-lint"), at.join("smsotp-lint")).expect("a link");
    save(&at.join("deployment.toml"), after.as_bytes());
    let status = Command::new("/bin/sh")
        .args(["-e", "-c", &script("github-comment.yml")])
        .current_dir(at)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", at.display()))
        .envs([("FILE", "deployment.toml"), ("RELEASE", "7.1"), ("BASE", "base")])
        .envs([("NUMBER", "7"), ("RUNNER_TEMP", "."), ("GITHUB_STEP_SUMMARY", "summary")])
        .env("MAY_COMMENT", may_comment.to_string())
        .stderr(Stdio::null())
        .status()
        .expect("a shell runs");
    let read = |name| std::fs::read_to_string(at.join(name)).unwrap_or_default();
    (status.code().unwrap_or(-1), read("summary"), read("comment"))
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

#[test]
fn every_recipe_says_what_it_may_do() {
    let folder = root().join(".packaging/ci");
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("github") {
            let text = std::fs::read_to_string(&path).expect("a recipe can be read");
            assert!(text.contains("\npermissions:\n"), "{name}");
        }
    }
}
