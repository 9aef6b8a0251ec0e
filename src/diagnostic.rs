//! A finding as a value: what is wrong, where, why it matters, and how to put it right.

mod page;

use std::cmp::Reverse;

pub use page::RulePage;

use crate::catalogue::{Parameter, Release};
use crate::fix::Fix;
use crate::message::Message;
use crate::source::Span;

/// How certain and how bad a finding is, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Very likely not meant.
    Warning,
    /// Certain: broken, ignored or dead.
    Error,
}

impl Severity {
    /// The word used in reports and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// The server does not start, or no authenticator at all is configured.
    Startup,
    /// Something written never reaches the authenticator.
    Ignored,
    /// A value the server reads as something else.
    Value,
    /// Settings that contradict or disable each other.
    Contradiction,
    /// Weaknesses a careful operator may want to know of.
    Security,
    /// Spellings that work and could be tidier.
    Style,
    /// The use of this tool itself.
    Meta,
}

impl Category {
    /// Every category, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Startup,
        Self::Ignored,
        Self::Value,
        Self::Contradiction,
        Self::Security,
        Self::Style,
        Self::Meta,
    ];

    /// The word used in reports and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Startup => "startup",
            Self::Ignored => "ignored",
            Self::Value => "value",
            Self::Contradiction => "contradiction",
            Self::Security => "security",
            Self::Style => "style",
            Self::Meta => "meta",
        }
    }
}

/// What is publicly known of a rule; the name is a contract.
#[derive(Debug)]
pub struct RuleInfo {
    /// The kebab-case name.
    pub name: &'static str,
    /// The category, usable wherever a rule name is.
    pub category: Category,
    /// The level without any configuration; `None` is off.
    pub level: Option<Severity>,
    /// What people read about it.
    pub page: RulePage,
    /// The settings it speaks of.
    pub concerns: Concerns,
    /// What it has to know besides the file.
    pub needs: Needs,
}

impl RuleInfo {
    /// What most rules have in common: the file is all that they have to know.
    pub const PLAIN: Self = Self {
        name: "",
        category: Category::Meta,
        level: None,
        page: RulePage::new(""),
        concerns: Concerns::Nothing,
        needs: Needs::Nothing,
    };
}

/// The settings of the section that a rule speaks of: their pages list the rule, and a report says
/// that it was skipped for want of a release only where one of them is written.
#[derive(Debug, Clone, Copy)]
pub enum Concerns {
    /// None in particular.
    Nothing,
    /// Any of them, whatever it means.
    Every,
    /// Those of these names.
    Named(&'static [&'static str]),
    /// Those of which this is true: every switch, say.
    Where(fn(&Parameter) -> bool),
}

impl Concerns {
    /// Whether a parameter is among them.
    pub fn hold(self, parameter: &Parameter) -> bool {
        match self {
            Self::Nothing => false,
            Self::Every => true,
            Self::Named(names) => names.contains(&parameter.name),
            Self::Where(is_meant) => is_meant(parameter),
        }
    }
}

/// What a rule has to know besides the file. An ignore comment for a rule that needs something is
/// never called unused: in another run, with another release or environment, it may be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The release: without one the rule is silent.
    Release,
    /// The environment: without it the rule says less.
    Environment,
}

/// A place in the text, and what it has to do with the finding.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A short phrase in lower case.
    pub message: Message,
}

impl Label {
    /// Marks a span.
    pub fn new(span: Span, message: impl Into<Message>) -> Self {
        Self { span, message: message.into() }
    }
}

/// How much a finding weighs, the most first: its severity, and `false` where it is about what keeps
/// the server from starting.
pub type Weight = (Reverse<Severity>, bool);

/// How a finding relates to others: one mistake is one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// What is said of all findings of the rule that have this cause: behind the names that they
    /// give, or as it is where they give none.
    SharesCause {
        /// The name that this finding is about.
        name: Option<Message>,
        /// What is said of several.
        text: Message,
    },
    /// It follows from what another finding is about.
    FollowsFrom {
        /// Where that one points.
        place: Span,
        /// What it adds to the message of that one.
        consequence: Option<Message>,
    },
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that raised it.
    pub rule: &'static RuleInfo,
    /// Its level, after policy.
    pub severity: Severity,
    /// What was found and what follows from it.
    pub message: Message,
    /// The dotted path of the key it is about, in TOML's own quoting.
    pub key: Option<String>,
    /// The place it points at.
    pub primary: Label,
    /// Other places involved.
    pub related: Vec<Label>,
    /// What to write, what to know.
    pub help: Vec<Message>,
    /// Ways to resolve it, the preferred one first.
    pub fixes: Vec<Fix>,
    /// The releases it is about, where several were asked for.
    pub releases: Vec<Release>,
    /// How it relates to other findings.
    pub relation: Option<Relation>,
}

impl Diagnostic {
    /// A finding with its message and place; the rest is added by the methods below.
    pub fn new(
        rule: &'static RuleInfo,
        severity: Severity,
        message: impl Into<Message>,
        primary: Label,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            key: None,
            primary,
            related: Vec::new(),
            help: Vec::new(),
            fixes: Vec::new(),
            releases: Vec::new(),
            relation: None,
        }
    }

    /// Gives it another severity than the level of its rule.
    pub fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Names the key it is about.
    pub fn key(self, key: String) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Adds another place.
    pub fn also(mut self, span: Span, message: impl Into<Message>) -> Self {
        self.related.push(Label::new(span, message));
        self
    }

    /// Adds several places of which the same is to say.
    pub fn also_each(
        mut self,
        spans: impl IntoIterator<Item = Span>,
        message: &'static str,
    ) -> Self {
        self.related.extend(spans.into_iter().map(|span| Label::new(span, message)));
        self
    }

    /// Adds a line of help.
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a way to resolve it, if there is one.
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fixes.extend(fix.into());
        self
    }

    /// Tells how it relates to other findings.
    pub fn relates(self, relation: Relation) -> Self {
        Self { relation: Some(relation), ..self }
    }

    /// Tells it together with those that say the same.
    pub fn once(self) -> Self {
        let text = self.message.clone();
        self.relates(Relation::SharesCause { name: None, text })
    }

    /// Its place in a report: the worst first, and among equals what keeps the server from
    /// starting, since nothing else matters until it does.
    pub fn rank(&self) -> (Weight, Span) {
        let is_later = self.rule.category != Category::Startup;
        ((Reverse(self.severity), is_later), self.primary.span)
    }

    /// The fix that `--fix` applies: the first safe one, else, if asked for, the first unsafe one.
    /// What is only worth knowing is no reason to change what the server does.
    pub fn chosen_fix(&self, with_unsafe: bool) -> Option<&Fix> {
        self.named_fix(with_unsafe && self.severity > Severity::Info)
    }

    /// The same where its rule is named, which is reason enough.
    pub fn named_fix(&self, with_unsafe: bool) -> Option<&Fix> {
        use crate::fix::Applicability::{Safe, Unsafe};
        let first = |wanted| self.fixes.iter().find(|fix| fix.applicability() == wanted);
        first(Safe).or_else(|| if with_unsafe { first(Unsafe) } else { None })
    }
}
