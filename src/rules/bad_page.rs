//! Pages that the server cannot send a browser to.

use crate::catalogue::{Flaw, Kind, Reads, has_changed};
use crate::rules::prelude::*;
use crate::server::page::{self, PageFault};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "bad-page",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("bad_page.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Page { .. })),
    ..RuleInfo::PLAIN
};

/// The page that the documentation describes as a range of numbers.
const NUMBER_PAGE: &str = "MobileNumberRegPage";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.pages() {
        if setting.parameter.name == NUMBER_PAGE && is_about_numbers(text) {
            sink.push(number(written));
        } else if let Some(fault) = page::fault(text) {
            sink.push(finding(analysis, setting, written, text, fault));
        }
    }
    let built_in = analysis.built_in.iter().flat_map(|it| it.settings.pages());
    for (setting, written, text) in built_in.filter(|(.., text)| is_absolute(text)) {
        sink.push(no_path(analysis, setting, written, text));
    }
}

/// Whether a text names a server of its own.
fn is_absolute(text: &str) -> bool {
    page::origin(text).is_some() || matches!(page::fault(text), Some(PageFault::Scheme(_)))
}

/// A page of the built-in SMS OTP that is no path on the server.
fn no_path(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_>,
    text: &str,
) -> Diagnostic {
    let name = setting.parameter.name;
    let misread = setting.parameter.consequence(Flaw::Unusable, analysis.profile);
    let message =
        message!("{} of the built-in SMS OTP is no path: {}", name, misread.unwrap_or_default());
    let (_, rest) = text.split_once("://").unwrap_or(("", text));
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let finding = INFO.at_value(written, message, "not a path on the server");
    match path {
        "" => finding.help("write the path of a page on the server"),
        path => finding.help(message!(
            "write the path alone, for a page on the server: \"{}\"",
            analysis.view.made_of(setting, path)
        )),
    }
}

fn finding(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_>,
    text: &str,
    fault: PageFault<'_>,
) -> Diagnostic {
    let name = setting.parameter.name;
    let misread = setting.parameter.consequence(Flaw::Unusable, analysis.profile);
    let misread = misread.unwrap_or_default();
    let shown = |text: &str| analysis.view.made_of(setting, text);
    let broken = "the server appends a `?` of its own, which breaks it";
    let message = match fault {
        PageFault::Illegal(c) => message!("{} holds {}: {}", name, illegal(c), misread),
        PageFault::Percent => {
            message!("{} holds a `%` without two hexadecimal digits behind it: {}", name, misread)
        }
        PageFault::Scheme(host) => message!(
            "{} has no scheme: the server takes `{}` for the scheme, not for the host",
            name,
            shown(host)
        ),
        PageFault::Tail(c) => message!("{} holds a `{}`: {}", name, c, broken),
    };
    let trimmed = text.trim();
    let only_ends = !trimmed.is_empty() && page::fault(trimmed).is_none();
    let help = match fault {
        PageFault::Illegal(_) if only_ends => message!("write \"{}\"", shown(trimmed)),
        PageFault::Illegal(_) => "write a page without that character".into(),
        PageFault::Percent => "write the `%` itself as `%25`".into(),
        PageFault::Scheme(_) => message!("write \"https://{}\"", shown(trimmed)),
        PageFault::Tail(c) => {
            let page = text.split(c).next().unwrap_or_default();
            message!("write the page alone: \"{}\"", shown(page))
        }
    };
    // Up to 6.1 the text goes to the browser as it is, so that such a page may even work.
    let is_certain = match fault {
        PageFault::Illegal(_) | PageFault::Percent => {
            analysis.profile.release.is_none_or(|it| has_changed(Reads::IllegalPage, it))
        }
        PageFault::Scheme(_) | PageFault::Tail(_) => true,
    };
    let severity = if is_certain { Severity::Error } else { Severity::Warning };
    let trim = only_ends.then(|| {
        let edit = edits::retext(analysis.document, written.entry, trimmed);
        Fix::risky(message!("trim {}", name), vec![edit])
    });
    INFO.at_value(written, message, "no page to send a browser to")
        .severity(severity)
        .help(help)
        .fix(trim)
}

/// The character in words.
fn illegal(c: char) -> Message {
    match c {
        '\n' | '\r' => "a line end, which no URL may hold".into(),
        c if c.is_whitespace() => "a blank, which no URL may hold".into(),
        c if c.is_control() => "a control character, which no URL may hold".into(),
        c => message!("a `{}`, which no URL may hold", c),
    }
}

fn number(written: &SettingEntry<'_>) -> Diagnostic {
    let message = message!(
        "{} holds numbers or a pattern for them, and the server reads it as the address \
         of the page that asks for a number",
        NUMBER_PAGE
    );
    INFO.at_value(written, message, "no page")
        .help(message!("leave {} out to use the page that the server comes with", NUMBER_PAGE))
        .help("a pattern for numbers is a setting of the IdP connection, mobile_number_regex")
}

/// Whether a text can only be meant as numbers, a range of them or a pattern for them.
fn is_about_numbers(text: &str) -> bool {
    let text = text.trim();
    let is_pattern = (text.starts_with('^') || text.ends_with('$'))
        || ["[0-9]", "\\d", "\\+"].into_iter().any(|part| text.contains(part));
    let punctuation = |c| matches!(c, '+' | '-' | ',' | ' ' | '*' | 'x' | 'X' | '(' | ')');
    let is_range = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || punctuation(c));
    is_pattern || is_range
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_numbers_from_pages() {
        for text in [
            "10-15",
            "0700000000 - 0799999999",
            "+94xxxxxxxxx",
            "^(\\+94|0)7[0-9]{8}$",
            "[0-9]{10}",
            "\\d+",
        ] {
            assert!(is_about_numbers(text), "{text}");
        }
        for text in ["", "mobile.jsp", "/mobile.do", "a/mobile2.jsp", "https://10.0.0.1/m", "x"] {
            assert!(!is_about_numbers(text), "{text}");
        }
    }
}
