//! A fix -> whether it may be made: the only gate, for checks, repairs, `set` and editors.

use std::collections::{BTreeMap, HashSet};

use crate::analysis::Analysis;
use crate::catalogue::parameter;
use crate::diagnostic::Diagnostic;
use crate::fix::{Applicability, Edit, Fix, apply};
use crate::rules;
use crate::source::{Source, Span};
use crate::toml::{Document, Value};

/// What edits must leave as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// What the server does, unless it did not start before: a safe fix.
    Behaviour,
    /// Every reference: an unsafe fix. What a reference stands for is known for the environment of
    /// this run only.
    References,
    /// Nothing: the user asked for exactly this change.
    Nothing,
}

impl From<Applicability> for Keeps {
    fn from(applicability: Applicability) -> Self {
        match applicability {
            Applicability::Safe => Self::Behaviour,
            Applicability::Unsafe => Self::References,
        }
    }
}

/// Whether edits may be made to a file. They must change it, leave TOML behind (or fewer mistakes,
/// where it was none), stop no server that started before, keep what they have to, and bring no
/// comment into this section that was outside of it.
pub fn verify(analysis: &Analysis<'_>, edits: &[Edit], keeps: Keeps) -> bool {
    verify_together(analysis, edits, 1, keeps)
}

/// The same for the edits of so many fixes, each of which must take a mistake away.
fn verify_together(analysis: &Analysis<'_>, edits: &[Edit], fixes: usize, keeps: Keeps) -> bool {
    let before = analysis.document;
    let Some(text) = apply(before.source().text(), edits) else { return false };
    if text == before.source().text() {
        return false;
    }
    if keeps != Keeps::Nothing && !keeps_references(analysis, edits) {
        return false;
    }
    let source = Source::new(before.source().name(), text);
    let after = Document::parse(&source);
    if !after.is_toml() {
        return after.faults().len() + fixes <= before.faults().len();
    }
    if !before.is_toml() {
        return true;
    }
    let after = analysis.again(&after);
    if after.view.unmasks_a_comment(&analysis.view) {
        return false;
    }
    // Counted only where it matters: it costs as much as what comes behind the edits.
    let stopped = || startup_count(analysis);
    let stops = startup_count(&after);
    (stops == 0 || stops <= stopped())
        && (keeps != Keeps::Behaviour || does_the_same(analysis, &after) || stopped() > 0)
}

/// Whether the server acts on the same settings. Their spelling may differ where the server reads
/// the same, and so may a switch that it never reads.
fn does_the_same(before: &Analysis<'_>, after: &Analysis<'_>) -> bool {
    let rest = |analysis: &Analysis<'_>| {
        let held = analysis.server.authenticator.as_ref();
        let enabled =
            held.map(|held| held.enabled.as_ref().map(|it| it.eq_ignore_ascii_case("true")));
        let strange = held.iter().flat_map(|held| &held.parameters);
        let strange = strange.filter(|(name, _)| parameter(name).is_none());
        let strange: Vec<_> = strange.map(|(name, text)| (name.clone(), text.clone())).collect();
        (analysis.server.registration, enabled, strange)
    };
    let mut sections = before.sections().zip(after.sections());
    rest(before) == rest(after)
        && before.sections().count() == after.sections().count()
        && sections.all(|((_, before), (_, after))| before.act_like(after))
}

/// How many findings are about what stops the server.
fn startup_count(analysis: &Analysis<'_>) -> usize {
    rules::run(analysis, super::stops).len()
}

/// How many bytes of text may still be read to prove fixes. Each proof reads a whole file, and a
/// file that is made for it has thousands of fixes that are in each other's way.
#[derive(Debug)]
pub(super) struct Effort(usize);

impl Effort {
    /// What the fixes of a check are worth: hundreds of proofs for a file of the usual 3 KB, dozens
    /// for the largest known.
    pub(super) const CHECK: usize = 2 << 20;
    /// What a repair is worth, the checks between its rounds included.
    pub(super) const REPAIR: usize = 3 * Self::CHECK;
    /// What it is worth to tell what fixes bring about: no fix is left undone for that.
    pub(super) const EFFECTS: usize = Self::CHECK / 4;

    /// For this many bytes.
    pub(super) const fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// How many bytes are left.
    pub(super) const fn left(&self) -> usize {
        self.0
    }

