//! The resend button (1.3), and the limits on it.

use super::first::Who;
use super::outcome::{ErrorPage, LoginError, Outcome, Recipient};
use super::{Answer, Session, SettingName};
use crate::catalogue::Release;

impl Session<'_> {
    pub(super) fn resend(&mut self) -> Answer {
        if !self.may_resend_here() {
            return Err(Outcome::Error(LoginError::NoResendHere));
        }
        let who = self.who()?;
        if self.connector.is_from(Release::V7_2) {
            if !self.settings.is_on(SettingName::ResendEnable) {
                return Err(Outcome::Error(LoginError::ResendDisabled));
            }
            if let Who::Unknown { .. } = who {
                return Err(Outcome::Error(LoginError::ResendToUnknownUser));
            }
            self.count_resend()?;
        }
        let to_typed = matches!(who, Who::Known(_))
            && self.step.has_typed_number
            && (self.step.has_typed_code || self.connector.is_until(Release::V5_11));
        match to_typed {
            true => self.send(Recipient::Typed),
            false => self.first(false),
        }
    }

    /// Counts a resend, or refuses it.
    fn count_resend(&mut self) -> Answer<()> {
        match self.is_blocking() {
            true => self.count_for_user(),
            false => self.count_in_login(),
        }
    }

    /// The newest connector counts the first code of an optional step, too: A@3.4.3:336.
    pub(super) fn count_first(&mut self) -> Answer<()> {
        if self.is_blocking() { self.count_for_user() } else { Ok(()) }
    }

    fn is_blocking(&mut self) -> bool {
        self.connector.is_from(Release::V7_3)
            && self.settings.is_on(SettingName::EnableUserBasedResendBlocking)
    }

    fn count_in_login(&mut self) -> Answer<()> {
        let Some(limit) = self.resend_limit()? else { return Ok(()) };
        if self.step.resends >= limit {
            return Err(Outcome::Refused(ErrorPage::ResendsUsedUp));
        }
        self.step.resends += 1;
        Ok(())
    }

    /// Over all logins of a user, until the time since the last code is that of a block.
    fn count_for_user(&mut self) -> Answer<()> {
        let Some(limit) = self.resend_limit()? else { return Ok(()) };
        let block = self.block_seconds();
        match self.last_send {
            Some(last) if self.now < last + block => {
                if self.sends >= limit {
                    return Err(Outcome::Refused(ErrorPage::ResendsUsedUp));
                }
            }
            _ => self.sends = 0,
        }
        self.sends += 1;
        self.last_send = Some(self.now);
        Ok(())
    }

    /// MaximumResendAttempts; `None` for no limit, which the empty text means as well.
    fn resend_limit(&mut self) -> Answer<Option<u32>> {
        let text =
            self.settings.text(SettingName::MaximumResendAttempts).filter(|text| !text.is_empty());
        let Some(text) = text else { return Ok(None) };
        let limit = text.parse::<i32>().ok().and_then(|limit| u32::try_from(limit).ok());
        limit.map(Some).ok_or(Outcome::Error(LoginError::BadResendLimit))
    }

    /// ResendBlockDuration, 5 minutes where it is no number.
    fn block_seconds(&mut self) -> u64 {
        let text = self.settings.text(SettingName::ResendBlockDuration).unwrap_or_default();
        text.parse::<i32>().ok().and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(5) * 60
    }
}
