//! A finding and the masked view of its file -> the few lines to show, with every label mapped onto
//! the text as displayed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::layout::{between, columns, wrap};
use super::snapped;
use crate::diagnostic::{Diagnostic, Label};
use crate::escape::escape;
use crate::redact::{Redacted, ShownLine};
use crate::source::{Position, Source, Span};

/// A label over more lines than this is shown at its first one.
const LABEL_LINES: usize = 8;
/// How many places are shown beside that of the finding; machines are told all of them.
const MOST_PLACES: usize = 20;
/// The fewest columns a label has for its words, however narrow the terminal.
const FEWEST: usize = 12;
/// The columns for which a line is cut further than it need be.
const WANTED: usize = 28;
/// The most columns a label takes.
const MOST: usize = 80;
/// What is drawn between the middle of an underline and the words.
const LABEL_ARM: usize = 4;
/// Columns of text kept in front of a label when a line is cut.
const LEAD: usize = 10;
/// The sign for what a cut leaves out.
const SIGN: &str = "\u{2026}";

/// Lines of a file as they may be shown, and the labels on them.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines, each with the number that it has in the file: those that are not shown are empty.
    pub(super) text: String,
    /// The labels, in order.
    pub(super) marks: Vec<Mark>,
}

/// A label of an excerpt.
#[derive(Debug)]
pub(super) struct Mark {
    /// What it points at, in bytes of the excerpt; never empty.
    pub(super) range: Range<usize>,
    /// Its words, broken into lines.
    pub(super) message: String,
    /// Whether it is the place of the finding.
    pub(super) primary: bool,
    /// Where it begins in the file.
    pub(super) position: Position,
}

/// A label by the lines of the file it covers.
struct LabelLines {
    span: Span,
    first: usize,
    last: usize,
    message: String,
    primary: bool,
}

impl Excerpt {
    /// Picks the lines with a label and one around each, for so many columns of a terminal.
    pub(super) fn of(view: &Redacted<'_>, finding: &Diagnostic, width: usize) -> Self {
        let source = view.source();
        let targets = targets(source, finding);
        let mut wanted = BTreeSet::new();
        for target in &targets {
            let end = (target.last + 1).min(source.line_count().max(1) - 1).max(target.last);
            wanted.extend(target.first.saturating_sub(1)..=end);
        }
        let space = width.saturating_sub(gutter(&wanted, &targets));
        let mut text = String::new();
        let mut lines = BTreeMap::new();
        let mut above = 0;
        for index in wanted {
            text.push_str(&"\n".repeat(index - above));
            above = index;
            let line = fit(view, index, &targets, space);
            let start = text.len();
            text.push_str(line.text());
            // Something has to stand where a label points at the end of a line.
            let is_at_end = |span| line.place(clip(source, index, span)).start == line.text().len();
            if targets.iter().any(|target| target.first == index && is_at_end(target.span)) {
                text.push(' ');
            }
            lines.insert(index, (start, line));
        }
        let mark = |target: &LabelLines| mark(target, &text, &lines, source, space);
        let mut marks: Vec<_> = targets.iter().filter_map(mark).collect();
        marks.sort_by_cached_key(in_order);
        untangle(&mut marks, &text);
        Self { text, marks }
    }
}

/// A label on the lines of an excerpt, which are told by their indices in the file, with where they
/// begin in the text.
fn mark(
    target: &LabelLines,
    text: &str,
    lines: &BTreeMap<usize, (usize, ShownLine)>,
    source: &Source,
    space: usize,
) -> Option<Mark> {
    let place = |index: usize| {
        let (start, line) = lines.get(&index)?;
        let place = line.place(clip(source, index, target.span));
        Some((*start, start + place.start..start + place.end))
    };
    let ((line, first), (_, last)) = (place(target.first)?, place(target.last)?);
    let next = text[first.start..].chars().next().map_or(0, char::len_utf8);
    let range = first.start..last.end.max(first.start + next);
    let column = match target.first == target.last {
        true => columns(&text[line..range.start]) + columns(&text[range.clone()]) / 2,
        false => 0,
    };
    let free = space.saturating_sub(column + LABEL_ARM).clamp(FEWEST, MOST);
    Some(Mark {
        range,
        message: wrap(&target.message, 0, free).join("\n"),
        primary: target.primary,
        position: source.position(target.span.start),
    })
}

