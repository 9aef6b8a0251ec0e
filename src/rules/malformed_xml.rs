//! Texts that make application-authentication.xml ill-formed.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::redact::Redacted;
use crate::rules::{Analysis, Rule, Sink, short};
use crate::server::xml::{XmlFault, XmlFaultKind};
use crate::server::{Role, TemplateIssue, TemplateIssueKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-xml",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "a value or name that makes application-authentication.xml ill-formed",
    server: "\
The values, names and parameter keys of every authenticator, custom ones included, are printed \
into application-authentication.xml as they stand; nothing is escaped. A bare &, a <, ]]>, an \
entity that XML does not define or a control character in one of them makes the whole file \
ill-formed, and then no authenticator is configured at all. &amp;, &lt; and &#65; are read as the \
characters they stand for.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPAuthenticationEndpointURL = \"https://id.example.org/smsOtp.jsp?a=1&b=2\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPAuthenticationEndpointURL = \"https://id.example.org/smsOtp.jsp\"
",
    fixes: "\
Safe: & becomes &amp; and < becomes &lt;, where it is plain that the character itself was meant. \
The server could not configure anything before.",
    concerns: Concerns::Every,
    needs: Needs::Nothing,
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for template_issue in &analysis.server.template_issues {
        if let TemplateIssueKind::IllFormed(fault) = &template_issue.kind {
            sink.push(finding(template_issue, fault, &analysis.view));
        }
    }
}

fn finding(
    template_issue: &TemplateIssue<'_>,
    fault: &XmlFault,
    view: &Redacted<'_>,
) -> Diagnostic {
    let is_written = template_issue.text.written(fault.range.clone()).is_some();
    let text = &template_issue.text.text()[fault.range.clone()];
    let what = match fault.kind {
        XmlFaultKind::Ampersand => "a bare `&`".to_owned(),
        XmlFaultKind::Entity if template_issue.is_own && is_written => {
            format!("`{}`, which XML does not define,", short(text))
        }
        XmlFaultKind::Entity => "an entity that XML does not define".to_owned(),
        XmlFaultKind::CharacterReference => "a reference to no character of XML".to_owned(),
        XmlFaultKind::Control => "a control character".to_owned(),
        XmlFaultKind::LessThan => "a bare `<`".to_owned(),
        XmlFaultKind::Unbalanced => "a tag without its counterpart".to_owned(),
        XmlFaultKind::CdataEnd => "`]]>`".to_owned(),
        XmlFaultKind::Quote => "a double quote".to_owned(),
        XmlFaultKind::Section => "a comment, CDATA section or instruction gone wrong".to_owned(),
    };
    let name = view.path([template_issue.written.key()]);
    let place = match template_issue.role {
        Role::Key(_) => "the name of a parameter",
        Role::Attribute | Role::Value => &short(&name),
    };
    let message = format!(
        "{what} in {place} makes application-authentication.xml ill-formed: no authenticator is \
         configured at all"
    );
    let label = Label::new(template_issue.text.place(fault.range.clone()), label(fault.kind));
    let finding = Diagnostic::new(&INFO, Severity::Error, message, label)
        .key(template_issue.written.dotted());
    if !is_written {
        return finding.help("a reference brings it in: escape it where it comes from");
    }
    let rest = &template_issue.text.text()[fault.range.start..];
    let fix = match fault.kind {
        XmlFaultKind::Entity | XmlFaultKind::Unbalanced | XmlFaultKind::Section => None,
        _ if rest.starts_with("<%") => None,
        _ => edits::escape(&template_issue.text, template_issue.role),
    };
    let fix = fix.map(|edits| Fix::safe("escape what XML takes for markup", edits));
    finding.help(help(fault.kind, rest)).fix(fix)
}

fn label(kind: XmlFaultKind) -> &'static str {
    match kind {
        XmlFaultKind::Ampersand => "begins no reference",
        XmlFaultKind::Entity => "not defined",
        XmlFaultKind::CharacterReference => "no character",
        XmlFaultKind::Control => "not allowed in XML",
        XmlFaultKind::LessThan => "begins no tag",
        XmlFaultKind::Unbalanced => "closed nowhere, or closes nothing",
        XmlFaultKind::CdataEnd => "ends a section that was never begun",
        XmlFaultKind::Quote => "ends the attribute",
        XmlFaultKind::Section => "not well-formed",
    }
}

fn help(kind: XmlFaultKind, rest: &str) -> &'static str {
    match kind {
        XmlFaultKind::Ampersand => "write `&` as `&amp;`",
        XmlFaultKind::Entity => "write `&` as `&amp;`, or the character as a number: `&#160;`",
        XmlFaultKind::Control | XmlFaultKind::CharacterReference => {
            "leave it out: XML has no way to write it"
        }
        XmlFaultKind::LessThan if rest.starts_with("<%") => {
            "this looks like a template that was not rendered: fill in the value first"
        }
        XmlFaultKind::LessThan | XmlFaultKind::Unbalanced | XmlFaultKind::Section => {
            "write `<` as `&lt;` where the character itself is meant"
        }
        XmlFaultKind::CdataEnd => "write `]]>` as `]]&gt;`",
        XmlFaultKind::Quote => "write `\"` as `&quot;`",
    }
}
