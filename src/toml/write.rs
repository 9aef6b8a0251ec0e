//! Names and texts -> their spelling in TOML.

use std::borrow::Cow;

/// A dotted path in TOML's own quoting.
pub fn dotted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted_key).collect::<Vec<_>>().join(".")
}

/// The longest path that is named in full.
const LONGEST: usize = 1000;

/// A dotted path to name in a report. The end of a very long one is left out: a header of a
/// million parts would otherwise be repeated in the finding of each entry below it.
pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut room = LONGEST;
    let mut is_cut = false;
    let mut path = dotted(names.into_iter().take_while(|name| {
        is_cut |= room < name.len() + 1;
        room = room.saturating_sub(name.len() + 1);
        !is_cut
    }));
    if is_cut {
        path.push_str(if path.is_empty() { "\u{2026}" } else { ".\u{2026}" });
    }
    path
}

/// Whether a key part can stand without quotes.
pub fn is_bare(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    !name.is_empty() && name.bytes().all(plain)
}

/// A key part as TOML writes it: bare where it can be.
pub fn quoted_key(name: &str) -> Cow<'_, str> {
    if is_bare(name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(quoted_string(name))
}

/// A string as TOML 0.5 and later read it, in double quotes.
pub fn quoted_string(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if c.is_control() => result.push_str(&format!("\\u{:04X}", c as u32)),
            c => result.push(c),
        }
    }
    result.push('"');
    result
}
