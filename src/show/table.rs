//! A view -> columns for people.

use std::fmt::Write;

use super::{Row, View};
use crate::escape::escape;
use crate::server::Registration;
use crate::settings::Origin;
use crate::source::Source;

pub(super) fn render(view: &View<'_>) -> String {
    let rows = view.rows();
    let cells: Vec<[String; 3]> = rows.iter().map(|row| cells(view.source(), row)).collect();
    let width = |column: usize| {
        let widths = cells.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let (first, second) = (width(0), width(1).min(48));
    let defaults = super::defaults(view.analysis.profile);
    let mut page = format!("{}, with {defaults}\n\n", escape(view.source().name()));
    let _ = writeln!(page, "{:first$}  {:second$}  ORIGIN", "SETTING", "VALUE");
    for [name, value, origin] in &cells {
        let _ = writeln!(page, "{name:first$}  {value:second$}  {origin}");
    }
    let _ = writeln!(page, "\n{}", verdict(view));
    page
}

fn cells(source: &Source, row: &Row<'_>) -> [String; 3] {
    let value = match (row.value, row.origin) {
        (Some(text), _) => value(text),
        (None, Origin::Unset) => "-".to_owned(),
        (None, _) => "?".to_owned(),
    };
    let unknown = if row.value.is_none() { ", not known from the file alone" } else { "" };
    let origin = match (row.origin, row.span, row.fallback) {
        (Origin::File, Some(span), _) => {
            format!("line {}{unknown}", source.position(span.start).line)
        }
        (Origin::File, None, _) => format!("file{unknown}"),
        (Origin::Unset, _, Some(fallback)) => format!("unset, the server uses {fallback}"),
        (origin, ..) => origin.as_str().to_owned(),
    };
    [row.setting.name.to_owned(), value, origin]
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
        Some(true) => "The server loads this file.",
        Some(false) => "The server does not load this file; smsotp-lint check says why.",
        None => "Whether the server loads this file cannot be told from the file alone.",
    };
    let registration = match view.analysis.server.registration {
        Registration::Active => "",
        Registration::Renamed => {
            "\nIt holds no settings under the name SMSOTP: the section has another."
        }
        Registration::Overridden => {
            "\nA custom authenticator named SMSOTP takes the place of the section."
        }
        Registration::Unknown => {
            "\nWhat becomes of the section cannot be told from the file alone."
        }
    };
    format!("{loads}{registration}")
}
