//! Users who may turn the second factor off.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "opt-out-allowed",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("opt_out_allowed.md")),
    concerns: Concerns::Named(&["SMSOTPEnableByUserClaim", "SMSOTPMandatory"]),
    ..RuleInfo::PLAIN
};

static WEAKNESS: Weakness = Weakness {
    info: &INFO,
    setting: "SMSOTPEnableByUserClaim",
    weak: Switch::On,
    given: Some(("SMSOTPMandatory", Switch::Off)),
    message: "users can opt out of the second factor",
    fixable: false,
};
