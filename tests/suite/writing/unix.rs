//! The same on a system with modes, owners, links, access lists and signals.

use std::os::unix::fs::{MetadataExt, symlink};

use super::*;
use crate::nobody::{NOBODY, as_nobody, folder_of_nobody, give_to_nobody, set_mode};

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

#[test]
fn what_is_no_file_is_no_leftover() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    save(&at("other"), b"other");
    let plant: [&dyn Fn(); 3] = [
        &|| symlink("other", at(TEMPORARY)).expect("a link can be made"),
        &|| fs::create_dir(at(TEMPORARY)).expect("a folder can be made"),
        &|| assert!(Command::new("mkfifo").arg(at(TEMPORARY)).status().is_ok()),
    ];
    for plant in plant {
        plant();
        let outcome = run(folder.path(), &FIX, b"");
        assert_eq!(outcome.code, 2);
        assert!(outcome.stderr().contains(TEMPORARY), "{}", outcome.stderr());
        assert_eq!(text(folder.path()), WRONG);
        assert_eq!(names(folder.path()), [TEMPORARY, "deployment.toml", "other"]);
        let path = at(TEMPORARY);
        let removed = if path.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(path) };
        removed.expect("it can be removed");
    }
    // Another name of a file that somebody keeps goes, and the file stays.
    fs::hard_link(at("other"), at(TEMPORARY)).expect("a link can be made");
    assert_eq!(run(folder.path(), &FIX, b"").code, 0);
    assert_eq!(fs::read(at("other")).expect("a file"), b"other");
}

/// As often as it takes, in the hope to come at every moment of a run.
#[test]
fn a_run_that_is_told_to_end_leaves_nothing_behind() {
    use rustix::process::{Pid, Signal, kill_process};
    let mut chance = Chance::new(7);
    let padding = "# padding\n".repeat(20_000);
    let (wrong, right) = (format!("{WRONG}{padding}"), format!("{RIGHT}{padding}"));
    let folder = folder();
    for number in 0..40 {
        save(&folder.path().join("deployment.toml"), wrong.as_bytes());
        let mut child = start(folder.path(), &FIX);
        std::thread::sleep(Duration::from_micros(chance.below(60_000) as u64));
        let signal = if number % 2 == 0 { Signal::TERM } else { Signal::INT };
        kill_process(Pid::from_child(&child), signal).expect("a run that can be told");
        child.wait().expect("a run that ends");
        let left = text(folder.path());
        assert!(left == wrong || left == right, "neither the old text nor the new one");
        assert_eq!(names(folder.path()), ["deployment.toml"]);
    }
}

#[test]
fn a_hard_link_gets_a_note() {
    let folder = folder();
    let other = folder.path().join("other");
    fs::hard_link(folder.path().join("deployment.toml"), &other).expect("a link can be made");
    let outcome = run(folder.path(), &FIX, b"");
    assert_eq!(outcome.code, 0);
    assert!(outcome.stderr().contains("hard link keeps the old text"), "{}", outcome.stderr());
    assert_eq!(fs::read_to_string(other).expect("a file"), WRONG);
}

#[test]
fn names_of_any_length_can_be_written() {
    for length in [180, 230, 255] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let name = "n".repeat(length);
        save(&folder.path().join(&name), WRONG.as_bytes());
        let outcome = run(folder.path(), &["check", "--fix", &name], b"");
        assert_eq!(outcome.code, 0, "{}", outcome.stderr());
        assert_eq!(fs::read_to_string(folder.path().join(&name)).expect("a file"), RIGHT);
        assert_eq!(names(folder.path()), [name]);
    }
}

#[test]
fn a_report_goes_where_a_link_leads() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("reports")).expect("a folder can be made");
    symlink("reports/new", at("one")).expect("a link can be made");
    symlink(at("one"), at("report")).expect("a link can be made");
    for _ in 0..2 {
        let arguments = ["check", "--output-file", "report", "deployment.toml"];
        assert_eq!(run(folder.path(), &arguments, b"").code, 1);
        assert!(at("report").is_symlink() && at("one").is_symlink());
        let report = fs::read_to_string(at("reports/new")).expect("a report");
        assert!(report.contains("needs-mandatory"), "{report}");
    }
    symlink("circle", at("circle")).expect("a link can be made");
    let arguments = ["check", "--output-file", "circle", "deployment.toml"];
    assert_eq!(run(folder.path(), &arguments, b"").code, 2);
}

/// An access list by which user 1234 may read, as `setfacl -m u:1234:r` writes it for a file of
/// mode 0600: version 2, then tag, permissions and id of each entry.
fn access_list() -> Vec<u8> {
    const NO_ID: u32 = u32::MAX;
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, NO_ID), (2, 4, 1234), (4, 0, NO_ID), (16, 4, NO_ID), (32, 0, NO_ID)];
    let mut list = 2u32.to_le_bytes().to_vec();
    for (tag, permissions, id) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(permissions.to_le_bytes());
        list.extend(id.to_le_bytes());
    }
    list
}

