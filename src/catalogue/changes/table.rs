//! The table of what changed, a literal each, in the order of the topics of a section.

use super::Concern::{Any, Each, Every};
use super::{Change, ChangeStep, Reads};
use crate::catalogue::{Flaw, Release};

/// The three pages.
const PAGES: &[&str] = &[
    "MobileNumberRegPage",
    "SMSOTPAuthenticationEndpointErrorPage",
    "SMSOTPAuthenticationEndpointURL",
];

/// What holds from a release on.
const fn from(from: Release, text: &'static str, todo: &'static str) -> ChangeStep {
    ChangeStep { from, text, todo, mends: None }
}

/// What holds from a release on, which mends a defect of others.
const fn mended(from: Release, broken: Release, text: &'static str) -> ChangeStep {
    ChangeStep { from, text, todo: "", mends: Some(broken) }
}

/// Everything that changed.
pub const CHANGES: &[Change] = &[
    Change {
        concerns: Any(PAGES, Reads::PageOf("smsotpauthenticationendpoint")),
        steps: &[from(
            Release::V6_0,
            "the web application smsotpauthenticationendpoint is gone, and with it the page \
                 that is written: the browser is sent to a page that the server does not have",
            "delete the key, or write the page in authenticationendpoint: smsOtp.jsp, \
                 smsOtpError.jsp or mobile.jsp",
        )],
        is_decided: true,
        source: "product-is: the assembly of v5.11.0 names the web application, none from v6.0.0 \
                 on does",
    },
    Change {
        concerns: Every(PAGES),
        steps: &[from(
            Release::V6_0,
            "the default pages are authenticationendpoint/smsOtp.jsp, \
                 authenticationendpoint/smsOtpError.jsp and authenticationendpoint/mobile.jsp, in \
                 place of those of smsotpauthenticationendpoint",
            "nothing where the keys are left out",
        )],
        is_decided: false,
        source: "default.json of carbon-identity-framework at b26f147 and a3f07ad",
    },
    Change {
        concerns: Any(PAGES, Reads::IllegalPage),
        steps: &[from(
            Release::V7_0,
            "a page with a blank, or another character that no URL may hold, fails the login, \
                 and as SMSOTPAuthenticationEndpointErrorPage every login; up to 6.1 the browser \
                 got the text as it is",
            "delete or encode the character before 7.0",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.3.7 and at 3.3.20 (buildURL)",
    },
    Change {
        concerns: Every(PAGES),
        steps: &[from(
            Release::V7_0,
            "a page without a host is a path on the server, with the prefix of the tenant or \
                 the organization in front; up to 6.1 the browser took it from the page it was \
                 on, without the tenant",
            "",
        )],
        is_decided: false,
        source: "identity-outbound-auth-sms-otp v3.3.12",
    },
    Change {
        concerns: Each(&[("MobileNumberRegPage", Reads::Text(""))]),
        steps: &[from(
            Release::V7_0,
            "an empty MobileNumberRegPage stands for the page that the server comes with; up \
                 to 6.1 the browser was redirected to no page",
            "delete the key",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 2.0.28:476 and 3.3.20:439-449",
    },
    Change {
        concerns: Each(&[("TokenExpiryTime", Reads::Nothing)]),
        steps: &[
            from(
                Release::V6_0,
                "a code expires after 900 seconds while TokenExpiryTime is left out; up to 5.11 \
                 it never expired",
                "write TokenExpiryTime, in seconds",
            ),
            from(
                Release::V7_0,
                "a code is valid for 300000 seconds (83 hours) while TokenExpiryTime is left out, \
                 which is a defect",
                "write TokenExpiryTime, in seconds",
            ),
            from(
                Release::V7_1,
                "a code expires after 300 seconds while TokenExpiryTime is left out; it never did \
                 up to 5.11, after 900 seconds in 6.0 and 6.1, after 83 hours in 7.0",
                "write TokenExpiryTime, in seconds",
            ),
        ],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.0.7:796, 3.2.0:589, 3.3.20:945 and 1255, 3.3.33:954",
    },
    Change {
        concerns: Each(&[("TokenExpiryTime", Reads::Something)]),
        steps: &[
            from(
                Release::V5_10,
                "every code fails while TokenExpiryTime is set (product-is#8620)",
                "leave TokenExpiryTime out, or go on to 5.11",
            ),
            mended(
                Release::V5_11,
                Release::V5_10,
                "codes work while TokenExpiryTime is set; in 5.10 every code fails then \
                 (product-is#8620)",
            ),
        ],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.0.0:755; product-is#8620",
    },
    Change {
        concerns: Each(&[("TokenExpiryTime", Reads::Flawed(Flaw::Unusable))]),
        steps: &[from(
            Release::V7_1,
            "a TokenExpiryTime that is no whole number counts as 300 seconds, silently; \
                 up to 7.0 it failed the login",
            "write the number of seconds",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.3.7:597-600, 3.3.20:2239-2241, 3.3.33:939-970",
    },
    Change {
        concerns: Every(&["TokenExpiryTime"]),
        steps: &[
            from(
                Release::V7_0,
                "the expiry time of the IdP connection, in minutes, wins over TokenExpiryTime as \
                 soon as it is stored, and is 1000 times too long: 5 minutes are 83 hours \
                 (product-is#19701)",
                "leave that field of the connection empty and write TokenExpiryTime",
            ),
            from(
                Release::V7_1,
                "the expiry time of the IdP connection, in minutes, wins over TokenExpiryTime as \
                 soon as it is stored; in 7.0 it is 1000 times too long, from 7.1 on it is right",
                "set the expiry time in one place only",
            ),
        ],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20:943-961 and 3.3.33:952-972; product-is#19701",
    },
    Change {
        concerns: Each(&[("TokenLength", Reads::Flawed(Flaw::Unusable))]),
        steps: &[from(
            Release::V7_0,
            "a TokenLength that is no whole number counts as 6, silently; up to 6.1 it \
                 failed the login",
            "write 6",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.3.7 and 3.3.20:930",
    },
    Change {
        concerns: Each(&[("TokenLength", Reads::Flawed(Flaw::Negative))]),
        steps: &[from(
            Release::V7_0,
            "a negative TokenLength counts as 6, silently; up to 6.1 it failed the login",
            "write 6",
        )],
        is_decided: true,
        source: "OneTimePassword.java at 3.3.7; SMSOTPAuthenticator.java at 3.3.20:930",
    },
    Change {
        concerns: Each(&[("TokenLength", Reads::Flawed(Flaw::Zero))]),
        steps: &[from(
            Release::V7_0,
            "TokenLength = 0 makes an empty code, and nobody gets in; up to 6.1 it made one \
                 fixed digit, which protects nothing",
            "write 6",
        )],
        is_decided: true,
        source: "OneTimePassword.java at 3.3.7; SMSOTPAuthenticator.java at 3.3.20 (generateOTP)",
    },
    Change {
        concerns: Every(&["EnableAlphanumericToken", "TokenLength"]),
        steps: &[from(
            Release::V7_0,
            "the length and the alphabet of codes that are stored in the IdP connection win \
                 over TokenLength and EnableAlphanumericToken",
            "set them in the connection",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20:901-935",
    },
    Change {
        concerns: Every(&[]),
        steps: &[from(
            Release::V7_0,
            "codes are random over their whole length; up to 6.1 there are at most 59049 \
                 different ones at any length",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20 (generateOTP), commit 348df2e (v3.3.13)",
    },
    Change {
        concerns: Each(&[("enable_payload_encoding_for_sms_otp", Reads::Switch(true))]),
        steps: &[from(
            Release::V6_0,
            "the number and the message are encoded (enable_payload_encoding_for_sms_otp, \
                 shipped as true): in a JSON payload they arrive with quotes around them, where \
                 up to 5.11 they arrive as they are (product-is#15807)",
            "in the payload of the connection write $ctx.num without quotes, and $ctx.otp in \
                 place of $ctx.msg, or write enable_payload_encoding_for_sms_otp = false",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.2.0 (getEncodedValue); product-is#15807",
    },
    Change {
        concerns: Each(&[("BackupCode", Reads::Switch(true))]),
        steps: &[from(
            Release::V5_10,
            "backup codes are compared exactly; 5.9.0 compares them loosely",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 2.0.28:775 and 3.0.0:743",
    },
    Change {
        concerns: Each(&[("BackupCode", Reads::Switch(true))]),
        steps: &[from(
            Release::V5_11,
            "only users in the user store may type a backup code; up to 5.10 any user might",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.0.0:743 and 3.0.7:776",
    },
    Change {
        concerns: Each(&[
            ("EnableAccountLockingForFailedAttempts", Reads::Switch(true)),
            ("BackupCode", Reads::Switch(true)),
        ]),
        steps: &[from(
            Release::V6_1,
            "wrong codes are counted while BackupCode is true as well, so that accounts begin \
                 to be locked; 5.11 and 6.0 count none unless the claim of the backup codes is \
                 mapped (product-is#8530)",
            "check the maximum of failed attempts, and tell the users",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.0.7:776-785, 3.2.0:1001-1003 and 3.3.7 \
                 (checkWithBackUpCodes); product-is#8530",
    },
    Change {
        concerns: Each(&[("EnableAccountLockingForFailedAttempts", Reads::Switch(true))]),
        steps: &[from(
            Release::V6_0,
            "accounts are probably locked without enable_account_locking of \
                 [identity_mgt.account_locking], which 5.11 needs",
            "check the maximum of failed attempts of the tenant, which is 5 as shipped",
        )],
        is_decided: false,
        source: "SMSOTPConstants.java at 3.4.3:168; the key mappings of carbon-identity-framework \
                 at a3f07ad",
    },
    Change {
        concerns: Each(&[("EnableAccountLockingForFailedAttempts", Reads::Switch(true))]),
        steps: &[from(
            Release::V6_1,
            "a successful login does not reset the count of lockouts, so that later locks \
                 last longer by the ratio of the tenant; 5.11 and 6.0 set it to 0",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.0.7:1427-1433 and 3.3.7:1636",
    },
    Change {
        concerns: Every(&[]),
        steps: &[from(
            Release::V6_1,
            "while SMSOTPMandatory is not true, a locked user is refused before a code is \
                 sent; up to 6.0 the SMS is sent first",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.2.0:197 and 3.3.7:197-199",
    },
    Change {
        concerns: Each(&[("CaptureAndUpdateMobileNumber", Reads::Switch(true))]),
        steps: &[from(
            Release::V6_0,
            "a number that a user types is stored in the profile after the right code; up to \
                 5.11 it is stored before the code is checked",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.0.7:204-212 and 3.2.0:871-905",
    },
    Change {
        concerns: Each(&[("screenUserAttribute", Reads::Something)]),
        steps: &[from(
            Release::V6_0,
            "a user without that claim sees the number just typed, or else the masked word \
                 null; up to 5.11 nothing is shown",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.2.0 (getScreenAttribute)",
    },
    Change {
        concerns: Each(&[
            ("screenUserAttribute", Reads::Something),
            ("noOfDigits", Reads::Above(16)),
        ]),
        steps: &[from(
            Release::V7_1,
            "a noOfDigits larger than the text shows the whole of it; up to 7.0 it failed the \
                 login after the SMS was sent",
            "write how many characters may be shown",
        )],
        is_decided: true,
        source: "identity-outbound-auth-sms-otp v3.3.25",
    },
    Change {
        concerns: Each(&[("usecase", Reads::Nothing)]),
        steps: &[from(
            Release::V7_0,
            "a federated user is known by the name of the step that provides the subject, \
                 where the user store has an account of that name; up to 6.1 every federated user \
                 is unknown, and needs no code unless SMSOTPMandatory is true",
            "before 7.0 write usecase and secondaryUserstore, from 7.0 on both may be left out",
        )],
        is_decided: true,
        source: "FederatedAuthenticatorUtil.java and SMSOTPAuthenticator.java at 3.3.7, \
                 3.3.20:256-285",
    },
    Change {
        concerns: Each(&[("usecase", Reads::Something)]),
        steps: &[from(
            Release::V7_0,
            "SMS OTP as the first step of a login (passwordless) fails while usecase is set",
            "leave usecase out where SMS OTP is the first step",
        )],
        is_decided: true,
        source: "FederatedAuthenticatorUtil.java:433-436",
    },
    Change {
        concerns: Each(&[("usecase", Reads::Nothing)]),
        steps: &[
            from(
                Release::V7_0,
                "a login fails in which the step that provides the subject is not the first one, \
                 while usecase is left out",
                "",
            ),
            mended(
                Release::V7_3,
                Release::V7_0,
                "a login works in which the step that provides the subject is not the first one, \
                 while usecase is left out; 7.0 to 7.2 fail it",
            ),
        ],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20:270-290, 3.3.41:270-290 and 3.4.2",
    },
    Change {
        concerns: Each(&[("federatedMobileAttributeKey", Reads::Something)]),
        steps: &[from(
            Release::V7_1,
            "federatedMobileAttributeKey of this section is found in every step; up to 7.0 \
                 only where SMS OTP is the first authenticator of its step",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20:599-603 and 3.3.33:612",
    },
    Change {
        concerns: Each(&[("ResendEnable", Reads::Switch(false))]),
        steps: &[from(
            Release::V7_2,
            "ResendEnable = false fails the login of who asks for another code; up to 7.1 it \
                 only hides the button",
            "check that this is what is meant",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.3.41:223; product-is#23890",
    },
    Change {
        concerns: Every(&["enableRetryFromAuthenticator", "redirectToMultiOptionPageOnFailure"]),
        steps: &[from(
            Release::V7_1,
            "asking for another code counts as a failure and a retry, which a step with \
                 several options allows while redirectToMultiOptionPageOnFailure is false, and an \
                 application with an adaptive script while enableRetryFromAuthenticator is true; \
                 up to 7.0 another code is sent at once",
            "keep both as shipped",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.33:177-181; AbstractApplicationAuthenticator.java",
    },
    Change {
        concerns: Each(&[("enableRetryFromAuthenticator", Reads::Switch(true))]),
        steps: &[from(
            Release::V7_0,
            "enableRetryFromAuthenticator is read, and shipped as true: in an application \
                 with an adaptive script a user may try again after a wrong code; up to 6.1 only \
                 where the script says so",
            "write enableRetryFromAuthenticator = false where a script relies on no retry",
        )],
        is_decided: true,
        source: "AbstractApplicationAuthenticator.java; carbon-identity-framework at \
                 137f4a4:187-199; default.json",
    },
    Change {
        concerns: Each(&[("MaximumResendAttempts", Reads::Something)]),
        steps: &[from(
            Release::V7_2,
            "MaximumResendAttempts is read: after so many resends no other code is sent, and \
                 a value that is no whole number from 0 up fails every resend",
            "check the value",
        )],
        is_decided: true,
        source: "SMSOTPUtils.java at 3.3.41 (getMaxResendAttempts)",
    },
    Change {
        concerns: Each(&[("EnableUserBasedResendBlocking", Reads::Switch(true))]),
        steps: &[from(
            Release::V7_3,
            "EnableUserBasedResendBlocking is read, and probably shipped as true: every \
                 resend writes two claims of the user, identity/smsOtpResendAttempts and \
                 identity/smsOtpLastSentTime",
            "map the two claims, or write EnableUserBasedResendBlocking = false",
        )],
        is_decided: true,
        source: "SMSOTPAuthenticator.java at 3.4.2:682-702; the newest default.json",
    },
    Change {
        concerns: Every(&[]),
        steps: &[from(
            Release::V7_2,
            "without sms_url in the connection, a notification that fails leads to the error \
                 page; up to 7.1 the page for the code is shown all the same",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.33 and 3.3.41 (triggerNotification)",
    },
    Change {
        concerns: Each(&[("screenUserAttributeMaskRegex", Reads::Something)]),
        steps: &[from(
            Release::V7_1,
            "screenUserAttributeMaskRegex is read, and noOfDigits and order do nothing beside \
                 it",
            "",
        )],
        is_decided: true,
        source: "identity-outbound-auth-sms-otp v3.3.26",
    },
    Change {
        concerns: Every(&["Tags"]),
        steps: &[from(Release::V6_0, "Tags is read, and shipped as MFA", "")],
        is_decided: false,
        source: "AbstractApplicationAuthenticator.java, default.json of carbon-identity-framework \
                 at a3f07ad",
    },
    Change {
        concerns: Every(&["BlockedUserStoreDomains"]),
        steps: &[from(
            Release::V7_0,
            "BlockedUserStoreDomains is read: the user stores it lists may not use the \
                 authenticator as the first step",
            "",
        )],
        is_decided: false,
        source: "AbstractApplicationAuthenticator.java:504-507; SMSOTPAuthenticator.java at \
                 3.4.3:2677",
    },
    Change {
        concerns: Each(&[("BackupCode", Reads::Switch(true))]),
        steps: &[from(
            Release::V7_0,
            "backup codes are taken from the claim identity/otpbackupcodes where identity.xml \
                 turns OTPBackupCodes.UseIdentityClaims on, and else from otpbackupcodes as \
                 before",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.20:1287-1297",
    },
    Change {
        concerns: Every(&[]),
        steps: &[from(
            Release::V7_0,
            "the server has an SMS OTP of its own, set up in the Console and in \
                 [authentication.authenticator.sms_otp_local], which nothing of sms_otp reaches",
            "",
        )],
        is_decided: false,
        source: "default.json of carbon-identity-framework 7.0.2",
    },
    Change {
        concerns: Each(&[("UseInternalErrorCodes", Reads::Switch(false))]),
        steps: &[from(
            Release::V7_2,
            "the error text of the SMS provider is encoded in the address of the error page; \
                 up to 7.1 it is there as it is",
            "",
        )],
        is_decided: false,
        source: "SMSOTPAuthenticator.java at 3.3.41:864",
    },
];
