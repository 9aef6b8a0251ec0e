//! Inputs that are made to hurt: an answer comes within a time that grows with their size, and
//! without a crash.
//!
//! Nothing here looks at a clock but the one that ends a run which would take hours: that is what
//! these texts take once a loop over all of a text stands inside of another.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{run, save};

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

/// How long a run may take on the slowest of machines.
const PATIENCE: Duration = Duration::from_secs(100);

/// What every command has to come to an end with.
const COMMANDS: [&[&str]; 5] = [
    &["check", "deployment.toml"],
    &["check", "--pedantic", "--format", "json", "deployment.toml"],
    &["check", "--diff", "--unsafe-fixes", "deployment.toml"],
    &["check", "--fix", "--unsafe-fixes", "deployment.toml"],
    &["show", "deployment.toml"],
];

/// Runs every command over a text; each has to end by itself with one of the exit codes.
fn survives(name: &str, text: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in COMMANDS {
        save(&folder.path().join("deployment.toml"), text.as_bytes());
        let code = run_to_the_end(folder.path(), arguments);
        assert!(matches!(code, Some(0..=2)), "{name}: {arguments:?} ends with {code:?}");
    }
}

fn run_to_the_end(folder: &Path, arguments: &[&str]) -> Option<i32> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_smsotp-lint"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let step = Duration::from_millis(2);
    let mut waited = Duration::ZERO;
    while child.try_wait().expect("a run that ends").is_none() && waited < PATIENCE {
        std::thread::sleep(step);
        waited += step;
    }
    let _ = child.kill();
    child.wait().expect("a run that ends").code()
}

/// Lines made from their number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn nesting_of_any_depth() {
    survives("open brackets", &format!("{SECTION}x = {}", "[".repeat(200_000)));
    let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
    survives("closed brackets", &format!("{SECTION}x = {open}{close}\n"));
    survives("open braces", &format!("{SECTION}x = {}", "{a=".repeat(100_000)));
    survives("headers", &"[".repeat(200_000));
}

#[test]
fn keys_of_any_length() {
    let key = vec!["a"; 50_000].join(".");
    survives("dotted key", &format!("{key} = 1\n"));
    survives("dotted header", &format!("[{key}]\nx = 1\n"));
    survives("long key", &format!("{SECTION}{} = 1\n", "a".repeat(1_000_000)));
}

#[test]
fn lines_of_any_length() {
    let long = "a".repeat(3_000_000);
    survives("string", &format!("{SECTION}order = \"{long}\"\n"));
    survives("string that is wrong", &format!("{SECTION}BackupCode = \"{long}&\"\n"));
    survives("comment", &format!("{SECTION}order = 'x' # {long}\n"));
    survives("bare word", &format!("{SECTION}order = {long}\n"));
    let items = "'a&', ".repeat(100_000);
    survives("array", &format!("{SECTION}x = [{items}]\n"));
    let braces = "{{x}} ".repeat(100_000);
    survives("expressions", &format!("{SECTION}x = \"{braces}\"\n"));
    let elements = "<a>".repeat(200_000);
    survives("elements", &format!("{SECTION}x = \"{elements}\"\n"));
    let pattern = "(".repeat(100_000);
    survives("pattern", &format!("{SECTION}screenUserAttributeMaskRegex = \"{pattern}\"\n"));
}

#[test]
fn tables_in_any_number() {
    let many = 30_000;
    survives("tables", &lines(many, |at| format!("[t{at}]\nx = {at}\n")));
    survives("elements", &"[[x]]\ny = 1\n".repeat(many));
    survives("parents behind their children", &{
        let children = lines(many, |at| format!("[t{at}.a]\n"));
        children + &lines(many, |at| format!("[t{at}]\n"))
    });
    survives("one parent behind its children", &{
        lines(many, |at| format!("[t.a{at}]\n")) + "[t]\n"
    });
    survives("the same table", &"[t]\n".repeat(many));
    survives("custom authenticators", &{
        "[[authentication.custom_authenticator]]\nname = \"SMSOTP\"\n".repeat(many / 10)
    });
}

