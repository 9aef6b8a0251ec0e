//! What a check found under each of several releases -> one answer that holds for all of them.

use std::collections::HashMap;

use super::Checked;
use crate::catalogue::Release;
use crate::diagnostic::{Category, Diagnostic};
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
    findings.retain(|finding: &Diagnostic| {
        finding.rule.category != Category::Meta || finding.releases.len() == releases.len()
    });
    for finding in findings.iter_mut().chain(&mut suppressed) {
        if finding.releases.len() < releases.len() {
            finding.fixes.clear();
            name_releases(finding);
        }
    }
    findings.sort_by_cached_key(Diagnostic::rank);
    Checked { findings, suppressed, loads }
}

/// Adds the findings of a release to those of the others.
fn take(all: &mut Vec<Diagnostic>, release: Release, found: Vec<Diagnostic>) {
    let mut by_place: HashMap<Span, Vec<usize>> = HashMap::new();
    for (at, known) in all.iter().enumerate() {
        by_place.entry(known.primary.span).or_default().push(at);
    }
    for mut finding in found {
        let near = by_place.get(&finding.primary.span).map(Vec::as_slice).unwrap_or_default();
        match near.iter().find(|at| is_same(&all[**at], &finding)) {
            Some(&at) => {
                let known = &mut all[at];
                known.releases.push(release);
                known
                    .fixes
                    .retain(|fix| finding.fixes.iter().any(|own| own.edits() == fix.edits()));
            }
            None => {
                finding.releases = vec![release];
                all.push(finding);
            }
        }
    }
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let of = |finding: &Diagnostic| (finding.rule.name, finding.primary.span, finding.severity);
    of(one) == of(other) && one.message == other.message && one.help == other.help
}

/// Says in the message which releases it is about, unless it does.
fn name_releases(finding: &mut Diagnostic) {
    let is_named = |release: &Release| finding.message.contains(release.as_str());
    if finding.releases.iter().all(is_named) {
        return;
    }
    if let Some((first, others)) = finding.releases.split_first() {
        let named = message!("{} (in {}", finding.message, first);
        let named = others.iter().fold(named, |named, other| message!("{}, {}", named, other));
        finding.message = message!("{})", named);
    }
}
