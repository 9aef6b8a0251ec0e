//! Markup in a value, which the server reads as markup.

use std::ops::Range;

use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::rules::{Analysis, Rule, Sink, short};
use crate::server::{TemplateIssue, TemplateIssueKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "markup-in-value",
    category: Category::Value,
    level: Some(Severity::Error),
    summary: "markup in a value, which does not arrive as text",
    server: "\
Values are printed into application-authentication.xml as they stand, and what looks like markup \
is read as markup. An element or a comment reads back empty; a tag that closes the parameter and \
begins another one adds a parameter of that name. CDATA sections and references such as &amp; are \
read as the text they stand for.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
Tags = \"<b>MFA</b>\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
Tags = \"MFA\"
",
    fixes: "Unsafe: the markup is escaped, so that it arrives as the text that is written.",
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for template_issue in
        analysis.server.template_issues.iter().filter(|template_issue| template_issue.is_own)
    {
        if let TemplateIssueKind::Markup { range, reads, injected } = &template_issue.kind {
            sink.push(finding(template_issue, range, reads, injected));
        }
    }
}

fn finding(
    template_issue: &TemplateIssue<'_>,
    range: &Range<usize>,
    reads: &str,
    injected: &[String],
) -> Diagnostic {
    let name = short(template_issue.written.name());
    let is_written = template_issue.text.written(range.clone()).is_some();
    // What a reference brings in may be nobody's business.
    let may_show = template_issue.text.written(0..template_issue.text.text().len()).is_some();
    let read = match reads {
        "" => "reads as empty".to_owned(),
        _ if may_show => format!("reads `{}`", short(reads)),
        _ => "reads as something else".to_owned(),
    };
    let message = match injected {
        [] => format!("markup in {name} does not arrive as text: the parameter {read}"),
        _ if !may_show => format!("markup in {name} adds a parameter, and {name} {read}"),
        [added, ..] => {
            format!("markup in {name} adds the parameter `{}`, and {name} {read}", short(added))
        }
    };
    let label = Label::new(template_issue.text.place(range.clone()), "read as markup");
    let finding = Diagnostic::new(&INFO, Severity::Error, message, label)
        .key(template_issue.written.dotted());
    if !is_written {
        return finding.help("a reference brings it in: escape it where it comes from");
    }
    let fix = edits::escape(&template_issue.text, template_issue.role);
    finding
        .help("write `<` as `&lt;` where the character itself is meant")
        .fix(fix.map(|edits| Fix::risky("escape the markup", edits)))
}
