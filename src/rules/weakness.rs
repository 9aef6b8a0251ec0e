//! What the rules about a weak second factor have in common. Most of them are a switch in the
//! wrong position, and differ only in data.

use crate::rules::after_attempt;
use crate::rules::prelude::*;
use crate::section::path_of;

/// A switch in a position that weakens the second factor.
pub(super) struct Weakness {
    pub(super) info: &'static RuleInfo,
    pub(super) setting: &'static str,
    /// The position that is weak.
    pub(super) weak: Switch,
    /// Another switch, and the position it must have for the weakness to be real.
    pub(super) given: Option<(&'static str, Switch)>,
    pub(super) message: &'static str,
    /// Whether writing the other position is offered as a fix.
    pub(super) fixable: bool,
}

impl Weakness {
    /// A finding when the switch is in the weak position.
    pub(super) fn finding(&self, analysis: &Analysis<'_>) -> Option<Diagnostic> {
        let setting = analysis.settings.get(self.setting);
        let is_read = !setting.parameter.is_too_new(analysis.profile);
        let is_real =
            self.given.is_none_or(|(name, position)| analysis.settings.switch(name) == position);
        if !is_real || setting.switch() != self.weak || (self.weak == Switch::On && !is_read) {
            return None;
        }
        let given = self.given.and_then(|(name, _)| analysis.settings.get(name).written());
        let finding = weakness(analysis, self.info, setting, self.message.into(), self.better())?
            .also_each(given.map(SettingEntry::span), "together with this");
        let since = setting.parameter.since;
        Some(match is_read {
            true => finding.fix(self.fix(analysis, setting)),
            false => finding.help(message!("the first release to read it is {}", since)),
        })
    }

    /// The value to write.
    fn better(&self) -> &'static str {
        if self.weak == Switch::On { "false" } else { "true" }
    }

    fn fix(&self, analysis: &Analysis<'_>, setting: &Setting<'_>) -> Option<Fix> {
        let (name, better) = (self.setting, self.better());
        // A misspelt try has a finding with a fix of its own.
        if !self.fixable || analysis.section.attempt(name).is_some() {
            return None;
        }
        let edits = match setting.written() {
            Some(written) => vec![edits::retext(analysis.document, written.entry, better)],
            None => edits::add_parameter(analysis.document, &analysis.tree, name, better)?,
        };
        Some(Fix::risky(message!("set {} = {}", name, better), edits))
    }
}

/// A finding at the written value, or where it would be added; none without a section that is
/// read.
pub(super) fn weakness(
    analysis: &Analysis<'_>,
    info: &'static RuleInfo,
    setting: &Setting<'_>,
    message: Message,
    better: &'static str,
) -> Option<Diagnostic> {
    let name = setting.parameter.name;
    if let Some(written) = setting.written() {
        let finding = info.at_setting(written, message, "set here");
        return Some(finding.help(message!("set {} = {}", name, better)));
    }
    let anchor = analysis.section.anchor().filter(|_| analysis.server.registration.is_active())?;
    let finding = info
        .at(anchor, message, message!("no {} here", name))
        .key(path_of(name))
        .help(message!("add {} = {}", name, better));
    Some(match analysis.section.attempt(name) {
        Some(attempt) => after_attempt(finding, attempt, name),
        None => finding,
    })
}
