//! A word of the command line -> the value it stands for.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use smsotp_lint::report::Format;

/// Reads one of the words that `as_str` gives the choices.
pub(super) fn choice<T, const N: usize>(
    all: [T; N],
    as_str: impl Fn(T) -> &'static str + Clone + Send + Sync + 'static,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    described(all, as_str.clone(), move |one| PossibleValue::new(as_str(one)))
}

pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let described = |format: Format| PossibleValue::new(format.as_str()).help(format.purpose());
    self::described(Format::ALL, Format::as_str, described)
}

fn described<T, const N: usize>(
    all: [T; N],
    as_str: impl Fn(T) -> &'static str + Clone + Send + Sync + 'static,
    description: impl Fn(T) -> PossibleValue,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.map(description)).try_map(move |word| {
        all.into_iter().find(|one| as_str(*one) == word).ok_or("no such choice")
    })
}

/// Reads the value of `--system-property`.
pub(super) fn property(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
