//! A rule or a parameter -> what there is to tell of it. The names of the fields are what JSON
//! shows.

use std::borrow::Cow;

use serde::Serialize;

use crate::analysis::Analysis;
use crate::catalogue::{CHANGES, Change, ChangeStep, Flaw, Kind, Parameter, Profile, Release};
use crate::diagnostic::{Category, Concerns, RuleInfo};
use crate::rules::{self, RULES, looks_at_built_in};
use crate::section::SmsOtp;
use crate::server::Environment;
use crate::source::Source;
use crate::toml::{Document, dotted};

/// What is told of a rule.
#[derive(Debug, Serialize)]
pub(super) struct RuleFacts {
    name: &'static str,
    category: &'static str,
    level: &'static str,
    summary: &'static str,
    server: &'static str,
    example: &'static str,
    instead: &'static str,
    fixes: &'static str,
    references: &'static [&'static str],
}

/// What is told of a parameter.
#[derive(Debug, Serialize)]
pub(super) struct ParameterFacts {
    pub(super) name: &'static str,
    /// Its full path in the file.
    pub(super) key: String,
    pub(super) r#type: &'static str,
    /// What a number counts.
    pub(super) unit: Option<&'static str>,
    /// The words a choice knows.
    pub(super) values: &'static [&'static str],
    pub(super) summary: &'static str,
    pub(super) detail: &'static str,
    pub(super) documented: bool,
    /// The page that documents it.
    #[serde(skip)]
    pub(super) page: Option<&'static str>,
    /// The first release that reads it.
    pub(super) since: &'static str,
    pub(super) defaults: Vec<Default>,
    /// What the server does with a value it cannot use.
    pub(super) misread: Option<Cow<'static, str>>,
    pub(super) aliases: Vec<OtherName>,
    /// What changes from one release to the next.
    pub(super) changes: Vec<ReleaseNote>,
    /// What is said when it stands alone in the file.
    pub(super) needs: Vec<String>,
    /// The rules that may speak of it.
    pub(super) rules: Vec<&'static str>,
    /// Those among them that may speak of any parameter.
    #[serde(skip)]
    pub(super) general: Vec<&'static str>,
    /// The setting of the same name that the built-in SMS OTP has.
    #[serde(skip)]
    pub(super) built_in: Option<&'static str>,
    /// What to write, in a phrase.
    #[serde(skip)]
    pub(super) kind: Cow<'static, str>,
}

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

/// Another name that people write.
#[derive(Debug, Serialize)]
pub(super) struct OtherName {
    pub(super) name: &'static str,
    /// What its value counts, where that is another unit.
    pub(super) unit: Option<&'static str>,
}

impl RuleFacts {
    pub(super) fn of(rule: &'static RuleInfo) -> Self {
        Self {
            name: rule.name,
            category: rule.category.as_str(),
            level: level(rule),
            summary: rule.summary,
            server: rule.server,
            example: rule.example,
            instead: rule.instead,
            fixes: rule.fixes,
            references: rule.references,
        }
    }
}

impl ParameterFacts {
    pub(super) fn of(of: SmsOtp, parameter: &'static Parameter) -> Self {
        let (unit, values) = match parameter.kind {
            Kind::Number { unit, .. } => (Some(unit.as_str()), &[][..]),
            Kind::Choice { words } => (None, words),
            _ => (None, &[][..]),
        };
        let aliases = parameter.aliases.iter();
        Self {
            name: of.name_of(parameter),
            key: key(of, parameter),
            r#type: type_name(parameter.kind),
            unit,
            values,
            summary: parameter.summary,
            detail: parameter.detail,
            documented: parameter.is_documented(),
            page: parameter.page,
            since: parameter.since.as_str(),
            defaults: defaults(of, parameter),
            misread: parameter
                .consequence(Flaw::Unusable, Profile::default())
                .map(|told| Cow::Owned(told.to_string())),
            aliases: aliases
                .map(|alias| OtherName { name: alias.name, unit: alias.unit })
                .collect(),
            changes: changes(of, parameter.name),
            needs: needs(of, parameter),
            rules: rules(of, parameter, |concerns| concerns.hold(parameter)),
            general: rules(of, parameter, |concerns| matches!(concerns, Concerns::Every)),
            built_in: twin(of, parameter),
            kind: parameter.kind.describe(),
        }
    }
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

/// The rules whose declared settings are of this kind.
fn rules(
    of: SmsOtp,
    parameter: &Parameter,
    are_meant: impl Fn(Concerns) -> bool,
) -> Vec<&'static str> {
    let rules = RULES.iter().map(|rule| rule.info).filter(|rule| are_meant(rule.concerns));
    let rules = rules.filter(|rule| of == SmsOtp::Connection || looks_at_built_in(rule, parameter));
    rules.map(|rule| rule.name).collect()
}

/// What is missing, or in the way, when a parameter stands alone in a file: what the rules say of
/// contradictions there.
fn needs(of: SmsOtp, parameter: &Parameter) -> Vec<String> {
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

/// The full path of a setting.
fn key(of: SmsOtp, parameter: &Parameter) -> String {
    match of.own().iter().any(|own| own.name == parameter.name) {
        true => dotted(of.path().into_iter().chain([parameter.name])),
        false => dotted(of.parameter_table().into_iter().chain([parameter.name])),
    }
}

/// The setting of the same name that the built-in SMS OTP has.
fn twin(of: SmsOtp, parameter: &Parameter) -> Option<&'static str> {
    let mut all = SmsOtp::BuiltIn.own().iter().chain(SmsOtp::BuiltIn.parameters());
    let twin = all.find(|it| of == SmsOtp::Connection && it.name == parameter.name)?;
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

    /// What the server uses, in words.
    pub(super) fn text(&self) -> String {
        match (self.value, self.fallback) {
            (Some(value), _) => value.to_owned(),
            (None, Some(fallback)) => format!("none; the server uses {fallback}"),
            (None, None) => "none".to_owned(),
        }
    }
}
