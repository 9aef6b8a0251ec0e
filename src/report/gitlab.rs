//! A run -> a code quality report, as GitLab shows it in merge requests.

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::path::ReportPath;
use super::{FileReport, InputError, RenderedFiles, Report, json};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::escape::escape;

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> Vec<Value> {
    let mut fingerprints = Fingerprints::default();
    let path = ReportPath::of(&file.path, report);
    let issues = file.with_suppressed(report).into_iter().filter_map(|(finding, is_suppressed)| {
        // A silenced finding has a fingerprint, too, so that those of the others stay the same.
        let fingerprint = fingerprints.of(path.path(), file, finding);
        (!is_suppressed).then(|| issue(path.path(), file, finding, fingerprint))
    });
    issues.collect()
}

/// There is no place for what could not be checked, and silence would look like success.
pub(super) fn whole(report: &Report, files: RenderedFiles, unread: &[InputError]) -> String {
    let mut fingerprints = Fingerprints::default();
    let unread = unread.iter().map(|error| not_checked(report, error, &mut fingerprints));
    let mut issues: Vec<_> = unread.chain(files.values).collect();
    let omission = files.summary.omission();
    issues.extend(omission.map(|text| placeless("omitted", ".", &text, "info", &mut fingerprints)));
    json::text(&issues)
}

fn issue(path: &str, file: &FileReport<'_>, finding: &Diagnostic, fingerprint: String) -> Value {
    let at = file.location(finding);
    json!({
        "description": escape(&finding.message),
        "check_name": finding.rule.name,
        "fingerprint": fingerprint,
        "severity": severity(finding),
        "location": {
            "path": escape(path),
            "positions": {
                "begin": { "line": at.line, "column": at.column },
                "end": { "line": at.end_line, "column": at.end_column },
            },
        },
    })
}

fn not_checked(report: &Report, error: &InputError, fingerprints: &mut Fingerprints) -> Value {
    let path = match &*error.path {
        "" => ".".to_owned(),
        path => escape(ReportPath::of(path, report).path()).into_owned(),
    };
    let description = format!("not checked: {}", escape(&error.message));
    placeless("not-checked", &path, &description, "blocker", fingerprints)
}

/// An issue that is no finding.
fn placeless(
    check: &str,
    path: &str,
    description: &str,
    severity: &str,
    fingerprints: &mut Fingerprints,
) -> Value {
    json!({
        "description": description,
        "check_name": check,
        "fingerprint": fingerprints.unique(&[path, check]),
        "severity": severity,
        "location": {
            "path": path,
            "positions": {
                "begin": { "line": 1, "column": 1 },
                "end": { "line": 1, "column": 1 },
            },
        },
    })
}

fn severity(finding: &Diagnostic) -> &'static str {
    match (finding.severity, finding.rule.category) {
        (Severity::Error, Category::Startup) => "blocker",
        (Severity::Error, _) => "critical",
        (Severity::Warning, _) => "major",
        (Severity::Info, _) => "info",
    }
}
