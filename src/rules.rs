//! The rules: each looks at one document and says what the server will do with what is written.

mod bad_page;
mod bad_pattern;
mod disabled_authenticator;
mod foreign_parameter;
mod garbled_text;
mod legacy_authenticator;
mod literal_placeholder;
mod malformed_xml;
mod markup_in_value;
mod misplaced_parameter;
mod needs_companion;
mod needs_mandatory;
mod not_a_boolean;
mod not_a_choice;
mod not_a_number;
mod not_strict_toml;
mod opt_out_lockout;
mod parent_after_child;
mod quote_in_key;
mod quoted_scalar;
mod release_defect;
mod removed_page;
mod renamed_authenticator;
mod replaced_authenticator;
mod restates_default;
mod security;
mod shadowed_parameter;
mod suspicious_expiry;
mod template_expression;
mod toml_dialect;
mod toml_syntax;
mod too_new_parameter;
mod uncertain_reference;
mod unknown_parameter;
mod unknown_section;
mod unresolved_reference;
mod untrimmed_value;
pub(crate) mod unused_ignore;
mod wrong_shape;

use std::borrow::Cow;

use crate::catalogue::{Kind, Nearest, Parameter, Profile};
use crate::diagnostic::{Category, Diagnostic, RuleInfo};
use crate::fix::Edit;
use crate::redact::Redacted;
use crate::section::{Section, SettingEntry};
use crate::server::{Environment, Model};
use crate::settings::Settings;
use crate::source::{STDIN, Source, Span};
use crate::toml::{Document, Value, quoted_key};

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The file as written.
    pub document: &'c Document<'c>,
    /// What may be shown of it, and so repeated in a message.
    pub view: &'c Redacted<'c>,
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
    not_strict_toml::RULE,
    toml_dialect::RULE,
    parent_after_child::RULE,
    quote_in_key::RULE,
    unresolved_reference::RULE,
    uncertain_reference::RULE,
    literal_placeholder::RULE,
    malformed_xml::RULE,
    markup_in_value::RULE,
    template_expression::RULE,
    unknown_section::RULE,
    unknown_parameter::RULE,
    misplaced_parameter::RULE,
    foreign_parameter::RULE,
    wrong_shape::RULE,
    renamed_authenticator::RULE,
    replaced_authenticator::RULE,
    too_new_parameter::RULE,
    legacy_authenticator::RULE,
    release_defect::RULE,
    disabled_authenticator::RULE,
    not_a_boolean::RULE,
    not_a_number::RULE,
    not_a_choice::RULE,
    bad_page::RULE,
    removed_page::RULE,
    untrimmed_value::RULE,
    bad_pattern::RULE,
    suspicious_expiry::RULE,
    garbled_text::RULE,
    needs_mandatory::RULE,
    shadowed_parameter::RULE,
    needs_companion::RULE,
    opt_out_lockout::RULE,
    security::UNLIMITED_GUESSES,
    security::ANY_NUMBER,
    security::OPT_OUT_ALLOWED,
    security::WEAK_CODE,
    security::BACKUP_CODE_ON,
    security::INSECURE_PAGE,
    security::LOCK_REASON_SHOWN,
    restates_default::RULE,
    quoted_scalar::RULE,
    unused_ignore::RULE,
];

/// What the rules have to say about a document.
#[derive(Debug)]
pub struct Found {
    /// The findings of the rules that are on, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// Whether the server starts and finds its authenticators configured, whatever rules are on;
    /// `None` when that depends on what is not known.
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
        let view = Redacted::of(document, &Section::of(document));
        toml_syntax::check(document, &view, &mut findings);
        not_strict_toml::check(document, &mut findings);
        findings.sort_by_key(|finding| finding.primary.span);
        // What the server makes of a text that only it takes for TOML is not known.
        let stops = findings.iter().any(|finding| finding.rule.category == Category::Startup);
        return Found { findings, loads: stops.then_some(false) };
    }
    let mut section = Section::of(document);
    let model = Model::of(document, profile, environment);
    if !model.registration.is_active() {
        section.set_aside();
    }
    let settings = Settings::of(&section, profile, &model);
    let view = Redacted::of(document, &section);
    let context = Context {
        document,
        view: &view,
        section: &section,
        model: &model,
        settings: &settings,
        profile,
    };
    let stops = |info: &RuleInfo| info.category == Category::Startup;
    for rule in RULES.iter().filter(|rule| is_on(rule.info) || stops(rule.info)) {
        if let Some(check) = rule.check {
            check(&context, &mut findings);
        }
    }
    let loads = model.loads(findings.iter().any(|finding| stops(finding.rule)));
    findings.retain(|finding| is_on(finding.rule));
    keep_references(document, &section, &mut findings);
    for finding in &mut findings {
        let key = finding.key.take();
        finding.key = key.map(|key| view.path_at(&key, finding.primary.span).into_owned());
    }
    findings.sort_by_key(|diagnostic| diagnostic.primary.span);
    Found { findings, loads }
}

