//! What is publicly known of a rule -> its entry in SARIF.

use serde::Serialize;

use super::{Text, level};
use crate::diagnostic::{RuleInfo, Severity};

/// `reportingDescriptor`. There is no page about a rule that `helpUri` could name: its references
/// are pages about the server.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    id: &'static str,
    name: String,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: Properties,
}

/// `multiformatMessageString`
#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

/// `reportingConfiguration`
#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

pub(super) fn descriptor(rule: &RuleInfo) -> Descriptor {
    // A rule that is off becomes a warning when it is turned on with the others of its kind.
    let severity = rule.level.unwrap_or(Severity::Warning);
    Descriptor {
        id: rule.name,
        name: rule.name.split('-').map(capital).collect(),
        short_description: Text::new(sentence(rule.summary)),
        full_description: Text::new(rule.server),
        help: Help { text: help(rule, Markup::Plain), markdown: help(rule, Markup::Markdown) },
        default_configuration: Configuration {
            enabled: rule.level.is_some(),
            level: level(severity),
        },
        properties: Properties {
            tags: [rule.category.as_str()],
            precision: match severity {
                Severity::Warning => "high",
                Severity::Error | Severity::Info => "very-high",
            },
            severity: match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    }
}

/// A phrase as a sentence. A name it begins with stays as it is.
pub(super) fn sentence(phrase: &str) -> String {
    let word = phrase.split([' ', ',', ':', '?']).next().unwrap_or_default();
    let stop = if phrase.ends_with(['.', '?', '!']) { "" } else { "." };
    let begun = match word.chars().all(|c| c.is_ascii_lowercase()) {
        true => capital(phrase),
        false => phrase.to_owned(),
    };
    begun + stop
}

fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(rest).collect()
}

#[derive(Clone, Copy)]
enum Markup {
    Plain,
    Markdown,
}

fn help(rule: &RuleInfo, markup: Markup) -> String {
    let heading = match markup {
        Markup::Plain => "",
        Markup::Markdown => "## ",
    };
    let toml = |text: &str| match markup {
        Markup::Plain => text.trim_end().to_owned(),
        Markup::Markdown => format!("```toml\n{}\n```", text.trim_end()),
    };
    let references: Vec<_> = rule.references.iter().map(|url| format!("- {url}")).collect();
    let parts = [
        ("What the server does", rule.server.to_owned()),
        ("Example", toml(rule.example)),
        ("Use instead", toml(rule.instead)),
        ("Fixes", rule.fixes.to_owned()),
        ("References", references.join("\n")),
    ];
    let parts = parts.iter().filter(|(_, text)| !text.is_empty());
    let parts = parts.map(|(title, text)| format!("\n\n{heading}{title}\n\n{text}"));
    sentence(rule.summary) + &parts.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital_or_a_name() {
        assert_eq!(sentence("a setting"), "A setting.");
        assert_eq!(sentence("noOfDigits is odd"), "noOfDigits is odd.");
        assert_eq!(sentence("`a` is odd"), "`a` is odd.");
        assert_eq!(sentence("why?"), "Why?");
    }
}
