//! A document -> what it says about SMS OTP: the settings the server can see, those that stand
//! where it does not look, and the tables that only resemble the section.

mod collect;
mod near_miss;
mod place;
mod sms_otp;

pub use crate::toml::SettingEntry;
pub use near_miss::NearMiss;
pub use sms_otp::SmsOtp;

use std::collections::HashMap;
use std::rc::Rc;

use crate::catalogue::{fold, parameter};
use crate::source::Span;
use crate::toml::{Key, Tree, dotted, leading_keys, named};

/// The path of the authenticator's table.
pub const AUTHENTICATOR: [&str; 3] = ["authentication", "authenticator", "sms_otp"];

/// The same in TOML's own quoting.
pub const AUTHENTICATOR_DOTTED: &str = "authentication.authenticator.sms_otp";

/// The name of the table below it that holds the parameters.
pub const PARAMETERS: &str = "parameters";

/// The path of that table.
pub const PARAMETER_TABLE: [&str; 4] =
    [AUTHENTICATOR[0], AUTHENTICATOR[1], AUTHENTICATOR[2], PARAMETERS];

/// The same in TOML's own quoting.
pub const PARAMETERS_DOTTED: &str = "authentication.authenticator.sms_otp.parameters";

/// The name under which the authenticator asks for its configuration.
pub const SMSOTP: &str = "SMSOTP";

/// The table of the built-in SMS OTP authenticator of 7.0 and later, beside this one.
pub const LOCAL: &str = "sms_otp_local";

/// The array of tables that declare authenticators of other names.
pub const CUSTOM: &str = "custom_authenticator";

/// The settings of the authenticator itself, beside its parameters.
pub const ENABLE: &str = "enable";
/// The name under which the server registers the authenticator.
pub const NAME: &str = "name";

/// `enable` or `name`, for a name that can only be meant for one of them: a slip away at most.
pub fn own_setting(name: &str) -> Option<&'static str> {
    /// The most bytes of a name that is compared.
    const LONGEST: usize = 16;
    if name.len() > LONGEST || parameter(name).is_some() {
        return None;
    }
    let wrong = fold(name);
    let reads_as = |own: &str| strsim::osa_distance(&wrong, own) <= 1;
    if reads_as(ENABLE) || reads_as("enabled") {
        Some(ENABLE)
    } else {
        reads_as(NAME).then_some(NAME)
    }
}

/// The dotted path of a parameter, for one that is not in the file.
pub fn path_of(name: &str) -> String {
    dotted(AUTHENTICATOR.into_iter().chain([PARAMETERS, name]))
}

/// The table of this section whose header is commented out, for a comment that holds nothing else.
pub fn commented_header(comment: &str) -> Option<&'static [&'static str]> {
    let header = comment.trim_start_matches('#').trim();
    if !header.starts_with('[') || !header.ends_with(']') {
        return None;
    }
    let (keys, _) = leading_keys(header);
    let is_closed = keys.last().is_some_and(|key| header[key.span.end..].trim_start() == "]");
    let names = keys.iter().map(|key| key.name.as_ref());
    let mut tables = [&AUTHENTICATOR[..], &PARAMETER_TABLE].into_iter().filter(|_| is_closed);
    tables.find(|table| names.clone().eq(table.iter().copied()))
}

/// Whether a line of a text begins a table of this section, be the text TOML or not.
pub fn holds_header(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with('['));
    lines.map(|line| leading_keys(line).0).any(|keys| {
        keys.len() >= AUTHENTICATOR.len()
            && keys.iter().zip(AUTHENTICATOR).all(|(key, name)| key.name == name)
    })
}

/// What a document says about SMS OTP.
#[derive(Debug, Default)]
pub struct Section<'d> {
    /// Whose section it is.
    pub of: SmsOtp,
    /// `[..sms_otp]`, as a header or as the key of an inline table, in the order of the file.
    pub authenticator: Vec<Span>,
    /// The same for `[..sms_otp.parameters]`.
    pub parameter_tables: Vec<Span>,
    /// `enable` directly below the authenticator.
    pub enable: Option<SettingEntry<'d>>,
    /// `name` directly below the authenticator.
    pub name: Option<SettingEntry<'d>>,
    /// Every value written as a parameter, whether the server knows the name or not.
    pub parameters: Vec<SettingEntry<'d>>,
    by_name: HashMap<&'d str, usize>,
    /// Values directly below the authenticator that are neither `enable` nor `name`.
    pub misplaced: Vec<SettingEntry<'d>>,
    /// Parameters that were [set aside](Self::set_aside).
    pub unread: Vec<SettingEntry<'d>>,
    /// Tables where a single value is read, and the reverse.
    pub wrong_shapes: Vec<WrongShape<'d>>,
    /// Tables and keys that can only be meant for this section.
    pub near_misses: Vec<NearMiss<'d>>,
    /// Settings that only SMS OTP reads, in tables where nobody reads them.
    pub lost: Vec<SettingEntry<'d>>,
    /// The parts of the text that speak of this section and may be shown, sorted and disjoint.
    pub visible: Vec<Span>,
}

