//! The first request (1.0 and 1.1): who the user is, and what the authenticator does first.

use super::outcome::{ErrorPage, LoginError, Outcome, Recipient};
use super::user::Account;
use super::{Answer, Connector, Session, SettingName};
use crate::catalogue::Release;

/// Who the user is to the authenticator.
#[derive(Debug, Clone, Copy)]
pub(super) enum Who {
    /// An account in a user store.
    Known(Account),
    /// Somebody in no user store; whether the authenticator found a name to look for.
    Unknown { has_name: bool },
}

impl Session<'_> {
    /// 1.1: the rows of the table, for a new login or for one that starts over.
    pub(super) fn first(&mut self, is_new: bool) -> Answer {
        self.step.is_number_page = false;
        match self.who()? {
            Who::Unknown { .. } => self.first_of_unknown(),
            Who::Known(account) => self.first_of_known(account, is_new),
        }
    }

    fn first_of_unknown(&mut self) -> Answer {
        if !self.is_mandatory() {
            return Ok(Outcome::Skipped); // row 1
        }
        if self.settings.is_on(SettingName::SendOtpDirectlyToMobile) {
            return Ok(self.ask_for_number()); // row 2
        }
        if !self.settings.is_on(SettingName::SendOtpToFederatedMobile) {
            return Ok(Outcome::Refused(ErrorPage::NoNumberOfUnknownUser)); // row 5
        }
        match self.has_federated_number() {
            true => self.send(Recipient::FederatedAttribute), // row 3
            false => Err(Outcome::Error(LoginError::NoFederatedNumber)), // row 4
        }
    }

    fn first_of_known(&mut self, account: Account, is_new: bool) -> Answer {
        if account.has_opted_out && self.settings.is_on(SettingName::SmsOtpEnableByUserClaim) {
            return Ok(match self.is_mandatory() {
                false => Outcome::Skipped,                     // row 6
                true => Outcome::Refused(ErrorPage::OptedOut), // row 7
            });
        }
        let asks_for_lock = self.connector.is_from(Release::V6_1) && !self.user.is_federated;
        if asks_for_lock && self.is_locked(account) && !self.is_mandatory() {
            return Ok(Outcome::Locked { tells_minutes: self.tells_minutes(account) }); // row 9
        }
        if is_new && self.connector == Connector::Newest && !self.is_mandatory() {
            self.count_first()?;
        }
        if account.has_number || self.has_saved_number {
            return self.send(Recipient::Profile); // row 10
        }
        match self.settings.is_on(SettingName::CaptureAndUpdateMobileNumber) {
            true => Ok(self.ask_for_number()),                  // row 12
            false => Err(Outcome::Error(LoginError::NoNumber)), // row 13
        }
    }

    /// A number, typed where the page asks for one; anywhere else it is not looked at.
    pub(super) fn number(&mut self) -> Answer {
        if !self.step.is_number_page {
            return self.first(false);
        }
        self.step.is_number_page = false;
        self.step.has_typed_number = true;
        self.step.has_typed_code = false;
        self.send(Recipient::Typed)
    }

    /// Sends a new code, and shows the page that asks for it.
    pub(super) fn send(&mut self, to: Recipient) -> Answer {
        let code = self.code()?;
        // An unknown user's first page shows nothing: A@3.4.3:970.
        let account = self.account()?;
        let shown = match account {
            Some(_) => self.shown()?,
            None => None,
        };
        self.step.code = Some(code);
        // Up to 5.11 the number is stored before anybody typed the code.
        let is_number_saved = to == Recipient::Typed
            && account.is_some()
            && !self.user.is_federated
            && self.connector.is_until(Release::V5_11)
            && !self.has_saved_number;
        self.has_saved_number |= is_number_saved;
        Ok(Outcome::CodeSent { to, code, shown, is_number_saved })
    }

    fn ask_for_number(&mut self) -> Outcome {
        self.step.is_number_page = true;
        Outcome::AsksForNumber
    }

    pub(super) fn is_mandatory(&mut self) -> bool {
        self.settings.is_on(SettingName::SmsOtpMandatory)
    }

    /// The key in the section of the previous authenticator comes first, an empty one falls
    /// through.
    fn has_federated_number(&mut self) -> bool {
        let key = [
            SettingName::PreviousFederatedMobileAttributeKey,
            SettingName::FederatedMobileAttributeKey,
        ]
        .into_iter()
        .find_map(|name| self.settings.text(name).filter(|key| !key.is_empty()));
        self.user.is_federated && key.is_some_and(|key| self.user.mobile.is_found(key))
    }

    /// The account of the user, if there is one.
    pub(super) fn account(&mut self) -> Answer<Option<Account>> {
        Ok(match self.who()? {
            Who::Known(account) => Some(account),
            Who::Unknown { .. } => None,
        })
    }

    /// 1.0: who the user is.
    pub(super) fn who(&mut self) -> Answer<Who> {
        if !self.user.is_federated {
            let unknown = Who::Unknown { has_name: true };
            return Ok(self.user.account.map_or(unknown, Who::Known));
        }
        let usecase = self.settings.text(SettingName::Usecase);
        let by_subject = self.connector.is_from(Release::V7_0);
        Ok(match usecase {
            None | Some("") if by_subject => in_primary(self.user.account, false),
            None => Who::Unknown { has_name: false },
            Some("" | "local") => match self.in_the_list(self.user.account)? {
                StoreSearch::No => Who::Unknown { has_name: false },
                StoreSearch::Here(account) => Who::Known(account),
                StoreSearch::NoList => in_primary(self.user.account, false),
            },
            Some("association") => self.by_name(self.user.linked)?,
            Some("subjectUri") => self.by_name(self.user.account)?,
            Some("userAttribute") if self.has_username() => {
                self.by_name(self.user.linked.or(self.user.account))?
            }
            Some(_) => Who::Unknown { has_name: false },
        })
    }

    /// A name from the federated login: in the list, else in PRIMARY.
    fn by_name(&mut self, account: Option<Account>) -> Answer<Who> {
        Ok(match self.in_the_list(account)? {
            StoreSearch::Here(account) => Who::Known(account),
            StoreSearch::No | StoreSearch::NoList => in_primary(account, true),
        })
    }

    fn has_username(&mut self) -> bool {
        let key = [SettingName::PreviousUserAttribute, SettingName::UserAttribute]
            .into_iter()
            .find_map(|name| self.settings.text(name).filter(|key| !key.is_empty()));
        key.is_some_and(|key| self.user.username.is_found(key))
    }

    /// Walks the stores of the list, whose items are not trimmed, until one has the account. One
    /// that does not exist fails the login; unset, there is one of the name "null".
    fn in_the_list(&mut self, account: Option<Account>) -> Answer<StoreSearch> {
        let list = self.settings.text(SettingName::SecondaryUserstore).unwrap_or("null");
        if list.is_empty() {
            return Ok(StoreSearch::NoList);
        }
        for store in list.split(',') {
            let store = store.to_uppercase();
            if !(self.world.has_store)(&store) {
                return Err(Outcome::Error(LoginError::NoSuchStore));
            }
            if let Some(account) = account.filter(|account| account.store == store) {
                return Ok(StoreSearch::Here(account));
            }
        }
        Ok(StoreSearch::No)
    }
}

/// Where the list of user stores leads.
enum StoreSearch {
    Here(Account),
    No,
    NoList,
}

fn in_primary(account: Option<Account>, has_name: bool) -> Who {
    let account = account.filter(|account| account.store == "PRIMARY");
    account.map_or(Who::Unknown { has_name }, Who::Known)
}
