//! The two SMS OTP authenticators of the server -> the table of the file that each reads, and what
//! it reads there.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{AUTHENTICATOR, AUTHENTICATOR_DOTTED, LOCAL, PARAMETERS, PARAMETERS_DOTTED, SMSOTP};
use crate::catalogue::{self, BUILT_IN, BUILT_IN_OWN, Nearest, OWN, Parameter, Profile, Release};
use crate::catalogue::{fold, folds_to};
use crate::toml::dotted;

/// An SMS OTP authenticator of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SmsOtp {
    /// The one of the connections to identity providers, in every release.
    #[default]
    Connection,
    /// The one that is built in from 7.0 on.
    BuiltIn,
}

impl SmsOtp {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Connection, Self::BuiltIn];

    /// The name of its table.
    pub const fn table(self) -> &'static str {
        self.path()[AUTHENTICATOR.len() - 1]
    }

    /// The path of its table.
    pub const fn path(self) -> [&'static str; 3] {
        match self {
            Self::Connection => AUTHENTICATOR,
            Self::BuiltIn => [AUTHENTICATOR[0], AUTHENTICATOR[1], LOCAL],
        }
    }

    /// The same for a message.
    pub const fn dotted(self) -> &'static str {
        match self {
            Self::Connection => AUTHENTICATOR_DOTTED,
            Self::BuiltIn => "authentication.authenticator.sms_otp_local",
        }
    }

    /// The path of the table of its parameters, for a message.
    pub const fn parameters_dotted(self) -> &'static str {
        match self {
            Self::Connection => PARAMETERS_DOTTED,
            Self::BuiltIn => "authentication.authenticator.sms_otp_local.parameters",
        }
    }

    /// The path of the table of its parameters.
    pub const fn parameter_table(self) -> [&'static str; 4] {
        let [root, tables, own] = self.path();
        [root, tables, own, PARAMETERS]
    }

    /// The name under which it asks for its configuration.
    pub const fn registered(self) -> &'static str {
        match self {
            Self::Connection => SMSOTP,
            Self::BuiltIn => "sms-otp-authenticator",
        }
    }

    /// The first release that has it.
    pub const fn since(self) -> Release {
        match self {
            Self::Connection => Release::V5_9,
            Self::BuiltIn => Release::V7_0,
        }
    }

    /// Whether the server of a profile has it. Where none is named, it may.
    pub fn is_in(self, profile: Profile) -> bool {
        profile.release.is_none_or(|release| release >= self.since())
    }

    /// Whose defaults apply to it: where no release is named, those of the first that has it, or
    /// the documented ones.
    pub fn profile(self, profile: Profile) -> Profile {
        match self {
            Self::Connection => profile,
            Self::BuiltIn => Profile { release: profile.release.or(Some(self.since())) },
        }
    }

    /// `enable` and `name`.
    pub const fn own(self) -> &'static [Parameter] {
        match self {
            Self::Connection => OWN,
            Self::BuiltIn => BUILT_IN_OWN,
        }
    }

    /// Every parameter that it reads, sorted by name.
    pub const fn parameters(self) -> &'static [Parameter] {
        match self {
            Self::Connection => catalogue::PARAMETERS,
            Self::BuiltIn => BUILT_IN,
        }
    }

    /// Every setting of it, the parameters last.
    pub fn settings(self) -> impl Iterator<Item = &'static Parameter> {
        self.own().iter().chain(self.parameters())
    }

    /// Every part of the full key of a setting of it.
    pub fn key_of(self, setting: &Parameter) -> Vec<&'static str> {
        let is_own = self.own().iter().any(|own| own.name == setting.name);
        let table: &[&str] = if is_own { &self.path() } else { &self.parameter_table() };
        [table, &[setting.name]].concat()
    }

    /// Its parameter of exactly this name.
    pub fn parameter(self, name: &str) -> Option<&'static Parameter> {
        let all = self.parameters();
        let at = all.binary_search_by(|parameter| parameter.name.cmp(name));
        at.ok().map(|at| &all[at])
    }

    /// Its parameter that a wrong name was meant for. Updates bring the built-in one new names, so
    /// that only another spelling of the same letters is certain there.
    pub fn nearest(self, name: &str) -> Option<Nearest> {
        match self {
            Self::Connection => catalogue::nearest(name),
            Self::BuiltIn => {
                let parameter = BUILT_IN.iter().find(|it| folds_to(name, &fold(it.name)))?;
                Some(Nearest { parameter, same_value: true, unit: None })
            }
        }
    }

    /// The name of a setting of it, which tells it from one of the other authenticator.
    pub fn name_of(self, setting: &'static Parameter) -> &'static str {
        static NAMES: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
            let all = BUILT_IN_OWN.iter().chain(BUILT_IN);
            all.map(|it| (it.name, dotted([LOCAL, it.name]))).collect()
        });
        match self {
            Self::Connection => setting.name,
            Self::BuiltIn => NAMES.get(setting.name).map_or(setting.name, String::as_str),
        }
    }

    /// Its setting, for a name that [tells](Self::name_of) whose it is.
    pub fn setting_named(self, name: &str) -> Option<&'static Parameter> {
        self.settings().find(|it| self.name_of(it) == name)
    }
}
