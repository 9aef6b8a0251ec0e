//! Patterns that no Java regex compiler accepts.

use crate::catalogue::{Flaw, Kind};
use crate::rules::prelude::*;
use crate::server::java_regex;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "bad-pattern",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("bad_pattern.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Pattern)),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.scalars() {
        let parameter = setting.parameter;
        let Kind::Pattern = parameter.kind else { continue };
        // `(?&lt;=a)` compiles, because the server reads the entity as the character.
        if text.contains('&') && text.contains(';') {
            continue;
        }
        let Some(fault) = java_regex::fault(text) else { continue };
        let misread = parameter.consequence(Flaw::Unusable, analysis.profile).unwrap_or_default();
        let message = match setting.is_from_reference() {
            true => message!("{} is no pattern: {}", parameter.name, misread),
            false => message!("{} has {}: {}", parameter.name, fault, misread),
        };
        sink.push(
            INFO.at_value(written, message, "Java cannot compile this")
                .help("write a pattern in the syntax of java.util.regex.Pattern")
                .help("a TOML string in single quotes takes backslashes as they are"),
        );
    }
}
