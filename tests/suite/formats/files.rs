//! Many files are one report, and a report can go to a file.

use std::path::Path;

use super::{MACHINE, write};
use crate::support::run;

#[test]
fn a_thousand_files_are_one_report_in_one_order() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut paths = Vec::new();
    for number in 0..1000 {
        let path = format!("{:02}/{:02}/deployment.toml", number % 40, number / 40);
        let registration = ["true", "\"no\"", "\"yes\"", "false"][number % 4];
        let text = format!(
            "[authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = {registration}\n"
        );
        write(folder.path(), &path, &text);
        if registration.starts_with('"') {
            paths.push(path);
        }
    }
    paths.sort();
    let report = |format| run(folder.path(), &["check", "--format", format, "."], b"");
    let first = report("concise");
    let text = first.stdout();
    let (findings, summaries): (Vec<_>, Vec<_>) =
        text.lines().partition(|line| line.contains("deployment.toml:2:19: "));
    let found: Vec<_> = findings
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().trim_start_matches("./"))
        .collect();
    assert_eq!(found, paths);
    assert_eq!(summaries.len(), 1, "{summaries:?}");
    assert!(summaries[0].starts_with("500 errors in 500 of 1000 files; "), "{summaries:?}");
    assert_eq!(first.code, 1);
    for format in MACHINE {
        assert_eq!(report(format).stdout(), report(format).stdout(), "{format}");
    }
}

const BAD: &str = "[authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = \"no\"\n";

#[test]
fn a_report_in_a_file_is_the_one_of_standard_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "deployment.toml", BAD);
    for format in MACHINE.into_iter().chain(["human", "concise"]) {
        let printed = run(folder.path(), &["check", "--format", format], b"");
        let flags = ["check", "--format", format, "--output-file", "report"];
        let written = run(folder.path(), &flags, b"");
        assert_eq!((written.stdout(), written.code), (String::new(), printed.code), "{format}");
        assert_eq!(read(&folder.path().join("report")), printed.stdout(), "{format}");
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder can be listed").count();
    assert_eq!(left, 2, "no temporary file is left behind");
}

#[test]
#[cfg(unix)]
fn a_report_keeps_links_and_modes_and_takes_streams() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    write(folder.path(), "deployment.toml", BAD);
    write(folder.path(), "real", "old");
    let mode = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(path("real"), mode).expect("a mode can be set");
    symlink("real", path("link")).expect("a link can be made");
    let check = |output| run(folder.path(), &["check", "--output-file", output], b"");

    assert_eq!(check("link").code, 1);
    assert!(path("link").is_symlink() && read(&path("real")).contains("not-a-boolean"));
    let kept = std::fs::metadata(path("real")).expect("a file").permissions().mode();
    assert_eq!(kept & 0o777, 0o640);

    assert_eq!(check("/dev/null").code, 1);
    assert!(!Path::new("/dev/null").is_file(), "a device is written to, not replaced");
    assert!(check("/dev/stdout").stdout().contains("not-a-boolean"));
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the report was written")
}
