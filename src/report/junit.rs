//! A run -> test cases in JUnit's XML, for Jenkins and the like.
//!
//! A file is a suite and a finding a case. Only a finding that fails the run is a failure: any
//! other would turn a build red that the exit code leaves green.

use super::path::ReportPath;
use super::{FileReport, InputError, RenderedFiles, Report, concise};
use crate::diagnostic::Diagnostic;
use crate::escape::escape;

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> String {
    let findings = file.with_suppressed(report);
    let skipped = findings.iter().filter(|(_, is_suppressed)| *is_suppressed).count();
    let failing =
        |(finding, is_suppressed): &&(&Diagnostic, bool)| !is_suppressed && file.fails(finding);
    let failures = findings.iter().filter(failing).count();
    let path = plain(&ReportPath::of(&file.path, report).path);
    let case_of = |(finding, is_suppressed): &(&Diagnostic, bool)| {
        let at = file.location(finding);
        let name = format!("{} at {}:{}", finding.rule.name, at.line, at.column);
        let line = format!(" line=\"{}\"", at.line);
        case(&path, &name, &line, &outcome(file, finding, *is_suppressed))
    };
    let cases = match findings.is_empty() {
        true => format!(
            "    <testcase name=\"nothing to report\" classname=\"{path}\" file=\"{path}\"/>\n"
        ),
        false => findings.iter().map(case_of).collect(),
    };
    suite(&path, [findings.len().max(1), failures, 0, skipped], &cases)
}

fn outcome(file: &FileReport<'_>, finding: &Diagnostic, is_suppressed: bool) -> String {
    let message = plain(&finding.message);
    if is_suppressed {
        return format!("<skipped message=\"ignored by a comment: {message}\"/>");
    }
    let text = concise::with_help(file, finding);
    let text = text.lines().map(plain).collect::<Vec<_>>().join("\n");
    match file.fails(finding) {
        true => {
            let kind = finding.severity.as_str();
            format!("<failure message=\"{message}\" type=\"{kind}\">{text}</failure>")
        }
        false => format!("<system-out>{text}</system-out>"),
    }
}

pub(super) fn whole(report: &Report, files: RenderedFiles, unread: &[InputError]) -> String {
    let RenderedFiles { summary, text, .. } = files;
    let omission = summary.omission().map(|omission| {
        let outcome = format!("<skipped message=\"{}\"/>", plain(&omission));
        suite(".", [1, 0, 0, 1], &case(".", "omitted", "", &outcome))
    });
    let errors = unread.len();
    let tests = summary.cases + errors + usize::from(omission.is_some());
    let failures = summary.failures;
    let unread = unread.iter().map(|error| not_checked(report, error));
    let suites: String = unread.chain([text]).chain(omission).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"smsotp-lint\" tests=\"{tests}\" failures=\"{failures}\" \
         errors=\"{errors}\">\n{suites}</testsuites>\n"
    )
}

/// A suite of the one case that could not be run.
fn not_checked(report: &Report, error: &InputError) -> String {
    let path = plain(&error.place(report));
    let outcome = format!("<error message=\"{}\" type=\"not-checked\"/>", plain(&error.message));
    suite(&path, [1, 0, 1, 0], &case(&path, "not checked", "", &outcome))
}

/// The cases of a file, and how many there are, fail, could not be run, and are skipped.
fn suite(path: &str, [tests, failures, errors, skipped]: [usize; 4], cases: &str) -> String {
    format!(
        "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" \
         errors=\"{errors}\" skipped=\"{skipped}\">\n{cases}  </testsuite>\n"
    )
}

fn case(path: &str, name: &str, line: &str, outcome: &str) -> String {
    format!(
        "    <testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\"{line}>\n      \
         {outcome}\n    </testcase>\n"
    )
}

/// A text with nothing in it that XML takes for its own, or does not take at all.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in escape(text).chars() {
        match c {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => plain.push_str(&c.escape_unicode().to_string()),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        let text = "<a b=\"&amp;\">]]>\t\u{0}\u{1b}\u{202e}\u{ffff}'\u{1f600}";
        assert_eq!(
            plain(text),
            "&lt;a b=&quot;&amp;amp;&quot;&gt;]]&gt;\\t\
             \\u{0}\\u{1B}\\u{202E}\\u{ffff}'\u{1f600}"
        );
    }
}
