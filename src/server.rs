//! What the server makes of a document: whether it starts with it, and the text of every
//! parameter as the SMS OTP authenticator reads it.

mod authenticators;
pub mod dialect;
mod environment;
mod flat_keys;
pub mod java_regex;
pub mod java_text;
mod mapped;
pub mod page;
mod read;
mod references;
pub mod table_order;
#[cfg(test)]
mod tests;
pub mod xml;

pub use environment::{Environment, Lookup};
pub use mapped::MappedText;
pub use references::{Link, Miss, ReferenceProblem, ReferenceProblemKind, References, Uncertain};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::catalogue::Profile;
use crate::section::SettingEntry;
use crate::toml::{Document, Entry, Tree};

use authenticators::Authenticators;

/// What the server makes of a document.
#[derive(Debug)]
pub struct Model<'d> {
    /// What became of the references.
    pub references: References<'d>,
    /// What is odd about the names and values of authenticators; empty for a clean file.
    pub template_issues: Vec<TemplateIssue<'d>>,
    /// What the server holds under the name SMSOTP, provided that it loads; `None` when it holds
    /// nothing there, or nobody can tell what.
    pub authenticator: Option<Authenticator>,
    /// Which of its parameters hold something from another place than this section.
    pub from_reference: FromReference,
    /// What becomes of the section as a whole.
    pub registration: Registration,
    /// The `name` of every custom authenticator that is held under the name SMSOTP.
    pub replacements: Vec<SettingEntry<'d, 'd>>,
    /// Whether a value depends on the order in which the server walks its hash tables.
    pub unspecified: bool,
}

/// Parameters that hold something from another place than this section, where a secret may stand.
#[derive(Debug, Clone, Default)]
pub struct FromReference {
    /// The names of those whose text comes from there.
    pub into: BTreeSet<String>,
    /// Of these, the ones whose name comes from there as well.
    pub names: BTreeSet<String>,
}

/// The configuration of an authenticator as the server holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authenticator {
    /// The text of `enabled`; `None` when it is not known.
    pub enabled: Option<ServerText>,
    /// The text of every parameter by its name; `None` for one that is not known.
    pub parameters: BTreeMap<ServerText, Option<ServerText>>,
}

/// A name or a text that the server holds: a shipped one, or one that is made of the file's.
pub type ServerText = Cow<'static, str>;

/// What becomes of `[authentication.authenticator.sms_otp]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// The authenticator reads it.
    Active,
    /// Its `name` says something else, so that the authenticator finds nothing.
    Renamed,
    /// A custom authenticator named SMSOTP takes its place.
    Overridden,
    /// It depends on what is not known, or on the order of a hash table.
    Unknown,
}

impl Registration {
    /// Whether the authenticator reads the section, as far as anyone can tell.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Active | Self::Unknown)
    }
}

/// A name or value that XML or the template engine does not simply print.
#[derive(Debug)]
pub struct TemplateIssue<'d> {
    /// The entry it stands in.
    pub written: SettingEntry<'d, 'd>,
    /// Which part of it.
    pub role: Role,
    /// Whether it belongs to this section, so that its text may be quoted.
    pub is_own: bool,
    /// The text, references resolved.
    pub text: MappedText,
    /// What is odd.
    pub kind: TemplateIssueKind,
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
pub enum TemplateIssueKind {
    /// It makes application-authentication.xml ill-formed.
    IllFormed(xml::XmlFault),
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
    /// Works out what the server does with a document. Of a text that is not TOML nothing is
    /// known, since its tables are a guess.
    pub fn of(
        document: &'d Document<'d>,
        tree: &Tree<'d>,
        profile: Profile,
        environment: &Environment,
    ) -> Self {
        if !document.is_toml() {
            return Self {
                references: References::none(document.source()),
                template_issues: Vec::new(),
                authenticator: None,
                from_reference: FromReference::default(),
                registration: Registration::Unknown,
                replacements: Vec::new(),
                unspecified: false,
            };
        }
        let references = References::of(document.source(), tree, profile, environment);
        let authenticators = Authenticators::of(tree);
        read::model(references, &authenticators, profile)
    }

    /// Whether the server starts and finds its authenticators configured; `None` when that hangs
    /// on what is not known. `stops` tells whether there is any finding of a startup rule.
    pub fn loads(&self, stops: bool) -> Option<bool> {
        let template = |template_issue: &TemplateIssue<'_>| {
            matches!(template_issue.kind, TemplateIssueKind::Template(_))
        };
        let depends_on_unknown = self.references.depends_on_unknown
            || !self.references.uncertain.is_empty()
            || self.template_issues.iter().any(template);
        match (stops, depends_on_unknown) {
            (true, _) => Some(false),
            (false, true) => None,
            (false, false) => Some(true),
        }
    }

    /// What is odd about the value of an entry, if anything is.
    pub fn template_issue(&self, entry: &Entry<'_>) -> Option<&TemplateIssue<'d>> {
        let span = entry.span();
        let first = self
            .template_issues
            .partition_point(|template_issue| template_issue.written.span() < span);
        let mut here =
            self.template_issues[first..].iter().take_while(|odd| odd.written.span() == span);
        here.find(|template_issue| !matches!(template_issue.role, Role::Key(_)))
    }
}
