//! The facts about every SMS OTP parameter: one table, and the questions asked of it.
//!
//! Types, defaults, names and units live in [`PARAMETERS`] and nowhere else. Rules, `show`,
//! `explain` and the README tables are all derived from it.

mod changes;
mod evidence;
mod nearest;
mod own;
mod parameters;
mod places;
mod shipped_prefixes;

pub use changes::{CHANGES, Change, ChangeStep, Concern, Reads};
pub use evidence::Evidence;
pub use nearest::{Nearest, nearest};
pub use own::OWN;
pub use parameters::PARAMETERS;
pub use places::{DISTINCTIVE, SHIPPED_AUTHENTICATORS};
pub use shipped_prefixes::may_be_shipped;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::message::{Message, Piece, message};

/// A release of WSO2 Identity Server, in order of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// 5.9
    V5_9,
    /// 5.10
    V5_10,
    /// 5.11
    V5_11,
    /// 6.0
    V6_0,
    /// 6.1
    V6_1,
    /// 7.0
    V7_0,
    /// 7.1
    V7_1,
    /// 7.2
    V7_2,
    /// 7.3
    V7_3,
}

impl Release {
    /// Every release, oldest first.
    pub const ALL: [Self; 9] = [
        Self::V5_9,
        Self::V5_10,
        Self::V5_11,
        Self::V6_0,
        Self::V6_1,
        Self::V7_0,
        Self::V7_1,
        Self::V7_2,
        Self::V7_3,
    ];

    /// The two-part version number, as people write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V5_9 => "5.9",
            Self::V5_10 => "5.10",
            Self::V5_11 => "5.11",
            Self::V6_0 => "6.0",
            Self::V6_1 => "6.1",
            Self::V7_0 => "7.0",
            Self::V7_1 => "7.1",
            Self::V7_2 => "7.2",
            Self::V7_3 => "7.3",
        }
    }

    /// The version of the connector that it was published with.
    pub const fn connector(self) -> &'static str {
        match self {
            Self::V5_9 => "2.0.28",
            Self::V5_10 => "3.0.0",
            Self::V5_11 => "3.0.7",
            Self::V6_0 => "3.2.0",
            Self::V6_1 => "3.3.7",
            Self::V7_0 => "3.3.20",
            Self::V7_1 => "3.3.33",
            Self::V7_2 => "3.3.41",
            Self::V7_3 => "3.4.2",
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Release {
    type Err = String;

    /// Goes by the first two numbers of `7.1`, `7.1.0`, `v7.1.0`, `7.2.0.0` or `7.1.0-SNAPSHOT`; a
    /// `7` alone is 7.0.
    fn from_str(text: &str) -> Result<Self, String> {
        let version = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (version, _) = version.split_once(['-', '+']).unwrap_or((version, ""));
        let numbers = version.split('.').map(str::parse::<u32>).collect::<Result<Vec<_>, _>>();
        let name = match numbers.as_deref() {
            Ok([major]) => Some(format!("{major}.0")),
            Ok([major, minor, ..]) => Some(format!("{major}.{minor}")),
            _ => None,
        };
        let named = |release: &Self| name.as_deref() == Some(release.as_str());
        Self::ALL.into_iter().find(named).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|release| release.as_str()).collect();
            format!("known releases are {}", known.join(", "))
        })
    }
}

/// Which defaults apply: those of a release, or the documented ones.
///
/// The documented defaults are those that 5.9, 5.10 and 5.11 ship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Profile {
    /// The release named with `--is-version`; `None` is the documentation.
    pub release: Option<Release>,
}

impl Profile {
    /// The release whose shipped defaults are in force.
    fn defaults_of(self) -> Release {
        self.release.unwrap_or(Release::V5_9)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.release {
            Some(release) => release.fmt(f),
            None => f.write_str("documented"),
        }
    }
}

/// A value that changed over the releases: each step holds from its release on.
///
/// Before the first step there is none.
#[derive(Debug, Clone, Copy)]
pub struct Steps<T: 'static>(pub &'static [(Release, T)]);

