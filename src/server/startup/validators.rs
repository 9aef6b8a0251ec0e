//! The values that the server's own validators look at -> those they refuse.

use std::borrow::Cow;

use crate::server::facts::Releases;
use crate::toml::Value;

use super::effective::Effective;
use super::held::Held;
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
    /// Whether the key must be there.
    is_required: bool,
}

/// The demands.
#[derive(Debug, Clone, Copy)]
pub enum Demand {
    /// A text.
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
        is_required: true,
    },
    Validator {
        key: "encryption.key",
        when: Some(("encryption.type", &["symmetric"])),
        demand: Demand::Text,
        is_required: false,
    },
    Validator {
        key: "encryption.type",
        when: None,
        demand: Demand::OneOf(&["asymmetric", "symmetric"]),
        is_required: false,
    },
    Validator {
        key: RESPONSE,
        when: Some((
            BUILDER,
            &["org.wso2.carbon.identity.oauth.endpoint.user.impl.UserInfoJSONResponseBuilder"],
        )),
        demand: Demand::OneOf(&["json"]),
        is_required: true,
    },
    Validator {
        key: RESPONSE,
        when: Some((
            BUILDER,
            &["org.wso2.carbon.identity.oauth.endpoint.user.impl.UserInfoJWTResponse"],
        )),
        demand: Demand::OneOf(&["jwt"]),
        is_required: true,
    },
    Validator {
        key: "recaptcha.secret_key",
        when: Some(("recaptcha.enabled", &[TRUE])),
        demand: Demand::Line,
        is_required: true,
    },
    Validator {
        key: "recaptcha.site_key",
        when: Some(("recaptcha.enabled", &[TRUE])),
        demand: Demand::Line,
        is_required: true,
    },
    Validator { key: "super_admin.username", when: None, demand: Demand::Text, is_required: false },
    Validator {
        key: "user_store.properties.ConnectionName",
        when: Some((STORE, &["read_only_ldap", "active_directory"])),
        demand: Demand::Text,
        is_required: false,
    },
    Validator {
        key: "user_store.properties.ConnectionURL",
        when: Some((STORE, &["read_only_ldap", "read_write_ldap", "active_directory"])),
        demand: Demand::Text,
        is_required: false,
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
        is_required: false,
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
        None => None,
        Some((key, values)) => {
            let trigger = effective.get(key)?;
            let read = read(effective, trigger);
            let is_boolean = values == [TRUE];
            let is_met = match read {
                CheckedValue::Boolean => {
                    is_boolean && matches!(trigger.value, Value::Boolean(true))
                }
                CheckedValue::Text(text) => !is_boolean && values.contains(&text.as_ref()),
                CheckedValue::Other | CheckedValue::Unknown => false,
            };
            Some(trigger).filter(|_| is_met)?.into()
        }
    };
    let (one, kind) = match effective.get(validator.key) {
        Some(one) if validator.accepts(read(effective, one)) => return None,
        Some(one) => (one, RefusalKind::Invalid(validator)),
        None => (trigger.filter(|_| validator.is_required)?, RefusalKind::Missing(validator)),
    };
    Some(Refusal::of(one, Releases::ALL, kind))
}

/// A value as a validator tells them apart.
enum CheckedValue<'v> {
    Text(Cow<'v, str>),
    Boolean,
    Other,
    Unknown,
}

fn read<'v>(effective: &'v Effective<'_, '_>, one: &'v Held<'_>) -> CheckedValue<'v> {
    match one.value {
        Value::Boolean(_) => CheckedValue::Boolean,
        Value::String(_) | Value::Placeholder(_) if !effective.is_replaced(one) => {
            effective.text(one).map_or(CheckedValue::Unknown, CheckedValue::Text)
        }
        _ => CheckedValue::Other,
    }
}

impl Validator {
    fn accepts(&self, read: CheckedValue<'_>) -> bool {
        match (read, self.demand) {
            (CheckedValue::Unknown, _) | (CheckedValue::Text(_), Demand::Text) => true,
            (CheckedValue::Text(text), Demand::Line) => {
                !text.is_empty() && !text.contains(LINE_ENDS)
            }
            (CheckedValue::Text(text), Demand::OneOf(words)) => words.contains(&text.as_ref()),
            (CheckedValue::Boolean | CheckedValue::Other, _) => false,
        }
    }
}

/// What `.` does not match in Java.
const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
