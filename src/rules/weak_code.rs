//! Codes that are easy to guess, live long or go to a number that is shown.

use crate::rules::prelude::*;
use crate::rules::weakness::weakness;
use crate::settings::EffectiveValue;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "weak-code",
    category: Category::Security,
    level: None,
    summary: "a code that is short, long-lived or shown",
    server: "\
A code of fewer than 6 characters is easy to guess. Up to 6.1 there are at most 59,049 different \
codes, whatever TokenLength and EnableAlphanumericToken say. One that stays valid for over 10 minutes gives \
an attacker that long to use it: without TokenExpiryTime a code never expires before 6.0, lives \
for 900 seconds in 6.0 and 6.1 and for 83 hours in 7.0. noOfDigits = 6 or more puts most of a phone \
number on a page that is shown before the second factor. From 7.0 on the length and the expiry \
time of the IdP connection take precedence as soon as they are stored; in 7.0 that time counts a \
thousandfold (product-is#19701).",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenLength = 4
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenLength = 6
TokenExpiryTime = 300
",
    fixes: "None: weigh it against what your users need.",
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
