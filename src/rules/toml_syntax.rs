//! Text that is not TOML.

use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::document::{Document, FaultKind};
use crate::rules::{Rule, Sink};

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "toml-syntax",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "text that is not TOML",
    server: "",
    example: "",
    instead: "",
    fixes: "",
    references: &[],
};

pub(super) fn check(document: &Document<'_>, sink: &mut Sink) {
    for fault in document.faults() {
        let FaultKind::Other(what) = &fault.kind;
        let label = Label::new(fault.span, "here");
        sink.push(Diagnostic::new(&INFO, Severity::Error, what.clone(), label));
    }
}
