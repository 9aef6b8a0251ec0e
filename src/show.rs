//! A document and the server's model of it -> what `show` prints, in one of several forms.

mod json;
mod table;
mod toml;

use crate::analysis::Analysis;
use crate::catalogue::{OWN, Parameter, Profile};
use crate::escape::{spelt, without_commands};
use crate::redact::MASK;
use crate::section::SettingEntry;
use crate::server::{Authenticator, Registration, xml};
use crate::settings::{EffectiveValue, Origin, Settings};
use crate::source::{Source, Span};

/// What there is to show of a file.
#[derive(Debug)]
pub struct View<'v> {
    analysis: Analysis<'v>,
    loads: Option<bool>,
}

/// Masks what a `$ref` brings in from another place, where a secret may stand: of its texts, only
/// `true` and `false` are shown.
fn conceal(analysis: &mut Analysis<'_>) {
    let Analysis { section, server, profile, .. } = analysis;
    let Some(authenticator) = &mut server.authenticator else { return };
    let Authenticator { enabled, parameters } = authenticator;
    let is_plain =
        |text: &str| ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_from_reference =
        |written: &SettingEntry<'_, '_>| server.references.is_from_reference(written.entry);
    let enabled =
        enabled.iter_mut().filter(|_| section.enable.as_ref().is_some_and(is_from_reference));
    let from_reference = parameters
        .iter_mut()
        .filter(|(name, _)| server.from_reference.into.contains(name.as_ref()));
    let texts = enabled.chain(from_reference.filter_map(|(_, text)| text.as_mut()));
    for text in texts.filter(|text| !is_plain(text)) {
        *text = MASK.into();
    }
    let count = parameters.len();
    parameters.retain(|name, _| !server.from_reference.names.contains(name.as_ref()));
    if parameters.len() < count {
        parameters.insert(MASK.into(), Some(MASK.into()));
    }
    analysis.settings = Settings::of(section, *profile, server);
}

/// One setting.
struct Row<'r> {
    setting: &'static Parameter,
    value: Option<&'r str>,
    origin: Origin,
    fallback: Option<&'static str>,
    span: Option<Span>,
}

impl<'v> View<'v> {
    /// Shows a file; `loads` tells whether the server loads it, where that is known.
    pub fn of(mut analysis: Analysis<'v>, loads: Option<bool>) -> Self {
        conceal(&mut analysis);
        Self { analysis, loads }
    }

    /// What the server holds under the name SMSOTP; `None` when it holds nothing there, does not
    /// load, or nobody can tell.
    pub fn authenticator(&self) -> Option<&Authenticator> {
        self.analysis.server.authenticator.as_ref().filter(|_| self.loads != Some(false))
    }

    /// Why there is no authenticator to show, in a phrase.
    pub fn absence(&self) -> Option<&'static str> {
        self.analysis.absence(self.loads)
    }

    /// Columns for people.
    pub fn table(&self) -> String {
        without_commands(&table::render(self), spelt).into_owned()
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
        let element = self.authenticator().map(xml::element).unwrap_or_default();
        without_commands(&element, xml::reference).into_owned()
    }

    fn source(&self) -> &Source {
        self.analysis.document.source()
    }

    /// The switch of the authenticator itself. No name but its own hides it.
    fn enable(&self) -> Row<'_> {
        let written = self
            .analysis
            .section
            .enable
            .as_ref()
            .filter(|_| self.analysis.server.registration != Registration::Overridden);
        let authenticator = self.analysis.server.authenticator.as_ref();
        let origin = match (authenticator, written) {
            (None, _) if self.analysis.server.registration == Registration::Renamed => {
                Origin::Unset
            }
            (_, None) if self.analysis.server.registration == Registration::Active => {
                Origin::Default
            }
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
        let rows = self.analysis.settings.iter().map(|setting| Row {
            setting: setting.parameter,
            value: setting.text(),
            origin: setting.origin(),
            fallback: setting
                .parameter
                .fallback(self.analysis.profile)
                .filter(|_| setting.value == EffectiveValue::Unset),
            span: setting.written().map(|written| written.span()),
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
