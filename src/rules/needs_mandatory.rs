//! Settings that act only when the second step is mandatory, while it is not.

use crate::catalogue::meant_by;
use crate::rules::prelude::*;
use crate::rules::set_command;
use crate::server::java_text;
use crate::toml::TokenKind;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "needs-mandatory",
    category: Category::Contradiction,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("needs_mandatory.md")),
    concerns: Concerns::Named(&[
        "CaptureAndUpdateMobileNumber",
        "SMSOTPMandatory",
        "SendOTPDirectlyToMobile",
        "SendOtpToFederatedMobile",
    ]),
    ..RuleInfo::PLAIN
};

const MANDATORY: &str = "SMSOTPMandatory";

/// A setting that needs `SMSOTPMandatory`.
struct Dependent {
    name: &'static str,
    severity: Severity,
    /// Its shipped default is true, so that writing `false` would change more than the dead line.
    on_by_default: bool,
}

const WITHOUT_CODE: &str = "a user who is not in the user store (a federated one, say) logs in \
                            with the first step alone, without a code";
const NO_EFFECT: &str = "has no effect while SMSOTPMandatory is not true";

const DOCUMENTED: &str = "is documented to act only when SMSOTPMandatory is true; the server acts \
                          on it in both cases, and asks a user without a number for one";

const DEPENDENTS: [Dependent; 3] = [
    Dependent {
        name: "CaptureAndUpdateMobileNumber",
        severity: Severity::Warning,
        on_by_default: true,
    },
    Dependent { name: "SendOTPDirectlyToMobile", severity: Severity::Error, on_by_default: false },
    Dependent { name: "SendOtpToFederatedMobile", severity: Severity::Error, on_by_default: false },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let settings = &analysis.settings;
    if settings.switch(MANDATORY) != Switch::Off {
        return;
    }
    let is_live = |dependent: &&Dependent| settings.switch(dependent.name) == Switch::On;
    let live = DEPENDENTS.iter().filter(is_live);
    let live = live.filter_map(|it| Some((it, settings.get(it.name).written()?)));
    let live: Vec<_> = live.collect();
    let cause = cause(analysis);
    let dead = live.iter().filter(|(it, _)| !it.on_by_default).map(|(it, _)| it.name.into());
    let in_vain = Message::listed(dead.collect());
    for (dependent, written) in &live {
        let finding = finding(analysis, dependent, written);
        sink.push(match cause {
            None => finding,
            Some(place) => {
                // Once SMSOTPMandatory is true, the documentation is followed.
                let consequence = (!dependent.on_by_default)
                    .then(|| message!("{}, in spite of {}", WITHOUT_CODE, in_vain));
                finding.relates(Relation::FollowsFrom { place, consequence })
            }
        });
    }
}

/// Where the finding points about what keeps SMSOTPMandatory from being true, unless the file
/// seems to mean false.
fn cause(analysis: &Analysis<'_>) -> Option<Span> {
    let is_meant = |written: &SettingEntry<'_>| {
        meant_by(&java_text::text(&written.entry.value)) != Some(false)
    };
    match (analysis.settings.get(MANDATORY).written(), analysis.section.attempt(MANDATORY)) {
        (Some(mandatory), _) => is_meant(mandatory).then(|| mandatory.span()),
        (None, Some(attempt)) => is_meant(attempt.written).then_some(attempt.reported),
        (None, None) => None,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    dependent: &Dependent,
    written: &SettingEntry<'_>,
) -> Diagnostic {
    let Dependent { name, severity, .. } = *dependent;
    let mandatory = analysis.settings.get(MANDATORY).written();
    let label = match mandatory {
        Some(_) => "set to true here",
        None => "set to true, while SMSOTPMandatory is false by default",
    };
    let message = match dependent.on_by_default {
        true => message!("{} {}", name, DOCUMENTED),
        false => message!("{} {}: {}", name, NO_EFFECT, WITHOUT_CODE),
    };
    let finding = INFO
        .at_setting(written, message, label)
        .severity(severity)
        .help(ways_out(analysis, dependent));
    let attempt = analysis.section.attempt(MANDATORY);
    let comment = commented_out(analysis);
    let finding = match (mandatory, attempt, comment) {
        (Some(mandatory), ..) => {
            let label = match is_misread(mandatory) {
                true => "the server reads this as false",
                false => "false here",
            };
            finding.also(mandatory.span(), label)
        }
        (None, Some(attempt), _) => {
            finding.also(attempt.written.span(), "the server does not read this as SMSOTPMandatory")
        }
        (None, None, Some(comment)) => finding.also(comment, "commented out here"),
        (None, None, None) => finding,
    };
    if attempt.is_some() || mandatory.is_some_and(is_misread) {
        // The finding about that spelling carries the fix.
        return finding;
    }
    let safe = comment.is_none().then(|| without_effect(analysis, dependent, written)).flatten();
    finding.fix(safe).fix(make_mandatory(analysis))
}

/// What to do, in one line.
fn ways_out(analysis: &Analysis<'_>, dependent: &Dependent) -> Message {
    let name = dependent.name;
    let optional = match dependent.on_by_default {
        true => message!("leave {} out, since true is its default", name),
        false => message!("set {} = false", name),
    };
    let mandatory = match set_command(analysis, MANDATORY, "true") {
        Some(command) => message!("`{}`", command),
        None => message!("set {} = true", MANDATORY),
    };
    message!(
        "to ask every user for a code, {}; to keep the second step optional, {}",
        mandatory,
        optional
    )
}

/// The safe way out: the dead setting says what it does.
fn without_effect(
    analysis: &Analysis<'_>,
    dependent: &Dependent,
    written: &SettingEntry<'_>,
) -> Option<Fix> {
    let name = dependent.name;
    if dependent.on_by_default {
        let edit = edits::remove(analysis.document, written)?;
        let title = message!("delete {}, whose default is true", name);
        return Some(Fix::safe(title, vec![edit]));
    }
    let edit = edits::revalue(written.entry, "false");
    Some(Fix::safe(message!("set {} = false", name), vec![edit]))
}

/// The unsafe way out.
fn make_mandatory(analysis: &Analysis<'_>) -> Option<Fix> {
    let edits = match analysis.settings.get(MANDATORY).written() {
        Some(mandatory) => vec![edits::revalue(mandatory.entry, "true")],
        None => edits::add_parameter(analysis.document, &analysis.tree, MANDATORY, "true")?,
    };
    Some(Fix::risky(message!("set {} = true", MANDATORY), edits))
}

/// Whether a value of SMSOTPMandatory that is not true does not say false either.
fn is_misread(mandatory: &SettingEntry<'_>) -> bool {
    let text = java_text::text(&mandatory.entry.value);
    !text.eq_ignore_ascii_case("false")
}

/// A comment of the section that holds `SMSOTPMandatory = true`.
fn commented_out(analysis: &Analysis<'_>) -> Option<Span> {
    let source = analysis.document.source();
    let mut comments = analysis
        .document
        .tokens()
        .iter()
        .filter(|token| token.kind == TokenKind::Comment && analysis.section.shows(token.span));
    comments.find_map(|comment| {
        let text = source.slice(comment.span).trim_start_matches(['#', ' ', '\t']);
        let value = text.strip_prefix(MANDATORY)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        value.starts_with("true").then_some(comment.span)
    })
}
