//! Comments that silence nothing.

use crate::rules::prelude::*;

/// The comments are looked at when every other finding is known, so policy raises this one.
pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

pub(crate) static INFO: RuleInfo = RuleInfo {
    name: "unused-ignore",
    category: Category::Meta,
    level: Some(Severity::Warning),
    summary: "an ignore comment that silences nothing, names no rule, or is not understood",
    server: "\
The server does not care. A comment that silences nothing is a promise about the file that no \
longer holds, and would hide the next mistake of its kind.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true # smsotp-lint: ignore[needs-mandatory] rolled out in May
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
    fixes: "Safe: the comment is deleted, or the name that silences nothing is taken out of it; neither where \
another rule is nearly named.",
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
