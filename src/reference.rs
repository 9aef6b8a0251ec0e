//! The catalogue and the rules -> the pages of `explain`, the lists of all rules and settings, the
//! page of what changes between releases, and the JSON Schemas. All of them tell the same texts.

mod facts;
mod markdown;
mod page;
pub mod schema;
pub mod tables;
pub mod upgrade;

pub use page::{group, list};

use serde_json::json;

use crate::catalogue::{Parameter, fold, nearest};
use crate::diagnostic::RuleInfo;
use crate::names::closest;
use crate::report::Style;
use crate::rules::RULES;
use crate::section::SmsOtp;

/// What `explain` can talk about.
#[derive(Debug, Clone, Copy)]
pub enum Topic {
    /// A rule.
    Rule(&'static RuleInfo),
    /// A parameter, or a setting of the authenticator itself.
    Parameter(SmsOtp, &'static Parameter),
}

impl Topic {
    /// The rules in the order of the documentation, and then the settings.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = RULES.iter().map(|rule| Self::Rule(rule.info));
        let settings = |of: SmsOtp| of.settings().map(move |it| Self::Parameter(of, it));
        rules.chain(SmsOtp::ALL.into_iter().flat_map(settings))
    }

    /// The rule or setting of this name; letter case and separators do not matter. A setting that
    /// only the built-in SMS OTP has needs no more than its own name.
    ///
    /// # Errors
    /// The nearest name, if any is near, when there is none.
    pub fn named(name: &str) -> Result<Self, Option<&'static str>> {
        let folded = fold(name);
        let is_own = |topic: &Self| match topic {
            Self::Rule(_) => false,
            Self::Parameter(_, parameter) => fold(parameter.name) == folded,
        };
        let named = Self::all().find(|topic| fold(topic.name()) == folded);
        named.or_else(|| Self::all().find(is_own)).ok_or_else(|| {
            let parameter = || nearest(name).map(|nearest| nearest.parameter.name);
            closest(name, Self::all().map(Self::name)).or_else(parameter)
        })
    }

    /// Its public name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Parameter(of, parameter) => of.name_of(parameter),
        }
    }

    /// What an editor shows beside it, in Markdown.
    pub fn markdown(self) -> String {
        match self {
            Self::Rule(rule) => markdown::rule(rule),
            Self::Parameter(of, parameter) => markdown::parameter(of, parameter),
        }
    }

    /// The page about it, for a terminal.
    pub fn page(self, style: &Style) -> String {
        match self {
            Self::Rule(rule) => page::rule(rule, style),
            Self::Parameter(of, parameter) => page::parameter(of, parameter, style),
        }
    }
}

/// The same facts as the pages, for programs: one JSON object about some topics, version 1 of a
/// public contract. Fields may be added, and none may go or mean something else.
pub fn json(topics: impl IntoIterator<Item = Topic>) -> String {
    let (mut rules, mut parameters) = (Vec::new(), Vec::new());
    for topic in topics {
        match topic {
            Topic::Rule(rule) => rules.push(facts::rule(rule)),
            Topic::Parameter(of, parameter) => parameters.push(facts::parameter(of, parameter)),
        }
    }
    let format = "smsotp-lint/explain/1";
    let explained = json!({ "format": format, "rules": rules, "parameters": parameters });
    format!("{explained:#}\n")
}
