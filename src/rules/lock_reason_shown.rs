//! A page that tells that an account is locked.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "lock-reason-shown",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("lock_reason_shown.md")),
    concerns: Concerns::Named(&["showAuthFailureReason"]),
    ..RuleInfo::PLAIN
};

static WEAKNESS: Weakness = Weakness {
    info: &INFO,
    setting: "showAuthFailureReason",
    weak: Switch::On,
    given: None,
    message: "the page tells whoever is trying to log in that the account is locked, and for how long",
    fixable: false,
};
