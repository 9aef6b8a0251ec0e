//! A document, a release and an environment -> everything that is known of the file, worked out
//! once for rules, fixes and every command.

use crate::catalogue::Profile;
use crate::login::Expectation;
use crate::redact::Redacted;
use crate::section::Section;
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
    pub section: Section<'d, 'd>,
    /// What the server makes of it; nothing for a text that is not TOML.
    pub server: Model<'d>,
    /// The values the server uses.
    pub settings: Settings<'d>,
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
        let view = Redacted::of(document, &section);
        let expectations = &[];
        Self { document, tree, section, server, settings, view, profile, environment, expectations }
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

    /// What there is of the section.
    pub fn section_state(&self) -> SectionState {
        match self.server.registration {
            Registration::Overridden => SectionState::Replaced,
            Registration::Renamed => SectionState::Renamed,
            _ if self.section.is_written() => SectionState::Present,
            _ => SectionState::Absent,
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
