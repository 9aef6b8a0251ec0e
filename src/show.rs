//! Settings -> the table and the JSON of `show`.

use std::fmt::Write;

use serde::Serialize;

use crate::catalogue::Profile;
use crate::redact::escape;
use crate::report::Location;
use crate::section::Section;
use crate::server::java_text;
use crate::settings::{Origin, Reading, Settings};
use crate::source::{Source, Span};

/// One line of `show`.
struct Row<'r> {
    name: &'static str,
    value: Option<&'r str>,
    origin: Origin,
    fallback: Option<&'static str>,
    span: Option<Span>,
    documented: bool,
}

/// Columns for people.
pub fn table(
    source: &Source,
    section: &Section<'_, '_>,
    settings: &Settings<'_>,
    profile: Profile,
) -> String {
    let enable = enable_text(section);
    let rows = rows(section, settings, profile, enable.as_deref());
    let cells: Vec<[String; 3]> = rows.iter().map(|row| cells(source, row)).collect();
    let width = |column: usize| {
        let widths = cells.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let (first, second) = (width(0), width(1).min(48));
    let defaults = match profile.release {
        Some(release) => format!("the defaults of {release}"),
        None => "the documented defaults".to_owned(),
    };
    let mut page = format!("{}, with {defaults}\n\n", escape(source.name()));
    let _ = writeln!(page, "{:first$}  {:second$}  ORIGIN", "SETTING", "VALUE");
    for [name, value, origin] in &cells {
        let _ = writeln!(page, "{name:first$}  {value:second$}  {origin}");
    }
    page
}

fn cells(source: &Source, row: &Row<'_>) -> [String; 3] {
    let value = match (row.value, row.origin) {
        (Some(text), _) => show_value(text),
        (None, Origin::Unset) => "-".to_owned(),
        (None, _) => "?".to_owned(),
    };
    let origin = match (row.origin, row.span, row.fallback) {
        (Origin::File, Some(span), _) => {
            let known = if row.value.is_none() { ", not known from the file alone" } else { "" };
            format!("line {}{known}", source.position(span.start).line)
        }
        (Origin::Unset, _, Some(fallback)) => format!("unset, the server uses {fallback}"),
        (origin, ..) => origin.as_str().to_owned(),
    };
    [row.name.to_owned(), value, origin]
}

/// A text as one cell: what a terminal would act on is escaped, blanks at the ends are shown.
fn show_value(text: &str) -> String {
    if text.is_empty() || text.trim() != text {
        return format!("{:?}", text);
    }
    escape(text).into_owned()
}

#[derive(Serialize)]
struct Page<'p> {
    format: &'static str,
    path: &'p str,
    is_version: String,
    settings: Vec<JsonRow<'p>>,
}

#[derive(Serialize)]
struct JsonRow<'p> {
    name: &'static str,
    value: Option<&'p str>,
    origin: &'static str,
    fallback: Option<&'static str>,
    location: Option<Location>,
    documented: bool,
}

/// One JSON object, `smsotp-lint/show/1`.
pub fn json(
    source: &Source,
    section: &Section<'_, '_>,
    settings: &Settings<'_>,
    profile: Profile,
) -> String {
    let enable = enable_text(section);
    let rows = rows(section, settings, profile, enable.as_deref());
    let page = Page {
        format: "smsotp-lint/show/1",
        path: source.name(),
        is_version: profile.to_string(),
        settings: rows
            .into_iter()
            .map(|row| JsonRow {
                name: row.name,
                value: row.value,
                origin: row.origin.as_str(),
                fallback: row.fallback,
                location: row.span.map(|span| Location::of(source, span)),
                documented: row.documented,
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&page).unwrap_or_default();
    text.push('\n');
    text
}

fn enable_text(section: &Section<'_, '_>) -> Option<String> {
    match &section.enable {
        Some(written) => Some(java_text::text(&written.entry.value).into_owned()),
        None => Some("true".to_owned()),
    }
}

fn rows<'r>(
    section: &'r Section<'_, '_>,
    settings: &'r Settings<'_>,
    profile: Profile,
    enable: Option<&'r str>,
) -> Vec<Row<'r>> {
    let enable = Row {
        name: crate::section::ENABLE,
        value: enable,
        origin: if section.enable.is_some() { Origin::File } else { Origin::Default },
        fallback: None,
        span: section.enable.as_ref().map(|written| written.span()),
        documented: true,
    };
    let parameters = settings.iter().map(|setting| Row {
        name: setting.parameter.name,
        value: match &setting.value {
            Reading::Text(text) => Some(text.as_ref()),
            Reading::Unknown | Reading::Unset => None,
        },
        origin: setting.origin(),
        fallback: setting.parameter.fallback(profile).filter(|_| setting.origin() == Origin::Unset),
        span: setting.written.map(|written| written.span()),
        documented: setting.parameter.documented,
    });
    std::iter::once(enable).chain(parameters).collect()
}
