//! What one release does differently from the one before it, for a section as it is written.
//!
//! The table is in [`table`]; `compare` and `explain` show it, and rules ask it. The sources are Java files of the
//! connector with the version of the connector ([`Release::connector`]) and the line, shipped
//! files, and issues.

mod table;

pub use table::CHANGES;

use super::{Flaw, Release};

/// One thing that changed.
#[derive(Debug)]
pub struct Change {
    /// Which files and parameters it is about.
    pub concerns: Concern,
    /// What holds from which release on, oldest first. The text of an inference says "probably".
    pub steps: &'static [ChangeStep],
    /// Whether the file alone decides that it happens, and not also what the file does not tell:
    /// the connection, the users, the application.
    pub is_decided: bool,
    /// Where it is from.
    pub source: &'static str,
}

/// What holds from a release on.
#[derive(Debug, Clone, Copy)]
pub struct ChangeStep {
    /// The release.
    pub from: Release,
    /// What changes there: a sentence without a capital letter and a full stop.
    pub text: &'static str,
    /// What to do about it, in the imperative; empty where there is nothing to do.
    pub todo: &'static str,
    /// The first release with the defect that it mends. It is no news to who comes from an older
    /// one.
    pub mends: Option<Release>,
}

/// The files that a change is about.
#[derive(Debug, Clone, Copy)]
pub enum Concern {
    /// Every file. These parameters have to do with it; none where it is about the authenticator as
    /// a whole.
    Every(&'static [&'static str]),
    /// Those in which each of these parameters reads like this.
    Each(&'static [(&'static str, Reads)]),
    /// Those in which one of these parameters reads like this.
    Any(&'static [&'static str], Reads),
}

/// What the server reads for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Some text that the file or the shipped defaults give.
    Something,
    /// Nothing: neither the file nor the shipped defaults give a text.
    Nothing,
    /// The position of a switch.
    Switch(bool),
    /// This text.
    Text(&'static str),
    /// A text that is no number the server can work with, in this way.
    Flawed(Flaw),
    /// A number above this one.
    Above(u64),
    /// A page of this web application of the server.
    PageOf(&'static str),
    /// A page with a character that no URL may hold.
    IllegalPage,
}

/// Whether a release already does otherwise with files in which a parameter reads like this.
pub fn has_changed(reads: Reads, release: Release) -> bool {
    let is_about = |change: &&Change| match change.concerns {
        Concern::Any(_, known) => known == reads,
        Concern::Each(known) => known.iter().any(|(_, known)| *known == reads),
        Concern::Every(_) => false,
    };
    let mut steps = CHANGES.iter().filter(is_about).flat_map(|change| change.steps);
    steps.any(|step| step.from <= release)
}

impl Change {
    /// What is new to who goes from one release to another: the last step on the way, since what
    /// the others brought is no longer so.
    pub fn crossed(&self, from: Release, to: Release) -> Option<&'static ChangeStep> {
        let last = self.steps.iter().rev().find(|step| step.from <= to)?;
        let is_new = from < last.from && last.mends.is_none_or(|broken| broken <= from);
        is_new.then_some(last)
    }

    /// Whether it is about a parameter.
    pub fn is_about(&self, parameter: &str) -> bool {
        match self.concerns {
            Concern::Every(names) | Concern::Any(names, _) => names.contains(&parameter),
            Concern::Each(all) => all.iter().any(|(name, _)| *name == parameter),
        }
    }
}
