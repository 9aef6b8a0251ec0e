//! A view -> one JSON object, version 1 of a public contract: fields may be added, and none may go
//! or mean something else.

use serde_json::{Value, json};

use super::{Row, View};
use crate::catalogue::Profile;
use crate::report::{Location, json_text};
use crate::source::Source;

const FORMAT: &str = "smsotp-lint/show/1";

pub(super) fn render(view: &View<'_>) -> String {
    let mut page = page(view.source(), view.analysis.profile, view.loads);
    page["section"] = view.analysis.section_state().as_str().into();
    page["authenticator"] = json!(
        view.authenticator()
            .map(|held| { json!({ "enabled": held.enabled, "parameters": held.parameters }) })
    );
    page["settings"] = settings(view, &view.rows());
    let built_in = view.built_in_rows();
    if !built_in.is_empty() {
        page["sms_otp_local"] = settings(view, &built_in);
    }
    json_text(&page)
}

/// The page of a text that is not TOML: it has no settings.
pub fn of_nothing(source: &Source, profile: Profile, loads: Option<bool>) -> String {
    json_text(&page(source, profile, loads))
}

fn page(source: &Source, profile: Profile, loads: Option<bool>) -> Value {
    json!({
        "format": FORMAT,
        "path": source.name(),
        "is_version": profile.to_string(),
        "loads": loads,
        "section": null,
        "authenticator": null,
        "settings": [],
    })
}

fn settings(view: &View<'_>, rows: &[Row<'_>]) -> Value {
    let setting = |row: &Row<'_>| {
        let location = row.written.map(|written| Location::of(view.source(), written.span()));
        json!({
            "name": row.setting.name,
            "value": row.value,
            "origin": row.origin.as_str(),
            "fallback": row.fallback,
            "location": location,
            "documented": row.setting.is_documented(),
            "effective": row.used.text(),
            "effect": row.effect.as_str(),
        })
    };
    rows.iter().map(setting).collect()
}
