//! `.smsotp-lint.toml` -> what a team has decided, or the place of the mistake in it.

mod globs;

pub use globs::Globs;

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, TableLike, Value};

use crate::catalogue::Release;
use crate::diagnostic::Severity;
use crate::error::Failure;
use crate::login::{Event, Expectation, UserKind, Wanted};
use crate::names::closest;
use crate::policy::{Level, LevelRefusal, Policy, Selector};
use crate::source::Source;

/// The name of the file.
pub const FILE_NAME: &str = ".smsotp-lint.toml";

/// What the file decides; the command line may say otherwise.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `is-version`
    pub release: Option<Release>,
    /// `fail-on`, by the name used on the command line.
    pub fail_on: Option<FailOn>,
    /// `[rules]` and `[expect]`
    pub policy: Policy,
    /// `exclude`: the files and directories below a directory that are not checked.
    pub exclude: Globs,
    /// `include`: the other names of files that are.
    pub include: Globs,
    /// `[[overrides]]`
    overrides: Vec<Override>,
}

/// What is otherwise for some files.
#[derive(Debug, Clone)]
struct Override {
    files: Globs,
    release: Option<Release>,
    policy: Policy,
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
}

/// The keys of the file.
pub const KEYS: [&str; 7] =
    ["is-version", "fail-on", "rules", "expect", "exclude", "include", "overrides"];

/// The keys of an override.
pub const OVERRIDE_KEYS: [&str; 3] = ["files", "is-version", "rules"];

/// The levels a rule can be given.
pub const LEVELS: [(&str, Level); 4] = [
    ("off", Level::Off),
    ("info", Level::At(Severity::Info)),
    ("warning", Level::At(Severity::Warning)),
    ("error", Level::At(Severity::Error)),
];

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// The mistake in it, with its place behind the path.
    pub fn of(source: &Source) -> Result<Self, Failure> {
        Self::parse(source.text()).map_err(|mistake| {
            let at = source.position(mistake.span.start);
            let place = format!("{}:{}:{}", source.name(), at.line, at.column);
            Failure::with(place, mistake.message)
        })
    }

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
                "exclude" => config.exclude = globs(key, value)?,
                "include" => config.include = globs(key, value)?,
                "overrides" => config.overrides = overrides(value)?,
                unknown => {
                    return Err(wrong(key_span(document.as_table(), key), "key", unknown, &KEYS));
                }
            }
        }
        Ok(config)
    }

    /// What it decides for a file, by its path below the directory of the configuration. Of two
    /// overrides the later one wins.
    #[must_use]
    pub fn of_file(mut self, path: &Path) -> Self {
        for one in self.overrides.iter().filter(|one| one.files.hold(path)) {
            self.release = one.release.or(self.release);
            self.policy.override_with(&one.policy);
        }
        self
    }
}

fn overrides(value: &Item) -> Result<Vec<Override>, ConfigMistake> {
    let tables: Option<Vec<&dyn TableLike>> = match value {
        Item::ArrayOfTables(tables) => {
            Some(tables.iter().map(|table| table as &dyn TableLike).collect())
        }
        Item::Value(Value::Array(items)) => {
            let tables = items.iter().map(|item| item.as_inline_table());
            tables.map(|table| table.map(|table| table as &dyn TableLike)).collect()
        }
        _ => None,
    };
    let Some(tables) = tables else {
        return Err(at(value, "overrides are tables, each below [[overrides]]"));
    };
    tables.into_iter().map(|table| one_override(table, span(value))).collect()
}

fn one_override(table: &dyn TableLike, all: Range<usize>) -> Result<Override, ConfigMistake> {
    let mut files = None;
    let (mut its_release, mut policy) = (None, Policy::default());
    for (key, value) in table.iter() {
        match key {
            "files" => files = Some(globs(key, value)?),
            "is-version" => its_release = Some(release(value)?),
            "rules" => rules(value, &mut policy)?,
            unknown => return Err(wrong(key_span(table, key), "key", unknown, &OVERRIDE_KEYS)),
        }
    }
    let first = table.iter().next().map_or(all, |(key, _)| key_span(table, key));
    let message = "an override needs files, the patterns of what it is for".to_owned();
    let files = files.ok_or(ConfigMistake { span: first, message })?;
    Ok(Override { files, release: its_release, policy })
}

fn globs(key: &str, value: &Item) -> Result<Globs, ConfigMistake> {
    let Some(items) = value.as_array() else {
        return Err(at(value, format!("{key} is a list of patterns")));
    };
    let mut globs = Globs::default();
    for item in items {
        let mistake = |message| ConfigMistake { span: item.span().unwrap_or_default(), message };
        let text = item.as_str();
        let text = text.ok_or_else(|| mistake(format!("{key} is a list of patterns")))?;
        globs.add(text).map_err(mistake)?;
    }
    Ok(globs)
}

fn release(value: &Item) -> Result<Release, ConfigMistake> {
    let text = string(value)?;
    text.parse().map_err(|known| at(value, format!("there is no release {text:?}: {known}")))
}

fn fail_on(value: &Item) -> Result<FailOn, ConfigMistake> {
    named(FailOn::ALL, FailOn::as_str, "level", string(value)?, span(value))
}

fn rules(value: &Item, policy: &mut Policy) -> Result<(), ConfigMistake> {
    let wrong_shape = || at(value, "rules is a table of names and levels");
    let table = value.as_table_like().ok_or_else(wrong_shape)?;
    for (name, value) in table.iter() {
        let (_, level) = named(LEVELS, |(word, _)| word, "level", string(value)?, span(value))?;
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
    let wrong_shape = || at(value, "expect is a table of kinds of user and outcomes");
    let table = value.as_table_like().ok_or_else(wrong_shape)?;
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
    let word = string(value)?;
    let unknown = || wrong(span(value), "outcome", word, &Wanted::words().collect::<Vec<_>>());
    Ok(Expectation {
        user: named(UserKind::ALL, UserKind::as_str, "kind of user", user, key.clone())?,
        event: named(Event::ALL, Event::as_str, "event", event, key)?,
        wanted: Wanted::named(word).ok_or_else(unknown)?,
    })
}

/// The choice of this name.
fn named<T: Copy, const N: usize>(
    all: [T; N],
    name: impl Fn(T) -> &'static str,
    what: &str,
    found: &str,
    span: Range<usize>,
) -> Result<T, ConfigMistake> {
    let choice = all.into_iter().find(|one| name(*one) == found);
    choice.ok_or_else(|| wrong(span, what, found, &all.map(name)))
}

fn string(value: &Item) -> Result<&str, ConfigMistake> {
    let found = || at(value, format!("expected a string, found {}", value.type_name()));
    value.as_str().ok_or_else(found)
}

fn at(value: &Item, message: impl Into<String>) -> ConfigMistake {
    ConfigMistake { span: span(value), message: message.into() }
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
