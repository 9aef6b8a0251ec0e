//! A string as written -> the text the server reads in it, with the place in the file of every
//! byte, also when references in it have been replaced.

use std::ops::Range;

use crate::source::{Source, Span};

/// The most that one replacement may add: a few lines that double each other would otherwise
/// fill the memory.
const LONGEST: usize = 1 << 20;

/// A text whose bytes know where they come from.
#[derive(Debug, Clone)]
pub struct MappedText {
    text: String,
    /// In the order of the text, and covering all of it.
    runs: Vec<Stretch>,
    all: Span,
}

/// Bytes that come from one place; it reaches up to the next one.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Where in the text it begins.
    start: usize,
    origin: StretchOrigin,
}

#[derive(Debug, Clone, Copy)]
enum StretchOrigin {
    /// The same bytes stand in the file, from this offset on.
    Verbatim(usize),
    /// An escape or a line end of the file says them.
    Escape(Span),
    /// They stand for something else.
    Replaced(Span),
}

impl MappedText {
    /// Reads a string or a key as the server does: line ends in it become `\n`, and a backslash
    /// at the end of a line goes while the line end stays.
    pub fn read(source: &Source, span: Span) -> Self {
        let written = source.slice(span);
        let (open, basic, long) = match written.as_bytes() {
            [b'"', b'"', b'"', _, _, _, ..] => (3, true, true),
            [b'\'', b'\'', b'\'', _, _, _, ..] => (3, false, true),
            [b'"', _, ..] => (1, true, false),
            [b'\'', _, ..] => (1, false, false),
            _ => (0, false, false),
        };
        let mut reader = StringReader { written, at: open, offset: span.start };
        if long {
            reader.skip_line_end();
        }
        let end = written.len() - open;
        let mut mapped = Self::nothing(span);
        while reader.at < end {
            let rest = &written[reader.at..end];
            let is_special = |c: char| c == '\r' || basic && c == '\\';
            let plain = &rest[..rest.find(is_special).unwrap_or(rest.len())];
            mapped.push(plain, StretchOrigin::Verbatim(span.start + reader.at));
            reader.at += plain.len();
            if reader.at < end {
                let start = reader.at;
                let Some(c) = (if basic { reader.basic() } else { reader.literal() }) else {
                    break;
                };
                mapped.push(c.encode_utf8(&mut [0; 4]), StretchOrigin::Escape(reader.place(start)));
            }
        }
        mapped
    }

    /// A text that stands as a whole for a value, such as that of a number.
    pub fn whole(text: &str, span: Span) -> Self {
        let mut mapped = Self::nothing(span);
        mapped.push(text, StretchOrigin::Replaced(span));
        mapped
    }

    fn nothing(all: Span) -> Self {
        Self { text: String::new(), runs: Vec::new(), all }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the text is in the file; the whole value for a part of no length.
    pub fn place(&self, part: Range<usize>) -> Span {
        let places = self.runs_of(part).map(|(origin, part)| match origin {
            StretchOrigin::Verbatim(offset) => Span::new(offset, offset + part.len()),
            StretchOrigin::Escape(place) | StretchOrigin::Replaced(place) => place,
        });
        places.reduce(Span::to).unwrap_or(self.all)
    }

    /// The place of a part of the text that is in the file as such, be it escaped; `None` when
    /// a reference brings some of it in, or it stands for a value that is no string.
    pub fn written(&self, part: Range<usize>) -> Option<Span> {
        let is_written = |(origin, _)| !matches!(origin, StretchOrigin::Replaced(_));
        let is_whole = part.end <= self.text.len() && self.runs_of(part.clone()).all(is_written);
        is_whole.then(|| self.place(part))
    }

    /// Replaces every occurrence of a text; what comes in stands where the replaced one stood.
    /// False, and nothing is done, when the text would grow out of all proportion.
    pub fn replace(&mut self, from: &str, to: &str) -> bool {
        let added = self.text.matches(from).count().saturating_mul(to.len());
        if added > LONGEST {
            return false;
        }
        let mut result = Self::nothing(self.all);
        let mut done = 0;
        for (at, _) in self.text.match_indices(from) {
            let end = at + from.len();
            result.keep(self, done..at);
            result.push(to, StretchOrigin::Replaced(self.place(at..end)));
            done = end;
        }
        result.keep(self, done..self.text.len());
        *self = result;
        true
    }

    fn keep(&mut self, other: &Self, part: Range<usize>) {
        for (origin, part) in other.runs_of(part) {
            self.push(&other.text[part], origin);
        }
    }

    fn push(&mut self, text: &str, origin: StretchOrigin) {
        if !text.is_empty() {
            self.runs.push(Stretch { start: self.text.len(), origin });
            self.text.push_str(text);
        }
    }

    /// Where each piece of a part of the text comes from.
    fn runs_of(&self, part: Range<usize>) -> impl Iterator<Item = (StretchOrigin, Range<usize>)> {
        let first = self.runs.partition_point(|run| run.start <= part.start).saturating_sub(1);
        let ends = self.runs.iter().skip(first + 1).map(|run| run.start);
        let ends = ends.chain([self.text.len()]);
        let begun = self.runs[first..].iter().take_while(move |run| run.start < part.end);
        begun.zip(ends).filter_map(move |(run, end)| {
            let piece = run.start.max(part.start)..end.min(part.end);
            let origin = match run.origin {
                StretchOrigin::Verbatim(offset) => {
                    StretchOrigin::Verbatim(offset + (piece.start - run.start))
                }
                origin => origin,
            };
            (!piece.is_empty()).then_some((origin, piece))
        })
    }
}

/// Walks over the characters between the quotes.
struct StringReader<'w> {
    written: &'w str,
    at: usize,
    offset: usize,
}

