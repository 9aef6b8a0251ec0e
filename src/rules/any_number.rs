//! A number for the code that the user chooses.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "any-number",
    category: Category::Security,
    level: None,
    summary: "SendOTPDirectlyToMobile lets an unknown user choose the number",
    server: "\
When SMSOTPMandatory and SendOTPDirectlyToMobile are both true, a user who is not in the user \
store types a number and gets the code there. Nothing ties that number to the user, and the \
number pattern of the IdP connection is not checked on the server.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
SendOTPDirectlyToMobile = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
    fixes: "None: weigh it against what your users need.",
    concerns: Concerns::Named(&["SMSOTPMandatory", "SendOTPDirectlyToMobile"]),
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
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
