//! An analysis -> what each kind of user meets at login, and the settings that decide it.

mod effects;
mod remedy;
mod surroundings;
mod words;

pub use remedy::Remedy;
pub use surroundings::{Assumptions, has_key_elsewhere};
pub use words::{Danger, code_in_words, danger, danger_of_code, sentence, sentences};

use crate::analysis::Analysis;
use crate::catalogue::Release;
use crate::login::{
    Connector, Event, Given, Login, Moment, Outcome, SettingName, SettingTexts, UserKind,
};
use crate::section::SettingEntry;
use crate::settings::{EffectiveValue, Origin};
use crate::source::Span;
use surroundings::Surroundings;

/// A file, and the server around it.
#[derive(Debug)]
pub struct Simulation<'a, 'd> {
    analysis: &'a Analysis<'d>,
    surroundings: Surroundings,
    /// What the server reads.
    texts: SettingTexts<'a>,
}

/// What one kind of user meets in one course of events.
#[derive(Debug)]
pub struct Encounter {
    /// The kind of user.
    pub user: UserKind,
    /// What the user does.
    pub event: Event,
    /// What comes of it: one outcome, or those that are possible.
    pub outcomes: Vec<Outcome>,
    /// Where no release was named: the releases of the documented defaults in which another
    /// outcome comes of it.
    pub elsewhere: Vec<(Release, Vec<Outcome>)>,
}

/// A setting that decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its name.
    pub setting: &'static str,
    /// The text the server reads; `None` where there is none, or none that is known.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Where the file says it.
    pub span: Option<Span>,
    /// Whether the text may not be shown, since a reference brings it in from elsewhere.
    pub is_secret: bool,
}

/// The releases that the documented defaults are those of, newest first.
const DOCUMENTED: [Release; 3] = [Release::V5_11, Release::V5_10, Release::V5_9];

impl<'a, 'd> Simulation<'a, 'd> {
    /// A file on a server of which nothing is known but what is assumed.
    pub fn of(analysis: &'a Analysis<'d>, assumptions: Assumptions) -> Self {
        let surroundings = Surroundings::of(analysis, assumptions);
        let own = |name: SettingName| match &analysis.settings.get(name.as_str()).value {
            EffectiveValue::Text(text) => Given::Text(text),
            EffectiveValue::Unknown => Given::Unknown,
            EffectiveValue::Unset => Given::Unset,
        };
        let texts = |name| surroundings.given(name).unwrap_or_else(|| own(name));
        Self { analysis, texts: SettingTexts::of(texts), surroundings }
    }

    /// The release whose outcomes are told.
    pub fn release(&self) -> Release {
        self.analysis.profile.release.unwrap_or(DOCUMENTED[0])
    }

