//! A piece of a document -> what a message may repeat of it.

use std::borrow::Cow;
use std::ops::Range;

use super::{MASK, Redacted, is_reference};
use crate::message::Shown;
use crate::section::SettingEntry;
use crate::server::{MappedText, java_text};
use crate::settings::Setting;
use crate::source::Span;
use crate::toml::{
    Fault, Key, REFERENCES, Value, dotted, is_bare, leading_keys, named, quoted_key,
};

/// Characters of a value in a message.
const VALUE: usize = 40;
/// Characters of a name or a text in a message.
const TEXT: usize = 100;

/// One line of a text, and no more than so many characters.
fn clip(text: &str, longest: usize) -> Shown {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= longest {
        return Shown::by_view(text.to_owned());
    }
    Shown::by_view(line.chars().take(longest).chain(['\u{2026}']).collect())
}

/// A word as a shell wants it, in quotes where it needs them.
fn for_shell(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

fn masked() -> Shown {
    Shown::by_view(MASK.to_owned())
}

impl Redacted<'_> {
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

    /// A value as it is written.
    pub fn value(&self, written: &SettingEntry<'_>) -> Shown {
        clip(&self.shown(written.entry.value_span), VALUE)
    }

    /// The name of the file, as a shell wants it: for a command in a message.
    pub fn file_for_shell(&self) -> Shown {
        let file = self.source().name();
        let lead = if file.starts_with('-') { "./" } else { "" };
        Shown::by_view(for_shell(&format!("{lead}{file}")).into_owned())
    }

    /// What is at a place.
    pub fn excerpt(&self, span: Span) -> Shown {
        clip(&self.shown(span), TEXT)
    }

    /// One part of a key, as TOML writes it.
    pub fn key(&self, key: &Key<'_>) -> Shown {
        match self.shows_all(key.span) {
            true => clip(&quoted_key(&key.name), TEXT),
            false => masked(),
        }
    }

    /// The path of a table or a setting, as TOML writes it.
    pub fn dotted<'k>(&self, keys: impl IntoIterator<Item = &'k Key<'k>>) -> Shown {
        clip(&self.path(keys), TEXT)
    }

    /// The text that a table with this one entry becomes.
    pub fn as_map(&self, key: &Key<'_>, value: &Value<'_>, place: Span) -> Shown {
        match self.shows_all(key.span) && self.shows_all(place) {
            true => Shown::by_view(format!("{{{}={}}}", key.name, java_text::text(value))),
            false => masked(),
        }
    }

    /// The text that the server reads for a setting.
    pub fn text(&self, setting: &Setting<'_>) -> Shown {
        match setting.text() {
            Some(text) => self.made_of(setting, text),
            None => masked(),
        }
    }

    /// A text that is made of what the server reads for a setting.
    pub fn made_of(&self, setting: &Setting<'_>, text: &str) -> Shown {
        match setting.is_from_reference() {
            true => masked(),
            false => clip(text, TEXT),
        }
    }

    /// A part of a text that the server reads, which a reference may have brought there.
    pub fn part(&self, text: &MappedText, range: Range<usize>) -> Shown {
        self.part_read(text, range, str::to_owned)
    }

    /// What the server makes of such a part.
    pub fn part_read(
        &self,
        text: &MappedText,
        range: Range<usize>,
        read: impl Fn(&str) -> String,
    ) -> Shown {
        let place = text.written(range.clone());
        match place.is_some_and(|place| self.shows_all(place)) {
            true => clip(&read(text.text().get(range).unwrap_or_default()), TEXT),
            false => masked(),
        }
    }

    /// The path of something that is found at a span, `"***"` in the place of every name that is
    /// masked.
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

    /// The same for a message.
    pub fn path_shown(&self, path: &str, span: Span) -> Shown {
        clip(&self.path_at(path, span), TEXT)
    }

    /// A reference to a key of the file, if its name may be shown.
    pub fn reference_to(&self, key: &str) -> Option<Shown> {
        let reference = format!("$ref{{{key}}}");
        is_reference(&reference).then(|| clip(&reference, TEXT))
    }

    /// What keeps a text from being TOML, with what is there if that is to be named.
    pub fn fault(&self, fault: &Fault, is_named: bool) -> Shown {
        let name = is_named.then(|| self.source().slice(fault.span));
        Shown::by_view(fault.message(name))
    }

    /// A line written anew, if nothing of the old one is masked.
    pub fn rewritten(&self, text: &str, line: Span) -> Option<Shown> {
        self.shows_all(line).then(|| clip(text, TEXT))
    }

    /// A reference as written, `***` in the place of a name that is masked.
    pub fn reference_at(&self, span: Span) -> Shown {
        let text = self.source().slice(span);
        if self.shows_all(span) {
            return clip(text, TEXT);
        }
        let open = REFERENCES.iter().find(|open| text.starts_with(**open));
        open.map_or_else(masked, |open| clip(&format!("{open}{MASK}}}"), TEXT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::{Document, Tree};

    #[test]
    fn a_shell_reads_the_word_that_was_meant() {
        for (word, expected) in [
            ("conf/deployment.toml", "conf/deployment.toml"),
            ("Tags=MFA", "Tags=MFA"),
            ("my conf/x.toml", "'my conf/x.toml'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(for_shell(word), expected);
        }
    }

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
                assert_eq!(&*view.reference_at(Span::new(5, 5 + text.len())), expected);
            });
        }
    }
}
