//! Edits -> the same edits, if the server could read what they leave behind. That takes reading the
//! whole text once more, so there is a limit to how often it is done.

use crate::fix::{Edit, apply};
use crate::server::table_order::late_parents;
use crate::source::Source;
use crate::toml::{Document, Tree};

/// How many bytes are read in trials before no more fixes are tried; the next round of fixes goes on
/// where this one ended.
const ENOUGH: usize = 4 << 20;
/// The fewest and the most trials, however long or short the text is.
const BOUNDS: (usize, usize) = (2, 200);

/// How often a text may be read again, so that all of it takes time linear in its length.
pub fn affordable(text: &str) -> usize {
    (ENOUGH / text.len().max(1)).clamp(BOUNDS.0, BOUNDS.1)
}

/// The trials of edits to one document.
#[derive(Debug)]
pub struct Trials<'t, 's> {
    document: &'t Document<'s>,
    left: usize,
}

impl<'t, 's> Trials<'t, 's> {
    /// As many as the document is worth.
    pub fn of(document: &'t Document<'s>) -> Self {
        Self { document, left: affordable(document.source().text()) }
    }

    /// Whether none is left, so that there is no use in making edits.
    pub fn are_over(&self) -> bool {
        self.left == 0
    }

    /// The edits if they are [`sound`], and if there is a trial left.
    pub fn sound(&mut self, edits: Vec<Edit>) -> Option<Vec<Edit>> {
        self.left = self.left.checked_sub(1)?;
        sound(self.document, edits)
    }
}

/// The edits, unless they overlap, leave something that is not TOML, or put a parent table
/// behind its child, which no server survives (product-is#13485).
pub fn sound(document: &Document<'_>, mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.span);
    let text = apply(document.source().text(), &edits)?;
    let source = Source::new("", text);
    let after = Document::parse(&source);
    let late = |document: &Document<'_>| late_parents(&Tree::of(document)).len();
    let is_sound = after.faults().is_empty() && late(&after) <= late(document);
    is_sound.then_some(edits)
}
