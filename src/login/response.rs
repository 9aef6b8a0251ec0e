//! The response (1.3): what the authenticator does with what is typed into the code page.

use super::code::Validity;
use super::first::Who;
use super::outcome::{ErrorPage, LoginError, Outcome, Retry};
use super::user::{Account, AccountLocking, Step};
use super::{Answer, Connector, Moment, Session, SettingName};
use crate::catalogue::Release;

/// How many wrong codes lock an account, and for how many seconds: the shipped defaults.
const MOST_FAILURES: u32 = 5;
const LOCK_SECONDS: u64 = 5 * 60;

impl Session<'_> {
    /// A code of whatever kind.
    pub(super) fn typed(&mut self, typed: Moment) -> Answer {
        let who = self.who()?;
        self.step.has_typed_code = true;
        let is_5_11_on = self.connector.is_from(Release::V5_11);
        if let Who::Unknown { .. } = who
            && !self.user.is_federated
            && is_5_11_on
        {
            return Err(Outcome::Error(LoginError::LockOfUnknownUser));
        }
        if let Who::Known(account) = who
            && !self.user.is_federated
            && is_5_11_on
            && self.step.code.is_some()
            && self.is_locked(account)
        {
            return Ok(Outcome::Locked { tells_minutes: self.tells_minutes(account) });
        }
        let Some(code) = self.step.code else { return self.typed_without_code(typed, who) };
        match typed {
            // Nothing typed into an empty code is a new first request.
            Moment::Right | Moment::Expired if code.characters == Some(0) => self.first(false),
            Moment::Right | Moment::Expired => {
                if self.fails_on_expiry() {
                    return Err(Outcome::Error(LoginError::ExpiryOf510));
                }
                let is_in_time = match self.validity_of(code) {
                    Validity::Forever => true,
                    Validity::Never => false,
                    Validity::Seconds(0) => typed == Moment::Right && self.world.is_instant,
                    Validity::Seconds(_) | Validity::Unknown => typed == Moment::Right,
                };
                match is_in_time {
                    true => Ok(self.log_in(who)),
                    false => self.fail(who, Retry::Expired),
                }
            }
            Moment::Backup => self.backup(who),
            _ => self.wrong(who),
        }
    }

    fn log_in(&mut self, who: Who) -> Outcome {
        self.failures = 0;
        let is_number_saved = matches!(who, Who::Known(_))
            && self.step.has_typed_number
            && !self.user.is_federated
            && !self.has_saved_number;
        self.has_saved_number |= is_number_saved;
        Outcome::LoggedIn { is_number_saved }
    }

    /// A code, where none was sent (1.4).
    fn typed_without_code(&mut self, typed: Moment, who: Who) -> Answer {
        let is_local = matches!(who, Who::Known(_)) && !self.user.is_federated;
        if self.connector.is_from(Release::V6_0) {
            return Err(Outcome::Error(LoginError::NoCodeSent));
        }
        match typed {
            Moment::Backup if is_local => self.backup(who),
            _ => self.wrong(who),
        }
    }

    /// A backup code in place of the one sent.
    fn backup(&mut self, who: Who) -> Answer {
        let Who::Known(account) = who else { return self.wrong(who) };
        // From 5.11 a backup code helps local users only: A@3.0.7:776.
        let may_use = !self.user.is_federated || self.connector.is_until(Release::V5_10);
        let has_code = account.has_backup_codes && !self.is_backup_used;
        if may_use && has_code && self.has_backup_codes() && self.world.has_backup_claim {
            self.is_backup_used = true;
            return Ok(self.log_in(who));
        }
        self.wrong(who)
    }

    fn has_backup_codes(&mut self) -> bool {
        self.settings.is_on_in_lower_case(SettingName::BackupCode)
    }

    fn wrong(&mut self, who: Who) -> Answer {
        // 5.9 and 5.10 look for the backup codes of whoever it is.
        if let Who::Unknown { has_name: false } = who
            && self.connector.is_until(Release::V5_10)
            && self.has_backup_codes()
        {
            return Err(Outcome::Error(LoginError::BackupWithoutName));
        }
        self.fail(who, Retry::WrongCode)
    }

    /// Counts a code that was not accepted, and says so.
    fn fail(&mut self, who: Who, why: Retry) -> Answer {
        if let Who::Known(account) = who
            && self.counts_failures(why)
        {
            self.failures += 1;
            if self.failures >= MOST_FAILURES {
                self.failures = 0;
                self.locked_at = Some(self.now);
                return Ok(Outcome::Locked { tells_minutes: self.tells_minutes(account) });
            }
        }
        if !self.may_retry() {
            return Err(Outcome::Error(LoginError::NoRetryHere));
        }
        if self.settings.is_on(SettingName::RetryEnable) {
            let shown = match who {
                Who::Known(_) => self.shown()?,
                Who::Unknown { .. } => self.shown_to_unknown()?,
            };
            return Ok(Outcome::Retry(why, shown));
        }
        Ok(Outcome::Refused(match why {
            Retry::WrongCode => ErrorPage::WrongCode,
            Retry::Expired => ErrorPage::Expired,
        }))
    }

    /// Whether wrong codes are counted: for local users, from 5.11.
    fn counts_failures(&mut self, why: Retry) -> bool {
        if self.user.is_federated
            || self.connector.is_until(Release::V5_10)
            || !self.settings.is_on(SettingName::EnableAccountLockingForFailedAttempts)
            || !self.locks_accounts()
        {
            return false;
        }
        // 5.11 and 6.0 look for backup codes before they count, and fail where the claim is not
        // mapped (claim M1).
        let looks_for_backup = self.connector.is_until(Release::V6_0) && why == Retry::WrongCode;
        !looks_for_backup || self.world.has_backup_claim || !self.has_backup_codes()
    }

    fn locks_accounts(&mut self) -> bool {
        match self.world.account_locking {
            AccountLocking::On => true,
            AccountLocking::Off => false,
            // From 6.0 the framework knows the switch by another name than the one the authenticator
            // asks for, so that it never keeps anybody from counting.
            AccountLocking::AsSet => {
                self.connector.is_from(Release::V6_0)
                    || self.settings.is_on(SettingName::AccountLocking)
            }
        }
    }

    pub(super) fn is_locked(&self, account: Account) -> bool {
        let by_failures = self.locked_at.is_some_and(|at| self.now < at + LOCK_SECONDS);
        account.is_locked || by_failures
    }

    /// Whether the page of a locked user says when the lock ends: not for an administrator's.
    pub(super) fn tells_minutes(&mut self, account: Account) -> bool {
        !account.is_locked && self.settings.is_on(SettingName::ShowAuthFailureReason)
    }

    /// Whether the step shows the code page once more after a failure.
    fn may_retry(&mut self) -> bool {
        match self.world.step {
            Step::Plain => true,
            Step::MultiOption => {
                !self.settings.is_on(SettingName::RedirectToMultiOptionPageOnFailure)
            }
            Step::Script => {
                self.connector.is_from(Release::V7_0)
                    && self.settings.is_on(SettingName::EnableRetryFromAuthenticator)
            }
        }
    }

    /// Whether the step lets a resend through: up to 7.0 it goes straight to a new code.
    pub(super) fn may_resend_here(&mut self) -> bool {
        self.connector <= Connector::Of(Release::V7_0) || self.may_retry()
    }
}
