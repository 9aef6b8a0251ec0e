//! The line of an offset -> what is being written there, and from where on.

use crate::policy::opens_names;
use crate::source::Span;
use crate::toml::leading_keys;

/// What is being written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CursorPlace {
    /// The header of a table.
    Header,
    /// A part of a key; the parts above it stand in front of it, or of the braces around it.
    Key {
        /// Those parts.
        above: Vec<String>,
    },
    /// The value of a key.
    Value {
        /// All of its parts.
        path: Vec<String>,
    },
    /// The names in a comment that silences rules.
    Rules,
    /// Nothing that is known.
    Nowhere,
}

/// What is being written, and where.
#[derive(Debug)]
pub(super) struct Cursor {
    pub(super) place: CursorPlace,
    /// What it takes the place of.
    pub(super) span: Span,
    /// Whether a value is behind it already.
    pub(super) has_value: bool,
    /// Whether nothing else is written on its line.
    pub(super) is_whole_line: bool,
}

impl Cursor {
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
        let before = text[start..offset].trim_start_matches('\u{feff}');
        let start = offset - before.len();
        let line = &text[offset..];
        let behind = &line[..line.find(['\r', '\n']).unwrap_or(line.len())];
        let blanks = before.len() - before.trim_start().len();
        if before[blanks..].starts_with('[') {
            // Many editors close a bracket by themselves.
            let closing = usize::from(behind.starts_with(']'));
            let span = Span::new(start + blanks, offset + closing);
            return Self {
                place: CursorPlace::Header,
                span,
                has_value: false,
                is_whole_line: true,
            };
        }
        let writing = Writing::of(before);
        let (_, rest) = behind.split_at(behind.find(|c| !is_bare(c)).unwrap_or(behind.len()));
        let has_value = rest.trim_start().starts_with('=');
        let word = if has_value { behind.len() - rest.len() } else { 0 };
        let (place, from, to) = writing.place(before, behind, word);
        Self {
            place,
            span: Span::new(start + from, offset + to),
            has_value,
            is_whole_line: from == blanks && behind.trim().is_empty(),
        }
    }
}

/// How far a line has got.
struct Writing {
    /// The keys of the braces that are open, and how many there were before each.
    above: Vec<String>,
    levels: Vec<usize>,
    /// Where the key begins.
    key: usize,
    /// Where its value begins.
    value: Option<usize>,
    comment: Option<usize>,
}

impl Writing {
    fn of(before: &str) -> Self {
        let mut writing =
            Self { above: Vec::new(), levels: Vec::new(), key: 0, value: None, comment: None };
        let mut quote = None;
        let mut is_escaped = false;
        for (at, c) in before.char_indices() {
            if let Some(open) = quote {
                let ends = c == open && !is_escaped;
                is_escaped = open == '"' && c == '\\' && !is_escaped;
                quote = (!ends).then_some(open);
                continue;
            }
            match (c, writing.value) {
                ('"' | '\'', _) => quote = Some(c),
                ('#', _) => {
                    writing.comment = Some(at);
                    break;
                }
                ('=', None) => writing.value = Some(at + 1),
                ('{', Some(_)) => {
                    writing.levels.push(writing.above.len());
                    let path = writing.path(before);
                    writing.above.extend(path);
                    (writing.key, writing.value) = (at + 1, None);
                }
                ('}', _) => {
                    let level = writing.levels.pop().unwrap_or_default();
                    writing.above.truncate(level);
                    (writing.key, writing.value) = (at + 1, Some(at + 1));
                }
                (',', _) if !writing.levels.is_empty() => {
                    (writing.key, writing.value) = (at + 1, None);
                }
                _ => {}
            }
        }
        writing
    }

    /// What is written there, where that begins, and how far it goes on behind the offset: for a
    /// key, to the end of this word.
    fn place(self, before: &str, behind: &str, word: usize) -> (CursorPlace, usize, usize) {
        let blanks = |from: usize| from + before[from..].len() - before[from..].trim_start().len();
        if let Some(comment) = self.comment {
            let names = opens_names(&before[comment..]).map(|from| comment + from);
            let from = names.map_or(before.len(), blanks);
            return (names.map_or(CursorPlace::Nowhere, |_| CursorPlace::Rules), from, 0);
        }
        if let Some(value) = self.value {
            let path = self.path(before);
            let from = blanks(value);
            let quote = before[from..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let to = quote.is_some_and(|quote| behind.starts_with(quote));
            let place = if path.is_empty() {
                CursorPlace::Nowhere
            } else {
                CursorPlace::Value { path: self.full(path) }
            };
            return (place, from, usize::from(to));
        }
        let written = &before[self.key..];
        let from = match written.rfind('.') {
            Some(dot) => self.key + dot + 1,
            None => self.key,
        };
        let mut above = names(&format!("{}x =", &before[self.key..from]));
        above.pop();
        (CursorPlace::Key { above: self.full(above) }, blanks(from), word)
    }

    /// The parts of the key.
    fn path(&self, before: &str) -> Vec<String> {
        names(&before[self.key..self.value.unwrap_or(before.len())])
    }

    fn full(&self, path: Vec<String>) -> Vec<String> {
        self.above.iter().cloned().chain(path).collect()
    }
}

/// The parts of a key with its equals sign.
fn names(entry: &str) -> Vec<String> {
    leading_keys(entry).0.into_iter().map(|key| key.name.into_owned()).collect()
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
