//! Wrong codes that are not counted.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "unlimited-guesses",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("unlimited_guesses.md")),
    concerns: Concerns::Named(&["EnableAccountLockingForFailedAttempts"]),
    ..RuleInfo::PLAIN
};

static WEAKNESS: Weakness = Weakness {
    info: &INFO,
    setting: "EnableAccountLockingForFailedAttempts",
    weak: Switch::Off,
    given: None,
    message: "wrong codes are not counted, and the code stays valid until it expires",
    fixable: true,
};
