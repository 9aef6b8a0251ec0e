//! The rules: each looks at one document and says what the server will do with what is written.

mod after_secrets;
mod any_number;
mod backup_code_on;
mod bad_page;
mod bad_pattern;
mod disabled_authenticator;
mod findings;
mod foreign_parameter;
mod garbled_text;
mod ill_formed;
mod insecure_page;
mod legacy_authenticator;
mod literal_placeholder;
mod lock_reason_shown;
mod lost_setting;
mod malformed_file;
mod malformed_xml;
mod markup_in_value;
mod misplaced_parameter;
mod needs_companion;
mod needs_mandatory;
mod no_login;
mod no_section;
mod not_a_boolean;
mod not_a_choice;
mod not_a_number;
mod not_strict_toml;
mod odd_variable;
mod opt_out_allowed;
mod opt_out_lockout;
mod parent_after_child;
mod prelude;
mod quote_in_key;
mod quoted_scalar;
mod refused_value;
mod release_defect;
mod removed_page;
mod renamed_authenticator;
mod replaced_authenticator;
mod restates_default;
mod shadowed_parameter;
mod suspicious_expiry;
mod template_expression;
mod toml_dialect;
mod toml_syntax;
mod too_new_parameter;
mod uncertain_reference;
mod unexpected_outcome;
mod unknown_parameter;
mod unknown_section;
mod unlimited_guesses;
mod unresolved_reference;
mod untrimmed_value;
pub(crate) mod unused_ignore;
mod weak_code;
mod weakness;
mod wrong_shape;

use crate::analysis::Analysis;
use crate::catalogue::{Foreign, Kind, Nearest, Parameter, Profile};
use crate::diagnostic::{Diagnostic, Relation, RuleInfo};
use crate::message::{Message, Shown, message};
use crate::section::{Attempt, Section, SettingEntry, WrongShape};
use crate::source::{STDIN, Span};
use crate::toml::Value;

/// Where a rule puts what it finds.
pub type Sink = Vec<Diagnostic>;

/// A rule: what is publicly known of it, and the function that looks.
#[derive(Debug)]
pub struct Rule {
    /// Its name, level and documentation.
    pub info: &'static RuleInfo,
    /// Adds its findings; `None` where another stage of the program raises them.
    pub check: Option<fn(&Analysis<'_>, &mut Sink)>,
}

/// Every rule, in the order of the documentation. This table is the registration.
pub static RULES: &[Rule] = &[
    toml_syntax::RULE,
    not_strict_toml::RULE,
    toml_dialect::RULE,
    parent_after_child::RULE,
    quote_in_key::RULE,
    refused_value::RULE,
    unresolved_reference::RULE,
    uncertain_reference::RULE,
    odd_variable::RULE,
    literal_placeholder::RULE,
    malformed_xml::RULE,
    malformed_file::RULE,
    markup_in_value::RULE,
    template_expression::RULE,
    unknown_section::RULE,
    lost_setting::RULE,
    no_section::RULE,
    after_secrets::RULE,
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
    no_login::RULE,
    unexpected_outcome::RULE,
    opt_out_lockout::RULE,
    unlimited_guesses::RULE,
    any_number::RULE,
    opt_out_allowed::RULE,
    weak_code::RULE,
    backup_code_on::RULE,
    insecure_page::RULE,
    lock_reason_shown::RULE,
    restates_default::RULE,
    quoted_scalar::RULE,
    unused_ignore::RULE,
];

/// Whether a rule looks at a setting of the built-in SMS OTP, given that it looks at the one of this
/// name in `sms_otp`.
pub fn looks_at_built_in(rule: &RuleInfo, setting: &Parameter) -> bool {
    const RULES: [&str; 8] = [
        "unknown-section",
        "unknown-parameter",
        "misplaced-parameter",
        "wrong-shape",
        "renamed-authenticator",
        "too-new-parameter",
        "not-a-boolean",
        "bad-page",
    ];
    const OF_ONE: (&str, &str) = ("shadowed-parameter", "enableRetryFromAuthenticator");
    RULES.contains(&rule.name) || OF_ONE == (rule.name, setting.name)
}

/// What the rules that are on have to say about a file, in the order of the file; their fixes are
/// unproven.
pub fn run(analysis: &Analysis<'_>, is_on: impl Fn(&RuleInfo) -> bool) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if analysis.document.is_toml() {
        for rule in RULES.iter().filter(|rule| is_on(rule.info)) {
            if let Some(check) = rule.check {
                check(analysis, &mut findings);
            }
        }
    } else {
        // Both can be neither allowed nor ignored.
        toml_syntax::check(analysis.document, &analysis.view, &mut findings);
        not_strict_toml::check(analysis.document, &analysis.view, &mut findings);
    }
    for finding in &mut findings {
        let key = finding.key.take();
        finding.key = key.map(|key| analysis.view.path_at(&key, finding.primary.span).into_owned());
    }
    findings.sort_by_cached_key(|finding| finding.primary.span);
    findings
}

