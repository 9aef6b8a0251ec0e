//! A run -> one JSON object, version 1 of a public contract.
//!
//! The types here are the contract, so that nothing changes in it by accident: fields may be added
//! to them, and none may go or mean something else.

use std::borrow::Cow;

use serde::Serialize;

use super::{FileReport, Location, Run, Summary};
use crate::diagnostic::{Diagnostic, Label};
use crate::escape::must_escape;
use crate::fix::{Edit, Fix};
use crate::redact::Redacted;
use crate::source::Source;

const FORMAT: &str = "smsotp-lint/check/1";

pub(super) fn render(run: &Run<'_>) -> String {
    text(&report(run))
}

/// A value as JSON that people can read and no terminal is steered by.
pub(super) fn text(value: &impl Serialize) -> String {
    // Nothing that is given here can fail to become JSON.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    harmless(&json).into_owned()
}

#[derive(Serialize)]
struct Report<'r> {
    format: &'static str,
    tool: Tool,
    is_version: String,
    errors: Vec<Unread<'r>>,
    files: Vec<File<'r>>,
    summary: Numbers,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Unread<'r> {
    path: &'r str,
    message: &'r str,
}

#[derive(Serialize)]
struct File<'r> {
    path: &'r str,
    loads: Option<bool>,
    suppressed: usize,
    fixed: Vec<Done<'r>>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Done<'r> {
    rule: &'static str,
    title: &'r str,
    location: Location,
}

#[derive(Serialize)]
struct Finding<'r> {
    rule: &'static str,
    category: &'static str,
    severity: &'static str,
    message: &'r str,
    key: Option<&'r str>,
    location: Location,
    related: Vec<Related<'r>>,
    help: Vec<&'r str>,
    fixes: Vec<WayOut<'r>>,
}

#[derive(Serialize)]
struct Related<'r> {
    message: &'r str,
    location: Location,
}

#[derive(Serialize)]
struct WayOut<'r> {
    title: &'r str,
    applicability: &'static str,
    edits: Option<Vec<Change<'r>>>,
}

#[derive(Serialize)]
struct Change<'r> {
    byte_start: usize,
    byte_end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'r str,
}

#[derive(Serialize)]
struct Numbers {
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    fixable: Fixable,
}

#[derive(Serialize)]
struct Fixable {
    safe: usize,
    r#unsafe: usize,
}

fn report<'r>(run: &'r Run<'_>) -> Report<'r> {
    let unread =
        |error: &'r super::InputError| Unread { path: &error.path, message: &error.message };
    Report {
        format: FORMAT,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        is_version: run.profile.to_string(),
        errors: run.errors.iter().map(unread).collect(),
        files: run.files.iter().map(file).collect(),
        summary: numbers(Summary::of(run)),
    }
}

fn file<'r>(file: &'r FileReport<'_>) -> File<'r> {
    let done = |fixed: &'r super::Fixed| Done {
        rule: fixed.rule,
        title: &fixed.title,
        location: fixed.location,
    };
    File {
        path: &file.path,
        loads: file.loads,
        suppressed: file.suppressed.len(),
        fixed: file.fixed.iter().map(done).collect(),
        findings: file.findings.iter().map(|found| finding(&file.view, found)).collect(),
    }
}

fn finding<'r>(view: &Redacted<'_>, found: &'r Diagnostic) -> Finding<'r> {
    let source = view.source();
    let related = |label: &'r Label| Related {
        message: &label.message,
        location: Location::of(source, label.span),
    };
    Finding {
        rule: found.rule.name,
        category: found.rule.category.as_str(),
        severity: found.severity.as_str(),
        message: &found.message,
        key: found.key.as_deref(),
        location: Location::of(source, found.primary.span),
        related: found.related.iter().map(related).collect(),
        help: found.help.iter().map(|help| &**help).collect(),
        fixes: found.fixes.iter().map(|fix| way_out(view, fix)).collect(),
    }
}

fn way_out<'r>(view: &Redacted<'_>, fix: &'r Fix) -> WayOut<'r> {
    let changes = || fix.edits().iter().map(|edit| change(view.source(), edit)).collect();
    WayOut {
        title: fix.title(),
        applicability: fix.applicability().as_str(),
        edits: (!view.reveals(fix.edits())).then(changes),
    }
}

fn change<'r>(source: &Source, edit: &'r Edit) -> Change<'r> {
    let Location { line, column, end_line, end_column, byte_start, byte_end } =
        Location::of(source, edit.span);
    Change { byte_start, byte_end, line, column, end_line, end_column, text: &edit.text }
}

fn numbers(summary: Summary) -> Numbers {
    Numbers {
        errors: summary.errors,
        warnings: summary.warnings,
        infos: summary.infos,
        suppressed: summary.suppressed,
        fixable: Fixable { safe: summary.fixable_safe, r#unsafe: summary.fixable_unsafe },
    }
}

/// The same JSON, with the characters written as `\u202e` that would steer a terminal. Outside of
/// its strings JSON has none but line feeds.
pub(crate) fn harmless(json: &str) -> Cow<'_, str> {
    let steers = |c: char| c != '\n' && must_escape(c);
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut result = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if steers(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                result.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            result.push(c);
        }
    }
    Cow::Owned(result)
}
