//! The lines of two texts -> which of them stay, go and come, in time linear in the texts.
//!
//! Myers' algorithm finds the shortest answer and needs time for every change times every line. A
//! text with many changes is therefore taken apart first, at lines that stand once in either text.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff};

/// How many lines two different stretches may have together to be compared as a whole.
const WHOLE: usize = 4096;
/// The same for a stretch between two lines that stay.
const PART: usize = 1024;

/// What turns one list of lines into the other.
pub(super) fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let (old_middle, new_middle) = between_common(old, new, 0..old.len(), 0..new.len());
    if old_middle.len() + new_middle.len() <= WHOLE {
        return capture_diff(Algorithm::Myers, old, 0..old.len(), new, 0..new.len());
    }
    let mut changes = Changes { old, new, done: (0, 0), ops: Vec::new() };
    for (old_at, new_at) in staying(old, new, old_middle, new_middle) {
        changes.up_to(old_at, new_at);
        changes.equal(1);
    }
    changes.up_to(old.len(), new.len());
    changes.ops
}

/// What is left of two stretches without the lines that both begin and end with.
fn between_common(
    old: &[&str],
    new: &[&str],
    old_range: Range<usize>,
    new_range: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let (old_lines, new_lines) = (&old[old_range.clone()], &new[new_range.clone()]);
    let first = old_lines.iter().zip(new_lines).take_while(|(one, other)| one == other).count();
    let rest = old_lines[first..].iter().rev().zip(new_lines[first..].iter().rev());
    let last = rest.take_while(|(one, other)| one == other).count();
    (old_range.start + first..old_range.end - last, new_range.start + first..new_range.end - last)
}

/// The lines that stand once in either text and keep their order: as many as there can be.
fn staying(
    old: &[&str],
    new: &[&str],
    old_range: Range<usize>,
    new_range: Range<usize>,
) -> Vec<(usize, usize)> {
    let old_once = once(old, old_range.clone());
    let new_once = once(new, new_range);
    let pairs = old_range.filter_map(|at| {
        let line = old[at];
        (old_once.get(line)? == &Some(at)).then_some((at, (*new_once.get(line)?)?))
    });
    longest_in_order(&pairs.collect::<Vec<_>>())
}

/// Where each line stands; `None` for one that stands there twice.
fn once<'l>(lines: &[&'l str], range: Range<usize>) -> HashMap<&'l str, Option<usize>> {
    let mut places = HashMap::with_capacity(range.len());
    for at in range {
        places.entry(lines[at]).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// The longest choice of these pairs, sorted by the first number, that is sorted by the second.
fn longest_in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // By length, the choice that ends with the least second number: the index of its last pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let last = ends.last().copied();
    let mut chosen: Vec<_> =
        std::iter::successors(last, |at| before[*at]).map(|at| pairs[at]).collect();
    chosen.reverse();
    chosen
}

/// The changes so far.
struct Changes<'l> {
    old: &'l [&'l str],
    new: &'l [&'l str],
    /// How many lines of either text they cover.
    done: (usize, usize),
    ops: Vec<DiffOp>,
}

impl Changes<'_> {
    /// Covers the lines up to these two.
    fn up_to(&mut self, old_end: usize, new_end: usize) {
        let (old_range, new_range) = (self.done.0..old_end, self.done.1..new_end);
        let (old_middle, new_middle) = between_common(self.old, self.new, old_range, new_range);
        self.equal(old_middle.start - self.done.0);
        let lengths = (old_middle.len(), new_middle.len());
        match lengths {
            (0, 0) => {}
            (old, new) if old > 0 && new > 0 && old + new <= PART => {
                let part = capture_diff(
                    Algorithm::Myers,
                    self.old,
                    old_middle.clone(),
                    self.new,
                    new_middle.clone(),
                );
                for op in part {
                    match op {
                        DiffOp::Equal { len, .. } => self.equal(len),
                        op => self.ops.push(op),
                    }
                }
            }
            (old_len, new_len) => self.ops.push(DiffOp::Replace {
                old_index: old_middle.start,
                old_len,
                new_index: new_middle.start,
                new_len,
            }),
        }
        self.done = (old_middle.end, new_middle.end);
        self.equal(old_end - old_middle.end);
    }

    /// Covers lines that stay.
    fn equal(&mut self, more: usize) {
        let (old_index, new_index) = self.done;
        self.done = (old_index + more, new_index + more);
        match self.ops.last_mut() {
            _ if more == 0 => {}
            Some(DiffOp::Equal { len, .. }) => *len += more,
            _ => self.ops.push(DiffOp::Equal { old_index, new_index, len: more }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that the changes lead from one list to the other, and counts the lines that stay.
    fn kept(old: &[&str], new: &[&str]) -> usize {
        let (mut old_at, mut new_at, mut kept) = (0, 0, 0);
        for op in changes(old, new) {
            assert_eq!((op.old_range().start, op.new_range().start), (old_at, new_at));
            (old_at, new_at) = (op.old_range().end, op.new_range().end);
            if let DiffOp::Equal { len, .. } = op {
                assert_eq!(old[op.old_range()], new[op.new_range()]);
                kept += len;
            }
        }
        assert_eq!((old_at, new_at), (old.len(), new.len()));
        kept
    }

    #[test]
    fn what_is_too_much_for_one_comparison_is_taken_apart() {
        let count = WHOLE;
        let names: Vec<String> = (0..count).map(|at| format!("[t{at}]")).collect();
        let old: Vec<&str> = names.iter().flat_map(|name| [name, "x = 1", ""]).collect();
        let changed = |line: fn(usize, &'static str) -> &'static str| -> Vec<&str> {
            let lines = |at: usize| [names[at].as_str(), line(at, "x = 1"), line(at, "")];
            (0..count).flat_map(lines).collect()
        };
        assert_eq!(kept(&old, &changed(|_, _| "y = 2")), count);
        let every_third = changed(|at, line| if at % 3 == 0 { "y = 2" } else { line });
        assert!(kept(&old, &every_third) > count * 2);

        let backwards: Vec<&str> = old.iter().rev().copied().collect();
        assert!(kept(&old, &backwards) > 0);
        let odd_first = (1..count).step_by(2).chain((0..count).step_by(2));
        let odd_first: Vec<&str> = odd_first.map(|at| names[at].as_str()).collect();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(kept(&all, &odd_first), count / 2);
        assert_eq!(kept(&all, &[]), 0);
        assert_eq!(kept(&["x"].repeat(count * 2), &["y"].repeat(count)), 0);
    }
}