impl StringReader<'_> {
    fn place(&self, start: usize) -> Span {
        Span::new(self.offset + start, self.offset + self.at)
    }

    fn rest(&self) -> &str {
        &self.written[self.at..]
    }

    fn skip_line_end(&mut self) -> bool {
        let end = ["\r\n", "\n"].into_iter().find(|end| self.rest().starts_with(end));
        self.at += end.map_or(0, str::len);
        end.is_some()
    }

    fn literal(&mut self) -> Option<char> {
        if self.skip_line_end() {
            return Some('\n');
        }
        let c = self.rest().chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn basic(&mut self) -> Option<char> {
        if !self.rest().starts_with('\\') {
            return self.literal();
        }
        self.at += 1;
        let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        if self.rest()[blanks..].starts_with(['\r', '\n']) {
            self.at += blanks;
            return self.literal();
        }
        let escape = self.literal()?;
        Some(match escape {
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            'x' => self.hexadecimal(2),
            'u' => self.hexadecimal(4),
            'U' => self.hexadecimal(8),
            c => c,
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> char {
        let hex = self.rest().get(..digits).unwrap_or_default();
        let code = u32::from_str_radix(hex, 16).ok();
        self.at += hex.len();
        code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> (Source, MappedText) {
        let source = Source::new("x", written);
        let mapped = MappedText::read(&source, Span::new(0, written.len()));
        (source, mapped)
    }

    #[test]
    fn reads_strings_as_the_server_does() {
        let pairs = [
            (r#""a\u0026\"b\\""#, "a&\"b\\"),
            (r"'a\u0026'", r"a\u0026"),
            ("\"\"\"\r\ntrue\r\n\"\"\"", "true\n"),
            ("'''\nraw'''", "raw"),
            ("\"\"\"a \\\n   b\"\"\"", "a \n   b"),
            ("\"\"", ""),
            ("bare", "bare"),
        ];
        for (written, text) in pairs {
            assert_eq!(read(written).1.text(), text, "{written}");
        }
    }

    #[test]
    fn finds_the_place_of_every_byte_behind_escapes_and_replacements() {
        let (source, mut mapped) = read(r#""\u00e9 $env{A}$ref{b}""#);
        let at = |mapped: &MappedText, part: &str| {
            let start = mapped.text().find(part).unwrap();
            source.slice(mapped.place(start..start + part.len())).to_owned()
        };
        assert_eq!(at(&mapped, "é"), r"\u00e9");
        assert_eq!(at(&mapped, "$ref{b}"), "$ref{b}");
        mapped.replace("$env{A}", "xy");
        assert_eq!(mapped.text(), "é xy$ref{b}");
        assert_eq!(at(&mapped, "y"), "$env{A}");
        assert_eq!(at(&mapped, "$ref{b}"), "$ref{b}");
        assert_eq!(mapped.written(3..4), None);
        assert!(mapped.written(0..2).is_some());
    }
}
