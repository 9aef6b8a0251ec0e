//! The section below `[secrets]`, where WSO2's cipher tool deletes it.

use crate::edits::move_tables;
use crate::rules::prelude::*;
use crate::section::AUTHENTICATOR;
use crate::toml::{Header, Table, Write};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "after-secrets",
    category: Category::Ignored,
    level: Some(Severity::Info),
    page: RulePage::new(include_str!("after_secrets.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let secrets = analysis.tree.at(["secrets"]);
    let Some(secrets) = secrets.and_then(|node| node.headers().next()) else { return };
    let Some(own) = analysis.tree.at(AUTHENTICATOR) else { return };
    let below = secrets.table.span();
    let late: Vec<_> = own.writes().filter(|write| write.table.span() > below).collect();
    sink.extend(finding(analysis, secrets.table, &late));
}

fn finding(
    analysis: &Analysis<'_>,
    secrets: &Table<'_>,
    late: &[&Write<'_>],
) -> Option<Diagnostic> {
    let (first, others) = late.split_first()?;
    let headers: Option<Vec<&Header<'_>>> = late
        .iter()
        .map(|write| write.table.header.as_ref().filter(|_| write.entry.is_none()))
        .collect();
    let unusual = headers.iter().flatten().find(|header| !is_plain(analysis, header));
    let (severity, consequence) = match unusual {
        None => (Severity::Info, "its releases 1.1.19 to 1.1.28 delete what is there"),
        Some(_) => (
            Severity::Warning,
            "each of its releases deletes a table there whose header has a blank, an indent or a \
             comment behind it",
        ),
    };
    let message = message!(
        "the section is below [secrets], which WSO2's cipher tool rewrites: {}",
        consequence
    );
    let header = secrets.header.as_ref()?;
    let edits = headers.map(|_| move_above(analysis, late, secrets));
    Some(
        INFO.at(first.span(), message, "below [secrets]")
            .severity(severity)
            .also_each(others.iter().map(|other| other.span()), "and this")
            .also(header.span, "rewritten from here on")
            .help("put the section above [secrets]")
            .fix(edits.map(|edits| Fix::safe("move the section above [secrets]", edits))),
    )
}

/// Moves tables above another, those that follow each other together.
fn move_above(analysis: &Analysis<'_>, late: &[&Write<'_>], above: &Table<'_>) -> Vec<Edit> {
    let start = |table: &Table<'_>| table.span().start;
    let is_next = |one: &&Write<'_>, other: &&Write<'_>| {
        let between = start(one.table) + 1..start(other.table);
        !analysis.document.tables().iter().any(|table| between.contains(&start(table)))
    };
    let run = |run: &[&Write<'_>]| {
        let ends = (run[0].table, run[run.len() - 1].table);
        move_tables(analysis.document, ends, above)
    };
    late.chunk_by(is_next).flat_map(run).collect()
}

/// Whether a header is alone on its line, without a blank.
fn is_plain(analysis: &Analysis<'_>, header: &Header<'_>) -> bool {
    let source = analysis.document.source();
    let line = source.line_span(source.line_of(header.span.start));
    let start = line.start.max(source.start());
    Span::new(start, line.end) == header.span && !source.slice(header.span).contains([' ', '\t'])
}
