//! No safe fix changes what happens to anybody at login.

use std::fmt::Write as _;

use smsotp_lint::catalogue::{Profile, Release};
use smsotp_lint::engine::repair;
use smsotp_lint::login::{Event, Outcome, UserKind};
use smsotp_lint::outcomes::{Assumptions, Simulation};
use smsotp_lint::policy::Policy;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

use crate::support::fixtures;
use crate::vectors::{environment, vectors};

#[test]
fn no_safe_fix_changes_what_happens_to_anybody() {
    let texts: Vec<String> =
        vectors().into_iter().map(|vector| vector.toml).chain(fixtures()).collect();
    let (environment, policy) = (environment(), Policy::default());
    let (mut failures, mut compared) = (String::new(), 0);
    for release in Release::ALL {
        let profile = Profile { release: Some(release) };
        let options =
            Options { profile, environment: &environment, policy: &policy, ignores: false };
        for text in &texts {
            let source = Source::new("deployment.toml", text.as_str());
            let fixed = repair(&source, &options, false).source;
            if fixed.text() == source.text() {
                continue;
            }
            let (Some(before), Some(after)) =
                (outcomes(&source, &options), outcomes(&fixed, &options))
            else {
                continue;
            };
            compared += 1;
            for ((user, event, before), (.., after)) in before.iter().zip(&after) {
                if before != after {
                    let (user, event) = (user.as_str(), event.as_str());
                    let _ = writeln!(
                        failures,
                        "{release:?} {user}.{event}: {before:?} -> {after:?}\n{text}"
                    );
                }
            }
        }
    }
    assert!(compared > 1_000, "{compared} files were fixed");
    assert!(failures.is_empty(), "{failures}");
}

/// What happens to every kind of user, whatever they do; `None` for a file that does not start.
fn outcomes(
    source: &Source,
    options: &Options<'_>,
) -> Option<Vec<(UserKind, Event, Vec<Outcome>)>> {
    let document = Document::parse(source);
    let analysis = options.analyse(&document);
    if check(&analysis, options).loads == Some(false) {
        return None;
    }
    let simulation = Simulation::of(&analysis, Assumptions::default());
    let all = UserKind::ALL.into_iter().flat_map(|user| Event::ALL.map(|event| (user, event)));
    let all = all.map(|(user, event)| (user, event, simulation.play(user, event.moments())));
    Some(all.collect())
}
