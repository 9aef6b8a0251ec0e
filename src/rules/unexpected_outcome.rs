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
    summary: "an expectation of the configuration file that does not hold",
    server: "\
The table [expect] of .smsotp-lint.toml says what must happen to a kind of user at login. The login \
is simulated with the settings that the server uses, in the release asked for, else in 5.11. An \
expectation holds only when every possible outcome is as expected; second-factor holds when nobody \
gets in without a code or a backup code.",
    example: "\
# .smsotp-lint.toml: expect.not-in-user-store = \"refused\"
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = false
",
    instead: "\
# .smsotp-lint.toml: expect.not-in-user-store = \"refused\"
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
    fixes: "\
Unsafe, where one setting is enough: it gets the value with which the expectation holds and no \
other is broken. The title says what else that changes for whom.",
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
                [(name, value)] => fix(analysis, name, value),
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
        && crate::catalogue::parameter(name).is_some()
        && let Some(command) = set_command(analysis, name, value)
    {
        return message!("`{}`", command);
    }
    let assignments = changes.iter().map(|(name, value)| assignment(name, value));
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
