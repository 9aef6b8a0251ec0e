//! A text and its findings -> the text with the fixes made, checked again until it is quiet.

use crate::diagnostic::{Category, Diagnostic, RuleInfo};
use crate::edits::affordable;
use crate::fix::{Edit, Fix, apply};
use crate::source::{Source, Span};
use crate::{Document, Options, check, rules};

/// How often a text is fixed and checked again, at most. Each round applies every fix that does
/// not touch another, so a real file needs two or three.
const ROUNDS: usize = 100;
/// The same for a text of any length, and how many bytes are read in all rounds before it counts.
const FEWEST_ROUNDS: usize = 10;
const ENOUGH: usize = 4 << 20;

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
    pub title: String,
    /// Where the finding stood in the original file; later rounds map back to it.
    pub span: Span,
}

/// Makes the fixes that policy leaves standing, the unsafe ones only when asked for.
pub fn repair(source: &Source, options: &Options<'_>, with_unsafe: bool) -> Repaired {
    let mut current = Source::new(source.name(), source.text());
    let mut fixed = Vec::new();
    let mut moved = Moves::default();
    let rounds = (ENOUGH / source.text().len().max(1)).clamp(FEWEST_ROUNDS, ROUNDS);
    for _ in 0..rounds {
        let Some((text, made, edits)) = round(&current, options, with_unsafe) else { break };
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
    with_unsafe: bool,
) -> Option<(String, Vec<Fixed>, Vec<Edit>)> {
    let document = Document::parse(source);
    let findings = check(&document, options).findings;
    let candidates: Vec<(&Diagnostic, &Fix)> = findings
        .iter()
        .filter_map(|finding| Some((finding, finding.chosen_fix(with_unsafe)?)))
        .filter(|(_, fix)| !fix.edits().is_empty())
        .collect();
    if candidates.is_empty() {
        return None;
    }
    let startup = startup_count(&document, options);
    let attempt = |chosen: &[(&Diagnostic, &Fix)]| {
        let mut edits: Vec<Edit> =
            chosen.iter().flat_map(|(_, fix)| fix.edits().iter().cloned()).collect();
        edits.sort_by_key(|edit| edit.span);
        let text = apply(source.text(), &edits)?;
        let sound = text != source.text() && is_sound(&text, options, startup);
        let made = chosen.iter().map(|(finding, fix)| Fixed {
            rule: finding.rule,
            title: fix.title().to_owned(),
            span: finding.primary.span,
        });
        sound.then(|| (text, made.collect(), edits))
    };
    attempt(&disjoint(&candidates)).or_else(|| {
        let mut each = candidates.iter().take(affordable(source.text()));
        each.find_map(|one| attempt(std::slice::from_ref(one)))
    })
}

/// A fix must leave TOML behind, and may not stop a server that started before.
fn is_sound(text: &str, options: &Options<'_>, startup: usize) -> bool {
    let source = Source::new("", text);
    let document = Document::parse(&source);
    document.faults().is_empty() && startup_count(&document, options) <= startup
}

/// How many findings are about what stops the server.
fn startup_count(document: &Document<'_>, options: &Options<'_>) -> usize {
    let stops = |rule: &RuleInfo| rule.category == Category::Startup;
    rules::check(document, options.profile, options.environment, stops).findings.len()
}

/// The fixes, in order, that touch none chosen before.
fn disjoint<'f>(candidates: &[(&'f Diagnostic, &'f Fix)]) -> Vec<(&'f Diagnostic, &'f Fix)> {
    let mut taken = std::collections::BTreeMap::new();
    let mut chosen = Vec::new();
    for (finding, fix) in candidates {
        let touches = |edit: &Edit| {
            let before = taken.range(..=edit.span.end).next_back();
            before.is_some_and(|(_, end)| *end >= edit.span.start)
        };
        if !fix.edits().iter().any(touches) {
            taken.extend(fix.edits().iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push((*finding, *fix));
        }
    }
    chosen
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
