//! What the editor says of its texts -> the texts it has open, kept up to date edit by edit.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::client::path_of;
use super::positions::{ClientLines, ClientRange, PositionEncoding};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::engine::Checked;
use crate::source::{STDIN, Source, too_large};

/// The texts that are open, by their addresses.
pub(super) type OpenTexts = BTreeMap<String, OpenText>;

/// A text that is open in the editor.
#[derive(Debug)]
pub(super) struct OpenText {
    /// Its address, as the editor writes it.
    pub(super) uri: String,
    /// The number that the editor gives its state.
    pub(super) version: i32,
    /// The text.
    pub(super) text: String,
    /// What it is taken for.
    pub(super) kind: TextKind,
    /// What a check of this state found.
    pub(super) checked: Option<Checked>,
    /// Whether the editor is still to be told.
    pub(super) is_overdue: bool,
}

/// What a text is, as far as its name and the editor tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// A `deployment.toml`, by its name.
    Deployment,
    /// TOML, which may be one.
    Toml,
    /// TOML without a name, which may become one.
    Untitled,
    /// `.smsotp-lint.toml`
    Config,
    /// Something else.
    Other,
}

/// A change as the editor tells it: the new text of a range, or of everything.
#[derive(Debug, serde::Deserialize)]
pub(super) struct TextChange {
    /// What goes; everything, if it is not told.
    pub(super) range: Option<ClientRange>,
    /// What comes in its place.
    pub(super) text: String,
}

/// The end of the name of a file that this is all about.
const FILE_NAME: &str = "deployment.toml";
const EXTENSION: &str = ".toml";
const LANGUAGE: &str = "toml";

impl OpenText {
    /// A text that was opened.
    pub(super) fn new(uri: String, language: &str, version: i32, text: String) -> Self {
        let kind = TextKind::of(&uri, language);
        Self { uri, version, text, kind, checked: None, is_overdue: true }
    }

    /// Makes changes, one after the other.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextChange>,
        encoding: PositionEncoding,
    ) {
        for TextChange { range, text } in changes {
            match range {
                Some(range) => {
                    let span = ClientLines::of(&self.text, encoding).span(range);
                    self.text.replace_range(span.range(), &text);
                }
                None => self.text = text,
            }
        }
        self.version = version;
        self.outdate();
    }

    /// Where the file lies, if it is one.
    pub(super) fn path(&self) -> Option<PathBuf> {
        path_of(&self.uri)
    }

    /// The text to read, by the name that a command would have to be given.
    pub(super) fn source(&self) -> Source {
        let name = self.path().map(|path| path.to_string_lossy().into_owned());
        Source::new(name.unwrap_or_else(|| STDIN.to_owned()), self.text.as_str())
    }

    /// Why it is not looked at, if it is too large for that.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        too_large(self.text.as_bytes())
    }

    /// What was found in it, if it has been checked.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        self.checked.as_ref().map_or(&[], |checked| &checked.findings)
    }

    /// Drops what was found in it, since something it depends on has changed.
    pub(super) fn outdate(&mut self) {
        self.checked = None;
        self.is_overdue = true;
    }
}

impl TextKind {
    fn of(uri: &str, language: &str) -> Self {
        let name = uri.rsplit('/').next().unwrap_or(uri);
        let is_file = path_of(uri).is_some();
        match name {
            _ if name == config::FILE_NAME => Self::Config,
            _ if name.ends_with(FILE_NAME) => Self::Deployment,
            _ if language != LANGUAGE && !name.ends_with(EXTENSION) => Self::Other,
            _ if is_file => Self::Toml,
            _ => Self::Untitled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::positions::ClientPosition;
    use super::*;

    #[test]
    fn a_name_or_the_editor_tells_what_a_text_is() {
        for (uri, language, kind) in [
            ("file:///conf/deployment.toml", "plaintext", TextKind::Deployment),
            ("file:///conf/dev-deployment.toml", "toml", TextKind::Deployment),
            ("untitled:deployment.toml", "", TextKind::Deployment),
            ("file:///x/.smsotp-lint.toml", "toml", TextKind::Config),
            ("file:///x/Cargo.toml", "", TextKind::Toml),
            ("file:///x/deployment.toml.j2", "toml", TextKind::Toml),
            ("untitled:Untitled-1", "toml", TextKind::Untitled),
            ("untitled:Untitled-1", "rust", TextKind::Other),
            ("", "", TextKind::Other),
        ] {
            assert_eq!(TextKind::of(uri, language), kind, "{uri}");
        }
    }

    /// Edits at random, told range by range, leave the text that they leave in the editor.
    #[test]
    fn edits_one_by_one_equal_the_whole_text() {
        const PIECES: [&str; 9] =
            ["a", "\u{e9}", "\u{1f600}", "\n", "\r", "\r\n", "\u{feff}", "x = 1\n", ""];
        let mut seed = 7_u64;
        let mut below = |end: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % end
        };
        for encoding in ["utf-8", "utf-16", "utf-32"] {
            let encoding = PositionEncoding::named(encoding).unwrap();
            let mut open = OpenText::new("untitled:1".to_owned(), LANGUAGE, 0, String::new());
            // The editor keeps its lines and their units apart.
            let mut text = String::new();
            for version in 1..2000 {
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let is_inside =
                    |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
                let mut place = || {
                    let at = below(places.len() + 1);
                    let at = places.get(at).copied().unwrap_or(text.len());
                    if is_inside(at) { at + 1 } else { at }
                };
                let (one, other) = (place(), place());
                let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 12));
                let end = (end..=text.len())
                    .find(|at| text.is_char_boundary(*at) && !is_inside(*at))
                    .unwrap();
                let piece = PIECES[below(PIECES.len())].repeat(1 + below(3));
                let range = ClientRange {
                    start: counted(&text, start, encoding),
                    end: counted(&text, end, encoding),
                };
                let change = TextChange { range: Some(range), text: piece.clone() };
                open.change(version, vec![change], encoding);
                text.replace_range(start..end, &piece);
                assert_eq!(open.text, text);
            }
            assert_eq!(open.version, 1999);
            let whole = TextChange { range: None, text: "b".to_owned() };
            open.change(2000, vec![whole], encoding);
            assert_eq!(open.text, "b");
        }
    }

    /// The position of an offset, counted in the plainest way.
    fn counted(text: &str, offset: usize, encoding: PositionEncoding) -> ClientPosition {
        let before = text[..offset].replace("\r\n", "\n").replace('\r', "\n");
        let last = before.rsplit('\n').next().unwrap();
        let character = match encoding {
            PositionEncoding::Utf8 => last.len(),
            PositionEncoding::Utf16 => last.encode_utf16().count(),
            PositionEncoding::Utf32 => last.chars().count(),
        };
        let line = before.matches('\n').count();
        ClientPosition { line: line as u32, character: character as u32 }
    }
}
