//! A rule, what is wrong, and where -> a finding. Its severity is the level of the rule, or a warning
//! where the rule is off by itself.

use crate::rules::prelude::*;

impl RuleInfo {
    /// A finding with a phrase for its place.
    pub(super) fn at(
        &'static self,
        span: Span,
        message: impl Into<Message>,
        label: impl Into<Message>,
    ) -> Diagnostic {
        let severity = self.level.unwrap_or(Severity::Warning);
        Diagnostic::new(self, severity, message, Label::new(span, label))
    }

    /// A finding about a setting, at the whole of it.
    pub(super) fn at_setting(
        &'static self,
        written: &SettingEntry<'_>,
        message: impl Into<Message>,
        label: impl Into<Message>,
    ) -> Diagnostic {
        self.at(written.span(), message, label).key(written.dotted())
    }

    /// A finding about a setting, at its key.
    pub(super) fn at_key(
        &'static self,
        written: &SettingEntry<'_>,
        message: impl Into<Message>,
        label: impl Into<Message>,
    ) -> Diagnostic {
        self.at(written.entry.key_span(), message, label).key(written.dotted())
    }

    /// A finding about a setting, at its value.
    pub(super) fn at_value(
        &'static self,
        written: &SettingEntry<'_>,
        message: impl Into<Message>,
        label: impl Into<Message>,
    ) -> Diagnostic {
        self.at(written.entry.value_span, message, label).key(written.dotted())
    }
}
