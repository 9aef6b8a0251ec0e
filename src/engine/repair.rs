//! A text and its findings -> the text with the fixes made, checked again until nothing is left to
//! fix.

use crate::diagnostic::{Diagnostic, RuleInfo};
use crate::engine::verify::{Effort, disjoint, merged};
use crate::engine::{Checked, Options, check_within, effects, verify};
use crate::fix::{Applicability, Edit, Fix, apply};
use crate::message::Message;
use crate::source::{Source, Span};
use crate::toml::Document;

/// How often a text is fixed and checked again, at most. Each round applies every fix that does
/// not touch another, so a real file needs two or three.
const ROUNDS: usize = 100;

/// A text with its fixes made.
#[derive(Debug)]
pub struct Repaired {
    /// The text as it should be.
    pub source: Source,
    /// What was done, in order.
    pub fixed: Vec<Fixed>,
}

/// One fix that was made.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The rule whose finding it resolved.
    pub rule: &'static RuleInfo,
    /// What it did.
    pub title: Message,
    /// Where the finding stood in the original file; later rounds map back to it.
    pub span: Span,
}

/// Makes the fixes that policy leaves standing, the unsafe ones only when asked for.
pub fn repair(source: &Source, options: &Options<'_>, with_unsafe: bool) -> Repaired {
    repaired(source, options, &|finding| finding.chosen_fix(with_unsafe))
}

/// The same for some rules, by their names.
pub fn repair_only(
    source: &Source,
    options: &Options<'_>,
    with_unsafe: bool,
    rules: &[&str],
) -> Repaired {
    repaired(source, options, &|finding| {
        rules.contains(&finding.rule.name).then(|| finding.named_fix(with_unsafe))?
    })
}

/// Which fix of a finding is to be made, if one is.
type FixChoice<'c> = &'c dyn Fn(&Diagnostic) -> Option<&Fix>;

fn repaired(source: &Source, options: &Options<'_>, choice: FixChoice<'_>) -> Repaired {
    let mut current = Source::new(source.name(), source.text());
    let mut fixed = Vec::new();
    let mut moved = Moves::default();
    let mut efforts = (Effort::new(Effort::REPAIR), Effort::new(Effort::EFFECTS));
    for _ in 0..ROUNDS {
        let round = round(&current, options, choice, &mut efforts);
        let Some((text, made, edits)) = round else { break };
        fixed.extend(made.into_iter().map(|one| Fixed { span: moved.back(one.span), ..one }));
        moved.record(edits);
        current = Source::new(source.name(), text);
    }
    Repaired { source: current, fixed }
}

/// One round of fixes; `None` when there is nothing to do, or nothing that may be done.
fn round(
    source: &Source,
    options: &Options<'_>,
    choice: FixChoice<'_>,
    (effort, telling): &mut (Effort, Effort),
) -> Option<(String, Vec<Fixed>, Vec<Edit>)> {
    let document = Document::parse(source);
    let analysis = options.analyse(&document);
    let Checked { findings, loads, .. } = check_within(&analysis, options, effort);
    let candidates: Vec<(&Diagnostic, &Fix)> = findings
        .iter()
        .filter_map(|finding| Some((finding, choice(finding)?)))
        .filter(|(_, fix)| !fix.edits().is_empty())
        .collect();
    let mut attempt = |chosen: &[(&Diagnostic, &Fix)]| {
        let edits = merged(chosen.iter().map(|(_, fix)| *fix));
        let are_safe = chosen.iter().all(|(_, fix)| fix.applicability() == Applicability::Safe);
        let applicability = if are_safe { Applicability::Safe } else { Applicability::Unsafe };
        if !effort.spend(source.text()) || !verify(&analysis, &edits, applicability.into()) {
            return None;
        }
        let mut fixes: Vec<Fix> = chosen.iter().map(|(_, fix)| (*fix).clone()).collect();
        if loads != Some(false) {
            effects::tell(&analysis, fixes.iter_mut(), telling);
        }
        let made = chosen.iter().zip(fixes).map(|((finding, _), fix)| Fixed {
            rule: finding.rule,
            title: fix.title().clone(),
            span: finding.primary.span,
        });
        Some((apply(source.text(), &edits)?, made.collect(), edits))
    };
    // Each is proven alone; together they may still be in each other's way.
    let chosen = disjoint(&candidates, |(_, fix)| *fix);
    let halves = std::iter::successors(Some(chosen.len()), |many| Some(many / 2));
    let mut halves = halves.take_while(|many| *many > 0);
    halves
        .find_map(|many| attempt(&chosen[..many]))
        .or_else(|| candidates.iter().find_map(|one| attempt(std::slice::from_ref(one))))
}

/// The edits of the rounds so far, to tell where a place stood in the original.
#[derive(Default)]
struct Moves(Vec<Vec<Moved>>);

/// An edit with the place of its text behind all edits of its round.
struct Moved {
    edit: Edit,
    start: usize,
}

impl Moves {
    fn record(&mut self, edits: Vec<Edit>) {
        let mut shift = 0isize;
        let moved = edits.into_iter().map(|edit| {
            let start = edit.span.start.saturating_add_signed(shift);
            shift += edit.text.len().cast_signed() - edit.span.len().cast_signed();
            Moved { edit, start }
        });
        self.0.push(moved.collect());
    }

    fn back(&self, span: Span) -> Span {
        let through =
            |offset: usize| self.0.iter().rev().fold(offset, |at, round| before(at, round));
        Span::new(through(span.start), through(span.end))
    }
}

/// Where an offset behind the edits of a round stood before them; a place inside new text maps to
/// the end of what it replaced.
fn before(offset: usize, round: &[Moved]) -> usize {
    let above = round.partition_point(|moved| moved.start <= offset);
    let Some(Moved { edit, start }) = above.checked_sub(1).map(|last| &round[last]) else {
        return offset;
    };
    let behind = offset - start;
    match behind.checked_sub(edit.text.len()) {
        Some(rest) => edit.span.end + rest,
        None => edit.span.end.min(edit.span.start + behind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_places_back_through_edits() {
        // "abcdef" -> "abXYZef" -> "abXYZ!ef"
        let mut moves = Moves::default();
        moves.record(vec![Edit::replace(Span::new(2, 4), "XYZ")]);
        moves.record(vec![Edit::insert(5, "!")]);
        assert_eq!(moves.back(Span::new(6, 8)), Span::new(4, 6));
        assert_eq!(moves.back(Span::new(0, 2)), Span::new(0, 2));
    }
}
