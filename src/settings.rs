//! A section and the server's model of it -> the value the server uses for every parameter, and
//! its origin.

mod concern;

use crate::catalogue::{Flaw, Kind, Parameter, Profile, Truth};
use crate::section::{Section, SettingEntry};
use crate::server::{Authenticator, Model, Registration, ServerText, TemplateIssueKind};
use crate::toml::Value;

const MANDATORY: &str = "SMSOTPMandatory";
const SEND_DIRECTLY: &str = "SendOTPDirectlyToMobile";

/// Every parameter with its effective value, in the order of the catalogue.
#[derive(Debug)]
pub struct Settings<'c> {
    all: Vec<Setting<'c>>,
}

/// One parameter with its effective value.
#[derive(Debug)]
pub struct Setting<'c> {
    /// The parameter.
    pub parameter: &'static Parameter,
    /// Where the file says it, if it does and the server listens.
    written: Option<SettingEntry<'c>>,
    /// What the server reads.
    pub value: EffectiveValue,
    origin: Origin,
    is_from_reference: bool,
    /// Whether a rule about markup speaks of the value.
    is_markup: bool,
    profile: Profile,
}

/// The text the server reads for a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectiveValue {
    /// This text.
    Text(ServerText),
    /// A text that cannot be told from the file, so no rule may judge it.
    Unknown,
    /// None: neither the file nor the shipped defaults have one.
    Unset,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The file says it.
    File,
    /// It is a shipped default.
    Default,
    /// Nobody sets it.
    Unset,
}

impl Origin {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Default => "default",
            Self::Unset => "unset",
        }
    }
}

/// What the server uses for a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Used {
    /// This text.
    Text(ServerText),
    /// None at all.
    Nothing,
    /// It depends on something the file does not tell.
    Unknown,
}

impl Used {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// What the server uses for the text of `enable`, which may not be known.
    pub fn by_switch(text: Option<&str>) -> Self {
        match text {
            Some(text) if text.eq_ignore_ascii_case("true") => Self::Text("true".into()),
            Some(_) => Self::Text("false".into()),
            None => Self::Unknown,
        }
    }
}

/// How the catalogue begins to say that the server goes on as if there were no value; a test holds
/// it to the fallback of the release.
pub const FALLS_BACK: &str = "the server silently";

/// The position of a switch, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// The server reads true.
    On,
    /// The server reads false.
    Off,
    /// It depends on something the file does not tell.
    Unknown,
}

impl<'c> Settings<'c> {
    /// Takes every parameter's text from the model, and its place from the section.
    pub fn of(section: &Section<'c>, profile: Profile, model: &Model<'c>) -> Self {
        let profile = section.of.profile(profile);
        let (registration, authenticator) = model.of_section(section.of);
        // Both are in the order of the names, so that nothing is looked up.
        let held = authenticator.iter().flat_map(|held| &held.parameters);
        let mut held = held.peekable();
        let setting = |parameter: &'static Parameter| {
            while held.next_if(|(name, _)| name.as_ref() < parameter.name).is_some() {}
            let text = held.next_if(|(name, _)| *name == parameter.name).map(|(_, text)| text);
            let written = section.parameters.iter().find(|written| {
                registration.is_active()
                    && written.name() == parameter.name
                    && !is_empty_table(&written.entry.value)
            });
            let value = read(registration, authenticator, text);
            let origin = match (written, &value) {
                (Some(_), _) => Origin::File,
                (None, EffectiveValue::Unset) => Origin::Unset,
                (None, EffectiveValue::Text(text))
                    if registration == Registration::Active
                        && parameter.default(profile) == Some(text) =>
                {
                    Origin::Default
                }
                (None, _) => Origin::File,
            };
            let template_issue = written.and_then(|written| model.template_issue(written.entry));
            let is_markup = template_issue
                .is_some_and(|odd| matches!(odd.kind, TemplateIssueKind::Markup { .. }));
            let is_from_reference = model.is_from_reference(section.of, parameter.name)
                || written.is_some_and(|it| model.references.is_from_reference(it.entry));
            let written = written.cloned();
            Setting { parameter, written, value, origin, is_from_reference, is_markup, profile }
        };
        Self { all: section.of.parameters().iter().map(setting).collect() }
    }

    /// Every setting, in the order of the catalogue.
    pub fn iter(&self) -> impl Iterator<Item = &Setting<'c>> {
        self.all.iter()
    }

    /// Every setting with a single value in the file that a rule may judge, and the text that the
    /// server reads.
    pub fn scalars(&self) -> impl Iterator<Item = (&Setting<'c>, &SettingEntry<'c>, &str)> {
        self.iter().filter_map(|setting| {
            let (written, text) = setting.scalar()?;
            Some((setting, written, text))
        })
    }

    /// Those of them that are pages.
    pub fn pages(&self) -> impl Iterator<Item = (&Setting<'c>, &SettingEntry<'c>, &str)> {
        self.scalars().filter(|(it, ..)| matches!(it.parameter.kind, Kind::Page { .. }))
    }

    /// The setting of a parameter.
    ///
    /// # Panics
    /// When there is no parameter of that name: names come from the catalogue.
    #[expect(clippy::panic, reason = "a misspelt name in a rule is a defect of this program")]
    pub fn get(&self, name: &str) -> &Setting<'c> {
        let at = self.all.binary_search_by(|setting| setting.parameter.name.cmp(name));
        at.map_or_else(|_| panic!("no parameter {name}"), |at| &self.all[at])
    }

    /// Whether the server does the same with other settings: what differs is the spelling of a
    /// value, or a switch that is never read.
    pub fn act_like(&self, other: &Self) -> bool {
        let are_alike = |one: &Setting<'_>| match one.parameter.kind {
            Kind::Boolean { .. } if !self.reads(one) => true,
            Kind::Boolean { .. } => one.switch() == other.switch(one.parameter.name),
            Kind::Number { .. } if one.number().is_some() => {
                one.number() == other.get(one.parameter.name).number()
            }
            _ => one.value == other.get(one.parameter.name).value,
        };
        self.iter().all(are_alike)
    }

    /// Whether the server ever reads a switch. The two that send a code to a user who is not in
    /// the user store are read on the mandatory path only, the federated one second
    /// (`server/README.md`, section 7).
    fn reads(&self, setting: &Setting<'_>) -> bool {
        let is_off = |name| self.switch(name) == Switch::Off;
        match setting.parameter.name {
            SEND_DIRECTLY => !is_off(MANDATORY),
            "SendOtpToFederatedMobile" => {
                !is_off(MANDATORY) && self.switch(SEND_DIRECTLY) != Switch::On
            }
            _ => true,
        }
    }

    /// The position of a switch.
    pub fn switch(&self, name: &str) -> Switch {
        self.get(name).switch()
    }
}

