//! A view -> a flowchart in Mermaid's language, which wikis and pull requests draw.

use std::fmt::Write;

use super::{SimulateView, because, happens};
use crate::login::Event;
use crate::outcomes::{Encounter, danger};

pub(super) fn render(view: &SimulateView<'_, '_>) -> String {
    let mut chart = String::from("flowchart LR\n    start([the first step is done])\n");
    // An end that several users come to is drawn once.
    let mut ends: Vec<(String, bool)> = Vec::new();
    for (number, encounter) in view.encounters.iter().enumerate() {
        let end = (happens(encounter), is_marked(view, encounter));
        let known = ends.iter().position(|known| *known == end);
        let at = known.unwrap_or_else(|| {
            ends.push(end);
            ends.len() - 1
        });
        let who = match encounter.event {
            Event::Login => encounter.user.in_words().to_owned(),
            event => format!("{}: {}", encounter.user.in_short(), event.in_words()),
        };
        let _ = writeln!(chart, "    start --> user{number}[{}]", quoted(&who));
        let _ = writeln!(chart, "    user{number} -->{} end{at}", label(view, encounter));
    }
    for (at, (text, is_dangerous)) in ends.iter().enumerate() {
        let class = if *is_dangerous { ":::danger" } else { "" };
        let _ = writeln!(chart, "    end{at}[{}]{class}", quoted(text));
    }
    chart + "    classDef danger stroke:#c00,stroke-width:3px\n"
}

fn is_marked(view: &SimulateView<'_, '_>, encounter: &Encounter) -> bool {
    let Encounter { user, event, .. } = *encounter;
    let mut outcomes = encounter.outcomes.iter();
    outcomes.any(|outcome| danger(user, event, *outcome).is_some())
        || view.expected(encounter).is_some()
}

/// What is on an arrow: the settings that decide.
fn label(view: &SimulateView<'_, '_>, encounter: &Encounter) -> String {
    let reasons = view.simulation.because_of_outcome(encounter.user, encounter.event);
    if reasons.is_empty() {
        return String::new();
    }
    let reasons: Vec<_> = reasons
        .iter()
        .map(|reason| because(view.source(), reason).replace('\u{a0}', " "))
        .collect();
    format!("|{}|", quoted(&reasons.join(", ")))
}

/// A text in quotes; what Mermaid or HTML would act on becomes a character code.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || " .,:;=()-_/*".contains(c) {
            quoted.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "#{};", u32::from(c));
        }
    }
    quoted + "\""
}
