//! A document and the server's model of it -> what `show` prints, in one of several forms.

mod json;
mod table;
mod toml;

use crate::analysis::{Analysis, BuiltIn};
use crate::catalogue::{OWN, Parameter, Profile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{self, Found};
use crate::escape::{spelt, without_commands};
use crate::redact::MASK;
use crate::report::Style;
use crate::section::SettingEntry;
use crate::server::{Authenticator, BuiltInModel, Registration, xml};
use crate::settings::{EffectiveValue, Origin, Setting, Settings, Used};
use crate::source::{Source, Span};

/// What there is to show of a file.
#[derive(Debug)]
pub struct View<'v> {
    analysis: Analysis<'v>,
    loads: Option<bool>,
    /// The places of settings without effect, and the rules that say so.
    dead: Vec<(Span, &'static str)>,
    /// What the server uses for every parameter, in the order of the catalogue.
    used: Vec<Used>,
}

/// Masks what a `$ref` brings in from another place, where a secret may stand: of its texts, only
/// `true` and `false` are shown.
fn conceal(analysis: &mut Analysis<'_>) {
    let Analysis { section, server, profile, .. } = analysis;
    let Some(authenticator) = &mut server.authenticator else { return };
    let Authenticator { enabled, parameters } = authenticator;
    let is_from_reference =
        |written: &SettingEntry<'_, '_>| server.references.is_from_reference(written.entry);
    let enabled =
        enabled.iter_mut().filter(|_| section.enable.as_ref().is_some_and(is_from_reference));
    let from_reference = parameters
        .iter_mut()
        .filter(|(name, _)| server.from_reference.into.contains(name.as_ref()));
    let texts = enabled.chain(from_reference.filter_map(|(_, text)| text.as_mut()));
    for text in texts.filter(|text| !is_switch(text)) {
        *text = MASK.into();
    }
    let count = parameters.len();
    parameters.retain(|name, _| !server.from_reference.names.contains(name.as_ref()));
    if parameters.len() < count {
        parameters.insert(MASK.into(), Some(MASK.into()));
    }
    analysis.settings = Settings::of(section, *profile, server);
}

/// The same for the section of the built-in SMS OTP.
fn conceal_built_in(analysis: &mut Analysis<'_>) {
    let Analysis { built_in: Some(BuiltIn { section, settings }), server, profile, .. } = analysis
    else {
        return;
    };
    let Some(BuiltInModel { authenticator: Some(authenticator), from_reference, .. }) =
        &mut server.built_in
    else {
        return;
    };
    let is_from_reference =
        |written: &SettingEntry<'_, '_>| server.references.is_from_reference(written.entry);
    let Authenticator { enabled, parameters } = authenticator;
    let enabled =
        enabled.iter_mut().filter(|_| section.enable.as_ref().is_some_and(is_from_reference));
    let from_reference =
        parameters.iter_mut().filter(|(name, _)| from_reference.contains(name.as_ref()));
    let texts = enabled.chain(from_reference.filter_map(|(_, text)| text.as_mut()));
    for text in texts.filter(|text| !is_switch(text)) {
        *text = MASK.into();
    }
    *settings = Settings::of(section, *profile, server);
}

/// What the server uses, masked where a `$ref` brings it in and it is no switch.
fn concealed(setting: &Setting<'_>, used: Used) -> Used {
    let is_brought_in = |text: &str| setting.is_from_reference() && setting.text() == Some(text);
    match &used {
        Used::Text(text) if is_brought_in(text) && !is_switch(text) => Used::Text(MASK.into()),
        _ => used,
    }
}

fn is_switch(text: &str) -> bool {
    ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// One setting.
struct Row<'r> {
    setting: &'static Parameter,
    /// The text that the server reads.
    value: Option<&'r str>,
    /// What it uses.
    used: Used,
    origin: Origin,
    fallback: Option<&'static str>,
    written: Option<&'r SettingEntry<'r, 'r>>,
    effect: Effect,
}

/// What there is to tell of a setting in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldSetting {
    /// Its name.
    pub name: &'static str,
    /// Its value as it is there.
    pub in_file: String,
    /// What the server uses: a text, or a word in the place of one: `?` where the file alone does
    /// not tell.
    pub used: String,
    /// Whether that is a text.
    pub is_text: bool,
    /// Why that is something else than the file says.
    pub why: Option<String>,
}

impl ToldSetting {
    /// Whether the server uses what is written, or nobody can tell.
    pub fn is_as_written(&self) -> bool {
        !self.is_text && [table::AS_WRITTEN, table::UNKNOWN].contains(&self.used.as_str())
    }
}

/// Whether a setting has any effect, given the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Live,
    /// It has none, for the reason that this rule tells.
    Dead(&'static str),
    Unknown,
}

impl Effect {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Dead(_) => "dead",
            Self::Unknown => "unknown",
        }
    }
}

/// The rules that report settings without effect. needs-mandatory is about a documented condition
/// where it speaks of CaptureAndUpdateMobileNumber, which has an effect in every release.
const DEADENING: [&str; 4] =
    ["needs-mandatory", "shadowed-parameter", "needs-companion", "too-new-parameter"];
