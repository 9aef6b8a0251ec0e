//! A view -> one JSON object, version 1 of a public contract: fields may be added, and none may go
//! or mean something else.

use serde::Serialize;

use super::SimulateView;
use crate::login::Outcome;
use crate::outcomes::{Encounter, Reason};
use crate::redact::MASK;
use crate::report::{Location, json_text};
use crate::source::Source;

const FORMAT: &str = "smsotp-lint/simulate/1";

#[derive(Serialize)]
struct SimulatePage<'p> {
    format: &'static str,
    path: &'p str,
    is_version: String,
    section: &'static str,
    loads: Option<bool>,
    outcomes: Vec<EncounterJson<'p>>,
}

#[derive(Serialize)]
struct EncounterJson<'p> {
    user: &'static str,
    event: &'static str,
    #[serde(flatten)]
    outcome: OutcomeJson,
    second_factor: Option<bool>,
    because: Vec<ReasonJson<'p>>,
}

#[derive(Serialize)]
struct OutcomeJson {
    outcome: &'static str,
    detail: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<OutcomeJson>,
}

#[derive(Serialize)]
struct ReasonJson<'p> {
    setting: &'static str,
    value: Option<&'p str>,
    origin: &'static str,
    location: Option<Location>,
}

pub(super) fn render(view: &SimulateView<'_, '_>) -> String {
    let source = view.source();
    let because = view.encounters.iter().map(|it| view.simulation.because(it.user, it.event));
    let because: Vec<_> = because.collect();
    let encounters = view.encounters.iter().zip(&because);
    json_text(&SimulatePage {
        format: FORMAT,
        path: source.name(),
        is_version: view.analysis.profile.to_string(),
        section: view.analysis.section_state().as_str(),
        loads: view.loads,
        outcomes: encounters.map(|(one, why)| encounter(source, one, why)).collect(),
    })
}

fn encounter<'p>(
    source: &Source,
    encounter: &Encounter,
    because: &'p [Reason],
) -> EncounterJson<'p> {
    EncounterJson {
        user: encounter.user.as_str(),
        event: encounter.event.as_str(),
        outcome: match encounter.outcomes[..] {
            [outcome] => one(outcome),
            ref several => OutcomeJson {
                outcome: "one-of",
                detail: None,
                outcomes: several.iter().map(|outcome| one(*outcome)).collect(),
            },
        },
        second_factor: encounter.second_factor(),
        because: because.iter().map(|it| reason(source, it)).collect(),
    }
}

fn one(outcome: Outcome) -> OutcomeJson {
    OutcomeJson { outcome: outcome.word(), detail: outcome.detail(), outcomes: Vec::new() }
}

fn reason<'p>(source: &Source, reason: &'p Reason) -> ReasonJson<'p> {
    ReasonJson {
        setting: reason.setting,
        value: match reason.is_secret {
            true => Some(MASK),
            false => reason.value.as_deref(),
        },
        origin: reason.origin.as_str(),
        location: reason.span.map(|span| Location::of(source, span)),
    }
}
