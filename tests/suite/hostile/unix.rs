//! The same of what only such a system has: pipes, devices, links, modes and limits.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;
use crate::nobody::{as_nobody, folder_of_nobody, set_mode};

fn wrong() -> String {
    format!("{SECTION}BackupCode = \"no\"\n")
}

#[test]
fn what_is_no_file_is_read_or_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let code = |arguments: &[&str], text: &str| {
        let outcome = run(folder.path(), arguments, text.as_bytes());
        assert!(!outcome.stderr().contains("panicked"), "{}", outcome.stderr());
        outcome.code
    };
    fs::create_dir(folder.path().join("empty")).expect("a folder can be made");
    assert_eq!(code(&["check", "empty"], ""), 2);
    assert_eq!(code(&["show", "empty"], ""), 2);
    assert_eq!(code(&["set", "empty", "BackupCode=true"], ""), 2);
    assert_eq!(code(&["check", "-"], &wrong()), 1);
    assert_eq!(code(&["check", "/dev/stdin"], &wrong()), 1);
    assert_eq!(code(&["check", "--fix", "--unsafe-fixes", "/dev/stdin"], &wrong()), 2);
}

/// Reading `/dev/zero` would never end.
#[test]
fn a_device_is_no_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    save(&folder.path().join("deployment.toml"), wrong().as_bytes());
    for device in ["/dev/null", "/dev/zero"] {
        let runs: [&[&str]; 6] = [
            &["check", device],
            &["check", "--fix", device],
            &["show", device],
            &["set", device, "BackupCode=true"],
            &["check", "--env-file", device, "deployment.toml"],
            &["check", "--config", device, "deployment.toml"],
        ];
        for arguments in runs {
            let outcome = run(folder.path(), arguments, b"");
            assert_eq!(outcome.code, 2, "{arguments:?}");
            assert!(outcome.stderr().contains("not a file, but a device"), "{arguments:?}");
        }
    }
}

// Other systems have no such device.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    save(&folder.path().join("deployment.toml"), wrong().as_bytes());
    let runs = [
        "--help",
        "--version",
        "check deployment.toml",
        "check --diff deployment.toml",
        "show deployment.toml",
        "simulate deployment.toml",
        "compare --from 5.11 --to 7.1 deployment.toml",
        "set - BackupCode=true",
        "explain backup-code-on",
        "schema",
        "completions bash",
        "man",
    ];
    for words in runs {
        let outcome = Command::new("sh")
            .args(["-c", &format!("exec \"$0\" {words} < deployment.toml > /dev/full")])
            .arg(env!("CARGO_BIN_EXE_smsotp-lint"))
            .current_dir(folder.path())
            .output()
            .expect("a shell");
        let complaint = String::from_utf8_lossy(&outcome.stderr);
        assert_eq!(outcome.status.code(), Some(2), "{words}: {complaint}");
        assert!(complaint.contains("standard output: no space left"), "{words}: {complaint}");
    }
}

/// Where the memory ends in the middle, whatever it is that asks for more.
#[test]
fn the_end_of_the_memory_is_a_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{SECTION}{}", lines(600, |at| format!("x{at} = '& <a{at}>'\n")));
    save(&folder.path().join("deployment.toml"), text.as_bytes());
    let script = "ulimit -v $1; exec \"$0\" check deployment.toml";
    let codes = (6_000..200_000).step_by(1_000).map(|kilobytes: u32| {
        let outcome = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_smsotp-lint"), &kilobytes.to_string()])
            .current_dir(folder.path())
            .env("RUST_BACKTRACE", "0")
            .output()
            .expect("a shell");
        let complaint = String::from_utf8_lossy(&outcome.stderr);
        outcome.status.code().filter(|code| *code != 2 || complaint.contains("memory allocation"))
    });
    // The first limits are too low for the program to begin at all, the last let it end.
    let codes = codes.skip_while(|code| *code != Some(2));
    let codes: Vec<_> = codes.take_while(|code| *code != Some(1)).collect();
    assert!(!codes.is_empty());
    assert!(codes.iter().all(|code| *code == Some(2)), "{codes:?}");
}

