//! The settings that decide what happens at login, and values that their documentation or their
//! source gives a meaning: what an unknown one may hold, and what others may be changed to.

macro_rules! names {
    ($($variant:ident = $text:literal,)*) => {
        /// The name of a setting that decides what happens at login.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum SettingName {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl SettingName {
            /// Every one.
            pub const ALL: [Self; [$(stringify!($variant)),*].len()] = [$(Self::$variant),*];

            /// The name in the file; that of a key of the previous authenticator begins with
            /// `prev:`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

names! {
    AccountLocking = "identity_mgt.account_locking.enable_account_locking",
    BackupCode = "BackupCode",
    CaptureAndUpdateMobileNumber = "CaptureAndUpdateMobileNumber",
    EnableAccountLockingForFailedAttempts = "EnableAccountLockingForFailedAttempts",
    EnableAlphanumericToken = "EnableAlphanumericToken",
    EnableRetryFromAuthenticator = "enableRetryFromAuthenticator",
    EnableUserBasedResendBlocking = "EnableUserBasedResendBlocking",
    FederatedMobileAttributeKey = "federatedMobileAttributeKey",
    MaximumResendAttempts = "MaximumResendAttempts",
    NoOfDigits = "noOfDigits",
    Order = "order",
    PreviousFederatedMobileAttributeKey = "prev:federatedMobileAttributeKey",
    PreviousUserAttribute = "prev:SMSOTP-userAttribute",
    RedirectToMultiOptionPageOnFailure = "redirectToMultiOptionPageOnFailure",
    ResendBlockDuration = "ResendBlockDuration",
    ResendEnable = "ResendEnable",
    RetryEnable = "RetryEnable",
    ScreenUserAttribute = "screenUserAttribute",
    ScreenUserAttributeMaskRegex = "screenUserAttributeMaskRegex",
    SecondaryUserstore = "secondaryUserstore",
    SendOtpDirectlyToMobile = "SendOTPDirectlyToMobile",
    SendOtpToFederatedMobile = "SendOtpToFederatedMobile",
    ShowAuthFailureReason = "showAuthFailureReason",
    SmsOtpEnableByUserClaim = "SMSOTPEnableByUserClaim",
    SmsOtpMandatory = "SMSOTPMandatory",
    TokenExpiryTime = "TokenExpiryTime",
    TokenLength = "TokenLength",
    Usecase = "usecase",
    UserAttribute = "userAttribute",
}

impl SettingName {
    /// Values that differ in what they do, plain ones first.
    pub const fn values(self) -> &'static [&'static str] {
        match self {
            Self::Usecase => &["local", "association", "userAttribute", "subjectUri"],
            Self::SecondaryUserstore => &["PRIMARY", "SECONDARY"],
            Self::UserAttribute | Self::PreviousUserAttribute => &["username"],
            Self::FederatedMobileAttributeKey | Self::PreviousFederatedMobileAttributeKey => {
                &["mobile"]
            }
            Self::ScreenUserAttribute => &["http://wso2.org/claims/mobile"],
            Self::ScreenUserAttributeMaskRegex => &["[0-9]"],
            Self::Order => &["forward", "backward"],
            Self::NoOfDigits => &["4", "0"],
            Self::TokenLength => &["6", "8"],
            Self::TokenExpiryTime => &["300", "60"],
            Self::MaximumResendAttempts => &["3", "0"],
            Self::ResendBlockDuration => &["5", "0"],
            _ => &["true", "false"],
        }
    }

    /// Whether leaving it out is as good as any value: without these two, the setting that makes
    /// use of them fails logins.
    pub(super) const fn may_be_unset(self) -> bool {
        !matches!(self, Self::SecondaryUserstore | Self::FederatedMobileAttributeKey)
    }

    /// Whether the authenticator of the step before has it.
    pub const fn is_of_previous(self) -> bool {
        matches!(self, Self::PreviousFederatedMobileAttributeKey | Self::PreviousUserAttribute)
    }
}
