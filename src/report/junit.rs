//! A run -> test cases in JUnit's XML, for Jenkins and the like.
//!
//! A file is a suite and a finding a case. Only a finding that fails the run is a failure: any
//! other would turn a build red that the exit code leaves green.

use std::fmt::{Display, Write};

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
    let path = ReportPath::of(&file.path, report);
    let path = path.path();
    let mut xml = Xml { text: String::new(), depth: 1 };
    let attributes: [JunitAttribute<'_>; 5] = [
        ("name", &path),
        ("tests", &findings.len().max(1)),
        ("failures", &failures),
        ("errors", &0),
        ("skipped", &skipped),
    ];
    xml.element("testsuite", &attributes, |xml| {
        if findings.is_empty() {
            let attributes: [JunitAttribute<'_>; 3] =
                [("name", &"nothing to report"), ("classname", &path), ("file", &path)];
            xml.leaf("testcase", &attributes, "");
        }
        for (finding, is_suppressed) in findings {
            let at = file.location(finding);
            let name = format!("{} at {}:{}", finding.rule.name, at.line, at.column);
            let attributes: [JunitAttribute<'_>; 4] =
                [("name", &name), ("classname", &path), ("file", &path), ("line", &at.line)];
            xml.element("testcase", &attributes, |xml| {
                outcome(file, finding, is_suppressed, xml);
            });
        }
    });
    xml.text
}

fn outcome(file: &FileReport<'_>, finding: &Diagnostic, is_suppressed: bool, xml: &mut Xml) {
    let message = &finding.message;
    if is_suppressed {
        let message = format!("ignored by a comment: {message}");
        return xml.leaf("skipped", &[("message", &message)], "");
    }
    let text = concise::with_help(file, finding);
    if file.fails(finding) {
        let kind = finding.severity.as_str();
        xml.leaf("failure", &[("message", message), ("type", &kind)], &text);
    } else {
        xml.leaf("system-out", &[], &text);
    }
}

pub(super) fn whole(report: &Report, files: RenderedFiles, unread: &[InputError]) -> String {
    let RenderedFiles { summary, text, .. } = files;
    let omission = summary.omission();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let mut xml = Xml { text: head.to_owned(), depth: 0 };
    let attributes: [JunitAttribute<'_>; 4] = [
        ("name", &"smsotp-lint"),
        ("tests", &(summary.cases + unread.len() + usize::from(omission.is_some()))),
        ("failures", &summary.failures),
        ("errors", &unread.len()),
    ];
    xml.element("testsuites", &attributes, |xml| {
        for error in unread {
            not_checked(report, error, xml);
        }
        xml.text.push_str(&text);
        if let Some(omission) = &omission {
            suite_of_one(".", "omitted", "skipped", &[("message", omission)], xml);
        }
    });
    xml.text
}

/// A suite of the one case that could not be run.
fn not_checked(report: &Report, error: &InputError, xml: &mut Xml) {
    let path = match &*error.path {
        "" => ".".to_owned(),
        path => ReportPath::of(path, report).path().to_owned(),
    };
    let attributes: [JunitAttribute<'_>; 2] =
        [("message", &error.message), ("type", &"not-checked")];
    suite_of_one(&path, "not checked", "error", &attributes, xml);
}

/// A suite of one case that is no finding, and the element that tells what became of it.
fn suite_of_one(
    path: &str,
    case: &str,
    element: &str,
    outcome: &[JunitAttribute<'_>],
    xml: &mut Xml,
) {
    let (errors, skipped) = (usize::from(element == "error"), usize::from(element == "skipped"));
    let attributes: [JunitAttribute<'_>; 5] = [
        ("name", &path),
        ("tests", &1),
        ("failures", &0),
        ("errors", &errors),
        ("skipped", &skipped),
    ];
    xml.element("testsuite", &attributes, |xml| {
        let attributes: [JunitAttribute<'_>; 3] =
            [("name", &case), ("classname", &path), ("file", &path)];
        xml.element("testcase", &attributes, |xml| xml.leaf(element, outcome, ""));
    });
}

/// A name and its value.
type JunitAttribute<'v> = (&'static str, &'v dyn Display);

/// XML as it is written.
struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    fn element(
        &mut self,
        name: &str,
        attributes: &[JunitAttribute<'_>],
        content: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes, ">\n");
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.indent();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(self.text, "</{name}>");
    }

    fn leaf(&mut self, name: &str, attributes: &[JunitAttribute<'_>], text: &str) {
        if text.is_empty() {
            return self.open(name, attributes, "/>\n");
        }
        self.open(name, attributes, ">");
        let lines: Vec<_> = text.lines().map(plain).collect();
        let _ = writeln!(self.text, "{}</{name}>", lines.join("\n"));
    }

    fn open(&mut self, name: &str, attributes: &[JunitAttribute<'_>], end: &str) {
        self.indent();
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", plain(&value.to_string()));
        }
        self.text.push_str(end);
    }

    fn indent(&mut self) {
        self.text.push_str(&"  ".repeat(self.depth));
    }
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
