//! Unsafe fixes -> the same, whose titles say what each of them changes for whom at login.

use crate::analysis::Analysis;
use crate::engine::verify::Effort;
use crate::fix::{Applicability, Fix, apply};
use crate::message::Message;
use crate::outcomes::{Assumptions, Simulation};
use crate::source::Source;
use crate::toml::Document;

/// Adds to the title of every unsafe fix what it changes, as far as the model knows.
pub(super) fn tell<'f>(
    analysis: &Analysis<'_>,
    fixes: impl Iterator<Item = &'f mut Fix>,
    effort: &mut Effort,
) {
    for fix in fixes.filter(|fix| fix.applicability() == Applicability::Unsafe) {
        if fix.edits().is_empty() || !effort.spend(analysis.document.source().text()) {
            continue;
        }
        if let Some(effect) = effect(analysis, fix) {
            *fix = fix.clone().with_effect(effect);
        }
    }
}

fn effect(analysis: &Analysis<'_>, fix: &Fix) -> Option<Message> {
    let source = analysis.document.source();
    let source = Source::new(source.name(), apply(source.text(), fix.edits())?);
    let document = Document::parse(&source);
    let after = analysis.again(&document);
    // Without an authenticator there is no login to tell of.
    let is_told = |analysis: &Analysis<'_>| analysis.absence(None).is_none();
    if !is_told(analysis) || !is_told(&after) {
        return None;
    }
    let simulation = |analysis| Simulation::of(analysis, Assumptions::default());
    simulation(analysis).effect(&simulation(&after))
}
