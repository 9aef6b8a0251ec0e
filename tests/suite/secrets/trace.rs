//! The pieces of secrets, and the outputs they are found in.

use std::collections::HashMap;

use smsotp_lint::Document;
use smsotp_lint::section::Section;
use smsotp_lint::source::{Source, Span};
use smsotp_lint::toml::Tree;

use super::plant::{LETTERS, Planted};

/// A piece of this many bytes counts as the secret.
const PIECE: usize = 6;

/// Every piece of the secrets of some documents, and the number of the document.
#[derive(Default)]
pub(super) struct Traces(HashMap<Vec<u8>, usize>);

impl Traces {
    /// Adds a secret that is in no document.
    pub(super) fn add(&mut self, secret: &str, number: usize) {
        for piece in secret.as_bytes().windows(PIECE) {
            self.0.insert(piece.to_owned(), number);
        }
    }

    /// Adds the secrets of a document, save for what its damage has made public.
    pub(super) fn add_all(&mut self, planted: &Planted, number: usize) {
        let source = Source::new("x", &*planted.text);
        let document = Document::parse(&source);
        let section = Section::of(&Tree::of(&document));
        for secret in &planted.secrets {
            for start in 0..=secret.len() - PIECE {
                let piece = &secret[start..start + PIECE];
                if !is_public(&document, &section, piece) {
                    self.0.insert(piece.as_bytes().to_owned(), number);
                }
            }
        }
    }

    /// The first line with a piece in it, and the number of the document that it is from.
    pub(super) fn find(&self, output: &[u8]) -> Option<(String, usize)> {
        output.split(|byte| *byte == b'\n').find_map(|line| {
            let words = line.split(|byte| !LETTERS.contains(byte));
            let number =
                words.flat_map(|word| word.windows(PIECE)).find_map(|piece| self.0.get(piece))?;
            Some((String::from_utf8_lossy(line).trim().to_owned(), *number))
        })
    }
}

/// Whether a piece stands where everything is shown: in this section of a text that is TOML, in a
/// key that has or needs no quotes, or in the name of a reference.
fn is_public(document: &Document<'_>, section: &Section<'_>, piece: &str) -> bool {
    let text = document.source().text();
    text.match_indices(piece).any(|(at, _)| {
        // A comment belongs to what it stands behind.
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = text[line..at].split_once(" #").map(|(before, _)| before.trim_end());
        let at_own = before.map_or(at, |before| line + before.len().saturating_sub(1));
        let is_ours = || section.visible.iter().any(|span| span.contains(Span::at(at_own)));
        is_key(text, at) || is_name(text, at) || document.faults().is_empty() && is_ours()
    })
}

/// Whether the word at an offset is a key, or reads like one.
fn is_key(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let before = text[line..at].trim_end_matches(is_bare);
    let behind = text[at..].trim_start_matches(is_bare);
    let is_header = behind.starts_with(']') && before.trim_start().starts_with('[');
    let behind = behind.strip_prefix(['"', '\'']).unwrap_or(behind);
    is_header || behind.trim_start_matches([' ', '\t']).starts_with('=')
}

/// Whether it is in a `$ref{..}` or the like whose name is nothing but a name.
fn is_name(text: &str, at: usize) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '\'' | '"');
    let before = text[..at].trim_end_matches(is_name);
    let opens = ["$ref{", "$env{", "$sys{", "$secret{"].iter().any(|open| before.ends_with(open));
    opens && text[at..].trim_start_matches(is_name).starts_with('}')
}
