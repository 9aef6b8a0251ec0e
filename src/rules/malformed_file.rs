//! Texts that make a generated XML file ill-formed that the server starts without.

use crate::rules::ill_formed::findings;
use crate::rules::prelude::*;
use crate::server::NEEDED_TO_START;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-file",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("malformed_file.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &INFO, |file| !NEEDED_TO_START.contains(&file), sink);
}
