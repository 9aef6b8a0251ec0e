//! Paths that resemble the section and that the server does not read.

use super::place::{corrected, of};
use super::{NAME, Section, SettingEntry, SmsOtp};
use crate::source::Span;
use crate::toml::{Key, Value, Write, dotted};

/// A path that resembles the section and that the server does not read.
#[derive(Debug)]
pub struct NearMiss<'d> {
    /// The keys of the wrong path, where it first occurs.
    pub path: Vec<&'d Key<'d>>,
    /// Whether it is written inside a `[[..]]`, or holds one.
    pub in_array: bool,
    /// Every place where it is written, in the order of the file.
    pub occurrences: Vec<Write<'d>>,
    /// The single values that are below it.
    pub entries: Vec<SettingEntry<'d>>,
}

impl<'d> NearMiss<'d> {
    /// The wrong path in TOML's own quoting.
    pub fn dotted(&self) -> String {
        dotted(self.path.iter().map(|key| key.name.as_ref()))
    }

    /// What the wrong path should have been, where that is clear.
    pub fn meant(&self) -> Option<Vec<&str>> {
        let right: Vec<_> = corrected(&self.path, true).concat();
        let as_written = right.iter().copied().eq(self.path.iter().map(|key| key.name.as_ref()));
        (!as_written).then_some(right)
    }

    /// Whose section it was meant for.
    pub fn of(&self) -> SmsOtp {
        of(&self.path)
    }

    /// Whether one of its values would give the authenticator another name.
    pub fn holds_another_name(&self) -> bool {
        let registered = self.of().registered();
        self.entries.iter().any(|written| {
            let is_registered =
                matches!(&written.entry.value, Value::String(name) if name == registered);
            let name = self.of().path().into_iter().chain([NAME]);
            !is_registered && written.meant().into_iter().eq(name)
        })
    }

    /// Whether a quoted key holds several parts of the path, dots included.
    pub fn is_quoted_path(&self) -> bool {
        self.path.iter().any(|key| key.name.contains('.'))
    }
}

/// What a place says where a near miss's path is written.
impl<'d> Write<'d> {
    /// The part of the wrong path that is here.
    pub fn wrong_span(&self, near_miss: &NearMiss<'_>) -> Span {
        let above = self.path.len() - self.own_keys().len();
        let wrong = self.own_keys().iter().take(near_miss.path.len().saturating_sub(above));
        wrong.map(|key| key.span).reduce(Span::to).unwrap_or_default()
    }

    /// The names that each key of the path should have been; the keys are beside them.
    pub fn corrected(&self) -> Vec<(&'d Key<'d>, Vec<&'d str>)> {
        self.path.iter().copied().zip(corrected(&self.path, self.ends_in_table())).collect()
    }

    /// The path it should have been.
    pub fn meant(&self) -> Vec<&'d str> {
        corrected(&self.path, self.ends_in_table()).concat()
    }

    /// Those of the ignored values that are here, those below a near miss inside a near miss
    /// included.
    pub fn ignored<'i, 'w>(&self, all: &'i [&'w SettingEntry<'d>]) -> &'i [&'w SettingEntry<'d>] {
        let place = match self.entry {
            Some(entry) => entry.span(),
            None => self.table.span(),
        };
        let first = all.partition_point(|written| written.span().start < place.start);
        let end = all.partition_point(|written| written.span().start < place.end);
        &all[first..end]
    }

    /// Whether its whole path leads to a table, as opposed to a single value.
    pub fn ends_in_table(&self) -> bool {
        self.entry.is_none_or(|entry| matches!(entry.value, Value::Table(_)))
    }
}

impl<'d> Section<'d> {
    /// Every value that is below a near miss, in the order of the file.
    pub fn ignored(&self) -> Vec<&SettingEntry<'d>> {
        let all = self.near_misses.iter().flat_map(|near_miss| &near_miss.entries);
        let mut all: Vec<_> = all.collect();
        all.sort_by_cached_key(|written| written.span());
        all
    }
}

impl<'d> SettingEntry<'d> {
    /// The path of a value below a near miss, as it should have been.
    pub fn meant(&self) -> Vec<&'d str> {
        corrected(&self.path, false).concat()
    }
}
