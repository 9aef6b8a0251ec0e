//! Two files, or one file under two releases -> what differs: the settings in use, what each
//! kind of user meets at login, and what the releases on the way brought.

mod json;
mod markdown;
mod outcomes;
mod settings;
mod table;

use crate::analysis::Analysis;
use crate::catalogue::{CHANGES, Change, ChangeStep, Concern, Release};
use crate::escape::{escape, spelt, without_commands};
use crate::outcomes::{Assumptions, Simulation};
use crate::report::Style;
use crate::section::LOCAL;
use outcomes::OutcomeChange;
use settings::SettingChange;

/// One of the two things compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'s, 'd> {
    /// The file, under its release.
    pub analysis: &'s Analysis<'d>,
    /// Whether the server loads it, where that is known.
    pub loads: Option<bool>,
}

impl Side<'_, '_> {
    fn path(&self) -> &str {
        self.analysis.document.source().name()
    }

    fn release(&self) -> Option<Release> {
        self.analysis.profile.release
    }

    /// Why the server holds no authenticator, if it holds none.
    fn absence(&self) -> Option<&'static str> {
        self.analysis.absence(self.loads)
    }
}

/// What differs.
#[derive(Debug)]
pub struct Comparison<'s, 'd> {
    before: Side<'s, 'd>,
    after: Side<'s, 'd>,
    settings: Vec<SettingChange>,
    outcomes: Vec<OutcomeChange>,
    notes: Vec<Note>,
    /// What is taken for granted of the server, on either side.
    assumed: Vec<&'static str>,
}

/// What a release on the way brought.
#[derive(Debug)]
struct Note {
    change: &'static Change,
    step: &'static ChangeStep,
}

impl<'s, 'd> Comparison<'s, 'd> {
    /// Compares the two. Where the server holds no authenticator on one side, there are no logins
    /// to compare.
    pub fn of(before: Side<'s, 'd>, after: Side<'s, 'd>, assumptions: Assumptions) -> Self {
        let are_toml = [before, after].iter().all(|side| side.analysis.document.is_toml());
        let are_held = [before, after].iter().all(|side| side.absence().is_none());
        let simulations = [before, after].map(|side| Simulation::of(side.analysis, assumptions));
        let [old, new] = &simulations;
        let outcomes = if are_held { outcomes::changes(old, new) } else { Vec::new() };
        let mut assumed = old.assumed();
        assumed.extend(new.assumed().into_iter().filter(|one| !old.assumed().contains(one)));
        Self {
            settings: if are_toml { settings::changes(before, after) } else { Vec::new() },
            outcomes,
            assumed,
            notes: if are_toml { notes(before, after) } else { Vec::new() },
            before,
            after,
        }
    }

    /// Whether something changes for users: at login, by what the file decides, or because one of
    /// the two does not start; where neither does, that cannot be told.
    pub fn matters(&self) -> bool {
        [self.before, self.after].iter().any(|side| side.loads == Some(false))
            || self.before.loads != self.after.loads
            || self.before.absence().is_some() != self.after.absence().is_some()
            || !self.outcomes.is_empty()
            || self.notes.iter().any(|note| note.change.is_decided)
    }

    /// Columns for people.
    pub fn table(&self, style: &Style) -> String {
        without_commands(&table::render(self, style), spelt).into_owned()
    }

    /// One JSON object, `smsotp-lint/compare/1`.
    pub fn json(&self) -> String {
        json::render(self)
    }

    /// A comment for a pull request.
    pub fn markdown(&self) -> String {
        without_commands(&markdown::render(self), spelt).into_owned()
    }

    fn is_equal(&self) -> bool {
        !self.matters() && self.settings.is_empty() && self.notes.is_empty()
    }

    /// What is said where nothing that differs is of any concern to users, as far as logins are
    /// known.
    fn quiet(&self) -> Option<&'static str> {
        let is_quiet = self.outcomes.is_empty() && self.warnings(str::to_owned).is_empty();
        let mut names = self.settings.iter().map(|change| change.name);
        let is_built_in = names.any(|name| name.starts_with(LOCAL));
        is_quiet.then_some(match is_built_in {
            true => "Nothing changes for users of a connection at login.",
            false => "Nothing changes for users at login.",
        })
    }

    /// What is compared with what; each name is shown by the function.
    fn subject(&self, show: impl Fn(&str) -> String) -> String {
        let [old, new] = [self.before, self.after].map(|side| show(&escape(side.path())));
        match [self.before.release(), self.after.release()] {
            [Some(from), Some(to)] if self.is_of_one_file() => {
                format!("{new}: from {from} to {to}")
            }
            [from, to] if from == to => match to {
                Some(release) => format!("{old} -> {new}, in {release}"),
                None => format!("{old} -> {new}, with the documented defaults"),
            },
            [Some(from), Some(to)] => format!("{old} in {from} -> {new} in {to}"),
            _ => format!("{old} -> {new}"),
        }
    }

    /// Whether it is one file under two releases.
    fn is_of_one_file(&self) -> bool {
        let [before, after] = [self.before, self.after].map(|side| side.analysis.document.source());
        std::ptr::eq(before, after)
    }

    /// What has to be known before anything else: that there is no authenticator on a side.
    pub fn warnings(&self, show: impl Fn(&str) -> String) -> Vec<String> {
        let absence = self.before.absence();
        if let Some(absence) = absence.filter(|_| self.is_of_one_file())
            && self.after.absence() == Some(absence)
        {
            return vec![format!("{}: {absence}", show(&escape(self.before.path())))];
        }
        let sides = [("before", self.before), ("after", self.after)];
        let warning = |(when, side): (&str, Side<'_, '_>)| {
            let release = side.release().map(|release| format!(" in {release}"));
            let name = format!("{}{}", show(&escape(side.path())), release.unwrap_or_default());
            side.absence().map(|absence| format!("{when}, {name}: {absence}"))
        };
        sides.into_iter().filter_map(warning).collect()
    }

    /// What cannot be told, and what is taken for granted.
    fn foot(&self) -> Vec<String> {
        let mut foot = Vec::new();
        if !self.outcomes.is_empty() {
            foot.push(format!("Assumed: {}", self.assumed.join(", ")));
        }
        let unknown = [self.before, self.after].into_iter().find(|side| side.loads.is_none());
        foot.extend(unknown.map(|side| side.analysis.unknown_loads().to_string()));
        if self.before.release() > self.after.release() && self.after.release().is_some() {
            foot.push(
                "What an older release lacks is not told: only upgrades have notes.".to_owned(),
            );
        }
        foot
    }

    /// The notes that the file decides, or the others.
    fn notes(&self, decided: bool) -> impl Iterator<Item = &'static ChangeStep> {
        self.notes
            .iter()
            .filter(move |note| note.change.is_decided == decided)
            .map(|note| note.step)
    }
}

/// What the releases on the way brought, for the file as it is afterwards.
fn notes(before: Side<'_, '_>, after: Side<'_, '_>) -> Vec<Note> {
    let (Some(from), Some(to)) = (before.release(), after.release()) else { return Vec::new() };
    let is_held = after.analysis.server.authenticator.is_some();
    let about = CHANGES.iter().filter(|change| match change.concerns {
        Concern::Every(_) => true,
        concern => is_held && after.analysis.settings.are_concerned(concern),
    });
    let crossed = about.filter_map(|change| {
        let step = change.crossed(from, to)?;
        Some(Note { change, step })
    });
    let mut notes: Vec<_> = crossed.collect();
    notes.sort_by_cached_key(|note| note.step.from);
    notes
}
