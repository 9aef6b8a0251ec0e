//! An outcome -> words for people, and whether it is a danger.

use crate::login::{
    Alphabet, Code, ErrorPage, Event, LoginError, Outcome, Recipient, Retry, UserKind, Validity,
};
use crate::message::{Message, message};

/// What makes an outcome worth a mark, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// Codes can be guessed at without limit.
    UnlimitedGuesses,
    /// A user cannot log in.
    NoLogin,
    /// A user gets in without a second factor.
    NoSecondFactor,
}

/// The danger of an outcome, if it is one.
pub fn danger(user: UserKind, event: Event, outcome: Outcome) -> Option<Danger> {
    let is_way_in = matches!(event, Event::Login | Event::RightCode | Event::NumberThenRightCode);
    match outcome {
        Outcome::Skipped => Some(Danger::NoSecondFactor),
        Outcome::LoggedIn { .. } if event == Event::SixGuesses => Some(Danger::UnlimitedGuesses),
        Outcome::Refused(_) | Outcome::Retry(..) | Outcome::Error(_)
            if is_way_in && user != UserKind::LockedAccount =>
        {
            Some(Danger::NoLogin)
        }
        _ => None,
    }
}

/// The danger of a code, if it is one.
pub fn danger_of_code(code: Code) -> Option<Danger> {
    match (code.characters, code.validity) {
        (_, Validity::Never) => Some(Danger::NoLogin),
        (Some(1), _) => Some(Danger::NoSecondFactor),
        _ => None,
    }
}

/// What happens, in words that follow the user and what the user does.
pub fn sentence(user: UserKind, event: Event, outcome: Outcome) -> Message {
    match outcome {
        Outcome::CodeSent { to, is_number_saved, .. } => {
            let code = if event == Event::Resend { "another code" } else { "a code" };
            let saved = if is_number_saved { ", which is stored in the profile" } else { "" };
            message!("is sent {} {}{}", code, recipient(to), saved)
        }
        Outcome::LoggedIn { .. } if event == Event::SixGuesses => match user.is_federated() {
            true => "logs in: wrong codes of federated users are never counted".into(),
            false => "logs in: wrong codes are not counted".into(),
        },
        Outcome::LoggedIn { is_number_saved: true } => {
            "logs in, and the number is stored in the profile".into()
        }
        Outcome::Locked { .. } if event == Event::SixGuesses => {
            "is locked out: wrong codes are counted".into()
        }
        Outcome::Retry(Retry::Expired, _) if event == Event::RightCode => {
            "cannot log in: the code has expired before anybody can type it".into()
        }
        Outcome::LoggedIn { .. } => "logs in".into(),
        Outcome::AsksForNumber => "is asked for a mobile number".into(),
        Outcome::Skipped => "logs in with the first step alone, without a code".into(),
        Outcome::Refused(page) => refused(page).into(),
        Outcome::Retry(Retry::WrongCode, _) if event == Event::BackupCode => {
            "is asked again: the backup code is not accepted".into()
        }
        Outcome::Retry(Retry::WrongCode, _) => "is asked for the code again".into(),
        Outcome::Retry(Retry::Expired, _) => {
            "is told that the code has expired, and asked again".into()
        }
        Outcome::Locked { .. } => "cannot log in: the account is locked".into(),
        Outcome::Error(error) => failed(error).into(),
    }
}

/// What happens where one of several outcomes is possible.
pub fn sentences(user: UserKind, event: Event, outcomes: &[Outcome]) -> Message {
    let mut words: Vec<Message> = Vec::new();
    for outcome in outcomes {
        let sentence = sentence(user, event, *outcome);
        if !words.contains(&sentence) {
            words.push(sentence);
        }
    }
    let lead = if words.len() == 1 { "" } else { "either " };
    message!("{}{}", lead, Message::joined(words, ", or "))
}

