//! Values that the server's template engine evaluates.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::rules::{Analysis, Rule, Sink, short};
use crate::server::{Role, TemplateIssue, TemplateIssueKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "template-expression",
    category: Category::Value,
    level: Some(Severity::Error),
    summary: "a value that the server's template engine evaluates",
    server: "\
The server prints its settings through a template engine, which evaluates {{..}} and {%..%} in \
values and names, too. A name that the engine does not know becomes nothing, so that \"Code \
{{otp}} is\" reads \"Code  is\"; other expressions stop the server. Such text is often left behind \
by Helm, Jinja or another tool that was to fill in the file. Braces that are not closed, {#..#} \
and ${..} are left alone.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = \"{{ .Values.sms.expiry }}\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = \"$env{SMS_EXPIRY}\"
",
    fixes: "None: what the expression was to become is not in the file.",
    concerns: Concerns::Every,
    needs: Needs::Nothing,
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for template_issue in
        analysis.server.template_issues.iter().filter(|template_issue| template_issue.is_own)
    {
        if let TemplateIssueKind::Template(range) = &template_issue.kind {
            let place = template_issue.text.place(range.clone());
            let is_written = template_issue.text.written(range.clone());
            let shown = is_written.map(|_| &template_issue.text.text()[range.clone()]);
            sink.push(finding(template_issue, Label::new(place, "evaluated"), shown));
        }
    }
}

fn finding(template_issue: &TemplateIssue<'_>, label: Label, shown: Option<&str>) -> Diagnostic {
    let what = match shown {
        Some(shown) => format!("the expression `{}`", short(shown)),
        None => "an expression that a reference brings in".to_owned(),
    };
    let place = match template_issue.role {
        Role::Key(_) => "the name of a parameter",
        Role::Attribute | Role::Value => &short(template_issue.written.name()),
    };
    let message = format!(
        "{what} in {place} is evaluated by the server's template engine: the text does not arrive \
         as it stands, and the server may not start"
    );
    Diagnostic::new(&INFO, Severity::Error, message, label)
        .key(template_issue.written.dotted())
        .help(match shown {
            Some(shown) if shown.contains(".Values") => {
                "this looks like a Helm chart that was not rendered: fill in the value first"
            }
            _ => "fill in the value before the server sees the file, or take it from `$env{NAME}`",
        })
}
