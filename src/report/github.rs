//! A run -> workflow commands, which GitHub Actions turns into annotations.
//!
//! A run shows ten annotations of a level and no more, so the worst of all files come first.

use super::path::ReportPath;
use super::{FileReport, InputError, RenderedFiles, Report, concise};
use crate::diagnostic::{Diagnostic, Severity, Weight};
use crate::escape::escape;

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> Vec<(Weight, String)> {
    let findings = file.shown(report).into_iter();
    findings.map(|finding| (finding.rank().0, annotation(report, file, finding))).collect()
}

pub(super) fn whole(report: &Report, mut files: RenderedFiles, unread: &[InputError]) -> String {
    files.ranked.sort_by_cached_key(|(weight, _)| *weight);
    let unread = unread.iter().map(|error| not_checked(report, error));
    let omission = files.summary.omission().map(|omission| {
        command("notice", &[("title", "smsotp-lint: omitted".to_owned())], &omission)
    });
    unread
        .chain(files.ranked.into_iter().map(|(_, annotation)| annotation))
        .chain(omission)
        .collect()
}

fn annotation(report: &Report, file: &FileReport<'_>, finding: &Diagnostic) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let at = file.location(finding);
    let mut properties = vec![
        ("title", format!("smsotp-lint: {}", finding.rule.name)),
        ("file", place(report, &file.path)),
        ("line", at.line.to_string()),
        ("endLine", at.end_line.to_string()),
    ];
    // Columns of several lines are not taken.
    if at.line == at.end_line {
        properties.push(("col", at.column.to_string()));
        properties.push(("endColumn", at.end_column.to_string()));
    }
    // The log shows the message alone, so the place stands in it, too.
    command(level, &properties, &concise::with_help(file, finding))
}

fn not_checked(report: &Report, error: &InputError) -> String {
    let mut properties = vec![("title", "smsotp-lint: not checked".to_owned())];
    let mut message = escape(&error.message).into_owned();
    if !error.path.is_empty() {
        properties.push(("file", place(report, &error.path)));
        message = format!("{}: {message}", escape(&error.path));
    }
    command("error", &properties, &message)
}

fn place(report: &Report, path: &str) -> String {
    escape(&ReportPath::of(path, report).path).into_owned()
}

/// `::level name=value,name=value::message`
fn command(level: &str, properties: &[(&str, String)], message: &str) -> String {
    let pairs = properties.iter().map(|(name, value)| format!("{name}={}", property(value)));
    format!("::{level} {}::{}\n", pairs.collect::<Vec<_>>().join(","), data(message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_stays_one_line_of_five_parts() {
        let properties = [("file", "a,b:c%\r\n".to_owned()), ("line", "1".to_owned())];
        assert_eq!(
            command("error", &properties, "100% :: a,b\r\nhelp"),
            "::error file=a%2Cb%3Ac%25%0D%0A,line=1::100%25 :: a,b%0D%0Ahelp\n"
        );
    }
}
