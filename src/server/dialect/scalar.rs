//! A bare scalar as written -> its type, and what in it the server's parser refuses.

use super::{Construct, ConstructKind};
use crate::source::Span;

/// The types that may not be mixed in one array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemType {
    /// Any kind of string.
    String,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A date and a time with an offset.
    OffsetDateTime,
    /// A date and a time without one.
    LocalDateTime,
    /// A date alone.
    LocalDate,
    /// A time alone.
    LocalTime,
    /// An array, whatever it holds.
    Array,
    /// An inline table.
    Table,
}

impl ItemType {
    /// The items of this type, in plain words.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::String => "strings",
            Self::Integer => "whole numbers",
            Self::Float => "floating-point numbers",
            Self::Boolean => "booleans",
            Self::OffsetDateTime => "times with an offset",
            Self::LocalDateTime => "times without an offset",
            Self::LocalDate => "dates",
            Self::LocalTime => "times of day",
            Self::Array => "arrays",
            Self::Table => "inline tables",
        }
    }

    pub(super) const fn is_date(self) -> bool {
        matches!(
            self,
            Self::OffsetDateTime | Self::LocalDateTime | Self::LocalDate | Self::LocalTime
        )
    }
}

/// Where a date ends: `2020-01-02`.
const DATE: usize = 10;
/// Where hours and minutes end: `07:32`.
const MINUTES: usize = 5;
/// Where seconds end: `07:32:00`.
const SECONDS: usize = 8;
/// The digits of a second that the server keeps.
const NANOSECOND_DIGITS: usize = 9;

/// Adds what a bare scalar holds of it, and says what type of item it is.
pub(super) fn check(text: &str, span: Span, found: &mut Vec<Construct>) -> ItemType {
    let scalar = &text[span.range()];
    let mut report = |kind, start: usize, end: usize| {
        let place = Span::new(span.start + start, span.start + end);
        found.push(Construct { kind, span, places: vec![place] });
    };
    let bytes = scalar.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (digits, bytes.get(digits)) {
        (4, Some(b'-')) => return date(scalar, &mut report),
        (2, Some(b':')) => {
            time(scalar, 0, &mut report);
            return ItemType::LocalTime;
        }
        _ => {}
    }
    match scalar.trim_start_matches(['+', '-']).as_bytes() {
        [b't' | b'f', ..] => ItemType::Boolean,
        [b'i' | b'n', ..] => ItemType::Float,
        [b'0', b'x' | b'o' | b'b', ..] => ItemType::Integer,
        number if number.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) => {
            float(scalar, &mut report);
            ItemType::Float
        }
        _ => ItemType::Integer,
    }
}

fn date(scalar: &str, report: &mut impl FnMut(ConstructKind, usize, usize)) -> ItemType {
    if scalar.len() <= DATE {
        return ItemType::LocalDate;
    }
    let end = time(scalar, DATE + 1, report);
    let offset = &scalar[end..];
    let mut parts = offset.trim_start_matches(['+', '-']).split(':');
    let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    match offset {
        "" => return ItemType::LocalDateTime,
        "Z" => {}
        "z" => report(ConstructKind::LowerCaseZ, end, scalar.len()),
        _ if number() * 60 + number() > 18 * 60 => {
            report(ConstructKind::FarOffset, end, scalar.len())
        }
        _ => {}
    }
    ItemType::OffsetDateTime
}

/// Looks at the time that begins at `start`, and returns where it ends.
fn time(scalar: &str, start: usize, report: &mut impl FnMut(ConstructKind, usize, usize)) -> usize {
    let minutes = start + MINUTES;
    if scalar.as_bytes().get(minutes) != Some(&b':') {
        report(ConstructKind::NoSeconds, start, minutes);
        return minutes;
    }
    let seconds = start + SECONDS;
    if scalar[..seconds].ends_with("60") {
        report(ConstructKind::LeapSecond, seconds - 2, seconds);
    }
    let Some(fraction) = scalar[seconds..].strip_prefix('.') else { return seconds };
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let end = seconds + 1 + digits;
    if digits > NANOSECOND_DIGITS {
        report(ConstructKind::LongFraction, seconds + 1 + NANOSECOND_DIGITS, end);
    }
    end
}

fn float(scalar: &str, report: &mut impl FnMut(ConstructKind, usize, usize)) {
    let mantissa = scalar.find(['e', 'E']).unwrap_or(scalar.len());
    if let Some(exponent) = scalar.get(mantissa + 1..) {
        let digits = exponent.trim_start_matches(['+', '-']);
        let start = scalar.len() - digits.len();
        let last = digits.len().saturating_sub(1);
        let padding = digits.find(|c: char| !matches!(c, '0' | '_')).unwrap_or(last);
        if padding > 0 {
            report(ConstructKind::PaddedExponent, start, start + padding);
        }
    }
    let is_zero = |text: &str| text.bytes().all(|byte| !matches!(byte, b'1'..=b'9'));
    if !is_zero(&scalar[..mantissa])
        && scalar.replace('_', "").parse::<f64>().is_ok_and(|value| value == 0.0)
    {
        report(ConstructKind::Underflow, 0, scalar.len());
    }
}