impl<T: Copy> Steps<T> {
    /// No release has one.
    pub const NONE: Self = Self(&[]);

    /// The value in force at a release.
    pub fn at(self, release: Release) -> Option<T> {
        let step = self.0.iter().rev().find(|(from, _)| *from <= release)?;
        Some(step.1)
    }
}

impl Steps<&'static str> {
    /// What holds in the release of a profile. Without a release: what holds in the documented
    /// ones, and from which release on it is something else. `None` when there is no step.
    pub fn told(self, profile: Profile) -> Option<Message> {
        let now = self.at(profile.defaults_of());
        let later = self.0.iter().filter(|(from, _)| *from > profile.defaults_of());
        let mut later = later.map(|(from, text)| message!("from {}: {}", *from, *text));
        match (now, profile.release) {
            (Some(text), Some(_)) => Some(text.into()),
            (None, Some(_)) => later.next(),
            (now, None) => {
                let mut all = now.map(Message::from).into_iter().chain(later).peekable();
                all.peek().is_some().then(|| Message::joined(all, "; "))
            }
        }
    }
}

impl Piece for Release {}

/// The same in every release.
macro_rules! always {
    ($value:expr $(,)?) => {
        $crate::catalogue::Steps(&[($crate::catalogue::Release::V5_9, $value)])
    };
}
use always;

/// One parameter of the SMS OTP authenticator.
#[derive(Debug)]
pub struct Parameter {
    /// The exact name the server asks for; it matches no other spelling.
    pub name: &'static str,
    /// How the server reads the text, with the shipped default.
    pub kind: Kind,
    /// One line, in lower case, without a full stop.
    pub summary: &'static str,
    /// What else an operator should know: a few plain sentences.
    pub detail: &'static str,
    /// The page of the documentation that describes it.
    pub page: Option<&'static str>,
    /// Where the facts of this entry come from.
    pub evidence: &'static [Evidence],
    /// The first release that reads it.
    pub since: Release,
    /// What the server uses when neither the file nor the shipped defaults set it.
    pub fallback: Fallback,
    /// What the server does with values that do not fit, by release: phrases that follow the
    /// value. A flaw with no step does no harm.
    pub flaws: &'static [(Flaw, Steps<&'static str>)],
    /// Old, foreign and commonly mistaken names.
    pub aliases: &'static [Alias],
}

/// What an unset parameter amounts to.
#[derive(Debug, Clone, Copy)]
pub enum Fallback {
    /// The feature is off, or there is nothing to fall back to.
    None,
    /// The same text in every release.
    Text(&'static str),
    /// A text that depends on the release, so it is unknown when none is named.
    ByRelease(Steps<&'static str>),
}

/// A way in which a value does not fit its parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is nothing that the parameter takes: text where a number is read, an unknown word.
    Unusable,
    /// It is the empty text.
    Empty,
    /// It is zero.
    Zero,
    /// It is a negative number.
    Negative,
    /// It is a number that Java's `int` cannot hold, though its `long` can.
    BeyondInt,
    /// It is a number that Java's `long` cannot hold.
    BeyondLong,
}

impl Flaw {
    /// What keeps a text from being a number that the server can work with, if anything does.
    pub fn of_number(text: &str, plus: bool) -> Option<Self> {
        let digits = text.strip_prefix('+').filter(|_| plus).unwrap_or(text);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(digits) {
            return Some(match text {
                "" => Self::Empty,
                text if text.strip_prefix('-').is_some_and(is_number) => Self::Negative,
                _ => Self::Unusable,
            });
        }
        match digits.parse::<i64>() {
            Ok(0) => Some(Self::Zero),
            Ok(number) if i32::try_from(number).is_err() => Some(Self::BeyondInt),
            Ok(_) => None,
            Err(_) => Some(Self::BeyondLong),
        }
    }
}

/// Another name people write for a parameter.
#[derive(Debug, Clone, Copy)]
pub struct Alias {
    /// The name as written.
    pub name: &'static str,
    /// What its value counts, where that is not what the real one counts.
    pub unit: Option<&'static str>,
}

/// How the server reads a parameter's text.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A switch.
    Boolean {
        /// The shipped default.
        default: Steps<bool>,
        /// Which texts are true.
        truth: Truth,
    },
    /// A whole number in decimal digits.
    Number {
        /// What one unit is.
        unit: Unit,
        /// Whether a leading `+` is understood.
        plus: Steps<bool>,
    },
    /// One of a few exact words.
    Choice {
        /// The words the server knows.
        words: &'static [&'static str],
    },
    /// An absolute URL or the path of a page.
    Page {
        /// The shipped default.
        default: Steps<&'static str>,
    },
    /// A comma-separated list whose items the server does not trim.
    List,
    /// A Java regular expression.
    Pattern,
    /// Free text.
    Text {
        /// The shipped default.
        default: Steps<&'static str>,
    },
}

