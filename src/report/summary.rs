//! A run -> its numbers, and the sentence that says them.

use super::Run;
use crate::diagnostic::Severity;
use crate::fix::Applicability;

/// The numbers of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Findings that are certain.
    pub errors: usize,
    /// Findings that are very likely.
    pub warnings: usize,
    /// Findings worth knowing.
    pub infos: usize,
    /// Findings that comments silence.
    pub suppressed: usize,
    /// Findings that `--fix` resolves.
    pub fixable_safe: usize,
    /// Findings that only an unsafe fix resolves.
    pub fixable_unsafe: usize,
    /// Findings that have been resolved.
    pub fixed: usize,
    files: usize,
    unread: usize,
}

impl Summary {
    /// Counts.
    pub fn of(run: &Run<'_>) -> Self {
        let mut summary =
            Self { files: run.files.len(), unread: run.errors.len(), ..Self::default() };
        for file in &run.files {
            summary.suppressed += file.suppressed.len();
            summary.fixed += file.fixed.len();
            for finding in &file.findings {
                *match finding.severity {
                    Severity::Error => &mut summary.errors,
                    Severity::Warning => &mut summary.warnings,
                    Severity::Info => &mut summary.infos,
                } += 1;
                match finding.chosen_fix(true).map(crate::fix::Fix::applicability) {
                    Some(Applicability::Safe) => summary.fixable_safe += 1,
                    Some(Applicability::Unsafe) => summary.fixable_unsafe += 1,
                    None => {}
                }
            }
        }
        summary
    }

    /// The last line of a report for people; none when nothing was checked, since nothing is then
    /// known to be fine.
    pub(super) fn sentence(&self) -> Option<String> {
        if self.files == 0 {
            return None;
        }
        let mut sentence = self.found();
        let mut add = |part: String| {
            sentence.push_str("; ");
            sentence.push_str(&part);
        };
        match (self.fixable_safe, self.fixable_unsafe) {
            (0, 0) => {}
            (safe, 0) => add(format!("{safe} fixable with --fix")),
            (0, risky) => add(format!("{risky} fixable with --fix --unsafe-fixes")),
            (safe, risky) => {
                add(format!("{safe} fixable with --fix, {risky} more with --unsafe-fixes"));
            }
        }
        if self.suppressed > 0 {
            add(format!("{} ignored by comments", self.suppressed));
        }
        if self.unread > 0 {
            add(format!("{} could not be checked", count(self.unread, "input")));
        }
        Some(sentence)
    }

    fn found(&self) -> String {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
        let kinds: Vec<_> = kinds.map(|(number, name)| count(number, name)).collect();
        if kinds.is_empty() {
            return format!("{} checked: nothing to report", count(self.files, "file"));
        }
        kinds.join(", ")
    }
}

/// A number and its noun.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_numbers() {
        let summary = Summary {
            files: 3,
            errors: 2,
            warnings: 1,
            fixable_safe: 1,
            fixable_unsafe: 1,
            ..Summary::default()
        };
        let says = |summary: Summary| summary.sentence().unwrap_or_default();
        assert_eq!(
            says(summary),
            "2 errors, 1 warning; 1 fixable with --fix, 1 more with --unsafe-fixes"
        );
        assert_eq!(
            says(Summary { infos: 1, fixable_safe: 0, suppressed: 3, ..summary }),
            "2 errors, 1 warning, 1 info; 1 fixable with --fix --unsafe-fixes; \
             3 ignored by comments"
        );
        assert_eq!(
            says(Summary { files: 1, ..Summary::default() }),
            "1 file checked: nothing to report"
        );
        assert_eq!(
            says(Summary { files: 2, suppressed: 1, unread: 1, ..Summary::default() }),
            "2 files checked: nothing to report; 1 ignored by comments; \
             1 input could not be checked"
        );
        assert_eq!(says(Summary { unread: 1, ..Summary::default() }), "");
    }
}
