//! What a team expects for its users, and whether an outcome is that.

use super::{Event, Outcome, UserKind};

/// What must happen to a kind of user in a course of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expectation {
    /// The kind of user.
    pub user: UserKind,
    /// What the user does.
    pub event: Event,
    /// What must come of it.
    pub wanted: Wanted,
}

/// What may be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The outcome of this word.
    Outcome(&'static str),
    /// Nobody gets in without a code or a backup code.
    SecondFactor,
}

/// The word for [`Wanted::SecondFactor`].
const SECOND_FACTOR: &str = "second-factor";

impl Expectation {
    /// Whether every possible outcome is as wanted.
    pub fn holds(self, outcomes: &[Outcome]) -> bool {
        outcomes.iter().all(|outcome| match self.wanted {
            Wanted::Outcome(word) => outcome.word() == word,
            Wanted::SecondFactor => *outcome != Outcome::Skipped,
        })
    }
}

impl Wanted {
    /// Every word that may be expected, and what it means.
    pub fn meanings() -> impl Iterator<Item = (&'static str, &'static str)> {
        let second_factor = (SECOND_FACTOR, "nobody gets in without a code or a backup code");
        Outcome::WORDS.into_iter().chain([second_factor])
    }

    /// Every word that may be expected.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::meanings().map(|(word, _)| word)
    }

    /// The expectation of this word, if it is one.
    pub fn named(word: &str) -> Option<Self> {
        let word = Self::words().find(|known| *known == word)?;
        Some(if word == SECOND_FACTOR { Self::SecondFactor } else { Self::Outcome(word) })
    }

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outcome(word) => word,
            Self::SecondFactor => SECOND_FACTOR,
        }
    }
}
