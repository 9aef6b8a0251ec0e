//! The tables of facts about the SMS OTP authenticator that is built in from 7.0 on:
//! `[authentication.authenticator.sms_otp_local]`.
//!
//! It has a connector of its own. What else there is to set is in the Console.

use super::evidence::{
    AUTHENTICATOR_UTILS, COMPONENT, CONSTANTS, DEFAULTS, FRAMEWORK, LOCAL_AUTHENTICATOR,
};
use super::parameters::{setting, switch};
use super::{Fallback, Flaw, Kind, Parameter, Release, Steps, always};

/// What is read directly in the table, sorted by name.
pub const BUILT_IN_OWN: &[Parameter] = &[
    Parameter {
        name: "enable",
        summary: "turns the built-in SMS OTP on or off",
        detail: "Here false does turn the authenticator off. \
            Every release ships true.",
        evidence: &[(COMPONENT, Release::V7_0), (DEFAULTS, Release::V7_0)],
        since: Release::V7_0,
        fallback: Fallback::None,
        flaws: &[(
            Flaw::Unusable,
            always!("the server reads it as false and turns the authenticator off"),
        )],
        ..switch(SHIPPED_ON)
    },
    Parameter {
        name: "name",
        summary: "sets the name under which the server keeps the settings",
        detail: "The authenticator asks for exactly sms-otp-authenticator, which every release \
            ships, so there is no need to write it.",
        evidence: &[(CONSTANTS, Release::V7_0), (DEFAULTS, Release::V7_0)],
        since: Release::V7_0,
        flaws: &[(Flaw::Unusable, always!("the authenticator finds none of the settings"))],
        ..setting(Kind::Text { default: Steps(&[(Release::V7_0, "sms-otp-authenticator")]) })
    },
];

/// Every parameter that the authenticator reads from the file, sorted by name.
pub const BUILT_IN: &[Parameter] = &[
    Parameter {
        name: "AuthMechanism",
        summary: "gives the authenticator an AuthMechanism label",
        detail: "Any text will do; without one the name of the authenticator is the label.",
        evidence: &[(FRAMEWORK, Release::V7_0)],
        since: Release::V7_0,
        ..setting(Kind::Text { default: Steps::NONE })
    },
    Parameter {
        name: "BlockedUserStoreDomains",
        summary: "lists the user stores whose users may not use the authenticator",
        detail: "Items are not trimmed, so a blank after a comma becomes part of the store's \
            name. \
            No release ships a value.",
        evidence: &[(FRAMEWORK, Release::V7_0)],
        since: Release::V7_0,
        ..setting(Kind::List)
    },
    Parameter {
        name: "EnableUserBasedResendBlocking",
        summary: "blocks a user who has used up the resends of the Console's settings",
        detail: "It acts without any other setting of the file: after 5 resends, for 5 minutes, \
            unless the Console says otherwise. \
            It counts for users who exist only, and writes two claims of the user. \
            A user over the limit is blocked at the first code of a login, too. \
            The newest shipped defaults hold true; whether those of 7.3.0 itself do is uncertain.",
        evidence: &[(LOCAL_AUTHENTICATOR, Release::V7_3), (DEFAULTS, Release::V7_3)],
        since: Release::V7_3,
        ..switch(Steps(&[(Release::V7_3, true)]))
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointErrorPage",
        summary: "sets the page that is shown when the authentication fails",
        detail: PATH_ONLY,
        evidence: &[(AUTHENTICATOR_UTILS, Release::V7_2)],
        since: Release::V7_2,
        fallback: Fallback::Text("authenticationendpoint/smsOtpError.jsp"),
        flaws: GLUED,
        ..setting(Kind::Page { default: Steps::NONE })
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointURL",
        summary: "sets the page where the user types the code",
        detail: PATH_ONLY,
        evidence: &[(AUTHENTICATOR_UTILS, Release::V7_2)],
        since: Release::V7_2,
        fallback: Fallback::Text("authenticationendpoint/smsOtp.jsp"),
        flaws: GLUED,
        ..setting(Kind::Page { default: Steps::NONE })
    },
    Parameter {
        name: "Tags",
        summary: "labels the authenticator with tags",
        detail: "They decide in which lists of the Console it appears. \
            Every release ships Passwordless,MFA.",
        evidence: &[(FRAMEWORK, Release::V7_0), (DEFAULTS, Release::V7_0)],
        since: Release::V7_0,
        ..setting(Kind::Text { default: Steps(&[(Release::V7_0, "Passwordless,MFA")]) })
    },
    Parameter {
        name: "enableRetryFromAuthenticator",
        summary: "lets a user try again after a wrong code, and have a code sent again",
        detail: "With false a wrong code ends the step, and a resend fails as well, since it \
            counts as a failure and a retry (product-is#24521). \
            In 7.0 and 7.1 that is so only in an application with an adaptive script, since the \
            authenticator itself says true there; from 7.2 on it is so in every application. \
            Every release ships true.",
        evidence: &[(FRAMEWORK, Release::V7_0), (LOCAL_AUTHENTICATOR, Release::V7_2)],
        since: Release::V7_0,
        ..switch(SHIPPED_ON)
    },
    Parameter {
        name: "redirectToMultiOptionPageOnFailure",
        summary: "takes the user back to the list of login options after a failure",
        detail: "The authentication framework reads it, and takes it as true where the server's \
            XML has none. \
            Every release ships false, so leaving it out of the file means false.",
        evidence: &[(FRAMEWORK, Release::V7_0), (DEFAULTS, Release::V7_0)],
        since: Release::V7_0,
        fallback: Fallback::Text("true"),
        ..switch(Steps(&[(Release::V7_0, false)]))
    },
    Parameter {
        name: "sendMaskedMobileInAppNativeMFA",
        summary: "tells an application the masked number, in a login without a browser",
        detail: "In the responses of a login by API the last 4 characters of the number are \
            readable; nothing else sets how many. \
            Releases from 7.2 on ship true.",
        evidence: &[(LOCAL_AUTHENTICATOR, Release::V7_2), (DEFAULTS, Release::V7_2)],
        since: Release::V7_2,
        ..switch(Steps(&[(Release::V7_2, true)]))
    },
    Parameter {
        name: "showAuthFailureReason",
        summary: "tells a user how many attempts are left, and why an account is locked",
        detail: "It is shown on the page after a wrong code. \
            No release ships a value, and without one it counts as false.",
        evidence: &[(LOCAL_AUTHENTICATOR, Release::V7_1)],
        since: Release::V7_1,
        ..switch(Steps::NONE)
    },
];

/// Parameters of `sms_otp` that the built-in authenticator has as settings in the Console, and
/// what they are called there.
pub const IN_CONSOLE: [(&str, &str); 5] = [
    ("EnableAlphanumericToken", "SmsOTP.OtpRegex.UseNumericChars"),
    ("MaximumResendAttempts", "SmsOTP.ResendAttemptsCount"),
    ("ResendBlockDuration", "SmsOTP.ResendBlockDuration"),
    ("TokenExpiryTime", "SmsOTP.ExpiryTime"),
    ("TokenLength", "SmsOTP.OTPLength"),
];

const PATH_ONLY: &str = "It is a path on the server. The server puts its own address in front, so \
    that an absolute URL is broken. A blank text means the default page.";

/// What becomes of a page that is no path.
const GLUED: &[(Flaw, Steps<&str>)] =
    &[(Flaw::Unusable, always!("the server puts its own address in front of it"))];

const SHIPPED_ON: Steps<bool> = Steps(&[(Release::V7_0, true)]);
