//! The table of facts: every parameter the SMS OTP authenticator knows, one literal each.
//!
//! A text that holds in some releases only says in which. Sources: the evidence of each entry, and
//! UPGRADE.md beside this file for what changed from one release to the next.

use super::evidence::{AUTHENTICATOR, DEFAULTS, FRAMEWORK, HELPER, OTP, UTILS};
use super::evidence::{CONFIG_PAGE, LOCK_PAGE, PAGE_5_9, PAGE_6_1};
use super::{Alias, Fallback, Flaw, Kind, Parameter, Release, Steps, Truth, Unit, always};

/// What is true of every page.
macro_rules! page_detail {
    ($first:literal, $names:literal) => {
        concat!(
            $first,
            " It holds an absolute URL or a path. \
            Up to 6.1 a path that does not begin with a slash counts from the page the user is on \
            and can end in a 401; from 7.0 on a path works with or without the slash. \
            From 6.0 on the pages are ",
            $names,
            ". The server always appends a ?, so a value holding ? or # breaks. \
            In host:9443/x the host is taken for a URL scheme, so begin a URL with https://."
        )
    };
}

/// Every parameter of the authenticator, sorted by the bytes of its name for the binary search.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "AuthMechanism",
        summary: "gives the authenticator an AuthMechanism label",
        detail: "For this authenticator it is only a label, so any text will do. \
            No release ships one.",
        evidence: &[(FRAMEWORK, Release::V7_0)],
        ..setting(Kind::Text { default: Steps::NONE })
    },
    Parameter {
        name: "BackupCode",
        summary: "lets a user type a backup code in place of the one sent by SMS",
        detail: "5.9.0 compares backup codes loosely: write false there, or update. \
            There are no backup codes until the claim http://wso2.org/claims/otpbackupcodes is \
            mapped, which no release does by itself. \
            This is the one switch that minds letter case: nothing but lower-case true turns it \
            on, and \"True\" leaves it off. \
            Every release ships true, so a file that does not mention it has backup codes on. \
            OTPBackupCodes.UseIdentityClaims is a setting of identity.xml, which deployment.toml \
            cannot set.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V5_11)],
        fallback: FALSE,
        flaws: &[(Flaw::Unusable, always!("the server leaves backup codes off"))],
        ..setting(Kind::Boolean { default: ON, truth: Truth::LowerCase })
    },
    Parameter {
        name: "BlockedUserStoreDomains",
        summary: "lists the user stores whose users may not use the authenticator",
        detail: "The authentication framework reads it when SMS OTP is the first factor of a \
            login. \
            Items are not trimmed, so a blank after a comma becomes part of the store's name. \
            No release ships a value.",
        evidence: &[(FRAMEWORK, Release::V7_0)],
        since: Release::V7_0,
        ..setting(Kind::List)
    },
    Parameter {
        name: "CaptureAndUpdateMobileNumber",
        summary: "asks a user whose profile has no mobile number for one at the first login",
        detail: "It is documented to act only when SMSOTPMandatory is true; every release asks a \
            user in the user store who has no number in both cases. \
            With false such a user cannot log in, whether SMSOTPMandatory is true or not. \
            While this is true, the first login of a user without a number decides which phone \
            gets the codes. \
            Every release ships true.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V6_0)],
        aliases: &[alias("CaptureAndUpdateEmailAddress"), alias("IsEnableMobileNoUpdate")],
        ..switch(ON)
    },
    Parameter {
        name: "EnableAccountLockingForFailedAttempts",
        summary: "counts wrong codes, so that failed attempts can lock the account",
        detail: "Wrong codes are counted, and lock the account, only while this is true, and only \
            for users in the user store: a federated user may guess for as long as a code is valid. \
            In 5.11 account locking of the tenant must be on, too: enable_account_locking in \
            [identity_mgt.account_locking], which ships as false. \
            In 5.11 and 6.0 nothing is counted while BackupCode is true, as shipped, and the claim \
            of the backup codes is not mapped (product-is#8530): write BackupCode = false there. \
            An expired code counts as a wrong one. \
            No setting replaces the code after a wrong one. \
            No release ships a value: the file has to turn it on. \
            The first release to read it is 5.11.",
        page: LOCK_PAGE,
        evidence: &[(AUTHENTICATOR, Release::V5_11), (AUTHENTICATOR, Release::V6_1)],
        since: Release::V5_11,
        ..switch(Steps::NONE)
    },
    Parameter {
        name: "EnableAlphanumericToken",
        summary: "makes codes alphanumeric",
        detail: "No release ships a value, and without one it counts as false. \
            From 7.0 on OnlyNumericCharactersForSmsOtp of the IdP connection takes precedence as \
            soon as the connection stores it; here that name is ignored. \
            Up to 6.1 it makes no code harder to guess: there are at most 59,049 different codes.",
        page: CONFIG_PAGE,
        evidence: &[
            (AUTHENTICATOR, Release::V5_9),
            (OTP, Release::V5_9),
            (AUTHENTICATOR, Release::V7_0),
        ],
        ..switch(Steps::NONE)
    },
    Parameter {
        name: "EnableUserBasedResendBlocking",
        summary: "blocks a user who has used up the resends, for ResendBlockDuration minutes",
        detail: "It needs a limit to act on: without MaximumResendAttempts nobody is ever \
            blocked, and the server still writes two claims of the user at every resend. \
            While this is not in effect, MaximumResendAttempts counts within each login \
            separately. \
            It limits the resend button, not the number of codes: a new login sends a new one. \
            While ResendEnable is false, it is never used. \
            The first release to read it is 7.3, but an update may bring it to an older one. \
            The newest shipped defaults hold true; whether those of 7.3.0 itself do is uncertain.",
        evidence: &[(AUTHENTICATOR, Release::V7_3), (DEFAULTS, Release::V7_3)],
        since: Release::V7_3,
        ..switch(Steps(&[(Release::V7_3, true)]))
    },
    Parameter {
        name: "MaximumResendAttempts",
        summary: "limits how many times a code can be resent",
        detail: "Any whole number from zero up works; leaving it out, or an empty text, means no \
            limit. \
            The count starts afresh with each login unless EnableUserBasedResendBlocking is in \
            effect; then the user is blocked for ResendBlockDuration. \
            While ResendEnable is false, nothing is resent and the limit is never used. \
            A value that is not such a number goes unnoticed until a resend, which then fails the \
            login. \
            The first release to read it is 7.2, but an update may bring it to an older one: the \
            documentation of 6.1 lists it.",
        page: PAGE_6_1,
        evidence: &[(UTILS, Release::V7_2), (AUTHENTICATOR, Release::V7_2)],
        since: Release::V7_2,
        flaws: &[
            (Flaw::Unusable, Steps(&[(Release::V7_2, "the login fails when the code is resent")])),
            (Flaw::Empty, Steps::NONE),
        ],
        ..setting(Kind::Number { unit: Unit::Attempts, plus: always!(true) })
    },
    Parameter {
        name: "MobileNumberRegPage",
        summary: "sets the page where a user is asked for a mobile number",
        detail: page_detail!(
            "The documentation calls it a range of usable numbers, but it never holds a range or \
            a pattern.",
            "authenticationendpoint/mobile.jsp and mobile.do"
        ),
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_0)],
        flaws: &[
            (Flaw::Unusable, PAGE),
            (
                Flaw::Empty,
                Steps(&[
                    (Release::V5_9, "the browser is sent to an address without a page"),
                    (Release::V7_0, "the server uses its own page"),
                ]),
            ),
        ],
        ..setting(Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/mobile.jsp"),
                (Release::V6_0, "authenticationendpoint/mobile.jsp"),
            ]),
        })
    },
    Parameter {
        name: "ResendBlockDuration",
        summary: "sets how many minutes a user who used up the resends stays blocked",
        detail: "Any whole number from zero up works. \
            With 0 nobody is ever blocked, and MaximumResendAttempts limits nothing while \
            EnableUserBasedResendBlocking is in effect. \
            When it is left out, a block lasts 5 minutes. \
            It is never used without MaximumResendAttempts, while ResendEnable is false, or when \
            EnableUserBasedResendBlocking is written as false. \
            The first release to read it is 7.3, but an update may bring it to an older one.",
        evidence: &[(UTILS, Release::V7_3), (AUTHENTICATOR, Release::V7_3)],
        since: Release::V7_3,
        fallback: Fallback::Text("5"),
        flaws: &[(
            Flaw::Unusable,
            Steps(&[(Release::V7_3, "the server silently uses 5 minutes instead")]),
        )],
        ..setting(Kind::Number { unit: Unit::Minutes, plus: always!(true) })
    },
    Parameter {
        name: "ResendEnable",
        summary: "lets a user have the code sent again",
        detail: "No wrong code is needed for that. \
            It limits the resend button, not the number of codes: a new login sends a new one. \
            MaximumResendAttempts sets how often a resend is possible. \
            From 7.1 on a resend fails in a step with several options while \
            redirectToMultiOptionPageOnFailure is true, and in an application with an adaptive \
            script while enableRetryFromAuthenticator is false. \
            From 7.2 on the resend for a user who is not in the user store fails the login. \
            Every release ships true.",
        page: PAGE_5_9,
        evidence: &[
            (AUTHENTICATOR, Release::V5_9),
            (AUTHENTICATOR, Release::V7_1),
            (AUTHENTICATOR, Release::V7_2),
        ],
        ..switch(ON)
    },
    Parameter {
        name: "RetryEnable",
        summary: "shows the code page again after a wrong code",
        detail: "With false the error page is shown instead, and the server still accepts further \
            codes for the same login: it does not limit guesses in any release. \
            EnableAccountLockingForFailedAttempts makes wrong codes count. \
            It is not used in a step with several options while \
            redirectToMultiOptionPageOnFailure is true. \
            In an application with an adaptive script it is not used up to 6.1, and from 7.0 on \
            not while enableRetryFromAuthenticator is false. \
            Every release ships true.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (FRAMEWORK, Release::V7_0)],
        ..switch(ON)
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointErrorPage",
        summary: "sets the page that is shown when the authentication fails",
        detail: page_detail!(
            "A fault in it shows at every login from 7.0 on, not only when one fails.",
            "authenticationendpoint/smsOtpError.jsp and sms_otp_error.do"
        ),
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_0)],
        flaws: &[(
            Flaw::Unusable,
            Steps(&[(Release::V5_9, RAW_PAGE), (Release::V7_0, "every login fails")]),
        )],
        ..setting(Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/smsotpError.jsp"),
                (Release::V6_0, "authenticationendpoint/smsOtpError.jsp"),
            ]),
        })
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointURL",
        summary: "sets the endpoint page that the authenticator sends the browser to",
        detail: page_detail!(
            "It is the page where the user types the code.",
            "authenticationendpoint/smsOtp.jsp and sms_otp.do"
        ),
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_0)],
        flaws: &[(Flaw::Unusable, PAGE)],
        ..setting(Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/smsotp.jsp"),
                (Release::V6_0, "authenticationendpoint/smsOtp.jsp"),
            ]),
        })
    },
    Parameter {
        name: "SMSOTPEnableByUserClaim",
        summary: "lets users turn SMS OTP off for themselves",
        detail: "A user opts out by the claim smsotp_disabled; whoever has no such claim is asked \
            for a code. \
            What an opt-out leads to depends on SMSOTPMandatory. \
            With true there, the user who opted out is refused (up to 5.11 not reliably while \
            BackupCode is true); with false there, the user logs in without a code. \
            The shipped defaults of every release are the second case: this one true and \
            SMSOTPMandatory false.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9)],
        aliases: &[alias("EmailOTPEnableByUserClaim"), alias("EnableByUserClaim")],
        ..switch(ON)
    },
    Parameter {
        name: "SMSOTPMandatory",
        summary: "enforces the SMS OTP step, also for users who are not in the user store",
        detail: "With false a user in the user store is asked for a code all the same, unless the \
            user opted out; a user who is not in the user store (a federated one, say) logs in with \
            the first step alone, without a code. \
            With true such a user gets the error page, unless SendOTPDirectlyToMobile or \
            SendOtpToFederatedMobile is true: they are read only then. \
            With true a user who opted out is refused, which SMSOTPEnableByUserClaim allows as \
            shipped. \
            CaptureAndUpdateMobileNumber is documented to act only with true, and acts in both \
            cases. \
            Every release ships false.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9)],
        aliases: &[alias("EMAILOTPMandatory"), alias("authenticationMandatory")],
        ..switch(OFF)
    },
    Parameter {
        name: "SendOTPDirectlyToMobile",
        summary: "lets a user who is not in the user store type a number and get the code there",
        detail: "The server looks at it only while SMSOTPMandatory is true; otherwise such a user \
            logs in with the first step alone, without a code. \
            When it does act, that user decides which number gets the code, and the server does \
            not hold the number against the number pattern of the IdP connection. \
            From 5.11 on the login of such a user fails at the code when the first step is a local \
            one. \
            With screenUserAttribute set, the first wrong code of such a user fails the login. \
            It also makes SendOtpToFederatedMobile unreachable. \
            Every release ships false.",
        page: PAGE_5_9,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V5_11)],
        aliases: &[alias("MobileClaim")],
        ..switch(OFF)
    },
    Parameter {
        name: "SendOtpToFederatedMobile",
        summary: "sends the code to the mobile number of the federated login, for users who are \
            not in the user store",
        detail: "The server looks at it only while SMSOTPMandatory is true; otherwise such a user \
            logs in with the first step alone, without a code, and the error page that the \
            documentation promises does not appear. \
            A user in the user store gets the code at the number of the profile. \
            federatedMobileAttributeKey names the claim or attribute with the number; when it is \
            missing, the login fails unless the section of the previous authenticator has that \
            key. \
            With screenUserAttribute set, the first wrong code of such a user fails the login. \
            With SendOTPDirectlyToMobile true as well, this setting is never reached. \
            No release ships a value.",
        page: PAGE_6_1,
        evidence: &[(AUTHENTICATOR, Release::V5_9)],
        aliases: &[
            alias("SendOTPToFederatedMobile"),
            alias("sendOTPToFederatedEmailAttribute"),
            alias("sendOTPToFederatedMobileAttribute"),
        ],
        ..switch(Steps::NONE)
    },
    Parameter {
        name: "Tags",
        summary: "labels the authenticator with tags",
        detail: "It is only a label, so any text will do.",
        evidence: &[(FRAMEWORK, Release::V6_0), (DEFAULTS, Release::V6_0)],
        since: Release::V6_0,
        ..setting(Kind::Text { default: Steps(&[(Release::V6_0, "MFA")]) })
    },
    Parameter {
        name: "TokenExpiryTime",
        summary: "sets for how many seconds a code is valid",
        detail: "Only digits count: 5m or 300.0 is no number. \
            In 7.0 such a value fails the login after the SMS was sent. \
            Some updates of 5.10 count milliseconds (product-is#22231). \
            From 5.11 on an expired code counts as a failed attempt, so a very small value locks \
            users out where EnableAccountLockingForFailedAttempts is true. \
            The tokenExpirationTime of EmailOTP is in milliseconds, so its 300000 copied here \
            becomes 83 hours (product-is#24091).",
        page: PAGE_5_9,
        evidence: &[
            (AUTHENTICATOR, Release::V5_9),
            (AUTHENTICATOR, Release::V6_0),
            (AUTHENTICATOR, Release::V7_0),
            (AUTHENTICATOR, Release::V7_1),
        ],
        fallback: Fallback::ByRelease(Steps(&[
            (Release::V6_0, "900"),
            (Release::V7_0, "300000"),
            (Release::V7_1, "300"),
        ])),
        flaws: &[
            (
                Flaw::Unusable,
                Steps(&[
                    (Release::V5_9, NO_CODE),
                    (Release::V7_1, "the server silently uses 300 seconds"),
                ]),
            ),
            (Flaw::Empty, always!(NO_CODE)),
            (Flaw::Zero, always!(EXPIRED)),
            (
                Flaw::Negative,
                Steps(&[
                    (Release::V5_9, EXPIRED),
                    (Release::V7_0, "the server silently uses 300000 seconds (83 hours)"),
                    (Release::V7_1, "the server silently uses 300 seconds"),
                ]),
            ),
            (
                Flaw::BeyondInt,
                Steps(&[(Release::V5_9, NO_CODE), (Release::V7_1, "a code hardly ever expires")]),
            ),
            (Flaw::BeyondLong, always!(NO_CODE)),
        ],
        aliases: &[Alias { name: "tokenExpirationTime", unit: Some("milliseconds") }],
        ..setting(Kind::Number { unit: Unit::Seconds, plus: PLUS_TO_6_1 })
    },
    Parameter {
        name: "TokenLength",
        summary: "sets how many characters a code has",
        detail: "Without it a code has 6 characters. \
            Only digits count. \
            An empty text fails every login that sends a code, in every release. \
            With 0 the code is one fixed digit up to 6.1 and protects nothing; with \
            EnableAlphanumericToken, and from 7.0 on, it is empty and nobody gets in. \
            Up to 6.1 there are at most 59,049 different codes, whatever the length, and digits \
            beyond the tenth are zeros. \
            The user interface of the IdP connection accepts 4 to 10.",
        page: CONFIG_PAGE,
        evidence: &[
            (AUTHENTICATOR, Release::V5_9),
            (OTP, Release::V5_9),
            (AUTHENTICATOR, Release::V7_0),
        ],
        fallback: Fallback::Text("6"),
        flaws: &[
            (
                Flaw::Unusable,
                Steps(&[
                    (Release::V5_9, NO_CODE),
                    (Release::V7_0, "the server silently uses 6 characters"),
                ]),
            ),
            (Flaw::Empty, always!(NO_CODE)),
            (
                Flaw::Zero,
                Steps(&[
                    (Release::V5_9, "the code is one fixed digit and protects nothing"),
                    (Release::V7_0, "the code is empty and nobody gets in"),
                ]),
            ),
            (Flaw::BeyondInt, always!(NO_CODE)),
            (Flaw::BeyondLong, always!(NO_CODE)),
        ],
        ..setting(Kind::Number { unit: Unit::Characters, plus: PLUS_TO_6_1 })
    },
    Parameter {
        name: "UseInternalErrorCodes",
        kind: Kind::Boolean { default: Steps::NONE, truth: Truth::AnyCaseOrEmpty },
        summary: "makes the authenticator use internal error codes",
        detail: "It is on unless the file turns it off: left out or empty, it counts as true. \
            Any other text that is not true counts as false. \
            With false the error text of the SMS provider is in the address of the page. \
            The first release to read it is 5.10.",
        evidence: &[(AUTHENTICATOR, Release::V5_10), (AUTHENTICATOR, Release::V7_2)],
        since: Release::V5_10,
        fallback: Fallback::Text("true"),
        aliases: &[alias("useInternalErrorCodes")],
        ..switch(Steps::NONE)
    },
    Parameter {
        name: "enableRetryFromAuthenticator",
        summary: "lets a user try again in applications with an adaptive script",
        detail: "The authentication framework reads it, not the authenticator itself. \
            With false a wrong code ends the step in such an application: RetryEnable is not used, \
            and from 7.1 on a resend fails as well.",
        evidence: &[(FRAMEWORK, Release::V7_0), (DEFAULTS, Release::V7_0)],
        since: Release::V7_0,
        fallback: Fallback::None,
        ..switch(Steps(&[(Release::V7_0, true)]))
    },
    Parameter {
        name: "enable_payload_encoding_for_sms_otp",
        summary: "encodes the number and the message in the payload for the SMS provider",
        detail: "It is the only parameter with a name in snake case.",
        evidence: &[(AUTHENTICATOR, Release::V6_0), (DEFAULTS, Release::V6_0)],
        since: Release::V6_0,
        aliases: &[alias("EnablePayloadEncodingForSMSOTP")],
        ..switch(Steps(&[(Release::V6_0, true)]))
    },
    Parameter {
        name: "federatedMobileAttributeKey",
        summary: "names the claim URI or attribute that holds a federated user's mobile number",
        detail: "Only SendOtpToFederatedMobile makes use of it; on its own it does no harm, and \
            even the sample in the documentation has it that way. \
            The section of the previous authenticator is searched for it first. \
            When SendOtpToFederatedMobile acts and no key leads to a number, the login fails.",
        page: PAGE_6_1,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_1)],
        flaws: &[(Flaw::Unusable, always!("the login fails because no mobile claim is found"))],
        aliases: &[alias("federatedEmailAttributeKey")],
        ..setting(Kind::Text { default: Steps::NONE })
    },
    Parameter {
        name: "noOfDigits",
        summary: "sets how many characters of the value on the page are left unmasked",
        detail: "Left out, it is 0 and everything is masked. \
            It has no effect on the page without screenUserAttribute, and order says which way it \
            works. \
            From 7.1 on screenUserAttributeMaskRegex overrides it, but text that is not a number \
            fails the login even then.",
        page: CONFIG_PAGE,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_1)],
        fallback: Fallback::Text("0"),
        flaws: SCREEN,
        ..setting(Kind::Number { unit: Unit::Characters, plus: always!(true) })
    },
    Parameter {
        name: "order",
        summary: "sets the direction in which noOfDigits works",
        detail: "Only the exact word backward is special, and any other text counts as forward. \
            It has no effect on the page without screenUserAttribute or without noOfDigits, and \
            from 7.1 on none when screenUserAttributeMaskRegex is set. \
            Mind the quotes: order = backward without them is not TOML.",
        page: CONFIG_PAGE,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V7_1)],
        fallback: Fallback::Text("forward"),
        flaws: &[(Flaw::Unusable, always!("the server silently reads it as forward"))],
        ..setting(Kind::Choice { words: &["forward", "backward"] })
    },
    Parameter {
        name: "redirectToMultiOptionPageOnFailure",
        summary: "takes the user back to the list of login options after a failure",
        detail: "While it is true, RetryEnable is not used in steps with several options, and from \
            7.1 on a resend there is such a failure as well. \
            The authentication framework reads it, and takes it as true where the server's XML \
            has none. \
            Every release ships false, so leaving it out of the file means false.",
        page: PAGE_5_9,
        evidence: &[(FRAMEWORK, Release::V5_9), (AUTHENTICATOR, Release::V7_1)],
        fallback: Fallback::Text("true"),
        ..switch(OFF)
    },
    Parameter {
        name: "screenUserAttribute",
        summary: "shows the value of a local claim on the page, masked",
        detail: "The value is the URI of a local claim; left out, nothing is shown. \
            On its own it puts nothing but stars on the page. \
            What stays readable is set by noOfDigits and order, or from 7.1 on by \
            screenUserAttributeMaskRegex in their place. \
            Where SendOTPDirectlyToMobile or SendOtpToFederatedMobile acts, the first wrong code of \
            a user who is not in the user store fails the login.",
        page: CONFIG_PAGE,
        evidence: &[(AUTHENTICATOR, Release::V5_9), (AUTHENTICATOR, Release::V6_0)],
        flaws: &[(Flaw::Unusable, always!("the login fails once the SMS was sent"))],
        ..setting(Kind::Text { default: Steps::NONE })
    },
    Parameter {
        name: "screenUserAttributeMaskRegex",
        summary: "masks the value that screenUserAttribute shows by a Java regular expression",
        detail: "It takes the place of noOfDigits and order, which are then unused, although a \
            noOfDigits that is not a number still fails the login. \
            It has no effect without screenUserAttribute.",
        evidence: &[(AUTHENTICATOR, Release::V7_1)],
        since: Release::V7_1,
        flaws: &[(Flaw::Unusable, Steps(&[(Release::V7_1, SCREEN_FAILS)]))],
        ..setting(Kind::Pattern)
    },
    Parameter {
        name: "secondaryUserstore",
        summary: "lists the user stores to look in, separated by commas",
        detail: "It is used only together with usecase. \
            Items are not trimmed, so a blank after a comma becomes part of the store's name. \
            When the server comes to a store that does not exist, the login of the federated user \
            fails. \
            So it does when usecase is set and this is not: the server then asks for a store \
            called NULL.",
        page: PAGE_6_1,
        evidence: &[(HELPER, Release::V5_9), (HELPER, Release::V7_0)],
        fallback: Fallback::Text("null"),
        flaws: &[(Flaw::Unusable, always!("the login of a federated user fails"))],
        aliases: &[alias("secondaryUserStore")],
        ..setting(Kind::List)
    },
    Parameter {
        name: "showAuthFailureReason",
        summary: "tells a user that the account is locked, and for how many minutes",
        detail: "It is read only when the account of a user in the user store is locked, and shows \
            nothing else. \
            No release ships a value, and without one it counts as false. \
            The name begins with a small letter: ShowAuthFailureReason is read by nobody. \
            In a step with several options it shows nothing while \
            redirectToMultiOptionPageOnFailure is true (product-is#14868). \
            The first release to read it is 5.11.",
        evidence: &[(AUTHENTICATOR, Release::V5_11)],
        since: Release::V5_11,
        aliases: &[alias("ShowAuthFailureReason")],
        ..switch(Steps::NONE)
    },
    Parameter {
        name: "usecase",
        summary: "chooses how the server finds out who a federated user is",
        detail: "The words are exact, and any other makes federated users unknown: they log in \
            without a code unless SMSOTPMandatory is true. \
            Set it together with secondaryUserstore: without that, the server asks for a user \
            store called NULL, and the login of a federated user fails. \
            The word userAttribute also needs the parameter of that name.",
        page: PAGE_6_1,
        evidence: &[(HELPER, Release::V5_9), (AUTHENTICATOR, Release::V7_0)],
        flaws: &[(
            Flaw::Unusable,
            always!(
                "federated users become unknown and log in without a code unless SMSOTPMandatory \
                 is true",
            ),
        )],
        aliases: &[alias("useCase")],
        ..setting(Kind::Choice { words: &["local", "association", "userAttribute", "subjectUri"] })
    },
    Parameter {
        name: "userAttribute",
        summary: "names the attribute that usecase = \"userAttribute\" uses",
        detail: "It is used with that usecase alone; with any other, or with none, nothing looks \
            at it. \
            SMSOTP-userAttribute in the section of the previous authenticator takes its place. \
            With that usecase and neither of the two, federated users are unknown.",
        page: PAGE_6_1,
        evidence: &[(HELPER, Release::V5_9)],
        ..setting(Kind::Text { default: Steps::NONE })
    },
];

