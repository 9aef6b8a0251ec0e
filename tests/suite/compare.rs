//! What `compare` tells, by what it promises.

use serde_json::Value;

use crate::support::{Outcome, run, save};

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

/// A settings file with these parameters, and one with those, and what is told of them.
fn compare(old: &str, new: &str, flags: &[&str]) -> (Value, Outcome) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("old.toml", old), ("new.toml", new)] {
        save(&folder.path().join(name), format!("{SECTION}{text}").as_bytes());
    }
    let json = [&["compare", "--format", "json", "old.toml", "new.toml"], flags].concat();
    let json = run(folder.path(), &json, b"");
    let table = run(folder.path(), &[&["compare", "old.toml", "new.toml"], flags].concat(), b"");
    assert_eq!(json.code, table.code);
    (serde_json::from_slice(&json.stdout).expect("JSON"), table)
}

fn upgrade(text: &str, from: &str, to: &str) -> (Value, Outcome) {
    compare(text, text, &["--from", from, "--to", to])
}

/// The texts of some field of a list.
fn all<'v>(value: &'v Value, list: &str, field: &str) -> Vec<&'v str> {
    let rows = value[list].as_array().expect("a list");
    rows.iter().map(|row| row[field].as_str().unwrap_or_default()).collect()
}

#[test]
fn an_upgrade_tells_what_changes_on_the_way_and_nothing_else() {
    let old = "SMSOTPAuthenticationEndpointURL = \"smsotpauthenticationendpoint/smsotp.jsp\"\n\
               ResendEnable = false\nTokenLength = 8\n";
    let (told, table) = upgrade(old, "5.11", "7.1");
    assert_eq!(table.code, 1);
    let notes = all(&told, "notes", "text");
    for part in [
        "smsotpauthenticationendpoint is gone",
        "the default pages are authenticationendpoint/",
        "expires after 300 seconds",
        "Tags is read, and shipped as MFA",
        "enable_payload_encoding_for_sms_otp",
        "enableRetryFromAuthenticator is read",
        "win over TokenLength",
        "wins over TokenExpiryTime",
    ] {
        assert_eq!(notes.iter().filter(|note| note.contains(part)).count(), 1, "{part}");
        let words: Vec<_> = part.split_whitespace().collect();
        let page = table.stdout();
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains(&words.join(" ")), "{part}");
    }
    assert!(all(&told, "notes", "source").iter().all(|source| !source.is_empty()));
    let releases = all(&told, "notes", "release");
    assert!(releases.iter().all(|release| ["6.0", "6.1", "7.0", "7.1"].contains(release)));
    for part in ["ResendEnable = false", "MaximumResendAttempts", "900 seconds while"] {
        assert!(!notes.iter().any(|note| note.contains(part)), "{part}");
    }
}

#[test]
fn outcomes_name_the_users_to_whom_something_happens_and_no_others() {
    let (told, _) = compare("SMSOTPMandatory = true\n", "SMSOTPMandatory = false\n", &[]);
    let outcomes = told["outcomes"].as_array().expect("a list");
    let row = outcomes.iter().find(|row| row["user"] == "not-in-user-store");
    let row = row.expect("they are told of");
    assert_eq!(row["before"], "refused: directly.send.otp.disable");
    assert_eq!(row["after"], "skipped");
    assert!(!all(&told, "outcomes", "user").contains(&"with-number"));
}

#[test]
fn only_what_matters_to_users_makes_it_fail() {
    let code = |old: &str, new: &str, flags: &[&str]| compare(old, new, flags).1.code;
    assert_eq!(code("", "", &[]), 0);
    assert_eq!(code("", "Tags = \"MFA\"\n", &[]), 0);
    assert_eq!(code("", "TokenExpiryTime = 60\n", &[]), 1);
    // A note that the file decides, though no login ends otherwise.
    let blank = "MobileNumberRegPage = \"a b\"\nusecase = \"local\"\nTokenExpiryTime = 60\n";
    assert_eq!(code(blank, blank, &["--from", "6.1", "--to", "7.0"]), 1);
    // Notes that it does not decide.
    assert_eq!(code("", "", &["--from", "7.1", "--to", "7.2"]), 0);
    assert_eq!(code("", "", &["--is-version", "7.1"]), 0);
    // One that no longer starts.
    assert_eq!(code("", "Tags = \"a & b\"\n", &[]), 1);
}

#[test]
fn equal_files_are_told_in_one_line() {
    for flags in [&[][..], &["--is-version", "7.1"], &["--from", "6.1", "--to", "6.1"]] {
        let (told, table) = compare("BackupCode = false\n", "BackupCode = false\n", flags);
        assert_eq!((table.code, table.stdout().lines().count()), (0, 1), "{flags:?}");
        for list in ["settings", "outcomes", "notes"] {
            assert_eq!(told[list], Value::Array(Vec::new()), "{flags:?}");
        }
    }
}

#[test]
fn a_file_that_does_not_start_is_told_first() {
    let (told, table) = compare("Tags = \"a & b\"\n", "", &[]);
    assert_eq!((&told["before"]["loads"], &told["after"]["loads"]), (&false.into(), &true.into()));
    let page = table.stdout();
    assert!(page.starts_with("! before, old.toml: the server does not load this file"), "{page}");
}

#[test]
fn settings_are_what_the_server_goes_by() {
    let row = |old: &str, new: &str, flags: &[&str], name: &str| {
        let (told, _) = compare(old, new, flags);
        let rows = told["settings"].as_array().expect("a list").clone();
        let row = rows.into_iter().find(|row| row["name"] == name);
        row.map(|row| {
            [&row["before"], &row["after"], &row["why"]]
                .map(|it| it.as_str().unwrap_or("-").to_owned())
        })
    };
    let told = |[before, after, why]: [&str; 3]| Some([before, after, why].map(str::to_owned));
    let mandatory = |text: &str| format!("SMSOTPMandatory = {text}\n");
    let (on, yes) = (mandatory("true"), mandatory("\"yes\""));
    assert_eq!(row(&on, &yes, &[], "SMSOTPMandatory"), told(["true", "false", "written"]));
    assert_eq!(row(&mandatory("\"TRUE\""), &on, &[], "SMSOTPMandatory"), None);
    assert_eq!(row(&on, "", &[], "SMSOTPMandatory"), told(["true", "false", "default"]));
    let expiry = "TokenExpiryTime = \"5m\"\n";
    let upgrade = ["--from", "6.1", "--to", "7.1"];
    assert_eq!(row(expiry, expiry, &upgrade, "TokenExpiryTime"), told(["-", "300", "release"]));
    assert_eq!(row("", "", &upgrade, "TokenExpiryTime"), told(["900", "300", "release"]));
    let resends = "MaximumResendAttempts = 3\n";
    let upgrade = ["--from", "7.1", "--to", "7.2"];
    assert_eq!(
        row(resends, resends, &upgrade, "MaximumResendAttempts"),
        told(["-", "3", "release"])
    );
}
