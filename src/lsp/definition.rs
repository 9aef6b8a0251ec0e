//! A place in a reference -> the value that it takes.

use crate::analysis::Analysis;
use crate::server::Model;
use crate::source::Span;
use crate::toml::{Node, REFERENCES};

/// A reference in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReferenceAt<'t> {
    /// From its `$` to its brace.
    pub(super) span: Span,
    /// Its opening: `$ref{` and the like.
    pub(super) open: &'static str,
    /// What is between the braces.
    pub(super) name: &'t str,
}

/// The table with the values of `$secret`.
const SECRETS: &str = "secrets";

impl<'t> ReferenceAt<'t> {
    /// The reference that holds an offset.
    pub(super) fn find(text: &'t str, offset: usize) -> Option<Self> {
        let line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let start = text[line..].char_indices().take_while(|(at, _)| line + at <= offset);
        let start = line + start.filter(|(_, c)| *c == '$').last()?.0;
        let open = REFERENCES.into_iter().find(|open| text[start..].starts_with(open))?;
        let name = text[start + open.len()..].split(['}', '\n']).next()?;
        let end = start + open.len() + name.len() + 1;
        let span = Span::new(start, end);
        let is_closed = text[..end.min(text.len())].ends_with('}');
        (is_closed && offset < end).then_some(Self { span, open, name })
    }

    /// The key of the value that it takes: for `$ref` anywhere in the file, for `$secret` in
    /// `[secrets]`. What `$env` and `$sys` name is in no file.
    pub(super) fn target(self, analysis: &Analysis<'_>) -> Option<Span> {
        match self.open {
            "$ref{" => {
                let target = Model::target(&analysis.tree, analysis.profile, self.name)?;
                Some(target.key_span())
            }
            "$secret{" => {
                let entry = analysis.tree.at([SECRETS, self.name]).and_then(Node::entry)?;
                Some(entry.entry.key_span())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_from_its_first_to_its_last_character() {
        let text = "a = \"$x$ref{b.c}$env{D}\"\nb.c = '$ref{'\n";
        let found = |offset| ReferenceAt::find(text, offset).map(|it| (it.open, it.name));
        let first = text.find("$ref").unwrap();
        let end = text.find("$env").unwrap();
        assert_eq!(found(first - 1), None);
        for offset in first..end {
            assert_eq!(found(offset), Some(("$ref{", "b.c")), "{offset}");
        }
        assert_eq!(found(end), Some(("$env{", "D")));
        assert_eq!(found(text.rfind('{').unwrap()), None);
        assert_eq!(found(text.len()), None);
    }
}
