//! Settings that know a few exact words, and hold another.

use crate::catalogue::{Flaw, Kind, Parameter};
use crate::rules::prelude::*;
use crate::toml::quoted_string;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "not-a-choice",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("not_a_choice.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Choice { .. })),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.scalars() {
        sink.extend(judge(analysis, setting.parameter, written, text));
    }
}

fn judge(
    analysis: &Analysis<'_>,
    parameter: &Parameter,
    written: &SettingEntry<'_>,
    text: &str,
) -> Option<Diagnostic> {
    let Kind::Choice { words } = parameter.kind else { return None };
    // Blanks around a known word are what untrimmed-value is about.
    if text.is_empty() || words.contains(&text.trim()) {
        return None;
    }
    let consequence = parameter.consequence(Flaw::Unusable, analysis.profile)?;
    let name = parameter.name;
    let value = analysis.view.value(written);
    let known = Message::joined(words.iter().map(|word| message!("\"{}\"", *word)), ", ");
    let message = message!("{} = {} is not a word the server knows: {}", name, value, consequence);
    let finding = INFO.at_value(written, message, "unknown word");
    Some(match nearest(text, words) {
        Some(word) => {
            let edit = edits::revalue(written.entry, quoted_string(word));
            finding
                .help(message!("write {} = \"{}\"; the known words are {}", name, word, known))
                .fix(Fix::risky(message!("set {} = \"{}\"", name, word), vec![edit]))
        }
        None => finding.help(message!("write one of {}", known)),
    })
}

fn nearest(text: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let distance = |word: &str| strsim::osa_distance(&text, &word.to_lowercase());
    let best = words.iter().copied().min_by_key(|word| distance(word))?;
    (distance(best) <= best.len() / 4).then_some(best)
}
