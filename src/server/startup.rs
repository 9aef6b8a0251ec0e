//! A document with its references resolved -> what else stops the server, and what its templates
//! make of the values, in the order in which it goes about it:
//!
//! toml, quotes in keys, the types of `[secrets]`, aliases, infer, defaults, `$secret`, `$sys`,
//! `$env`, `$ref`, units, validators, templates, the XML files that are read later.
//!
//! `startup/README.md` holds the facts. The first two are seen in the document itself, and
//! [`References`] does the others up to `$ref`, asking the facts about aliases and defaults.

mod effective;
mod held;
mod printed;
mod types;
mod units;
mod validators;

pub(super) use held::Values;
pub use types::WantedType;
pub use units::{TimeUnit, UnitFault};
pub use validators::{Demand, Validator};

use crate::catalogue::Profile;
use crate::server::TemplateIssue;
use crate::server::facts::Releases;
use crate::server::references::References;
use crate::source::Span;
use crate::toml::SettingEntry;

use effective::Effective;
use held::Held;

/// A value that stops the server.
#[derive(Debug)]
pub struct Refusal<'d> {
    /// The entry it is in.
    pub written: SettingEntry<'d>,
    /// Where exactly.
    pub span: Span,
    /// Why.
    pub kind: RefusalKind,
}

/// The ways in which a value stops the server.
#[derive(Debug)]
pub enum RefusalKind {
    /// The key is an alias of nothing.
    Forbidden,
    /// A time that cannot be converted to the unit of its key.
    Unit(TimeUnit, UnitFault),
    /// A validator finds it wrong.
    Invalid(&'static Validator),
    /// It makes a validator look for another key that is not there.
    Missing(&'static Validator),
    /// A template needs another type.
    WrongType(WantedType),
}

impl<'d> Refusal<'d> {
    fn of(one: &Held<'d>, kind: RefusalKind) -> Self {
        Self { written: one.written.clone(), span: one.span, kind }
    }
}

/// Goes through the steps that follow the references.
pub(super) fn steps<'d>(
    values: Values<'d>,
    references: &References<'d>,
    profile: Profile,
) -> (Vec<Refusal<'d>>, Vec<TemplateIssue<'d>>) {
    let wanted = Releases::of(profile);
    let held = values.without_rivals();
    if wanted.is_empty() || held.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut effective = Effective { held, references, wanted };
    effective.carry();
    let held = effective.held.iter();
    // An alias of nothing ends the mapping of keys.
    let is_nameless = |one: &&Held<'_>| one.key.parts.is_empty() && one.releases.cover(wanted);
    let nameless = held.clone().filter(is_nameless);
    let mut refusals: Vec<_> =
        nameless.map(|one| Refusal::of(one, RefusalKind::Forbidden)).collect();
    refusals.extend(held.clone().filter_map(|one| units::refusal(&effective, one)));
    refusals.extend(validators::refusals(&effective));
    refusals.extend(held.flat_map(|one| types::refusals(&effective, one)));
    refusals.sort_by_cached_key(|refusal| refusal.span);
    // A value may be carried to several keys that all refuse it.
    refusals.dedup_by_key(|refusal| refusal.span);
    (refusals, printed::issues(&effective))
}
