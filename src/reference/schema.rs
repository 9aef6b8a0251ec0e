//! What may be written in a file -> a JSON Schema of it, for editors.
//!
//! Only keywords are used that mean the same from draft 7 to draft 2020-12.

mod config;
mod section;

use serde_json::{Value, json};

use crate::section::AUTHENTICATOR;

/// The schema of `deployment.toml`. Outside of the section anything goes.
pub fn deployment() -> String {
    let schema = AUTHENTICATOR.iter().rev().fold(
        section::schema(),
        |inner, part| json!({ "type": "object", "properties": { *part: inner }, "additionalProperties": true }),
    );
    finish("The SMS OTP settings in deployment.toml of WSO2 Identity Server", schema)
}

/// The schema of `.smsotp-lint.toml`.
pub fn config() -> String {
    finish("The configuration of smsotp-lint", config::schema())
}

fn finish(title: &str, mut schema: Value) -> String {
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    schema.sort_all_objects();
    // A value like this one cannot fail to become JSON.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// A table with these keys and no others.
fn table(description: &str, properties: impl Into<Value>) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": properties.into(),
        "additionalProperties": false,
    })
}

/// A phrase as a sentence.
pub(super) fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
