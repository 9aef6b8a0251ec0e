//! What the authenticator answers, in the words of the recorded logins.

use std::fmt;

use super::code::Code;
use super::screen::ShownClaim;

/// The answer of the authenticator to one moment of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A code is on its way, and the page asks for it.
    CodeSent {
        /// Where it goes.
        to: Recipient,
        /// The code.
        code: Code,
        /// What the page shows of the user.
        shown: Option<ShownClaim>,
        /// Whether the typed number is stored in the profile.
        is_number_saved: bool,
    },
    /// The page asks for a mobile number.
    AsksForNumber,
    /// The login is complete with the first step alone.
    Skipped,
    /// An error page; the login may go on.
    Refused(ErrorPage),
    /// The code page again, with a message.
    Retry(Retry, Option<ShownClaim>),
    /// The account is locked; whether the page says for how many minutes.
    Locked {
        /// It does.
        tells_minutes: bool,
    },
    /// The second step is done.
    LoggedIn {
        /// Whether the typed number is stored in the profile.
        is_number_saved: bool,
    },
    /// The login fails with an exception.
    Error(LoginError),
}

/// Where a code is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// The number in the user's profile.
    Profile,
    /// The number that the user typed.
    Typed,
    /// The number that the federated login brings along.
    FederatedAttribute,
}

/// Why an error page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorPage {
    /// Nobody may ask a user who is in no user store for a number.
    NoNumberOfUnknownUser,
    /// The user opted out of what is mandatory.
    OptedOut,
    /// The code is wrong, and there is no retry page.
    WrongCode,
    /// The code is too old, and there is no retry page.
    Expired,
    /// The user had every resend there is.
    ResendsUsedUp,
}

/// Why the code page is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The code is wrong.
    WrongCode,
    /// The code is too old.
    Expired,
}

/// Why a login fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginError {
    /// The profile has no number, and nobody may type one.
    NoNumber,
    /// The federated login brings no number along.
    NoFederatedNumber,
    /// A user store of the list does not exist.
    NoSuchStore,
    /// TokenLength is not a number that Java can hold.
    LengthIsNoNumber,
    /// TokenLength is negative; whether codes are alphanumeric.
    LengthIsNegative {
        /// They are.
        is_alphanumeric: bool,
    },
    /// TokenExpiryTime is not a number that Java can hold.
    ExpiryIsNoNumber,
    /// 5.10 compares TokenExpiryTime with a number of another type.
    ExpiryOf510,
    /// The claim of screenUserAttribute is not mapped.
    ClaimNotMapped,
    /// The page shows a claim of a user who is in no user store.
    ClaimOfUnknownUser,
    /// noOfDigits is no number.
    DigitsAreNoNumber,
    /// noOfDigits is negative, or more than there are.
    DigitsOutOfRange,
    /// No Java regular expression.
    BadPattern,
    /// The lock of an account that does not exist is looked up.
    LockOfUnknownUser,
    /// There is no code to compare with.
    NoCodeSent,
    /// Backup codes of a user without a name are looked up.
    BackupWithoutName,
    /// ResendEnable is not true.
    ResendDisabled,
    /// The number of a user who is in no user store is looked up.
    ResendToUnknownUser,
    /// MaximumResendAttempts is no number from 0 up.
    BadResendLimit,
    /// A wrong or expired code, where the step or the script allows no retry.
    NoRetryHere,
    /// A resend, where the step or the script allows no retry.
    NoResendHere,
}

impl Outcome {
    /// The word of every outcome, and what it means.
    pub const WORDS: [(&str, &str); 8] = [
        ("code-sent", "a code is sent"),
        ("asks-for-number", "the page asks for a mobile number"),
        ("skipped", "the first step alone is enough: no code is needed"),
        ("refused", "an error page is shown"),
        ("retry", "the code page is shown again"),
        ("locked", "the account is locked"),
        ("logged-in", "the login is complete"),
        ("error", "the login fails, because the authenticator cannot go on"),
    ];

    /// The word of the outcome.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CodeSent { .. } => "code-sent",
            Self::AsksForNumber => "asks-for-number",
            Self::Skipped => "skipped",
            Self::Refused(_) => "refused",
            Self::Retry(..) => "retry",
            Self::Locked { .. } => "locked",
            Self::LoggedIn { .. } => "logged-in",
            Self::Error(_) => "error",
        }
    }

    /// The outcome without what the code looks like and what the page shows.
    pub const fn without_code(self) -> Self {
        match self {
            Self::CodeSent { to, is_number_saved, .. } => {
                Self::CodeSent { to, code: Code::ANY, shown: None, is_number_saved }
            }
            Self::Retry(why, _) => Self::Retry(why, None),
            other => other,
        }
    }

    /// Whether the login is over, for good or for bad.
    pub const fn ends_the_login(self) -> bool {
        matches!(self, Self::Skipped | Self::LoggedIn { .. } | Self::Error(_))
    }

    /// What is behind the word, if anything does.
    pub fn detail(self) -> Option<String> {
        match self {
            Self::CodeSent { to, code, is_number_saved, .. } => {
                let saved = if is_number_saved { ", number saved" } else { "" };
                Some(format!("{to}{code}{saved}"))
            }
            Self::Refused(why) => Some(why.as_str().to_owned()),
            Self::Retry(why, _) => Some(why.as_str().to_owned()),
            Self::Locked { tells_minutes } => tells_minutes.then(|| "minutes told".to_owned()),
            Self::LoggedIn { is_number_saved } => {
                is_number_saved.then(|| "number saved".to_owned())
            }
            Self::Error(failure) => Some(failure.exception().to_owned()),
            Self::AsksForNumber | Self::Skipped => None,
        }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Profile => "to profile number",
            Self::Typed => "to typed number",
            Self::FederatedAttribute => "to federated attribute",
        })
    }
}

impl ErrorPage {
    /// The message key of the server.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoNumberOfUnknownUser => "directly.send.otp.disable",
            Self::OptedOut => "smsotp.disable",
            Self::WrongCode => "code.mismatch",
            Self::Expired => "token.expired",
            Self::ResendsUsedUp => "resent.count.exceeded",
        }
    }
}

impl Retry {
    /// The message key of the server.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongCode => "authentication.fail.message",
            Self::Expired => "token.expired",
        }
    }
}

impl LoginError {
    /// The Java exception that ends the login.
    pub const fn exception(self) -> &'static str {
        match self {
            Self::NoNumber
            | Self::NoFederatedNumber
            | Self::NoSuchStore
            | Self::ClaimNotMapped
            | Self::ClaimOfUnknownUser
            | Self::LockOfUnknownUser
            | Self::ResendToUnknownUser
            | Self::BadResendLimit
            | Self::NoRetryHere => "AuthenticationFailedException",
            Self::ResendDisabled | Self::NoResendHere => "InvalidCredentialsException",
            Self::LengthIsNoNumber | Self::ExpiryIsNoNumber | Self::DigitsAreNoNumber => {
                "NumberFormatException"
            }
            Self::LengthIsNegative { is_alphanumeric: false } => "ArithmeticException",
            Self::LengthIsNegative { is_alphanumeric: true } | Self::DigitsOutOfRange => {
                "StringIndexOutOfBoundsException"
            }
            Self::ExpiryOf510 => "ClassCastException",
            Self::BadPattern => "PatternSyntaxException",
            Self::NoCodeSent | Self::BackupWithoutName => "NullPointerException",
        }
    }
}
