//! Findings -> one for each cause: what several have in common is reported once, with a label at
//! every place, and what follows from another finding is reported by that one.
//!
//! This comes after the comments that silence findings and after the levels, so that nothing is
//! lost behind a finding that nobody sees.

use std::collections::{HashMap, HashSet};

use crate::analysis::Analysis;
use crate::diagnostic::{Category, Diagnostic, Label, Relation, Severity};
use crate::engine::verify::{Effort, merged, verify};
use crate::fix::Fix;
use crate::message::{Message, message};
use crate::source::Span;

/// How many names a message lists.
const NAMES: usize = 4;

/// Findings in the order of the file, with each cause told once.
pub(super) fn once_each(
    analysis: &Analysis<'_>,
    findings: Vec<Diagnostic>,
    effort: &mut Effort,
) -> Vec<Diagnostic> {
    let (effects, causes): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|one| matches!(one.relation, Some(Relation::FollowsFrom { .. })));
    let mut findings = grouped(analysis, causes, effort);
    for effect in effects {
        let Some(Relation::FollowsFrom { place, consequence }) = &effect.relation else { continue };
        match findings.iter_mut().find(|cause| explains(cause, *place, &effect)) {
            Some(cause) => tell(cause, consequence.clone(), effect.primary),
            None => findings.push(effect),
        }
    }
    findings.sort_by_cached_key(|finding| finding.primary.span);
    findings
}

/// Findings of one rule that have a cause in common, as one.
fn grouped(
    analysis: &Analysis<'_>,
    findings: Vec<Diagnostic>,
    effort: &mut Effort,
) -> Vec<Diagnostic> {
    let mut groups: Vec<Group> = Vec::with_capacity(findings.len());
    let mut latest: HashMap<(&str, Severity, Message), usize> = HashMap::new();
    for finding in findings {
        let Some(Relation::SharesCause { text, .. }) = &finding.relation else {
            groups.push(Group::of(finding));
            continue;
        };
        let known = latest.entry((finding.rule.name, finding.severity, text.clone()));
        let at = *known.or_insert(groups.len());
        let left = match groups.get_mut(at) {
            Some(group) => group.take(analysis, finding, effort),
            None => Some(finding),
        };
        groups.extend(left.map(Group::of));
    }
    groups.into_iter().map(Group::finding).collect()
}

/// Whether a finding is about this place, and weighs no less than what follows from it.
fn explains(cause: &Diagnostic, place: Span, effect: &Diagnostic) -> bool {
    let mut places = std::iter::once(&cause.primary).chain(&cause.related);
    cause.severity >= effect.severity
        && matches!(cause.rule.category, Category::Ignored | Category::Value)
        && places.any(|label| label.span.start < place.end && place.start < label.span.end)
}

fn tell(cause: &mut Diagnostic, consequence: Option<Message>, label: Label) {
    let Some(consequence) = consequence else { return };
    if !cause.message.contains(&*consequence) {
        cause.message = message!("{}; {}", cause.message, consequence);
    }
    cause.related.push(label);
}

/// Findings of one cause: the first of them, and the names they are all about.
struct Group {
    first: Diagnostic,
    names: Vec<Message>,
    known: HashSet<Message>,
    members: usize,
}

impl Group {
    fn of(first: Diagnostic) -> Self {
        let names: Vec<Message> = match &first.relation {
            Some(Relation::SharesCause { name, .. }) => name.iter().cloned().collect(),
            _ => Vec::new(),
        };
        Self { known: names.iter().cloned().collect(), first, names, members: 1 }
    }

    /// Adds a finding, unless their fixes cannot be made together: then it is given back.
    fn take(
        &mut self,
        analysis: &Analysis<'_>,
        other: Diagnostic,
        effort: &mut Effort,
    ) -> Option<Diagnostic> {
        if self.first.fixes.len() != other.fixes.len() {
            return Some(other);
        }
        let fixes = self.first.fixes.iter().zip(&other.fixes);
        let fixes: Option<Vec<_>> =
            fixes.map(|(own, more)| together(analysis, own, more, effort)).collect();
        let Some(fixes) = fixes else { return Some(other) };
        self.first.fixes = fixes;
        self.members += 1;
        if let Some(Relation::SharesCause { name: Some(name), .. }) = other.relation
            && self.known.insert(name.clone())
        {
            self.names.push(name);
        }
        let related = &mut self.first.related;
        let is_alike = other.primary.message == self.first.primary.message;
        related.push(match is_alike {
            true => Label::new(other.primary.span, "and here"),
            false => other.primary,
        });
        for label in other.related {
            if related.iter().all(|known| known.span != label.span) {
                related.push(label);
            }
        }
        for help in other.help {
            if !self.first.help.contains(&help) {
                self.first.help.push(help);
            }
        }
        None
    }

    /// The findings as one.
    fn finding(self) -> Diagnostic {
        let Self { mut first, names, members, .. } = self;
        let Some(Relation::SharesCause { text, .. }) = first.relation.take() else { return first };
        first.message = match names.len() {
            0 if members > 1 => text,
            0 | 1 => first.message,
            _ => message!("{} {}", listed(names), text),
        };
        first
    }
}

/// Names as a list, of which a long one is cut.
fn listed(mut names: Vec<Message>) -> Message {
    if names.len() > NAMES {
        let more = names.len() - (NAMES - 1);
        names.truncate(NAMES - 1);
        names.push(message!("{} more", more));
    }
    Message::listed(names)
}

/// Two fixes of one kind as one, if both can be made.
fn together(analysis: &Analysis<'_>, one: &Fix, other: &Fix, effort: &mut Effort) -> Option<Fix> {
    let is_alike = one.title() == other.title() && one.applicability() == other.applicability();
    let edits = merged([one, other].into_iter());
    let may = is_alike
        && effort.spend(analysis.document.source().text())
        && verify(analysis, &edits, one.applicability().into());
    may.then(|| one.with(edits))
}
