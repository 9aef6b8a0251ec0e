//! Byte offsets of a text <-> the positions of an editor, which count the units of an encoding in
//! lines that end with LF, CR LF or a lone CR. A byte order mark is a character like any other.

use serde::{Deserialize, Serialize};

use crate::redact::floor;
use crate::source::Span;

/// What the characters of a line are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// What every editor knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl PositionEncoding {
    /// Every one, by the names of the protocol.
    const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    /// The name in the protocol.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    /// The encoding of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.as_str() == name)
    }

    /// How many units a character takes.
    const fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A place between two characters; both count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct ClientPosition {
    /// The line.
    pub(super) line: u32,
    /// How many units stand before it in the line.
    pub(super) character: u32,
}

/// From one place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ClientRange {
    /// Where it begins.
    pub(super) start: ClientPosition,
    /// Where it ends.
    pub(super) end: ClientPosition,
}

/// A text as an editor counts it.
#[derive(Debug)]
pub(super) struct ClientLines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: PositionEncoding,
}

impl<'t> ClientLines<'t> {
    /// Finds the lines of a text.
    pub(super) fn of(text: &'t str, encoding: PositionEncoding) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let begins = (0..bytes.len()).filter(ends).map(|end| end + 1);
        Self { text, starts: std::iter::once(0).chain(begins).collect(), encoding }
    }

    /// The text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The offset of a position: never within a character, and where the position lies behind the
    /// end of its line or of the text, that end.
    pub(super) fn offset(&self, position: ClientPosition) -> usize {
        let Some(line) = self.line(position.line as usize) else { return self.text.len() };
        let mut left = position.character as usize;
        for (at, c) in self.text[line.range()].char_indices() {
            let units = self.encoding.units(c);
            if left < units {
                return line.start + at;
            }
            left -= units;
        }
        line.end
    }

    /// The position of an offset.
    pub(super) fn position(&self, offset: usize) -> ClientPosition {
        let offset = floor(self.text, offset);
        let index = self.starts.partition_point(|start| *start <= offset) - 1;
        let line = self.line(index).unwrap_or_default();
        let before = &self.text[line.start..offset.min(line.end)];
        let units: usize = before.chars().map(|c| self.encoding.units(c)).sum();
        let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
        ClientPosition { line: narrow(index), character: narrow(units) }
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> ClientRange {
        ClientRange { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The span of a range, be it given backwards.
    pub(super) fn span(&self, range: ClientRange) -> Span {
        Span::at(self.offset(range.start)).to(Span::at(self.offset(range.end)))
    }

    /// A line without its end.
    fn line(&self, index: usize) -> Option<Span> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\r', '\n']);
        Some(Span::new(start, start + content.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [PositionEncoding; 3] = PositionEncoding::ALL;
    const TEXT: &str = "\u{feff}a\u{e9}\r\n\u{1f600}b\rc\n\nlast";

    fn at(line: u32, character: u32) -> ClientPosition {
        ClientPosition { line, character }
    }

    #[test]
    fn every_offset_comes_back_in_every_encoding() {
        for encoding in ALL {
            let lines = ClientLines::of(TEXT, encoding);
            for (offset, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                let is_within_line_end =
                    TEXT[..offset].ends_with('\r') && TEXT[offset..].starts_with('\n');
                let expected = if is_within_line_end { offset - 1 } else { offset };
                assert_eq!(lines.offset(lines.position(offset)), expected, "{offset} {encoding:?}");
            }
        }
    }

    #[test]
    fn units_are_those_of_the_encoding() {
        let b = TEXT.find('b').unwrap();
        for (encoding, before) in ALL.into_iter().zip([4, 2, 1]) {
            assert_eq!(ClientLines::of(TEXT, encoding).position(b), at(1, before));
        }
        // The byte order mark, a and \u{e9}.
        let end = TEXT.find('\r').unwrap();
        for (encoding, before) in ALL.into_iter().zip([6, 3, 3]) {
            assert_eq!(ClientLines::of(TEXT, encoding).position(end), at(0, before));
        }
    }

    #[test]
    fn lines_end_in_three_ways() {
        let lines = ClientLines::of(TEXT, PositionEncoding::Utf8);
        assert_eq!(lines.position(TEXT.find('c').unwrap()), at(2, 0));
        assert_eq!(lines.position(TEXT.find("last").unwrap()), at(4, 0));
        assert_eq!(ClientLines::of("", PositionEncoding::Utf8).position(0), at(0, 0));
        assert_eq!(ClientLines::of("a\n", PositionEncoding::Utf8).position(2), at(1, 0));
    }

    #[test]
    fn what_lies_outside_falls_to_the_nearest_end() {
        let lines = ClientLines::of(TEXT, PositionEncoding::Utf16);
        assert_eq!(lines.offset(at(0, 99)), TEXT.find('\r').unwrap());
        assert_eq!(lines.offset(at(u32::MAX, u32::MAX)), TEXT.len());
        assert_eq!(lines.offset(at(4, u32::MAX)), TEXT.len());
        // Between the two halves of a surrogate pair.
        assert_eq!(lines.offset(at(1, 1)), TEXT.find('\u{1f600}').unwrap());
        let backwards = ClientRange { start: at(4, 0), end: at(2, 0) };
        assert_eq!(&TEXT[lines.span(backwards).range()], "c\n\n");
        assert_eq!(lines.position(usize::MAX), lines.position(TEXT.len()));
    }
}
