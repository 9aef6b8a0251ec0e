//! How a team tunes the rules: levels by name or category, what counts as failure, and what must
//! happen to users.

mod ignores;

pub use ignores::{Divided, divide, ignore_here, opens_names};

use crate::diagnostic::{Category, Diagnostic, RuleInfo, Severity};
use crate::login::Expectation;
use crate::rules::RULES;

/// A level somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Its findings have this severity.
    At(Severity),
}

/// A rule or a category, by its public name.
#[derive(Debug, Clone, Copy)]
pub enum Selector {
    /// One rule.
    Rule(&'static RuleInfo),
    /// Every rule of a category.
    Category(Category),
}

/// Levels asked for: those of the config file, those it has for some files, which beat them, and
/// those of the command line, which beat all; and what must happen to users.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    config: Vec<(Selector, Level)>,
    overrides: Vec<Vec<(Selector, Level)>>,
    flags: Vec<(Selector, Level)>,
    expectations: Vec<Expectation>,
}

/// Why a level cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LevelRefusal {
    /// There is no rule or category of that name; the nearest one, if any is near.
    Unknown(Option<&'static str>),
    /// A file that was not checked must never be reported as fine.
    Fixed,
}

impl LevelRefusal {
    /// The refusal of a name, in a sentence without its full stop.
    pub fn about(self, name: &str) -> String {
        match self {
            Self::Fixed => {
                format!("{name} stays an error: a file that was not checked must not pass")
            }
            Self::Unknown(near) => {
                let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                format!("there is no rule or category {name:?}{hint}")
            }
        }
    }
}

impl Selector {
    /// The rule or category of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> Result<Self, LevelRefusal> {
        Self::of(name).ok_or_else(|| {
            let rules = RULES.iter().map(|rule| rule.info.name);
            let names = rules.chain(Category::ALL.map(Category::as_str));
            LevelRefusal::Unknown(crate::names::closest(name, names))
        })
    }

    /// The rule or category with this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        if let Some(rule) = RULES.iter().find(|rule| rule.info.name == name) {
            return Some(Self::Rule(rule.info));
        }
        let category = Category::ALL.into_iter().find(|category| category.as_str() == name);
        category.map(Self::Category)
    }

    /// The public name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name,
            Self::Category(category) => category.as_str(),
        }
    }
}

/// Rules that say a file was not checked; no level and no comment silences them.
pub fn is_fixed(rule: &RuleInfo) -> bool {
    matches!(rule.name, "toml-syntax" | "not-strict-toml")
}

impl Policy {
    /// Takes a level from the config file.
    ///
    /// # Errors
    /// When the target's level cannot be changed.
    pub fn configure(&mut self, target: Selector, level: Level) -> Result<(), LevelRefusal> {
        self.config.push(permitted(target, level)?);
        Ok(())
    }

    /// Takes the levels of another configuration, which beat those that are there.
    pub fn override_with(&mut self, other: &Self) {
        self.overrides.push(other.config.clone());
    }

    /// Takes a level from the command line.
    ///
    /// # Errors
    /// When the target's level cannot be changed.
    pub fn flag(&mut self, target: Selector, level: Level) -> Result<(), LevelRefusal> {
        self.flags.push(permitted(target, level)?);
        Ok(())
    }

    /// Takes the levels that another one has from the command line.
    pub fn take_flags(&mut self, other: &Self) {
        self.flags.clone_from(&other.flags);
    }

    /// Takes what must happen to a kind of user.
    pub fn expect(&mut self, expectation: Expectation) {
        self.expectations.push(expectation);
    }

    /// What must happen to users.
    pub fn expectations(&self) -> &[Expectation] {
        &self.expectations
    }

    /// The level asked for a rule. A rule's own level beats its category's, the later of two
    /// beats the earlier, any override the rest of the config file, and any flag beats both.
    pub fn level(&self, rule: &RuleInfo) -> Option<Level> {
        if is_fixed(rule) {
            return None;
        }
        let last = |levels: &[(Selector, Level)], wanted: &dyn Fn(&Selector) -> bool| {
            levels.iter().rev().find(|(target, _)| wanted(target)).map(|(_, level)| *level)
        };
        let own =
            |target: &Selector| matches!(target, Selector::Rule(info) if info.name == rule.name);
        let shared =
            |target: &Selector| matches!(target, Selector::Category(c) if *c == rule.category);
        let config = self.overrides.iter().rev().chain([&self.config]);
        [&self.flags]
            .into_iter()
            .chain(config)
            .find_map(|levels| last(levels, &own).or_else(|| last(levels, &shared)))
    }

    /// Whether a rule has to run at all.
    pub fn is_on(&self, rule: &RuleInfo) -> bool {
        match self.level(rule) {
            Some(level) => level != Level::Off,
            None => rule.level.is_some(),
        }
    }

    /// Gives a finding the severity asked for.
    pub fn apply(&self, diagnostic: &mut Diagnostic) {
        if let Some(Level::At(severity)) = self.level(diagnostic.rule) {
            diagnostic.severity = severity;
        }
    }
}

fn permitted(target: Selector, level: Level) -> Result<(Selector, Level), LevelRefusal> {
    match target {
        Selector::Rule(rule) if is_fixed(rule) && level != Level::At(Severity::Error) => {
            Err(LevelRefusal::Fixed)
        }
        _ => Ok((target, level)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(name: &str) -> Selector {
        Selector::named(name).unwrap()
    }

    fn info(name: &str) -> &'static RuleInfo {
        match target(name) {
            Selector::Rule(info) => info,
            Selector::Category(_) => panic!("{name} is a category"),
        }
    }

    #[test]
    fn the_rule_beats_its_category_and_a_flag_beats_the_file() {
        let rule = info("needs-mandatory");
        let mut policy = Policy::default();
        policy.configure(target("needs-mandatory"), Level::At(Severity::Info)).unwrap();
        policy.configure(target("contradiction"), Level::Off).unwrap();
        assert_eq!(policy.level(rule), Some(Level::At(Severity::Info)));
        let mut some = Policy::default();
        some.configure(target("contradiction"), Level::At(Severity::Warning)).unwrap();
        policy.override_with(&some);
        assert_eq!(policy.level(rule), Some(Level::At(Severity::Warning)));
        policy.flag(target("contradiction"), Level::At(Severity::Error)).unwrap();
        assert_eq!(policy.level(rule), Some(Level::At(Severity::Error)));
        policy.flag(target("needs-mandatory"), Level::Off).unwrap();
        assert_eq!(policy.level(rule), Some(Level::Off));
        policy.flag(target("needs-mandatory"), Level::At(Severity::Warning)).unwrap();
        assert_eq!(policy.level(rule), Some(Level::At(Severity::Warning)));
    }

    #[test]
    fn a_file_that_was_not_checked_is_never_fine() {
        let mut policy = Policy::default();
        assert_eq!(policy.flag(target("toml-syntax"), Level::Off), Err(LevelRefusal::Fixed));
        policy.flag(target("startup"), Level::Off).unwrap();
        assert!(policy.is_on(info("toml-syntax")));
    }

    #[test]
    fn a_wrong_name_gets_the_nearest() {
        let refusal = Selector::named("need-mandatory").unwrap_err();
        assert_eq!(refusal, LevelRefusal::Unknown(Some("needs-mandatory")));
    }
}
