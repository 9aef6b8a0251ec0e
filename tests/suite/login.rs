//! The model of the authenticator against every recorded login of the real one.
//!
//! `fixtures/vectors/login.jsonl`: one JSON object a line. `settings` are the written ones, all
//! others are the shipped defaults; `prev:X` is X of the previous authenticator's section.
//! `outcomes`: scenario (`USER/moments`) -> releases -> outcome, with the outcomes of the earlier
//! moments behind `<-`. What an outcome leaves out about a code was not recorded.

mod consequences;
mod dead;
mod fixes;
mod reasons;
mod recorded;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use smsotp_lint::catalogue::{Profile, Release, parameter};
use smsotp_lint::login::{Connector, Given, Login, Mask, Outcome, SettingTexts, ShownClaim};

use crate::support::root;

/// One combination of settings.
#[derive(Deserialize)]
struct Vector {
    id: String,
    settings: BTreeMap<String, String>,
    #[serde(default)]
    context: BTreeMap<String, String>,
    outcomes: BTreeMap<String, BTreeMap<String, String>>,
}

/// Contexts that no file decides and the model does not take, with the vectors that have them.
const NOT_TAKEN: [(&str, usize); 4] = [
    // The fields of the connection that override TokenLength and its like from 7.0.
    ("idp_expiry_min", 5),
    ("idp_length", 8),
    ("idp_numeric", 9),
    // The SMS provider answers with an error.
    ("sms", 18),
];

#[test]
fn every_recorded_login_goes_as_it_did() {
    let text = std::fs::read_to_string(root().join("fixtures/vectors/login.jsonl"));
    let text = text.expect("the vectors can be read");
    let mut not_taken: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut agreeing, mut differing, mut first) = (0, 0, None);
    for line in text.lines() {
        let vector: Vector = serde_json::from_str(line).expect("a vector is one JSON object");
        let contexts = NOT_TAKEN.map(|(name, _)| name);
        let reasons: Vec<_> =
            contexts.into_iter().filter(|name| vector.context.contains_key(*name)).collect();
        if !reasons.is_empty() {
            for reason in reasons {
                *not_taken.entry(reason).or_default() += 1;
            }
            continue;
        }
        for (scenario, runs) in &vector.outcomes {
            for (run, expected) in runs {
                for connector in recorded::connectors(run) {
                    let found = play(&vector, scenario, connector);
                    if agrees(expected, &found) {
                        agreeing += 1;
                        continue;
                    }
                    differing += 1;
                    first.get_or_insert_with(|| {
                        let Vector { id, settings, context, .. } = &vector;
                        format!(
                            "{id}: {scenario} on {connector:?}\nsettings {settings:?}\n\
                             context {context:?}\nexpected {expected}\nfound    {found}"
                        )
                    });
                }
            }
        }
    }
    assert!(first.is_none(), "{}\n{differing} differ", first.unwrap_or_default());
    assert_eq!(not_taken.into_iter().collect::<Vec<_>>(), NOT_TAKEN);
    assert_eq!(agreeing, 88_453);
}

/// The outcome of a scenario, and behind `<-` the words of those before it.
fn play(vector: &Vector, scenario: &str, connector: Connector) -> String {
    let (user, events) = scenario.split_once('/').expect("a scenario is USER/moments");
    let release = match connector {
        Connector::Of(release) => release,
        Connector::Newest => Release::V7_3,
    };
    let profile = Profile { release: Some(release) };
    let texts = SettingTexts::of(|name| {
        let written = vector.settings.get(name.as_str()).map(String::as_str);
        let text = written.or_else(|| parameter(name.as_str())?.default(profile));
        text.map_or(Given::Unset, Given::Text)
    });
    let login = Login {
        settings: &texts,
        connector,
        user: &recorded::user(user),
        world: &recorded::world(&vector.context),
    };
    let moments = recorded::moments(events);
    let mut ways = login.ways(&moments);
    let way = ways.next().expect("there is a way");
    assert!(ways.next().is_none(), "everything is known");
    let mut text = in_words(way.last());
    for (at, earlier) in way.outcomes.iter().rev().skip(1).rev().enumerate() {
        let _ = write!(text, "{}{}", if at == 0 { " <- " } else { " > " }, earlier.word());
    }
    text
}

fn in_words(outcome: Outcome) -> String {
    let mut text = outcome.word().to_owned();
    if let Some(detail) = outcome.detail() {
        let _ = write!(text, ": {detail}");
    }
    if let Outcome::CodeSent { shown: Some(shown), .. } | Outcome::Retry(_, Some(shown)) = outcome {
        let _ = write!(text, ", shows {}", masked(shown));
    }
    text
}

/// What the page shows of the one user whose number it shows.
fn masked(shown: ShownClaim) -> String {
    let text = if shown.is_null { "null" } else { recorded::NUMBER };
    let hide = |is_hidden: &dyn Fn(usize, char) -> bool| {
        text.char_indices().map(|(at, c)| if is_hidden(at, c) { '*' } else { c }).collect()
    };
    match shown.mask {
        Mask::AfterFirst(kept) => hide(&|at, _| at >= kept),
        Mask::BeforeLast(kept) => hide(&|at, _| at + kept < text.len()),
        // The one valid pattern of the recordings, [0-9](?=.{3}), in other words.
        Mask::Pattern => hide(&|at, c| c.is_ascii_digit() && at + 3 < text.len()),
    }
}

fn agrees(expected: &str, found: &str) -> bool {
    let halves = |text: &str| {
        let (last, earlier) = text.split_once(" <- ").unwrap_or((text, ""));
        (last.to_owned(), earlier.to_owned())
    };
    let ((last, earlier), (found, found_earlier)) = (halves(expected), halves(found));
    is_same_course(&earlier, &found_earlier) && is_same_outcome(&last, &found)
}

/// `a > ..x3 > b` leaves three out.
fn is_same_course(expected: &str, found: &str) -> bool {
    let words = |text: &str| -> Vec<Option<String>> {
        let words = text.split(" > ").filter(|word| !word.is_empty());
        words
            .flat_map(|word| match word.strip_prefix("..x") {
                Some(times) => std::iter::repeat_n(None, times.parse().expect("a number")),
                None => std::iter::repeat_n(Some(word.to_owned()), 1),
            })
            .collect()
    };
    let (expected, found) = (words(expected), words(found));
    expected.len() == found.len()
        && expected.iter().zip(&found).all(|(one, other)| one.is_none() || one == other)
}

fn is_same_outcome(expected: &str, found: &str) -> bool {
    let halves = |text: &str| {
        let (word, detail) = text.split_once(": ").unwrap_or((text, ""));
        (word.to_owned(), detail.split(", ").map(str::to_owned).collect::<Vec<_>>())
    };
    let ((word, mut parts), (found, mut found_parts)) = (halves(expected), halves(found));
    // Which account it is, where the recording names it, is the only one that user has.
    for part in &mut parts {
        if let Some((rest, "PRIMARY/alice")) = part.split_once(" of ") {
            *part = rest.to_owned();
        }
    }
    found_parts.retain(|part| {
        let kind = recorded_of_code(part);
        kind.is_none() || parts.iter().any(|part| recorded_of_code(part) == kind)
    });
    word == found && parts == found_parts
}

/// Which fact about a code this is, of those that were not recorded each time.
fn recorded_of_code(part: &str) -> Option<&'static str> {
    match part {
        _ if part.ends_with(" characters") => Some("length"),
        _ if part.starts_with("of ") => Some("alphabet"),
        _ if part.ends_with(" seconds") || part.starts_with("never ") => Some("validity"),
        _ => None,
    }
}
