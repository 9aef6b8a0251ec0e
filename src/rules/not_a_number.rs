//! Numbers the server cannot read, and those it reads and cannot work with.

use crate::catalogue::{Flaw, Kind, Profile, Release, Unit};
use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "not-a-number",
    category: Category::Value,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("not_a_number.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Number { .. })),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.scalars() {
        let flawed = judge(analysis, setting, written, text);
        sink.extend(flawed.or_else(|| odd_length(analysis, setting, written)));
    }
}

fn judge(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_>,
    text: &str,
) -> Option<Diagnostic> {
    let parameter = setting.parameter;
    let Kind::Number { unit, .. } = parameter.kind else { return None };
    let flaw = Flaw::of_number(text, parameter.takes_plus(analysis.profile))?;
    // Of letters, no character is as little in every release as it is of digits from 7.0 on.
    let is_empty =
        flaw == Flaw::Zero && analysis.settings.switch("EnableAlphanumericToken") == Switch::On;
    let profile = match is_empty {
        true => Profile { release: Some(Release::V7_0) },
        false => analysis.profile,
    };
    let consequence = parameter.consequence(flaw, profile)?;
    let what = match flaw {
        Flaw::Empty => "is empty",
        Flaw::Unusable => "is not a whole number",
        Flaw::Negative => "is negative",
        Flaw::Zero => "cannot work",
        Flaw::BeyondInt | Flaw::BeyondLong => "is too large",
    };
    let name = parameter.name;
    let value = analysis.view.value(written);
    let message = message!("{} = {} {}: {}", name, value, what, consequence);
    let finding =
        INFO.at_value(written, message, message!("expected a whole number of {}", unit.as_str()));
    let meant = meant(text, unit).filter(|_| !setting.is_from_reference());
    Some(match meant {
        Some(number) if flaw == Flaw::Unusable => {
            let edit = edits::revalue(written.entry, number.to_string());
            finding
                .help(message!("{} counts {}: write {} = {}", name, unit.as_str(), name, number))
                .fix(Fix::risky(message!("set {} = {}", name, number), vec![edit]))
        }
        _ if matches!(flaw, Flaw::BeyondInt | Flaw::BeyondLong) => {
            finding.help(message!("write a smaller number, or leave {} out", name))
        }
        _ => {
            finding.help(message!("write digits only, in {}, or leave {} out", unit.as_str(), name))
        }
    })
}

/// A code of a length that the console does not accept.
fn odd_length(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_>,
) -> Option<Diagnostic> {
    let name = setting.parameter.name;
    let length = setting.number().filter(|_| name == "TokenLength")?;
    let release = analysis.profile.release;
    let consequence = match (length, release) {
        (4..=10, _) => return None,
        (0..4, _) => "so short a code is easy to guess",
        (_, None) => "up to 6.1, digits beyond the tenth are zeros and protect nothing",
        (_, Some(release)) if release < Release::V7_0 => {
            "digits beyond the tenth are zeros and protect nothing"
        }
        _ => "so long a code is hardly meant",
    };
    let value = analysis.view.value(written);
    let message = message!("{} = {} is outside of 4 to 10: {}", name, value, consequence);
    let finding =
        INFO.at_value(written, message, "expected 4 to 10 characters").severity(Severity::Warning);
    Some(finding.help(match length {
        0..4 => "write TokenLength = 6 or more",
        _ => "write 4 to 10; the seconds that a code is valid for belong in TokenExpiryTime",
    }))
}

/// The number somebody meant by `5m`, `300s`, `300.0` or `" 300 "`, if it comes out even and
/// works.
fn meant(text: &str, unit: Unit) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let number: u64 = digits.parse().ok()?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => rest,
    };
    let suffix = rest.trim_start().to_ascii_lowercase();
    if suffix.is_empty() {
        return Some(number).filter(|number| *number > 0);
    }
    let milliseconds: u64 = match suffix.as_str() {
        "ms" | "millis" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600_000,
        _ => return None,
    };
    let one = unit.seconds()? * 1_000;
    let total = number.checked_mul(milliseconds)?;
    (total > 0 && total % one == 0).then_some(total / one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_units() {
        assert_eq!(meant("5m", Unit::Seconds), Some(300));
        assert_eq!(meant("300s", Unit::Minutes), Some(5));
        assert_eq!(meant("90s", Unit::Minutes), None);
        assert_eq!(meant("300.0", Unit::Seconds), Some(300));
        assert_eq!(meant(" 6 ", Unit::Characters), Some(6));
        assert_eq!(meant("6m", Unit::Characters), None);
        assert_eq!(meant("0s", Unit::Seconds), None);
        assert_eq!(meant("99999999999999999999m", Unit::Seconds), None);
        assert_eq!(meant("-1", Unit::Seconds), None);
    }
}
