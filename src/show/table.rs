//! A view -> columns for people.

use std::iter;

use owo_colors::OwoColorize;

use super::{Effect, Row, ToldSetting, View};
use crate::analysis::SectionState;
use crate::catalogue::{Flaw, Profile};
use crate::columns::{cell, room};
use crate::escape::escape;
use crate::report::Style;
use crate::section::{LOCAL, SmsOtp};
use crate::server::Registration;
use crate::settings::{Origin, Used};
use crate::toml::Value;

const HEAD: [&str; 4] = ["SETTING", "IN THE FILE", "THE SERVER USES", "WHY"];
/// What the server uses, where that is no text.
pub(super) const AS_WRITTEN: &str = "as written";
pub(super) const UNKNOWN: &str = "?";
const NOTHING: &str = "nothing";
/// Characters of a value that fit into its column; a longer one has lines of its own below.
const VALUE: usize = 15;
/// Blanks between two columns.
const GAP: usize = 2;
/// Blanks before what is told below a row.
const INDENT: &str = "    ";

/// A row, and what is told below it.
struct ShowRow {
    cells: [String; 4],
    below: Vec<String>,
    is_dead: bool,
}

pub(super) fn render(view: &View<'_>, all: bool, style: &Style) -> String {
    let profile = view.analysis.profile;
    let is_shown = |row: &Row<'_>, profile| all || is_worth_a_row(profile, row);
    let rows: Vec<_> = view.rows().into_iter().filter(|row| is_shown(row, profile)).collect();
    let defaults = super::defaults(profile);
    let mut page = format!("{}, with {defaults}\n\n", escape(view.source().name()));
    section(view, &rows, style, &mut page);
    let built_in = view.built_in_rows();
    if !built_in.is_empty() {
        let profile = SmsOtp::BuiltIn.profile(profile);
        let rows: Vec<_> = built_in.into_iter().filter(|row| is_shown(row, profile)).collect();
        page.push_str(&format!("{LOCAL}, with {}\n\n", super::defaults(profile)));
        section(view, &rows, style, &mut page);
    }
    for line in verdict(view).lines().flat_map(|line| cell(line, room(style.width))) {
        page.push_str(&line);
        page.push('\n');
    }
    page
}

fn section(view: &View<'_>, rows: &[Row<'_>], style: &Style, page: &mut String) {
    if rows.is_empty() {
        page.push_str("Nothing here differs from the defaults; --all shows them.\n");
    } else {
        columns(view, rows, style, page);
    }
    page.push('\n');
}

/// Whether the file sets it, or the server uses something else than the default.
fn is_worth_a_row(profile: Profile, row: &Row<'_>) -> bool {
    let default = row.setting.default(profile);
    row.origin == Origin::File || row.origin == Origin::Default && row.value != default
}

fn columns(view: &View<'_>, rows: &[Row<'_>], style: &Style, page: &mut String) {
    let rows: Vec<ShowRow> = rows.iter().map(|row| table_row(view, row)).collect();
    let head = HEAD.map(str::to_owned);
    let mut widths = [0; 4];
    for cells in rows.iter().map(|row| &row.cells).chain([&head]) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = cell.chars().count().max(*width);
        }
    }
    let [names, others @ ..] = &mut widths;
    let room = room(style.width);
    *names = (*names).min(room.saturating_sub(others.iter().map(|width| width + GAP).sum()));
    page.push_str(&line(&head, widths));
    for row in &rows {
        let line = line(&row.cells, widths);
        match style.color && row.is_dead {
            true => page.push_str(&line.yellow().to_string()),
            false => page.push_str(&line),
        }
        for text in row.below.iter().flat_map(|text| cell(text, room - INDENT.len())) {
            page.push_str(&format!("{INDENT}{text}\n"));
        }
    }
}

/// A row. A name that is wider than its column has a line of its own above the other cells.
fn line(cells: &[String; 4], widths: [usize; 4]) -> String {
    let [name, others @ ..] = cells;
    let above = if name.len() > widths[0] { format!("{name}\n") } else { String::new() };
    let name = if above.is_empty() { name } else { "" };
    let texts = iter::once(name).chain(others.iter().map(String::as_str));
    let texts = iter::zip(texts, widths).map(|(text, width)| format!("{text:width$}"));
    let gap = " ".repeat(GAP);
    format!("{above}{}\n", texts.collect::<Vec<_>>().join(&gap).trim_end())
}

fn table_row(view: &View<'_>, row: &Row<'_>) -> ShowRow {
    let ToldSetting { name, in_file, used, why, .. } = told(view, row);
    let mut below = Vec::new();
    let mut cell = |text: String, what: &str| match text.chars().count() > VALUE {
        true => {
            below.push(format!("{what}: {text}"));
            "(below)".to_owned()
        }
        false => text,
    };
    let (in_file, used) = (cell(in_file, "in the file"), cell(used, "the server uses"));
    below.extend(why);
    let cells = [name.to_owned(), in_file, used, place(view, row)];
    ShowRow { cells, below, is_dead: matches!(row.effect, Effect::Dead(_)) }
}

