//! What is publicly known of a rule -> its entry in SARIF.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{level, without_nulls};
use crate::diagnostic::{RuleInfo, Severity};

/// `reportingDescriptor`. Its `helpUri` is the first page that the rule cites about the server.
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
    without_nulls(json!({
        "id": rule.name,
        "name": rule.name.split('-').map(capital).collect::<String>(),
        "shortDescription": { "text": sentence(rule.page.summary()) },
        "fullDescription": { "text": rule.page.server() },
        "helpUri": rule.page.references().first(),
        "help": { "text": help(rule, Markup::Plain), "markdown": help(rule, Markup::Markdown) },
        "defaultConfiguration": { "enabled": rule.level.is_some(), "level": level(severity) },
        "properties": {
            "tags": [rule.category.as_str()],
            "precision": precision,
            "problem.severity": problem,
        },
    }))
}

/// A phrase as a sentence. No text in it is a link.
pub(super) fn sentence(phrase: &str) -> String {
    sentence_about(phrase, None)
}

/// The same for a phrase about a key, whose name it may begin with: that stays as it is.
pub(super) fn sentence_about(phrase: &str, key: Option<&str>) -> String {
    let word = phrase.split([' ', ',', ':', '?']).next().unwrap_or_default();
    let stop = if phrase.ends_with(['.', '?', '!']) { "" } else { "." };
    let is_name = key.is_some_and(|key| key.rsplit('.').next() == Some(word));
    let begun = match word.chars().all(|c| c.is_ascii_lowercase()) && !is_name {
        true => capital(phrase),
        false => phrase.to_owned(),
    };
    without_links(&(begun + stop)).into_owned()
}

/// A text that SARIF takes as it is: `[text](target)` is a link in it.
pub(super) fn without_links(text: &str) -> Cow<'_, str> {
    match text.contains("](") {
        true => text.replace('[', "\\[").replace(']', "\\]").into(),
        false => text.into(),
    }
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
    let mut help = sentence(rule.page.summary());
    let mut part = |title: &str, open: &str, text: &str, close: &str| {
        if !text.is_empty() {
            help.extend(["\n\n", heading, title, "\n\n", open, text, close]);
        }
    };
    part("What the server does", "", &rule.page.server(), "");
    part("Example", open, rule.page.example().trim_end(), close);
    part("Use instead", open, rule.page.instead().trim_end(), close);
    part("Fixes", "", &rule.page.fixes(), "");
    part("References", "- ", &rule.page.references().join("\n- "), "");
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
        assert_eq!(sentence("order = 5 is odd"), "Order = 5 is odd.");
        assert_eq!(sentence_about("order = 5 is odd", Some("a.order")), "order = 5 is odd.");
    }

    #[test]
    fn no_text_is_a_link() {
        assert_eq!(sentence("[a](http://x) is odd"), "\\[a\\](http://x) is odd.");
        assert_eq!(sentence("[a.b] is odd"), "[a.b] is odd.");
    }
}
