//! `\Q..\E` dissolved into characters, which Java does before anything else.

/// A character of the pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PatternChar {
    /// As written, so that it may mean something.
    Plain(char),
    /// Taken literally, out of `\Q..\E`.
    Quoted(char),
}

/// The characters of a pattern, its quotes dissolved.
pub(super) fn units(pattern: &str) -> Vec<PatternChar> {
    let mut units = Vec::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    // Whether inside of a quote, and then whether at its first character.
    let mut quote = None;
    while let Some(c) = chars.next() {
        if c == '\\' && quote.is_some() && chars.next_if_eq(&'E').is_some() {
            quote = None;
        } else if c == '\\' && quote.is_none() && chars.next_if_eq(&'Q').is_some() {
            quote = Some(true);
        } else if let Some(first) = quote {
            // Java leaves letters as they are, and all digits but a leading one.
            let bare = !c.is_ascii() || c.is_ascii_alphabetic() || (c.is_ascii_digit() && !first);
            units.push(if bare { PatternChar::Plain(c) } else { PatternChar::Quoted(c) });
            quote = Some(false);
        } else {
            units.push(PatternChar::Plain(c));
            if c == '\\' {
                units.extend(chars.next().map(PatternChar::Plain));
            }
        }
    }
    units
}
