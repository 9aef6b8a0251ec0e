//! The kinds of user and the courses of events that people ask about, by their public names.

use super::Moment;
use super::user::{Account, IdpAttribute, User};

/// A kind of user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UserKind {
    /// In the user store, with a number.
    WithNumber,
    /// In the user store, without a number.
    WithoutNumber,
    /// Opted out of SMS OTP.
    OptedOut,
    /// Opted out, and without a number.
    OptedOutWithoutNumber,
    /// In no user store, behind a local first step.
    NotInUserStore,
    /// Federated and in no user store, with a number among the attributes.
    FederatedWithMobile,
    /// Federated and in no user store, without one.
    Federated,
    /// An administrator locked the account.
    LockedAccount,
    /// Federated, with the name of a local account.
    FederatedSameName,
    /// The same, where the local account has no number.
    FederatedSameNameWithoutNumber,
}

impl UserKind {
    /// Every kind, in the order of the reports.
    pub const ALL: [Self; 10] = [
        Self::WithNumber,
        Self::WithoutNumber,
        Self::OptedOut,
        Self::OptedOutWithoutNumber,
        Self::NotInUserStore,
        Self::FederatedWithMobile,
        Self::Federated,
        Self::LockedAccount,
        Self::FederatedSameName,
        Self::FederatedSameNameWithoutNumber,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WithNumber => "with-number",
            Self::WithoutNumber => "without-number",
            Self::OptedOut => "opted-out",
            Self::OptedOutWithoutNumber => "opted-out-without-number",
            Self::NotInUserStore => "not-in-user-store",
            Self::FederatedWithMobile => "federated-with-mobile",
            Self::Federated => "federated",
            Self::LockedAccount => "locked",
            Self::FederatedSameName => "federated-same-name",
            Self::FederatedSameNameWithoutNumber => "federated-same-name-without-number",
        }
    }

    /// The kind in people's words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::WithNumber => "in the user store, with a number",
            Self::WithoutNumber => "in the user store, without a number",
            Self::OptedOut => "opted out, with a number",
            Self::OptedOutWithoutNumber => "opted out, without a number",
            Self::NotInUserStore => "not in the user store",
            Self::FederatedWithMobile => "federated, with a mobile attribute",
            Self::Federated => "federated, without a mobile attribute",
            Self::LockedAccount => "account locked",
            Self::FederatedSameName => "federated, same name as a local account",
            Self::FederatedSameNameWithoutNumber => {
                "federated, same name as a local account without a number"
            }
        }
    }

    /// The kind in front of what the user does.
    pub const fn in_short(self) -> &'static str {
        match self {
            Self::WithNumber => "with a number",
            Self::WithoutNumber => "without a number",
            Self::FederatedSameName => "federated, same name",
            Self::FederatedSameNameWithoutNumber => "federated, same name without a number",
            other => other.in_words(),
        }
    }

    /// Whether the first step is that of another identity provider.
    pub const fn is_federated(self) -> bool {
        matches!(
            self,
            Self::FederatedWithMobile
                | Self::Federated
                | Self::FederatedSameName
                | Self::FederatedSameNameWithoutNumber
        )
    }

    /// The user that stands for the kind.
    pub fn user(self) -> User {
        let plain = Account {
            store: "PRIMARY",
            has_number: true,
            has_opted_out: false,
            is_locked: false,
            has_backup_codes: true,
        };
        let without_number = Account { has_number: false, ..plain };
        let account = match self {
            Self::WithNumber | Self::FederatedSameName => Some(plain),
            Self::WithoutNumber | Self::FederatedSameNameWithoutNumber => Some(without_number),
            Self::OptedOut => Some(Account { has_opted_out: true, ..plain }),
            Self::OptedOutWithoutNumber => Some(Account { has_opted_out: true, ..without_number }),
            Self::LockedAccount => Some(Account { is_locked: true, ..plain }),
            Self::NotInUserStore | Self::FederatedWithMobile | Self::Federated => None,
        };
        let has_mobile = self == Self::FederatedWithMobile;
        let attribute = |is_there| match is_there {
            true => IdpAttribute::AsNamed,
            false => IdpAttribute::Missing,
        };
        User {
            is_federated: self.is_federated(),
            account,
            linked: None,
            mobile: attribute(has_mobile),
            username: attribute(self.is_federated()),
        }
    }
}

/// A course of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// The first request of the second step.
    Login,
    /// The code is typed in time.
    RightCode,
    /// A wrong code is typed.
    WrongCode,
    /// Five wrong codes are typed, and then the right one.
    SixGuesses,
    /// The code is typed too late.
    ExpiredCode,
    /// A backup code is typed.
    BackupCode,
    /// Another code is asked for.
    Resend,
    /// A number is typed, and then the code.
    NumberThenRightCode,
}

impl Event {
    /// Every course, in the order of the reports.
    pub const ALL: [Self; 8] = [
        Self::Login,
        Self::RightCode,
        Self::WrongCode,
        Self::SixGuesses,
        Self::ExpiredCode,
        Self::BackupCode,
        Self::Resend,
        Self::NumberThenRightCode,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::RightCode => "right-code",
            Self::WrongCode => "wrong-code",
            Self::SixGuesses => "six-guesses",
            Self::ExpiredCode => "expired-code",
            Self::BackupCode => "backup-code",
            Self::Resend => "resend",
            Self::NumberThenRightCode => "number-then-right-code",
        }
    }

    /// The course in people's words, behind a kind of user.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Login => "logs in",
            Self::RightCode => "types the right code",
            Self::WrongCode => "types a wrong code",
            Self::SixGuesses => "types five wrong codes, then the right one",
            Self::ExpiredCode => "types the code after it expired",
            Self::BackupCode => "types a backup code",
            Self::Resend => "asks for another code",
            Self::NumberThenRightCode => "types a number, then the right code",
        }
    }

    /// The moments it consists of.
    pub const fn moments(self) -> &'static [Moment] {
        use Moment::{Backup, Expired, Login, Number, Resend, Right, Wrong};
        match self {
            Self::Login => &[Login],
            Self::RightCode => &[Login, Right],
            Self::WrongCode => &[Login, Wrong],
            Self::SixGuesses => &[Login, Wrong, Wrong, Wrong, Wrong, Wrong, Right],
            Self::ExpiredCode => &[Login, Expired],
            Self::BackupCode => &[Login, Backup],
            Self::Resend => &[Login, Resend],
            Self::NumberThenRightCode => &[Login, Number, Right],
        }
    }
}
