//! Facts -> a few paragraphs of Markdown, for the pointer in an editor.

use std::fmt::Write;

use super::facts::{Default, defaults};
use super::schema::sentence;
use crate::catalogue::{Flaw, Parameter, Profile, Release};
use crate::diagnostic::RuleInfo;
use crate::markdown::code;
use crate::section::SmsOtp;

/// What a rule reports, and what the server does.
pub(super) fn rule(rule: &RuleInfo) -> String {
    let title = format!("**{}** ({})", rule.name, rule.category.as_str());
    let mut page =
        format!("{title}\n\n{}\n\n{}", sentence(rule.page.summary()), rule.page.server());
    link(&mut page, rule.page.references().first().copied());
    page
}

/// What a setting does, and what it is when the file does not say it.
pub(super) fn parameter(of: SmsOtp, parameter: &Parameter) -> String {
    let kind = parameter.kind.describe();
    let mut page = format!("**{}**: {kind}\n\n{}", parameter.name, sentence(parameter.summary));
    let _ = write!(page, " {}", parameter.detail);
    if let Some(told) = parameter.consequence(Flaw::Unusable, Profile::default()) {
        let _ = write!(page, "\n\nA value the server cannot use: {told}.");
    }
    page.push_str("\n\n");
    page.push_str(&told(&defaults(of, parameter)));
    if parameter.since != Release::ALL[0] {
        let _ = write!(page, "\n\nRead from release {} on.", parameter.since);
    }
    link(&mut page, parameter.page);
    page
}

fn told(defaults: &[Default]) -> String {
    if let [always] = defaults {
        return format!("Default: {}.", always.text(code));
    }
    let lines = defaults.iter().map(|run| format!("- {}: {}", run.releases(), run.text(code)));
    format!("Default by release:\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn link(page: &mut String, address: Option<&str>) {
    if let Some(address) = address {
        let _ = write!(page, "\n\n[Documentation]({address})");
    }
}