/// A try at a parameter that the server does not read.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a, 'd> {
    /// What is written.
    pub written: &'a SettingEntry<'d>,
    /// Where the finding about it points.
    pub reported: Span,
}

/// Something written in a shape that the server does not read there.
#[derive(Debug)]
pub struct WrongShape<'d> {
    /// The keys that lead to it.
    pub path: Rc<[&'d Key<'d>]>,
    /// The shape it has.
    pub shape: Shape,
    /// Every header or key that gives it this shape.
    pub places: Vec<Span>,
    /// The single values that are below it.
    pub entries: Vec<SettingEntry<'d>>,
}

/// The shapes that are wrong in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `[[..]]`
    Array,
    /// Below the `[[..]]` of a table around the section.
    Below,
    /// A single value where a table is read.
    Single,
    /// A table where a single value is read.
    Table,
}

impl<'d> WrongShape<'d> {
    /// The last part of its path.
    pub fn name(&self) -> &'d str {
        self.path.last().map_or("", |key| &key.name)
    }

    /// The full path in TOML's own quoting, to name in a report.
    pub fn dotted(&self) -> String {
        named(self.path.iter().map(|key| key.name.as_ref()))
    }
}

impl<'d> Section<'d> {
    /// Collects what the document says.
    pub fn of(tree: &Tree<'d>) -> Self {
        collect::section(tree)
    }

    /// The same for the authenticator that is built in from 7.0 on; `None` where nothing of it is
    /// written.
    pub fn built_in(tree: &Tree<'d>) -> Option<Self> {
        collect::built_in(tree)
    }

    /// Whether a part of the text speaks of this section.
    pub fn shows(&self, span: Span) -> bool {
        span.is_within(&self.visible)
    }

    /// Sets the settings aside, since the server reads none of them: one finding says so, and
    /// none is about what they say.
    pub fn set_aside(&mut self) {
        self.unread = std::mem::take(&mut self.parameters);
        self.misplaced.clear();
        self.wrong_shapes.clear();
    }

    /// Whether the file writes anything that the server reads as this section, or would if it
    /// were not for its shape.
    pub fn is_written(&self) -> bool {
        !self.authenticator.is_empty()
            || !self.parameter_tables.is_empty()
            || self.settings().next().is_some()
            || !self.unread.is_empty()
            || !self.wrong_shapes.is_empty()
    }

    /// How many settings the server reads in it.
    pub fn count(&self) -> usize {
        self.enable.iter().chain(&self.name).chain(&self.parameters).count()
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&SettingEntry<'d>> {
        self.by_name.get(name).and_then(|at| self.parameters.get(*at))
    }

    /// A parameter written as a table where its value should be.
    pub fn wrong_shape_parameter(&self, name: &str) -> Option<&WrongShape<'d>> {
        self.wrong_shapes.iter().find(|wrong_shapes| {
            let [.., table, own] = &wrong_shapes.path[..] else { return false };
            table.name == PARAMETERS && own.name == name
        })
    }

    /// The place to point at for a setting that is absent: where it would be added.
    pub fn anchor(&self) -> Option<Span> {
        let first = |spans: &[Span]| spans.first().copied();
        first(&self.parameter_tables)
            .or_else(|| self.parameters.first().map(|written| written.entry.key_span()))
            .or_else(|| first(&self.authenticator))
            .or_else(|| self.settings().next().map(|written| written.entry.key_span()))
            .or_else(|| first(&self.wrong_shapes.first()?.places))
    }

    /// A misspelt or misplaced try at a setting, which the server does not read.
    pub fn attempt(&self, name: &str) -> Option<Attempt<'_, 'd>> {
        let is_parameter = self.of.parameter(name).is_some();
        let means_it = |wrong: &str| match is_parameter {
            true => self.of.nearest(wrong).is_some_and(|it| it.parameter.name == name),
            false => own_setting(wrong) == Some(name),
        };
        let is_read = |written: &SettingEntry<'_>| is_parameter && written.name() == name;
        let misspelt = self.parameters.iter().filter(|written| !is_read(written));
        let own = misspelt.chain(&self.misplaced).find(|written| means_it(written.name()));
        let own = own.map(|written| Attempt { written, reported: written.span() });
        let near = || {
            self.near_misses.iter().find_map(|near_miss| {
                let is_meant = |written: &&SettingEntry<'d>| {
                    written.meant().last().is_some_and(|last| means_it(last))
                };
                let written = near_miss.entries.iter().find(is_meant)?;
                let reported = near_miss.occurrences.first()?.wrong_span(near_miss);
                Some(Attempt { written, reported })
            })
        };
        let lost = || {
            let written = self.lost.iter().find(|written| written.name() == name)?;
            Some(Attempt { written, reported: written.span() })
        };
        own.or_else(near).or_else(lost)
    }

    /// Every value directly below the authenticator or its parameters.
    fn settings(&self) -> impl Iterator<Item = &SettingEntry<'d>> {
        self.enable.iter().chain(&self.name).chain(&self.parameters).chain(&self.misplaced)
    }
}
