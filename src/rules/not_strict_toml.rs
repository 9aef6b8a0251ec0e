//! Text that is not TOML, though the server's parser takes it.

use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::rules::{Rule, Sink};
use crate::toml::{Document, Fault, FaultKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "not-strict-toml",
    category: Category::Value,
    level: Some(Severity::Error),
    summary: "text that is not TOML, though the server's parser takes it",
    server: "\
A few texts that no TOML allows pass the server's parser: control characters in comments, \
carriage returns in comments (everything up to the next line feed is then part of the comment), \
halves of characters such as \\ud800, and inline tables that are extended from outside. Other \
tools that read the file refuse it, and this one checks nothing else in it, as little as in a \
file that nests more than 80 levels deep.",
    example: "\
[authentication.authenticator.sms_otp]
parameters = { BackupCode = false }
parameters.RetryEnable = false
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
BackupCode = false
RetryEnable = false
",
    fixes: "None: what was meant cannot be told for certain from a text that is not TOML.",
    references: &[],
};

const UNCHECKED: &str = "nothing else in this file is checked until it is TOML";

/// What is said of a kind of fault.
struct FaultText {
    message: String,
    label: &'static str,
    help: &'static str,
}

pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    let accepted = document.faults().iter().filter(|fault| fault.is_accepted());
    let mut findings: Vec<_> = accepted.filter_map(finding).collect();
    if let Some(first) = findings.first_mut() {
        first.help.push(UNCHECKED.into());
    }
    sink.append(&mut findings);
}

fn finding(fault: &Fault) -> Option<Diagnostic> {
    let FaultText { message, label, help } = words(&fault.kind)?;
    let label = Label::new(fault.span, label);
    let mut finding = Diagnostic::new(&INFO, Severity::Error, message, label).help(help);
    for span in &fault.also {
        finding = finding.also(*span, "the inline table");
    }
    Some(finding)
}

fn words(kind: &FaultKind) -> Option<FaultText> {
    Some(match kind {
        FaultKind::CommentControl(c) => FaultText {
            message: format!(
                "a comment holds a control character (U+{:04X}): this is not TOML, though the \
                 server's parser reads past it",
                u32::from(*c)
            ),
            label: "holds a control character",
            help: "delete the control character",
        },
        FaultKind::CommentReturn => FaultText {
            message: "a comment holds a carriage return without a line feed: this is not TOML, \
                      and the server takes everything up to the next line feed for the comment"
                .to_owned(),
            label: "the comment goes on behind the carriage return",
            help: "end the lines with LF, or with CR and LF, so that settings behind it are read",
        },
        FaultKind::Surrogate => FaultText {
            message: "an escape names half a character: this is not TOML, though the server's \
                      parser takes it"
                .to_owned(),
            label: "half a character",
            help: "write the character itself, or \\U and the eight digits of the whole character",
        },
        FaultKind::ExtendsInlineTable => FaultText {
            message: "an inline table is extended from outside: this is not TOML, though the \
                      server's parser adds to it"
                .to_owned(),
            label: "extends it",
            help: "write the key inside of the braces, or write the inline table as a [table]",
        },
        FaultKind::TooDeep => FaultText {
            message: "something nests more than 80 levels deep: TOML readers go no deeper, and \
                      whether the server does is not known"
                .to_owned(),
            label: "too deep",
            help: "use fewer levels",
        },
        _ => return None,
    })
}
