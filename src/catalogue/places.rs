//! The names that tell where a setting belongs.

/// Parameters whose names nobody but SMS OTP has: in a table that nothing reads, they are lost.
pub const DISTINCTIVE: [&str; 7] = [
    "CaptureAndUpdateMobileNumber",
    "MobileNumberRegPage",
    "SMSOTPEnableByUserClaim",
    "SMSOTPMandatory",
    "SendOTPDirectlyToMobile",
    "SendOtpToFederatedMobile",
    "enable_payload_encoding_for_sms_otp",
];

/// The authenticators whose tables some release ships: each reads its own names alone. Any other
/// may be a descendant of SMS OTP.
pub const SHIPPED_AUTHENTICATORS: [&str; 27] = [
    "apple",
    "backup_code",
    "basic",
    "basic_request_path",
    "email_otp",
    "email_otp_local",
    "facebook",
    "fido",
    "github",
    "google",
    "iproov",
    "iwa_kerberos",
    "magiclink",
    "microsoft_live",
    "mobile_connect",
    "oauth_request_path",
    "office365",
    "oidc",
    "push_local",
    "saml",
    "session_handler",
    "sms_otp",
    "sms_otp_local",
    "totp",
    "twitter",
    "user_identifier",
    "x509_certificate",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::parameter;

    #[test]
    fn distinctive_names_are_parameters() {
        assert!(DISTINCTIVE.iter().all(|name| parameter(name).is_some()));
    }

    #[test]
    fn shipped_authenticators_are_those_of_the_facts() {
        let facts = include_str!("../server/facts/shipped-keys.tsv");
        let keys =
            facts.lines().filter_map(|line| line.strip_prefix("authentication.authenticator."));
        let names: BTreeSet<_> = keys.filter_map(|key| key.split('.').next()).collect();
        assert!(names.into_iter().eq(SHIPPED_AUTHENTICATORS));
    }
}