    /// Whether there is enough left to read a text, which is then spent.
    pub(super) fn spend(&mut self, text: &str) -> bool {
        let left = self.0.checked_sub(text.len());
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// Takes back every fix that is not proven.
pub(super) fn keep_proven(
    analysis: &Analysis<'_>,
    findings: &mut [Diagnostic],
    effort: &mut Effort,
) {
    let mut own = Effort::new(effort.left().min(Effort::CHECK));
    let given = own.left();
    let mut proven = HashSet::new();
    for applicability in [Applicability::Safe, Applicability::Unsafe] {
        let fixes = findings.iter().enumerate().flat_map(|(at, finding)| {
            let fixes = finding.fixes.iter().enumerate();
            fixes.map(move |(number, fix)| ((at, number), fix))
        });
        let mut left: Vec<Candidate<'_>> =
            fixes.filter(|(_, fix)| fix.applicability() == applicability).collect();
        while !left.is_empty() && own.left() > 0 {
            let group = disjoint(&left, |(_, fix)| fix);
            let taken: HashSet<_> = group.iter().map(|(place, _)| *place).collect();
            left.retain(|(place, _)| !taken.contains(place));
            prove(analysis, &group, applicability, &mut proven, &mut own);
        }
    }
    effort.0 -= given - own.left();
    for (at, finding) in findings.iter_mut().enumerate() {
        let (mut number, mut is_fixed) = (0, false);
        finding.fixes.retain(|fix| {
            number += 1;
            let stays = proven.contains(&(at, number - 1)) && !(fix.is_fallback() && is_fixed);
            is_fixed = stays;
            stays
        });
    }
}

/// A fix, and which one of which finding it is.
type Candidate<'f> = ((usize, usize), &'f Fix);

/// Proves fixes that do not touch each other. Fixes are independent, so what holds for all of them
/// together holds for each; where it does not, both halves are tried.
fn prove(
    analysis: &Analysis<'_>,
    group: &[Candidate<'_>],
    applicability: Applicability,
    proven: &mut HashSet<(usize, usize)>,
    effort: &mut Effort,
) {
    if !effort.spend(analysis.document.source().text()) {
        return;
    }
    let edits = merged(group.iter().map(|(_, fix)| *fix));
    if verify_together(analysis, &edits, group.len(), applicability.into()) {
        proven.extend(group.iter().map(|(place, _)| *place));
    } else if group.len() > 1 {
        let (first, second) = group.split_at(group.len() / 2);
        prove(analysis, first, applicability, proven, effort);
        prove(analysis, second, applicability, proven, effort);
    }
}

/// The edits of all fixes, in order.
pub(super) fn merged<'f>(fixes: impl Iterator<Item = &'f Fix>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits().iter().cloned()).collect();
    edits.sort_by_cached_key(|edit| edit.span);
    edits
}

/// Those, in order, whose fix touches none chosen before. Several may write at one place: in
/// front of the same table, say.
pub(super) fn disjoint<'f, T: Copy>(candidates: &[T], fix: impl Fn(&T) -> &'f Fix) -> Vec<T> {
    let mut taken = BTreeMap::new();
    let mut chosen = Vec::new();
    for candidate in candidates {
        let edits = fix(candidate).edits();
        let touches = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            before.is_some_and(|(start, end)| {
                let is_same = edit.span.is_empty() && Span::new(*start, *end) == edit.span;
                *end >= edit.span.start && !is_same
            })
        };
        if !edits.iter().any(touches) {
            taken.extend(edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push(*candidate);
        }
    }
    chosen
}

/// Whether every reference that the edits take away is written again by one of them.
fn keeps_references(analysis: &Analysis<'_>, edits: &[Edit]) -> bool {
    let sections = analysis.sections().map(|(section, _)| section);
    let own = sections.flat_map(|it| it.enable.iter().chain(&it.name).chain(&it.parameters));
    let references = own.filter(|written| matches!(written.entry.value, Value::Placeholder(_)));
    let mut references: Vec<Span> = references.map(|written| written.entry.value_span).collect();
    references.sort_unstable();
    let texts = edits.iter().map(|edit| edit.text.as_str()).filter(|text| !text.is_empty());
    let mut written = Written { texts: texts.collect(), at: (0, 0) };
    edits.iter().all(|edit| {
        let first = references.partition_point(|span| span.start < edit.span.start);
        let mut gone = references[first..].iter().take_while(|span| edit.span.contains(**span));
        gone.all(|span| written.finds(analysis.document.source().slice(*span)))
    })
}

/// The texts that edits write, and how far they have been searched. What moves together keeps its
/// order, so each reference is looked for behind the one before first.
struct Written<'e> {
    texts: Vec<&'e str>,
    at: (usize, usize),
}

impl Written<'_> {
    fn finds(&mut self, reference: &str) -> bool {
        let (text, done) = self.at;
        let places = (text..self.texts.len()).chain(0..text).map(|at| (at, 0));
        let mut places = std::iter::once((text, done)).chain(places);
        let found = places.find_map(|(text, from)| {
            let within = self.texts.get(text)?.get(from..)?.find(reference)?;
            Some((text, from + within + reference.len()))
        });
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }
}
