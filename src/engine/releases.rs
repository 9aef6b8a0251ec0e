//! What a check found under each of several releases -> one answer that holds for all of them.

use std::collections::HashMap;

use super::Checked;
use crate::catalogue::Release;
use crate::diagnostic::{Category, Diagnostic};
use crate::fix::Fix;
use crate::message::message;
use crate::source::Span;

/// A file under several releases. A finding names those it is about, and keeps the fixes that all
/// of them offer.
pub fn merge(each: Vec<(Release, Checked)>) -> Checked {
    let releases: Vec<Release> = each.iter().map(|(release, _)| *release).collect();
    let loads: Vec<_> = each.iter().map(|(_, checked)| checked.loads).collect();
    let loads = match &loads[..] {
        loads if loads.contains(&Some(false)) => Some(false),
        loads if loads.contains(&None) => None,
        _ => Some(true),
    };
    let (mut findings, mut suppressed) = (Vec::new(), Vec::new());
    for (release, checked) in each {
        take(&mut findings, release, checked.findings);
        take(&mut suppressed, release, checked.suppressed);
    }
    // A comment that silences something under one release is of use.
    findings.retain(|Merged { finding, .. }| {
        finding.rule.category != Category::Meta || finding.releases.len() == releases.len()
    });
    let named = |all: Vec<Merged>| -> Vec<_> {
        all.into_iter().map(|merged| merged.named(&releases)).collect()
    };
    let (mut findings, suppressed) = (named(findings), named(suppressed));
    findings.sort_by_cached_key(Diagnostic::rank);
    Checked { findings, suppressed, loads }
}

/// A finding that holds under some of the releases, in the words of the first.
struct Merged {
    finding: Diagnostic,
    /// Releases whose own words differ from these in the name of the release alone.
    others: Vec<Release>,
}

/// Adds the findings of a release to those of the others.
fn take(all: &mut Vec<Merged>, release: Release, found: Vec<Diagnostic>) {
    let mut by_place: HashMap<Span, Vec<usize>> = HashMap::new();
    for (at, known) in all.iter().enumerate() {
        by_place.entry(known.finding.primary.span).or_default().push(at);
    }
    for mut finding in found {
        finding.releases = vec![release];
        let near = by_place.get(&finding.primary.span).map(Vec::as_slice).unwrap_or_default();
        match near.iter().find(|at| is_same(&all[**at].finding, &finding)) {
            Some(&at) => {
                let Merged { finding: known, others } = &mut all[at];
                if known.message != finding.message || known.help != finding.help {
                    others.push(release);
                }
                known.releases.push(release);
                known.fixes = known.fixes.iter().filter_map(|fix| common(fix, &finding)).collect();
            }
            None => all.push(Merged { finding, others: Vec::new() }),
        }
    }
}

/// A fix that a finding of another release has, too, whatever it brings about there.
fn common(fix: &Fix, other: &Diagnostic) -> Option<Fix> {
    let same = other.fixes.iter().find(|own| own.edits() == fix.edits())?;
    Some(match same.title() == fix.title() {
        true => fix.clone(),
        false => fix.clone().with_effect("what that changes depends on the release"),
    })
}

/// Whether two findings say the same, each of its own release.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let of = |finding: &Diagnostic| (finding.rule.name, finding.primary.span, finding.severity);
    let words = |finding: &Diagnostic| {
        let texts = std::iter::once(&finding.message).chain(&finding.help);
        let release = finding.releases.first().map(|release| release.as_str());
        texts
            .map(|text| text.replace(release.unwrap_or_default(), "its release"))
            .collect::<Vec<_>>()
    };
    of(one) == of(other)
        && (one.message == other.message && one.help == other.help || words(one) == words(other))
}

impl Merged {
    /// The finding with the releases it is about in its message, unless the message says them or
    /// they are all that were asked for.
    fn named(self, all: &[Release]) -> Diagnostic {
        let Self { mut finding, others } = self;
        let is_for_all = finding.releases.len() == all.len();
        if !is_for_all {
            finding.fixes.clear();
        }
        let is_named = |release: &Release| finding.message.contains(release.as_str());
        let (lead, releases) = match others.is_empty() {
            true if is_for_all || finding.releases.iter().all(is_named) => return finding,
            true => ("in", &finding.releases),
            false => ("the same in", &others),
        };
        if let Some((first, rest)) = releases.split_first() {
            let named = message!("{} ({} {}", finding.message, lead, first);
            let named = rest.iter().fold(named, |named, next| message!("{}, {}", named, next));
            finding.message = message!("{})", named);
        }
        finding
    }
}