impl<'c> Setting<'c> {
    /// Where the value comes from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Whether a `$ref` takes a text of another place into the value, so that no message may
    /// repeat any of it.
    pub fn is_from_reference(&self) -> bool {
        self.is_from_reference
    }

    /// The effective text, when it is known.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            EffectiveValue::Text(text) => Some(text),
            EffectiveValue::Unknown | EffectiveValue::Unset => None,
        }
    }

    /// Where the file says it, if it does and the server listens.
    pub fn written(&self) -> Option<&SettingEntry<'c>> {
        self.written.as_ref()
    }

    /// The written single value that a rule may judge, with the text the server reads.
    pub fn scalar(&self) -> Option<(&SettingEntry<'c>, &str)> {
        let written = self.written()?;
        match written.entry.value {
            Value::Array(_) | Value::Table(_) | Value::Datetime(_) => None,
            _ if self.is_markup => None,
            _ => Some((written, self.text()?)),
        }
    }

    /// What the server uses: the value it reads, or what it takes in its place. A value that breaks
    /// the login leaves nothing to use.
    pub fn used(&self, profile: Profile) -> Used {
        let parameter = self.parameter;
        let text = match &self.value {
            EffectiveValue::Unknown => return Used::Unknown,
            EffectiveValue::Unset => {
                return parameter
                    .fallback(profile)
                    .map_or(Used::Nothing, |it| Used::Text(it.into()));
            }
            EffectiveValue::Text(text) => text,
        };
        let flaw = match parameter.kind {
            Kind::Boolean { .. } => {
                let word = if self.switch() == Switch::On { "true" } else { "false" };
                return Used::Text(word.into());
            }
            Kind::Number { .. } => Flaw::of_number(text, parameter.takes_plus(profile)),
            Kind::Choice { words } if !words.contains(&text.as_ref()) => Some(Flaw::Unusable),
            _ => None,
        };
        let consequence = flaw.and_then(|flaw| parameter.consequence(flaw, profile));
        match (consequence, parameter.fallback(profile)) {
            (None, _) => Used::Text(text.clone()),
            (Some(told), Some(fallback)) if told.starts_with(FALLS_BACK) => {
                Used::Text(fallback.into())
            }
            (Some(_), _) => Used::Nothing,
        }
    }

    /// The whole number the server reads, when it is one.
    pub fn number(&self) -> Option<u64> {
        let Kind::Number { .. } = self.parameter.kind else { return None };
        let text = self.text()?;
        let plus = self.parameter.takes_plus(self.profile);
        let digits = text.strip_prefix('+').filter(|_| plus).unwrap_or(text);
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
    }

    /// The position of this switch; off for what is no switch.
    pub fn switch(&self) -> Switch {
        let truth = match self.parameter.kind {
            Kind::Boolean { truth, .. } => truth,
            _ => Truth::LowerCase,
        };
        match &self.value {
            EffectiveValue::Unknown => Switch::Unknown,
            EffectiveValue::Text(text) if truth.reads(text) => Switch::On,
            EffectiveValue::Text(_) => Switch::Off,
            EffectiveValue::Unset
                if self.parameter.fallback(Profile::default()) == Some("true") =>
            {
                Switch::On
            }
            EffectiveValue::Unset => Switch::Off,
        }
    }
}

/// What the server reads for a parameter, of which it holds this.
fn read(
    registration: Registration,
    authenticator: Option<&Authenticator>,
    held: Option<&Option<ServerText>>,
) -> EffectiveValue {
    match held {
        None if authenticator.is_some() => EffectiveValue::Unset,
        None => match registration {
            Registration::Renamed => EffectiveValue::Unset,
            Registration::Active | Registration::Overridden | Registration::Unknown => {
                EffectiveValue::Unknown
            }
        },
        // The vault puts another text in the place of a secret, at run time.
        Some(Some(text)) if !holds_secret(text) => EffectiveValue::Text(text.clone()),
        Some(_) => EffectiveValue::Unknown,
    }
}

fn holds_secret(text: &str) -> bool {
    text.contains('$') && text.split_once("$secret{").is_some_and(|(_, rest)| rest.contains('}'))
}

/// `X = {}` is the same to the server as no `X` at all.
fn is_empty_table(value: &Value<'_>) -> bool {
    matches!(value, Value::Table(entries) if entries.is_empty())
}