#[test]
fn settings_in_any_number() {
    let many = 20_000;
    let own = |line: &dyn Fn(usize) -> String| format!("{SECTION}{}", lines(many, line));
    survives("settings", &own(&|at| format!("x{at} = {at}\n")));
    survives("the same setting", &own(&|_| "BackupCode = true\n".to_owned()));
    survives("not TOML", &own(&|at| format!("x{at} = yes\n")));
    survives(
        "comments that ignore",
        &own(&|at| format!("x{at} = 1 # smsotp-lint: ignore[style]\n")),
    );
    survives("references", &lines(many, |at| format!("k{at} = \"$ref{{k{}}}\"\n", at + 1)));
    survives("references to nothing", &lines(many, |at| format!("k{at} = \"$ref{{K{at}}}\"\n")));
    survives("references in one string", &format!("k = \"{}\"\n", "$ref{a}".repeat(many)));
    survives("doubling references", &{
        lines(60, |at| format!("k{at} = \"$ref{{k{}}}$ref{{k{}}}\"\n", at + 1, at + 1))
            + "k60 = 'x'\n"
    });
    survives("dialect", &lines(many, |at| format!("k{at} = 1e06\n")));
    survives("quotes in keys", &lines(many, |at| format!("\"k'{at}\" = 1\n")));
}

#[test]
fn characters_that_are_no_text() {
    for text in
        ["\0", "a\0b = 1", "x = \"\0\"\n", "a = 1\rb = 2\r", "# \r\n\r\r", "\u{feff}\u{feff}"]
    {
        survives("characters", text);
    }
    let utf16: Vec<u8> = "a = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&b"\xff\xfea\0"[..], b"a = \"\xe9\"\n", b"\xc3", b"# \xed\xa0\x80\n", &utf16] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        save(&folder.path().join("deployment.toml"), bytes);
        for arguments in COMMANDS {
            let code = run_to_the_end(folder.path(), arguments);
            assert!(matches!(code, Some(1 | 2)), "{bytes:?}: {arguments:?} ends with {code:?}");
        }
    }
}

#[test]
fn a_standard_input_is_read_to_its_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{SECTION}BackupCode = \"no\"\n");
    let outcome = run(folder.path(), &["check", "-"], text.as_bytes());
    assert_eq!(outcome.code, 1, "{}", outcome.stdout());
    let nothing = run(folder.path(), &["check", "-"], b"");
    assert_eq!(nothing.code, 0);
}

#[cfg(unix)]
mod unix {
    use super::*;

    #[test]
    fn what_is_no_file_is_read_or_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(run(folder.path(), &["check", "/dev/null"], b"").code, 0);
        assert_eq!(run(folder.path(), &["check", "--fix", "/dev/null"], b"").code, 0);
        std::fs::create_dir(folder.path().join("empty")).expect("a folder can be made");
        assert_eq!(run(folder.path(), &["check", "empty"], b"").code, 2);
        assert_eq!(run(folder.path(), &["show", "empty"], b"").code, 2);
        let text = format!("{SECTION}BackupCode = \"no\"\n");
        let outcome = run(folder.path(), &["check", "/dev/stdin"], text.as_bytes());
        assert_eq!(outcome.code, 1, "{}", outcome.stderr());
        let refused = run(folder.path(), &["check", "--fix", "/dev/stdin"], text.as_bytes());
        assert_eq!(refused.code, 2, "{}", refused.stderr());
    }

    #[test]
    fn a_pipe_is_read_and_never_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = Command::new("mkfifo").arg("pipe").current_dir(folder.path()).status();
        assert!(made.is_ok_and(|status| status.success()));
        let pipe = folder.path().join("pipe");
        for (arguments, expected) in [(&["check", "pipe"][..], 1), (&["check", "--fix", "pipe"], 2)]
        {
            let target = pipe.clone();
            let writer = std::thread::spawn(move || {
                let mut pipe =
                    std::fs::OpenOptions::new().write(true).open(target).expect("a pipe");
                write!(pipe, "{SECTION}BackupCode = \"no\"\n").expect("a reader");
            });
            assert_eq!(run_to_the_end(folder.path(), arguments), Some(expected));
            writer.join().expect("the writer ends");
        }
        let kind = std::fs::symlink_metadata(pipe).expect("a pipe").file_type();
        assert!(std::os::unix::fs::FileTypeExt::is_fifo(&kind));
    }

    #[test]
    fn a_file_that_grows_is_read_as_it_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("deployment.toml");
        save(&file, SECTION.as_bytes());
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let open = std::fs::OpenOptions::new().append(true).open(&file);
                let mut open = open.expect("a file that can be opened");
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    open.write_all(b"# more\n").expect("a file that can be written");
                    std::thread::sleep(Duration::from_micros(50));
                }
            });
            for _ in 0..5 {
                assert_eq!(run_to_the_end(folder.path(), &["check", "deployment.toml"]), Some(0));
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
