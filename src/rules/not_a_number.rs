//! Placeholder until its slice lands.

use crate::diagnostic::{Category, RuleInfo, Severity};
use crate::rules::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "not-a-number",
    category: Category::Value,
    level: Some(Severity::Error),
    summary: "",
    server: "",
    example: "",
    instead: "",
    fixes: "",
    references: &[],
};

fn check(_context: &Context<'_>, _sink: &mut Sink) {}
