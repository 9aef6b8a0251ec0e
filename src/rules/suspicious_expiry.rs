//! Expiry times that were probably counted in another unit.

use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "suspicious-expiry",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("suspicious_expiry.md")),
    concerns: Concerns::Named(&["TokenExpiryTime"]),
    ..RuleInfo::PLAIN
};

const EXPIRY: &str = "TokenExpiryTime";

const DAY: u64 = 24 * 60 * 60;

/// What a number of seconds was probably meant as.
#[derive(Debug, PartialEq, Eq)]
enum Suspicion {
    /// The same number of minutes.
    Minutes,
    /// The same number of milliseconds.
    Milliseconds,
    /// Seconds, but very many.
    Seconds,
}

impl Suspicion {
    fn of(seconds: u64) -> Option<Self> {
        match seconds {
            // Zero is no time at all, which not-a-number speaks of.
            1..=15 => Some(Self::Minutes),
            0..60_000 => None,
            _ if seconds.is_multiple_of(1000) => Some(Self::Milliseconds),
            _ => Some(Self::Seconds),
        }
    }

    /// The number of seconds that the author seems to have had in mind.
    fn meant(&self, seconds: u64) -> Option<u64> {
        match self {
            Self::Minutes => Some(seconds * 60),
            // A quotient that is suspicious again shows that the guess is wrong.
            Self::Milliseconds => Some(seconds / 1000).filter(|it| Self::of(*it).is_none()),
            Self::Seconds => None,
        }
    }
}

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let setting = analysis.settings.get(EXPIRY);
    let (Some((written, _)), Some(seconds)) = (setting.scalar(), setting.number()) else {
        return;
    };
    let Some(suspicion) = Suspicion::of(seconds) else { return };
    let time = duration(seconds);
    let consequence = match suspicion {
        Suspicion::Minutes => "the server counts seconds, not minutes",
        Suspicion::Milliseconds => "the server counts seconds, not milliseconds",
        Suspicion::Seconds if seconds >= DAY => "a code stays valid for a day or more",
        Suspicion::Seconds => "a code stays valid for most of a day",
    };
    if setting.is_from_reference() {
        let message = message!("{} is not in seconds, or far too long: {}", EXPIRY, consequence);
        let help = message!("write the time in seconds, such as {} = 300", EXPIRY);
        sink.push(INFO.at_value(written, message, "the time that a code is valid").help(help));
        return;
    }
    let message =
        message!("{} = {} is {}: {}", EXPIRY, analysis.view.text(setting), time, consequence);
    let finding = INFO.at_value(written, message, message!("a code is valid for {}", time));
    sink.push(match suspicion.meant(seconds) {
        None => finding.help(message!("write the time in seconds, such as {} = 300", EXPIRY)),
        Some(meant) => {
            let edit = edits::retext(analysis.document, written.entry, &meant.to_string());
            finding
                .help(message!("for {}, write {} = {}", duration(meant), EXPIRY, meant))
                .fix(Fix::risky(message!("set {} = {}", EXPIRY, meant), vec![edit]))
        }
    });
}

/// A time for people, in the largest unit that keeps it above one.
fn duration(seconds: u64) -> Message {
    let (size, unit) = match seconds {
        0..60 => (1, "second"),
        60..7200 => (60, "minute"),
        _ => (3600, "hour"),
    };
    let count = seconds / size;
    let over = if seconds.is_multiple_of(size) { "" } else { "over " };
    let plural = if count == 1 { "" } else { "s" };
    message!("{}{} {}{}", over, count, unit, plural)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suspects_other_units_only() {
        let meant = |seconds| Suspicion::of(seconds).map(|it| (it.meant(seconds), it));
        for plausible in [0, 16, 30, 60, 300, 900, 3600, 59_999] {
            assert_eq!(meant(plausible), None, "{plausible}");
        }
        assert_eq!(meant(2), Some((Some(120), Suspicion::Minutes)));
        assert_eq!(meant(300_000), Some((Some(300), Suspicion::Milliseconds)));
        assert_eq!(meant(86_400), Some((None, Suspicion::Seconds)));
        assert_eq!(meant(604_800), Some((None, Suspicion::Seconds)));
        assert_eq!(meant(60_000_000), Some((None, Suspicion::Milliseconds)));
    }

    #[test]
    fn counts_time_as_people_do() {
        let pairs = [
            (1, "1 second"),
            (60, "1 minute"),
            (90, "over 1 minute"),
            (86_400, "24 hours"),
            (300_000, "over 83 hours"),
        ];
        for (seconds, expected) in pairs {
            assert_eq!(&*duration(seconds), expected);
        }
    }
}
