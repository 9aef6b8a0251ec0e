//! Backup codes in the place of the code sent by SMS.

use crate::rules::prelude::*;
use crate::rules::weakness::Weakness;

pub(super) const RULE: Rule =
    Rule { info: &INFO, check: Some(|analysis, sink| sink.extend(WEAKNESS.finding(analysis))) };

static INFO: RuleInfo = RuleInfo {
    name: "backup-code-on",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("backup_code_on.md")),
    concerns: Concerns::Named(&["BackupCode"]),
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
