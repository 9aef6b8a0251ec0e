//! A comparison -> Markdown, as a comment on a pull request.

use std::cmp::Reverse;
use std::fmt::Write;

use super::Comparison;
use super::outcomes::rows;
use super::table::value;
use crate::catalogue::ChangeStep;
use crate::markdown::{code, row};
use crate::settings::Used;

pub(super) fn render(comparison: &Comparison<'_, '_>) -> String {
    let subject = comparison.subject(code);
    let mut page = format!("### SMS OTP: {subject}\n");
    for warning in comparison.warnings(code) {
        let _ = writeln!(page, "\n**{warning}**");
    }
    if comparison.is_equal() {
        page.push_str("\nNothing changes.\n");
        return page;
    }
    if let Some(quiet) = comparison.quiet() {
        let _ = writeln!(page, "\n{quiet}");
    }
    outcomes(&mut page, comparison);
    notes(&mut page, "What changes for this file", comparison.notes(true));
    settings(&mut page, comparison);
    let others: Vec<_> = comparison.notes(false).collect();
    if !others.is_empty() {
        let title = "Also new, whatever the file says";
        let _ = write!(page, "\n<details><summary>{title}</summary>\n");
        notes(&mut page, "", others.into_iter());
        page.push_str("\n</details>\n");
    }
    for line in comparison.foot() {
        let _ = writeln!(page, "\n{line}");
    }
    page
}

fn outcomes(page: &mut String, comparison: &Comparison<'_, '_>) {
    let mut rows = rows(&comparison.outcomes);
    rows.sort_by_cached_key(|row| Reverse(row.danger));
    heading(page, rows.is_empty(), "", ["kind of user", "before", "after"]);
    for change in rows {
        let after = match change.danger {
            Some(_) => format!(":warning: **{}**", change.after),
            None => change.after,
        };
        row(page, &[&change.who, &change.before, &after]);
    }
}

fn settings(page: &mut String, comparison: &Comparison<'_, '_>) {
    let changes = &comparison.settings;
    heading(page, changes.is_empty(), "Settings", ["setting", "before", "after", "why"]);
    let cell = |shown: &Used| match shown {
        Used::Text(_) => code(&value(shown)),
        Used::Nothing | Used::Unknown => value(shown),
    };
    for change in changes {
        let [before, after] = [&change.before, &change.after].map(cell);
        row(page, &[&code(change.name), &before, &after, &change.why.in_words()]);
    }
}

fn notes(page: &mut String, title: &str, steps: impl Iterator<Item = &'static ChangeStep>) {
    let mut steps = steps.peekable();
    heading(page, steps.peek().is_none(), title, ["from", "what changes", "what to do"]);
    for step in steps {
        row(page, &[step.from.as_str(), step.text, step.todo]);
    }
}

/// The beginning of a table, unless there is none.
fn heading<const N: usize>(page: &mut String, is_empty: bool, title: &str, names: [&str; N]) {
    if is_empty {
        return;
    }
    page.push('\n');
    if !title.is_empty() {
        let _ = writeln!(page, "**{title}**\n");
    }
    row(page, &names);
    row(page, &["---"; N]);
}
