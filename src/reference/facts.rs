//! A rule or a parameter -> what there is to tell of it. The names of the fields are what JSON
//! shows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::analysis::Analysis;
use crate::catalogue::{CHANGES, Change, ChangeStep, Flaw, Kind, Parameter, Profile, Release};
use crate::diagnostic::{Category, RuleInfo};
use crate::message::Message;
use crate::rules::{self, RULES, looks_at_built_in};
use crate::section::SmsOtp;
use crate::server::Environment;
use crate::source::Source;
use crate::toml::{Document, dotted};

/// What a parameter is in some releases when the file does not set it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Default {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// The shipped default.
    pub(super) value: Option<&'static str>,
    /// What the server uses when there is no shipped default either.
    pub(super) fallback: Option<&'static str>,
}

/// What changes from a release on.
#[derive(Debug, Serialize)]
pub(super) struct ReleaseNote {
    pub(super) release: &'static str,
    pub(super) text: &'static str,
    /// What to do about it.
    pub(super) todo: Option<&'static str>,
    /// Where it is from.
    pub(super) source: &'static str,
}

/// What is told of a rule.
pub(super) fn rule(rule: &RuleInfo) -> Value {
    json!({
        "name": rule.name,
        "category": rule.category.as_str(),
        "level": level(rule),
        "summary": rule.page.summary(),
        "server": rule.page.server(),
        "example": rule.page.example(),
        "instead": rule.page.instead(),
        "fixes": rule.page.fixes(),
        "references": rule.page.references(),
    })
}

/// What is told of a parameter.
pub(super) fn parameter(of: SmsOtp, parameter: &'static Parameter) -> Value {
    let (unit, words) = match parameter.kind {
        Kind::Number { unit, .. } => (Some(unit.as_str()), &[][..]),
        Kind::Choice { words } => (None, words),
        _ => (None, &[][..]),
    };
    let aliases = parameter.aliases.iter();
    let aliases = aliases.map(|alias| json!({ "name": alias.name, "unit": alias.unit }));
    json!({
        "name": of.name_of(parameter),
        "key": dotted(of.key_of(parameter)),
        "type": type_name(parameter.kind),
        "unit": unit,
        "values": words,
        "summary": parameter.summary,
        "detail": parameter.detail,
        "documented": parameter.is_documented(),
        "since": parameter.since.as_str(),
        "defaults": defaults(of, parameter),
        "misread": misread(parameter),
        "aliases": aliases.collect::<Vec<_>>(),
        "changes": changes(of, parameter.name),
        "needs": needs(of, parameter),
        "rules": rules(of, parameter).map(|rule| rule.name).collect::<Vec<_>>(),
    })
}

/// What the server does with a value it cannot use.
pub(super) fn misread(parameter: &Parameter) -> Option<Message> {
    parameter.consequence(Flaw::Unusable, Profile::default())
}

/// What changed about a parameter, oldest first. The table is about `sms_otp`.
pub(super) fn changes(of: SmsOtp, parameter: &str) -> Vec<ReleaseNote> {
    let is_about = |change: &&Change| of == SmsOtp::Connection && change.is_about(parameter);
    let about = CHANGES.iter().filter(is_about);
    let steps = about.flat_map(|change| change.steps.iter().map(|step| (step, change.source)));
    let mut steps: Vec<_> = steps.collect();
    steps.sort_by_cached_key(|(step, _)| step.from);
    let note = |(step, source): (&ChangeStep, &'static str)| ReleaseNote {
        release: step.from.as_str(),
        text: step.text,
        todo: Some(step.todo).filter(|todo| !todo.is_empty()),
        source,
    };
    steps.into_iter().map(note).collect()
}

/// The rules that may speak of a parameter.
pub(super) fn rules(of: SmsOtp, parameter: &Parameter) -> impl Iterator<Item = &'static RuleInfo> {
    let rules = RULES.iter().map(|rule| rule.info).filter(|rule| rule.concerns.hold(parameter));
    rules.filter(move |rule| of == SmsOtp::Connection || looks_at_built_in(rule, parameter))
}

/// What is missing, or in the way, when a parameter stands alone in a file: what the rules say of
/// contradictions there.
pub(super) fn needs(of: SmsOtp, parameter: &Parameter) -> Vec<String> {
    let values = match parameter.kind {
        Kind::Boolean { .. } => &["true"][..],
        Kind::Number { .. } => &["60"],
        Kind::Choice { words } => words,
        Kind::Page { .. } | Kind::List | Kind::Pattern | Kind::Text { .. } => &["PRIMARY"],
    };
    let mut needs = Vec::new();
    for value in values {
        let table = dotted(of.parameter_table());
        let text = format!("[{table}]\n{} = \"{value}\"\n", parameter.name);
        let source = Source::new("deployment.toml", text);
        let (document, environment) = (Document::parse(&source), Environment::default());
        let analysis = Analysis::of(&document, Profile::default(), &environment);
        let findings = rules::run(&analysis, |rule| rule.category == Category::Contradiction);
        let messages = findings.into_iter().map(|finding| finding.message.to_string());
        needs.extend(messages.filter(|message| !needs.contains(message)).collect::<Vec<_>>());
    }
    needs
}

/// The setting of the same name that the built-in SMS OTP has.
pub(super) fn twin(of: SmsOtp, parameter: &Parameter) -> Option<&'static str> {
    let twin = SmsOtp::BuiltIn
        .settings()
        .find(|it| of == SmsOtp::Connection && it.name == parameter.name)?;
    Some(SmsOtp::BuiltIn.name_of(twin))
}

/// The level without any configuration.
pub(super) fn level(rule: &RuleInfo) -> &'static str {
    rule.level.map_or("off", |level| level.as_str())
}

const fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean { .. } => "boolean",
        Kind::Number { .. } => "number",
        Kind::Choice { .. } => "choice",
        Kind::Page { .. } => "page",
        Kind::List => "list",
        Kind::Pattern => "pattern",
        Kind::Text { .. } => "text",
    }
}

/// The default of each run of releases that share one.
pub(super) fn defaults(of: SmsOtp, parameter: &Parameter) -> Vec<Default> {
    let mut runs: Vec<Default> = Vec::new();
    for release in Release::ALL.into_iter().filter(|release| *release >= of.since()) {
        let profile = Profile { release: Some(release) };
        let value = parameter.default(profile);
        let fallback = parameter.fallback(profile).filter(|_| value.is_none());
        match runs.last_mut() {
            Some(last) if (last.value, last.fallback) == (value, fallback) => {
                last.to = release.as_str();
            }
            _ => {
                let name = release.as_str();
                runs.push(Default { from: name, to: name, value, fallback });
            }
        }
    }
    runs
}

impl Default {
    /// Which releases it holds for.
    pub(super) fn releases(&self) -> String {
        match self.from == self.to {
            true => self.from.to_owned(),
            false => format!("{} to {}", self.from, self.to),
        }
    }

    /// What the server uses, in words; a value is shown by the function.
    pub(super) fn text(&self, show: impl Fn(&str) -> String) -> String {
        match (self.value, self.fallback) {
            (Some(value), _) => show(value),
            (None, Some(fallback)) => format!("none; the server uses {}", show(fallback)),
            (None, None) => "none".to_owned(),
        }
    }
}
