//! A document and the server's model of it -> what `show` prints, in one of several forms.

mod json;
mod table;
mod toml;

pub use json::of_nothing as json_of_nothing;

use std::collections::BTreeSet;

use crate::analysis::{Analysis, BuiltIn};
use crate::catalogue::{Parameter, Profile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{self, Found};
use crate::escape::{spelt, without_commands};
use crate::redact::MASK;
use crate::report::Style;
use crate::section::{Section, SettingEntry};
use crate::server::{Authenticator, BuiltInModel, References, Registration, xml};
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

/// Masks what a `$ref` brings in from another place, where a secret may stand.
fn conceal(analysis: &mut Analysis<'_>) {
    let Analysis { section, settings, built_in, server, profile, .. } = analysis;
    let references = &server.references;
    if let Some(held) = &mut server.authenticator {
        conceal_texts(held, section, references, &server.from_reference.into);
        let count = held.parameters.len();
        held.parameters.retain(|name, _| !server.from_reference.names.contains(name.as_ref()));
        if held.parameters.len() < count {
            held.parameters.insert(MASK.into(), Some(MASK.into()));
        }
        *settings = Settings::of(section, *profile, server);
    }
    if let Some(BuiltIn { section, settings }) = built_in
        && let Some(BuiltInModel { authenticator: Some(held), from_reference, .. }) =
            &mut server.built_in
    {
        conceal_texts(held, section, references, from_reference);
        *settings = Settings::of(section, *profile, server);
    }
}

/// Of the texts that come from another place, only `true` and `false` are shown.
fn conceal_texts(
    held: &mut Authenticator,
    section: &Section<'_>,
    references: &References<'_>,
    from_reference: &BTreeSet<String>,
) {
    let Authenticator { enabled, parameters } = held;
    let enable = section.enable.as_ref();
    let is_brought_in = enable.is_some_and(|it| references.is_from_reference(it.entry));
    let parameters = parameters.iter_mut().filter(|(name, _)| from_reference.contains(&***name));
    let texts = parameters.filter_map(|(_, text)| text.as_mut());
    for text in texts.chain(enabled.as_mut().filter(|_| is_brought_in)) {
        if !is_switch(text) {
            *text = MASK.into();
        }
    }
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
    written: Option<&'r SettingEntry<'r>>,
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

    /// The switch of an authenticator itself. No name but its own hides it.
    fn enable<'r>(&'r self, section: &'r Section<'v>) -> Row<'r> {
        let (registration, held) = self.analysis.server.of_section(section.of);
        let written = section.enable.as_ref();
        let written = written.filter(|_| registration != Registration::Overridden);
        let origin = match (held, written) {
            (None, _) if registration == Registration::Renamed => Origin::Unset,
            (_, None) if registration == Registration::Active => Origin::Default,
            _ => Origin::File,
        };
        let value = held.and_then(|held| held.enabled.as_deref());
        Row {
            setting: &section.of.own()[0],
            value,
            used: Used::by_switch(value),
            origin,
            fallback: None,
            written,
            effect: Effect::Live,
        }
    }

    /// `enable`, and every parameter in the order of the catalogue.
    fn rows(&self) -> Vec<Row<'_>> {
        let settings = self.analysis.settings.iter().zip(&self.used);
        let rows = settings.map(|(setting, used)| self.row(setting, used.clone()));
        std::iter::once(self.enable(&self.analysis.section)).chain(rows).collect()
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
        let profile = section.of.profile(self.analysis.profile);
        let rows = settings.iter().map(|setting| self.row(setting, setting.used(profile)));
        std::iter::once(self.enable(section)).chain(rows).collect()
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

/// Whose defaults apply, in words.
fn defaults(profile: Profile) -> String {
    match profile.release {
        Some(release) => format!("the defaults of {release}"),
        None => "the documented defaults".to_owned(),
    }
}
