//! A page that tells that an account is locked.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "lock-reason-shown",
    category: Category::Security,
    level: None,
    summary: "the login page tells that an account is locked, and for how long",
    server: "\
With showAuthFailureReason = true the page tells whoever is trying to log in that the account is \
locked, and the minutes until it is unlocked; of other failures it tells nothing. The first release \
to read it is 5.11, and none turns it on by itself.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
showAuthFailureReason = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
showAuthFailureReason = false
",
    fixes: "None: weigh it against what your users need.",
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
