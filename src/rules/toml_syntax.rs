//! Text that is not TOML, to the server either.

mod words;

use crate::catalogue::{self, Kind};
use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::document::{Document, Fault, FaultKind, leading_keys, quoted_string};
use crate::rules::{Rule, Sink};
use crate::section::speaks_of_section;
use crate::source::Span;

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "toml-syntax",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "text that is not TOML",
    server: "\
The server reads the whole of deployment.toml with a TOML parser before anything else, and does \
not start when that fails, whichever section the mistake is in. The usual mistakes are a text \
without quotes, True or yes for a boolean, a number with a unit, typographic quotes from a \
document or a chat, a Windows path in double quotes, a template that was not rendered, a merge \
that was not finished, and a key or table that is there twice, often because a block from the \
documentation was pasted below an older one. Faults are told in the order of the file, up to the \
first that leaves the rest in doubt.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
screenUserAttribute = \"http://wso2.org/claims/mobile\"
noOfDigits = 4
order = backward
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
screenUserAttribute = \"http://wso2.org/claims/mobile\"
noOfDigits = 4
order = \"backward\"
",
    fixes: "None: what was meant cannot be told for certain from a text that does not parse.",
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
};

const CONSEQUENCE: &str = "the server does not start with a file that is not TOML";

/// The longest text of the file that a message repeats, in characters.
const LONGEST: usize = 72;

pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    let faults = document.faults().iter().filter(|fault| !fault.is_accepted());
    sink.extend(faults.map(|fault| finding(document, fault)));
}

fn finding(document: &Document<'_>, fault: &Fault) -> Diagnostic {
    let words = words::words(&fault.kind);
    let visible = speaks_of_section(document, fault.span.start);
    let shown = shown_text(document, fault, visible);
    let subject = match shown {
        Some(text) => format!("`{text}`"),
        None => words.subject.to_owned(),
    };
    let message = format!("{subject} {}: {CONSEQUENCE}", words.says);
    let label = Label::new(fault.span, words.label);
    let mut finding = Diagnostic::new(&INFO, Severity::Error, message, label);
    for span in &fault.also {
        finding = finding.also(*span, words.also);
    }
    match shown.and_then(|text| own_help(document, fault, text)) {
        Some(help) => finding.help(help),
        None => words.help.iter().fold(finding, |finding, help| finding.help(*help)),
    }
}

/// The text at a fault, where a message may repeat it: names anywhere, values only in this
/// section.
fn shown_text<'s>(document: &Document<'s>, fault: &Fault, visible: bool) -> Option<&'s str> {
    let may = match fault.kind {
        FaultKind::KeyTwice
        | FaultKind::TableTwice
        | FaultKind::TableAfterDottedKey
        | FaultKind::DottedKeyIntoTable
        | FaultKind::Clash
        | FaultKind::BareReference => true,
        FaultKind::BareWord
        | FaultKind::Boolean { .. }
        | FaultKind::Null
        | FaultKind::NumberWithUnit
        | FaultKind::LeadingZero
        | FaultKind::NumberTooLarge
        | FaultKind::Number(_)
        | FaultKind::Datetime(_)
        | FaultKind::KeyCharacter => visible,
        _ => false,
    };
    let text = document.source().slice(fault.span);
    let short = text.chars().nth(LONGEST).is_none() && !text.contains(['\n', '\r', '`']);
    (may && short && !text.is_empty()).then_some(text)
}

/// What to write, spelt out for the text at the fault.
fn own_help(document: &Document<'_>, fault: &Fault, text: &str) -> Option<String> {
    let assigned = assigned(document, fault);
    match fault.kind {
        FaultKind::BareWord => {
            Some(format!("put quotes around it: {assigned}{}", quoted_string(text)))
        }
        FaultKind::BareReference => Some(format!("put quotes around it: {}", quoted_string(text))),
        FaultKind::Boolean { meant } => Some(format!("write {assigned}{meant}")),
        FaultKind::NumberWithUnit => {
            let name = leading_keys(assigned).0.pop()?.name;
            let parameter = catalogue::parameter(&name)?;
            let Kind::Number { unit, .. } = parameter.kind else { return None };
            Some(format!("{name} counts {}: write it in digits alone", unit.as_str()))
        }
        _ => None,
    }
}

/// `key = ` as written, where the fault is the whole value of a key on the same line.
fn assigned<'s>(document: &Document<'s>, fault: &Fault) -> &'s str {
    let source = document.source();
    let line = source.line_span(source.line_of(fault.span.start));
    let before = source.slice(Span::new(line.start, fault.span.start));
    let key = before.rsplit(['{', ',']).next().unwrap_or_default().trim_start();
    let is_key = key.trim_end().ends_with('=') && key.chars().nth(LONGEST).is_none();
    if is_key { key } else { "" }
}
