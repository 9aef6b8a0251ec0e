//! Values that the server's template engine evaluates.

use std::ops::Range;

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::server::{Role, TemplateIssue, TemplateIssueKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "template-expression",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("template_expression.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for issue in &analysis.server.template_issues {
        if let TemplateIssueKind::Template(range) = &issue.kind {
            sink.push(finding(issue, range.clone(), &analysis.view));
        }
    }
}

fn finding(issue: &TemplateIssue<'_>, range: Range<usize>, view: &Redacted<'_>) -> Diagnostic {
    let is_written = issue.text.written(range.clone()).is_some();
    let expression = &issue.text.text()[range.clone()];
    let is_residue = is_written && is_residue(expression);
    let path = &issue.written.path;
    let place: Message = match issue.role {
        Role::Key(_) if issue.is_own => "the name of a parameter".into(),
        Role::Key(at) => message!("a key of [{}]", view.dotted(path[..at].iter().copied())),
        _ if issue.is_own => view.key(issue.written.key()).into(),
        Role::Attribute | Role::Value => view.dotted(path.iter().copied()).into(),
    };
    let shown = view.part(&issue.text, range.clone());
    let what = match is_residue {
        true => message!("{} left an expression in {}", UNRENDERED, place),
        false if !is_written => message!("a reference brings an expression into {}", place),
        false if issue.is_own => message!("{} holds the expression `{}`", place, shown),
        false => message!("{} holds an expression", place),
    };
    let outcome = match issue.may_stop() {
        true if is_of_chart(expression) => "the server does not start",
        true => "the text does not arrive as it is, and the server may not start",
        false => "a name that it does not know becomes nothing",
    };
    let message = message!("{}, {}: {}", what, EVALUATED, outcome);
    let finding =
        INFO.at(issue.text.place(range), message, "evaluated").key(issue.written.dotted());
    if !is_residue {
        return finding.help(
            "fill in the value before the server sees the file, or take it from `$env{NAME}`",
        );
    }
    let text = message!("hold what {} left there, {}: {}", UNRENDERED, EVALUATED, outcome);
    finding
        .help("fill in the value before the server sees the file")
        .relates(Relation::SharesCause { name: Some(place), text })
}

const UNRENDERED: &str = "a chart or template that was not rendered";
const EVALUATED: &str = "which the server's template engine evaluates";

/// Whether an expression is of a chart, by the leading dot that the server's engine refuses.
fn is_of_chart(expression: &str) -> bool {
    expression.trim_start_matches(['{', '-']).trim_start().starts_with('.')
}

/// Whether another tool was to fill in an expression, by the look of it.
fn is_residue(expression: &str) -> bool {
    let inside = expression.trim_matches(['{', '}', '%', '-', ' ']);
    let of_chart = [".Values", ".Release", ".Chart", "include "];
    expression.starts_with("{%")
        || inside.contains(['|', '\''])
        || of_chart.iter().any(|part| inside.contains(part))
}
