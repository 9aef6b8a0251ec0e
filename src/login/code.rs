//! The code (1.2): its length, its alphabet and how long it is valid.

use std::fmt;

use super::outcome::{LoginError, Outcome};
use super::reader::Given;
use super::{Answer, Connector, Session, SettingName};
use crate::catalogue::Release;

/// A code as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// How many characters it has; `None` when that depends on what is not known.
    pub characters: Option<u32>,
    /// Which they are.
    pub alphabet: Alphabet,
    /// For how long it is accepted.
    pub validity: Validity,
}

impl Code {
    /// One of which nothing is known.
    pub(super) const ANY: Self =
        Self { characters: None, alphabet: Alphabet::Digits, validity: Validity::Unknown };

    /// Takes away how many characters it has.
    pub fn conceal_length(&mut self) {
        self.characters = None;
    }

    /// Takes away for how long it is valid.
    pub fn conceal_expiry(&mut self) {
        if let Validity::Seconds(_) = self.validity {
            self.validity = Validity::Unknown;
        }
    }
}

/// The characters of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// `0-9`
    Digits,
    /// `A-Z0-9`
    Alphanumeric,
    /// One of the two.
    Unknown,
    /// There are none.
    Empty,
}

/// For how long a code is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// For so many seconds.
    Seconds(u64),
    /// For a time that depends on what is not known.
    Unknown,
    /// For ever.
    Forever,
    /// Not at all: no code can be right.
    Never,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(characters) = self.characters {
            write!(f, ", {characters} characters")?;
        }
        f.write_str(match self.alphabet {
            Alphabet::Digits => ", of 0-9",
            Alphabet::Alphanumeric => ", of A-Z0-9",
            Alphabet::Unknown => "",
            Alphabet::Empty => ", of empty",
        })?;
        match self.validity {
            Validity::Seconds(seconds) => write!(f, ", {seconds} seconds"),
            Validity::Unknown => Ok(()),
            Validity::Forever => f.write_str(", never expires"),
            Validity::Never => f.write_str(", never accepted"),
        }
    }
}

impl Session<'_> {
    /// A new code, or the exception that its settings raise.
    pub(super) fn code(&mut self) -> Answer<Code> {
        let length = self.length()?;
        // Of a code with characters, nothing but its looks depends on it.
        let is_open = length.is_none_or(|length| length > 0)
            && self.settings.is_open(SettingName::EnableAlphanumericToken);
        let is_alphanumeric = !is_open && self.settings.is_on(SettingName::EnableAlphanumericToken);
        let validity = self.validity()?;
        let alphabet = match is_alphanumeric {
            _ if is_open => Alphabet::Unknown,
            true => Alphabet::Alphanumeric,
            false => Alphabet::Digits,
        };
        let empty =
            Code { characters: Some(0), alphabet: Alphabet::Empty, validity: Validity::Never };
        Ok(match length {
            Some(0) if is_alphanumeric || self.connector.is_from(Release::V7_0) => empty,
            // `binary % 10^0` is one fixed digit.
            Some(0) => Code { characters: Some(1), alphabet, validity },
            Some(length) if length < 0 => {
                return Err(Outcome::Error(LoginError::LengthIsNegative { is_alphanumeric }));
            }
            Some(length) => Code { characters: u32::try_from(length).ok(), alphabet, validity },
            None => Code { characters: None, alphabet, validity },
        })
    }

    /// TokenLength; `None` for a valid one that is not known.
    fn length(&mut self) -> Answer<Option<i32>> {
        const SHIPPED: i32 = 6;
        let text = match self.settings.given(SettingName::TokenLength) {
            Given::Unset => return Ok(Some(SHIPPED)),
            Given::Unknown | Given::Any => return Ok(None),
            Given::Text(text) => text,
        };
        // From 7.0 only text of digits is parsed, and the empty text counts as such.
        if self.connector.is_from(Release::V7_0) && !is_digits(text) {
            return Ok(Some(SHIPPED));
        }
        text.parse().map(Some).map_err(|_| Outcome::Error(LoginError::LengthIsNoNumber))
    }

    /// TokenExpiryTime.
    fn validity(&mut self) -> Answer<Validity> {
        let fails = Err(Outcome::Error(LoginError::ExpiryIsNoNumber));
        let text = match self.settings.given(SettingName::TokenExpiryTime) {
            Given::Unset => return Ok(self.default_validity()),
            Given::Unknown if self.is_expiry_of_510() => return Ok(Validity::Never),
            Given::Unknown | Given::Any => return Ok(Validity::Unknown),
            Given::Text(text) => text,
        };
        if self.connector.is_until(Release::V6_1) {
            let Ok(seconds) = text.parse::<i32>() else { return fails };
            if self.is_expiry_of_510() {
                return Ok(Validity::Never);
            }
            return Ok(u64::try_from(seconds).map_or(Validity::Never, Validity::Seconds));
        }
        let is_7_0 = self.connector.is_until(Release::V7_0);
        if !is_digits(text) {
            // 7.0 parses the text again for an event, when the SMS is sent: A@3.3.20:2239.
            let event_fails = is_7_0 && text.parse::<i64>().is_err();
            return if event_fails { fails } else { Ok(self.default_validity()) };
        }
        match text.parse::<i64>() {
            Err(_) => fails,
            Ok(seconds) if seconds <= i64::from(i32::MAX) => {
                Ok(Validity::Seconds(seconds.unsigned_abs()))
            }
            Ok(_) if is_7_0 => fails,
            Ok(_) => Ok(Validity::Forever),
        }
    }

    /// The validity of a code that is compared, by which a setting left open may be unset.
    pub(super) fn validity_of(&mut self, code: Code) -> Validity {
        match code.validity {
            Validity::Unknown if !self.settings.is_set(SettingName::TokenExpiryTime) => {
                self.default_validity()
            }
            known => known,
        }
    }

    fn default_validity(&self) -> Validity {
        match self.connector {
            Connector::Of(release) if release <= Release::V5_11 => Validity::Forever,
            Connector::Of(release) if release <= Release::V6_1 => Validity::Seconds(900),
            Connector::Of(Release::V7_0) => Validity::Seconds(300_000),
            _ => Validity::Seconds(300),
        }
    }

    /// Whether the release is 5.10, where a TokenExpiryTime fails every code (product-is#8620).
    fn is_expiry_of_510(&self) -> bool {
        self.connector == Connector::Of(Release::V5_10)
    }

    /// Whether comparing a code fails because 5.10 was given a TokenExpiryTime.
    pub(super) fn fails_on_expiry(&mut self) -> bool {
        self.is_expiry_of_510() && self.settings.is_set(SettingName::TokenExpiryTime)
    }
}

/// `StringUtils.isNumeric` as the releases from 7.0 use it: true for the empty text.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