/// Which texts a switch takes as true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// `true` in any letter case.
    AnyCase,
    /// `true` in any letter case, and also the empty text.
    AnyCaseOrEmpty,
    /// `true` in lower case only.
    LowerCase,
}

impl Truth {
    /// The switch position the server takes from a text.
    pub fn reads(self, text: &str) -> bool {
        match self {
            Self::AnyCase => text.eq_ignore_ascii_case("true"),
            Self::AnyCaseOrEmpty => text.is_empty() || text.eq_ignore_ascii_case("true"),
            Self::LowerCase => text == "true",
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Characters of a code or of a phone number.
    Characters,
    /// Attempts.
    Attempts,
}

impl Unit {
    /// The unit in the plural.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Characters => "characters",
            Self::Attempts => "attempts",
        }
    }

    /// How many of this unit make a second, for units of time.
    pub const fn seconds(self) -> Option<u64> {
        match self {
            Self::Seconds => Some(1),
            Self::Minutes => Some(60),
            Self::Characters | Self::Attempts => None,
        }
    }
}

impl Kind {
    /// The kind in a word or two, for people.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Boolean { .. } => "boolean",
            Self::Number { .. } => "whole number",
            Self::Choice { .. } => "choice",
            Self::Page { .. } => "page",
            Self::List => "comma-separated list",
            Self::Pattern => "Java regular expression",
            Self::Text { .. } => "text",
        }
    }

    /// What to write, in a phrase.
    pub fn describe(&self) -> Cow<'static, str> {
        match self {
            Self::Number { unit, .. } => format!("whole number of {}", unit.as_str()).into(),
            Self::Choice { words } => format!("one of {}", words.join(", ")).into(),
            kind => kind.as_str().into(),
        }
    }
}

impl Parameter {
    /// Whether the server understands a leading `+` in a number.
    pub fn takes_plus(&self, profile: Profile) -> bool {
        let release = profile.defaults_of();
        matches!(self.kind, Kind::Number { plus, .. } if plus.at(release) == Some(true))
    }

    /// The shipped default under a profile, as text.
    pub fn default(&self, profile: Profile) -> Option<&'static str> {
        let release = profile.defaults_of();
        match self.kind {
            Kind::Boolean { default, .. } => {
                default.at(release).map(|on| if on { "true" } else { "false" })
            }
            Kind::Page { default } | Kind::Text { default } => default.at(release),
            Kind::Number { .. } | Kind::Choice { .. } | Kind::List | Kind::Pattern => None,
        }
    }

    /// Whether the release of a profile, if it names one, does not read this parameter yet.
    pub fn is_too_new(&self, profile: Profile) -> bool {
        profile.release.is_some_and(|release| release < self.since)
    }

    /// Whether WSO2 documents it.
    pub const fn is_documented(&self) -> bool {
        self.page.is_some()
    }

    /// What the server does with a value of this flaw; `None` when it does no harm, or none that
    /// is known.
    pub fn consequence(&self, flaw: Flaw, profile: Profile) -> Option<Message> {
        let of = |wanted| self.flaws.iter().find(|(flaw, _)| *flaw == wanted);
        let unusable = match flaw {
            Flaw::Empty | Flaw::Negative => of(Flaw::Unusable),
            Flaw::Unusable | Flaw::Zero | Flaw::BeyondInt | Flaw::BeyondLong => None,
        };
        of(flaw).or(unusable)?.1.told(profile)
    }

    /// What the server uses when there is no value and no shipped default.
    pub fn fallback(&self, profile: Profile) -> Option<&'static str> {
        match self.fallback {
            Fallback::None => None,
            Fallback::Text(text) => Some(text),
            Fallback::ByRelease(steps) => steps.at(profile.release?),
        }
    }
}

