//! The table of facts: every parameter the SMS OTP authenticator knows, one literal each.

use super::{Alias, Fallback, Kind, Parameter, Release, Steps, Truth, Unit, Zero};

/// Every parameter of the authenticator, sorted by the bytes of its name for the binary search.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "AuthMechanism",
        kind: Kind::Text { default: Steps::NONE },
        summary: "gives the authenticator an AuthMechanism label",
        detail: "It is only a label: the server misreads no text here. \
            No release ships one.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "",
        aliases: &[],
    },
    Parameter {
        name: "BackupCode",
        kind: Kind::Boolean { default: ON, truth: Truth::LowerCase },
        summary: "lets a local user type a backup code in place of the one sent by SMS",
        detail: "Backup codes exist for local users only. \
            This is the one switch that minds letter case: nothing but lower-case true turns it \
            on, and \"True\" leaves it off. \
            Every release ships true, so a file that does not mention it has backup codes on. \
            OTPBackupCodes.UseIdentityClaims is a setting of identity.xml and does nothing here.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: "the server leaves backup codes off",
        aliases: &[],
    },
    Parameter {
        name: "CaptureAndUpdateMobileNumber",
        kind: switch(ON),
        summary: "asks a user whose profile has no mobile number for one at the first login",
        detail: "It is documented to act only when SMSOTPMandatory is true; newer connectors \
            look at it on the optional path as well. \
            Every release ships true here and false for SMSOTPMandatory, so the documented \
            condition is not met by the defaults alone.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("CaptureAndUpdateEmailAddress"), alias("IsEnableMobileNoUpdate")],
    },
    Parameter {
        name: "EnableAccountLockingForFailedAttempts",
        kind: switch(Steps::NONE),
        summary: "counts wrong codes, so that failed attempts can lock the account",
        detail: "Until this is true, a wrong code is not counted and does not cause a new code, so \
            the same code can be guessed at without limit for as long as it is valid. \
            No release ships a value: the file has to turn it on. \
            The first release to read it is 5.11.",
        documented: false,
        since: Release::V5_11,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "EnableAlphanumericToken",
        kind: switch(Steps::NONE),
        summary: "makes codes alphanumeric",
        detail: "No release ships a value, and without one it counts as false. \
            OnlyNumericCharactersForSmsOtp belongs to the IdP connection and is ignored in this \
            section.",
        documented: false,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "EnableUserBasedResendBlocking",
        kind: switch(Steps(&[(Release::V7_3, true)])),
        summary: "blocks a user who has used up the resends, for ResendBlockDuration minutes",
        detail: "It needs a limit to act on: without MaximumResendAttempts nobody is ever blocked. \
            While this is not in effect, MaximumResendAttempts counts within each login \
            separately. \
            The first release to read it is 7.3, but an update may bring it to an older one. \
            The newest shipped defaults hold true; whether those of 7.3.0 itself do is uncertain.",
        documented: false,
        since: Release::V7_3,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "MaximumResendAttempts",
        kind: Kind::Number { unit: Unit::Attempts, zero: Zero::Works, plus: true, empty: None },
        summary: "limits how many times a code can be resent",
        detail: "Any whole number from zero up works, and leaving it out means no limit. \
            The count starts afresh with each login unless EnableUserBasedResendBlocking is in \
            effect; then the user is blocked for ResendBlockDuration. \
            Without such blocking and with ResendEnable false, the limit is never used. \
            A value that is not such a number goes unnoticed until a resend, which then fails the \
            login. \
            The first release to read it is 7.2, but an update may bring it to an older one.",
        documented: false,
        since: Release::V7_2,
        fallback: Fallback::None,
        misread: "the login fails when the code is resent",
        aliases: &[],
    },
    Parameter {
        name: "MobileNumberRegPage",
        kind: Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/mobile.jsp"),
                (Release::V6_0, "authenticationendpoint/mobile.jsp"),
            ]),
        },
        summary: "sets the page where a user is asked for a mobile number",
        detail: "The documentation calls it a range of usable numbers, but it holds an absolute \
            URL or a path and never a range or a pattern. \
            Up to 6.1 the browser is sent to the text as written, where a path that \
            does not begin with a slash counts from the page the user is on and can end in a 401; \
            from 7.0 a path works with or without the slash. \
            The web application smsotpauthenticationendpoint exists only in 5.9 to 5.11; from 6.0 \
            the pages are authenticationendpoint/mobile.jsp and mobile.do. \
            The server always appends a ?, so a value holding ? or # breaks. \
            In host:9443/x the host is taken for a URL scheme, so begin a URL with https://.",
        documented: true,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "the login fails",
        aliases: &[],
    },
    Parameter {
        name: "ResendBlockDuration",
        kind: Kind::Number { unit: Unit::Minutes, zero: Zero::Works, plus: true, empty: None },
        summary: "sets how many minutes a user who used up the resends stays blocked",
        detail: "Any whole number from zero up works, and 0 means that nobody is ever blocked. \
            When it is left out, a block lasts 5 minutes. \
            It is never used without MaximumResendAttempts, nor when \
            EnableUserBasedResendBlocking is written as false. \
            The first release to read it is 7.3, but an update may bring it to an older one.",
        documented: false,
        since: Release::V7_3,
        fallback: Fallback::Text("5"),
        misread: "the server silently uses 5 minutes instead",
        aliases: &[],
    },
    Parameter {
        name: "ResendEnable",
        kind: switch(ON),
        summary: "lets a user have the code resent after typing a wrong one",
        detail: "Every release ships true. \
            Only from 7.2 on does the server itself enforce false. \
            In a step with several options it is probably unused once \
            redirectToMultiOptionPageOnFailure is true. \
            MaximumResendAttempts sets how often a resend is possible.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "RetryEnable",
        kind: switch(ON),
        summary: "lets a user try again after a failed attempt",
        detail: "Every release ships true. \
            In a step with several options it is probably unused once \
            redirectToMultiOptionPageOnFailure is true. \
            Whether failed attempts are counted is up to EnableAccountLockingForFailedAttempts.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointErrorPage",
        kind: Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/smsotpError.jsp"),
                (Release::V6_0, "authenticationendpoint/smsOtpError.jsp"),
            ]),
        },
        summary: "sets the page that is shown when the authentication fails",
        detail: "It holds an absolute URL or a path, and a blank or an illegal URL character in it \
            fails every login. \
            Up to 6.1 the browser is sent to the text as written, where a path that \
            does not begin with a slash counts from the page the user is on and can end in a 401; \
            from 7.0 a path works with or without the slash. \
            The web application smsotpauthenticationendpoint exists only in 5.9 to 5.11; from 6.0 \
            the pages are authenticationendpoint/smsOtpError.jsp and sms_otp_error.do. \
            The server always appends a ?, so a value holding ? or # breaks. \
            In host:9443/x the host is taken for a URL scheme, so begin a URL with https://.",
        documented: true,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "every login fails",
        aliases: &[],
    },
    Parameter {
        name: "SMSOTPAuthenticationEndpointURL",
        kind: Kind::Page {
            default: Steps(&[
                (Release::V5_9, "smsotpauthenticationendpoint/smsotp.jsp"),
                (Release::V6_0, "authenticationendpoint/smsOtp.jsp"),
            ]),
        },
        summary: "sets the endpoint page that the authenticator sends the browser to",
        detail: "It holds an absolute URL or a path, and a blank or an illegal URL character in it \
            fails the login. \
            Up to 6.1 the browser is sent to the text as written, where a path that \
            does not begin with a slash counts from the page the user is on and can end in a 401; \
            from 7.0 a path works with or without the slash. \
            The web application smsotpauthenticationendpoint exists only in 5.9 to 5.11; from 6.0 \
            the pages are authenticationendpoint/smsOtp.jsp and sms_otp.do. \
            The server always appends a ?, so a value holding ? or # breaks. \
            In host:9443/x the host is taken for a URL scheme, so begin a URL with https://.",
        documented: true,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "the login fails",
        aliases: &[],
    },
    Parameter {
        name: "SMSOTPEnableByUserClaim",
        kind: switch(ON),
        summary: "lets users turn SMS OTP on or off for themselves",
        detail: "What an opt-out leads to depends on SMSOTPMandatory. \
            With true there, the user who opted out cannot get in any more; with false there, the \
            user skips the second factor. \
            The shipped defaults of every release are the second case: this one true and \
            SMSOTPMandatory false.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("EmailOTPEnableByUserClaim"), alias("EnableByUserClaim")],
    },
    Parameter {
        name: "SMSOTPMandatory",
        kind: switch(OFF),
        summary: "enforces the SMS OTP step, so that nobody logs in without it",
        detail: "SendOTPDirectlyToMobile and SendOtpToFederatedMobile are read only while this is \
            true, and CaptureAndUpdateMobileNumber is documented to act only then. \
            While it is false, an unknown user gets in on the first step alone and is never asked \
            for a code. \
            Combined with SMSOTPEnableByUserClaim, which ships as true, it locks out everyone who \
            opted out. \
            Every release ships false.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("EMAILOTPMandatory"), alias("authenticationMandatory")],
    },
    Parameter {
        name: "SendOTPDirectlyToMobile",
        kind: switch(OFF),
        summary: "lets a user unknown to the user store type a number and get the code there",
        detail: "The server looks at it only while SMSOTPMandatory is true; otherwise such a user \
            is asked for no code and is logged in after the first step. \
            When it does act, the unknown user decides which number gets the code, and the server \
            does not hold that number against the number pattern of the IdP connection. \
            It also makes SendOtpToFederatedMobile unreachable. \
            Every release ships false.",
        documented: true,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("MobileClaim")],
    },
    Parameter {
        name: "SendOtpToFederatedMobile",
        kind: switch(Steps::NONE),
        summary: "sends the code to the mobile number that a federated login brings along",
        detail: "The server looks at it only while SMSOTPMandatory is true; otherwise an unknown \
            user is logged in after the first step without a code, and the error page that the \
            documentation promises does not appear. \
            federatedMobileAttributeKey names the claim or attribute with the number; when it is \
            missing, logins fail unless the section of the previous authenticator has that key. \
            With SendOTPDirectlyToMobile true as well, this setting is never reached. \
            No release ships a value.",
        documented: false,
        since: Release::V5_9,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("SendOTPToFederatedMobile"), alias("sendOTPToFederatedMobileAttribute")],
    },
    Parameter {
        name: "Tags",
        kind: Kind::Text { default: Steps(&[(Release::V6_0, "MFA")]) },
        summary: "labels the authenticator with tags",
        detail: "It is only a label: the server misreads no text here. \
            Releases from 6.0 on ship MFA, older ones ship none.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "",
        aliases: &[],
    },
    Parameter {
        name: "TokenExpiryTime",
        kind: Kind::Number {
            unit: Unit::Seconds,
            zero: Zero::Breaks("every code has expired before it can be typed"),
            plus: false,
            empty: Some("every login fails"),
        },
        summary: "sets for how many seconds a code is valid",
        detail: "Only digits count: an empty text fails every login, and 5m, 300.0 or -1 silently \
            give way to what the release does without the setting. \
            Without it a code stays valid forever in 5.9 to 5.11, for 900 seconds in 6.0 and 6.1, \
            for 300000 seconds (83 hours, a defect) in 7.0 and for 300 seconds from 7.1 on. \
            From 7.0 on an expiry set in the IdP connection, in minutes, takes precedence. \
            On 5.10.0 logins fail as soon as this is set (product-is#8620). \
            The tokenExpirationTime of EmailOTP is in milliseconds, so its 300000 copied here \
            becomes 83 hours (product-is#24091).",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::ByRelease(Steps(&[
            (Release::V6_0, "900"),
            (Release::V7_0, "300000"),
            (Release::V7_1, "300"),
        ])),
        misread: "the server silently uses the release's default instead",
        aliases: &[Alias { name: "tokenExpirationTime", unit: Some("milliseconds") }],
    },
    Parameter {
        name: "TokenLength",
        kind: Kind::Number {
            unit: Unit::Characters,
            zero: Zero::Breaks("the code is empty and nobody gets in"),
            plus: false,
            empty: Some("every login fails"),
        },
        summary: "sets how many characters a code has",
        detail: "Only digits count: other text silently means 6, an empty text fails every login, \
            and 0 makes an empty code that nobody can log in with. \
            Without it a code has 6 characters. \
            From 7.0 on a length set in the IdP connection takes precedence. \
            The user interface accepts 4 to 10.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::Text("6"),
        misread: "the server silently uses 6 characters instead",
        aliases: &[],
    },
    Parameter {
        name: "UseInternalErrorCodes",
        kind: Kind::Boolean { default: Steps::NONE, truth: Truth::AnyCaseOrEmpty },
        summary: "makes the authenticator use internal error codes",
        detail: "It is on unless the file turns it off: left out or empty, it counts as true. \
            Any other text that is not true counts as false. \
            The first release to read it is 5.10.",
        documented: false,
        since: Release::V5_10,
        fallback: Fallback::Text("true"),
        misread: AS_FALSE,
        aliases: &[alias("useInternalErrorCodes")],
    },
    Parameter {
        name: "enableRetryFromAuthenticator",
        kind: switch(Steps(&[(Release::V7_0, true)])),
        summary: "allows a retry from the authenticator",
        detail: "The authentication framework reads it, not the authenticator itself. \
            Releases from 7.0 on ship true, older ones ship no value.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "enable_payload_encoding_for_sms_otp",
        kind: switch(Steps(&[(Release::V6_0, true)])),
        summary: "encodes the payload for SMS OTP",
        detail: "The first release to read it is 6.0, and every release since then ships true. \
            It is the only parameter with a name in snake case. \
            The payload itself is a setting of the IdP connection and is ignored in this section.",
        documented: false,
        since: Release::V6_0,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("EnablePayloadEncodingForSMSOTP")],
    },
    Parameter {
        name: "federatedMobileAttributeKey",
        kind: Kind::Text { default: Steps::NONE },
        summary: "names the claim URI or attribute that holds a federated user's mobile number",
        detail: "Only SendOtpToFederatedMobile makes use of it; on its own it does no harm, and \
            even the sample in the documentation has it that way. \
            When SendOtpToFederatedMobile acts and this is missing, the section of the previous \
            authenticator must have the key, or the login fails.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "the login fails because no mobile claim is found",
        aliases: &[alias("federatedEmailAttributeKey")],
    },
    Parameter {
        name: "noOfDigits",
        kind: Kind::Number { unit: Unit::Characters, zero: Zero::Works, plus: true, empty: None },
        summary: "sets how many characters of the value on the page are left unmasked",
        detail: "Left out, it is 0 and everything is masked. \
            It has no effect on the page without screenUserAttribute, and order says which way it \
            works. \
            screenUserAttributeMaskRegex overrides it, but text that is not a number, or a \
            negative number, breaks logins even then.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::Text("0"),
        misread: "every login fails once the SMS was sent",
        aliases: &[],
    },
    Parameter {
        name: "order",
        kind: Kind::Choice { words: &["forward", "backward"] },
        summary: "sets the direction in which noOfDigits works",
        detail: "Only the exact word backward is special, and any other text counts as forward. \
            It has no effect on the page without screenUserAttribute, and none when \
            screenUserAttributeMaskRegex is set. \
            Mind the quotes: order = backward without them is not TOML.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::Text("forward"),
        misread: "the server silently reads it as forward",
        aliases: &[],
    },
    Parameter {
        name: "redirectToMultiOptionPageOnFailure",
        kind: switch(OFF),
        summary: "takes the user back to the list of login options after a failure",
        detail: "While it is true, RetryEnable and ResendEnable are probably unused in steps with \
            several options. \
            The authentication framework reads it, and takes it as true where the server's XML \
            has none. \
            Every release ships false, so leaving it out of the file means false.",
        documented: true,
        since: Release::V5_9,
        fallback: Fallback::Text("true"),
        misread: AS_FALSE,
        aliases: &[],
    },
    Parameter {
        name: "screenUserAttribute",
        kind: Kind::Text { default: Steps::NONE },
        summary: "shows the value of a local claim on the page, masked",
        detail: "The value is the URI of a local claim; left out, nothing is shown. \
            On its own it puts nothing but stars on the page. \
            What stays readable is set by noOfDigits and order, or by \
            screenUserAttributeMaskRegex in their place.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "every login fails once the SMS was sent",
        aliases: &[],
    },
    Parameter {
        name: "screenUserAttributeMaskRegex",
        kind: Kind::Pattern,
        summary: "masks the value that screenUserAttribute shows by a Java regular expression",
        detail: "It takes the place of noOfDigits and order, which are then unused, although a bad \
            noOfDigits still breaks logins. \
            The first release to read it is 7.1.",
        documented: false,
        since: Release::V7_1,
        fallback: Fallback::None,
        misread: "every login fails once the SMS was sent",
        aliases: &[],
    },
    Parameter {
        name: "secondaryUserstore",
        kind: Kind::List,
        summary: "lists the user stores to look in, separated by commas",
        detail: "Items are not trimmed, so a blank after a comma becomes part of the store's name \
            and that store is not found. \
            When usecase is set and this is not, the server looks in a store called null, and \
            with usecase local the OTP is skipped for federated users.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::Text("null"),
        misread: "the server does not find the user store",
        aliases: &[alias("secondaryUserStore")],
    },
    Parameter {
        name: "showAuthFailureReason",
        kind: switch(Steps::NONE),
        summary: "shows the user why the authentication failed",
        detail: "No release ships a value, and without one it counts as false. \
            The name begins with a small letter: ShowAuthFailureReason is read by nobody. \
            The first release to read it is 5.11.",
        documented: false,
        since: Release::V5_11,
        fallback: FALSE,
        misread: AS_FALSE,
        aliases: &[alias("ShowAuthFailureReason")],
    },
    Parameter {
        name: "usecase",
        kind: Kind::Choice { words: &["local", "association", "userAttribute", "subjectUri"] },
        summary: "chooses how the server finds out who a federated user is",
        detail: "The words are exact, and any other makes federated users unknown: they skip the \
            OTP without notice unless SMSOTPMandatory is true. \
            Leaving it out is a way of its own and does not mean local. \
            Set it together with secondaryUserstore, since otherwise the server looks in a store \
            called null; with local, federated users then skip the OTP. \
            The word userAttribute also needs the parameter of that name.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "federated users become unknown and silently skip the OTP unless it is mandatory",
        aliases: &[alias("useCase")],
    },
    Parameter {
        name: "userAttribute",
        kind: Kind::Text { default: Steps::NONE },
        summary: "names the attribute that usecase = \"userAttribute\" goes by",
        detail: "It is used with that usecase alone; with any other, or with none, nothing looks \
            at it. \
            The reverse is worse: that usecase without this parameter is broken.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "",
        aliases: &[],
    },
];

/// Shipped as true by every release.
const ON: Steps<bool> = Steps(&[(Release::V5_9, true)]);

/// Shipped as false by every release.
const OFF: Steps<bool> = Steps(&[(Release::V5_9, false)]);

/// What a plain switch amounts to when nothing sets it.
const FALSE: Fallback = Fallback::Text("false");

/// What becomes of a switch whose text is not true.
const AS_FALSE: &str = "the server reads it as false";

/// A switch that takes true in any letter case.
const fn switch(default: Steps<bool>) -> Kind {
    Kind::Boolean { default, truth: Truth::AnyCase }
}

/// Another name, under which the same value would do.
const fn alias(name: &'static str) -> Alias {
    Alias { name, unit: None }
}
