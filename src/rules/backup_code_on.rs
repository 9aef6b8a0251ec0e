//! Backup codes in the place of the code sent by SMS.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "backup-code-on",
    category: Category::Security,
    level: None,
    summary: "a backup code replaces the code sent by SMS",
    server: "\
While BackupCode is true, a user can type a backup code in place of the code sent by SMS, so that the \
phone is no longer needed; from 5.11 on a local user only. Every release ships true, and none maps \
the claim that holds the codes, without which there are none to type.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
BackupCode = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
BackupCode = false
",
    fixes: "None: weigh it against what your users need.",
    concerns: Concerns::Named(&["BackupCode"]),
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
    ..RuleInfo::PLAIN
};

static WEAKNESS: Weakness = Weakness {
    info: &INFO,
    setting: "BackupCode",
    weak: Switch::On,
    given: None,
    message: "a backup code takes the place of the code sent by SMS",
    fixable: false,
};
