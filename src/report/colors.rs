//! What a text is -> the colours it has on a terminal.

use std::borrow::Cow;

use owo_colors::{OwoColorize, Style};

use crate::diagnostic::Severity;

/// The colours of a severity.
pub(super) const fn severity_colors(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().red(),
        Severity::Warning => Style::new().yellow(),
        Severity::Info => Style::new().cyan(),
    }
}

/// A text in colours, if colours are wanted.
pub(super) fn paint(text: &str, colors: Style, wanted: bool) -> Cow<'_, str> {
    if wanted { text.style(colors).to_string().into() } else { text.into() }
}
