//! Characters that steer a terminal, hide from the eye or begin a command to the log of a CI
//! service -> their code points in plain letters.

use std::borrow::Cow;

/// A text in which nothing can steer the terminal, turn the direction of reading or hide:
/// `\u{202E}` stands for the character of that number, and `\t` for a TAB.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == '\t' || must_escape(c)) && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '\t' => result.push_str("\\t"),
            c if must_escape(c) || opens_command(text, at) => result.push_str(&spelt(c)),
            c => result.push(c),
        }
    }
    Cow::Owned(result)
}

/// A character as `\u{202E}`.
pub(crate) fn spelt(c: char) -> String {
    format!("\\u{{{:X}}}", u32::from(c))
}

/// Whether a character may not reach a terminal as it is.
pub(crate) fn must_escape(c: char) -> bool {
    match c {
        '\t' => false,
        // Unicode's Default_Ignorable_Code_Point, whatever is invisible by itself: soft hyphen,
        // joiners, fillers, marks of direction, variation selectors, the byte order mark, tags.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' => true,
        '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' => true,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' => true,
        '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' => true,
        '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => true,
        // Line and paragraph separators, a pattern of Braille without dots, annotations.
        '\u{2028}'..='\u{2029}' | '\u{2800}' | '\u{FFF9}'..='\u{FFFB}' => true,
        c => c.is_control(),
    }
}

/// Whether the character at an offset is the second `#` of `##[` or `##vso[`, by which GitHub,
/// Azure and TeamCity know a command anywhere in a line.
pub(crate) fn opens_command(text: &str, at: usize) -> bool {
    let behind = text.get(at..).and_then(|rest| rest.strip_prefix('#'));
    behind.is_some_and(|behind| {
        let name = behind.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        name.starts_with('[') && text[..at].ends_with('#')
    })
}

/// Whether a character of a text is one that [`opens_command`].
pub(crate) fn holds_command(text: &str) -> bool {
    text.contains("##") && text.match_indices('#').any(|(at, _)| opens_command(text, at))
}

/// A whole report without a line that the log of a CI service takes for a command: those with
/// [`opens_command`], and those that begin with `::`, blanks aside, by which GitHub knows its own.
pub(crate) fn without_commands(text: &str, spell: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains("##") && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let head = line.len() - line.trim_start().len();
        let is_head = line[head..].starts_with("::");
        for (at, c) in line.char_indices() {
            match (at == head && is_head) || opens_command(line, at) {
                true => result.push_str(&spell(c)),
                false => result.push(c),
            }
        }
    }
    Cow::Owned(result)
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
        assert_eq!(escape("\u{3164}\u{fe0f}\u{e0100}"), r"\u{3164}\u{FE0F}\u{E0100}");
    }

    #[test]
    fn no_command_is_left_anywhere_in_a_text() {
        assert_eq!(escape("a ##[x]"), r"a #\u{23}[x]");
        assert_eq!(escape("###VSO[a]b##x [y]##"), r"##\u{23}VSO[a]b##x [y]##");
    }

    #[test]
    fn no_command_is_left_at_the_head_of_a_line() {
        let spell = |c: char| format!("<{c}>");
        let text = "::a::b\n \t::c\n x::d\n##[e]\n:: ";
        let harmless = "<:>:a::b\n \t<:>:c\n x::d\n#<#>[e]\n<:>: ";
        assert_eq!(without_commands(text, spell), harmless);
        assert!(matches!(without_commands("a: b # c\n", spell), Cow::Borrowed(_)));
    }
}
