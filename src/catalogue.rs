//! The facts about every SMS OTP parameter: one table, and the questions asked of it.
//!
//! Types, defaults, names and units live in [`PARAMETERS`] and nowhere else. Rules, `show`,
//! `explain` and the README beside it are all derived from it.

mod built_in;
mod changes;
mod evidence;
mod foreign;
mod kind;
mod nearest;
mod own;
mod parameters;
mod places;
mod release;
mod shipped_prefixes;

pub use built_in::{BUILT_IN, BUILT_IN_OWN, IN_CONSOLE};
pub use changes::{CHANGES, Change, ChangeStep, Concern, Reads, has_changed};
pub use evidence::Evidence;
pub use foreign::{FOREIGN, Foreign, Owner, foreign};
pub use kind::{Flaw, Kind, Truth, Unit, meant_by};
pub use nearest::{Nearest, nearest};
pub use own::OWN;
pub use parameters::PARAMETERS;
pub use places::{DISTINCTIVE, SHIPPED_AUTHENTICATORS};
pub use release::{Profile, Release, Steps};
pub use shipped_prefixes::may_be_shipped;

use crate::message::Message;
use release::always;

/// One parameter of the SMS OTP authenticator.
#[derive(Debug)]
pub struct Parameter {
    /// The exact name the server asks for; it matches no other spelling.
    pub name: &'static str,
    /// How the server reads the text, with the shipped default.
    pub kind: Kind,
    /// One line, in lower case, without a full stop.
    pub summary: &'static str,
    /// What else an operator should know: a few plain sentences.
    pub detail: &'static str,
    /// The page of the documentation that describes it.
    pub page: Option<&'static str>,
    /// Where the facts of this entry come from.
    pub evidence: &'static [Evidence],
    /// The first release that reads it.
    pub since: Release,
    /// What the server uses when neither the file nor the shipped defaults set it.
    pub fallback: Fallback,
    /// What the server does with values that do not fit, by release: phrases that follow the
    /// value. A flaw with no step does no harm.
    pub flaws: &'static [(Flaw, Steps<&'static str>)],
    /// Old, foreign and commonly mistaken names.
    pub aliases: &'static [Alias],
}

/// What an unset parameter amounts to.
#[derive(Debug, Clone, Copy)]
pub enum Fallback {
    /// The feature is off, or there is nothing to fall back to.
    None,
    /// The same text in every release.
    Text(&'static str),
    /// A text that depends on the release, so it is unknown when none is named.
    ByRelease(Steps<&'static str>),
}

/// Another name people write for a parameter.
#[derive(Debug, Clone, Copy)]
pub struct Alias {
    /// The name as written.
    pub name: &'static str,
    /// What its value counts, where that is not what the real one counts.
    pub unit: Option<&'static str>,
}

impl Parameter {
    /// Whether the server understands a leading `+` in a number.
    pub fn takes_plus(&self, profile: Profile) -> bool {
        let release = profile.defaults_of();
        matches!(self.kind, Kind::Number { plus, .. } if plus.at(release) == Some(true))
    }

    /// The shipped default under a profile, as text.
    pub fn default(&self, profile: Profile) -> Option<&'static str> {
        let release = profile.defaults_of();
        match self.kind {
            Kind::Boolean { default, .. } => {
                default.at(release).map(|on| if on { "true" } else { "false" })
            }
            Kind::Page { default } | Kind::Text { default } => default.at(release),
            Kind::Number { .. } | Kind::Choice { .. } | Kind::List | Kind::Pattern => None,
        }
    }

    /// Whether the release of a profile, if it names one, does not read this parameter yet.
    pub fn is_too_new(&self, profile: Profile) -> bool {
        profile.release.is_some_and(|release| release < self.since)
    }

    /// Whether WSO2 documents it.
    pub const fn is_documented(&self) -> bool {
        self.page.is_some()
    }

    /// What the server does with a value of this flaw; `None` when it does no harm, or none that
    /// is known.
    pub fn consequence(&self, flaw: Flaw, profile: Profile) -> Option<Message> {
        let of = |wanted| self.flaws.iter().find(|(flaw, _)| *flaw == wanted);
        let unusable = match flaw {
            Flaw::Empty | Flaw::Negative => of(Flaw::Unusable),
            Flaw::Unusable | Flaw::Zero | Flaw::BeyondInt | Flaw::BeyondLong => None,
        };
        of(flaw).or(unusable)?.1.told(profile)
    }

    /// What the server uses when there is no value and no shipped default.
    pub fn fallback(&self, profile: Profile) -> Option<&'static str> {
        match self.fallback {
            Fallback::None => None,
            Fallback::Text(text) => Some(text),
            Fallback::ByRelease(steps) => steps.at(profile.release?),
        }
    }
}

/// The parameter of exactly this name.
pub fn parameter(name: &str) -> Option<&'static Parameter> {
    let at = PARAMETERS.binary_search_by(|parameter| parameter.name.cmp(name));
    at.ok().map(|at| &PARAMETERS[at])
}

/// The characters that only separate the words of a name, or surround it.
pub(crate) const SET_ASIDE: [char; 5] = ['_', '-', ' ', '\'', '"'];

/// A name with letter case and word separators set aside.
pub(crate) fn fold(name: &str) -> String {
    folded(name).collect()
}

/// Whether a name comes down to this one.
pub(crate) fn folds_to(name: &str, fold: &str) -> bool {
    name == fold || folded(name).eq(fold.chars())
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    let kept = name.chars().filter(|c| !SET_ASIDE.contains(c));
    kept.flat_map(char::to_lowercase)
}
