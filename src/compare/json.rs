//! A comparison -> one JSON object, version 1 of a public contract: fields may be added, and none
//! may go or mean something else.

use serde_json::{Value, json};

use super::outcomes::{OutcomeChange, words};
use super::settings::SettingChange;
use super::{Comparison, Note, Side};
use crate::report::json_text;

const FORMAT: &str = "smsotp-lint/compare/1";

pub(super) fn render(comparison: &Comparison<'_, '_>) -> String {
    json_text(&json!({
        "format": FORMAT,
        "before": side(comparison.before),
        "after": side(comparison.after),
        "settings": comparison.settings.iter().map(setting).collect::<Value>(),
        "outcomes": comparison.outcomes.iter().map(outcome).collect::<Value>(),
        "notes": comparison.notes.iter().map(note).collect::<Value>(),
    }))
}

fn side(side: Side<'_, '_>) -> Value {
    json!({
        "path": side.path(),
        "is_version": side.analysis.profile.to_string(),
        "loads": side.loads,
    })
}

fn setting(change: &SettingChange) -> Value {
    json!({
        "name": change.name,
        "before": change.before.text(),
        "after": change.after.text(),
        "why": change.why.as_str(),
    })
}

fn outcome(change: &OutcomeChange) -> Value {
    json!({
        "user": change.user.as_str(),
        "event": change.event.as_str(),
        "before": change.before.as_deref().map(words),
        "after": words(&change.after),
    })
}

fn note(note: &Note) -> Value {
    json!({
        "release": note.step.from.as_str(),
        "text": note.step.text,
        "todo": Some(note.step.todo).filter(|todo| !todo.is_empty()),
        "decided": note.change.is_decided,
        "source": note.change.source,
    })
}
