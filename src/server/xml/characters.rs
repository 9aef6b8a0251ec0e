//! Which bytes and characters mean something to XML, a byte being a character of ISO-8859-1.

/// The digits of a character reference, and their base.
pub(super) fn digits(number: &[u8]) -> Option<(&str, u32)> {
    let (digits, radix) = match number.strip_prefix(b"x") {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let digits = std::str::from_utf8(digits).ok()?;
    let all = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    all.then_some((digits, radix))
}

pub(super) fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|b| *b == b':').next().unwrap_or(name)
}

pub(super) fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

/// The characters of ISO-8859-1 that may begin a name.
pub(super) fn is_name_start(b: u8) -> bool {
    b.is_ascii_alphabetic() || matches!(b, b'_' | b':' | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..)
}

pub(super) fn is_name(b: u8) -> bool {
    is_name_start(b) || b.is_ascii_digit() || matches!(b, b'-' | b'.' | 0xB7)
}

/// The characters that XML knows at all.
pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
