//! A defect of this program -> one line on standard error. What a panic says may hold a part of the
//! file, so only its place is told.

use std::io::{self, Write};
use std::panic::{self, Location, PanicHookInfo};

/// Puts this line in the place of the usual report.
pub(crate) fn tell_the_place_only() {
    panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        // There is no other place to say that this one cannot be written to.
        let _ = io::stderr().write_all(line(panic.location()).as_bytes());
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
    use std::process::Command;

    use super::*;

    const DEFECT: &str = "run::defect::tests::a_defect";

    /// What the test below runs in a process of its own.
    #[test]
    #[ignore = "it fails, as it should"]
    fn a_defect() {
        tell_the_place_only();
        let text = std::iter::repeat_n("hunter2é", 9).collect::<String>();
        assert_eq!(&text[..8], text);
    }

    #[test]
    fn nothing_of_a_file_is_in_the_line() {
        let program = std::env::current_exe().expect("a running test has a path");
        let mut command = Command::new(program);
        let output = command.args(["--exact", DEFECT, "--ignored", "--nocapture"]).output();
        let output = output.expect("the test starts");
        assert!(!output.status.success());
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