/// A code in words: its length, its alphabet, and how long it is valid.
pub fn code_in_words(code: Code) -> String {
    let characters = match (code.characters, code.alphabet) {
        (_, Alphabet::Empty) => return "empty: nobody can log in".to_owned(),
        (None, Alphabet::Unknown) => "characters".to_owned(),
        (Some(count), Alphabet::Unknown) => format!("{count} characters"),
        (None, Alphabet::Digits) => "digits".to_owned(),
        (None, Alphabet::Alphanumeric) => "capital letters and digits".to_owned(),
        (Some(1), Alphabet::Digits) => "1 digit, which protects nothing".to_owned(),
        (Some(count), Alphabet::Digits) => format!("{count} digits"),
        (Some(count), Alphabet::Alphanumeric) => format!("{count} capital letters and digits"),
    };
    let validity = match code.validity {
        Validity::Seconds(seconds) => format!(", valid for {seconds} seconds"),
        Validity::Unknown => String::new(),
        Validity::Forever => ", without an expiry".to_owned(),
        Validity::Never => ", never accepted".to_owned(),
    };
    characters + &validity
}

fn recipient(to: Recipient) -> &'static str {
    match to {
        Recipient::Profile => "to the number in the profile",
        Recipient::Typed => "to the number just typed",
        Recipient::FederatedAttribute => "to the number that the federated login brings along",
    }
}

fn refused(page: ErrorPage) -> &'static str {
    match page {
        ErrorPage::NoNumberOfUnknownUser => {
            "cannot log in: the server has no number to send a code to"
        }
        ErrorPage::OptedOut => "cannot log in: the second step is mandatory for everybody",
        ErrorPage::WrongCode => {
            "gets an error page; the server goes on accepting codes for this login"
        }
        ErrorPage::Expired => "gets an error page: the code has expired",
        ErrorPage::ResendsUsedUp => "gets an error page: no more codes are sent",
    }
}

fn failed(error: LoginError) -> &'static str {
    match error {
        LoginError::NoNumber => {
            "cannot log in: the profile has no number, and the page asks for none"
        }
        LoginError::NoFederatedNumber => {
            "cannot log in: the server finds no number in the federated login"
        }
        LoginError::NoSuchStore => {
            "cannot log in: the server looks in a user store that does not exist"
        }
        LoginError::LengthIsNoNumber => {
            "cannot log in: TokenLength is not a number the server can read"
        }
        LoginError::LengthIsNegative { .. } => "cannot log in: TokenLength is negative",
        LoginError::ExpiryIsNoNumber => {
            "cannot log in: TokenExpiryTime is not a number the server can read"
        }
        LoginError::ExpiryOf510 => "cannot log in: every code fails while TokenExpiryTime is set",
        LoginError::ClaimNotMapped => "cannot log in: there is no claim of that name to show",
        LoginError::ClaimOfUnknownUser => {
            "cannot go on: the page shows a claim, which this user does not have"
        }
        LoginError::DigitsAreNoNumber => {
            "cannot log in: noOfDigits is not a number the server can read"
        }
        LoginError::DigitsOutOfRange => {
            "cannot log in: noOfDigits is negative, or more than there are"
        }
        LoginError::BadPattern => "cannot log in: the mask is no regular expression",
        LoginError::LockOfUnknownUser => {
            "cannot log in: the server looks up the lock of an account that does not exist"
        }
        LoginError::NoCodeSent => "cannot go on: no code was sent",
        LoginError::BackupWithoutName => {
            "cannot go on: the server looks up backup codes without a user name"
        }
        LoginError::ResendDisabled => "cannot go on: resending is off, and the login fails",
        LoginError::ResendToUnknownUser => {
            "cannot go on: the server looks up the number of an account that does not exist"
        }
        LoginError::BadResendLimit => {
            "cannot go on: MaximumResendAttempts is not a number from 0 up, and the login fails"
        }
        LoginError::NoRetryHere | LoginError::NoResendHere => {
            "cannot go on: this kind of step allows no second try"
        }
    }
}
