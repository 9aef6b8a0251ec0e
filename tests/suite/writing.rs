//! `--fix` and `set` write a file whole or not at all, and leave everything about it but its text.

#[cfg(unix)]
mod unix;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Chance, run, save};

const WRONG: &str = "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = false
SendOTPDirectlyToMobile = true
";
const RIGHT: &str = "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = false
SendOTPDirectlyToMobile = false
";

const FIX: [&str; 3] = ["check", "--fix", "deployment.toml"];
const SET: [&str; 3] = ["set", "deployment.toml", "SendOTPDirectlyToMobile=false"];

/// A folder with the wrong document in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    save(&folder.path().join("deployment.toml"), WRONG.as_bytes());
    folder
}

fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join("deployment.toml")).expect("the file can be read")
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn both_commands_replace_the_text_and_leave_nothing_behind() {
    for arguments in [&FIX[..], &SET] {
        let folder = folder();
        assert_eq!(run(folder.path(), arguments, b"").code, 0);
        assert_eq!(text(folder.path()), RIGHT);
        assert_eq!(names(folder.path()), ["deployment.toml"]);
    }
}

#[test]
fn nothing_is_written_when_nothing_changes() {
    for arguments in [&FIX[..], &SET] {
        let folder = folder();
        let file = folder.path().join("deployment.toml");
        save(&file, RIGHT.as_bytes());
        let before = fs::metadata(&file).expect("a file");
        run(folder.path(), arguments, b"");
        let after = fs::metadata(&file).expect("a file");
        assert_eq!(before.modified().ok(), after.modified().ok());
        assert_eq!(inode(&before), inode(&after));
    }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

#[test]
fn what_a_dead_run_left_is_taken_over() {
    for arguments in [&FIX[..], &SET] {
        let folder = folder();
        save(&folder.path().join(TEMPORARY), b"half");
        let outcome = run(folder.path(), arguments, b"");
        assert_eq!(outcome.code, 0, "{}", outcome.stderr());
        assert_eq!(text(folder.path()), RIGHT);
        assert_eq!(names(folder.path()), ["deployment.toml"]);
    }
}

#[test]
fn what_a_living_run_writes_is_left_alone() {
    let folder = folder();
    let living = fs::File::create(folder.path().join(TEMPORARY)).expect("a file can be made");
    living.lock().expect("a lock");
    let outcome = run(folder.path(), &FIX, b"");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr().contains(TEMPORARY), "{}", outcome.stderr());
    assert_eq!(text(folder.path()), WRONG);
    assert_eq!(names(folder.path()), [TEMPORARY, "deployment.toml"]);
    drop(living);
    assert_eq!(run(folder.path(), &FIX, b"").code, 0);
}

const TEMPORARY: &str = ".deployment.toml.smsotp-lint.tmp";

#[test]
fn a_file_changed_meanwhile_is_left_alone() {
    let folder = folder();
    let target = folder.path().join("deployment.toml");
    // Between reading and writing there is no moment that a test could wait for.
    let read = WRONG.replace("true", "\"yes\"");
    let failure = smsotp_lint::write::replace(&target, read.as_bytes(), RIGHT.as_bytes());
    let message = failure.expect_err("somebody changed it").to_string();
    assert!(message.contains("in the meantime"), "{message}");
    assert_eq!(text(folder.path()), WRONG);
    assert_eq!(names(folder.path()), ["deployment.toml"]);
}

/// As often as it takes, in the hope to come at every moment of a run.
#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let mut chance = Chance::new(6);
    let padding = "# padding\n".repeat(20_000);
    let (wrong, right) = (format!("{WRONG}{padding}"), format!("{RIGHT}{padding}"));
    let folder = folder();
    let file = folder.path().join("deployment.toml");
    for _ in 0..40 {
        save(&file, wrong.as_bytes());
        let mut child = start(folder.path(), &FIX);
        std::thread::sleep(Duration::from_micros(chance.below(60_000) as u64));
        child.kill().expect("a run that can be killed");
        child.wait().expect("a run that ends");
        let left = text(folder.path());
        assert!(left == wrong || left == right, "neither the old text nor the new one");
    }
    save(&file, wrong.as_bytes());
    assert_eq!(run(folder.path(), &FIX, b"").code, 0);
    assert_eq!(names(folder.path()), ["deployment.toml"]);
}

#[test]
fn of_two_runs_at_once_one_writes_and_both_leave_it_whole() {
    for _ in 0..10 {
        let folder = folder();
        let mut runs: Vec<_> = (0..4).map(|_| start(folder.path(), &FIX)).collect();
        let codes = runs.iter_mut().map(|run| run.wait().expect("a run that ends").code());
        let codes: Vec<_> = codes.collect();
        assert!(codes.contains(&Some(0)), "{codes:?}");
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
        assert_eq!(text(folder.path()), RIGHT);
        assert_eq!(names(folder.path()), ["deployment.toml"]);
    }
}

fn start(folder: &Path, arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_smsotp-lint"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}
