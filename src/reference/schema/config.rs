//! The type of the configuration file -> its schema.

use serde_json::{Map, Value, json};

use super::{DEFINITIONS, not_read, sentence, table};
use crate::catalogue::Release;
use crate::config::{FailOn, KEYS, LEVELS, OVERRIDE_KEYS};
use crate::diagnostic::Category;
use crate::login::{Event, UserKind, Wanted};
use crate::policy::{Level, Policy, Selector};
use crate::reference::facts::level;
use crate::rules::RULES;

/// The names of the definitions, which some editors show.
const OUTCOME: &str = "outcome";
const EVENTS: &str = "events";

pub(super) fn schema() -> Value {
    let [is_version, fail_on, rules, expect, exclude, include, overrides] = KEYS;
    let about = "How a team wants smsotp-lint to judge its files.";
    let properties = json!({
        is_version: release(), fail_on: failure(), rules: targets(), expect: expectations(),
        exclude: patterns(
            "Files and directories that are not checked when a directory above them is.",
        ),
        include: patterns(
            "Other names of files that are checked when a directory above them is, beside \
             deployment.toml.",
        ),
        overrides: {
            "description": "What is otherwise for some files. The later of two wins.",
            "type": "array",
            "items": one_override(),
        },
    });
    let mut schema = table(about, properties);
    schema[DEFINITIONS] = definitions();
    schema
}

fn one_override() -> Value {
    let [files, is_version, rules] = OVERRIDE_KEYS;
    let properties = json!({
        files: patterns("The files that it is for."), is_version: release(), rules: targets(),
    });
    let mut schema = table("What is otherwise for some files.", properties);
    schema["required"] = json!([files]);
    schema
}

/// Patterns of paths. What is wrong with one is for the program to say.
fn patterns(about: &str) -> Value {
    let relative = "A pattern with a slash is for a path below the directory of this file, one \
                    without for a name in any depth.";
    json!({
        "description": format!("{about} {relative}"),
        "type": "array",
        "items": { "type": "string", "minLength": 1 },
    })
}

/// Every kind of user, alone or with what the user does, and the outcomes that may be expected. Each
/// pair is spelt out, since of a pattern an editor would show the regular expression.
fn expectations() -> Value {
    let outcome = reference(OUTCOME);
    let mut users = Map::new();
    for user in UserKind::ALL.map(UserKind::as_str) {
        users.insert(user.to_owned(), json!({ "anyOf": [outcome, reference(EVENTS)] }));
        let quoted = Event::ALL.map(|event| format!("{user}.{}", event.as_str()));
        users.extend(quoted.map(|key| (key, outcome.clone())));
    }
    json!({
        "description": "What must happen to a kind of user at login, and in other events.",
        "type": "object",
        "properties": users,
        "additionalProperties": not_read("No such kind of user is known."),
    })
}

/// What may be expected, and the events it may be expected in.
fn definitions() -> Value {
    let events = Event::ALL.map(|event| (event.as_str().to_owned(), reference(OUTCOME)));
    json!({
        OUTCOME: { "enum": Wanted::words().collect::<Vec<_>>() },
        EVENTS: {
            "type": "object",
            "properties": Map::from_iter(events),
            "additionalProperties": not_read("No such event is known."),
        },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/{DEFINITIONS}/{name}") })
}

/// Every release, also as WSO2 numbers its packages. The program takes more spellings, but of a
/// pattern an editor would show the regular expression.
fn release() -> Value {
    let names = Release::ALL.iter().map(|release| release.to_string());
    let packages = Release::ALL.iter().map(|release| format!("{release}.0"));
    json!({
        "description": "The release of the server. Without it the documented defaults apply.",
        "enum": names.chain(packages).collect::<Vec<_>>(),
    })
}

fn failure() -> Value {
    json!({
        "description": "The least severity that makes the exit code 1.",
        "enum": FailOn::ALL.map(FailOn::as_str),
        "default": FailOn::default().as_str(),
    })
}

/// Every category and every rule, with the levels it can have.
fn targets() -> Value {
    let categories = Category::ALL.map(|category| {
        (Selector::Category(category), format!("Every rule of the category {}.", category.as_str()))
    });
    let rules = RULES.iter().map(|rule| {
        let about =
            format!("{} Default: {}.", sentence(rule.info.page.summary()), level(rule.info));
        (Selector::Rule(rule.info), about)
    });
    let properties: Map<String, Value> = categories
        .into_iter()
        .chain(rules)
        .map(|(target, about)| {
            let schema = json!({ "description": about, "enum": levels(target) });
            (target.name().to_owned(), schema)
        })
        .collect();
    table("The level of a rule, or of a category; that of a rule comes first.", properties)
}

fn levels(target: Selector) -> Vec<&'static str> {
    let can = |level: &Level| Policy::default().configure(target, *level).is_ok();
    LEVELS.iter().filter(|(_, level)| can(level)).map(|(name, _)| *name).collect()
}
