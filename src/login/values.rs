//! The name of a setting -> values that its documentation or its source gives a meaning: what an
//! unknown one may hold, and what others may be changed to.

/// Values of a setting that differ in what they do, plain ones first.
pub fn values(name: &str) -> &'static [&'static str] {
    match name {
        "usecase" => &["local", "association", "userAttribute", "subjectUri"],
        "secondaryUserstore" => &["PRIMARY", "SECONDARY"],
        "userAttribute" | "prev:SMSOTP-userAttribute" => &["username"],
        "federatedMobileAttributeKey" | "prev:federatedMobileAttributeKey" => &["mobile"],
        "screenUserAttribute" => &["http://wso2.org/claims/mobile"],
        "screenUserAttributeMaskRegex" => &["[0-9]"],
        "order" => &["forward", "backward"],
        "noOfDigits" => &["4", "0"],
        "TokenLength" => &["6", "8"],
        "TokenExpiryTime" => &["300", "60"],
        "MaximumResendAttempts" => &["3", "0"],
        "ResendBlockDuration" => &["5", "0"],
        _ => &["true", "false"],
    }
}

/// Whether leaving a setting out is as good as any value: without these two, the setting that
/// makes use of them fails logins.
pub(super) fn may_be_unset(name: &str) -> bool {
    !matches!(name, "secondaryUserstore" | "federatedMobileAttributeKey")
}
