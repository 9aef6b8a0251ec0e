//! The rules: each looks at one document and says what the server will do with what is written.

mod disabled_authenticator;
mod garbled_text;
mod literal_placeholder;
mod malformed_xml;
mod markup_in_value;
mod misplaced_parameter;
mod needs_mandatory;
mod not_a_boolean;
mod not_a_choice;
mod not_a_number;
mod shadowed_parameter;
mod template_expression;
mod toml_syntax;
mod uncertain_reference;
mod unknown_parameter;
mod unknown_section;
mod unresolved_reference;

use std::borrow::Cow;

use crate::catalogue::Profile;
use crate::diagnostic::{Category, Diagnostic, RuleInfo};
use crate::document::{Document, Value};
use crate::fix::Edit;
use crate::section::{Section, Written};
use crate::server::{Environment, Model};
use crate::settings::Settings;
use crate::source::Span;

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The file as written.
    pub document: &'c Document<'c>,
    /// What it says about SMS OTP.
    pub section: &'c Section<'c, 'c>,
    /// What the server makes of it.
    pub model: &'c Model<'c>,
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
    unresolved_reference::RULE,
    uncertain_reference::RULE,
    literal_placeholder::RULE,
    malformed_xml::RULE,
    markup_in_value::RULE,
    template_expression::RULE,
    unknown_section::RULE,
    unknown_parameter::RULE,
    misplaced_parameter::RULE,
    disabled_authenticator::RULE,
    not_a_boolean::RULE,
    not_a_number::RULE,
    not_a_choice::RULE,
    garbled_text::RULE,
    needs_mandatory::RULE,
    shadowed_parameter::RULE,
];

/// What the rules have to say about a document.
#[derive(Debug)]
pub struct Found {
    /// The findings of the rules that are on, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// Whether the server starts and finds its authenticators configured, whatever rules are on;
    /// `None` when that hangs on what is not known.
    pub loads: Option<bool>,
}

/// Runs the rules over a document.
pub fn check(
    document: &Document<'_>,
    profile: Profile,
    environment: &Environment,
    is_on: impl Fn(&RuleInfo) -> bool,
) -> Found {
    let mut findings = Vec::new();
    if !document.faults().is_empty() {
        toml_syntax::check(document, &mut findings);
        return Found { findings, loads: Some(false) };
    }
    let section = Section::of(document);
    let model = Model::of(document, profile, environment);
    let settings = Settings::of(&section, profile, &model);
    let context =
        Context { document, section: &section, model: &model, settings: &settings, profile };
    let stops = |info: &RuleInfo| info.category == Category::Startup;
    for rule in RULES.iter().filter(|rule| is_on(rule.info) || stops(rule.info)) {
        if let Some(check) = rule.check {
            check(&context, &mut findings);
        }
    }
    let loads = model.loads(findings.iter().any(|finding| stops(finding.rule)));
    findings.retain(|finding| is_on(finding.rule));
    keep_references(&section, &mut findings);
    findings.sort_by_key(|diagnostic| diagnostic.primary.span);
    Found { findings, loads }
}

/// Takes away the fixes that would write something else in the place of a reference: what it
/// leads to is known here and may differ wherever else the file is used.
fn keep_references(section: &Section<'_, '_>, findings: &mut [Diagnostic]) {
    let own = section.enable.iter().chain(&section.name).chain(&section.parameters);
    let mut references: Vec<Span> = own
        .filter(|written| matches!(written.entry.value, Value::Placeholder(_)))
        .map(|written| written.entry.value_span)
        .collect();
    references.sort_unstable();
    let covers_one = |edit: &Edit| {
        let next = references.partition_point(|span| span.start < edit.span.start);
        references.get(next).is_some_and(|span| edit.span.contains(*span))
    };
    for finding in findings {
        finding.fixes.retain(|fix| !fix.edits().iter().any(covers_one));
    }
}

/// A value as the file has it, short enough for a message.
fn as_written<'d>(document: &'d Document<'_>, written: &Written<'_, '_>) -> Cow<'d, str> {
    clip(document.source().slice(written.entry.value_span), 40)
}

/// A text short enough for a message.
fn short(text: &str) -> Cow<'_, str> {
    clip(text, 100)
}

/// One line of a text, and no more than so many characters.
fn clip(text: &str, longest: usize) -> Cow<'_, str> {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= longest {
        return Cow::Borrowed(text);
    }
    Cow::Owned(line.chars().take(longest).chain(['…']).collect())
}

/// Every string of this section that the template prints: the values, and those in arrays.
fn own_strings<'c>(
    section: &'c Section<'c, 'c>,
) -> impl Iterator<Item = (&'c Written<'c, 'c>, Span)> {
    let own = section.enable.iter().chain(&section.name).chain(&section.parameters);
    own.flat_map(|written| {
        let items = match &written.entry.value {
            Value::Array(elements) => &elements[..],
            _ => &[],
        };
        let inside = items.iter().map(|element| (&element.value, element.span));
        std::iter::once((&written.entry.value, written.entry.value_span))
            .chain(inside)
            .filter(|(value, _)| matches!(value, Value::String(_) | Value::Placeholder(_)))
            .map(move |(_, span)| (written, span))
    })
}
