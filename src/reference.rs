//! The catalogue and the rules -> the pages of `explain`, the tables of the README, the page of
//! what changes between releases, and the JSON Schemas. All of them tell the same texts.

mod facts;
mod page;
pub mod schema;
pub mod tables;
pub mod upgrade;

pub use page::{category, list};

use serde::Serialize;

use crate::catalogue::{OWN, PARAMETERS, Parameter, fold, nearest};
use crate::diagnostic::RuleInfo;
use crate::names::closest;
use crate::rules::RULES;
use facts::{ParameterFacts, RuleFacts};

/// What `explain` can talk about.
#[derive(Debug, Clone, Copy)]
pub enum Topic {
    /// A rule.
    Rule(&'static RuleInfo),
    /// A parameter, or a setting of the authenticator itself.
    Parameter(&'static Parameter),
}

impl Topic {
    /// The rules in the order of the documentation, and then the settings.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = RULES.iter().map(|rule| Self::Rule(rule.info));
        rules.chain(OWN.iter().chain(PARAMETERS).map(Self::Parameter))
    }

    /// The rule or setting of this name; letter case and separators do not matter.
    ///
    /// # Errors
    /// The nearest name, if any is near, when there is none.
    pub fn named(name: &str) -> Result<Self, Option<&'static str>> {
        let folded = fold(name);
        Self::all().find(|topic| fold(topic.name()) == folded).ok_or_else(|| {
            let parameter = || nearest(name).map(|nearest| nearest.parameter.name);
            closest(name, Self::all().map(Self::name)).or_else(parameter)
        })
    }

    /// Its public name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Parameter(parameter) => parameter.name,
        }
    }

    /// The page about it, for a terminal of 80 columns.
    pub fn page(self, color: bool) -> String {
        match self {
            Self::Rule(rule) => page::rule(rule, color),
            Self::Parameter(parameter) => page::parameter(&ParameterFacts::of(parameter), color),
        }
    }
}

/// One JSON object about some topics, version 1 of a public contract: fields may be added, and
/// none may go or mean something else.
#[derive(Debug, Serialize)]
struct Explained {
    format: &'static str,
    rules: Vec<RuleFacts>,
    parameters: Vec<ParameterFacts>,
}

/// The same facts as the pages, for programs.
pub fn json(topics: impl IntoIterator<Item = Topic>) -> String {
    let (mut rules, mut parameters) = (Vec::new(), Vec::new());
    for topic in topics {
        match topic {
            Topic::Rule(rule) => rules.push(RuleFacts::of(rule)),
            Topic::Parameter(parameter) => parameters.push(ParameterFacts::of(parameter)),
        }
    }
    let explained = Explained { format: "smsotp-lint/explain/1", rules, parameters };
    // Nothing in these types can fail to become JSON.
    let mut json = serde_json::to_string_pretty(&explained).unwrap_or_default();
    json.push('\n');
    json
}
