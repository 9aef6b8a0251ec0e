//! What the code page shows of the user: screenUserAttribute and its mask.

use super::outcome::{LoginError, Outcome};
use super::user::Claim;
use super::{Answer, Session, SettingName};
use crate::catalogue::Release;

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShownClaim {
    /// Whether it is the word null, since the user has nothing under the claim.
    pub is_null: bool,
    /// What is hidden of it.
    pub mask: Mask,
}

/// The part that stars hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mask {
    /// All but so many characters at the beginning.
    AfterFirst(usize),
    /// All but so many characters at the end.
    BeforeLast(usize),
    /// What the mask pattern matches.
    Pattern,
}

/// The length of the word null.
const NULL: usize = 4;

impl Session<'_> {
    /// What the page shows of a user in a user store.
    pub(super) fn shown(&mut self) -> Answer<Option<ShownClaim>> {
        // Valid values decide what is shown, and nothing that is asked where it is left open.
        if self.settings.is_open(SettingName::ScreenUserAttribute) {
            return Ok(None);
        }
        let Some(claim) = self.settings.text(SettingName::ScreenUserAttribute) else {
            return Ok(None);
        };
        let (length, is_null) = match (self.world.claim)(claim) {
            Claim::NotMapped => return Err(Outcome::Error(LoginError::ClaimNotMapped)),
            Claim::Empty if self.connector.is_until(Release::V5_11) => return Ok(None),
            Claim::Empty => (NULL, true),
            Claim::Text(length) => (length, false),
        };
        Ok(Some(ShownClaim { is_null, mask: self.mask(length)? }))
    }

    /// The first page shows an unknown user nothing, the retry page fails: A@3.4.3:970, 1123
    /// (claim M6).
    pub(super) fn shown_to_unknown(&mut self) -> Answer<Option<ShownClaim>> {
        match self.settings.text(SettingName::ScreenUserAttribute) {
            Some(_) => Err(Outcome::Error(LoginError::ClaimOfUnknownUser)),
            None => Ok(None),
        }
    }

    fn mask(&mut self, length: usize) -> Answer<Mask> {
        // noOfDigits is parsed even where the pattern takes its place.
        let digits = self.settings.text(SettingName::NoOfDigits).unwrap_or("0");
        let digits: i32 =
            digits.parse().map_err(|_| Outcome::Error(LoginError::DigitsAreNoNumber))?;
        if self.connector.is_from(Release::V7_1)
            && let Some(pattern) = self
                .settings
                .text(SettingName::ScreenUserAttributeMaskRegex)
                .filter(|it| !it.is_empty())
        {
            return match (self.world.is_pattern)(pattern) {
                true => Ok(Mask::Pattern),
                false => Err(Outcome::Error(LoginError::BadPattern)),
            };
        }
        let out_of_range = Outcome::Error(LoginError::DigitsOutOfRange);
        let mut digits = usize::try_from(digits).map_err(|_| out_of_range)?;
        if digits > length {
            if self.connector.is_until(Release::V7_0) {
                return Err(out_of_range);
            }
            digits = length;
        }
        Ok(match digits > 0 && self.settings.text(SettingName::Order) == Some("backward") {
            true => Mask::BeforeLast(digits),
            false => Mask::AfterFirst(digits),
        })
    }
}
