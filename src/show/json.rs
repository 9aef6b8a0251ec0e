//! A view -> one JSON object, version 1 of a public contract: fields may be added, and none may go
//! or mean something else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Row, View};
use crate::catalogue::Profile;
use crate::report::{Location, harmless};
use crate::server::ServerText;
use crate::settings::Used;
use crate::source::Source;

const FORMAT: &str = "smsotp-lint/show/1";

#[derive(Serialize)]
struct ShowReport<'p> {
    format: &'static str,
    path: &'p str,
    is_version: String,
    loads: Option<bool>,
    section: Option<&'static str>,
    authenticator: Option<HeldSettings<'p>>,
    settings: Vec<SettingRow<'p>>,
    /// The section of the built-in SMS OTP, where the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_otp_local: Option<Vec<SettingRow<'p>>>,
}

#[derive(Serialize)]
struct HeldSettings<'p> {
    enabled: Option<&'p str>,
    parameters: &'p BTreeMap<ServerText, Option<ServerText>>,
}

#[derive(Serialize)]
struct SettingRow<'p> {
    name: &'static str,
    value: Option<&'p str>,
    origin: &'static str,
    fallback: Option<&'static str>,
    location: Option<Location>,
    documented: bool,
    effective: Option<&'p str>,
    effect: &'static str,
}

pub(super) fn render(view: &View<'_>) -> String {
    let rows = view.rows();
    let built_in = view.built_in_rows();
    let authenticator = view.authenticator().map(|held| HeldSettings {
        enabled: held.enabled.as_deref(),
        parameters: &held.parameters,
    });
    let mut page = page(view.source(), view.analysis.profile, view.loads);
    page.section = Some(view.analysis.section_state().as_str());
    page.authenticator = authenticator;
    page.settings = settings(view, &rows);
    page.sms_otp_local = (!built_in.is_empty()).then(|| settings(view, &built_in));
    print(&page)
}

fn settings<'r>(view: &View<'_>, rows: &'r [Row<'_>]) -> Vec<SettingRow<'r>> {
    let setting = |row: &'r Row<'_>| SettingRow {
        name: row.setting.name,
        value: row.value,
        origin: row.origin.as_str(),
        fallback: row.fallback,
        location: row.written.map(|written| Location::of(view.source(), written.span())),
        documented: row.setting.is_documented(),
        effective: match &row.used {
            Used::Text(text) => Some(text.as_ref()),
            Used::Nothing | Used::Unknown => None,
        },
        effect: row.effect.as_str(),
    };
    rows.iter().map(setting).collect()
}

pub(super) fn of_nothing(source: &Source, profile: Profile, loads: Option<bool>) -> String {
    print(&page(source, profile, loads))
}

fn page(source: &Source, profile: Profile, loads: Option<bool>) -> ShowReport<'_> {
    ShowReport {
        format: FORMAT,
        path: source.name(),
        is_version: profile.to_string(),
        loads,
        section: None,
        authenticator: None,
        settings: Vec::new(),
        sms_otp_local: None,
    }
}

fn print(page: &ShowReport<'_>) -> String {
    // Nothing in these types can fail to become JSON.
    let mut json = serde_json::to_string_pretty(page).unwrap_or_default();
    json.push('\n');
    harmless(&json).into_owned()
}
