//! A number for the code that the user chooses.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "any-number",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("any_number.md")),
    concerns: Concerns::Named(&["SMSOTPMandatory", "SendOTPDirectlyToMobile"]),
    ..RuleInfo::PLAIN
};

static WEAKNESS: Weakness = Weakness {
    info: &INFO,
    setting: "SendOTPDirectlyToMobile",
    weak: Switch::On,
    given: Some(("SMSOTPMandatory", Switch::On)),
    message: "a user who is not in the user store chooses the number that gets the code",
    fixable: false,
};
