//! What a fix is: edits to a text, applied whole or not at all.

use crate::message::{Message, message};
use crate::source::Span;

/// Replaces a span of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

impl Edit {
    /// Replaces what a span holds.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Adds text at an offset.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(offset), text)
    }

    /// Takes a span away.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// The server does afterwards what it did before, or could not start before.
    Safe,
    /// What the server does changes.
    Unsafe,
}

impl Applicability {
    /// The word used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// One way to resolve a finding.
#[derive(Debug, Clone)]
pub struct Fix {
    title: Message,
    /// The title without what the fix brings about.
    plain_title: Message,
    applicability: Applicability,
    edits: Vec<Edit>,
    is_fallback: bool,
}

impl Fix {
    /// A fix that changes nothing the server does.
    pub fn safe(title: impl Into<Message>, edits: Vec<Edit>) -> Self {
        Self::new(title.into(), Applicability::Safe, edits)
    }

    /// A fix that changes what the server does.
    pub fn risky(title: impl Into<Message>, edits: Vec<Edit>) -> Self {
        Self::new(title.into(), Applicability::Unsafe, edits)
    }

    /// The same, with what it brings about behind its title, in place of what was there.
    pub fn with_effect(self, effect: impl Into<Message>) -> Self {
        Self { title: message!("{}: {}", self.plain_title, effect.into()), ..self }
    }

    /// The same fix with other edits: those of other places, too.
    pub fn with(&self, edits: Vec<Edit>) -> Self {
        let Self { title, applicability, is_fallback, .. } = self.clone();
        Self { is_fallback, ..Self::new(title, applicability, edits) }
    }

    /// The same, for a finding whose fix before this one cannot be made.
    pub fn fallback(self) -> Self {
        Self { is_fallback: true, ..self }
    }

    /// Sorts the edits; several insertions at one place keep their order. Edits that overlap
    /// cannot be applied.
    fn new(title: Message, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_cached_key(|edit| edit.span);
        Self { plain_title: title.clone(), title, applicability, edits, is_fallback: false }
    }

    /// Whether it only counts where the fix before it cannot be made.
    pub fn is_fallback(&self) -> bool {
        self.is_fallback
    }

    /// What it does, in the imperative.
    pub fn title(&self) -> &Message {
        &self.title
    }

    /// Whether it is safe.
    pub fn applicability(&self) -> Applicability {
        self.applicability
    }

    /// The edits, in order and disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// The text with every edit made, or `None` when one lies outside it, splits a character or
/// overlaps its neighbour.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        result.push_str(text.get(done..edit.span.start)?);
        text.get(edit.span.range())?;
        result.push_str(&edit.text);
        done = edit.span.end;
    }
    result.push_str(text.get(done..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_whole_or_not_at_all() {
        let edits = [Edit::replace(Span::new(0, 1), "xy"), Edit::insert(2, "-")];
        assert_eq!(apply("abc", &edits).as_deref(), Some("xyb-c"));
        assert_eq!(apply("é", &[Edit::delete(Span::new(0, 1))]), None);
        assert_eq!(apply("a", &[Edit::delete(Span::new(0, 2))]), None);
    }
}
