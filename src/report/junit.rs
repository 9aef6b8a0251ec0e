//! A run -> test cases in JUnit's XML, for Jenkins and its kin.
//!
//! A file is a suite and a finding a case. Only a finding that fails the run is a failure: any
//! other would turn a build red that the exit code leaves green.

use std::fmt::Write;

use super::place::Place;
use super::{FileReport, InputError, Run, concise};
use crate::diagnostic::Diagnostic;
use crate::escape::escape;

pub(super) fn render(run: &Run<'_>) -> String {
    let unread = run.errors.iter().map(|error| unread(run, error));
    let suites: Vec<Suite> = unread.chain(run.files.iter().map(|file| suite(run, file))).collect();
    let total =
        |outcome| suites.iter().map(|suite| suite.count(outcome)).sum::<usize>().to_string();
    let tests: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let mut xml = Xml { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 };
    let attributes = [
        ("name", "smsotp-lint"),
        ("tests", &tests.to_string()),
        ("failures", &total("failure")),
        ("errors", &total("error")),
    ];
    xml.element("testsuites", &attributes, |xml| {
        for suite in &suites {
            suite.write(xml);
        }
    });
    xml.text
}

/// The cases of one file.
struct Suite {
    path: String,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    line: Option<usize>,
    /// `None` is a pass of which there is nothing to tell.
    outcome: Option<Outcome>,
}

/// The element that tells of an outcome.
struct Outcome {
    element: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
}

fn suite(run: &Run<'_>, file: &FileReport<'_>) -> Suite {
    let findings = file.with_suppressed().into_iter();
    let mut cases: Vec<_> =
        findings.map(|(finding, is_suppressed)| case(run, file, finding, is_suppressed)).collect();
    if cases.is_empty() {
        cases.push(Case { name: "nothing to report".to_owned(), line: None, outcome: None });
    }
    Suite { path: Place::of(&file.path, &run.directory).path().to_owned(), cases }
}

fn case(run: &Run<'_>, file: &FileReport<'_>, finding: &Diagnostic, is_suppressed: bool) -> Case {
    let at = file.location(finding);
    let message = finding.message.to_string();
    let outcome = if is_suppressed {
        let attributes = vec![("message", format!("ignored by a comment: {message}"))];
        Outcome { element: "skipped", attributes, text: String::new() }
    } else {
        let text = concise::with_help(file, finding);
        let kind = finding.severity.as_str().to_owned();
        match run.fails_from.is_some_and(|least| finding.severity >= least) {
            true => {
                let attributes = vec![("message", message), ("type", kind)];
                Outcome { element: "failure", attributes, text }
            }
            false => Outcome { element: "system-out", attributes: Vec::new(), text },
        }
    };
    let name = format!("{} at {}:{}", finding.rule.name, at.line, at.column);
    Case { name, line: Some(at.line), outcome: Some(outcome) }
}

fn unread(run: &Run<'_>, error: &InputError) -> Suite {
    let path = match &*error.path {
        "" => ".".to_owned(),
        path => Place::of(path, &run.directory).path().to_owned(),
    };
    let attributes = vec![("message", error.message.clone()), ("type", "not-checked".to_owned())];
    let outcome = Some(Outcome { element: "error", attributes, text: String::new() });
    Suite { path, cases: vec![Case { name: "not checked".to_owned(), line: None, outcome }] }
}

impl Suite {
    fn count(&self, element: &str) -> usize {
        let outcomes = self.cases.iter().filter_map(|case| case.outcome.as_ref());
        outcomes.filter(|outcome| outcome.element == element).count()
    }

    fn write(&self, xml: &mut Xml) {
        let attributes = [
            ("name", &*self.path),
            ("tests", &self.cases.len().to_string()),
            ("failures", &self.count("failure").to_string()),
            ("errors", &self.count("error").to_string()),
            ("skipped", &self.count("skipped").to_string()),
        ];
        xml.element("testsuite", &attributes, |xml| {
            for case in &self.cases {
                case.write(&self.path, xml);
            }
        });
    }
}

impl Case {
    fn write(&self, path: &str, xml: &mut Xml) {
        let line = self.line.map(|line| line.to_string());
        let mut attributes = vec![("name", &*self.name), ("classname", path), ("file", path)];
        attributes.extend(line.as_deref().map(|line| ("line", line)));
        let Some(outcome) = &self.outcome else {
            return xml.leaf("testcase", &attributes, "");
        };
        let details = outcome.attributes.iter().map(|(name, value)| (*name, &**value));
        let details: Vec<_> = details.collect();
        xml.element("testcase", &attributes, |xml| {
            xml.leaf(outcome.element, &details, &outcome.text);
        });
    }
}

/// XML as it is written.
struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
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

    fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if text.is_empty() {
            return self.open(name, attributes, "/>\n");
        }
        self.open(name, attributes, ">");
        let lines: Vec<_> = text.lines().map(plain).collect();
        let _ = writeln!(self.text, "{}</{name}>", lines.join("\n"));
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.indent();
        let _ = write!(self.text, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"{}\"", plain(value));
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
