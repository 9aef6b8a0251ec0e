//! The table of the settings of other parts of the server that people write into this section.

use super::{folded, parameter};

/// A setting of another part of the server that people write into this section.
#[derive(Debug, Clone, Copy)]
pub struct Foreign {
    /// Its name as written.
    pub name: &'static str,
    /// Where it belongs.
    pub owner: Owner,
}

/// Where a foreign setting belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The SMS OTP connection in the console.
    Connection,
    /// `identity.xml`.
    IdentityXml,
    /// The adaptive authentication script.
    AdaptiveScript,
    /// The SMS OTP that is built in, set up in the console
    /// (SMSOTPAuthenticatorConfigImpl of identity-local-auth-smsotp 1.1.6).
    BuiltIn,
    /// The Email OTP authenticator (EmailOTPAuthenticatorConstants).
    EmailOtp,
}

impl Owner {
    /// Whose settings those are.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connection => "the identity provider connection",
            Self::IdentityXml => "identity.xml",
            Self::AdaptiveScript => "the adaptive authentication script",
            Self::BuiltIn => "the built-in SMS OTP of 7.0 and later",
            Self::EmailOtp => "the Email OTP authenticator",
        }
    }

    /// What to do about it, in the imperative.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Connection => "set it in the SMS OTP connection, in the console",
            Self::IdentityXml => "set it in identity.xml: deployment.toml cannot set it",
            Self::AdaptiveScript => {
                "set it in the adaptive authentication script of the application"
            }
            Self::BuiltIn => {
                "set it in the console, under Connections > SMS OTP > Settings: deployment.toml \
                 cannot set it"
            }
            Self::EmailOtp => "leave it out: SMS OTP has no such setting",
        }
    }
}

/// Settings that belong elsewhere and are ignored here, sorted by name.
pub const FOREIGN: &[Foreign] = &[
    Foreign { name: "OTPBackupCodes.UseIdentityClaims", owner: Owner::IdentityXml },
    Foreign { name: "OnlyNumericCharactersForSmsOtp", owner: Owner::Connection },
    Foreign { name: "SmsOTP.ExpiryTime", owner: Owner::BuiltIn },
    Foreign { name: "SmsOTP.OTPLength", owner: Owner::BuiltIn },
    Foreign { name: "SmsOTP.OtpRegex.UseNumericChars", owner: Owner::BuiltIn },
    Foreign { name: "SmsOTP.ResendAttemptsCount", owner: Owner::BuiltIn },
    Foreign { name: "SmsOTP.ResendBlockDuration", owner: Owner::BuiltIn },
    Foreign { name: "SmsOtpExpiryTime", owner: Owner::Connection },
    Foreign { name: "SmsOtpLength", owner: Owner::Connection },
    Foreign { name: "disableOTPResendOnFailure", owner: Owner::EmailOtp },
    Foreign { name: "headers", owner: Owner::Connection },
    Foreign { name: "http_method", owner: Owner::Connection },
    Foreign { name: "http_response", owner: Owner::Connection },
    Foreign { name: "maximumAllowedFailureAttempts", owner: Owner::AdaptiveScript },
    Foreign { name: "maximumAllowedResendAttempts", owner: Owner::AdaptiveScript },
    Foreign { name: "mobile_number_pattern_failure_error_message", owner: Owner::Connection },
    Foreign { name: "mobile_number_regex", owner: Owner::Connection },
    Foreign { name: "notificationTemplate", owner: Owner::AdaptiveScript },
    Foreign { name: "payload", owner: Owner::Connection },
    Foreign { name: "show_detailed_error_info", owner: Owner::Connection },
    Foreign { name: "sms_url", owner: Owner::Connection },
    Foreign { name: "terminateOnResendLimitExceeded", owner: Owner::AdaptiveScript },
    Foreign { name: "values_to_be_masked", owner: Owner::Connection },
];

/// The foreign setting of this name, where letter case and separators count little, or else the one
/// below a table of exactly this name.
pub fn foreign(name: &str) -> Option<&'static Foreign> {
    if parameter(name).is_some() {
        return None;
    }
    let is_named = |own: &str| folded(own).eq(folded(name));
    let is_below =
        |foreign: &&Foreign| foreign.name.split_once('.').is_some_and(|(table, _)| table == name);
    let whole = FOREIGN.iter().find(|foreign| is_named(foreign.name));
    whole.or_else(|| FOREIGN.iter().find(is_below))
}
