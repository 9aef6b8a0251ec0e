//! A view -> a complete section with a comment on everything in it: what the file sets stands in
//! lines of its own, and what the server uses anyway is commented out.
//!
//! In an otherwise empty file it means what the section means in the file it comes from.

use std::fmt::Write;

use super::View;
use crate::catalogue::{OWN, Parameter, parameter};
use crate::edits::literal;
use crate::escape::must_escape;
use crate::redact::MASK;
use crate::section::SMSOTP;
use crate::section::{AUTHENTICATOR, PARAMETERS, SettingEntry};
use crate::server::Registration;
use crate::settings::{Origin, Setting};
use crate::toml::{Value, dotted, quoted_key};

pub(super) fn render(view: &View<'_>) -> String {
    let defaults = super::defaults(view.analysis.profile);
    let mut page = format!(
        "# SMS OTP as the server reads it, with {defaults}.\n\
         # Lines with a # and no blank are not in the file: the server uses their values anyway.\n\n"
    );
    if view.analysis.server.registration == Registration::Overridden {
        let custom = dotted([AUTHENTICATOR[0], CUSTOM]);
        let _ =
            writeln!(page, "[[{custom}]]\nname = {}\n\n[{custom}.{PARAMETERS}]", literal(SMSOTP));
    } else {
        let table = dotted(AUTHENTICATOR);
        let _ = writeln!(page, "[{table}]");
        for (own, written) in
            OWN.iter().zip([&view.analysis.section.enable, &view.analysis.section.name])
        {
            let raw = written.as_ref().map(|written| raw(view, written).to_owned());
            let shipped = own.default(view.analysis.profile).map(str::to_owned);
            setting(&mut page, view, own, raw.map_or(ShownAs::Absent(shipped), ShownAs::Live));
        }
        let _ = writeln!(page, "[{table}.{PARAMETERS}]");
    }
    for one in view.analysis.settings.iter() {
        setting(&mut page, view, one.parameter, line(view, one));
    }
    unread(&mut page, view);
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

const CUSTOM: &str = "custom_authenticator";

/// How a setting stands on the page.
enum ShownAs {
    /// With the value that the file gives it.
    Live(String),
    /// With a value that is nothing without another part of the file.
    Elsewhere(String),
    /// The file says something of which nobody can tell what the server reads.
    Unknown,
    /// The file does not say it, and the server uses this text, if any.
    Absent(Option<String>),
}

/// A setting with what it is for.
fn setting(page: &mut String, view: &View<'_>, parameter: &Parameter, line: ShownAs) {
    let Parameter { name, summary, .. } = parameter;
    let since = match parameter.is_too_new(view.analysis.profile) {
        true => format!(" (read from {} on)", parameter.since),
        false => String::new(),
    };
    let _ = writeln!(page, "# {summary}{since}");
    let _ = match line {
        ShownAs::Live(value) => writeln!(page, "{name} = {value}\n"),
        ShownAs::Elsewhere(value) => {
            writeln!(page, "#{name} = {value}   # needs another part of the file\n")
        }
        ShownAs::Unknown => writeln!(page, "#{name} =   # not known from the file alone\n"),
        ShownAs::Absent(Some(text)) => writeln!(page, "#{name} = {}\n", literal(&text)),
        ShownAs::Absent(None) => writeln!(page, "#{name} =   # {}\n", parameter.kind.describe()),
    };
}

fn line(view: &View<'_>, setting: &Setting<'_>) -> ShownAs {
    let text = setting.text();
    let Some(written) = setting.written() else {
        // The file may say it all the same, in another place or shape.
        return match (setting.origin(), text) {
            (Origin::File, Some(text)) if text != MASK => ShownAs::Live(from_text(text)),
            (Origin::File, _) => ShownAs::Unknown,
            (Origin::Default | Origin::Unset, text) => {
                let used = text.or_else(|| setting.parameter.fallback(view.analysis.profile));
                ShownAs::Absent(used.map(str::to_owned))
            }
        };
    };
    let raw = raw(view, written).to_owned();
    match (is_elsewhere(&written.entry.value), text) {
        (true, Some(text)) if text != MASK => ShownAs::Live(from_text(text)),
        (true, _) if raw.contains('\n') => ShownAs::Unknown,
        (true, _) => ShownAs::Elsewhere(raw),
        (false, Some(text)) if raw.contains(must_escape) => ShownAs::Live(from_text(text)),
        (false, _) => ShownAs::Live(raw),
    }
}

/// Whether a value refers to another part of the file.
fn is_elsewhere(value: &Value<'_>) -> bool {
    matches!(value, Value::Placeholder(it) if it.contains("$ref{") || it.contains("$secret{"))
}

fn raw<'v>(view: &'v View<'_>, written: &SettingEntry<'_, '_>) -> &'v str {
    view.source().slice(written.entry.value_span)
}

/// The TOML for a text that the server has read from its XML, where it must be able to read it
/// again.
fn from_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = (c.is_ascii() && !matches!(c, '<' | '>' | '&')) || c == '\n' || c == '\t';
        match is_plain {
            true => escaped.push(c),
            false => escaped.push_str(&format!("&#{};", u32::from(c))),
        }
    }
    literal(&escaped)
}

/// Parameters that the authenticator does not know, as comments.
fn unread(page: &mut String, view: &View<'_>) {
    let held = view.authenticator().into_iter().flat_map(|held| &held.parameters);
    let mut unknown = held.filter(|(name, _)| parameter(name).is_none()).peekable();
    if unknown.peek().is_some() {
        page.push_str("# The authenticator reads nothing of these.\n");
    }
    for (name, text) in unknown {
        let value = text.as_deref().map(from_text).unwrap_or_default();
        let name = match name.contains(must_escape) {
            true => from_text(name).into(),
            false => quoted_key(name),
        };
        let _ = writeln!(page, "{}", format!("#{name} = {value}").trim_end());
    }
}
