//! Markup in a value, which the server reads as markup.

use std::ops::Range;

use crate::rules::prelude::*;
use crate::server::{TemplateIssue, TemplateIssueKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "markup-in-value",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("markup_in_value.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for template_issue in
        analysis.server.template_issues.iter().filter(|template_issue| template_issue.is_own)
    {
        if let TemplateIssueKind::Markup { range, reads, injected } = &template_issue.kind {
            sink.push(finding(analysis, template_issue, range, reads, injected));
        }
    }
}

fn finding(
    analysis: &Analysis<'_>,
    template_issue: &TemplateIssue<'_>,
    range: &Range<usize>,
    reads: &str,
    injected: &[String],
) -> Diagnostic {
    let name = analysis.view.key(template_issue.written.key());
    let is_written = template_issue.text.written(range.clone()).is_some();
    let text = &template_issue.text;
    let shown =
        |read: &str| analysis.view.part_read(text, 0..text.text().len(), |_| read.to_owned());
    let read = match reads {
        "" => "reads as empty".into(),
        _ => message!("reads `{}`", shown(reads)),
    };
    let message = match injected {
        [] => message!("markup in {} does not arrive as text: the parameter {}", name, read),
        [added, ..] => message!(
            "markup in {} adds the parameter `{}`, and {} {}",
            name,
            shown(added),
            name,
            read
        ),
    };
    let finding = INFO
        .at(template_issue.text.place(range.clone()), message, "read as markup")
        .key(template_issue.written.dotted());
    if !is_written {
        return finding.help("a reference brings it in: escape it where it comes from");
    }
    let fix = edits::escape(&template_issue.text, template_issue.role);
    finding
        .help("write `<` as `&lt;` where the character itself is meant")
        .fix(fix.map(|edits| Fix::risky("escape the markup", edits)))
}
