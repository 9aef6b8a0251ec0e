//! Inputs that are made to hurt: every command comes to an end by itself, with an exit code of its
//! own and an output that has some proportion to the input.
//!
//! Nothing here looks at a clock. The sizes are such that a walk over a text inside of a walk over
//! it would be felt, and that nesting would use up the stack.

#[cfg(unix)]
mod unix;

use std::path::Path;

use smsotp_lint::source::too_large;

use crate::support::{Outcome, run, save};

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

/// What every text goes through.
const COMMANDS: [&[&str]; 7] = [
    &["check", "deployment.toml"],
    &["check", "--pedantic", "--format", "json", "deployment.toml"],
    &["check", "--diff", "--unsafe-fixes", "deployment.toml"],
    &["show", "deployment.toml"],
    &["simulate", "deployment.toml"],
    &["compare", "--from", "5.11", "--to", "7.1", "deployment.toml"],
    &["set", "deployment.toml", "BackupCode=true"],
];

/// The most bytes that are read of a file.
const LARGEST: usize = 256 * 1024;

/// The most that may be said about each byte of a text, and about any text.
const PER_BYTE: usize = 500;
const AT_ALL: usize = 20_000;

/// Runs every command over a text.
fn survives(name: &str, text: impl AsRef<[u8]>) {
    assert_eq!(too_large(text.as_ref()), None, "{name}: would not be looked at");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in COMMANDS {
        holds(name, folder.path(), arguments, text.as_ref());
    }
}

/// Runs one command over a text that nothing is left of behind it.
fn holds(name: &str, folder: &Path, arguments: &[&str], text: &[u8]) -> Outcome {
    save(&folder.join("deployment.toml"), text);
    let outcome = run(folder, arguments, b"");
    let (said, complaint) = (outcome.stdout(), outcome.stderr());
    assert!(matches!(outcome.code, 0..=2), "{name}: {arguments:?} ends with {}", outcome.code);
    assert!(!complaint.contains("panicked"), "{name}: {arguments:?}: {complaint}");
    let most = text.len() * PER_BYTE + AT_ALL;
    let length = said.len() + complaint.len();
    assert!(length <= most, "{name}: {arguments:?} says {length} bytes on {}", text.len());
    outcome
}

/// Lines made from their number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn no_more_is_read_than_a_deployment_toml_can_have() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{SECTION}BackupCode = true\n{}", "# padding\n".repeat(LARGEST / 10 + 1));
    let refusal = "smsotp-lint: deployment.toml: larger than any deployment.toml: over 256 KiB\n";
    for (length, complaint) in [(LARGEST, ""), (LARGEST + 1, refusal)] {
        for arguments in COMMANDS {
            let outcome = holds("large", folder.path(), arguments, &text.as_bytes()[..length]);
            assert_eq!(outcome.stderr(), complaint, "{arguments:?}");
            assert_eq!(outcome.code == 2, !complaint.is_empty(), "{arguments:?}");
        }
    }
    let outcome = run(folder.path(), &["check", "-"], &text.as_bytes()[..=LARGEST]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr().contains("<stdin>: larger than"), "{}", outcome.stderr());
    for (tables, code) in [(5_000, 0), (5_001, 2)] {
        let text = lines(tables, |at| format!(" [t{at}]\n"));
        let outcome = run(folder.path(), &["check", "-"], text.as_bytes());
        assert_eq!(outcome.code, code, "{}", outcome.stderr());
        assert_eq!(outcome.stderr().contains("over 5,000 tables"), code == 2);
    }
    for (value, values, code) in [("=1", 10_000, 0), ("=1", 10_001, 2), (r#"="\u003D""#, 5_001, 2)]
    {
        let text = lines(values, |at| format!("a{at}{value}\n"));
        let outcome = run(folder.path(), &["check", "-"], text.as_bytes());
        assert_eq!(outcome.code, code, "{}", outcome.stderr());
        assert_eq!(outcome.stderr().contains("over 10,000 values"), code == 2);
    }
}

#[test]
fn nesting_of_any_depth() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    survives("open brackets", format!("{SECTION}x = {open}"));
    survives("closed brackets", format!("{SECTION}x = {open}{close}\n"));
    survives("open braces", format!("{SECTION}x = {}", "{a=".repeat(9_000)));
    survives("brackets of a header", open);
    survives("groups", format!("{SECTION}screenUserAttributeMaskRegex = '{}'", "(".repeat(50_000)));
    let (begin, end) = ("<a>".repeat(5_000), "</a>".repeat(5_000));
    survives("elements", format!("{SECTION}x = '{begin}{end}'\n"));
}

