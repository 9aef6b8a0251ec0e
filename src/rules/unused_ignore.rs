//! Comments that silence nothing.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::rules::Rule;
use crate::source::Span;

/// The comments are looked at when every other finding is known, so policy raises this one.
pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

pub(crate) static INFO: RuleInfo = RuleInfo {
    name: "unused-ignore",
    category: Category::Meta,
    level: Some(Severity::Warning),
    summary: "an ignore comment that silences nothing, or names no rule",
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
    fixes: "Safe: the comment is deleted, or the name that silences nothing is taken out of it.",
    concerns: Concerns::Nothing,
    needs: Needs::Nothing,
    references: &[],
};

/// A finding on a comment. Names are only repeated when they are rules: a comment may hold
/// anything.
pub(crate) fn finding(comment: Span, idle: &[&str], names_no_rule: bool) -> Diagnostic {
    let message = match (idle, names_no_rule) {
        ([], true) => "this comment names a rule that does not exist".to_owned(),
        ([], false) => "this comment names no rule, and so silences nothing".to_owned(),
        (names, true) => {
            format!("no finding of {} is here, and another name is no rule", names.join(", "))
        }
        (names, false) => format!("no finding of {} is here to be ignored", names.join(", ")),
    };
    let label = Label::new(comment, "silences nothing");
    Diagnostic::new(&INFO, Severity::Warning, message, label)
}
