//! Where the facts of the catalogue come from: Java classes, shipped files and pages.
//!
//! UPGRADE.md beside this file says which version of the connector a release holds.

use super::Release;

/// A place that shows a fact, as of a release.
#[derive(Debug, Clone, Copy)]
pub struct Evidence {
    /// The Java class or the shipped file.
    pub place: &'static str,
    /// The release in which it does.
    pub release: Release,
}

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
pub(super) const fn authenticator(release: Release) -> Evidence {
    Evidence { place: "SMSOTPAuthenticator.java", release }
}

/// What reads the parameters for it.
pub(super) const fn utils(release: Release) -> Evidence {
    Evidence { place: "SMSOTPUtils.java", release }
}

/// What makes the codes up to 6.1.
pub(super) const fn otp(release: Release) -> Evidence {
    Evidence { place: "OneTimePassword.java", release }
}

/// What finds out who a federated user is.
pub(super) const fn helper(release: Release) -> Evidence {
    Evidence { place: "FederatedAuthenticatorUtil.java", release }
}

/// What the framework does for every authenticator.
pub(super) const fn framework(release: Release) -> Evidence {
    Evidence { place: "AbstractApplicationAuthenticator.java", release }
}

/// What decides which authenticators the framework offers.
pub(super) const fn component(release: Release) -> Evidence {
    Evidence { place: "FrameworkServiceComponent.java", release }
}

/// The shipped defaults.
pub(super) const fn defaults(release: Release) -> Evidence {
    Evidence { place: "default.json", release }
}

/// The authenticator that is built in from 7.0 on.
pub(super) const fn local_authenticator(release: Release) -> Evidence {
    Evidence { place: "identity-local-auth-smsotp/SMSOTPAuthenticator.java", release }
}

/// What makes the addresses of its pages.
pub(super) const fn authenticator_utils(release: Release) -> Evidence {
    Evidence { place: "identity-local-auth-smsotp/AuthenticatorUtils.java", release }
}

/// Its names.
pub(super) const fn constants(release: Release) -> Evidence {
    Evidence { place: "identity-local-auth-smsotp/SMSOTPConstants.java", release }
}
