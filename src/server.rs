//! What the server makes of a document: whether it starts with it, and the text of every
//! parameter as the SMS OTP authenticator reads it.

mod authenticators;
pub mod dialect;
mod environment;
pub mod java_regex;
pub mod java_text;
mod keys;
pub mod order;
pub mod page;
mod read;
mod references;
#[cfg(test)]
mod tests;
mod traced;
pub mod xml;

pub use environment::{Environment, Lookup};
pub use references::{Link, Miss, Problem, ProblemKind, References, Uncertain};
pub use traced::Traced;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::catalogue::Profile;
use crate::document::{Document, Entry};
use crate::section::Written;


use authenticators::Authenticators;


/// What the server makes of a document.
#[derive(Debug)]
pub struct Model<'d> {
    /// What became of the references.
    pub references: References<'d>,
    /// What is odd about the names and values of authenticators; empty for a clean file.
    pub oddities: Vec<Oddity<'d>>,
    /// What the server holds under the name SMSOTP, provided that it loads; `None` when it holds
    /// nothing there, or nobody can tell what.
    pub authenticator: Option<Authenticator>,
    /// Which of its parameters hold something from another place than this section.
    pub brought: Brought,
    /// What becomes of the section as a whole.
    pub fate: Fate,
    /// The `name` of every custom authenticator that is held under the name SMSOTP.
    pub replacements: Vec<Written<'d, 'd>>,
    /// Whether a value hangs on the order in which the server walks its hash tables.
    pub unspecified: bool,
}

/// Parameters that hold something from another place than this section, where a secret may stand.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// The names of those whose text comes from there.
    pub into: BTreeSet<String>,
    /// Of these, the ones whose name comes from there as well.
    pub names: BTreeSet<String>,
}

/// The configuration of an authenticator as the server holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authenticator {
    /// The text of `enabled`; `None` when it is not known.
    pub enabled: Option<Text>,
    /// The text of every parameter by its name; `None` for one that is not known.
    pub parameters: BTreeMap<Text, Option<Text>>,
}

/// A name or a text that the server holds: a shipped one, or one that is made of the file's.
pub type Text = Cow<'static, str>;

/// What becomes of `[authentication.authenticator.sms_otp]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The authenticator reads it.
    Read,
    /// Its `name` says something else, so that the authenticator finds nothing.
    Renamed,
    /// A custom authenticator named SMSOTP takes its place.
    Replaced,
    /// It hangs on what is not known, or on the order of a hash table.
    Unknown,
}

impl Fate {
    /// Whether the authenticator reads the section, as far as anyone can tell.
    pub const fn is_heard(self) -> bool {
        matches!(self, Self::Read | Self::Unknown)
    }
}

/// A name or value that XML or the template engine does not simply print.
#[derive(Debug)]
pub struct Oddity<'d> {
    /// The entry it stands in.
    pub written: Written<'d, 'd>,
    /// Which part of it.
    pub role: Role,
    /// Whether it belongs to this section, so that its text may be quoted.
    pub is_own: bool,
    /// The text, references resolved.
    pub text: Traced,
    /// What is odd.
    pub kind: OddityKind,
}

/// A part of an authenticator that the template prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The value of `name` or `enable`, into an attribute.
    Attribute,
    /// The key of a parameter, into an attribute; its place in the path.
    Key(usize),
    /// The value of a parameter, into an element.
    Value,
}

/// The ways in which a text is not simply printed.
#[derive(Debug)]
pub enum OddityKind {
    /// It makes application-authentication.xml ill-formed.
    IllFormed(xml::Fault),
    /// An expression in it is evaluated.
    Template(Range<usize>),
    /// Markup in it is read as markup.
    Markup {
        /// Where the first element or comment stands.
        range: Range<usize>,
        /// What the parameter reads.
        reads: String,
        /// The names of parameters that it adds.
        injected: Vec<String>,
    },
}

impl<'d> Model<'d> {
    /// Works out what the server does with a document that is TOML.
    pub fn of(document: &'d Document<'d>, profile: Profile, environment: &Environment) -> Self {
        let references = References::of(document, profile, environment);
        let authenticators = Authenticators::of(document);
        read::model(references, &authenticators, profile)
    }

    /// Whether the server starts and finds its authenticators configured; `None` when that hangs
    /// on what is not known. `stops` tells whether there is any finding of a startup rule.
    pub fn loads(&self, stops: bool) -> Option<bool> {
        let template = |oddity: &Oddity<'_>| matches!(oddity.kind, OddityKind::Template(_));
        let hangs = self.references.hangs
            || !self.references.uncertain.is_empty()
            || self.oddities.iter().any(template);
        match (stops, hangs) {
            (true, _) => Some(false),
            (false, true) => None,
            (false, false) => Some(true),
        }
    }

    /// What is odd about the value of an entry, if anything is.
    pub fn oddity(&self, entry: &Entry<'_>) -> Option<&Oddity<'d>> {
        let span = entry.span();
        let first = self.oddities.partition_point(|oddity| oddity.written.span() < span);
        let mut here = self.oddities[first..].iter().take_while(|odd| odd.written.span() == span);
        here.find(|oddity| !matches!(oddity.role, Role::Key(_)))
    }
}
