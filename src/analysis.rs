//! A document, a release and an environment -> everything that is known of the file, worked out
//! once for rules, fixes and every command.

use crate::catalogue::Profile;
use crate::login::Expectation;
use crate::message::{Message, message};
use crate::redact::Redacted;
use crate::section::{Section, SmsOtp};
use crate::server::{Environment, Model, Registration};
use crate::settings::Settings;
use crate::toml::{Document, Tree};

/// Everything that is known of a file.
#[derive(Debug)]
pub struct Analysis<'d> {
    /// The file as written.
    pub document: &'d Document<'d>,
    /// The names that it writes.
    pub tree: Tree<'d>,
    /// What it says about SMS OTP.
    pub section: Section<'d>,
    /// What the server makes of it; nothing for a text that is not TOML.
    pub server: Model<'d>,
    /// The values the server uses.
    pub settings: Settings<'d>,
    /// What it says about the authenticator that is built in from 7.0 on, and the values used there.
    pub built_in: Option<BuiltIn<'d>>,
    /// What may be shown of it, and so repeated in a message.
    pub view: Redacted<'d>,
    /// Whose defaults apply.
    pub profile: Profile,
    /// The environment variables and system properties, as far as they are known.
    pub environment: &'d Environment,
    /// What must happen to users.
    pub expectations: &'d [Expectation],
}

impl<'d> Analysis<'d> {
    /// Works out what the server of a release does with a document in an environment.
    pub fn of(document: &'d Document<'d>, profile: Profile, environment: &'d Environment) -> Self {
        let tree = Tree::of(document);
        let mut section = Section::of(&tree);
        let server = Model::of(document, &tree, profile, environment);
        if !server.registration.is_active() {
            section.set_aside();
        }
        let settings = Settings::of(&section, profile, &server);
        let built_in = BuiltIn::of(&tree, profile, &server);
        let view = Redacted::of(document, &section);
        let view = match &built_in {
            Some(built_in) => view.with(&built_in.section),
            None => view,
        };
        Self {
            document,
            tree,
            section,
            server,
            settings,
            built_in,
            view,
            profile,
            environment,
            expectations: &[],
        }
    }

    /// The sections that are written, with what the server uses of each.
    pub fn sections(&self) -> impl Iterator<Item = (&Section<'d>, &Settings<'d>)> {
        let built_in = self.built_in.iter().map(|it| (&it.section, &it.settings));
        std::iter::once((&self.section, &self.settings)).chain(built_in)
    }

    /// The same file as another text: a fix applied, say.
    pub fn again<'o>(&self, document: &'o Document<'o>) -> Analysis<'o>
    where
        'd: 'o,
    {
        let mut again = Analysis::of(document, self.profile, self.environment);
        again.view.show_no_more_than(&self.view);
        again.expectations = self.expectations;
        again
    }

    /// What there is to know of a file for 7.0 or later that sets nothing but the built-in SMS OTP.
    pub fn note(&self) -> Option<&'static str> {
        let is_named = self.profile.release.is_some();
        let is_alone = self.built_in.is_some() && !self.section.is_written();
        (self.document.is_toml() && is_named && is_alone).then_some(
            "the Console holds the other settings of the built-in SMS OTP, such as the length and \
             the expiry of a code: Connections > SMS OTP > Settings",
        )
    }

    /// What there is of the section.
    pub fn section_state(&self) -> SectionState {
        match self.server.registration {
            Registration::Overridden => SectionState::Replaced,
            Registration::Renamed => SectionState::Renamed,
            _ if self.section.is_written() => SectionState::Present,
            _ => SectionState::Absent,
        }
    }

    /// That nobody can tell whether the server loads the file, and what would tell.
    pub fn unknown_loads(&self) -> Message {
        let unknown = "Whether the server loads this file cannot be told from the file alone";
        match self.server.references.unknown {
            Some(span) => message!(
                "{}.\nIt depends on {}: see --env-file, --process-env and --system-property.",
                unknown,
                self.view.reference_at(span)
            ),
            None => message!("{}.", unknown),
        }
    }

    /// Why the server holds no authenticator, in a phrase; `None` when it holds one. `loads` tells
    /// whether it loads the file, where that is known.
    pub fn absence(&self, loads: Option<bool>) -> Option<&'static str> {
        match (loads, self.server.registration) {
            _ if !self.document.is_toml() => Some("not TOML; smsotp-lint check says where"),
            (Some(false), _) => Some("the server does not load this file"),
            _ if self.server.authenticator.is_some() => None,
            (_, Registration::Renamed) => {
                Some("the server holds no settings under the name SMSOTP")
            }
            _ => Some(
                "what the server holds under the name SMSOTP cannot be told from the file alone",
            ),
        }
    }
}

/// The section of the authenticator that is built in from 7.0 on, where it is written and the
/// release may have it.
#[derive(Debug)]
pub struct BuiltIn<'d> {
    /// What the file says.
    pub section: Section<'d>,
    /// The values the server uses.
    pub settings: Settings<'d>,
}

impl<'d> BuiltIn<'d> {
    fn of(tree: &Tree<'d>, profile: Profile, server: &Model<'d>) -> Option<Self> {
        let is_there = SmsOtp::BuiltIn.is_in(profile);
        let mut section = is_there.then(|| Section::built_in(tree)).flatten()?;
        if !server.of_section(section.of).0.is_active() {
            section.set_aside();
        }
        let settings = Settings::of(&section, profile, server);
        Some(Self { section, settings })
    }
}

/// What there is of the section that the authenticator reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionState {
    /// The file writes it.
    Present,
    /// The file says nothing of it.
    Absent,
    /// A custom authenticator takes its place.
    Replaced,
    /// Its name is another, so that the authenticator finds nothing.
    Renamed,
}

impl SectionState {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Replaced => "replaced",
            Self::Renamed => "renamed",
        }
    }
}
