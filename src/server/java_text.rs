//! A TOML value -> the text the server makes of it (Java's `String.valueOf`).

use std::borrow::Cow;

use crate::document::Value;

/// The text of a value, before references are resolved.
pub fn text<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::String(text) | Value::Placeholder(text) => Cow::Borrowed(text),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(double(*number)),
        Value::Datetime(written) => Cow::Owned(datetime(written)),
        Value::Array(elements) => {
            let texts: Vec<_> = elements.iter().map(|element| text(&element.value)).collect();
            Cow::Owned(format!("[{}]", texts.join(", ")))
        }
        Value::Table(entries) => {
            let texts: Vec<_> = entries
                .iter()
                .map(|entry| {
                    let names: Vec<_> = entry.keys.iter().map(|key| key.name.as_ref()).collect();
                    format!("{}={}", names.join("."), text(&entry.value))
                })
                .collect();
            Cow::Owned(format!("{{{}}}", texts.join(", ")))
        }
    }
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
