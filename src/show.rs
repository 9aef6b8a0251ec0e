//! A document and the server's model of it -> what `show` prints, in one of several forms.

mod json;
mod table;
mod toml;

use crate::catalogue::{OWN, Parameter, Profile};
use crate::redact::MASK;
use crate::section::{Section, SettingEntry};
use crate::server::{Authenticator, Model, Registration, xml};
use crate::settings::{EffectiveValue, Origin, Settings};
use crate::source::{Source, Span};
use crate::toml::Document;

/// What there is to show of a file.
#[derive(Debug)]
pub struct View<'v> {
    /// The file as written.
    pub document: &'v Document<'v>,
    /// What it says about SMS OTP.
    pub section: &'v Section<'v, 'v>,
    /// What the server makes of it.
    pub model: &'v Model<'v>,
    /// The values the server uses.
    pub settings: &'v Settings<'v>,
    /// Whose defaults apply.
    pub profile: Profile,
    /// Whether the server loads it; `None` when that depends on what is not known.
    pub loads: Option<bool>,
}

/// Masks what a `$ref` brings in from another place, where a secret may stand: of its texts, only
/// `true` and `false` are shown. To be done before the settings are taken from the model.
pub fn conceal(model: &mut Model<'_>, section: &Section<'_, '_>) {
    let Some(authenticator) = &mut model.authenticator else { return };
    let Authenticator { enabled, parameters } = authenticator;
    let is_plain =
        |text: &str| ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_from_reference =
        |written: &SettingEntry<'_, '_>| model.references.is_from_reference(written.entry);
    let enabled =
        enabled.iter_mut().filter(|_| section.enable.as_ref().is_some_and(is_from_reference));
    let from_reference =
        parameters.iter_mut().filter(|(name, _)| model.from_reference.into.contains(name.as_ref()));
    let texts = enabled.chain(from_reference.filter_map(|(_, text)| text.as_mut()));
    for text in texts.filter(|text| !is_plain(text)) {
        *text = MASK.into();
    }
    let count = parameters.len();
    parameters.retain(|name, _| !model.from_reference.names.contains(name.as_ref()));
    if parameters.len() < count {
        parameters.insert(MASK.into(), Some(MASK.into()));
    }
}

/// One setting.
struct Row<'r> {
    setting: &'static Parameter,
    value: Option<&'r str>,
    origin: Origin,
    fallback: Option<&'static str>,
    span: Option<Span>,
}

impl View<'_> {
    /// What the server holds under the name SMSOTP; `None` when it holds nothing there, does not
    /// load, or nobody can tell.
    pub fn authenticator(&self) -> Option<&Authenticator> {
        self.model.authenticator.as_ref().filter(|_| self.loads != Some(false))
    }

    /// Why there is no authenticator to show, in a phrase.
    pub fn absence(&self) -> Option<&'static str> {
        if self.authenticator().is_some() {
            return None;
        }
        Some(match (self.loads, self.model.registration) {
            (Some(false), _) => "the server does not load this file",
            (_, Registration::Renamed) => "the server holds no settings under the name SMSOTP",
            _ => "what the server holds under the name SMSOTP cannot be told from the file alone",
        })
    }

    /// Columns for people.
    pub fn table(&self) -> String {
        table::render(self)
    }

    /// One JSON object, `smsotp-lint/show/1`.
    pub fn json(&self) -> String {
        json::render(self)
    }

    /// A complete section with a comment on everything in it.
    pub fn toml(&self) -> String {
        toml::render(self)
    }

    /// The element of application-authentication.xml; nothing when there is no authenticator.
    pub fn xml(&self) -> String {
        self.authenticator().map(xml::element).unwrap_or_default()
    }

    fn source(&self) -> &Source {
        self.document.source()
    }

    /// The switch of the authenticator itself. No name but its own hides it.
    fn enable(&self) -> Row<'_> {
        let written = self
            .section
            .enable
            .as_ref()
            .filter(|_| self.model.registration != Registration::Overridden);
        let authenticator = self.model.authenticator.as_ref();
        let origin = match (authenticator, written) {
            (None, _) if self.model.registration == Registration::Renamed => Origin::Unset,
            (_, None) if self.model.registration == Registration::Active => Origin::Default,
            _ => Origin::File,
        };
        Row {
            setting: &OWN[0],
            value: authenticator.and_then(|authenticator| authenticator.enabled.as_deref()),
            origin,
            fallback: None,
            span: written.map(|written| written.span()),
        }
    }

    /// `enable`, and every parameter in the order of the catalogue.
    fn rows(&self) -> Vec<Row<'_>> {
        let rows = self.settings.iter().map(|setting| Row {
            setting: setting.parameter,
            value: setting.text(),
            origin: setting.origin(),
            fallback: setting
                .parameter
                .fallback(self.profile)
                .filter(|_| setting.value == EffectiveValue::Unset),
            span: setting.written.map(|written| written.span()),
        });
        std::iter::once(self.enable()).chain(rows).collect()
    }
}

/// Whose defaults apply, in words.
fn defaults(profile: Profile) -> String {
    match profile.release {
        Some(release) => format!("the defaults of {release}"),
        None => "the documented defaults".to_owned(),
    }
}

/// The page of a text that is not TOML: it has no settings.
pub fn json_of_nothing(source: &Source, profile: Profile, loads: Option<bool>) -> String {
    json::of_nothing(source, profile, loads)
}
