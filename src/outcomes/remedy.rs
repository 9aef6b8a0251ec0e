//! An expectation that does not hold -> the shortest change of settings after which it does.

use super::Simulation;
use crate::login::{Event, Expectation, Given, Outcome, SettingName, UserKind, Wanted};

/// A setting and the value to give it.
pub type Remedy = (SettingName, &'static str);

/// Longer changes are no advice.
const LONGEST: usize = 3;

impl Simulation<'_, '_> {
    /// The change that satisfies an expectation, breaks none that holds, and changes least for
    /// others; `None` when none is short enough.
    pub fn remedy(&self, wanted: Expectation) -> Option<Vec<Remedy>> {
        (1..=LONGEST).find_map(|length| {
            let mut remedies = Vec::new();
            self.search(wanted, length, &mut Vec::new(), &mut remedies);
            // The first of the best: the settings are tried in the order in which they decide.
            remedies.into_iter().min_by_key(|changes| self.changed_logins(changes))
        })
    }

    /// Tries every change of so many settings that are read on the way to the outcome.
    fn search(
        &self,
        wanted: Expectation,
        length: usize,
        changes: &mut Vec<Remedy>,
        remedies: &mut Vec<Vec<Remedy>>,
    ) {
        let mut read = Vec::new();
        let mut outcomes = Vec::new();
        self.with_login(wanted.user, self.release(), changes, |login| {
            for way in login.ways(wanted.event.moments()) {
                outcomes.push(way.last());
                read.extend(way.read);
            }
        });
        if length == 0 {
            if wanted.holds(&outcomes) && self.breaks_nothing(wanted, changes) {
                remedies.push(changes.clone());
            }
            return;
        }
        let mut tried = Vec::new();
        for name in read {
            let is_new = !tried.contains(&name) && changes.iter().all(|(known, _)| *known != name);
            if !is_new || name.is_of_previous() {
                continue;
            }
            tried.push(name);
            let is_given = |value: &&str| self.texts[name] == Given::Text(value);
            for value in name.values().iter().filter(|value| !is_given(value)) {
                changes.push((name, value));
                self.search(wanted, length - 1, changes, remedies);
                changes.pop();
            }
        }
    }

    /// Whether every expectation that holds still does after a change, and no login fails with an
    /// exception that did not before, unless that is wanted.
    fn breaks_nothing(&self, wanted: Expectation, changes: &[Remedy]) -> bool {
        let holds = |expectation: &Expectation, changes: &[Remedy]| {
            expectation.holds(&self.ends(expectation.user, expectation.event, changes))
        };
        let fails = |user: UserKind, changes: &[Remedy]| {
            let ends = self.ends(user, Event::Login, changes);
            ends.iter().any(|outcome| matches!(outcome, Outcome::Error(_)))
        };
        let may_fail = wanted.wanted == Wanted::Outcome("error");
        let mut all = self.analysis.expectations.iter();
        all.all(|expectation| holds(expectation, changes) || !holds(expectation, &[]))
            && (may_fail
                || !UserKind::ALL.iter().any(|user| fails(*user, changes) && !fails(*user, &[])))
    }

    /// For how many kinds of user a change makes another first request of it.
    fn changed_logins(&self, changes: &[Remedy]) -> usize {
        let differs = |user: &UserKind| {
            self.ends(*user, Event::Login, changes) != self.ends(*user, Event::Login, &[])
        };
        UserKind::ALL.iter().filter(|user| differs(user)).count()
    }

    /// The outcomes after a change, whatever the code looks like.
    pub(super) fn ends(&self, user: UserKind, event: Event, changes: &[Remedy]) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.with_login(user, self.release(), changes, |login| {
            for outcome in login.ends(event.moments()).map(Outcome::without_code) {
                if !outcomes.contains(&outcome) {
                    outcomes.push(outcome);
                }
            }
        });
        outcomes
    }
}