#[test]
fn keys_of_any_length() {
    let key = vec!["a"; 50_000].join(".");
    survives("dotted key", format!("{key} = 1\n"));
    survives("dotted header", format!("[[x]]\n[{key}]\nx = 1\n"));
    survives("long key", format!("{SECTION}{} = 1\n", "a".repeat(200_000)));
    survives("quotes in a dotted key", format!("{SECTION}{} = 1\n", ["\"'\""; 2_000].join(".")));
}

/// A path is kept for each entry: of a header as long as the rest of the file it would fill the
/// memory, and naming it whole each time would fill the disk.
#[test]
fn settings_below_a_header_of_any_length() {
    let many = 2_000;
    let below = ["a"; 20_000].join(".");
    for table in
        ["authentication.authenticator.smsotp", "authentication.authenticator.sms_otp", "x"]
    {
        let settings = lines(many, |at| format!("x{at} = 1e06\ny{at} = '$ref{{z}}'\n"));
        survives("long header", format!("[{table}.{below}]\n{settings}"));
    }
}

#[test]
fn lines_of_any_length() {
    let long = "a".repeat(200_000);
    survives("string", format!("{SECTION}order = \"{long}\"\n"));
    survives("comment", format!("{SECTION}order = 'x' # {long}\n"));
    survives("bare word", format!("{SECTION}order = {long}\n"));
    survives("blanks", format!("{SECTION}{}BackupCode = 'no'\n", "\t".repeat(200_000)));
    let own = |value: String| format!("{SECTION}x = {value}\n");
    survives("array", own(format!("[{}]", "'a&', ".repeat(1_000))));
    survives("expressions", own(format!("'{}'", "{{x}} {% y ".repeat(20_000))));
    survives("markup", own(format!("'{}'", "<a b='&lt;'/>&".repeat(1_000))));
    survives("escapes", own(format!("\"{}\"", "\\e\t".repeat(10_000))));
    survives("escapes elsewhere", format!("k = \"{}\"\n", "\\e\t".repeat(10_000)));
    let attributes = lines(3_000, |at| format!("xmlns:a{at}='1' "));
    survives("attributes", own(format!("\"<a {attributes}/>\"")));
}

#[test]
fn tables_in_any_number() {
    let many = 1_000;
    survives("tables", lines(5_000, |at| format!("[t{at}]\nx = {at}\n")));
    survives("tables that come again", "[t]\n".repeat(5_000));
    survives("elements", "[[x]]\ny = 1\n".repeat(5_000));
    survives("parents behind their children", {
        lines(many, |at| format!("[t{at}.a]\n")) + &lines(many, |at| format!("[t{at}]\n"))
    });
    survives("look-alikes", {
        lines(30, |at| format!("[authentication.authenticator.SMS_OTP.Parameters{at}]\nx = 1\n"))
    });
    survives("custom authenticators", {
        "[[authentication.custom_authenticator]]\nname = \"SMSOTP\"\n".repeat(many)
    });
}

#[test]
fn settings_in_any_number() {
    let many = 500;
    let own = |line: &dyn Fn(usize) -> String| format!("{SECTION}{}", lines(many, line));
    survives("settings", own(&|at| format!("x{at} = {at}\n")));
    survives("the same setting", own(&|_| "BackupCode = true\n".to_owned()));
    survives("not TOML", own(&|at| format!("x{at} = yes\n")));
    survives("ignored", own(&|at| format!("# smsotp-lint: ignore[style]\nx{at} = '$env{{A}}'\n")));
    survives("dialect", own(&|at| format!("k{at} = 1e06\n")));
    let inline: Vec<_> = (0..many).map(|at| format!("x{at} = '&'")).collect();
    let table = "[authentication.authenticator.sms_otp]\n";
    survives("in one inline table", format!("{table}parameters = {{{}}}\n", inline.join(", ")));
}

