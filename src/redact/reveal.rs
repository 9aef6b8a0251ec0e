//! The edits of a fix -> whether printing them would reveal what is masked.

use super::Redacted;
use crate::fix::Edit;
use crate::source::Span;

/// Bytes of a character at most.
const LONGEST_CHARACTER: usize = 4;

impl Redacted<'_> {
    /// Whether the edits write down again a masked text that they take away elsewhere: a table that
    /// moves, a string that is written anew. A single word of it is enough.
    pub fn reveals(&self, edits: &[Edit]) -> bool {
        // Thousands of edits may well write the same.
        let mut texts: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        let written = texts.join("\n");
        edits.iter().filter(|edit| !edit.span.is_empty()).any(|edit| {
            self.masked_within(edit.span).any(|masked| {
                let taken =
                    Span::new(masked.start.max(edit.span.start), masked.end.min(edit.span.end));
                holds_word_of(&written, self.source().slice(taken), taken == masked)
            })
        })
    }

    fn masked_within(&self, span: Span) -> impl Iterator<Item = Span> {
        // A little wider, so that what is cut off looks like no whole.
        let wider = Span::new(span.start.saturating_sub(1), span.end + LONGEST_CHARACTER);
        let pieces = self.windows(wider).flat_map(|window| self.pieces(window));
        let masked = pieces.filter(|piece| piece.masked).map(|piece| piece.span);
        masked.filter(move |masked| masked.start < span.end && span.start < masked.end)
    }
}

/// Whether a text holds a word of what was masked, or all of it where it has no word.
fn holds_word_of(text: &str, masked: &str, is_whole: bool) -> bool {
    let words = masked.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let whole = Some(masked.trim()).filter(|masked| is_whole && !masked.is_empty());
    words.chain(whole).any(|word| text.contains(word))
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
