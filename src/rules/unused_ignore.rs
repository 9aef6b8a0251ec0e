//! Comments that silence nothing.

use crate::rules::prelude::*;

/// The comments are looked at when every other finding is known, so policy raises this one.
pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

pub(crate) static INFO: RuleInfo = RuleInfo {
    name: "unused-ignore",
    category: Category::Meta,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("unused_ignore.md")),
    ..RuleInfo::PLAIN
};

/// How such a comment is written.
pub(crate) const SYNTAX: &str = "write # smsotp-lint: ignore[rule] reason";

/// A finding on a comment. Names are only repeated when they are rules: a comment may hold
/// anything.
pub(crate) fn finding(comment: Span, idle: &[&'static str], names_no_rule: bool) -> Diagnostic {
    let names = || Message::joined(idle.iter().copied().map(Message::from), ", ");
    let message = match (idle, names_no_rule) {
        ([], true) => "this comment names a rule that does not exist".into(),
        ([], false) => "this comment names no rule, and so silences nothing".into(),
        (_, true) => message!("no finding of {} is here, and another name is no rule", names()),
        (_, false) => message!("there is no finding of {} here to ignore", names()),
    };
    INFO.at(comment, message, "silences nothing")
}

/// A comment that speaks to this tool in words it does not know.
pub(crate) fn malformed(comment: Span) -> Diagnostic {
    let message = "this comment is not understood, and so silences nothing";
    INFO.at(comment, message, "silences nothing").help(SYNTAX)
}