/// What the file and the server say of a setting.
pub(super) fn told(view: &View<'_>, row: &Row<'_>) -> ToldSetting {
    let in_file = match row.written {
        Some(written) => escape(&view.analysis.view.excerpt(written.entry.value_span)).into_owned(),
        None if row.origin == Origin::File => UNKNOWN.to_owned(),
        None => "-".to_owned(),
    };
    let (used, is_text) = match &row.used {
        _ if matches!(row.effect, Effect::Dead(_)) => (NOTHING.to_owned(), false),
        Used::Text(used) if is_plain(row) && row.value == Some(used) => {
            (AS_WRITTEN.to_owned(), false)
        }
        Used::Text(text) => (value(text), true),
        Used::Nothing if row.origin == Origin::File => (NOTHING.to_owned(), false),
        Used::Nothing => ("-".to_owned(), false),
        Used::Unknown => (UNKNOWN.to_owned(), false),
    };
    ToldSetting { name: row.setting.name, in_file, used, is_text, why: reason(view, row) }
}

/// Whether the file holds the text itself, and no reference to it.
fn is_plain(row: &Row<'_>) -> bool {
    row.written.is_some_and(|written| !matches!(written.entry.value, Value::Placeholder(_)))
}

/// Where the value comes from.
fn place(view: &View<'_>, row: &Row<'_>) -> String {
    match (row.origin, row.written) {
        (Origin::File, Some(written)) => {
            format!("line {}", view.source().position(written.span().start).line)
        }
        (Origin::File, None) => "the file".to_owned(),
        (origin, _) => origin.as_str().to_owned(),
    }
}

/// Why the server uses something else than the file says, or nothing.
fn reason(view: &View<'_>, row: &Row<'_>) -> Option<String> {
    match (row.effect, &row.used) {
        (Effect::Dead(rule), _) => Some(format!("it has no effect here: see {rule}")),
        (_, Used::Unknown) => Some("not known from the file alone".to_owned()),
        (_, Used::Nothing) if row.origin == Origin::File => {
            let told = row.setting.consequence(flaw(view, row), view.analysis.profile);
            told.map(|told| told.to_string())
        }
        (_, Used::Text(used)) => {
            let is_other = row.value.is_some_and(|value| !value.eq_ignore_ascii_case(used));
            is_other.then(|| format!("this is no {}", row.setting.kind.as_str()))
        }
        _ => None,
    }
}

fn flaw(view: &View<'_>, row: &Row<'_>) -> Flaw {
    let plus = row.setting.takes_plus(view.analysis.profile);
    row.value.and_then(|text| Flaw::of_number(text, plus)).unwrap_or(Flaw::Unusable)
}

/// The most characters of a value that are shown.
const LONGEST: usize = 300;

/// A text as one cell: what a terminal would act on is escaped, blanks at the ends are shown, and
/// a very long text is cut.
fn value(text: &str) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        return format!("{}\u{2026}", escape(&text[..end]));
    }
    if text.is_empty() || text.trim() != text {
        return format!("{text:?}");
    }
    escape(text).into_owned()
}

/// What becomes of the file, in a sentence or two.
fn verdict(view: &View<'_>) -> String {
    let loads = match view.loads {
        Some(true) => "The server loads this file.".into(),
        Some(false) => "The server does not load this file; smsotp-lint check says why.".into(),
        None => view.analysis.unknown_loads(),
    };
    let section = match (view.analysis.section_state(), view.analysis.server.registration) {
        (SectionState::Absent, Registration::Active) if view.built_in().is_some() => {
            "\nIt says nothing of the SMS OTP of a connection: the server uses the defaults."
        }
        (SectionState::Absent, Registration::Active) => {
            "\nIt has no SMS OTP settings: the server uses the defaults."
        }
        (SectionState::Renamed, _) => {
            "\nIt holds no settings under the name SMSOTP: the section has another."
        }
        (SectionState::Replaced, _) => {
            "\nA custom authenticator named SMSOTP takes the place of the section."
        }
        (_, Registration::Unknown) => {
            "\nWhat becomes of the section cannot be told from the file alone."
        }
        _ => "",
    };
    let built_in = match view.built_in_registration() {
        Some(Registration::Renamed) => {
            "\nNothing in sms_otp_local is read: its name is not sms-otp-authenticator."
        }
        Some(Registration::Overridden) => {
            "\nA custom authenticator named sms-otp-authenticator takes the place of sms_otp_local."
        }
        _ => "",
    };
    format!("{loads}{section}{built_in}")
}