/// Shipped as true by every release.
const ON: Steps<bool> = always!(true);

/// Shipped as false by every release.
const OFF: Steps<bool> = always!(false);

/// `+300` is a number to Java's `parseInt`, and none to the check for digits of 7.0.
const PLUS_TO_6_1: Steps<bool> = Steps(&[(Release::V5_9, true), (Release::V7_0, false)]);

/// What a switch amounts to when nothing sets it.
const FALSE: Fallback = Fallback::Text("false");

const NO_CODE: &str = "every login that sends a code fails";
const EXPIRED: &str = "every code has expired before it can be typed";

/// What becomes of a page with a character that no URL may hold.
const PAGE: Steps<&str> = Steps(&[(Release::V5_9, RAW_PAGE), (Release::V7_0, "the login fails")]);
const RAW_PAGE: &str = "the browser gets the text as it is";

/// What becomes of a setting for the value on the page.
const SCREEN: &[(Flaw, Steps<&str>)] = &[(Flaw::Unusable, always!(SCREEN_FAILS))];
const SCREEN_FAILS: &str =
    "the login fails once the SMS was sent, where screenUserAttribute is set";

/// What most settings of a kind have in common: no page documents them, and every release reads them.
pub(super) const fn setting(kind: Kind) -> Parameter {
    Parameter {
        name: "",
        kind,
        summary: "",
        detail: "",
        page: None,
        evidence: &[],
        since: Release::V5_9,
        fallback: Fallback::None,
        flaws: &[],
        aliases: &[],
    }
}

/// What most switches have in common: they take true in any letter case, and any other text, or
/// none, for false.
pub(super) const fn switch(default: Steps<bool>) -> Parameter {
    Parameter {
        fallback: FALSE,
        flaws: &[(Flaw::Unusable, always!("the server reads it as false"))],
        ..setting(Kind::Boolean { default, truth: Truth::AnyCase })
    }
}

/// Another name, under which the same value would do.
const fn alias(name: &'static str) -> Alias {
    Alias { name, unit: None }
}