/// The labels of a finding, each within the text and not too long.
fn targets(source: &Source, finding: &Diagnostic) -> Vec<LabelLines> {
    let related = finding.related.iter().take(MOST_PLACES).map(|label| (label, false));
    let labels = std::iter::once((&finding.primary, true)).chain(related);
    labels.map(|(label, primary)| target(source, label, primary)).collect()
}

fn target(source: &Source, label: &Label, primary: bool) -> LabelLines {
    let Span { start, mut end } = snapped(source, label.span);
    let last_line = source.line_count().max(1) - 1;
    let first = source.line_of(start).min(last_line);
    let mut last = source.line_of(end.max(start + 1) - 1).clamp(first, last_line);
    if last - first >= LABEL_LINES {
        last = first;
        end = source.line_span(first).end.max(start);
    }
    let span = Span::new(start, end);
    LabelLines { span, first, last, message: escape(&label.message).into_owned(), primary }
}

/// The part of a span that lies in a line.
fn clip(source: &Source, index: usize, span: Span) -> Span {
    let line = source.line_span(index);
    let start = span.start.clamp(line.start, line.end);
    Span::new(start, span.end.clamp(start, line.end.max(start)))
}

/// The columns in front of the text: line numbers, and the arms of labels over several lines.
fn gutter(wanted: &BTreeSet<usize>, targets: &[LabelLines]) -> usize {
    let number = wanted.last().map_or(1, |last| (last + 1).to_string().len());
    match targets.iter().filter(|target| target.first < target.last).count() {
        0 => number + 4,
        arms => number + 4 + arms + 3,
    }
}

/// A line cut to the space there is, around the label that counts.
fn fit(view: &Redacted<'_>, index: usize, targets: &[LabelLines], space: usize) -> ShownLine {
    let here = |target: &&LabelLines| target.first <= index && index <= target.last;
    let anchor = targets.iter().filter(here).min_by_key(|target| !target.primary);
    let line = view.line(index);
    let text = line.text();
    let place = anchor.map_or(0..0, |target| line.place(clip(view.source(), index, target.span)));
    let (start, end) = (columns(&text[..place.start]), columns(&text[..place.end]));
    let words = anchor.map_or(0, |target| columns(&target.message).min(WANTED));
    let leaves_room = |first: &usize| {
        let middle = (start + end.min(first + space)) / 2 - first;
        middle + LABEL_ARM + words <= space
    };
    let furthest = start.saturating_sub(LEAD);
    let first = (0..=furthest).find(leaves_room).unwrap_or(furthest);
    let mut end = first + space;
    if first > 0 {
        end -= columns(SIGN).min(end - first);
    }
    if columns(text) > end {
        end -= columns(SIGN).min(end - first);
    }
    let kept = between(text, first, end);
    line.cut(kept, SIGN)
}

/// Labels in one line must not cover each other: one ends where the next begins, and two at the
/// same place become one.
fn untangle(marks: &mut Vec<Mark>, text: &str) {
    let is_line = |range: &Range<usize>| !text[range.clone()].contains('\n');
    let mut at = 1;
    while at < marks.len() {
        let [left, right] = &mut marks[at - 1..=at] else { break };
        if left.range == right.range {
            left.message = format!("{}\n{}", left.message, right.message);
            if right.primary {
                (left.primary, left.position) = (true, right.position);
            }
            marks.remove(at);
            continue;
        }
        if left.range.end > right.range.start && is_line(&left.range) && is_line(&right.range) {
            if left.range.start == right.range.start {
                right.range.start = left.range.end;
                marks[at..].sort_by_cached_key(in_order);
                continue;
            }
            left.range.end = right.range.start;
        }
        at += 1;
    }
}

/// Of two that begin together, the shorter comes first and the longer goes on behind it.
fn in_order(mark: &Mark) -> (usize, usize) {
    (mark.range.start, mark.range.end)
}
