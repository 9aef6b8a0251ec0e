//! What the server makes of a document: whether it starts with it, and the text of every
//! parameter as the SMS OTP authenticator reads it.

mod authenticators;
pub mod dialect;
mod environment;
pub mod facts;
mod flat_keys;
pub mod java_regex;
pub mod java_text;
mod mapped;
pub mod page;
mod read;
mod references;
mod startup;
pub mod table_order;
#[cfg(test)]
mod tests;
pub mod xml;

pub use environment::{Environment, Lookup};
pub use mapped::MappedText;
pub(crate) use references::holds_reference;
pub use references::{
    Link, Miss, OddVariable, ReferenceProblem, ReferenceProblemKind, References, Uncertain,
};
pub use startup::{Demand, Refusal, RefusalKind, TimeUnit, UnitFault, Validator, WantedType};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::catalogue::Profile;
use crate::section::{SettingEntry, SmsOtp};
use crate::toml::{Document, Entry, Tree};

use authenticators::Authenticators;
use facts::Releases;
use startup::Values;

/// What the server makes of a document.
#[derive(Debug)]
pub struct Model<'d> {
    /// What became of the references.
    pub references: References<'d>,
    /// The values that stop the server, in the order of the file.
    pub refusals: Vec<Refusal<'d>>,
    /// What is odd about the names and values that a template prints; empty for a clean file.
    pub template_issues: Vec<TemplateIssue<'d>>,
    /// What the server holds under the name SMSOTP, provided that it loads; `None` when it holds
    /// nothing there, or nobody can tell what.
    pub authenticator: Option<Authenticator>,
    /// What it holds for the authenticator that is built in from 7.0 on; `None` where the file says
    /// nothing of that.
    pub built_in: Option<BuiltInModel>,
    /// Which of its parameters hold something from another place than this section.
    pub from_reference: FromReference,
    /// What becomes of the section as a whole.
    pub registration: Registration,
    /// The `name` of every custom authenticator that is held under the name SMSOTP.
    pub replacements: Vec<SettingEntry<'d>>,
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

/// What the server holds for the authenticator that is built in from 7.0 on.
#[derive(Debug)]
pub struct BuiltInModel {
    /// What becomes of its section as a whole.
    pub registration: Registration,
    /// What is held under its name; `None` when that is nothing, or nobody can tell what.
    pub authenticator: Option<Authenticator>,
    /// The names of the parameters whose text comes from another place than its section.
    pub from_reference: BTreeSet<String>,
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
    /// The entry it is in.
    pub written: SettingEntry<'d>,
    /// Which part of it.
    pub role: Role,
    /// Whether it belongs to this section, so that its text may be quoted.
    pub is_own: bool,
    /// The text, references resolved.
    pub text: MappedText,
    /// What is odd.
    pub kind: TemplateIssueKind,
    /// The generated files that become ill-formed by it.
    pub files: Vec<&'static str>,
    /// Whether it is printed into a file as well that is not XML, where nothing need be escaped.
    pub is_printed_plainly: bool,
}

impl TemplateIssue<'_> {
    /// Whether an expression in it may stop the server; else it becomes what its name stands for,
    /// or nothing.
    pub fn may_stop(&self) -> bool {
        read::may_stop(self.text.text())
    }
}

/// The file that holds the configuration of all authenticators.
pub const APPLICATION_AUTHENTICATION: &str = "identity/application-authentication.xml";

/// The generated files without which the server does not complete its start, or has no
/// authenticator.
pub const NEEDED_TO_START: [&str; 6] = [
    APPLICATION_AUTHENTICATION,
    "carbon.xml",
    "datasources/master-datasources.xml",
    "registry.xml",
    "tenant-mgt.xml",
    "user-mgt.xml",
];

/// A part of a setting that a template prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A value, into an attribute.
    Attribute,
    /// A name, into an attribute; its place in the path.
    Key(usize),
    /// A value, into an element.
    Value,
}

/// The ways in which a text is not simply printed.
#[derive(Debug)]
pub enum TemplateIssueKind {
    /// It makes a generated file ill-formed.
    IllFormed(xml::XmlFault),
    /// An expression in it is evaluated.
    Template(Range<usize>),
    /// Markup in it is read as markup.
    Markup {
        /// Where the first element or comment is.
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
                refusals: Vec::new(),
                template_issues: Vec::new(),
                authenticator: None,
                built_in: None,
                from_reference: FromReference::default(),
                registration: Registration::Unknown,
                replacements: Vec::new(),
                unspecified: false,
            };
        }
        let values = Values::of(tree);
        let renamed = values.renamed(Releases::of(profile));
        let references = References::of(document.source(), tree, renamed, profile, environment);
        let authenticators = Authenticators::of(tree);
        let (refusals, issues) = startup::steps(values, &references, profile);
        let mut model = read::model(references, &authenticators, profile);
        model.refusals = refusals;
        model.template_issues.extend(issues);
        model.template_issues.sort_by_cached_key(|template_issue| template_issue.written.span());
        model
    }

    /// What becomes of a section, and what the server holds for it.
    pub fn of_section(&self, of: SmsOtp) -> (Registration, Option<&Authenticator>) {
        match (of, &self.built_in) {
            (SmsOtp::Connection, _) => (self.registration, self.authenticator.as_ref()),
            (SmsOtp::BuiltIn, Some(it)) => (it.registration, it.authenticator.as_ref()),
            (SmsOtp::BuiltIn, None) => (Registration::Unknown, None),
        }
    }

    /// Whether what is held for a parameter of a section comes from another place.
    pub fn is_from_reference(&self, of: SmsOtp, name: &str) -> bool {
        match of {
            SmsOtp::Connection => self.from_reference.into.contains(name),
            SmsOtp::BuiltIn => {
                self.built_in.as_ref().is_some_and(|held| held.from_reference.contains(name))
            }
        }
    }

    /// The value of the file that a `$ref` of this name takes, if it leads to one.
    pub fn target(tree: &Tree<'d>, profile: Profile, name: &str) -> Option<&'d Entry<'d>> {
        let renamed = Values::of(tree).renamed(Releases::of(profile));
        References::target(tree, renamed, profile, name)
    }

    /// Whether the server starts and finds its authenticators configured; `None` when that hangs
    /// on what is not known. `stops` tells whether there is any finding of a startup rule.
    pub fn loads(&self, stops: bool) -> Option<bool> {
        let template = |template_issue: &TemplateIssue<'_>| {
            matches!(template_issue.kind, TemplateIssueKind::Template(_))
                && template_issue.may_stop()
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
