//! Two simulations -> the encounters that end differently.

use crate::login::{Code, Event, Outcome, UserKind};
use crate::outcomes::{Danger, Simulation, code_in_words, danger, danger_of_code, sentences};

/// An encounter that ends differently.
#[derive(Debug)]
pub(super) struct OutcomeChange {
    pub(super) user: UserKind,
    pub(super) event: Event,
    /// `None` where it did not come to it.
    pub(super) before: Option<Vec<Outcome>>,
    pub(super) after: Vec<Outcome>,
}

/// Every encounter that ends differently, in the order of `simulate`. One that no longer happens is
/// left out: the change of the login says so.
pub(super) fn changes(
    before: &Simulation<'_, '_>,
    after: &Simulation<'_, '_>,
) -> Vec<OutcomeChange> {
    let old = before.encounters();
    let changes = after.encounters().into_iter().map(|new| {
        let is_same = |user, event| (user, event) == (new.user, new.event);
        let before = old.iter().find(|old| is_same(old.user, old.event));
        OutcomeChange {
            user: new.user,
            event: new.event,
            before: before.map(|old| old.outcomes.clone()),
            after: new.outcomes,
        }
    });
    changes.filter(OutcomeChange::is_one).collect()
}

/// An outcome with its detail.
fn word(outcome: Outcome) -> String {
    match outcome.detail() {
        Some(detail) => format!("{}: {detail}", outcome.word()),
        None => outcome.word().to_owned(),
    }
}

/// What is possible, in the words of reports.
pub(super) fn words(outcomes: &[Outcome]) -> String {
    outcomes.iter().map(|outcome| word(*outcome)).collect::<Vec<_>>().join(" or ")
}

/// A change in words for people.
#[derive(Debug)]
pub(super) struct OutcomeRow {
    pub(super) who: String,
    pub(super) before: String,
    pub(super) after: String,
    /// The danger that there is afterwards, and was not before.
    pub(super) danger: Option<Danger>,
}

/// The changes in words: where only the code differs, one row says so for all.
pub(super) fn rows(changes: &[OutcomeChange]) -> Vec<OutcomeRow> {
    let (of_code, others): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.is_of_code_only());
    let code = of_code.first().map(|change| OutcomeRow {
        who: "the code".to_owned(),
        before: codes(change.before.as_deref().unwrap_or_default()),
        after: codes(&change.after),
        danger: all_codes(&change.after).filter_map(danger_of_code).max(),
    });
    others.into_iter().map(|change| change.row(changes)).chain(code).collect()
}

impl OutcomeChange {
    fn is_one(&self) -> bool {
        let sorted = |outcomes: &[Outcome]| {
            let mut words: Vec<_> = outcomes.iter().map(|outcome| word(*outcome)).collect();
            words.sort();
            words
        };
        self.before.as_ref().is_none_or(|before| sorted(before) != sorted(&self.after))
    }

    fn is_of_code_only(&self) -> bool {
        let without = |outcomes: &[Outcome]| {
            outcomes.iter().map(|outcome| outcome.without_code()).collect::<Vec<_>>()
        };
        self.before.as_ref().is_some_and(|before| without(before) == without(&self.after))
    }

    fn row(&self, all: &[Self]) -> OutcomeRow {
        let Self { user, event, .. } = *self;
        let told = |outcomes: &[Outcome]| sentences(user, event, outcomes).to_string();
        let mut before = self.before.as_deref().map_or_else(|| "-".to_owned(), told);
        let mut after = told(&self.after);
        if before == after {
            // What differs is in the detail.
            before = format!("{before} ({})", words(self.before.as_deref().unwrap_or_default()));
            after = format!("{after} ({})", words(&self.after));
        }
        OutcomeRow {
            who: match event {
                Event::Login => user.in_words().to_owned(),
                _ => format!("{}: {}", user.in_short(), event.in_words()),
            },
            before,
            after,
            danger: self.new_danger(all),
        }
    }

    fn new_danger(&self, all: &[Self]) -> Option<Danger> {
        let of = |event, outcomes: &[Outcome]| {
            outcomes.iter().filter_map(|outcome| danger(self.user, event, *outcome)).max()
        };
        let after = of(self.event, &self.after);
        let is_new = match &self.before {
            Some(before) => after != of(self.event, before),
            // Before, the login ended without it, which may have been the greater danger.
            None => {
                let is_login =
                    |change: &&Self| (change.user, change.event) == (self.user, Event::Login);
                let login = all.iter().find(is_login).and_then(|login| login.before.as_deref());
                after > login.and_then(|login| of(Event::Login, login))
            }
        };
        after.filter(|_| is_new)
    }
}

fn all_codes(outcomes: &[Outcome]) -> impl Iterator<Item = Code> {
    outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::CodeSent { code, .. } => Some(*code),
        _ => None,
    })
}

fn codes(outcomes: &[Outcome]) -> String {
    all_codes(outcomes).map(code_in_words).collect::<Vec<_>>().join(", or ")
}
