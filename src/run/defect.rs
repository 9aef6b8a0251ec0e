//! A defect of this program -> one line on standard error, and the exit code of a failure. What a
//! panic says may hold a part of the file, so only its place is told.

use std::io::{self, Write};
use std::panic::{self, Location, PanicHookInfo};
use std::process;

use smsotp_lint::error::Exit;

/// Puts this line in the place of the usual report.
#[expect(clippy::exit, reason = "an abort would leave a core, with the file in it")]
pub(crate) fn install_panic_hook() {
    panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        // There is no other place to say that this one cannot be written to.
        let _ = io::stderr().write_all(line(panic.location()).as_bytes());
        process::exit(Exit::Failure as i32);
    }));
}

fn line(place: Option<&Location<'_>>) -> String {
    let place = place.map(|place| format!(" at {}:{}", place.file(), place.line()));
    format!(
        "smsotp-lint: a defect of this program{}; please report it with this line, which holds \
         nothing of your files\n",
        place.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_panic_tells_its_place_and_nothing_of_a_file() {
        const NAME: &str = "run::defect::tests::a_panic_tells_its_place_and_nothing_of_a_file";
        const SAID: &str = "SMSOTP_LINT_TEST_SAID";
        // The child is this test, too.
        if let Some(said) = env::var_os(SAID) {
            install_panic_hook();
            assert_eq!(said, "another text");
        }
        let program = env::current_exe().expect("a running test has a path");
        let mut command = Command::new(program);
        command.args(["--exact", NAME, "--nocapture"]).env(SAID, "hunter2\u{e9}".repeat(9));
        let output = command.output().expect("the test starts");
        assert_eq!(output.status.code(), Some(2));
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("smsotp-lint: a defect of this program at "), "{said}");
        assert!(said.contains("defect.rs:"), "{said}");
        assert!(!said.contains("hunter"), "{said}");
    }

    #[test]
    fn a_line_without_a_place() {
        assert!(line(None).starts_with("smsotp-lint: a defect of this program; please report"));
    }
}
