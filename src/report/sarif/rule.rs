//! What is publicly known of a rule -> its entry in SARIF.

use serde_json::{Value, json};

use super::level;
use crate::diagnostic::{RuleInfo, Severity};

/// `reportingDescriptor`. There is no page about a rule that `helpUri` could name: its references
/// are pages about the server.
pub(super) fn descriptor(rule: &RuleInfo) -> Value {
    // A rule that is off becomes a warning when it is turned on with the others of its kind.
    let severity = rule.level.unwrap_or(Severity::Warning);
    let precision = match severity {
        Severity::Warning => "high",
        Severity::Error | Severity::Info => "very-high",
    };
    let problem = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    };
    json!({
        "id": rule.name,
        "name": rule.name.split('-').map(capital).collect::<String>(),
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": rule.server },
        "help": { "text": help(rule, Markup::Plain), "markdown": help(rule, Markup::Markdown) },
        "defaultConfiguration": { "enabled": rule.level.is_some(), "level": level(severity) },
        "properties": {
            "tags": [rule.category.as_str()],
            "precision": precision,
            "problem.severity": problem,
        },
    })
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
    let (heading, open, close) = match markup {
        Markup::Plain => ("", "", ""),
        Markup::Markdown => ("## ", "```toml\n", "\n```"),
    };
    let mut help = sentence(rule.summary);
    let mut part = |title: &str, open: &str, text: &str, close: &str| {
        if !text.is_empty() {
            help.extend(["\n\n", heading, title, "\n\n", open, text, close]);
        }
    };
    part("What the server does", "", rule.server, "");
    part("Example", open, rule.example.trim_end(), close);
    part("Use instead", open, rule.instead.trim_end(), close);
    part("Fixes", "", rule.fixes, "");
    part("References", "- ", &rule.references.join("\n- "), "");
    help
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
