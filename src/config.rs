//! `.smsotp-lint.toml` -> what a team has decided, or the place of the mistake in it.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike};

use crate::catalogue::Release;
use crate::diagnostic::Severity;
use crate::login::{Event, Expectation, UserKind, Wanted};
use crate::names::closest;
use crate::policy::{Level, LevelRefusal, Policy, Selector};

/// The name of the file.
pub const FILE_NAME: &str = ".smsotp-lint.toml";

/// What the file decides; the command line may say otherwise.
#[derive(Debug, Default)]
pub struct Config {
    /// `is-version`
    pub release: Option<Release>,
    /// `fail-on`, by the name used on the command line.
    pub fail_on: Option<FailOn>,
    /// `[rules]` and `[expect]`
    pub policy: Policy,
}

/// The least severity that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    #[default]
    Warning,
    /// Any finding.
    Info,
    /// Nothing found fails.
    Never,
}

/// A mistake in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigMistake {
    /// Where it is.
    pub span: Range<usize>,
    /// What is wrong and what was probably meant.
    pub message: String,
}

impl FailOn {
    /// Every choice, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Never];

    /// The word used in the file and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }

    /// The least severity that fails the run.
    pub const fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    /// Whether a severity fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        self.least().is_some_and(|least| severity >= least)
    }
}

/// The keys of the file.
pub const KEYS: [&str; 4] = ["is-version", "fail-on", "rules", "expect"];

/// The levels a rule can be given.
pub const LEVELS: [(&str, Level); 4] = [
    ("off", Level::Off),
    ("info", Level::At(Severity::Info)),
    ("warning", Level::At(Severity::Warning)),
    ("error", Level::At(Severity::Error)),
];

impl Config {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// When it is not TOML, or holds a key, rule or value that does not exist.
    pub fn parse(text: &str) -> Result<Self, ConfigMistake> {
        let document = Document::parse(text).map_err(|error| ConfigMistake {
            span: error.span().unwrap_or_default(),
            message: error.message().to_owned(),
        })?;
        let mut config = Self::default();
        for (key, value) in document.iter() {
            match key {
                "is-version" => config.release = Some(release(value)?),
                "fail-on" => config.fail_on = Some(fail_on(value)?),
                "rules" => rules(value, &mut config.policy)?,
                "expect" => expect(value, &mut config.policy)?,
                unknown => {
                    return Err(wrong(key_span(document.as_table(), key), "key", unknown, &KEYS));
                }
            }
        }
        Ok(config)
    }
}

fn release(value: &Item) -> Result<Release, ConfigMistake> {
    let text = string(value)?;
    text.parse().map_err(|known| ConfigMistake {
        span: span(value),
        message: format!("there is no release {text:?}: {known}"),
    })
}

fn fail_on(value: &Item) -> Result<FailOn, ConfigMistake> {
    let text = string(value)?;
    let found = FailOn::ALL.into_iter().find(|choice| choice.as_str() == text);
    found.ok_or_else(|| wrong(span(value), "level", text, &FailOn::ALL.map(FailOn::as_str)))
}

fn rules(value: &Item, policy: &mut Policy) -> Result<(), ConfigMistake> {
    let Some(table) = value.as_table_like() else {
        let message = "rules is a table of names and levels".to_owned();
        return Err(ConfigMistake { span: span(value), message });
    };
    for (name, value) in table.iter() {
        let text = string(value)?;
        let level = LEVELS.iter().find(|(word, _)| *word == text).map(|(_, level)| *level);
        let level = level
            .ok_or_else(|| wrong(span(value), "level", text, &LEVELS.map(|(word, _)| word)))?;
        let refused = |refusal: LevelRefusal| ConfigMistake {
            span: key_span(table, name),
            message: refusal.about(name),
        };
        let target = Selector::named(name).map_err(refused)?;
        policy.configure(target, level).map_err(refused)?;
    }
    Ok(())
}

/// `user = outcome`, and `user.event = outcome` as one quoted key or as two.
fn expect(value: &Item, policy: &mut Policy) -> Result<(), ConfigMistake> {
    let Some(table) = value.as_table_like() else {
        let message = "expect is a table of kinds of user and outcomes".to_owned();
        return Err(ConfigMistake { span: span(value), message });
    };
    for (name, value) in table.iter() {
        let key = key_span(table, name);
        if let Some(events) = value.as_table_like() {
            for (event, value) in events.iter() {
                policy.expect(expectation(name, event, key.clone(), value)?);
            }
        } else {
            let (user, event) = name.split_once('.').unwrap_or((name, Event::Login.as_str()));
            policy.expect(expectation(user, event, key, value)?);
        }
    }
    Ok(())
}

fn expectation(
    user: &str,
    event: &str,
    key: Range<usize>,
    value: &Item,
) -> Result<Expectation, ConfigMistake> {
    let users = UserKind::ALL.map(UserKind::as_str);
    let events = Event::ALL.map(Event::as_str);
    let outcomes: Vec<_> = Wanted::words().collect();
    let word = string(value)?;
    let known_user = UserKind::ALL.into_iter().find(|known| known.as_str() == user);
    let known_event = Event::ALL.into_iter().find(|known| known.as_str() == event);
    Ok(Expectation {
        user: known_user.ok_or_else(|| wrong(key.clone(), "kind of user", user, &users))?,
        event: known_event.ok_or_else(|| wrong(key, "event", event, &events))?,
        wanted: Wanted::named(word)
            .ok_or_else(|| wrong(span(value), "outcome", word, &outcomes))?,
    })
}

fn string(value: &Item) -> Result<&str, ConfigMistake> {
    value.as_str().ok_or_else(|| ConfigMistake {
        span: span(value),
        message: format!("expected a string, found {}", value.type_name()),
    })
}

fn span(value: &Item) -> Range<usize> {
    value.span().unwrap_or_default()
}

fn key_span(table: &dyn TableLike, key: &str) -> Range<usize> {
    table.key(key).and_then(|key| key.span()).unwrap_or_default()
}

fn wrong(span: Range<usize>, what: &str, found: &str, known: &[&'static str]) -> ConfigMistake {
    let hint = match closest(found, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("known are {}", known.join(", ")),
    };
    ConfigMistake { span, message: format!("there is no {what} {found:?}; {hint}") }
}
