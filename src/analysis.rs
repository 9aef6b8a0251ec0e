//! A document, a release and an environment -> everything that is known of the file, worked out
//! once for rules, fixes and every command.

use crate::catalogue::Profile;
use crate::redact::Redacted;
use crate::section::Section;
use crate::server::{Environment, Model};
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
        Self { document, tree, section, server, settings, view, profile, environment }
    }

    /// The same file as another text: a fix applied, say.
    pub fn again<'o>(&self, document: &'o Document<'o>) -> Analysis<'o>
    where
        'd: 'o,
    {
        Analysis::of(document, self.profile, self.environment)
    }
}
