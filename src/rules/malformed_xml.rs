//! Texts that make a generated XML file ill-formed: one without which the server does not complete
//! its start or has no authenticator, and any other.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::redact::Redacted;
use crate::rules::{Analysis, Rule, Sink, short};
use crate::server::xml::{XmlFault, XmlFaultKind};
use crate::server::{
    APPLICATION_AUTHENTICATION, NEEDED_TO_START, Role, TemplateIssue, TemplateIssueKind,
};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(needed) };
pub(super) const OTHER_FILE: Rule = Rule { info: &OTHER_FILE_INFO, check: Some(other) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-xml",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "a value or name that makes an XML file ill-formed which the server needs to start",
    server: "\
The templates of the server print values and names into its XML files as they stand; nothing is \
escaped. A bare &, a <, ]]>, an entity that XML does not define or a control character makes the \
whole file ill-formed, and in an attribute a double quote does, too. Then no authenticator is \
configured at all (application-authentication.xml), the server stops (carbon.xml) or never \
completes its start (user-mgt.xml, tenant-mgt.xml, master-datasources.xml, registry.xml). &amp;, \
&lt; and &#65; are read as the characters they stand for. A value takes its text along to every \
shipped value that refers to it. Where each key is printed is known for 6.0 to 7.1; what concerns \
authenticators is the same in every release.",
    example: "\
[database.identity_db]
type = \"mysql\"
url = \"jdbc:mysql://db.example.org:3306/identity?useSSL=true&requireSSL=true\"
",
    instead: "\
[database.identity_db]
type = \"mysql\"
url = \"jdbc:mysql://db.example.org:3306/identity?useSSL=true&amp;requireSSL=true\"
",
    fixes: "\
Safe: & becomes &amp; and < becomes &lt;, where it is plain that the character itself was meant. \
The server could not start before. None where the value goes into a file as well that is not XML: \
no spelling suits both.",
    concerns: Concerns::Every,
    needs: Needs::Nothing,
    references: &[],
};

static OTHER_FILE_INFO: RuleInfo = RuleInfo {
    name: "malformed-file",
    category: Category::Value,
    level: Some(Severity::Warning),
    summary: "a value or name that makes another generated XML file ill-formed",
    server: "\
The templates of the server print values and names into its XML files as they stand; nothing is \
escaped. A bare &, a <, ]]>, an entity that XML does not define or a control character makes the \
whole file ill-formed; so do a double quote in an attribute, -- in a comment, the name of an \
attribute that is no name in XML, and one that the template prints itself. The server starts, and \
what reads the file fails: the identity features with identity.xml, the web ports with \
catalina-server.xml. Where each key is printed is known for 6.0 to 7.1.",
    example: "\
[transport.https.properties]
protocol = \"HTTP/1.1\"
",
    instead: "\
[transport.https.properties]
maxThreads = \"250\"
",
    fixes: "\
Safe: & becomes &amp; and < becomes &lt;, where it is plain that the character itself was meant. \
None where the value goes into a file as well that is not XML: no spelling suits both.",
    concerns: Concerns::Nothing,
    needs: Needs::Nothing,
    references: &[],
};

fn needed(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &INFO, |file| NEEDED_TO_START.contains(&file), sink);
}

fn other(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &OTHER_FILE_INFO, |file| !NEEDED_TO_START.contains(&file), sink);
}

/// Adds a finding for every fault in one of these files.
fn findings(
    analysis: &Analysis<'_>,
    info: &'static RuleInfo,
    is_meant: impl Fn(&str) -> bool,
    sink: &mut Sink,
) {
    for issue in &analysis.server.template_issues {
        let TemplateIssueKind::IllFormed(fault) = &issue.kind else { continue };
        let files: Vec<&str> = issue.files.iter().copied().filter(|file| is_meant(file)).collect();
        if !files.is_empty() {
            sink.push(finding(info, issue, fault, &files, &analysis.view));
        }
    }
}

fn finding(
    info: &'static RuleInfo,
    template_issue: &TemplateIssue<'_>,
    fault: &XmlFault,
    files: &[&str],
    view: &Redacted<'_>,
) -> Diagnostic {
    let is_written = template_issue.text.written(fault.range.clone()).is_some();
    let text = &template_issue.text.text()[fault.range.clone()];
    let what = match fault.kind {
        XmlFaultKind::Entity if template_issue.is_own && is_written => {
            &format!("`{}`, which XML does not define,", short(text))
        }
        kind => words(kind).0,
    };
    let path = &template_issue.written.path;
    let name = match template_issue.is_own {
        true => view.path([template_issue.written.key()]),
        false => view.path(path.iter().copied()),
    };
    let place = match template_issue.role {
        Role::Key(_) if files == [APPLICATION_AUTHENTICATION] => "the name of a parameter",
        Role::Key(at) => &format!("a key of [{}]", view.path(path[..at].iter().copied())),
        Role::Attribute | Role::Value => &short(&name),
    };
    let names: Vec<&str> = files.iter().map(|file| shown(file)).collect();
    let message =
        format!("{what} in {place} makes {} ill-formed: {}", names.join(", "), consequence(files));
    let (_, label, help) = words(fault.kind);
    let label = Label::new(template_issue.text.place(fault.range.clone()), label);
    let severity = info.level.unwrap_or(Severity::Error);
    let finding =
        Diagnostic::new(info, severity, message, label).key(template_issue.written.dotted());
    if !is_written {
        return finding.help("a reference brings it in: escape it where it comes from");
    }
    let rest = &template_issue.text.text()[fault.range.start..];
    if rest.starts_with("<%") {
        return finding
            .help("this looks like a template that was not rendered: fill in the value first");
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
        return finding.help(format!(
            "choose another {thing}: this one goes into a file as well that is not XML, where \
             `&amp;` stands for nothing but itself"
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

/// A generated file as it is known: by its name alone where that is enough.
fn shown(file: &str) -> &str {
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
        XmlFaultKind::Ampersand => ("a bare `&`", "begins no reference", "write `&` as `&amp;`"),
        XmlFaultKind::Entity => (
            "an entity that XML does not define",
            "not defined",
            "write `&` as `&amp;`, or the character as a number: `&#160;`",
        ),
        XmlFaultKind::CharacterReference => {
            ("a reference to no character of XML", "no character", leave_out)
        }
        XmlFaultKind::Control => ("a control character", "not allowed in XML", leave_out),
        XmlFaultKind::LessThan => ("a bare `<`", "begins no tag", lower),
        XmlFaultKind::Unbalanced => {
            ("a tag without its counterpart", "closed nowhere, or closes nothing", lower)
        }
        XmlFaultKind::CdataEnd => {
            ("`]]>`", "ends a section that was never begun", "write `]]>` as `]]&gt;`")
        }
        XmlFaultKind::Quote => ("a double quote", "ends the attribute", "write `\"` as `&quot;`"),
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
