//! A view -> a complete section with a comment on everything in it: what the file sets stands in
//! lines of its own, and what the server uses anyway is commented out.
//!
//! In an otherwise empty file it means what the section means in the file it comes from.

use std::fmt::Write;

use super::View;
use crate::catalogue::{Parameter, parameter};
use crate::edits::literal;
use crate::escape::{must_escape, opens_command, spelt, without_commands};
use crate::redact::MASK;
use crate::section::{AUTHENTICATOR, CUSTOM, PARAMETERS, SMSOTP, Section, SettingEntry};
use crate::server::Registration;
use crate::server::xml::reference;
use crate::settings::{Origin, Setting, Settings};
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
        authenticator(&mut page, view, &view.analysis.section);
    }
    parameters(&mut page, view, &view.analysis.settings);
    unread(&mut page, view);
    if let Some(built_in) = view.built_in() {
        authenticator(&mut page, view, &built_in.section);
        parameters(&mut page, view, &built_in.settings);
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The table of an authenticator, and the header of that of its parameters.
fn authenticator(page: &mut String, view: &View<'_>, section: &Section<'_>) {
    let of = section.of;
    let _ = writeln!(page, "[{}]", dotted(of.path()));
    for (own, written) in of.own().iter().zip([&section.enable, &section.name]) {
        let shipped = own.default(of.profile(view.analysis.profile)).map(str::to_owned);
        let shown = match written {
            Some(written) => own_line(view, written),
            None => ShownAs::Absent(shipped),
        };
        setting(page, view, own, shown);
    }
    let _ = writeln!(page, "[{}]", dotted(of.parameter_table()));
}

fn parameters(page: &mut String, view: &View<'_>, settings: &Settings<'_>) {
    for one in settings.iter() {
        setting(page, view, one.parameter, line(view, one));
    }
}

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

/// The switch and the name, which are shown as written.
fn own_line(view: &View<'_>, written: &SettingEntry<'_>) -> ShownAs {
    let raw = raw(view, written);
    match is_harmless(raw) {
        true => ShownAs::Live(raw.to_owned()),
        false => ShownAs::Unknown,
    }
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
        (true, _) if raw.contains('\n') || !is_harmless(&raw) => ShownAs::Unknown,
        (true, _) => ShownAs::Elsewhere(raw),
        (false, _) if is_harmless(&raw) => ShownAs::Live(raw),
        (false, Some(text)) => ShownAs::Live(from_text(text)),
        (false, None) => ShownAs::Unknown,
    }
}

/// Whether a value refers to another part of the file.
fn is_elsewhere(value: &Value<'_>) -> bool {
    matches!(value, Value::Placeholder(it) if it.contains("$ref{") || it.contains("$secret{"))
}

/// Whether a text can be shown as it is: it steers nothing and hides nothing. Its line ends are
/// those of a string of several lines.
fn is_harmless(text: &str) -> bool {
    let steers = |c: char| c != '\n' && c != '\r' && must_escape(c);
    !text.contains(steers) && without_commands(text, spelt) == text
}

fn raw<'v>(view: &'v View<'_>, written: &SettingEntry<'_>) -> &'v str {
    view.source().slice(written.entry.value_span)
}

/// The TOML for a text that the server has read from its XML, where it must be able to read it
/// again.
fn from_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_plain = c.is_ascii() && !matches!(c, '<' | '>' | '&') && !opens_command(text, at);
        match is_plain {
            true => escaped.push(c),
            false => escaped.push_str(&reference(c)),
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
        let name = match is_harmless(name) {
            true => quoted_key(name),
            false => from_text(name).into(),
        };
        let _ = writeln!(page, "{}", format!("#{name} = {value}").trim_end());
    }
}