#[test]
fn no_thread_is_needed() {
    let (_outer, folder) = folder_of_nobody();
    let text = wrong();
    for name in ["one.toml", "two.toml", "three.toml"] {
        save(&folder.join(name), text.as_bytes());
    }
    // Shells do not agree on the letter.
    let script = "ulimit -u 1 2>/dev/null || ulimit -p 1
        exec \"$0\" check one.toml two.toml three.toml";
    let Some(outcome) = as_nobody(&folder, &["sh", "-c", script], &[]) else { return };
    let (said, complaint) = (outcome.stdout(), outcome.stderr());
    assert_eq!(outcome.code, 1, "{complaint}");
    assert!(said.contains("3 errors"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_entered_is_a_failure() {
    let (_outer, folder) = folder_of_nobody();
    let inner = folder.join("inner/conf");
    fs::create_dir_all(&inner).expect("a folder can be made");
    save(&inner.join("deployment.toml"), wrong().as_bytes());
    // It can be listed and not entered, neither, or entered and not listed.
    for mode in [0o644, 0o000, 0o311] {
        set_mode(&folder.join("inner"), mode);
        let outcome = as_nobody(&folder, &[], &["check", "."]);
        set_mode(&folder.join("inner"), 0o755);
        let Some(outcome) = outcome else { return };
        assert_eq!(outcome.code, 2, "{mode:o}: {}", outcome.stdout());
        assert!(outcome.stderr().contains("inner"), "{}", outcome.stderr());
    }
}

#[test]
fn a_link_to_a_folder_is_named_and_not_followed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    for name in ["real", "other", ".hidden"] {
        fs::create_dir(at(name)).expect("a folder can be made");
    }
    save(&at("real/deployment.toml"), wrong().as_bytes());
    symlink("..", at("real/above")).expect("a link can be made");
    symlink("../real", at(".hidden/link")).expect("a link can be made");
    let outcome = run(folder.path(), &["check", "."], b"");
    assert_eq!(outcome.code, 1, "{}", outcome.stderr());
    let note = "./real/above: note: a link to a directory is not followed";
    assert_eq!(outcome.stderr().lines().collect::<Vec<_>>(), [format!("smsotp-lint: {note}")]);
    symlink("../real", at("other/link")).expect("a link can be made");
    let outcome = run(folder.path(), &["check", "other"], b"");
    assert_eq!(outcome.code, 2, "{}", outcome.stderr());
    assert!(outcome.stderr().contains("other/link: note: "), "{}", outcome.stderr());
    assert_eq!(run(folder.path(), &["check", "other/link"], b"").code, 1);
}

#[test]
fn a_pipe_is_read_and_never_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = Command::new("mkfifo").arg("pipe").current_dir(folder.path()).status();
    assert!(made.is_ok_and(|status| status.success()));
    let pipe = folder.path().join("pipe");
    let fix = ["check", "--fix", "--unsafe-fixes", "pipe"];
    for (arguments, expected) in [(&["check", "pipe"][..], 1), (&fix, 2)] {
        let outcome = thread::scope(|scope| {
            scope.spawn(|| {
                let mut end = OpenOptions::new().write(true).open(&pipe).expect("a pipe");
                end.write_all(wrong().as_bytes()).expect("a reader");
            });
            run(folder.path(), arguments, b"")
        });
        assert_eq!(outcome.code, expected, "{}", outcome.stderr());
    }
    assert!(fs::symlink_metadata(pipe).expect("a pipe").file_type().is_fifo());
}

#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("conf")).expect("a folder can be made");
    let pipe = folder.path().join("conf/deployment.toml");
    let made = Command::new("mkfifo").arg(pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let outcome = run(folder.path(), &["check", "."], b"");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr().contains("not a regular file"), "{}", outcome.stderr());
}

#[test]
fn a_file_that_grows_is_read_to_some_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("deployment.toml");
    save(&file, SECTION.as_bytes());
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut end = OpenOptions::new().append(true).open(&file).expect("a file");
            for _ in 0..30_000 {
                end.write_all(b"# more\n").expect("a file that can be written");
                if done.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let codes = [(); 5].map(|()| run(folder.path(), &["check", "deployment.toml"], b"").code);
        done.store(true, Ordering::Relaxed);
        assert_eq!(codes, [0; 5]);
    });
}
