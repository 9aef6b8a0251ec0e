//! A view -> columns for people, the dangerous rows first.

use std::cmp::Reverse;

use super::{SimulateView, because, happens};
use crate::columns::{Columns, cell, room, scaled};
use crate::escape::escape;
use crate::login::{Event, Outcome};
use crate::outcomes::{Danger, Encounter, code_in_words, danger, danger_of_code};
use crate::report::Style;

/// The widths of the columns on 80 columns, which also hold the mark and the gaps; most names fit
/// into the last without a break.
const WIDTHS: [usize; 3] = [19, 26, 29];

/// A row, its cells in words.
struct TableRow {
    is_unexpected: bool,
    danger: Option<Danger>,
    who: String,
    what: String,
    why: Vec<String>,
}

impl TableRow {
    fn cells(&self, [who, what, room]: [usize; 3]) -> [Vec<String>; 3] {
        let nothing = ["no setting changes this".to_owned()];
        let why = if self.why.is_empty() { &nothing[..] } else { &self.why };
        [
            cell(&self.who, who),
            cell(&self.what, what),
            why.iter().flat_map(|reason| cell(reason, room)).collect(),
        ]
    }
}

pub(super) fn render(view: &SimulateView<'_, '_>, style: &Style) -> String {
    let mut page = format!("{}: {}\n\n", escape(view.source().name()), view.head());
    let columns = Columns { widths: scaled(WIDTHS, style.width), telling: 1, color: style.color };
    let mut rows = rows(view);
    rows.sort_by_cached_key(|row| Reverse((row.is_unexpected, row.danger)));
    columns.head(&mut page, ["KIND OF USER", "WHAT HAPPENS", "BECAUSE OF"]);
    for row in &rows {
        let is_marked = row.is_unexpected || row.danger.is_some();
        columns.row(&mut page, is_marked, row.cells(columns.widths));
    }
    page.push('\n');
    for line in view.foot().lines().flat_map(|line| cell(line, room(style.width))) {
        page.push_str(&line);
        page.push('\n');
    }
    page
}

/// Every encounter, and behind the logins what the code looks like.
fn rows(view: &SimulateView<'_, '_>) -> Vec<TableRow> {
    let is_told = |unexpected: &Encounter| {
        let mut told = view.encounters.iter();
        told.any(|told| told.user == unexpected.user && told.event == unexpected.event)
    };
    let unexpected = view.unexpected.iter().map(|(_, encounter)| encounter);
    let untold = unexpected.filter(|encounter| !is_told(encounter));
    let (logins, others): (Vec<_>, Vec<_>) =
        view.encounters.iter().chain(untold).partition(|it| it.event == Event::Login);
    let code = logins.first().and_then(|login| code_row(view, login));
    let logins = logins.iter().map(|login| row(view, login));
    logins.chain(code).chain(others.iter().map(|other| row(view, other))).collect()
}

fn row(view: &SimulateView<'_, '_>, encounter: &Encounter) -> TableRow {
    let Encounter { user, event, .. } = *encounter;
    let dangers = encounter.outcomes.iter().map(|outcome| danger(user, event, *outcome));
    let why = view.simulation.because_of_outcome(user, event);
    let expected = view.expected(encounter);
    TableRow {
        is_unexpected: expected.is_some(),
        danger: dangers.max().flatten(),
        who: match event {
            Event::Login => user.in_words().to_owned(),
            _ => format!("{}: {}", user.in_short(), event.in_words()),
        },
        what: match expected {
            Some(wanted) => format!("{}; expected: {}", happens(encounter), wanted.as_str()),
            None => happens(encounter),
        },
        why: why.iter().map(|reason| because(view.source(), reason)).collect(),
    }
}

/// What the code looks like that a login sends, if it sends one.
fn code_row(view: &SimulateView<'_, '_>, login: &Encounter) -> Option<TableRow> {
    let codes = login.outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::CodeSent { code, .. } => Some(*code),
        _ => None,
    });
    let codes: Vec<_> = codes.collect();
    let words: Vec<_> = codes.iter().map(|code| code_in_words(*code)).collect();
    let sent = view.simulation.because_of_outcome(login.user, login.event);
    let why = view.simulation.because(login.user, login.event);
    let why = why.iter().filter(|reason| !sent.contains(reason));
    (!codes.is_empty()).then(|| TableRow {
        is_unexpected: false,
        danger: codes.iter().map(|code| danger_of_code(*code)).max().flatten(),
        who: "the code".to_owned(),
        what: words.join(", or "),
        why: why.map(|reason| because(view.source(), reason)).collect(),
    })
}
