//! A run -> SARIF 2.1.0, for code scanning.
//!
//! The types here are the part of the standard that is used, under the names it gives them.

mod rule;

use std::collections::BTreeMap;

use serde::Serialize;

use self::rule::Descriptor;
use super::fingerprint::Fingerprints;
use super::place::Place;
use super::{FileReport, InputError, Location as At, Run, json};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::escape::escape;
use crate::fix::{Edit, Fix};
use crate::redact::Redacted;
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The directory the program ran in, by the name that code scanning gives the top of a repository.
const ROOT: &str = "%SRCROOT%";

pub(super) fn render(run: &Run<'_>) -> String {
    json::text(&Log { schema: SCHEMA, version: "2.1.0", runs: [whole(run)] })
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Whole<'r>; 1],
}

/// `run`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole<'r> {
    tool: Tool,
    invocations: [Invocation; 1],
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    column_kind: &'static str,
    results: Vec<Outcome<'r>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

/// `toolComponent`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
struct Base {
    description: Text,
}

/// `message`
///
/// Braces stand as they are: doubling them, as the standard would have it, shows in every viewer
/// when there are no arguments.
#[derive(Serialize)]
struct Text {
    text: String,
}

/// `result`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'r> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Marks,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<WayOut<'r>>,
    suppressions: Vec<Suppression>,
}

#[derive(Serialize)]
struct Marks {
    #[serde(rename = "ruleKeyValue/v1")]
    own: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[Logical; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

/// `artifactLocation`
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// `fix`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WayOut<'r> {
    description: Text,
    artifact_changes: [Change<'r>; 1],
    properties: Safety,
}

#[derive(Serialize)]
struct Safety {
    applicability: &'static str,
}

/// `artifactChange`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'r> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'r> {
    deleted_region: Region,
    inserted_content: Content<'r>,
}

/// `artifactContent`
#[derive(Serialize)]
struct Content<'r> {
    text: &'r str,
}

fn whole<'r>(run: &'r Run<'_>) -> Whole<'r> {
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_HOMEPAGE"),
        rules: run.rules.iter().map(|rule| rule::descriptor(rule)).collect(),
    };
    let root = "The directory the program ran in, usually the top of the repository.";
    Whole {
        tool: Tool { driver },
        invocations: [invocation(run)],
        original_uri_base_ids: BTreeMap::from([(ROOT, Base { description: Text::new(root) })]),
        column_kind: "unicodeCodePoints",
        results: run.files.iter().flat_map(|file| outcomes(run, file)).collect(),
    }
}

fn invocation(run: &Run<'_>) -> Invocation {
    let unread = run.errors.iter().map(|error| unread(run, error));
    let notes = run.notes.iter().map(|note| Notification {
        level: "note",
        message: Text::new(rule::sentence(&escape(note))),
        locations: Vec::new(),
    });
    Invocation {
        execution_successful: run.errors.is_empty(),
        tool_execution_notifications: unread.chain(notes).collect(),
    }
}

fn unread(run: &Run<'_>, error: &InputError) -> Notification {
    let message = rule::sentence(&format!("not checked: {}", escape(&error.message)));
    let location = || Location {
        id: None,
        physical_location: Physical { artifact_location: artifact(run, &error.path), region: None },
        logical_locations: None,
        message: None,
    };
    let locations = if error.path.is_empty() { Vec::new() } else { vec![location()] };
    Notification { level: "error", message: Text::new(message), locations }
}

fn outcomes<'r>(run: &'r Run<'_>, file: &'r FileReport<'_>) -> Vec<Outcome<'r>> {
    let mut fingerprints = Fingerprints::default();
    let artifact = artifact(run, &file.path);
    let found = file.with_suppressed().into_iter();
    let outcome = |(finding, is_suppressed): (&'r Diagnostic, bool)| Outcome {
        rule_id: finding.rule.name,
        rule_index: run.rules.iter().position(|rule| rule.name == finding.rule.name),
        level: level(finding.severity),
        message: Text::new(message(finding)),
        locations: [primary(&artifact, file, finding)],
        related_locations: related(&artifact, file, finding),
        partial_fingerprints: Marks { own: fingerprints.of("", file, finding) },
        fixes: finding.fixes.iter().filter_map(|fix| way_out(&artifact, &file.view, fix)).collect(),
        suppressions: is_suppressed
            .then_some(Suppression { kind: "inSource" })
            .into_iter()
            .collect(),
    };
    found.map(outcome).collect()
}

fn message(finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| format!("\nHelp: {}", stopped(help)));
    rule::sentence(&escape(&finding.message)) + &help.collect::<String>()
}

fn stopped(help: &str) -> String {
    let help = escape(help);
    if help.ends_with('.') { help.into_owned() } else { format!("{help}.") }
}

fn primary(artifact: &Artifact, file: &FileReport<'_>, finding: &Diagnostic) -> Location {
    let key = finding.key.as_deref().map(|key| escape(key).into_owned());
    Location {
        logical_locations: key.map(|key| [Logical { fully_qualified_name: key }]),
        ..location(artifact, &file.view, &finding.primary)
    }
}

fn related(artifact: &Artifact, file: &FileReport<'_>, finding: &Diagnostic) -> Vec<Location> {
    let numbered = finding.related.iter().enumerate();
    let located = numbered
        .map(|(at, label)| Location { id: Some(at + 1), ..location(artifact, &file.view, label) });
    located.collect()
}

fn location(artifact: &Artifact, view: &Redacted<'_>, label: &Label) -> Location {
    let region = Some(region(view, label.span));
    Location {
        id: None,
        physical_location: Physical { artifact_location: artifact.clone(), region },
        logical_locations: None,
        message: Some(Text::new(rule::sentence(&escape(&label.message)))),
    }
}

fn region(view: &Redacted<'_>, span: Span) -> Region {
    let At { line, column, end_line, end_column, .. } = At::of(view.source(), span);
    Region { start_line: line, start_column: column, end_line, end_column }
}

/// A fix that can be told in lines and columns without printing what is masked.
fn way_out<'r>(artifact: &Artifact, view: &Redacted<'_>, fix: &'r Fix) -> Option<WayOut<'r>> {
    // A byte order mark takes no column: there is no region that takes it away.
    let is_lost = |edit: &Edit| edit.span.start < view.source().start();
    if fix.edits().is_empty() || fix.edits().iter().any(is_lost) || view.reveals(fix.edits()) {
        return None;
    }
    let replacement = |edit: &'r Edit| Replacement {
        deleted_region: region(view, edit.span),
        inserted_content: Content { text: &edit.text },
    };
    Some(WayOut {
        description: Text::new(rule::sentence(&escape(fix.title()))),
        artifact_changes: [Change {
            artifact_location: artifact.clone(),
            replacements: fix.edits().iter().map(replacement).collect(),
        }],
        properties: Safety { applicability: fix.applicability().as_str() },
    })
}

fn artifact(run: &Run<'_>, path: &str) -> Artifact {
    let place = Place::of(path, &run.directory);
    Artifact { uri: place.uri(), uri_base_id: place.is_relative().then_some(ROOT) }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

impl Text {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}
