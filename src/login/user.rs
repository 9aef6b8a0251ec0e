//! Who logs in, and the server around the file.

/// A kind of user.
#[derive(Debug, Clone, Copy)]
pub struct User {
    /// Whether the first step is that of another identity provider.
    pub is_federated: bool,
    /// The account whose name is the one of the first step.
    pub account: Option<Account>,
    /// The account that an association and the name attribute of a federated login lead to.
    pub linked: Option<Account>,
    /// The attribute of a federated login with a mobile number.
    pub mobile: IdpAttribute,
    /// The attribute of a federated login with the name of a local user.
    pub username: IdpAttribute,
}

/// An account in a user store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// The user store it is in, in upper case.
    pub store: &'static str,
    /// Whether its profile has a mobile number.
    pub has_number: bool,
    /// Whether the user turned SMS OTP off, with the claim smsotp_disabled.
    pub has_opted_out: bool,
    /// Whether an administrator locked it.
    pub is_locked: bool,
    /// Whether it has backup codes.
    pub has_backup_codes: bool,
}

/// An attribute that a federated login may bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdpAttribute {
    /// There is none.
    Missing,
    /// There is one, under the name that the file gives, whatever that is.
    AsNamed,
    /// There is one, under this name.
    Named(&'static str),
}

impl IdpAttribute {
    /// Whether a key finds it.
    pub(super) fn is_found(self, key: &str) -> bool {
        match self {
            Self::Missing => false,
            Self::AsNamed => !key.is_empty(),
            Self::Named(name) => name == key,
        }
    }
}

/// What the file does not say.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// Whether the tenant locks accounts.
    pub account_locking: AccountLocking,
    /// Whether the claim with the backup codes is mapped; no release maps it.
    pub has_backup_claim: bool,
    /// Whether a code is typed in the very millisecond in which it is sent.
    pub is_instant: bool,
    /// The kind of step that SMS OTP is in.
    pub step: Step,
    /// Whether there is a user store of this name, in upper case.
    pub has_store: fn(&str) -> bool,
    /// What a local user has under a claim.
    pub claim: fn(&str) -> Claim,
    /// Whether a text is a Java regular expression.
    pub is_pattern: fn(&str) -> bool,
}

/// Whether a tenant locks the account of somebody who typed too many wrong codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountLocking {
    /// It does.
    On,
    /// It does not.
    Off,
    /// As [`AccountLocking`](super::SettingName::AccountLocking) says.
    AsSet,
}

/// The kind of step that the authenticator is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One authenticator, no script.
    Plain,
    /// The user chose SMS OTP from several options.
    MultiOption,
    /// The application has an adaptive script.
    Script,
}

/// What a user has under a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// No user store maps it to an attribute.
    NotMapped,
    /// Nothing.
    Empty,
    /// A text of so many characters at most.
    Text(usize),
}
