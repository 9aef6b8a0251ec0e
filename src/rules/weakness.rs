//! What the rules about a weak second factor have in common. Most of them are a switch in the
//! wrong position, and differ only in data.

use crate::diagnostic::{Diagnostic, Label, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::message::{Message, message};
use crate::rules::{Analysis, Sink, after_attempt};
use crate::section::path_of;
use crate::settings::{Setting, Switch};

/// A switch in a position that weakens the second factor.
pub(super) struct Weakness {
    pub(super) info: &'static RuleInfo,
    pub(super) setting: &'static str,
    /// The position that is weak.
    pub(super) weak: Switch,
    /// Another switch, and the position it must have for the weakness to be real.
    pub(super) given: Option<(&'static str, Switch)>,
    pub(super) message: &'static str,
    /// The value to write.
    pub(super) better: &'static str,
    /// Whether writing it is offered as a fix.
    pub(super) fixable: bool,
}

impl Weakness {
    /// Adds a finding when the switch is in the weak position.
    pub(super) fn check(&'static self, analysis: &Analysis<'_>, sink: &mut Sink) {
        let setting = analysis.settings.get(self.setting);
        let is_read = !setting.parameter.is_too_new(analysis.profile);
        let is_real =
            self.given.is_none_or(|(name, position)| analysis.settings.switch(name) == position);
        if !is_real || setting.switch() != self.weak || (self.weak == Switch::On && !is_read) {
            return;
        }
        let Some(mut finding) =
            weakness(analysis, self.info, setting, self.message.into(), self.better)
        else {
            return;
        };
        if let Some((name, _)) = self.given
            && let Some(given) = analysis.settings.get(name).written()
        {
            finding = finding.also(given.span(), "together with this");
        }
        if is_read {
            finding = finding.fix(self.fix(analysis, setting));
        } else {
            let since = setting.parameter.since;
            finding = finding.help(message!("the first release to read it is {}", since));
        }
        sink.push(finding);
    }

    fn fix(&self, analysis: &Analysis<'_>, setting: &Setting<'_>) -> Option<Fix> {
        let (name, better) = (self.setting, self.better);
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
    let (label, verb, key) = match setting.written() {
        Some(written) => (Label::new(written.span(), "set here"), "set", written.dotted()),
        None if !analysis.server.registration.is_active() => return None,
        None => {
            let label = Label::new(analysis.section.anchor()?, message!("no {} here", name));
            (label, "add", path_of(name))
        }
    };
    let help = message!("{} {} = {}", verb, name, better);
    let finding = Diagnostic::new(info, Severity::Warning, message, label).key(key).help(help);
    Some(match analysis.section.attempt(name).filter(|_| setting.written().is_none()) {
        Some(attempt) => after_attempt(finding, attempt, name),
        None => finding,
    })
}
