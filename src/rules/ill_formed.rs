//! What the rules about ill-formed files have in common.

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::server::xml::{XmlFault, XmlFaultKind};
use crate::server::{
    APPLICATION_AUTHENTICATION, NEEDED_TO_START, Role, TemplateIssue, TemplateIssueKind,
};

/// Adds a finding for every fault in one of these files.
pub(super) fn findings(
    analysis: &Analysis<'_>,
    info: &'static RuleInfo,
    is_meant: impl Fn(&str) -> bool,
    sink: &mut Sink,
) {
    for issue in &analysis.server.template_issues {
        let TemplateIssueKind::IllFormed(fault) = &issue.kind else { continue };
        let files: Vec<&'static str> =
            issue.files.iter().copied().filter(|file| is_meant(file)).collect();
        if !files.is_empty() {
            sink.push(finding(info, issue, fault, &files, &analysis.view));
        }
    }
}

fn finding(
    info: &'static RuleInfo,
    template_issue: &TemplateIssue<'_>,
    fault: &XmlFault,
    files: &[&'static str],
    view: &Redacted<'_>,
) -> Diagnostic {
    let is_written = template_issue.text.written(fault.range.clone()).is_some();
    let message = message_of(template_issue, fault, is_written, files, view);
    let is_residue = template_issue.text.text()[fault.range.start..].starts_with("<%");
    let (_, label, help) = words(fault.kind);
    let label = if is_residue { "not rendered" } else { label };
    let finding = info
        .at(template_issue.text.place(fault.range.clone()), message, label)
        .key(template_issue.written.dotted());
    if !is_written {
        return finding.help("a reference brings it in: escape it where it comes from");
    }
    if is_residue {
        let name = Some(place_of(template_issue, files, view));
        return unrendered(finding, name);
    }
    let is_escapable = !matches!(
        fault.kind,
        XmlFaultKind::Control
            | XmlFaultKind::CharacterReference
            | XmlFaultKind::Hyphens
            | XmlFaultKind::Name
            | XmlFaultKind::Duplicate
    );
    if template_issue.is_printed_plainly && is_escapable {
        let is_password = template_issue.written.name().contains("password");
        let thing = if is_password { "password" } else { "value" };
        return finding.help(message!(
            "choose another {}: this one goes into a file as well that is not XML, where `&amp;` \
             stands for nothing but itself",
            thing
        ));
    }
    let fix = match fault.kind {
        XmlFaultKind::Entity | XmlFaultKind::Unbalanced | XmlFaultKind::Section => None,
        _ if !is_escapable => None,
        _ => edits::escape(&template_issue.text, template_issue.role),
    };
    let fix = fix.map(|edits| Fix::safe("escape what XML takes for markup", edits));
    finding.help(help).fix(fix)
}

/// A finding about one of many places that another tool was to fill in.
fn unrendered(finding: Diagnostic, name: Option<Message>) -> Diagnostic {
    let text = match finding.rule.category {
        Category::Startup => {
            "hold a template that was not rendered, which makes files ill-formed that the server \
             needs to start"
        }
        _ => "hold a template that was not rendered, which makes files of the server ill-formed",
    };
    finding
        .help("this looks like a template that was not rendered: fill in the value first")
        .relates(Relation::SharesCause { name, text: text.into() })
}

/// What is wrong, where, and what follows.
fn message_of(
    template_issue: &TemplateIssue<'_>,
    fault: &XmlFault,
    is_written: bool,
    files: &[&'static str],
    view: &Redacted<'_>,
) -> Message {
    let what = match fault.kind {
        XmlFaultKind::Entity if template_issue.is_own && is_written => {
            let text = view.part(&template_issue.text, fault.range.clone());
            message!("`{}`, which XML does not define,", text)
        }
        kind => words(kind).0.into(),
    };
    let place = place_of(template_issue, files, view);
    let names = Message::joined(files.iter().map(|file| shown(file).into()), ", ");
    message!("{} in {} makes {} ill-formed: {}", what, place, names, consequence(files))
}

/// Where it is, in words.
fn place_of(
    template_issue: &TemplateIssue<'_>,
    files: &[&'static str],
    view: &Redacted<'_>,
) -> Message {
    let path = &template_issue.written.path;
    match template_issue.role {
        Role::Key(_) if files == [APPLICATION_AUTHENTICATION] => "the name of a parameter".into(),
        Role::Key(at) => message!("a key of [{}]", view.dotted(path[..at].iter().copied())),
        Role::Attribute | Role::Value => {
            let keys = if template_issue.is_own { &path[path.len() - 1..] } else { &path[..] };
            view.dotted(keys.iter().copied()).into()
        }
    }
}

/// A generated file as it is known: by its name alone where that is enough.
fn shown(file: &'static str) -> &'static str {
    match file.rsplit_once('/') {
        Some((_, name)) if NEEDED_TO_START.contains(&file) => name,
        _ => file,
    }
}

/// What becomes of the server; only of these files is that certain.
fn consequence(files: &[&str]) -> &'static str {
    let is_among = |file: &str| files.contains(&file);
    match files {
        [APPLICATION_AUTHENTICATION] => "no authenticator is configured at all",
        _ if is_among("carbon.xml") => "the server does not start",
        [file, ..] if NEEDED_TO_START.contains(file) => "the server never completes its start",
        _ if is_among("identity/identity.xml") => "the identity features do not work",
        _ if is_among("tomcat/catalina-server.xml") => "the server opens no web port",
        _ => "the server starts, and what reads that file fails",
    }
}

/// What is wrong, a label for its place, and what to write.
const fn words(kind: XmlFaultKind) -> (&'static str, &'static str, &'static str) {
    let lower = "write `<` as `&lt;` where the character itself is meant";
    let leave_out = "leave it out: XML has no way to write it";
    match kind {
        XmlFaultKind::Ampersand => ("a bare `&`", "write `&amp;`", "write `&` as `&amp;`"),
        XmlFaultKind::Entity => (
            "an entity that XML does not define",
            "not defined",
            "write `&` as `&amp;`, or the character as a number: `&#160;`",
        ),
        XmlFaultKind::CharacterReference => {
            ("a reference to no character of XML", "no character", leave_out)
        }
        XmlFaultKind::Control => ("a control character", "not allowed in XML", leave_out),
        XmlFaultKind::LessThan => ("a bare `<`", "write `&lt;`", lower),
        XmlFaultKind::Unbalanced => {
            ("a tag without its counterpart", "closed nowhere, or closes nothing", lower)
        }
        XmlFaultKind::CdataEnd => ("`]]>`", "write `]]&gt;`", "write `]]>` as `]]&gt;`"),
        XmlFaultKind::Quote => ("a double quote", "write `&quot;`", "write `\"` as `&quot;`"),
        XmlFaultKind::Section => {
            ("a comment, CDATA section or instruction gone wrong", "not well-formed", lower)
        }
        XmlFaultKind::Hyphens => {
            ("`--`", "not allowed in a comment", "leave one of the two hyphens out")
        }
        XmlFaultKind::Name => (
            "a name that XML does not allow",
            "no name in XML",
            "begin it with a letter, and use nothing but letters, digits, `_`, `-` and `.`",
        ),
        XmlFaultKind::Duplicate => (
            "an attribute given twice",
            "printed by the template itself, too",
            "delete the line: the template prints this attribute itself",
        ),
    }
}
