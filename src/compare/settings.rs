//! Two sides -> the settings that the server uses differently, and why.

use super::Side;
use crate::analysis::Analysis;
use crate::catalogue::{Parameter, Profile};
use crate::redact::MASK;
use crate::section::{Section, SettingEntry, SmsOtp};
use crate::server::holds_reference;
use crate::settings::{Origin, Setting, Used};

/// A setting that the server uses differently.
#[derive(Debug)]
pub(super) struct SettingChange {
    pub(super) name: &'static str,
    /// What the server uses, as far as it may be shown.
    pub(super) before: Used,
    pub(super) after: Used,
    pub(super) why: Why,
}

/// Why a setting is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The file says so, in this line or in a setting of the whole section.
    Written(Option<usize>),
    /// The file no longer says anything, and the default takes over.
    Default,
    /// The release reads it differently, or ships another default.
    Release,
}

impl Why {
    /// The word used in reports.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Written(_) => "written",
            Self::Default => "default",
            Self::Release => "release",
        }
    }

    /// The word for people, who want to look at the line.
    pub(super) fn in_words(self) -> String {
        match self {
            Self::Written(Some(line)) => format!("line\u{a0}{line}"),
            other => other.as_str().to_owned(),
        }
    }
}

/// A setting on one side.
struct InFile<'s> {
    name: &'static str,
    used: Used,
    /// Where the file says it, with the value as it is written there.
    written: Option<(usize, &'s str)>,
    is_brought_in: bool,
}

/// The settings that differ, in the order of `show`.
pub(super) fn changes(before: Side<'_, '_>, after: Side<'_, '_>) -> Vec<SettingChange> {
    // Without another release it can only be the file; and of a section that the server does not
    // read, no default takes over.
    let is_default = after.analysis.server.registration.is_active();
    let is_release = before.release() != after.release();
    let why = |line: Option<usize>, is_rewritten: bool| match line {
        Some(_) if is_rewritten => Why::Written(line),
        None if is_rewritten && is_default => Why::Default,
        _ if !is_rewritten && is_release => Why::Release,
        _ => Why::Written(None),
    };
    let pairs = |of| settings(before.analysis, of).into_iter().zip(settings(after.analysis, of));
    // What neither file says of the built-in SMS OTP is no matter of these files.
    let is_written =
        |(old, new): &(InFile<'_>, InFile<'_>)| old.written.is_some() || new.written.is_some();
    let all = pairs(SmsOtp::Connection).chain(pairs(SmsOtp::BuiltIn).filter(is_written));
    all.filter_map(|(old, new)| change(&old, &new, why)).collect()
}

/// The settings of an authenticator. Of a built-in one that the file does not write, those that the
/// release ships.
fn settings<'s>(analysis: &'s Analysis<'_>, of: SmsOtp) -> Vec<InFile<'s>> {
    let profile = of.profile(analysis.profile);
    let source = analysis.document.source();
    let place = |written: &SettingEntry<'_>| {
        let line = source.position(written.span().start).line;
        (line, source.slice(written.entry.value_span))
    };
    // Written it may be under a release that does not have it, too.
    let built_in = Section::built_in(&analysis.tree);
    let (section, settings) = match of {
        SmsOtp::Connection => (Some(&analysis.section), Some(&analysis.settings)),
        SmsOtp::BuiltIn => {
            (built_in.as_ref(), analysis.built_in.as_ref().map(|read| &read.settings))
        }
    };
    let shipped = |parameter: &'static Parameter| {
        let is_read = of.is_in(profile) && !parameter.is_too_new(profile);
        let text = parameter.default(profile).or_else(|| parameter.fallback(profile));
        text.filter(|_| is_read).map_or(Used::Nothing, |text| Used::Text(text.into()))
    };
    let (_, held) = analysis.server.of_section(of);
    let enable = &of.own()[0];
    let enable = InFile {
        name: of.name_of(enable),
        used: match settings {
            Some(_) => held.map_or(Used::Nothing, |held| Used::by_switch(held.enabled.as_deref())),
            None => shipped(enable),
        },
        written: section.and_then(|section| section.enable.as_ref()).map(place),
        is_brought_in: false,
    };
    let parameter = |parameter: &'static Parameter| {
        let setting = settings.map(|settings| settings.get(parameter.name));
        let written = match of {
            SmsOtp::Connection => setting.and_then(Setting::written),
            SmsOtp::BuiltIn => section.and_then(|section| section.parameter(parameter.name)),
        };
        InFile {
            name: of.name_of(parameter),
            used: setting.map_or_else(|| shipped(parameter), |it| used(it, profile)),
            written: written.map(place),
            is_brought_in: setting.is_some_and(|setting| is_brought_in(analysis, setting)),
        }
    };
    std::iter::once(enable).chain(of.parameters().iter().map(parameter)).collect()
}

/// What the server uses for a parameter, which is nothing where the release does not ask for it.
fn used(setting: &Setting<'_>, profile: Profile) -> Used {
    match setting.parameter.is_too_new(profile) {
        true => Used::Nothing,
        false => setting.used(profile),
    }
}

/// Whether the text is one of another place, where it may be a secret: a reference brings it in, or
/// a custom authenticator that takes the place of this one has it.
fn is_brought_in(analysis: &Analysis<'_>, setting: &Setting<'_>) -> bool {
    let is_elsewhere = match setting.written() {
        Some(written) => holds_reference(&written.entry.value),
        None => setting.origin() == Origin::File,
    };
    is_elsewhere || analysis.server.from_reference.into.contains(setting.parameter.name)
}

fn change(
    before: &InFile<'_>,
    after: &InFile<'_>,
    why: impl Fn(Option<usize>, bool) -> Why,
) -> Option<SettingChange> {
    let raw = |setting: &InFile<'_>| setting.written.map(|(_, raw)| raw.to_owned());
    let is_rewritten = raw(before) != raw(after);
    // Two values that are not known are still known to be written differently.
    let is_open = before.used == Used::Unknown && is_rewritten;
    (before.used != after.used || is_open).then(|| SettingChange {
        name: before.name,
        before: before.shown(),
        after: after.shown(),
        why: why(after.written.map(|(line, _)| line), is_rewritten),
    })
}

impl InFile<'_> {
    /// A text that a reference brings in is shown where it is a switch or a number.
    fn shown(&self) -> Used {
        let is_plain = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            is_number || ["true", "false"].contains(&text)
        };
        match &self.used {
            Used::Text(text) if self.is_brought_in && !is_plain(text) => Used::Text(MASK.into()),
            used => used.clone(),
        }
    }
}
