//! A run -> one JSON object, version 1 of a public contract: fields may be added to it, and none may
//! go or mean something else.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

use super::path::ReportPath;
use super::{
    FileReport, InputError, Location, Profile, RenderedFiles, Report, SectionState, statistics,
};
use crate::diagnostic::{Diagnostic, Label};
use crate::escape::{holds_command, must_escape, opens_command};
use crate::fix::{Edit, Fix};
use crate::redact::Redacted;
use crate::source::Source;

pub(super) fn whole(report: &Report, files: RenderedFiles, unread: &[InputError]) -> String {
    let unread = unread.iter();
    let unread =
        unread.map(|error| json!({ "path": path(report, &error.path), "message": error.message }));
    let notes = report.notes(&files);
    let summary = files.summary;
    let mut value = json!({
        "format": "smsotp-lint/check/1",
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "is_version": is_version(report, files.profiles.iter()),
        "errors": unread.collect::<Value>(),
        "notes": notes,
        "files": files.values,
        "summary": {
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "suppressed": summary.suppressed,
            "fixable": { "safe": summary.fixable_safe, "unsafe": summary.fixable_unsafe },
        },
    });
    if report.statistics {
        value["statistics"] = statistics::json(report, &files.by_rule);
    }
    text(&value)
}

/// The path by which other programs find an input; one that has none keeps the empty text.
fn path(report: &Report, given: &str) -> String {
    match given {
        "" => String::new(),
        given => ReportPath::of(given, report).path,
    }
}

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> Value {
    let shown = file.shown(report);
    let fixed = file.fixed.iter().map(
        |fixed| json!({ "rule": fixed.rule, "title": fixed.title, "location": fixed.location }),
    );
    json!({
        "path": path(report, &file.path),
        "is_version": is_version(report, [file.profile].iter()),
        "loads": file.loads,
        "section": file.section.map(SectionState::as_str),
        "suppressed": file.suppressed.len(),
        "fixed": fixed.collect::<Value>(),
        "findings": shown.iter().map(|one| finding(file.view, one)).collect::<Value>(),
        "omitted": file.findings.len() - shown.len(),
    })
}

fn finding(view: &Redacted<'_>, finding: &Diagnostic) -> Value {
    let source = view.source();
    let related = |label: &Label| json!({ "message": label.message, "location": Location::of(source, label.span) });
    let mut value = json!({
        "rule": finding.rule.name,
        "category": finding.rule.category.as_str(),
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "key": finding.key,
        "location": Location::of(source, finding.primary.span),
        "related": finding.related.iter().map(related).collect::<Value>(),
        "help": finding.help,
        "fixes": finding.fixes.iter().map(|one| fix(view, one)).collect::<Value>(),
    });
    if !finding.releases.is_empty() {
        let releases = finding.releases.iter().map(|release| release.as_str());
        value["releases"] = releases.collect::<Value>();
    }
    value
}

/// The releases asked for, else those that the configuration of the files names.
fn is_version<'p>(report: &Report, profiles: impl ExactSizeIterator<Item = &'p Profile>) -> String {
    let words: Vec<_> = match (&report.releases[..], profiles.len()) {
        ([] | [_], 0) => vec![report.profile.to_string()],
        ([] | [_], _) => profiles.map(Profile::to_string).collect(),
        (several, _) => several.iter().map(|one| one.as_str().to_owned()).collect(),
    };
    words.join(", ")
}

fn fix(view: &Redacted<'_>, fix: &Fix) -> Value {
    let edits = || fix.edits().iter().map(|one| edit(view.source(), one)).collect::<Value>();
    json!({
        "title": fix.title(),
        "applicability": fix.applicability().as_str(),
        "edits": if view.reveals(fix.edits()) { Value::Null } else { edits() },
    })
}

fn edit(source: &Source, edit: &Edit) -> Value {
    let at = Location::of(source, edit.span);
    json!({
        "byte_start": at.byte_start,
        "byte_end": at.byte_end,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "text": edit.text,
    })
}

/// A value as JSON that people can read and no terminal is steered by.
pub(crate) fn text(value: &impl Serialize) -> String {
    // Nothing that is given here can fail to become JSON.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    harmless(&json).into_owned()
}

/// The same JSON, with the characters written as `\u202e` that would steer a terminal or the log of
/// a CI service. Outside of its strings JSON has none but line feeds.
fn harmless(json: &str) -> Cow<'_, str> {
    let steers = |c: char| c != '\n' && must_escape(c);
    // Most lines are ASCII, of whose control characters JSON itself escapes all but the last.
    let is_plain = |line: &str| line.bytes().fold(true, |plain, byte| plain & (byte < 0x7f));
    let is_harmless =
        |line: &str| (is_plain(line) || !line.contains(steers)) && !holds_command(line);
    if json.lines().all(is_harmless) {
        return Cow::Borrowed(json);
    }
    let mut result = String::with_capacity(json.len() + 8);
    for line in json.split_inclusive('\n') {
        if is_harmless(line) {
            result.push_str(line);
            continue;
        }
        for (at, c) in line.char_indices() {
            match steers(c) || opens_command(line, at) {
                true => result.push_str(&unicode_escape(c)),
                false => result.push(c),
            }
        }
    }
    Cow::Owned(result)
}

/// A character as JSON spells it.
fn unicode_escape(c: char) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}
