//! A run -> SARIF 2.1.0, for code scanning.
//!
//! Braces stand in messages as they are: doubling them, as the standard would have it, shows in
//! every viewer when there are no arguments.

mod rule;

use serde_json::{Value, json};

use self::rule::{sentence, sentence_about, without_links};
use super::fingerprint::Fingerprints;
use super::path::ReportPath;
use super::{FileReport, InputError, Location, RenderedFiles, Report, json};
use crate::diagnostic::{Diagnostic, Label, RuleInfo, Severity};
use crate::escape::escape;
use crate::fix::{Edit, Fix};
use crate::redact::Redacted;
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The root of the paths, by the name that code scanning gives the top of a repository.
const ROOT: &str = "%SRCROOT%";

pub(super) fn whole(report: &Report, mut files: RenderedFiles, unread: &[InputError]) -> String {
    let rules = number_rules(report, &mut files.values);
    let not_checked = unread.iter().map(|error| not_checked(report, error));
    let notes = report.notes(&files).into_iter().chain(files.summary.omission());
    let notes = notes
        .map(|note| json!({ "level": "note", "message": { "text": sentence(&escape(&note)) } }));
    let root =
        "The workspace of the run, else the top of the repository, else the working directory.";
    json::text(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "invocations": [{
                "executionSuccessful": unread.is_empty(),
                "toolExecutionNotifications": not_checked.chain(notes).collect::<Value>(),
            }],
            "originalUriBaseIds": { ROOT: { "description": { "text": root } } },
            "columnKind": "unicodeCodePoints",
            "results": files.values,
        }],
    }))
}

/// The descriptors of the rules that found something, by whose order the results name them. The
/// texts of all rules would be most of the report.
fn number_rules(report: &Report, results: &mut [Value]) -> Value {
    let is_used = |rule: &&&RuleInfo| results.iter().any(|result| result["ruleId"] == rule.name);
    let used: Vec<&RuleInfo> = report.rules.iter().filter(is_used).copied().collect();
    for result in results {
        let index = used.iter().position(|rule| result["ruleId"] == rule.name);
        result["ruleIndex"] = json!(index);
    }
    used.into_iter().map(rule::descriptor).collect()
}

fn not_checked(report: &Report, error: &InputError) -> Value {
    let message = sentence(&format!("not checked: {}", escape(&error.message)));
    let location =
        || json!([{ "physicalLocation": { "artifactLocation": artifact(report, &error.path) } }]);
    without_nulls(json!({
        "level": "error",
        "message": { "text": message },
        "locations": (!error.path.is_empty()).then(location),
    }))
}

/// The results of a file.
pub(super) fn file(report: &Report, file: &FileReport<'_>) -> Vec<Value> {
    let mut fingerprints = Fingerprints::default();
    let place = FilePlaces { artifact: artifact(report, &file.path), view: file.view };
    let result = |(finding, is_suppressed): (&Diagnostic, bool)| {
        let suppressions = if is_suppressed { json!([{ "kind": "inSource" }]) } else { json!([]) };
        let related =
            finding.related.iter().zip(1..).map(|(label, id)| place.label(label, Some(id), None));
        let fixes = finding.fixes.iter().filter_map(|fix| place.fix(fix));
        without_nulls(json!({
            "ruleId": finding.rule.name,
            // Known when all results are.
            "ruleIndex": 0,
            "level": level(finding.severity),
            "message": { "text": message(finding) },
            "locations": [place.label(&finding.primary, None, finding.key.as_deref())],
            "relatedLocations": some(related.collect()),
            "partialFingerprints": { "ruleKeyValue/v1": fingerprints.of("", file, finding) },
            "fixes": some(fixes.collect()),
            "suppressions": suppressions,
        }))
    };
    file.with_suppressed(report).into_iter().map(result).collect()
}

fn message(finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| {
        let help = escape(help);
        let help = without_links(&help);
        let stop = if help.ends_with('.') { "" } else { "." };
        format!("\nHelp: {help}{stop}")
    });
    sentence_about(&escape(&finding.message), finding.key.as_deref()) + &help.collect::<String>()
}

/// The file that results are about.
struct FilePlaces<'f, 'd> {
    artifact: Value,
    view: &'f Redacted<'d>,
}

impl FilePlaces<'_, '_> {
    /// `location`
    fn label(&self, label: &Label, id: Option<usize>, key: Option<&str>) -> Value {
        without_nulls(json!({
            "id": id,
            "physicalLocation": { "artifactLocation": self.artifact, "region": self.region(label.span) },
            "logicalLocations": key.map(|key| json!([{ "fullyQualifiedName": escape(key) }])),
            "message": { "text": sentence(&escape(&label.message)) },
        }))
    }

    fn region(&self, span: Span) -> Value {
        let at = Location::of(self.view.source(), span);
        json!({
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        })
    }

    /// A fix that can be told in lines and columns without printing what is masked.
    fn fix(&self, fix: &Fix) -> Option<Value> {
        // A byte order mark takes no column: there is no region that takes it away.
        let is_lost = |edit: &Edit| edit.span.start < self.view.source().start();
        let edits = fix.edits();
        if edits.is_empty() || edits.iter().any(is_lost) || self.view.reveals(edits) {
            return None;
        }
        let replacement = |edit: &Edit| {
            json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.text },
            })
        };
        Some(json!({
            "description": { "text": sentence(&escape(fix.title())) },
            "artifactChanges": [{
                "artifactLocation": self.artifact,
                "replacements": edits.iter().map(replacement).collect::<Value>(),
            }],
            "properties": { "applicability": fix.applicability().as_str() },
        }))
    }
}

fn artifact(report: &Report, path: &str) -> Value {
    let path = ReportPath::of(path, report);
    without_nulls(json!({
        "uri": path.uri(),
        "uriBaseId": path.is_relative.then_some(ROOT),
    }))
}

/// A list, or nothing in the place of an empty one.
fn some(values: Vec<Value>) -> Option<Vec<Value>> {
    Some(values).filter(|values| !values.is_empty())
}

/// An object without the fields that have no value.
fn without_nulls(mut object: Value) -> Value {
    if let Value::Object(fields) = &mut object {
        fields.retain(|_, value| !value.is_null());
    }
    object
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
