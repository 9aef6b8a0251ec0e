//! What rules are made of.

pub(super) use crate::analysis::Analysis;
pub(super) use crate::diagnostic::{
    Category, Concerns, Diagnostic, Label, Needs, Relation, RuleInfo, RulePage, Severity,
};
pub(super) use crate::edits;
pub(super) use crate::fix::{Edit, Fix};
pub(super) use crate::message::{Message, Shown, message};
pub(super) use crate::rules::{Rule, Sink};
pub(super) use crate::section::SettingEntry;
pub(super) use crate::settings::{Setting, Switch};
pub(super) use crate::source::Span;
