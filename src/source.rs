//! The bytes of a file as found: text, line ends, byte order mark, and where each offset lies.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memchr_iter;

/// A half-open range of byte offsets into a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at an offset.
    pub const fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether an offset lies inside or at its end.
    pub const fn covers(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether it lies inside one of these, which are sorted and disjoint.
    pub fn is_within(self, spans: &[Self]) -> bool {
        let next = spans.partition_point(|span| span.start <= self.start);
        next > 0 && spans[next - 1].contains(self)
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range, as slices want it.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1; a byte order mark takes none.
    pub column: usize,
}

/// How a file ends its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnding {
    /// The characters themselves.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// The bytes are not UTF-8 from this offset on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// Offset of the first byte that does not belong.
    pub offset: usize,
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not UTF-8 text (byte {})", self.offset)
    }
}

impl std::error::Error for NotUtf8 {}

/// A file's name and its text, byte for byte.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<usize>>,
    character_counts: OnceLock<Vec<usize>>,
}

/// The most bytes that are read of a file. Of 182 public ones the largest has 33 KB.
pub const LARGEST: usize = 256 << 10;

/// The most lines that may begin a table. `toml_edit` takes time that grows with the square of the
/// number of tables that come again.
const MOST_TABLES: usize = 5_000;

/// The most equals signs, escaped ones included, which all end in `3d`. A value may hold markup, and
/// `roxmltree` takes time that grows with the square of the number of attributes of an element.
const MOST_EQUALS: usize = 10_000;

/// Why a file is not looked at: it is larger than any that this is about.
pub fn too_large(bytes: &[u8]) -> Option<&'static str> {
    if bytes.len() > LARGEST {
        return Some("larger than any deployment.toml: over 256 KiB");
    }
    // In fewer bytes there is no room for as many.
    if bytes.len() <= MOST_TABLES {
        return None;
    }
    let begins_line = |at: &usize| {
        let above =
            bytes[..*at].iter().rev().find(|byte| **byte == b'\n' || !byte.is_ascii_whitespace());
        above.is_none_or(|byte| *byte == b'\n')
    };
    if memchr_iter(b'[', bytes).filter(begins_line).count() > MOST_TABLES {
        return Some("larger than any deployment.toml: over 5,000 tables");
    }
    let is_escape = |at: &usize| matches!(bytes.get(at + 1), Some(b'd' | b'D'));
    let escaped = memchr_iter(b'3', bytes).filter(is_escape).count();
    let equals = memchr_iter(b'=', bytes).count();
    (equals + escaped > MOST_EQUALS)
        .then_some("larger than any deployment.toml: over 10,000 values")
}

/// The name of a text that came from standard input, where no other is given.
pub const STDIN: &str = "<stdin>";

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How many bytes are counted through at most for a column, so that thousands of places in one
/// endless line do not count through all of it each.
const BLOCK: usize = 1024;

impl Source {
    /// Takes a text as it is.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (line_starts, character_counts) = (OnceLock::new(), OnceLock::new());
        Self { name: name.into(), text: text.into(), line_starts, character_counts }
    }

    /// Takes the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, NotUtf8> {
        let text = String::from_utf8(bytes)
            .map_err(|error| NotUtf8 { offset: error.utf8_error().valid_up_to() })?;
        Ok(Self::new(name, text))
    }

    /// The name to show: the path as given, or what stands for standard input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, with its byte order mark if it has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span is none of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where the text begins, behind a byte order mark.
    pub fn start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// The line ending of the first line, which a new line takes too.
    pub fn line_ending(&self) -> LineEnding {
        match self.text.split_once('\n') {
            Some((line, _)) if line.ends_with('\r') => LineEnding::CrLf,
            _ => LineEnding::Lf,
        }
    }

    /// How many lines there are; a final line end begins none.
    pub fn line_count(&self) -> usize {
        let starts = self.line_starts();
        match starts.last() {
            Some(&last) if last == self.text.len() && starts.len() > 1 => starts.len() - 1,
            _ => starts.len(),
        }
    }

    /// The index of the line that holds an offset, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The span of a line by index, without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let starts = self.line_starts();
        let start = starts.get(line).copied().unwrap_or(self.text.len());
        let next = starts.get(line + 1).copied();
        let mut end = next.map_or(self.text.len(), |next| next - 1);
        if next.is_some() && self.text[start..end].ends_with('\r') {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// The span of a line by index, with its line end.
    pub fn full_line_span(&self, line: usize) -> Span {
        let starts = self.line_starts();
        let start = starts.get(line).copied().unwrap_or(self.text.len());
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        Span::new(start, end)
    }

    /// Line and column of an offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let mut start = self.line_span(line).start;
        if line == 0 {
            start = start.max(self.start());
        }
        let before = self.text.get(start..offset).unwrap_or_default();
        let characters = match before.len() {
            ..=BLOCK => characters(before.as_bytes()),
            _ => self.characters_before(offset) - self.characters_before(start),
        };
        Position { line: line + 1, column: characters + 1 }
    }

    /// How many characters of the text begin before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let counts = self.character_counts.get_or_init(|| {
            let blocks = self.text.as_bytes().chunks(BLOCK);
            let sums = blocks.scan(0, |sum, block| {
                *sum += characters(block);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let block = offset / BLOCK;
        counts[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.match_indices('\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        })
    }
}

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let source = Source::new("x", "\u{feff}é = 1\r\nb");
        assert_eq!(source.position(source.start()), Position { line: 1, column: 1 });
        assert_eq!(source.position(source.start() + 2), Position { line: 1, column: 2 });
        assert_eq!(source.position(source.text().len()), Position { line: 2, column: 2 });
        assert_eq!(source.slice(source.line_span(0)), "\u{feff}é = 1");
        assert_eq!(source.line_ending(), LineEnding::CrLf);
        assert_eq!(source.line_count(), 2);
    }

    #[test]
    fn a_table_begins_behind_any_blanks_of_its_line() {
        let tables = |count: usize| "\r [a.b]\nx = [1]\n".repeat(count);
        assert_eq!(too_large(tables(MOST_TABLES).as_bytes()), None);
        assert!(too_large(tables(MOST_TABLES + 1).as_bytes()).is_some());
    }

    #[test]
    fn columns_of_a_long_line_count_the_same() {
        let text = "\u{feff}é\n\u{4f60}b\u{1f600}é".repeat(900);
        let text = format!("x\n{}", text.replace('\n', ""));
        let source = Source::new("x", text.as_str());
        for (column, (offset, _)) in text[2..].char_indices().enumerate() {
            let expected = Position { line: 2, column: column + 1 };
            assert_eq!(source.position(offset + 2), expected);
        }
    }
}
