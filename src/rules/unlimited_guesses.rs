//! Wrong codes that are not counted.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "unlimited-guesses",
    category: Category::Security,
    level: None,
    summary: "EnableAccountLockingForFailedAttempts is not true",
    server: "\
Wrong codes are counted, and lock the account, only when EnableAccountLockingForFailedAttempts is \
true and only for local users; a federated user is never counted, and no setting replaces the code \
after a wrong one. The first release to read it is 5.11, which also needs the account locking of the \
tenant ([identity_mgt.account_locking]). In 5.11 and 6.0 nothing is counted while BackupCode is true \
and the claim of the backup codes is not mapped (product-is#8530). RetryEnable = false shows another \
page and does not limit guesses.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
EnableAccountLockingForFailedAttempts = true
",
    fixes: "Unsafe: EnableAccountLockingForFailedAttempts is set to true.",
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
