//! Codes that are easy to guess, live long or go to a number that is shown.

use crate::rules::prelude::*;
use crate::rules::weakness::weakness;
use crate::settings::EffectiveValue;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "weak-code",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("weak_code.md")),
    concerns: Concerns::Named(&["TokenExpiryTime", "TokenLength", "noOfDigits"]),
    ..RuleInfo::PLAIN
};

const SHORTEST: u64 = 6;
const LONGEST_SECONDS: u64 = 600;
const MOST_SHOWN: u64 = 5;

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let length = analysis.settings.get("TokenLength");
    if let Some(characters @ 1..SHORTEST) = length.number() {
        let plural = if characters == 1 { "" } else { "s" };
        let message = message!("a code of {} character{} is easy to guess", characters, plural);
        sink.extend(weakness(analysis, &INFO, length, message, "6"));
    }
    let expiry = analysis.settings.get("TokenExpiryTime");
    if let Some(message) = long_life(analysis, expiry) {
        sink.extend(weakness(analysis, &INFO, expiry, message, "300"));
    }
    let shown = analysis.settings.get("noOfDigits");
    let is_shown =
        analysis.settings.get("screenUserAttribute").text().is_some_and(|it| !it.is_empty());
    let is_masked =
        analysis.settings.get("screenUserAttributeMaskRegex").value != EffectiveValue::Unset;
    if let Some(characters) = shown.number().filter(|count| *count > MOST_SHOWN)
        && is_shown
        && !is_masked
    {
        let characters = match shown.is_from_reference() {
            true => message!("more than {}", MOST_SHOWN),
            false => message!("{}", characters),
        };
        let message = message!(
            "the page shows {} characters of screenUserAttribute, which is most of a \
             phone number",
            characters
        );
        sink.extend(weakness(analysis, &INFO, shown, message, "4"));
    }
}

/// What is wrong with the time a code is valid, as far as it is known.
fn long_life(analysis: &Analysis<'_>, expiry: &Setting<'_>) -> Option<Message> {
    if expiry.value == EffectiveValue::Unset {
        let release = analysis.profile.release?;
        let life = match expiry.parameter.fallback(analysis.profile) {
            None => "never expires".into(),
            Some(text) => {
                let seconds = text.parse().ok().filter(|it: &u64| *it > LONGEST_SECONDS)?;
                message!("is valid for {} seconds", seconds)
            }
        };
        return Some(message!("in {}, a code {} when TokenExpiryTime is left out", release, life));
    }
    let seconds = expiry.number().filter(|seconds| *seconds > LONGEST_SECONDS)?;
    Some(match expiry.is_from_reference() {
        true => "a code is valid for over 10 minutes".into(),
        false => message!("a code is valid for {} seconds, over 10 minutes", seconds),
    })
}
