//! A view -> a complete section with a comment on everything in it: what the file sets stands in
//! lines of its own, and what the server uses anyway is commented out.
//!
//! In an otherwise empty file it means what the section means in the file it comes from.

use std::fmt::Write;

use super::View;
use crate::catalogue::{OWN, Parameter, parameter};
use crate::document::{Value, dotted, quoted_key};
use crate::edits::literal;
use crate::redact::must_escape;
use crate::section::{AUTHENTICATOR, PARAMETERS, Written};
use crate::server::{Fate, SMSOTP};
use crate::settings::{Origin, Setting};

pub(super) fn render(view: &View<'_>) -> String {
    let defaults = super::defaults(view.profile);
    let mut page = format!(
        "# SMS OTP as the server reads it, with {defaults}.\n\
         # What is commented out without a blank holds all the same: the file does not set it.\n\n"
    );
    if view.model.fate == Fate::Replaced {
        let custom = dotted([AUTHENTICATOR[0], CUSTOM]);
        let _ =
            writeln!(page, "[[{custom}]]\nname = {}\n\n[{custom}.{PARAMETERS}]", literal(SMSOTP));
    } else {
        let table = dotted(AUTHENTICATOR);
        let _ = writeln!(page, "[{table}]");
        for (own, written) in OWN.iter().zip([&view.section.enable, &view.section.name]) {
            let written = written.as_ref().map(|written| raw(view, written).to_owned());
            setting(&mut page, view, own, written);
        }
        let _ = writeln!(page, "[{table}.{PARAMETERS}]");
    }
    for one in view.settings.iter() {
        setting(&mut page, view, one.parameter, live(view, one));
    }
    unread(&mut page, view);
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

const CUSTOM: &str = "custom_authenticator";

/// A setting with what it is for; `value` is what the file says.
fn setting(page: &mut String, view: &View<'_>, parameter: &Parameter, value: Option<String>) {
    let Parameter { name, summary, .. } = parameter;
    let since = match parameter.is_too_new(view.profile) {
        true => format!(" (read from {} on)", parameter.since),
        false => String::new(),
    };
    let _ = writeln!(page, "# {summary}{since}");
    let unset = parameter.default(view.profile).or_else(|| parameter.fallback(view.profile));
    let _ = match (value, unset) {
        (Some(value), _) => writeln!(page, "{name} = {value}\n"),
        (None, Some(text)) => writeln!(page, "#{name} = {}\n", literal(text)),
        (None, None) => writeln!(page, "#{name} =   # {}\n", parameter.kind.describe()),
    };
}

/// The value to write for what the file sets.
fn live(view: &View<'_>, setting: &Setting<'_>) -> Option<String> {
    let text = setting.text();
    let Some(written) = setting.written else {
        // The file says it in another place or shape.
        return text.filter(|_| setting.origin() == Origin::File).map(from_text);
    };
    let raw = raw(view, written);
    let is_elsewhere =
        matches!(&written.entry.value, Value::Placeholder(it) if it.contains("$ref{"));
    match text {
        Some(text) if is_elsewhere || raw.contains(must_escape) => Some(from_text(text)),
        _ => Some(raw.to_owned()),
    }
}

fn raw<'v>(view: &'v View<'_>, written: &Written<'_, '_>) -> &'v str {
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
    let held = view.model.authenticator.iter().flat_map(|held| &held.parameters);
    let mut unknown = held.filter(|(name, _)| parameter(name).is_none()).peekable();
    if unknown.peek().is_some() {
        page.push_str("# The authenticator reads nothing of these.\n");
    }
    for (name, text) in unknown {
        let value = text.as_deref().map(from_text).unwrap_or_default();
        let _ = writeln!(page, "{}", format!("#{} = {value}", quoted_key(name)).trim_end());
    }
}