/// The parameter of exactly this name.
pub fn parameter(name: &str) -> Option<&'static Parameter> {
    let at = PARAMETERS.binary_search_by(|parameter| parameter.name.cmp(name));
    at.ok().map(|at| &PARAMETERS[at])
}

/// A setting of another part of the server that people write into this section.
#[derive(Debug, Clone, Copy)]
pub struct Foreign {
    /// Its name as written.
    pub name: &'static str,
    /// Where it belongs.
    pub owner: Owner,
}

/// Where a foreign setting belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The SMS OTP connection in the console.
    Connection,
    /// `identity.xml`.
    IdentityXml,
    /// The adaptive authentication script.
    AdaptiveScript,
}

impl Owner {
    /// Whose settings those are.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connection => "the identity provider connection",
            Self::IdentityXml => "identity.xml",
            Self::AdaptiveScript => "the adaptive authentication script",
        }
    }
}

/// Settings that belong elsewhere and are ignored here, sorted by name.
pub const FOREIGN: &[Foreign] = &[
    Foreign { name: "OTPBackupCodes.UseIdentityClaims", owner: Owner::IdentityXml },
    Foreign { name: "OnlyNumericCharactersForSmsOtp", owner: Owner::Connection },
    Foreign { name: "SmsOtpExpiryTime", owner: Owner::Connection },
    Foreign { name: "SmsOtpLength", owner: Owner::Connection },
    Foreign { name: "headers", owner: Owner::Connection },
    Foreign { name: "http_method", owner: Owner::Connection },
    Foreign { name: "http_response", owner: Owner::Connection },
    Foreign { name: "mobile_number_pattern_failure_error_message", owner: Owner::Connection },
    Foreign { name: "mobile_number_regex", owner: Owner::Connection },
    Foreign { name: "notificationTemplate", owner: Owner::AdaptiveScript },
    Foreign { name: "payload", owner: Owner::Connection },
    Foreign { name: "show_detailed_error_info", owner: Owner::Connection },
    Foreign { name: "sms_url", owner: Owner::Connection },
    Foreign { name: "values_to_be_masked", owner: Owner::Connection },
];

/// The foreign setting of this name, or the one below a table of this name; letter case and
/// separators count little.
pub fn foreign(name: &str) -> Option<&'static Foreign> {
    if parameter(name).is_some() {
        return None;
    }
    FOREIGN.iter().find(|foreign| {
        let table = foreign.name.split_once('.').map(|(table, _)| table);
        let own = [Some(foreign.name), table];
        own.into_iter().flatten().any(|own| folded(own).eq(folded(name)))
    })
}

/// The characters that only separate the words of a name, or surround it.
pub(crate) const SET_ASIDE: [char; 5] = ['_', '-', ' ', '\'', '"'];

/// A name with letter case and word separators set aside.
pub(crate) fn fold(name: &str) -> String {
    folded(name).collect()
}

/// Whether a name comes down to this one.
pub(crate) fn folds_to(name: &str, fold: &str) -> bool {
    name == fold || folded(name).eq(fold.chars())
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    let kept = name.chars().filter(|c| !SET_ASIDE.contains(c));
    kept.flat_map(char::to_lowercase)
}
