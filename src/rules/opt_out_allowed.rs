//! Users who may turn the second factor off.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "opt-out-allowed",
    category: Category::Security,
    level: None,
    summary: "users can opt out of the second factor",
    server: "\
SMSOTPEnableByUserClaim lets users turn SMS OTP off for themselves, and while SMSOTPMandatory is \
not true, a user who did so logs in with the first step alone. The shipped defaults of every \
release are so.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
SMSOTPEnableByUserClaim = false
",
    fixes: "None: weigh it against what your users need.",
    concerns: Concerns::Named(&["SMSOTPEnableByUserClaim", "SMSOTPMandatory"]),
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
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
