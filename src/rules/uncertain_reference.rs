//! References to keys that are not in the file and may be among the shipped defaults.

use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "uncertain-reference",
    category: Category::Ignored,
    level: Some(Severity::Info),
    page: RulePage::new(include_str!("uncertain_reference.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for uncertain in &analysis.server.references.uncertain {
        let message = message!(
            "`{}` names a key that is not in the file: unless the shipped defaults hold it, the \
             server does not start",
            analysis.view.reference_at(uncertain.span)
        );
        sink.push(
            INFO.at(uncertain.span, message, "not in this file")
                .key(uncertain.key.clone())
                .help("set the key in this file to be sure")
                .once(),
        );
    }
}
