//! Texts that make an XML file ill-formed without which the server does not complete its start or
//! has no authenticator.

use crate::rules::ill_formed::findings;
use crate::rules::prelude::*;
use crate::server::NEEDED_TO_START;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-xml",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("malformed_xml.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &INFO, |file| NEEDED_TO_START.contains(&file), sink);
}
