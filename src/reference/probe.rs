//! Files made up for the purpose -> which rules speak of which parameter, and what they say.
//!
//! Which parameters a rule watches is written nowhere but in the rule. So the rules are asked: every
//! value that stands in one of their examples is given to every parameter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::analysis::Analysis;
use crate::catalogue::{Kind, OWN, PARAMETERS, Parameter, Profile, Release};
use crate::diagnostic::{Category, Diagnostic, RuleInfo};
use crate::rules::{self, RULES};
use crate::section::{AUTHENTICATOR, PARAMETERS as TABLE, Section, path_of};
use crate::server::Environment;
use crate::source::Source;
use crate::toml::{Document, Tree, dotted};

/// What the rules said.
#[derive(Debug)]
pub(super) struct Probes {
    /// Rules that spoke, by the key they spoke of.
    spoke: BTreeMap<String, BTreeSet<&'static str>>,
}

/// The releases that differ most from each other, and the documentation.
const PROFILES: [Profile; 3] = [
    Profile { release: None },
    Profile { release: Some(Release::ALL[0]) },
    Profile { release: Some(Release::ALL[Release::ALL.len() - 1]) },
];

/// The answers, which never change while the program runs.
pub(super) static PROBES: LazyLock<Probes> = LazyLock::new(Probes::new);

impl Probes {
    /// Asks every rule about every parameter.
    fn new() -> Self {
        let mut probes = Self { spoke: BTreeMap::new() };
        for value in example_values() {
            probes.ask(&file(OWN, |_| value.clone()), Profile::default());
            probes.ask(&file(PARAMETERS, |_| value.clone()), Profile::default());
        }
        for profile in PROFILES {
            for on in [true, false] {
                let all = file(PARAMETERS, |parameter| usual(parameter, on)[0].clone());
                probes.ask(&all, profile);
            }
            for parameter in PARAMETERS {
                for value in usual(parameter, true) {
                    probes.ask(&alone(parameter, value), profile);
                }
            }
        }
        probes
    }

    fn ask(&mut self, text: &str, profile: Profile) {
        for finding in findings(text, profile) {
            let Some(key) = finding.key else { continue };
            self.spoke.entry(key).or_default().insert(finding.rule.name);
        }
    }

    /// The rules that may speak of a parameter: those that did, and those whose texts name it.
    pub(super) fn rules(&self, parameter: &Parameter) -> Vec<&'static str> {
        let spoke = self.spoke.get(&key(parameter));
        let watches = |rule: &RuleInfo| {
            spoke.is_some_and(|rules| rules.contains(rule.name)) || names(rule, parameter.name)
        };
        RULES.iter().map(|rule| rule.info).filter(|rule| watches(rule)).map(|it| it.name).collect()
    }

    /// The rules that may speak of any parameter, whatever it means.
    pub(super) fn general(&self) -> Vec<&'static str> {
        let spoke = |rule: &&str| {
            let mut of_each = PARAMETERS.iter().map(|parameter| self.spoke.get(&key(parameter)));
            of_each.all(|rules| rules.is_some_and(|rules| rules.contains(rule)))
        };
        RULES.iter().map(|rule| rule.info.name).filter(spoke).collect()
    }

    /// What is missing, or in the way, when a parameter stands alone in a file.
    pub(super) fn needs(&self, parameter: &Parameter) -> Vec<String> {
        if OWN.iter().any(|own| own.name == parameter.name) {
            return Vec::new();
        }
        let mut needs: Vec<String> = Vec::new();
        for value in usual(parameter, true) {
            let findings = findings(&alone(parameter, value), Profile::default());
            for finding in findings {
                let is_new = !needs.iter().any(|need| **need == *finding.message);
                if finding.rule.category == Category::Contradiction && is_new {
                    needs.push(finding.message.to_string());
                }
            }
        }
        needs
    }
}

/// What every rule says of a file, those that are off included.
fn findings(text: &str, profile: Profile) -> Vec<Diagnostic> {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let environment = Environment::default();
    rules::run(&Analysis::of(&document, profile, &environment), |_| true)
}

/// Every value that an example gives to a setting of the section, as it is written.
fn example_values() -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for rule in RULES {
        let source = Source::new("deployment.toml", rule.info.example);
        let document = Document::parse(&source);
        let section = Section::of(&Tree::of(&document));
        let written = section.parameters.iter().chain(&section.enable).chain(&section.name);
        values.extend(written.map(|it| source.slice(it.entry.value_span).to_owned()));
    }
    values
}

/// A file that gives each of these settings a value.
fn file(settings: &[Parameter], value: impl Fn(&Parameter) -> String) -> String {
    let is_own = settings.iter().all(|setting| OWN.iter().any(|own| own.name == setting.name));
    let table = AUTHENTICATOR.into_iter().chain((!is_own).then_some(TABLE));
    let mut text = format!("[{}]\n", dotted(table));
    for setting in settings {
        text.push_str(&format!("{} = {}\n", setting.name, value(setting)));
    }
    text
}

fn alone(parameter: &Parameter, value: String) -> String {
    file(std::slice::from_ref(parameter), |_| value.clone())
}

/// Values with which a parameter works or nearly does, switches in this position.
fn usual(parameter: &Parameter, on: bool) -> Vec<String> {
    let quoted = |text: &str| format!("\"{text}\"");
    let shipped = PROFILES.iter().filter_map(|profile| parameter.default(*profile)).map(quoted);
    let others = match parameter.kind {
        Kind::Boolean { .. } => return vec![on.to_string(), quoted(&on.to_string())],
        Kind::Number { .. } => vec!["60".to_owned(), quoted("60")],
        Kind::Choice { words } => {
            words.iter().flat_map(|word| [quoted(word), quoted(&format!(" {word}"))]).collect()
        }
        Kind::Page { .. } => vec![quoted("/authenticationendpoint/page.jsp")],
        Kind::List | Kind::Pattern | Kind::Text { .. } => vec![quoted("PRIMARY")],
    };
    others.into_iter().chain(shipped).collect()
}

/// Whether the texts of a rule name a parameter. A name such as `order` is also a word.
fn names(rule: &RuleInfo, name: &str) -> bool {
    let is_word = name.chars().skip(1).all(|c| c.is_ascii_lowercase());
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut words = [rule.summary, rule.server]
        .into_iter()
        .flat_map(|text| text.split(move |c| !part_of_name(c)));
    !is_word && words.any(|word| word == name)
}

/// The full path of a setting.
pub(super) fn key(parameter: &Parameter) -> String {
    match OWN.iter().any(|own| own.name == parameter.name) {
        true => dotted(AUTHENTICATOR.into_iter().chain([parameter.name])),
        false => path_of(parameter.name),
    }
}
