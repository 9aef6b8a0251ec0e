//! A TOML value -> the text the server makes of it (Java's `String.valueOf`).

use std::borrow::Cow;

use crate::server::mapped::MappedText;
use crate::source::{Source, Span};
use crate::toml::{Element, Entry, Value};

/// The text of a value, before references are resolved.
pub fn text<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    compose(value, Span::default(), &|text, _| Cow::Borrowed(text))
}

/// The text of a value that holds no reference, multi-line strings as the server's parser reads
/// them; `None` where a table with several keys is printed in an order nobody can tell.
pub fn settled<'v>(source: &Source, value: &'v Value<'_>, span: Span) -> Option<Cow<'v, str>> {
    has_one_order(value).then(|| compose(value, span, &|text, span| string(source, text, span)))
}

fn string<'v>(source: &Source, text: &'v str, span: Span) -> Cow<'v, str> {
    // Only strings that run over lines differ from what TOML itself makes of them.
    let written = source.slice(span);
    if written.contains('\n') && (written.starts_with("\"\"\"") || written.starts_with("'''")) {
        return Cow::Owned(MappedText::read(source, span).text().to_owned());
    }
    Cow::Borrowed(text)
}

/// Whether no table in it holds more than one value.
fn has_one_order(value: &Value<'_>) -> bool {
    match value {
        Value::Array(elements) => elements.iter().all(|element| has_one_order(&element.value)),
        Value::Table(entries) => {
            entries.len() <= 1 && entries.iter().all(|entry| has_one_order(&entry.value))
        }
        _ => true,
    }
}

fn compose<'v>(
    value: &'v Value<'_>,
    span: Span,
    string: &impl Fn(&'v str, Span) -> Cow<'v, str>,
) -> Cow<'v, str> {
    match value {
        Value::String(text) | Value::Placeholder(text) => string(text, span),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(double(*number)),
        Value::Datetime(written) => Cow::Owned(datetime(written)),
        Value::Array(elements) => {
            let text = |element: &'v Element<'_>| compose(&element.value, element.span, string);
            Cow::Owned(list(elements.iter().map(text)))
        }
        Value::Table(entries) => {
            let text = |entry: &'v Entry<'_>| {
                nested(
                    entry.keys.iter().map(|key| key.name.as_ref()),
                    compose(&entry.value, entry.value_span, string),
                )
            };
            let texts: Vec<_> = entries.iter().map(text).collect();
            Cow::Owned(format!("{{{}}}", texts.join(", ")))
        }
    }
}

/// A list of texts, as the server prints it.
pub(super) fn list<'t>(texts: impl IntoIterator<Item = Cow<'t, str>>) -> String {
    format!("[{}]", texts.into_iter().collect::<Vec<_>>().join(", "))
}

/// A value below one or more keys, without the outer braces: `a.b = 1` is `a={b=1}`.
pub(super) fn nested<'k>(
    keys: impl DoubleEndedIterator<Item = &'k str>,
    value: Cow<'_, str>,
) -> String {
    let mut keys = keys.rev();
    let last = keys.next().unwrap_or_default();
    let innermost = format!("{last}={value}");
    keys.fold(innermost, |inner, key| format!("{key}={{{inner}}}"))
}

/// `Double.toString`: plain from 10^-3 up to 10^7, else with an exponent.
fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) {
        return format!("{number:?}");
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = if digits.contains('.') { "" } else { ".0" };
    format!("{digits}{point}E{exponent}")
}

/// The `toString` of `java.time`: no seconds when they are zero, fractions in groups of three.
fn datetime(written: &str) -> String {
    let is_date = written.as_bytes().get(4) == Some(&b'-');
    if !is_date {
        return time(written);
    }
    let (date, rest) = written.split_at(written.len().min(10));
    let Some(clock) = rest.get(1..) else { return date.to_owned() };
    let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone);
    let zone = match zone {
        "z" | "Z" | "+00:00" | "-00:00" => "Z",
        zone => zone,
    };
    format!("{date}T{}{zone}", time(clock))
}

fn time(clock: &str) -> String {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        let width = fraction.len().next_multiple_of(3);
        return format!("{whole}.{fraction:0<width$}");
    }
    whole.strip_suffix(":00").filter(|minutes| minutes.len() == 5).unwrap_or(whole).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_java_does() {
        let pairs = [
            (30.0, "30.0"),
            (1e3, "1000.0"),
            (1e10, "1.0E10"),
            (0.0001, "1.0E-4"),
            (1.25e-7, "1.25E-7"),
            (f64::INFINITY, "Infinity"),
            (f64::NAN, "NaN"),
            (-0.0, "-0.0"),
        ];
        for (number, expected) in pairs {
            assert_eq!(double(number), expected);
        }
    }

    #[test]
    fn writes_times_as_java_does() {
        let pairs = [
            ("2020-01-02T03:04:00Z", "2020-01-02T03:04Z"),
            ("03:04:00", "03:04"),
            ("03:04:05.5", "03:04:05.500"),
            ("2020-01-02 03:04:05+05:30", "2020-01-02T03:04:05+05:30"),
            ("2020-01-02", "2020-01-02"),
        ];
        for (written, expected) in pairs {
            assert_eq!(datetime(written), expected);
        }
    }
}
