//! A run -> a code quality report, as GitLab shows it in merge requests.

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::place::Place;
use super::{FileReport, InputError, Run, json};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::escape::escape;

pub(super) fn render(run: &Run<'_>) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut issues: Vec<Issue> =
        run.errors.iter().map(|error| unread(run, error, &mut fingerprints)).collect();
    for file in &run.files {
        for (finding, is_suppressed) in file.with_suppressed() {
            let issue = issue(run, file, finding, &mut fingerprints);
            if !is_suppressed {
                issues.push(issue);
            }
        }
    }
    json::text(&issues)
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Spot,
}

#[derive(Serialize)]
struct Spot {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

fn issue(
    run: &Run<'_>,
    file: &FileReport<'_>,
    finding: &Diagnostic,
    fingerprints: &mut Fingerprints,
) -> Issue {
    let place = Place::of(&file.path, &run.directory);
    let at = file.location(finding);
    let begin = Position { line: at.line, column: at.column };
    let end = Position { line: at.end_line, column: at.end_column };
    Issue {
        description: escape(&finding.message).into_owned(),
        check_name: finding.rule.name,
        fingerprint: fingerprints.of(place.path(), file, finding),
        severity: severity(finding),
        location: Spot {
            path: escape(place.path()).into_owned(),
            positions: Positions { begin, end },
        },
    }
}

/// There is no place for what could not be checked, and silence would look like success.
fn unread(run: &Run<'_>, error: &InputError, fingerprints: &mut Fingerprints) -> Issue {
    const CHECK: &str = "not-checked";
    let path = match &*error.path {
        "" => ".".to_owned(),
        path => escape(Place::of(path, &run.directory).path()).into_owned(),
    };
    let first = || Position { line: 1, column: 1 };
    Issue {
        description: format!("not checked: {}", escape(&error.message)),
        check_name: CHECK,
        fingerprint: fingerprints.unique(&[&path, CHECK]),
        severity: "blocker",
        location: Spot { path, positions: Positions { begin: first(), end: first() } },
    }
}

fn severity(finding: &Diagnostic) -> &'static str {
    match (finding.severity, finding.rule.category) {
        (Severity::Error, Category::Startup) => "blocker",
        (Severity::Error, _) => "critical",
        (Severity::Warning, _) => "major",
        (Severity::Info, _) => "info",
    }
}