/// To tell what a fix brings about takes as long as to prove it, and proves nothing.
#[test]
fn no_fix_is_left_undone_to_tell_what_others_bring_about() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{SECTION}{}", lines(1_000, |at| format!("unknow{at} = ' a '\n")));
    let arguments = ["check", "--diff", "--unsafe-fixes", "deployment.toml"];
    let outcome = holds("unsafe fixes", folder.path(), &arguments, text.as_bytes());
    let fixed = outcome.stdout().lines().filter(|line| line.starts_with("-unknow")).count();
    assert_eq!(fixed, 1_000, "{}", outcome.stderr());
}

#[test]
fn references_in_any_number() {
    let many = 3_000;
    survives("chain", lines(many, |at| format!("k{at} = \"$ref{{k{}}}\"\n", at + 1)));
    survives("circle", lines(many, |at| format!("k{at} = '$ref{{k{}}}'\n", (at + 1) % many)));
    survives("in one string", format!("a = 'x'\nk = \"{}\"\n", "$ref{a}$env{b}".repeat(many)));
    survives("doubling", {
        lines(60, |at| format!("k{at} = \"$ref{{k{}}}$ref{{k{}}}\"\n", at + 1, at + 1))
            + "k60 = 'x'\n"
    });
}

/// The excerpt of a line is cut, the line of a diff stands there once, and no finding shows what
/// all others show.
#[test]
fn every_format_stays_in_proportion() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{SECTION}x = [{}]\n", "'a\u{4f60}&', \"\\e\", ".repeat(500));
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let arguments = ["check", "--pedantic", "--format", format, "deployment.toml"];
        holds("one line", folder.path(), &arguments, text.as_bytes());
    }
}

/// People are shown a hundred findings of a rule, programs a thousand, and both are told of the
/// others.
#[test]
fn a_finding_in_every_line_has_its_bounds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("[a]\n{}", lines(1_200, |at| format!("k{at} = '$ref{{no.{at}}}'\n")));
    save(&folder.path().join("deployment.toml"), text.as_bytes());
    let report = |format: &str| {
        let arguments = ["check", "--format", format, "deployment.toml"];
        let outcome = run(folder.path(), &arguments, b"");
        assert_eq!(outcome.code, 1, "{}", outcome.stderr());
        outcome.stdout()
    };
    let json = |format| -> serde_json::Value {
        serde_json::from_str(&report(format)).expect("a report is JSON")
    };
    let length = |value: &serde_json::Value| value.as_array().map(Vec::len);
    let rule = "unresolved-reference";
    for format in ["human", "concise"] {
        let report = report(format);
        assert_eq!(report.matches(&format!("error[{rule}]")).count(), 100);
        assert!(report.contains("1200 errors") && report.contains("1100 of them not shown"));
    }
    let github = report("github");
    assert_eq!(github.matches(&format!("title=smsotp-lint%3A {rule}")).count(), 100);
    assert!(github.contains("omitted: 1100 more findings"), "{github}");
    let check = json("json");
    assert_eq!(length(&check["files"][0]["findings"]), Some(1_000));
    assert_eq!(check["files"][0]["omitted"], 200);
    assert_eq!(check["summary"]["errors"], 1_200);
    let sarif = json("sarif");
    assert_eq!(length(&sarif["runs"][0]["results"]), Some(1_000));
    assert!(
        sarif["runs"][0]["invocations"].to_string().contains("mitted: 200 more findings"),
        "{sarif}"
    );
    assert_eq!(length(&json("gitlab")), Some(1_001));
    let junit = report("junit");
    assert!(junit.contains("tests=\"1001\" failures=\"1000\""), "{}", &junit[..500]);
    assert_eq!(junit.matches("<testcase").count(), 1_001);
}

#[test]
fn characters_that_are_no_text() {
    for text in ["", "\0", "a\0b = 1", "x = \"\0\"\n", "# \r\n\r\r", "\u{feff}", "\u{feff}\u{feff}"]
    {
        survives("characters", text);
    }
    survives("lone carriage returns", "a = 1\r".repeat(10_000));
    let utf16 = || "\u{feff}a = 1\n".encode_utf16();
    let little: Vec<u8> = utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = utf16().flat_map(u16::to_be_bytes).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for bytes in [&little[..], &big, b"a = \"\xe9\"\n", b"\xc3", b"# \xed\xa0\x80\n"] {
        for arguments in COMMANDS {
            let outcome = holds("no UTF-8", folder.path(), arguments, bytes);
            assert_eq!(outcome.code, 2, "{bytes:?}: {arguments:?}");
            assert!(outcome.stderr().contains("not UTF-8"), "{}", outcome.stderr());
        }
    }
}
