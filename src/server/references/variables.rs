//! The value of a variable -> the text that the server puts in the place of its reference.
//!
//! The server hands the value to Java's `Matcher.appendReplacement`, which takes `$` and `\\` in it
//! for instructions.

use std::borrow::Cow;

/// A value as it arrives.
pub(super) struct Inserted<'v> {
    pub(super) text: Cow<'v, str>,
    /// Whether it lost a backslash.
    pub(super) is_shortened: bool,
}

/// What takes the place of a reference; `None` where the server stops: at a `$` that is not
/// followed by 0, which gives the reference back, and at a backslash at the end.
pub(super) fn inserted<'v>(value: &'v str, reference: &str) -> Option<Inserted<'v>> {
    if !value.contains(['$', '\\']) {
        return Some(Inserted { text: Cow::Borrowed(value), is_shortened: false });
    }
    let mut text = String::new();
    let mut is_shortened = false;
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                text.push(rest.next()?);
                is_shortened = true;
            }
            '$' if rest.next()? == '0' => text.push_str(reference),
            '$' => return None,
            c => text.push(c),
        }
    }
    Some(Inserted { text: Cow::Owned(text), is_shortened })
}

/// Whether a shell, a container or a chart can set a variable of this name.
pub(super) fn is_plain(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    !name.is_empty() && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_and_backslashes_are_instructions() {
        for (value, text) in [
            ("plain", Some("plain")),
            (r"a\b", Some("ab")),
            (r"pa\$\$word", Some("pa$$word")),
            ("$0x", Some("$env{X}x")),
            ("pa$$word", None),
            ("abc$", None),
            ("a$1b", None),
            ("$ref{a.b}", None),
            (r"tail\", None),
        ] {
            let found = inserted(value, "$env{X}").map(|inserted| inserted.text.into_owned());
            assert_eq!(found.as_deref(), text, "{value}");
        }
    }
}