const ACCESS_LIST: &str = "system.posix_acl_access";

/// Gives an extended attribute to a file, where its file system takes it from us.
fn give(path: &Path, name: &str, value: &[u8]) -> bool {
    xattr::set(path, name, value).is_ok()
}

#[test]
fn access_lists_and_extended_attributes_stay() {
    for (name, value) in [(ACCESS_LIST, access_list()), ("user.note", b"a note".to_vec())] {
        for arguments in [&FIX[..], &SET] {
            let folder = folder();
            let file = folder.path().join("deployment.toml");
            set_mode(&file, 0o600);
            if !give(&file, name, &value) {
                continue;
            }
            let before = fs::metadata(&file).expect("a file").mode();
            let outcome = run(folder.path(), arguments, b"");
            assert_eq!(outcome.code, 0, "{}", outcome.stderr());
            assert_eq!(text(folder.path()), RIGHT);
            assert_eq!(fs::metadata(&file).expect("a file").mode(), before);
            assert_eq!(xattr::get(&file, name).expect("an attribute"), Some(value.clone()));
        }
    }
}

#[test]
fn no_access_list_comes_from_the_folder() {
    let folder = folder();
    let file = folder.path().join("deployment.toml");
    set_mode(&file, 0o640);
    if give(folder.path(), "system.posix_acl_default", &access_list()) {
        assert_eq!(run(folder.path(), &FIX, b"").code, 0);
        assert_eq!(text(folder.path()), RIGHT);
        assert_eq!(xattr::get(&file, ACCESS_LIST).expect("an answer"), None);
        assert_eq!(fs::metadata(&file).expect("a file").mode() & 0o7777, 0o640);
    }
}

/// The exit code of a run as nobody, and what it says on standard error.
fn complaint(folder: &Path, arguments: &[&str]) -> Option<(i32, String)> {
    as_nobody(folder, &[], arguments).map(|outcome| (outcome.code, outcome.stderr()))
}

#[test]
fn what_cannot_be_kept_is_named_and_nothing_written() {
    let (_outer, folder) = folder_of_nobody();
    save(&folder.join("deployment.toml"), WRONG.as_bytes());
    give_to_nobody(&folder.join("deployment.toml"));
    let file = folder.join("deployment.toml");
    let is_left_alone = |named: &str| {
        let Some((code, stderr)) = complaint(&folder, &FIX) else { return };
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(named), "{stderr}");
        assert_eq!(text(&folder), WRONG);
        assert_eq!(names(&folder), ["deployment.toml"]);
    };
    // Only root can do this to a file.
    if give(&file, "security.smsotp-lint", b"x") {
        is_left_alone("extended attribute security.smsotp-lint cannot be kept");
        xattr::remove(&file, "security.smsotp-lint").expect("an attribute");
    }
    if std::os::unix::fs::chown(&file, Some(0), Some(0)).is_ok() {
        set_mode(&file, 0o666);
        is_left_alone("its owner or group cannot be kept: ");
    }
}

#[test]
fn a_read_only_folder_or_file_is_left_alone() {
    for (is_folder, mode) in [(true, 0o555), (false, 0o444)] {
        let (_outer, folder) = folder_of_nobody();
        save(&folder.join("deployment.toml"), WRONG.as_bytes());
        give_to_nobody(&folder.join("deployment.toml"));
        let file = folder.join("deployment.toml");
        set_mode(if is_folder { &folder } else { &file }, mode);
        for arguments in [&FIX[..], &SET] {
            let Some((code, stderr)) = complaint(&folder, arguments) else {
                return;
            };
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
    save(&folder.join("deployment.toml"), WRONG.as_bytes());
    give_to_nobody(&folder.join("deployment.toml"));
    save(&folder.join("secret.toml"), WRONG.as_bytes());
    set_mode(&folder.join("secret.toml"), 0o000);
    let arguments = ["check", "secret.toml", "deployment.toml"];
    let Some((code, stderr)) = complaint(&folder, &arguments) else { return };
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("secret.toml"), "{stderr}");
}

/// The shell counts in blocks of 512 or 1,024 bytes, which is all the same here.
#[test]
fn a_disk_that_is_full_leaves_the_old_file() {
    let folder = folder();
    let whole = format!("{WRONG}{}", "# padding\n".repeat(20_000));
    save(&folder.path().join("deployment.toml"), whole.as_bytes());
    let runs = ["", "trap '' XFSZ; "].map(|before| [(before, FIX), (before, SET)]);
    for (before, arguments) in runs.into_iter().flatten() {
        let outcome = Command::new("sh")
            .args(["-c", &format!("{before}ulimit -f 20; exec \"$@\""), "sh"])
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