const ALWAYS_LIVE: &str = "CaptureAndUpdateMobileNumber";

/// Whether a finding says that a setting has no effect.
pub(crate) fn tells_no_effect(finding: &Diagnostic) -> bool {
    let is_about = |name| finding.key.as_ref().is_some_and(|key| key.ends_with(name));
    DEADENING.contains(&finding.rule.name)
        && finding.severity > Severity::Info
        && !is_about(ALWAYS_LIVE)
}

impl<'v> View<'v> {
    /// Shows a file.
    pub fn of(mut analysis: Analysis<'v>) -> Self {
        let Found { findings, loads } =
            engine::findings(&analysis, |rule| DEADENING.contains(&rule.name));
        let dead = findings.iter().filter(|finding| tells_no_effect(finding));
        let dead = dead.map(|finding| (finding.primary.span, finding.rule.name)).collect();
        let settings = analysis.settings.iter();
        let used = settings.map(|setting| concealed(setting, setting.used(analysis.profile)));
        let used = used.collect();
        conceal(&mut analysis);
        conceal_built_in(&mut analysis);
        Self { analysis, loads, dead, used }
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

    /// The analysis behind it, what a `$ref` brings in masked.
    pub fn analysis(&self) -> &Analysis<'v> {
        &self.analysis
    }

    /// What the server makes of each setting that the file writes, with its place.
    pub fn told(&self) -> Vec<(Span, ToldSetting)> {
        let rows = self.rows();
        let written = rows.iter().filter_map(|row| Some((row.written?.span(), row)));
        written.map(|(span, row)| (span, table::told(self, row))).collect()
    }

    /// Columns for people: what the file sets and what is no default, or else every setting.
    pub fn table(&self, all: bool, style: &Style) -> String {
        without_commands(&table::render(self, all, style), spelt).into_owned()
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
        let value = authenticator.and_then(|authenticator| authenticator.enabled.as_deref());
        let used = switch_used(value);
        Row { setting: &OWN[0], value, used, origin, fallback: None, written, effect: Effect::Live }
    }

    /// `enable`, and every parameter in the order of the catalogue.
    fn rows(&self) -> Vec<Row<'_>> {
        let settings = self.analysis.settings.iter().zip(&self.used);
        let rows = settings.map(|(setting, used)| self.row(setting, used.clone()));
        std::iter::once(self.enable()).chain(rows).collect()
    }

    fn row<'r>(&self, setting: &'r Setting<'r>, used: Used) -> Row<'r> {
        let fallback = setting.parameter.fallback(self.analysis.profile);
        Row {
            setting: setting.parameter,
            value: setting.text(),
            used,
            origin: setting.origin(),
            fallback: fallback.filter(|_| setting.value == EffectiveValue::Unset),
            written: setting.written(),
            effect: self.effect(setting),
        }
    }

    /// The section of the built-in SMS OTP, where the file writes it.
    fn built_in(&self) -> Option<&BuiltIn<'v>> {
        self.analysis.built_in.as_ref().filter(|it| it.section.is_written())
    }

    /// What becomes of that section.
    fn built_in_registration(&self) -> Option<Registration> {
        self.built_in().map(|it| self.analysis.server.of_section(it.section.of).0)
    }

    /// The same rows of that section, where the server reads it.
    fn built_in_rows(&self) -> Vec<Row<'_>> {
        let is_read = self.built_in_registration().is_some_and(Registration::is_active);
        let Some(BuiltIn { section, settings }) = self.built_in().filter(|_| is_read) else {
            return Vec::new();
        };
        let (registration, held) = self.analysis.server.of_section(section.of);
        let value = held.and_then(|held| held.enabled.as_deref());
        let enable = Row {
            setting: &section.of.own()[0],
            value,
            used: switch_used(value),
            origin: match &section.enable {
                None if registration == Registration::Active => Origin::Default,
                _ => Origin::File,
            },
            fallback: None,
            written: section.enable.as_ref(),
            effect: Effect::Live,
        };
        let profile = section.of.profile(self.analysis.profile);
        let rows = settings.iter().map(|setting| self.row(setting, setting.used(profile)));
        std::iter::once(enable).chain(rows).collect()
    }

    fn effect(&self, setting: &Setting<'_>) -> Effect {
        let place = setting.written().map(SettingEntry::span);
        let dead = place.and_then(|place| {
            self.dead.iter().find(|(span, _)| place.contains(*span)).map(|(_, rule)| *rule)
        });
        match (dead, &setting.value) {
            (Some(rule), _) => Effect::Dead(rule),
            (None, EffectiveValue::Unknown) => Effect::Unknown,
            (None, _) => Effect::Live,
        }
    }
}

/// What the server uses for the text of `enable`.
fn switch_used(text: Option<&str>) -> Used {
    match text {
        Some(text) if text.eq_ignore_ascii_case("true") => Used::Text("true".into()),
        Some(_) => Used::Text("false".into()),
        None => Used::Unknown,
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
