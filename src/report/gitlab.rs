//! A run -> a code quality report, as GitLab shows it in merge requests.

use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::path::ReportPath;
use super::{FileReport, InputError, RenderedFiles, Report, json};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::escape::escape;

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> Vec<Value> {
    let mut fingerprints = Fingerprints::default();
    let place = ReportPath::of(&file.path, report).path;
    let issues = file.with_suppressed(report).into_iter().filter_map(|(finding, is_suppressed)| {
        // A silenced finding has a fingerprint, too, so that those of the others stay the same.
        let fingerprint = fingerprints.of(&place, file, finding);
        let at = file.location(finding);
        let kind = (finding.rule.name, severity(finding));
        let ends = [(at.line, at.column), (at.end_line, at.end_column)];
        let (path, description) = (escape(&place), escape(&finding.message));
        (!is_suppressed).then(|| issue(&path, kind, &description, fingerprint, ends))
    });
    issues.collect()
}

/// There is no place for what could not be checked, and silence would look like success.
pub(super) fn whole(report: &Report, files: RenderedFiles, unread: &[InputError]) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut placeless = |check: &str, path: &str, description: &str, severity: &str| {
        let fingerprint = fingerprints.unique(&[path, check]);
        issue(path, (check, severity), description, fingerprint, [(1, 1), (1, 1)])
    };
    let mut issues = Vec::new();
    for error in unread {
        let path = error.place(report);
        let description = format!("not checked: {}", escape(&error.message));
        issues.push(placeless("not-checked", &escape(&path), &description, "blocker"));
    }
    issues.extend(files.values);
    issues.extend(files.summary.omission().map(|text| placeless("omitted", ".", &text, "info")));
    json::text(&issues)
}

/// An issue by its kind and severity, with the lines and columns of its two ends.
fn issue(
    path: &str,
    (check, severity): (&str, &str),
    description: &str,
    fingerprint: String,
    ends: [(usize, usize); 2],
) -> Value {
    let [begin, end] = ends.map(|(line, column)| json!({ "line": line, "column": column }));
    json!({
        "description": description,
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": path, "positions": { "begin": begin, "end": end } },
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
