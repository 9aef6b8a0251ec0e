//! The values that the server's own validators look at -> those they refuse.

use crate::toml::Value;

use super::effective::{Content, Effective};
use super::{Refusal, RefusalKind};

/// What a validator demands of a key.
#[derive(Debug)]
pub struct Validator {
    /// The key, aliases taken.
    pub key: &'static str,
    /// The value of another key that makes it look; a boolean counts as such only.
    pub when: Option<(&'static str, &'static [&'static str])>,
    /// What it demands.
    pub demand: Demand,
}

/// The demands.
#[derive(Debug, Clone, Copy)]
pub enum Demand {
    /// A text, if there is a value.
    Text,
    /// A text of one line that is not empty.
    Line,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

const TRUE: &str = "true";
const BUILDER: &str = "oauth.oidc.extensions.user_info_response_builder";
const RESPONSE: &str = "oauth.oidc.user_info.response_type";
const STORE: &str = "user_store.type";

/// The rules of validator.json; see `facts/validators.tsv`.
static VALIDATORS: [Validator; 11] = [
    Validator {
        key: "admin_console.authenticator.mutual_ssl_authenticator.config.WhiteList",
        when: Some((
            "admin_console.authenticator.mutual_ssl_authenticator.config.WhiteListEnabled",
            &[TRUE],
        )),
        demand: Demand::Line,
    },
    Validator {
        key: "encryption.key",
        when: Some(("encryption.type", &["symmetric"])),
        demand: Demand::Text,
    },
    Validator {
        key: "encryption.type",
        when: None,
        demand: Demand::OneOf(&["asymmetric", "symmetric"]),
    },
    Validator {
        key: RESPONSE,
        when: Some((
            BUILDER,
            &["org.wso2.carbon.identity.oauth.endpoint.user.impl.UserInfoJSONResponseBuilder"],
        )),
        demand: Demand::OneOf(&["json"]),
    },
    Validator {
        key: RESPONSE,
        when: Some((
            BUILDER,
            &["org.wso2.carbon.identity.oauth.endpoint.user.impl.UserInfoJWTResponse"],
        )),
        demand: Demand::OneOf(&["jwt"]),
    },
    Validator {
        key: "recaptcha.secret_key",
        when: Some(("recaptcha.enabled", &[TRUE])),
        demand: Demand::Line,
    },
    Validator {
        key: "recaptcha.site_key",
        when: Some(("recaptcha.enabled", &[TRUE])),
        demand: Demand::Line,
    },
    Validator { key: "super_admin.username", when: None, demand: Demand::Text },
    Validator {
        key: "user_store.properties.ConnectionName",
        when: Some((STORE, &["read_only_ldap", "active_directory"])),
        demand: Demand::Text,
    },
    Validator {
        key: "user_store.properties.ConnectionURL",
        when: Some((STORE, &["read_only_ldap", "read_write_ldap", "active_directory"])),
        demand: Demand::Text,
    },
    Validator {
        key: STORE,
        when: None,
        demand: Demand::OneOf(&[
            "database",
            "database_unique_id",
            "read_only_ldap",
            "read_only_ldap_unique_id",
            "read_write_ldap",
            "read_write_ldap_unique_id",
            "active_directory",
            "active_directory_unique_id",
        ]),
    },
];

pub(super) fn refusals<'d>(effective: &Effective<'d, '_>) -> Vec<Refusal<'d>> {
    VALIDATORS.iter().filter_map(|validator| refusal(effective, validator)).collect()
}

fn refusal<'d>(
    effective: &Effective<'d, '_>,
    validator: &'static Validator,
) -> Option<Refusal<'d>> {
    let trigger = match validator.when {
        Some((key, values)) => {
            Some(effective.get(key).filter(|one| is_met(effective.content(one), values))?)
        }
        None => None,
    };
    let (one, kind) = match (effective.get(validator.key), validator.demand) {
        (Some(one), demand) if demand.accepts(effective.content(one)) => return None,
        (Some(one), _) => (one, RefusalKind::Invalid(validator)),
        (None, Demand::Text) => return None,
        (None, _) => (trigger?, RefusalKind::Missing(validator)),
    };
    Some(Refusal::of(one, kind))
}

fn is_met(content: Content<'_>, values: &[&str]) -> bool {
    match content {
        Content::Text(Some(text)) => values != [TRUE] && values.contains(&text.as_ref()),
        Content::Other(Value::Boolean(true)) => values == [TRUE],
        Content::Text(None) | Content::Other(_) => false,
    }
}

impl Demand {
    /// Whether a value meets it, as far as anyone can tell.
    fn accepts(self, content: Content<'_>) -> bool {
        match (content, self) {
            (Content::Text(None), _) | (Content::Text(_), Self::Text) => true,
            (Content::Text(Some(text)), Self::Line) => {
                !text.is_empty() && !text.contains(LINE_ENDS)
            }
            (Content::Text(Some(text)), Self::OneOf(words)) => words.contains(&text.as_ref()),
            (Content::Other(_), _) => false,
        }
    }
}

/// What `.` does not match in Java.
const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
