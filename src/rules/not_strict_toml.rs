//! Text that is not TOML, though the server's parser takes it.

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::toml::Document;

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "not-strict-toml",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("not_strict_toml.md")),
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
