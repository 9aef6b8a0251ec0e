//! The releases of the server, and facts that changed from one to another.

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Profile {
    /// The release named with `--is-version`; `None` is the documentation.
    pub release: Option<Release>,
}

impl Profile {
    /// The release whose shipped defaults are in force.
    pub(super) fn defaults_of(self) -> Release {
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
pub(super) use always;