    /// What is taken for granted of the server, in a few phrases.
    pub fn assumed(&self) -> Vec<&'static str> {
        self.surroundings.assumed(self.release())
    }

    /// Every encounter worth telling, in the order of the reports.
    pub fn encounters(&self) -> Vec<Encounter> {
        let at = |user, event| self.encounter(user, event);
        let mut all: Vec<Encounter> =
            UserKind::ALL.into_iter().map(|user| at(user, Event::Login)).collect();
        let logins: Vec<(UserKind, Vec<Outcome>)> =
            all.iter().map(|login| (login.user, login.outcomes.clone())).collect();
        let others = Event::ALL.into_iter();
        let others =
            others.filter(|event| !matches!(event, Event::Login | Event::NumberThenRightCode));
        all.extend(others.map(|event| at(UserKind::WithNumber, event)));
        let is_sent = |outcome: &Outcome| matches!(outcome, Outcome::CodeSent { .. });
        for (user, outcomes) in &logins {
            if user.is_federated() && outcomes.iter().any(is_sent) {
                all.extend([Event::RightCode, Event::SixGuesses].map(|event| at(*user, event)));
            }
        }
        for (user, outcomes) in &logins {
            if outcomes.contains(&Outcome::AsksForNumber) {
                all.push(at(*user, Event::NumberThenRightCode));
            }
        }
        all.push(at(UserKind::LockedAccount, Event::RightCode));
        all
    }

    /// What one kind of user meets.
    pub fn encounter(&self, user: UserKind, event: Event) -> Encounter {
        let release = self.release();
        let outcomes = self.play(user, event.moments());
        let others = DOCUMENTED.iter().filter(|other| **other != release);
        let others = others.filter(|_| self.analysis.profile.release.is_none());
        let elsewhere = others.filter_map(|other| {
            let there = self.play_in(user, event.moments(), *other);
            (there != outcomes).then_some((*other, there))
        });
        Encounter { user, event, elsewhere: elsewhere.collect(), outcomes }
    }

    /// The settings that decide what comes of it, and what the code looks like.
    pub fn because(&self, user: UserKind, event: Event) -> Vec<Reason> {
        self.reasons(user, event, |outcome| (outcome.word(), outcome.detail()))
    }

    /// The settings that decide whether the outcome is this one, whatever the code looks like.
    pub fn because_of_outcome(&self, user: UserKind, event: Event) -> Vec<Reason> {
        self.reasons(user, event, Outcome::without_code)
    }

    fn reasons<K: PartialEq>(
        &self,
        user: UserKind,
        event: Event,
        key: impl Fn(Outcome) -> K,
    ) -> Vec<Reason> {
        let names =
            self.with_login(user, self.release(), &[], |login| login.because(event.moments(), key));
        names.into_iter().map(|name| self.reason(name)).collect()
    }

    /// What comes of a course of moments: one outcome, or those that are possible.
    pub fn play(&self, user: UserKind, moments: &[Moment]) -> Vec<Outcome> {
        self.play_in(user, moments, self.release())
    }

    fn play_in(&self, user: UserKind, moments: &[Moment], release: Release) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.with_login(user, release, &[], |login| {
            for outcome in login.ends(moments) {
                let outcome = self.concealed(outcome);
                if !outcomes.contains(&outcome) {
                    outcomes.push(outcome);
                }
            }
        });
        outcomes
    }

    /// An outcome without the numbers that a reference brings in from another place.
    fn concealed(&self, mut outcome: Outcome) -> Outcome {
        if let Outcome::CodeSent { code, .. } = &mut outcome {
            if self.is_secret(SettingName::TokenLength) {
                code.conceal_length();
            }
            if self.is_secret(SettingName::TokenExpiryTime) {
                code.conceal_expiry();
            }
        }
        outcome
    }

    /// Asks about the logins of a user, after a change of settings perhaps.
    fn with_login<T>(
        &self,
        user: UserKind,
        release: Release,
        changes: &[Remedy],
        ask: impl FnOnce(&Login<'_>) -> T,
    ) -> T {
        let mut texts = self.texts;
        for (name, value) in changes {
            texts[*name] = Given::Text(value);
        }
        ask(&Login {
            settings: &texts,
            connector: Connector::Of(release),
            user: &user.user(),
            world: &self.surroundings.world(),
        })
    }

    fn reason(&self, name: SettingName) -> Reason {
        if let Some(reason) = self.surroundings.reason(name) {
            return reason;
        }
        let setting = self.analysis.settings.get(name.as_str());
        Reason {
            setting: name.as_str(),
            value: setting.text().map(str::to_owned),
            origin: setting.origin(),
            span: setting.written().map(SettingEntry::span),
            is_secret: self.is_secret(name),
        }
    }

    /// Whether the text of a setting of the section may not be shown.
    fn is_secret(&self, name: SettingName) -> bool {
        let is_switch = |text: &str| ["true", "false"].contains(&text);
        self.analysis.server.from_reference.into.contains(name.as_str())
            && self.analysis.settings.get(name.as_str()).text().is_some_and(|text| !is_switch(text))
    }
}

impl Encounter {
    /// Whether who gets in gave a code; `None` where nobody gets in.
    pub fn second_factor(&self) -> Option<bool> {
        let any = |is_so: fn(&Outcome) -> bool| self.outcomes.iter().any(is_so);
        match any(|outcome| *outcome == Outcome::Skipped) {
            true => Some(false),
            false => any(|outcome| matches!(outcome, Outcome::LoggedIn { .. })).then_some(true),
        }
    }
}
