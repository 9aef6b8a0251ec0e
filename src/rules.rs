//! The rules: each looks at one document and says what the server will do with what is written.

mod disabled_authenticator;
mod foreign_parameter;
mod misplaced_parameter;
mod needs_mandatory;
mod not_a_boolean;
mod not_a_choice;
mod not_a_number;
mod renamed_authenticator;
mod replaced_authenticator;
mod shadowed_parameter;
mod toml_syntax;
mod unknown_parameter;
mod unknown_section;
mod wrong_shape;

use std::borrow::Cow;

use crate::catalogue::{Kind, Nearest, Parameter, Profile};
use crate::diagnostic::{Diagnostic, RuleInfo};
use crate::document::Document;
use crate::section::{Section, Written};
use crate::settings::Settings;

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The file as written.
    pub document: &'c Document<'c>,
    /// What it says about SMS OTP.
    pub section: &'c Section<'c, 'c>,
    /// The values the server uses.
    pub settings: &'c Settings<'c>,
    /// Whose defaults apply.
    pub profile: Profile,
}

/// Where a rule puts what it finds.
pub type Sink = Vec<Diagnostic>;

/// A rule: what is publicly known of it, and the function that looks.
#[derive(Debug)]
pub struct Rule {
    /// Its name, level and documentation.
    pub info: &'static RuleInfo,
    /// Adds its findings; `None` where another stage of the program raises them.
    pub check: Option<fn(&Context<'_>, &mut Sink)>,
}

/// Every rule, in the order of the documentation. This table is the registration.
pub static RULES: &[Rule] = &[
    toml_syntax::RULE,
    unknown_section::RULE,
    unknown_parameter::RULE,
    misplaced_parameter::RULE,
    foreign_parameter::RULE,
    wrong_shape::RULE,
    renamed_authenticator::RULE,
    replaced_authenticator::RULE,
    disabled_authenticator::RULE,
    not_a_boolean::RULE,
    not_a_number::RULE,
    not_a_choice::RULE,
    needs_mandatory::RULE,
    shadowed_parameter::RULE,
];

/// Everything the rules that are on find in a document, in the order of the file.
pub fn check(
    document: &Document<'_>,
    profile: Profile,
    is_on: impl Fn(&RuleInfo) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !document.faults().is_empty() {
        toml_syntax::check(document, &mut found);
        return found;
    }
    let section = Section::of(document).judged();
    let settings = Settings::of(&section, profile);
    let context = Context { document, section: &section, settings: &settings, profile };
    for check in RULES.iter().filter(|rule| is_on(rule.info)).filter_map(|rule| rule.check) {
        check(&context, &mut found);
    }
    found.sort_by_key(|diagnostic| diagnostic.primary.span);
    found
}

/// A value as the file has it, short enough for a message.
fn as_written<'d>(document: &'d Document<'_>, written: &Written<'_, '_>) -> Cow<'d, str> {
    const LONGEST: usize = 40;
    let text = document.source().slice(written.entry.value_span);
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    Cow::Owned(line.chars().take(LONGEST).chain(['…']).collect())
}

/// What becomes of a parameter that the file fails to set.
fn keeps(parameter: &Parameter, profile: Profile) -> String {
    match parameter.default(profile) {
        Some(default) => format!("{} keeps its default {default}", parameter.name),
        None => format!("{} stays unset", parameter.name),
    }
}

/// What to do with a value that counts in another unit than the parameter it was meant for.
fn other_unit(wrong: &str, near: Nearest) -> Option<String> {
    let (right, unit) = (near.parameter.name, near.unit?);
    let Kind::Number { unit: own, .. } = near.parameter.kind else { return None };
    let own = own.as_str();
    Some(format!(
        "the nearest name is {right}, which counts {own}, where {wrong} counts {unit}: convert \
         the value"
    ))
}
