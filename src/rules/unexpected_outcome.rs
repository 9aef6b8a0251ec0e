//! A file under which something else happens to users than their team expects.

use crate::login::{Event, Expectation};
use crate::outcomes::{Assumptions, Reason, Remedy, Simulation, sentences};
use crate::rules::prelude::*;
use crate::rules::{assignment, set_command};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "unexpected-outcome",
    category: Category::Contradiction,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("unexpected_outcome.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    if analysis.expectations.is_empty() || analysis.server.authenticator.is_none() {
        return;
    }
    let simulation = Simulation::of(analysis, Assumptions::default());
    for expectation in analysis.expectations {
        let encounter = simulation.encounter(expectation.user, expectation.event);
        if !expectation.holds(&encounter.outcomes) {
            let happens = sentences(encounter.user, encounter.event, &encounter.outcomes);
            sink.push(finding(analysis, &simulation, *expectation, &happens));
        }
    }
}

fn finding(
    analysis: &Analysis<'_>,
    simulation: &Simulation<'_, '_>,
    expectation: Expectation,
    happens: &Message,
) -> Diagnostic {
    let Expectation { user, event, wanted } = expectation;
    let about = match event {
        Event::Login => message!("{}", user.as_str()),
        event => message!("{}.{}", user.as_str(), event.as_str()),
    };
    let message = message!("{}: {} is expected, and the user {}", about, wanted.as_str(), happens);
    let reasons = simulation.because_of_outcome(user, event);
    let mut deciding = reasons.iter().filter_map(|reason| reason.span);
    let finding = match deciding.next() {
        Some(span) => INFO.at(span, message, "decides"),
        None => {
            // A default is overridden in the section, or else at the top of the file.
            let place = analysis.section.anchor().unwrap_or_default();
            INFO.at(place, message, by_default(&reasons))
        }
    };
    let finding = finding.also_each(deciding, "decides as well");
    match simulation.remedy(expectation).as_deref() {
        None => finding.help("no change of up to three settings satisfies it"),
        Some(changes) => {
            let help = message!("to satisfy it, {}", advice(analysis, changes));
            let fix = match *changes {
                [(name, value)] => fix(analysis, name.as_str(), value),
                _ => None,
            };
            finding.help(help).fix(fix)
        }
    }
}

/// The defaults that decide, in a phrase.
fn by_default(reasons: &[Reason]) -> Message {
    let names = reasons.iter().map(|reason| Message::from(reason.setting));
    match reasons.is_empty() {
        true => Message::from("no setting changes this"),
        false => message!("decided by the default of {}", Message::joined(names, " and ")),
    }
}

/// What to set, with the command where it is one parameter.
fn advice(analysis: &Analysis<'_>, changes: &[Remedy]) -> Message {
    if let [(name, value)] = *changes
        && crate::catalogue::parameter(name.as_str()).is_some()
        && let Some(command) = set_command(analysis, name.as_str(), value)
    {
        return message!("`{}`", command);
    }
    let assignments = changes.iter().map(|(name, value)| assignment(name.as_str(), value));
    message!("set {}", Message::joined(assignments, " and "))
}

fn fix(analysis: &Analysis<'_>, name: &'static str, value: &'static str) -> Option<Fix> {
    crate::catalogue::parameter(name)?;
    let assignment = assignment(name, value);
    let (_, toml) = assignment.split_once(" = ")?;
    let edits = match analysis.settings.get(name).written() {
        Some(written) => vec![edits::revalue(written.entry, toml)],
        None => edits::add_parameter(analysis.document, &analysis.tree, name, toml)?,
    };
    Some(Fix::risky(message!("set {}", assignment), edits))
}
