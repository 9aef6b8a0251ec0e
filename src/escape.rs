//! Characters that steer a terminal or hide from the eye -> their code points in plain letters.

use std::borrow::Cow;
use std::fmt::Write;

/// A text in which nothing can steer the terminal, turn the direction of reading or hide:
/// `\u{202E}` stands for the character of that number, and `\t` for a TAB.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == '\t' || must_escape(c)) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push(&mut result, c);
    }
    Cow::Owned(result)
}

/// Adds a character, escaped if need be.
pub(super) fn push(result: &mut String, c: char) {
    if c == '\t' {
        result.push_str("\\t");
    } else if must_escape(c) {
        // Writing to a string cannot fail.
        let _ = write!(result, "\\u{{{:X}}}", u32::from(c));
    } else {
        result.push(c);
    }
}

/// Whether a character may not reach a terminal as it is.
pub(crate) fn must_escape(c: char) -> bool {
    match c {
        '\t' => false,
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator.
        '\u{AD}' | '\u{61C}' | '\u{180E}' => true,
        // Zero width characters and marks of direction.
        '\u{200B}'..='\u{200F}' => true,
        // Line and paragraph separators, embeddings and overrides.
        '\u{2028}'..='\u{202E}' => true,
        // Word joiner, invisible operators, isolates.
        '\u{2060}'..='\u{206F}' => true,
        // The byte order mark, interlinear annotations, tags.
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_plain_text_alone() {
        assert!(matches!(escape("a b \u{e9} \u{4f60} \u{1f600}"), Cow::Borrowed(_)));
    }

    #[test]
    fn spells_out_what_steers_or_hides() {
        assert_eq!(escape("a\tb"), r"a\tb");
        assert_eq!(escape("a\u{1b}[31m\rb\n"), r"a\u{1B}[31m\u{D}b\u{A}");
        assert_eq!(escape("\u{9b}\u{7f}\u{0}"), r"\u{9B}\u{7F}\u{0}");
        assert_eq!(escape("\u{202e}\u{2066}\u{200f}\u{61c}"), r"\u{202E}\u{2066}\u{200F}\u{61C}");
        assert_eq!(escape("\u{feff}\u{200b}\u{200d}"), r"\u{FEFF}\u{200B}\u{200D}");
        assert_eq!(escape("\u{2028}\u{2029}"), r"\u{2028}\u{2029}");
    }
}
