//! The edits of a fix -> whether printing them would reveal what is masked.

use std::collections::{BTreeSet, HashSet};

use super::{Redacted, floor};
use crate::fix::Edit;
use crate::source::Span;

/// Bytes of a character at most.
const LONGEST_CHARACTER: usize = 4;

impl Redacted<'_> {
    /// Whether the edits write down again a masked text that they take away elsewhere: a table that
    /// moves, a string that is written anew. A single word of it is enough.
    pub fn reveals(&self, edits: &[Edit]) -> bool {
        let mut words = NewTexts::of(edits);
        edits.iter().filter(|edit| !edit.span.is_empty()).any(|edit| {
            self.masked_within(edit.span).any(|masked| {
                let taken =
                    Span::new(masked.start.max(edit.span.start), masked.end.min(edit.span.end));
                words.tell(self.source().slice(taken), taken == masked)
            })
        })
    }

    fn masked_within(&self, span: Span) -> impl Iterator<Item = Span> {
        let source = self.source();
        let lines = source.line_of(span.start)..=source.line_of(span.end);
        let pieces = lines.flat_map(move |index| {
            // A little wider, so that what is cut off looks like no whole.
            let line = source.line_span(index);
            let start = floor(source.text(), span.start.saturating_sub(1));
            let end = floor(source.text(), span.end + LONGEST_CHARACTER);
            self.pieces(Span::new(
                start.clamp(line.start, line.end),
                end.clamp(line.start, line.end),
            ))
        });
        let masked = pieces.filter(|piece| piece.masked).map(|piece| piece.span);
        masked.filter(move |masked| masked.start < span.end && span.start < masked.end)
    }
}

/// The texts that edits write, each once: thousands of edits may well write the same.
struct NewTexts<'e> {
    texts: BTreeSet<&'e str>,
    /// New texts that are in none of them.
    absent: HashSet<String>,
}

impl<'e> NewTexts<'e> {
    fn of(edits: &'e [Edit]) -> Self {
        let texts = edits.iter().map(|edit| edit.text.as_str()).filter(|text| !text.is_empty());
        Self { texts: texts.collect(), absent: HashSet::new() }
    }

    /// Whether one of them holds a word of what was masked, or all of it where it has no word.
    fn tell(&mut self, masked: &str, whole: bool) -> bool {
        let words = masked.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let whole = Some(masked.trim()).filter(|text| whole && !text.is_empty());
        words.chain(whole).any(|word| self.hold(word))
    }

    fn hold(&mut self, word: &str) -> bool {
        if self.absent.contains(word) {
            return false;
        }
        let found = self.texts.iter().any(|text| text.contains(word));
        if !found {
            self.absent.insert(word.to_owned());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::{Document, Tree};

    const TEXT: &str = "\
[authentication.authenticator.sms_otp.parameters]
order = \"up&down\"
[database]
port = 5432 # S3CRETx
url = \"a&S3CRETx\"
";

    fn reveals(edits: &[Edit]) -> bool {
        let source = Source::new("x", TEXT);
        let document = Document::parse(&source);
        Redacted::of(&document, &Section::of(&Tree::of(&document))).reveals(edits)
    }

    fn at(text: &str) -> Span {
        let start = TEXT.find(text).unwrap();
        Span::new(start, start + text.len())
    }

    #[test]
    fn what_is_inside_the_section_may_be_written_again() {
        let line = "order = \"up&down\"\n";
        assert!(!reveals(&[Edit::insert(0, line), Edit::delete(at(line))]));
        assert!(!reveals(&[Edit::replace(at("\"up&down\""), "\"up&amp;down\"")]));
    }

    #[test]
    fn a_foreign_line_may_not_move_in_sight() {
        let line = "url = \"a&S3CRETx\"\n";
        assert!(reveals(&[Edit::insert(0, line), Edit::delete(at(line))]));
        assert!(reveals(&[Edit::insert(0, "# S3CRETx\n"), Edit::delete(at("# S3CRETx\n"))]));
        assert!(!reveals(&[Edit::insert(0, "[database]\n"), Edit::delete(at("[database]\n"))]));
        assert!(!reveals(&[Edit::delete(at(line))]));
    }

    #[test]
    fn a_foreign_string_may_be_mended_but_not_written_anew() {
        assert!(!reveals(&[Edit::replace(Span::at(at("&S3").start), "\\t")]));
        let ampersand = Span::new(at("&S3").start, at("&S3").start + 1);
        assert!(!reveals(&[Edit::replace(ampersand, "&amp;")]));
        assert!(reveals(&[Edit::replace(at("\"a&S3CRETx\""), "\"a&amp;S3CRETx\"")]));
        assert!(!reveals(&[Edit::replace(at("5432"), "5433")]));
    }
}
