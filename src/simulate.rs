//! What each kind of user meets at login -> what `simulate` prints, in one of several forms.

mod json;
mod mermaid;
mod table;

use crate::analysis::Analysis;
use crate::escape::{escape, spelt, without_commands};
use crate::login::{Expectation, Outcome, Wanted};
use crate::outcomes::{Assumptions, Encounter, Reason, Simulation, sentences};
use crate::redact::MASK;
use crate::report::Style;
use crate::settings::Origin;
use crate::source::Source;

/// What there is to tell of a file.
#[derive(Debug)]
pub struct SimulateView<'v, 'd> {
    analysis: &'v Analysis<'d>,
    simulation: Simulation<'v, 'd>,
    encounters: Vec<Encounter>,
    /// The expectations that do not hold, with what happens instead.
    unexpected: Vec<(Expectation, Encounter)>,
    loads: Option<bool>,
}

impl<'v, 'd> SimulateView<'v, 'd> {
    /// Plays every login of a file; `loads` tells whether the server loads it, where that is known.
    pub fn of(analysis: &'v Analysis<'d>, loads: Option<bool>, assumptions: Assumptions) -> Self {
        let simulation = Simulation::of(analysis, assumptions);
        let is_held = analysis.server.authenticator.is_some() && loads != Some(false);
        let encounters = if is_held { simulation.encounters() } else { Vec::new() };
        let expectations = analysis.expectations.iter().filter(|_| is_held);
        let played = expectations.map(|it| (*it, simulation.encounter(it.user, it.event)));
        let unexpected =
            played.filter(|(expectation, encounter)| !expectation.holds(&encounter.outcomes));
        let unexpected = unexpected.collect();
        Self { analysis, simulation, encounters, unexpected, loads }
    }

    /// Whether every expectation of the configuration holds.
    pub fn is_as_expected(&self) -> bool {
        self.unexpected.is_empty()
    }

    /// Columns for people.
    pub fn table(&self, style: &Style) -> String {
        without_commands(&table::render(self, style), spelt).into_owned()
    }

    /// One JSON object, `smsotp-lint/simulate/1`.
    pub fn json(&self) -> String {
        json::render(self)
    }

    /// A flowchart that a wiki or a pull request draws.
    pub fn mermaid(&self) -> String {
        without_commands(&mermaid::render(self), spelt).into_owned()
    }

    fn source(&self) -> &Source {
        self.analysis.document.source()
    }

    /// Whose logins these are.
    fn head(&self) -> String {
        let release = self.simulation.release();
        match self.analysis.profile.release {
            Some(_) => format!("logins in {release}"),
            None => format!("logins in {release}, with the documented defaults"),
        }
    }

    /// What the mark means, what is assumed, what is not known, and what is not simulated.
    fn foot(&self) -> String {
        let assumed = self.simulation.assumed().join(", ");
        let unknown = match self.loads {
            None => format!("{}\n", self.analysis.unknown_loads()),
            Some(_) => String::new(),
        };
        let expected = match self.unexpected.is_empty() {
            true => "or may guess without limit",
            false => "may guess without limit, or not as expected",
        };
        let built_in = self.analysis.built_in.as_ref();
        let other = match built_in.is_some_and(|it| it.section.is_written()) {
            true => "These are logins with the SMS OTP of a connection, not with sms_otp_local.\n",
            false => "",
        };
        format!(
            "! no second factor, cannot log in, {expected}\nAssumed: {assumed}\n{unknown}{other}"
        )
    }

    /// What is expected of an encounter in place of what happens.
    fn expected(&self, encounter: &Encounter) -> Option<Wanted> {
        let is_it = |expectation: &Expectation| {
            expectation.user == encounter.user && expectation.event == encounter.event
        };
        let mut unexpected = self.unexpected.iter();
        unexpected.find(|(expectation, _)| is_it(expectation)).map(|(it, _)| it.wanted)
    }
}

/// What happens in an encounter, in words.
fn happens(encounter: &Encounter) -> String {
    let words =
        |outcomes: &[Outcome]| sentences(encounter.user, encounter.event, outcomes).to_string();
    let mut text = words(&encounter.outcomes);
    let mut others: Vec<(String, Vec<&str>)> = Vec::new();
    for (release, there) in &encounter.elsewhere {
        let there = words(there);
        match others.iter_mut().find(|(known, _)| *known == there) {
            Some((_, releases)) => releases.push(release.as_str()),
            None if there == text => {}
            None => others.push((there, vec![release.as_str()])),
        }
    }
    for (there, releases) in others {
        text = format!("{text}; in {}: {there}", releases.join(" and "));
    }
    text
}

/// A reason in words: the setting, its value, and where that comes from. No line is broken within
/// any of the three.
fn because(source: &Source, reason: &Reason) -> String {
    /// The most characters of a value that are shown.
    const LONGEST: usize = 60;
    let name = reason.setting.strip_prefix("prev:");
    let name = match name {
        Some(name) => format!("{name} in another section"),
        None => reason.setting.to_owned(),
    };
    let place = match (reason.origin, reason.span) {
        (Origin::File, Some(span)) => {
            format!(" (line\u{a0}{})", source.position(span.start).line)
        }
        (Origin::Default, _) => " (default)".to_owned(),
        (Origin::File | Origin::Unset, _) => String::new(),
    };
    let value = match &reason.value {
        Some(_) if reason.is_secret => MASK.to_owned(),
        Some(text) if text.is_empty() || text.trim() != text => format!("{text:?}"),
        Some(text) => {
            let mut shown: String = text.chars().take(LONGEST).collect();
            if shown.len() < text.len() {
                shown.push('\u{2026}');
            }
            escape(&shown).into_owned()
        }
        None if reason.origin == Origin::Unset => return format!("{name} not\u{a0}set"),
        None => return format!("{name} not\u{a0}known{place}"),
    };
    format!("{name} =\u{a0}{value}{place}")
}
