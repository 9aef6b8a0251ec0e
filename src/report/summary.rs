//! A run -> its numbers, and the sentence that says them.

use std::collections::BTreeSet;
use std::ops::Add;

use super::{FileReport, Profile, Report, SectionState};
use crate::diagnostic::Severity;
use crate::fix::{Applicability, Fix};

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
    /// Findings that fail the run.
    pub failing: usize,
    /// Findings that the report has no room for.
    pub(super) omitted: usize,
    /// Tests, where each finding that is shown is one, and so is a file without any.
    pub(super) cases: usize,
    /// Tests that fail.
    pub(super) failures: usize,
    /// Files that were checked.
    pub(super) files: usize,
    /// Those in which something was found.
    pub(super) with_findings: usize,
    /// Those that say nothing of SMS OTP.
    pub(super) without_section: usize,
    /// Settings of SMS OTP that the server reads.
    pub(super) settings: usize,
    /// Inputs that could not be checked.
    pub(super) unread: usize,
}

impl Add for Summary {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            infos: self.infos + other.infos,
            suppressed: self.suppressed + other.suppressed,
            fixable_safe: self.fixable_safe + other.fixable_safe,
            fixable_unsafe: self.fixable_unsafe + other.fixable_unsafe,
            fixed: self.fixed + other.fixed,
            failing: self.failing + other.failing,
            omitted: self.omitted + other.omitted,
            cases: self.cases + other.cases,
            failures: self.failures + other.failures,
            files: self.files + other.files,
            with_findings: self.with_findings + other.with_findings,
            without_section: self.without_section + other.without_section,
            settings: self.settings + other.settings,
            unread: self.unread + other.unread,
        }
    }
}

impl Summary {
    /// The numbers of one file.
    pub(super) fn of(report: &Report, file: &FileReport<'_>) -> Self {
        let (findings, shown) = (&file.findings, file.shown(report));
        let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
        let fixes =
            || findings.iter().filter_map(|one| one.chosen_fix(true)).map(Fix::applicability);
        let fixable = |wanted| fixes().filter(|applicability| *applicability == wanted).count();
        // The one that is built in has a section of its own.
        let is_without = file.section == Some(SectionState::Absent) && file.settings == 0;
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            suppressed: file.suppressed.len(),
            fixable_safe: fixable(Applicability::Safe),
            fixable_unsafe: fixable(Applicability::Unsafe),
            fixed: file.fixed.len(),
            failing: findings.iter().filter(|one| file.fails(one)).count(),
            omitted: findings.len() - shown.len(),
            cases: file.with_suppressed(report).len().max(1),
            failures: shown.iter().filter(|one| file.fails(one)).count(),
            files: 1,
            with_findings: usize::from(!findings.is_empty()),
            without_section: usize::from(is_without),
            settings: file.settings,
            unread: 0,
        }
    }

    /// Whether anything was found.
    pub fn has_findings(&self) -> bool {
        self.with_findings > 0
    }

    /// The last line of a report for people; none when nothing was checked, since nothing is then
    /// known to be fine.
    pub(super) fn sentence(&self, profiles: &BTreeSet<Profile>) -> Option<String> {
        if self.files == 0 {
            return None;
        }
        let mut sentence = self.found(profiles);
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
        if self.omitted > 0 {
            add(format!("{} of them not shown", self.omitted));
        }
        if self.suppressed > 0 {
            add(format!("{} ignored by comments", self.suppressed));
        }
        if self.unread > 0 {
            add(format!("{} could not be checked", count(self.unread, "input")));
        }
        Some(sentence)
    }

    /// What a report says in which a finding is left out, if one is.
    pub(super) fn omission(&self) -> Option<String> {
        let left_out =
            || format!("omitted: {} of the same rules", count(self.omitted, "more finding"));
        (self.omitted > 0).then(left_out)
    }

    fn found(&self, profiles: &BTreeSet<Profile>) -> String {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
        let kinds: Vec<_> = kinds.map(|(number, name)| count(number, name)).collect();
        if kinds.is_empty() {
            return self.nothing(profiles);
        }
        match self.with_findings == self.files {
            true => format!("{} in {}", kinds.join(", "), count(self.files, "file")),
            false => {
                format!("{} in {} of {} files", kinds.join(", "), self.with_findings, self.files)
            }
        }
    }

    /// What was checked, where nothing was found.
    fn nothing(&self, profiles: &BTreeSet<Profile>) -> String {
        let files = count(self.files, "file");
        let settings = count(self.settings, "setting");
        match self.without_section {
            0 => format!("{files} checked, {settings}: nothing to report"),
            all if all == self.files => {
                let mut releases = profiles.iter().map(|profile| profile.release);
                let whose = match (releases.next().flatten(), releases.next()) {
                    (_, Some(_)) => "defaults of its release".to_owned(),
                    (Some(release), None) => format!("defaults of {release}"),
                    (None, None) => "documented defaults".to_owned(),
                };
                format!("{files} checked, no SMS OTP settings: the server uses the {whose}")
            }
            some => {
                let some = count(some, "file");
                format!("{files} checked, {settings}, none in {some}: nothing to report")
            }
        }
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
            with_findings: 2,
            errors: 2,
            warnings: 1,
            fixable_safe: 1,
            fixable_unsafe: 1,
            ..Summary::default()
        };
        let says = |summary: Summary| {
            summary.sentence(&BTreeSet::from([Profile::default()])).unwrap_or_default()
        };
        assert_eq!(
            says(summary),
            "2 errors, 1 warning in 2 of 3 files; 1 fixable with --fix, 1 more with --unsafe-fixes"
        );
        assert_eq!(
            says(Summary { infos: 1, fixable_safe: 0, suppressed: 3, with_findings: 3, ..summary }),
            "2 errors, 1 warning, 1 info in 3 files; 1 fixable with --fix --unsafe-fixes; \
             3 ignored by comments"
        );
        assert_eq!(
            says(Summary { files: 1, settings: 1, ..Summary::default() }),
            "1 file checked, 1 setting: nothing to report"
        );
        assert_eq!(
            says(Summary { files: 1, without_section: 1, ..Summary::default() }),
            "1 file checked, no SMS OTP settings: the server uses the documented defaults"
        );
        assert_eq!(
            says(Summary { files: 3, without_section: 1, settings: 9, ..Summary::default() }),
            "3 files checked, 9 settings, none in 1 file: nothing to report"
        );
        assert_eq!(
            says(Summary { files: 2, suppressed: 1, unread: 1, ..Summary::default() }),
            "2 files checked, 0 settings: nothing to report; 1 ignored by comments; \
             1 input could not be checked"
        );
        assert_eq!(says(Summary { unread: 1, ..Summary::default() }), "");
    }
}