/// Takes back every fix that would put a literal in the place of a reference: what it stands for
/// is known for the environment of this run, and the next one may differ.
fn keep_references(
    document: &Document<'_>,
    section: &Section<'_, '_>,
    findings: &mut [Diagnostic],
) {
    let own = section.enable.iter().chain(&section.name).chain(&section.parameters);
    let references = own.filter(|written| matches!(written.entry.value, Value::Placeholder(_)));
    let mut references: Vec<Span> = references.map(|written| written.entry.value_span).collect();
    if references.is_empty() {
        return;
    }
    references.sort_unstable();
    for finding in findings {
        finding.fixes.retain(|fix| keeps_references(document.source(), &references, fix.edits()));
    }
}

/// Whether every reference that the edits take away is written again by one of them.
fn keeps_references(source: &Source, references: &[Span], edits: &[Edit]) -> bool {
    let texts = edits.iter().map(|edit| &edit.text).filter(|text| !text.is_empty());
    // What moves together keeps its order: each is looked for behind the one before first.
    let mut texts: Vec<(&str, usize)> = texts.map(|text| (text.as_str(), 0)).collect();
    edits.iter().all(|edit| {
        let first = references.partition_point(|reference| reference.start < edit.span.start);
        let gone = references[first..].iter().take_while(|span| span.start < edit.span.end);
        gone.filter(|span| edit.span.contains(**span)).all(|span| {
            let reference = source.slice(*span);
            texts.iter_mut().any(|(text, done)| {
                let behind = text[*done..].find(reference).map(|at| *done + at);
                let found = behind.or_else(|| text.find(reference));
                *done = found.map_or(*done, |at| at + reference.len());
                found.is_some()
            })
        })
    })
}

/// A value as the file has it, short enough for a message.
fn as_written<'d>(document: &'d Document<'_>, written: &SettingEntry<'_, '_>) -> Cow<'d, str> {
    clip(document.source().slice(written.entry.value_span), 40)
}

/// A text short enough for a message.
fn short(text: &str) -> Cow<'_, str> {
    clip(text, 100)
}

/// A name as TOML writes it, short enough for a message.
fn as_key(name: &str) -> Cow<'_, str> {
    match quoted_key(name) {
        Cow::Borrowed(name) => short(name),
        Cow::Owned(name) => Cow::Owned(short(&name).into_owned()),
    }
}

/// One line of a text, and no more than so many characters.
fn clip(text: &str, longest: usize) -> Cow<'_, str> {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= longest {
        return Cow::Borrowed(text);
    }
    Cow::Owned(line.chars().take(longest).chain(['…']).collect())
}

/// Adds the command that makes the change its last help speaks of; standard input has none.
fn with_command(finding: Diagnostic, context: &Context<'_>, name: &str, value: &str) -> Diagnostic {
    let file = context.document.source().name();
    if file == STDIN {
        return finding;
    }
    let lead = if file.starts_with('-') { "./" } else { "" };
    let file = for_shell(&format!("{lead}{file}")).into_owned();
    let assignment = format!("{name}={value}");
    finding.help(format!("`smsotp-lint set {file} {}` does that", for_shell(&assignment)))
}

/// A word as a shell wants it, in quotes where it needs them.
fn for_shell(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
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

/// Every string of this section that the template prints: the values, and those in arrays.
fn own_strings<'c>(
    section: &'c Section<'c, 'c>,
) -> impl Iterator<Item = (&'c SettingEntry<'c, 'c>, Span)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_word_that_was_meant() {
        for (word, expected) in [
            ("conf/deployment.toml", "conf/deployment.toml"),
            ("Tags=MFA", "Tags=MFA"),
            ("my conf/x.toml", "'my conf/x.toml'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(for_shell(word), expected);
        }
    }
}