/// A finding that follows from a try at a setting which the server does not read.
fn after_attempt(finding: Diagnostic, attempt: Attempt<'_, '_>, name: &'static str) -> Diagnostic {
    let consequence = Some(finding.message.clone());
    finding
        .also(attempt.written.span(), message!("the server does not read this as {}", name))
        .relates(Relation::FollowsFrom { place: attempt.reported, consequence })
}

/// Adds the command that makes the change its last help speaks of; standard input has none.
fn with_command(
    finding: Diagnostic,
    analysis: &Analysis<'_>,
    name: &'static str,
    value: &'static str,
) -> Diagnostic {
    match set_command(analysis, name, value) {
        Some(command) => finding.help(message!("`{}` does that", command)),
        None => finding,
    }
}

/// The command that makes a change; standard input has none.
fn set_command(
    analysis: &Analysis<'_>,
    name: &'static str,
    value: &'static str,
) -> Option<Message> {
    let is_file = analysis.document.source().name() != STDIN;
    let file = is_file.then(|| analysis.view.file_for_shell())?;
    Some(message!("smsotp-lint set {} {}={}", file, name, value))
}

/// A setting with its value as TOML writes it: numbers and switches bare.
fn assignment(name: &'static str, value: &'static str) -> Message {
    let is_bare = value.parse::<u32>().is_ok() || ["true", "false"].contains(&value);
    match is_bare {
        true => message!("{} = {}", name, value),
        false => message!("{} = \"{}\"", name, value),
    }
}

/// The name of a setting of another part of the server that is written as a table, with what is
/// below it where that name has a dot.
fn foreign_name(analysis: &Analysis<'_>, foreign: &Foreign, table: &WrongShape<'_>) -> Shown {
    match &table.entries[..] {
        [only] if foreign.name.contains('.') => {
            analysis.view.dotted(only.path.iter().skip(table.path.len() - 1).copied())
        }
        _ => analysis.view.dotted(table.path.last().copied()),
    }
}

/// What becomes of a parameter that the file fails to set.
fn keeps(parameter: &'static Parameter, profile: Profile) -> Message {
    match parameter.default(profile) {
        Some(default) => message!("{} keeps its default {}", parameter.name, default),
        None => message!("{} stays unset", parameter.name),
    }
}

/// What to do with a value that counts in another unit than the parameter it was meant for.
fn other_unit(wrong: &Shown, near: Nearest) -> Option<Message> {
    let (right, unit) = (near.parameter.name, near.unit?);
    let Kind::Number { unit: own, .. } = near.parameter.kind else { return None };
    let own = own.as_str();
    Some(message!(
        "the nearest name is {}, which counts {}, where {} counts {}: convert the value",
        right,
        own,
        wrong,
        unit
    ))
}

/// Every string of this section that the template prints: the values, and those in arrays.
fn own_strings<'c>(section: &'c Section<'c>) -> impl Iterator<Item = (&'c SettingEntry<'c>, Span)> {
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
