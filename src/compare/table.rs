//! A comparison -> three tables for a terminal, each only where something differs.

use std::cmp::Reverse;

use super::Comparison;
use super::outcomes::rows;
use super::settings::SettingChange;
use crate::catalogue::ChangeStep;
use crate::columns::{Columns, cell, room, scaled};
use crate::escape::escape;
use crate::report::Style;
use crate::settings::Used;

/// The widths of the columns on 80 columns, which also hold the mark and the gaps.
const OUTCOMES: [usize; 3] = [20, 26, 27];
/// The width of a release, and what a row has beside that and the note.
const RELEASE: usize = 5;
const BESIDE_NOTE: usize = RELEASE + 4;

pub(super) fn render(comparison: &Comparison<'_, '_>, style: &Style) -> String {
    let subject = comparison.subject(str::to_owned);
    let mut page = String::new();
    for warning in comparison.warnings(str::to_owned) {
        page.push_str(&format!("! {warning}\n"));
    }
    page.push_str(&subject);
    if comparison.is_equal() {
        page.push_str(": nothing changes\n");
        return page;
    }
    page.push('\n');
    if let Some(quiet) = comparison.quiet() {
        page.push_str(quiet);
        page.push('\n');
    }
    settings(&mut page, comparison, style);
    outcomes(&mut page, comparison, style);
    let room = room(style.width);
    notes(&mut page, "WHAT CHANGES FOR THIS FILE", comparison.notes(true), room);
    notes(&mut page, "ALSO NEW, WHATEVER THE FILE SAYS", comparison.notes(false), room);
    let foot: Vec<_> = comparison.foot().iter().flat_map(|line| cell(line, room)).collect();
    if !foot.is_empty() {
        page.push_str(&format!("\n{}\n", foot.join("\n")));
    }
    page
}

fn settings(page: &mut String, comparison: &Comparison<'_, '_>, style: &Style) {
    if comparison.settings.is_empty() {
        return;
    }
    let names = comparison.settings.iter().map(|change| change.name.len());
    let widths = widths(names.max().unwrap_or_default(), style.width);
    let columns = Columns { widths, telling: 2, color: style.color };
    let room = room(style.width);
    page.push('\n');
    columns.head(page, ["SETTING", "BEFORE", "AFTER", "WHY"]);
    for SettingChange { name, before, after, why } in &comparison.settings {
        let mut below = String::new();
        let mut place = |when: &str, text: String, width: usize| {
            let mut words = text.split_inclusive([' ', '/']);
            if words.all(|word| word.trim_end().chars().count() <= width) {
                return text;
            }
            for line in cell(&format!("{when}: {text}"), room - INDENT) {
                below.push_str(&format!("{:INDENT$}{line}\n", ""));
            }
            "(below)".to_owned()
        };
        let before = place("before", value(before), widths[1]);
        let after = place("after", value(after), widths[2]);
        // A name that is wider than its column has a line of its own.
        let name = match name.len() > widths[0] {
            true => {
                page.push_str(&format!("  {name}\n"));
                ""
            }
            false => name,
        };
        let texts = [name.to_owned(), before, after, why.in_words()];
        let mut cells = texts.iter().zip(widths).map(|(text, width)| cell(text, width));
        columns.row(page, false, std::array::from_fn(|_| cells.next().unwrap_or_default()));
        page.push_str(&below);
    }
}

/// Blanks before a value that is below its row, because its column would break it within a word.
const INDENT: usize = 6;

/// The widths for settings: the values have the same, and names what is left of the least.
fn widths(longest: usize, columns: usize) -> [usize; 4] {
    /// "line 123", the mark and the gaps.
    const OTHERS: usize = 8 + 8;
    /// Holds "(below)", "not known", and every switch.
    const VALUE: usize = 10;
    let left = room(columns) - OTHERS;
    let name = longest.min(left - 2 * VALUE);
    [name, (left - name) / 2, (left - name) / 2, 8]
}

/// The most characters of a value that are shown.
const LONGEST: usize = 100;

/// A value as a cell: what a terminal would act on is escaped, blanks at the ends are shown, and a
/// long text is cut.
pub(super) fn value(value: &Used) -> String {
    match value {
        Used::Nothing => "-".to_owned(),
        Used::Unknown => "not known".to_owned(),
        Used::Text(text) if text.is_empty() || text.trim() != text => {
            escape(&format!("{text:?}")).into_owned()
        }
        Used::Text(text) => match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}\u{2026}", escape(&text[..end])),
            None => escape(text).into_owned(),
        },
    }
}

fn outcomes(page: &mut String, comparison: &Comparison<'_, '_>, style: &Style) {
    let mut rows = rows(&comparison.outcomes);
    if rows.is_empty() {
        return;
    }
    rows.sort_by_cached_key(|row| Reverse(row.danger));
    let widths = scaled(OUTCOMES, style.width);
    let columns = Columns { widths, telling: 2, color: style.color };
    page.push('\n');
    columns.head(page, ["KIND OF USER", "BEFORE", "AFTER"]);
    for row in &rows {
        let [who, before, after] = widths;
        let cells = [cell(&row.who, who), cell(&row.before, before), cell(&row.after, after)];
        columns.row(page, row.danger.is_some(), cells);
    }
    if rows.iter().any(|row| row.danger.is_some()) {
        page.push_str("! no second factor, cannot log in, or may guess without limit\n");
    }
}

fn notes(
    page: &mut String,
    title: &str,
    steps: impl Iterator<Item = &'static ChangeStep>,
    room: usize,
) {
    let width = room - BESIDE_NOTE;
    let columns = Columns { widths: [RELEASE, width], telling: 0, color: false };
    let mut steps = steps.peekable();
    if steps.peek().is_some() {
        page.push('\n');
        columns.head(page, ["FROM", title]);
    }
    for step in steps {
        let mut lines = cell(step.text, width);
        if !step.todo.is_empty() {
            lines.extend(cell(&format!("-> {}", step.todo), width));
        }
        columns.row(page, false, [vec![step.from.to_string()], lines]);
    }
}
