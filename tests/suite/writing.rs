//! `--fix` and `set` write a file whole or not at all, and leave everything about it but its text.

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
fn a_left_over_temporary_file_is_named_and_nothing_written() {
    let folder = folder();
    save(&folder.path().join(TEMPORARY), b"half");
    let outcome = run(folder.path(), &FIX, b"");
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr().contains(TEMPORARY), "{}", outcome.stderr());
    assert_eq!(text(folder.path()), WRONG);
    assert_eq!(names(folder.path()), [TEMPORARY, "deployment.toml"]);
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
        let _ = fs::remove_file(folder.path().join(TEMPORARY));
        save(&file, wrong.as_bytes());
        let mut child = start(folder.path(), &FIX);
        std::thread::sleep(Duration::from_micros(chance.below(60_000) as u64));
        child.kill().expect("a run that can be killed");
        child.wait().expect("a run that ends");
        let left = text(folder.path());
        assert!(left == wrong || left == right, "neither the old text nor the new one");
    }
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

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode can be set");
    }

    #[test]
    fn the_mode_stays() {
        for mode in [0o600, 0o640, 0o644, 0o755] {
            let folder = folder();
            let file = folder.path().join("deployment.toml");
            set_mode(&file, mode);
            assert_eq!(run(folder.path(), &FIX, b"").code, 0);
            assert_eq!(fs::metadata(&file).expect("a file").mode() & 0o7777, mode);
        }
    }

    #[test]
    fn a_link_stays_a_link_and_its_target_changes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("real")).expect("a folder can be made");
        save(&folder.path().join("real/file.toml"), WRONG.as_bytes());
        symlink("real/file.toml", folder.path().join("one")).expect("a link can be made");
        symlink("one", folder.path().join("deployment.toml")).expect("a link can be made");
        for arguments in [&FIX[..], &SET] {
            save(&folder.path().join("real/file.toml"), WRONG.as_bytes());
            assert_eq!(run(folder.path(), arguments, b"").code, 0);
            let link = fs::symlink_metadata(folder.path().join("deployment.toml"));
            assert!(link.expect("a link").is_symlink());
            assert_eq!(text(folder.path()), RIGHT);
            assert_eq!(names(&folder.path().join("real")), ["file.toml"]);
        }
    }

    #[test]
    fn a_file_is_taken_once_by_whatever_path_and_a_hard_link_is_another() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        symlink("deployment.toml", at("link.toml")).expect("a link can be made");
        fs::hard_link(at("deployment.toml"), at("other.toml")).expect("a link can be made");
        let names = ["deployment.toml", "link.toml", "./deployment.toml", "other.toml"];
        let fixed = run(folder.path(), &[&["check", "--fix"], &names[..]].concat(), b"");
        let report = String::from_utf8_lossy(&fixed.stdout);
        assert_eq!(fixed.code, 0, "{report}");
        assert!(report.contains("2 files"), "{report}");
        for name in names {
            assert_eq!(fs::read_to_string(at(name)).expect("a file"), RIGHT, "{name}");
        }
    }

    #[test]
    fn the_owner_stays() {
        let folder = folder();
        let file = folder.path().join("deployment.toml");
        // Only root can give a file away; anybody else's stays his own.
        let given = std::os::unix::fs::chown(&file, Some(NOBODY), Some(NOBODY)).is_ok();
        let before = fs::metadata(&file).expect("a file");
        assert!(!given || before.uid() == NOBODY);
        assert_eq!(run(folder.path(), &FIX, b"").code, 0);
        let after = fs::metadata(&file).expect("a file");
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_eq!(text(folder.path()), RIGHT);
    }

    const NOBODY: u32 = 65_534;

    /// Runs the program as somebody for whom modes count: root passes them by. `None` where root
    /// cannot become anybody else.
    fn run_as_nobody(folder: &Path, arguments: &[&str]) -> Option<(i32, String)> {
        let program = env!("CARGO_BIN_EXE_smsotp-lint");
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
        let mut command = if is_root {
            // What is built may lie where nobody else can look.
            let copy = folder.join("..").join(format!("program-{}", std::process::id()));
            fs::copy(program, &copy).ok()?;
            set_mode(&copy, 0o755);
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
            command
        } else {
            Command::new(program)
        };
        let outcome = command.args(arguments).current_dir(folder).output().ok()?;
        Some((outcome.status.code()?, String::from_utf8(outcome.stderr).ok()?))
    }

    /// A folder of nobody's below one of ours, with the wrong document in it.
    fn folder_of_nobody() -> (tempfile::TempDir, std::path::PathBuf) {
        let outer = tempfile::tempdir().expect("a temporary folder");
        set_mode(outer.path(), 0o755);
        let folder = outer.path().join("conf");
        fs::create_dir(&folder).expect("a folder can be made");
        save(&folder.join("deployment.toml"), WRONG.as_bytes());
        for path in [folder.join("deployment.toml"), folder.clone()] {
            let _ = std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY));
        }
        (outer, folder)
    }

    #[test]
    fn a_read_only_folder_or_file_is_left_alone() {
        for (is_folder, mode) in [(true, 0o555), (false, 0o444)] {
            let (_outer, folder) = folder_of_nobody();
            let file = folder.join("deployment.toml");
            set_mode(if is_folder { &folder } else { &file }, mode);
            for arguments in [&FIX[..], &SET] {
                let Some((code, stderr)) = run_as_nobody(&folder, arguments) else { return };
                assert_eq!(code, 2, "{stderr}");
                assert!(stderr.contains("not written"), "{stderr}");
                assert_eq!(text(&folder), WRONG);
                assert_eq!(names(&folder), ["deployment.toml"]);
            }
            set_mode(&folder, 0o755);
        }
    }

    #[test]
    fn an_unreadable_file_is_reported_and_the_others_checked() {
        let (_outer, folder) = folder_of_nobody();
        save(&folder.join("secret.toml"), WRONG.as_bytes());
        set_mode(&folder.join("secret.toml"), 0o000);
        let arguments = ["check", "secret.toml", "deployment.toml"];
        let Some((code, stderr)) = run_as_nobody(&folder, &arguments) else { return };
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("secret.toml"), "{stderr}");
    }

    /// The shell counts in blocks of 512 or 1,024 bytes, which is all the same here.
    #[test]
    fn a_disk_that_is_full_leaves_the_old_file() {
        let folder = folder();
        let whole = format!("{WRONG}{}", "# padding\n".repeat(20_000));
        save(&folder.path().join("deployment.toml"), whole.as_bytes());
        for arguments in [&FIX[..], &SET] {
            let outcome = Command::new("sh")
                .args(["-c", "trap '' XFSZ; ulimit -f 20; exec \"$@\"", "sh"])
                .arg(env!("CARGO_BIN_EXE_smsotp-lint"))
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .expect("a shell");
            let stderr = String::from_utf8_lossy(&outcome.stderr);
            assert_eq!(outcome.status.code(), Some(2), "{stderr}");
            assert!(stderr.contains("not written"), "{stderr}");
            assert_eq!(text(folder.path()), whole);
            assert_eq!(names(folder.path()), ["deployment.toml"]);
        }
    }

    /// What is mounted by itself cannot be renamed over. Where nothing may be mounted, there is
    /// nothing to try.
    #[test]
    fn a_bind_mounted_file_is_left_whole() {
        let folder = folder();
        let script = "touch mounted.toml && mount --bind deployment.toml mounted.toml || exit 99
            \"$0\" check --fix mounted.toml; code=$?
            cat mounted.toml; exit $code";
        let outcome = Command::new("unshare")
            .args(["--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_smsotp-lint")])
            .current_dir(folder.path())
            .output();
        let Ok(outcome) = outcome else { return };
        let stderr = String::from_utf8_lossy(&outcome.stderr);
        if outcome.status.code() != Some(2) {
            assert!(stderr.contains("unshare") || stderr.contains("mount"), "{stderr}");
            return;
        }
        assert!(stderr.contains("not written"), "{stderr}");
        assert!(String::from_utf8_lossy(&outcome.stdout).ends_with(WRONG));
        assert_eq!(names(folder.path()), ["deployment.toml", "mounted.toml"]);
    }
}
