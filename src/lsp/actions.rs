//! Findings and a place -> what an editor offers to do about them, as edits that are proven.

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostic;
use crate::diff;
use crate::engine::{Keeps, Options, repair, verify};
use crate::escape::escape;
use crate::fix::{Applicability, Edit};
use crate::policy::ignore_here;
use crate::source::Span;

/// The kind of an action that resolves one finding.
pub(super) const QUICK_FIX: &str = "quickfix";
/// The kind of the action that makes all safe fixes, which an editor can do whenever it saves.
pub(super) const FIX_ALL: &str = "source.fixAll.smsotp-lint";

/// The most findings that are offered help at a time. Each comment is proven when it is offered.
const MOST: usize = 50;

/// One thing that can be done, by the numbers of a finding and of its fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum ActionChoice {
    /// One fix of a finding.
    Fix(usize, usize),
    /// A comment that silences the rule of a finding.
    Ignore(usize),
    /// Every safe fix of the file.
    All,
}

/// What is done and what it changes.
#[derive(Debug)]
pub(super) struct Action {
    /// What it does, in the imperative.
    pub(super) title: String,
    /// Whether it may be done without a look at the others.
    pub(super) is_preferred: bool,
    /// The changes, in order.
    pub(super) edits: Vec<Edit>,
}

impl ActionChoice {
    /// What the last one does.
    pub(super) const ALL_TITLE: &str = "make all safe fixes";

    /// Everything there is to do about the findings on some lines, in kinds that are wanted.
    pub(super) fn at(
        findings: &[Diagnostic],
        lines: Span,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Self> {
        let mut choices = Vec::new();
        let is_here = |finding: &Diagnostic| {
            let span = finding.primary.span;
            span.start <= lines.end && lines.start <= span.end
        };
        if is_wanted(QUICK_FIX) {
            let here = findings.iter().enumerate().filter(|(_, finding)| is_here(finding));
            let here: Vec<_> = here.take(MOST).collect();
            for (at, finding) in &here {
                let fixes = finding.fixes.iter().enumerate();
                let fixes = fixes.filter(|(_, fix)| !fix.edits().is_empty());
                choices.extend(fixes.map(|(number, _)| Self::Fix(*at, number)));
            }
            choices.extend(here.iter().map(|(at, _)| Self::Ignore(*at)));
        }
        let is_fixable = |finding: &Diagnostic| finding.chosen_fix(false).is_some();
        if is_wanted(FIX_ALL) && findings.iter().any(is_fixable) {
            choices.push(Self::All);
        }
        choices
    }

    /// The kind of action.
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Fix(..) | Self::Ignore(_) => QUICK_FIX,
            Self::All => FIX_ALL,
        }
    }

    /// The finding it is about, if it is about one.
    pub(super) const fn finding(self) -> Option<usize> {
        match self {
            Self::Fix(at, _) | Self::Ignore(at) => Some(at),
            Self::All => None,
        }
    }

    /// What it does; `None` where it cannot be done.
    pub(super) fn action(
        self,
        analysis: &Analysis<'_>,
        options: &Options<'_>,
        findings: &[Diagnostic],
    ) -> Option<Action> {
        match self {
            Self::Fix(at, number) => fix(findings.get(at)?, number),
            Self::Ignore(at) => {
                let fix = ignore_here(analysis.document, findings.get(at)?)?;
                let edits = fix.edits().to_vec();
                let title = fix.title().to_string();
                verify(analysis, &edits, Keeps::Behaviour).then_some(Action {
                    title,
                    is_preferred: false,
                    edits,
                })
            }
            Self::All => Some(Action {
                title: Self::ALL_TITLE.to_owned(),
                is_preferred: false,
                edits: all(analysis, options),
            }),
        }
    }
}

fn fix(finding: &Diagnostic, number: usize) -> Option<Action> {
    let fix = finding.fixes.get(number)?;
    let is_safe = fix.applicability() == Applicability::Safe;
    let title = escape(fix.title());
    let title = match is_safe {
        true => title.into_owned(),
        false => format!("{title} (changes what the server does)"),
    };
    let others = &finding.fixes[..number];
    let is_first = others.iter().all(|other| other.applicability() != Applicability::Safe);
    Some(Action { title, is_preferred: is_safe && is_first, edits: fix.edits().to_vec() })
}

/// The edits of all safe fixes, each proven by the repair.
fn all(analysis: &Analysis<'_>, options: &Options<'_>) -> Vec<Edit> {
    let source = analysis.document.source();
    let repaired = repair(source, options, false);
    diff::edits(source.text(), repaired.source.text())
}
