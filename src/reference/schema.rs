//! What may be written in a file -> a JSON Schema of it, for editors.
//!
//! Only keywords are used that mean the same from draft 7 to draft 2020-12. No editor lets a schema
//! say what is wrong, but all show a part of it: `not` with words, or with the name of a definition,
//! is read more easily than a regular expression. `additionalProperties: false` would make taplo
//! complain at every line of the table.

mod config;
mod section;

use serde_json::{Map, Value, json};

use crate::section::{AUTHENTICATOR, SmsOtp};

const DEFINITIONS: &str = "definitions";

/// The schema of `deployment.toml`. Outside of the section anything goes.
pub fn deployment() -> String {
    let open = |properties: Value| json!({ "type": "object", "properties": properties, "additionalProperties": true });
    let sections: Map<String, Value> =
        SmsOtp::ALL.map(|of| (of.table().to_owned(), section::schema(of))).into_iter().collect();
    let [root, tables, _] = AUTHENTICATOR;
    let mut schema = open(json!({ root: open(json!({ tables: open(sections.into()) })) }));
    schema[DEFINITIONS] = section::definitions();
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
    format!("{schema:#}\n")
}

/// A table with these keys and no others.
fn table(description: &str, properties: impl Into<Value>) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": properties.into(),
        "additionalProperties": not_read("No such name is read here."),
    })
}

/// A key that is not read, so that no value of it is right, and what to tell about it.
fn not_read(about: &str) -> Value {
    json!({
        "description": about,
        "deprecated": true,
        "deprecationMessage": about,
        "not": { "description": about },
    })
}

/// A phrase as a sentence.
pub(super) fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
