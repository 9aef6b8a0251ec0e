//! Settings, a release, a user and what that user does at login -> what the authenticator answers.
//!
//! The decision table of the authenticator as a pure function. `login/README.md` holds the facts;
//! the numbers in the comments (1.0, 1.1, row 3 of it, ..) are its sections, and it tells how to
//! read `A@3.4.3:336`. Every recorded login of the real authenticator that depends on the file is
//! held against the function by `tests/suite/login.rs`.

mod code;
mod expectation;
mod first;
mod name;
mod outcome;
mod people;
mod reader;
mod reasons;
mod resend;
mod response;
mod screen;
mod user;

pub use code::{Alphabet, Code, Validity};
pub use expectation::{Expectation, Wanted};
pub use name::SettingName;
pub use outcome::{ErrorPage, LoginError, Outcome, Recipient, Retry};
pub use people::{Event, UserKind};
pub use reader::{Given, SettingTexts};
pub use screen::{Mask, ShownClaim};
pub use user::{Account, AccountLocking, Claim, IdpAttribute, Step, User, World};

use crate::catalogue::Release;
use reader::SettingReader;

/// A release as published, or the newest connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Connector {
    /// The one a release was published with.
    Of(Release),
    /// 3.4.3, an update of 7.3.
    Newest,
}

impl Connector {
    /// Every connector that was recorded, oldest first.
    pub fn all() -> impl Iterator<Item = Self> {
        Release::ALL.into_iter().map(Self::Of).chain([Self::Newest])
    }

    /// Whether it is that of a release or a later one.
    fn is_from(self, release: Release) -> bool {
        self >= Self::Of(release)
    }

    /// Whether it is that of a release or an earlier one.
    fn is_until(self, release: Release) -> bool {
        self <= Self::Of(release)
    }
}

/// One thing a user does, or lets happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Begins a login: the first step is done, and SMS OTP is asked for.
    Login,
    /// Types a mobile number.
    Number,
    /// Types the code that was sent last.
    Right,
    /// Types another code.
    Wrong,
    /// Types the code that was sent last, after its validity.
    Expired,
    /// Types the code that was sent before the last one.
    Old,
    /// Types a backup code, always the same one.
    Backup,
    /// Asks for another code.
    Resend,
    /// Waits for so many minutes.
    Wait(u64),
}

/// A course of events for one user under the settings of one file.
#[derive(Clone, Copy)]
pub struct Login<'l> {
    /// What is known of the text of each setting.
    pub settings: &'l SettingTexts<'l>,
    /// The authenticator that reads them.
    pub connector: Connector,
    /// Who logs in.
    pub user: &'l User,
    /// The server around the file.
    pub world: &'l World,
}

/// What came of it, and what it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The answers to the moments, in order. One that ends the login is the last before the next
    /// [`Moment::Login`].
    pub outcomes: Vec<Outcome>,
    /// Every setting that was read on the way, in the order of the first reading. No other setting
    /// can change the outcomes.
    pub read: Vec<SettingName>,
}

impl Played {
    /// The last answer.
    pub fn last(&self) -> Outcome {
        self.outcomes.last().copied().unwrap_or(Outcome::Skipped)
    }
}

impl<'l> Login<'l> {
    /// Every way it can go: one where all settings are known, else one for each combination of
    /// what the unknown ones that matter may hold.
    pub fn ways(&self, moments: &[Moment]) -> impl Iterator<Item = Played> {
        self.sessions(move |session| Played {
            outcomes: session.play(moments).collect(),
            read: session.settings.read(),
        })
    }

    /// The last answer on each way.
    pub fn ends(&self, moments: &[Moment]) -> impl Iterator<Item = Outcome> {
        self.sessions(move |session| session.play(moments).last().unwrap_or(Outcome::Skipped))
    }

    /// One session after another, each on another way.
    fn sessions<T>(&self, play: impl Fn(&mut Session<'l>) -> T) -> impl Iterator<Item = T> {
        let mut settings = Some(SettingReader::new(self.settings));
        std::iter::from_fn(move || {
            let mut session = Session::new(self, settings.take()?);
            let played = play(&mut session);
            settings = session.settings.next_way();
            Some(played)
        })
    }
}

/// What the server remembers while a user logs in, and from one login to the next.
struct Session<'l> {
    settings: SettingReader<'l>,
    connector: Connector,
    user: &'l User,
    world: &'l World,
    /// Seconds since the first moment.
    now: u64,
    /// Wrong codes that were counted.
    failures: u32,
    /// When they locked the account.
    locked_at: Option<u64>,
    /// Codes that were sent and counted for the user, over all logins.
    sends: u32,
    /// When the last of them was sent.
    last_send: Option<u64>,
    is_backup_used: bool,
    has_saved_number: bool,
    /// The login that is under way.
    step: Progress,
    /// Whether that has come to its end.
    is_over: bool,
}

/// How far one login has come.
#[derive(Debug, Clone, Copy, Default)]
struct Progress {
    /// The code that is compared with what the user types.
    code: Option<Code>,
    /// Whether the page asks for a number.
    is_number_page: bool,
    /// Whether the user typed a number.
    has_typed_number: bool,
    /// Whether a code was typed since.
    has_typed_code: bool,
    /// Resends in this login.
    resends: u32,
}

impl<'l> Session<'l> {
    fn new(login: &Login<'l>, settings: SettingReader<'l>) -> Self {
        Self {
            settings,
            connector: login.connector,
            user: login.user,
            world: login.world,
            now: 0,
            failures: 0,
            locked_at: None,
            sends: 0,
            last_send: None,
            is_backup_used: false,
            has_saved_number: false,
            step: Progress::default(),
            is_over: false,
        }
    }

    /// The answers to the moments, in order.
    fn play(&mut self, moments: &[Moment]) -> impl Iterator<Item = Outcome> {
        moments.iter().filter_map(|moment| self.answer(*moment))
    }

    /// The answer to one moment; none while time goes by, and behind the end of a login.
    fn answer(&mut self, moment: Moment) -> Option<Outcome> {
        if let Moment::Wait(minutes) = moment {
            self.now += minutes * 60;
            return None;
        }
        if self.is_over && moment != Moment::Login {
            return None;
        }
        // Both arms are answers of the server.
        let (Ok(outcome) | Err(outcome)) = self.moment(moment);
        self.is_over = outcome.ends_the_login();
        Some(outcome)
    }

    /// What the server answers. `Err` leaves a computation early and is an answer like any other.
    fn moment(&mut self, moment: Moment) -> Answer {
        match moment {
            Moment::Login => {
                self.step = Progress::default();
                self.first(true)
            }
            Moment::Number => self.number(),
            Moment::Resend => self.resend(),
            typed => self.typed(typed),
        }
    }
}

/// An answer of the server, or one that cuts the way to it short.
type Answer<T = Outcome> = Result<T, Outcome>;
