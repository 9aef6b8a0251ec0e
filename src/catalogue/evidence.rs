//! Where the facts of the catalogue come from: Java classes, shipped files and pages.
//!
//! UPGRADE.md beside this file says which version of the connector a release holds.

use super::Release;

/// A Java class or a shipped file, and a release in which it shows a fact.
pub type Evidence = (&'static str, Release);

/// The page that this program starts from, with the documented defaults.
pub(super) const PAGE_5_9: Option<&str> =
    Some("https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/");

/// The page of the last release before 7.
pub(super) const PAGE_6_1: Option<&str> =
    Some("https://is.docs.wso2.com/en/6.1.0/guides/mfa/sms-otp-config-advanced/");

/// The page about account locking.
pub(super) const LOCK_PAGE: Option<&str> = Some(
    "https://is.docs.wso2.com/en/6.1.0/guides/identity-lifecycles/lock-accounts-by-failed-otp-attempts/",
);

/// The connector's own page.
pub(super) const CONFIG_PAGE: Option<&str> = Some(
    "https://github.com/wso2-extensions/identity-outbound-auth-sms-otp/blob/master/docs/config.md",
);

/// The authenticator itself.
pub(super) const AUTHENTICATOR: &str = "SMSOTPAuthenticator.java";

/// What reads the parameters for it.
pub(super) const UTILS: &str = "SMSOTPUtils.java";

/// What makes the codes up to 6.1.
pub(super) const OTP: &str = "OneTimePassword.java";

/// What finds out who a federated user is.
pub(super) const HELPER: &str = "FederatedAuthenticatorUtil.java";

/// What the framework does for every authenticator.
pub(super) const FRAMEWORK: &str = "AbstractApplicationAuthenticator.java";

/// What decides which authenticators the framework offers.
pub(super) const COMPONENT: &str = "FrameworkServiceComponent.java";

/// The shipped defaults.
pub(super) const DEFAULTS: &str = "default.json";

/// The authenticator that is built in from 7.0 on.
pub(super) const LOCAL_AUTHENTICATOR: &str = "identity-local-auth-smsotp/SMSOTPAuthenticator.java";

/// What makes the addresses of its pages.
pub(super) const AUTHENTICATOR_UTILS: &str = "identity-local-auth-smsotp/AuthenticatorUtils.java";

/// Its names.
pub(super) const CONSTANTS: &str = "identity-local-auth-smsotp/SMSOTPConstants.java";
