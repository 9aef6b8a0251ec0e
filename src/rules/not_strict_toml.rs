//! Text that is not TOML, though the server's parser takes it.

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::toml::Document;

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
    ..RuleInfo::PLAIN
};

const UNCHECKED: &str = "nothing else in this file is checked until it is TOML";

pub(super) fn check(document: &Document<'_>, view: &Redacted<'_>, sink: &mut Sink) {
    for fault in document.faults().iter().filter(|fault| fault.is_accepted()) {
        let mistake = fault.mistake;
        let finding = INFO
            .at(fault.span, view.fault(fault, false), mistake.label)
            .also_each(fault.also.iter().copied(), mistake.also);
        let is_first = !sink.iter().any(|finding| std::ptr::eq(finding.rule, &INFO));
        let advice = mistake.help.iter().copied().chain(is_first.then_some(UNCHECKED));
        sink.push(advice.fold(finding, Diagnostic::help));
    }
}
