//! Why a text is not TOML: the parser's complaints, sorted into the mistakes people make.

use crate::document::Document;
use crate::source::Span;

/// One reason why the text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which mistake it is.
    pub kind: FaultKind,
    /// Where it stands.
    pub span: Span,
}

/// The mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Anything else, in the parser's own words, which never quote the text.
    Other(String),
}

/// Sorts out what the parsers said of a text that is not TOML.
pub(super) fn faults(
    document: &Document<'_>,
    error: &toml_edit::TomlError,
    _complaints: &[toml_parser::ParseError],
) -> Vec<Fault> {
    let end = document.source.text().len();
    let span = error.span().map_or(Span::at(end), |span| Span::new(span.start, span.end));
    vec![Fault { kind: FaultKind::Other(error.message().to_owned()), span }]
}
