//! A place of the document -> what a message may repeat of it: what the view shows, and no more.

use std::borrow::Cow;

use super::{MASK, Redacted};
use crate::source::Span;
use crate::toml::{Key, REFERENCES, dotted, is_bare, leading_keys, named};

impl<'d> Redacted<'d> {
    /// Whether nothing of a span is masked.
    pub fn shows_all(&self, span: Span) -> bool {
        self.windows(span).all(|window| self.pieces(window).iter().all(|piece| !piece.masked))
    }

    /// A dotted path in TOML's own quoting, `"***"` in the place of every name that is masked.
    pub fn path<'k>(&self, keys: impl IntoIterator<Item = &'k Key<'k>>) -> String {
        let name = |key: &'k Key<'k>| match self.shows_all(key.span) {
            true => key.name.as_ref(),
            false => MASK,
        };
        named(keys.into_iter().map(name))
    }

    /// The same for the path of something that is found at a span.
    pub fn path_at<'p>(&self, path: &'p str, span: Span) -> Cow<'p, str> {
        if !path.contains('"') || self.is_visible(span) {
            return Cow::Borrowed(path);
        }
        let keys = leading_keys(path).0;
        let names = keys.iter().map(|key| match is_bare(&key.name) {
            true => key.name.as_ref(),
            false => MASK,
        });
        Cow::Owned(dotted(names))
    }

    /// A reference as written, `***` in the place of a name that is masked.
    pub fn reference(&self, span: Span) -> Cow<'d, str> {
        let text = self.document.source().slice(span);
        if self.shows_all(span) {
            return Cow::Borrowed(text);
        }
        let open = REFERENCES.iter().find(|open| text.starts_with(**open));
        open.map_or(Cow::Borrowed(MASK), |open| Cow::Owned(format!("{open}{MASK}}}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::{Document, Tree};

    fn with_view<T>(text: &str, see: impl FnOnce(&Redacted<'_>) -> T) -> T {
        let source = Source::new("x", text);
        let document = Document::parse(&source);
        see(&Redacted::of(&document, &Section::of(&Tree::of(&document))))
    }

    #[test]
    fn names_in_quotes_for_need_are_repeated_in_this_section_only() {
        let path = |text: &str| {
            with_view(text, |view| {
                let tables = view.document.tables();
                view.path(
                    tables.iter().filter_map(|table| table.header.as_ref()).flat_map(|it| &it.keys),
                )
            })
        };
        assert_eq!(path("[a.\"b\".'hunter 2'.c]\n"), "a.b.\"***\".c");
        assert_eq!(
            path("[authentication.authenticator.\"sms otp\"]\n"),
            "authentication.authenticator.\"sms otp\""
        );
    }

    #[test]
    fn a_path_tells_no_more_than_its_place() {
        let text =
            "a.\"hunter 2\" = 1\n[authentication.authenticator.sms_otp.parameters]\n\"x y\" = 1\n";
        with_view(text, |view| {
            assert_eq!(view.path_at("a.\"hunter 2\"", Span::at(0)), "a.\"***\"");
            let own = Span::at(text.find("\"x y").unwrap());
            assert_eq!(view.path_at("b.\"x y\"", own), "b.\"x y\"");
        });
    }

    #[test]
    fn a_reference_keeps_its_kind() {
        for (text, expected) in [
            ("$env{DB}", "$env{DB}"),
            ("$ref{a.hunter 2}", "$ref{***}"),
            ("$secret{hunter/2}", "$secret{***}"),
            ("\\u0024env{hunter 2}", "***"),
        ] {
            with_view(&format!("a = \"{text}\"\n"), |view| {
                assert_eq!(view.reference(Span::new(5, 5 + text.len())), expected);
            });
        }
    }
}
