//! A text that has been read, and a request -> the answer, as the protocol has it.

use serde_json::{Value, json};

use super::actions::ActionChoice;
use super::client::Client;
use super::completion::{Completion, completions};
use super::definition::ReferenceAt;
use super::diagnostics::diagnostics;
use super::documents::{OpenText, TextKind};
use super::hover::{hover, hover_by_line};
use super::positions::{ClientLines, ClientPosition, ClientRange};
use super::protocol::{ActionContext, ActionData};
use crate::analysis::Analysis;
use crate::diagnostic::Diagnostic;
use crate::engine::{Checked, Options, check};
use crate::fix::Edit;
use crate::section::holds_header;
use crate::show::{ToldSetting, View};
use crate::source::Span;

/// A text that has been read under the configuration in force.
pub(super) struct Reading<'r> {
    pub(super) open: &'r OpenText,
    pub(super) client: &'r Client,
    pub(super) options: &'r Options<'r>,
    pub(super) analysis: Analysis<'r>,
    pub(super) lines: ClientLines<'r>,
}

impl Reading<'_> {
    /// Whether there is anything to say of the text: of a `deployment.toml` by its name, and of
    /// other TOML if it holds this section, or something that can only be meant for it.
    pub(super) fn is_about(&self) -> bool {
        let section = &self.analysis.section;
        match self.open.kind {
            TextKind::Deployment => true,
            TextKind::Toml | TextKind::Untitled => {
                section.is_written()
                    || !section.near_misses.is_empty()
                    || holds_header(&self.open.text)
            }
            TextKind::Config | TextKind::Other => false,
        }
    }

    /// What there is to find.
    pub(super) fn check(&self) -> Checked {
        check(&self.analysis, self.options)
    }

    /// `textDocument/hover`
    pub(super) fn hover(self, position: ClientPosition) -> Value {
        let offset = self.lines.offset(position);
        let text = self.lines.text();
        let found = match self.analysis.document.is_toml() {
            true => hover(&View::of(self.analysis), offset),
            false => hover_by_line(text, offset),
        };
        found.map_or(Value::Null, |(span, text)| {
            let contents = self.client.hover_format.text(text);
            json!({ "contents": contents, "range": self.lines.range(span) })
        })
    }

    /// `textDocument/definition`
    pub(super) fn definition(&self, position: ClientPosition) -> Value {
        let text = self.lines.text();
        let reference = ReferenceAt::find(text, self.lines.offset(position));
        let target = reference.and_then(|reference| reference.target(&self.analysis));
        target.map_or(
            Value::Null,
            |span| json!({ "uri": self.open.uri, "range": self.lines.range(span) }),
        )
    }

    /// `textDocument/inlayHint`: what the server uses, behind the values that say something else.
    pub(super) fn hints(self, range: ClientRange) -> Value {
        let wanted = self.lines.span(range);
        let mut told = View::of(self.analysis).told();
        told.retain(|(span, told)| !told.is_as_written() && wanted.covers(span.end));
        told.sort_by_cached_key(|(span, _)| span.end);
        let hint = |(span, told): (Span, ToldSetting)| {
            let position = self.lines.position(span.end);
            let label = format!("the server uses {}", told.used);
            let mut value = json!({ "position": position, "label": label, "paddingLeft": true });
            if let Some(why) = told.why {
                value["tooltip"] = why.into();
            }
            value
        };
        told.into_iter().map(hint).collect()
    }

    /// `textDocument/codeAction`
    pub(super) fn actions(&self, range: ClientRange, context: &ActionContext) -> Value {
        let span = self.lines.span(range);
        let text = self.lines.text();
        let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[span.end..].find('\n').map_or(text.len(), |length| span.end + length);
        let choices = ActionChoice::at(self.open.findings(), Span::new(start, end), |kind| {
            context.wants(kind)
        });
        choices.into_iter().filter_map(|choice| self.action(choice, false)).collect()
    }

    /// An action, with its edit if that has been asked for or may be printed. The edit that moves
    /// a text which no report shows waits until somebody chooses it, and so does the one that
    /// takes long to find.
    pub(super) fn action(&self, choice: ActionChoice, is_chosen: bool) -> Option<Value> {
        let mut value = json!({ "kind": choice.kind() });
        let findings = self.open.findings();
        if let Some(finding) = choice.finding() {
            let finding = findings.get(finding..=finding)?;
            value["diagnostics"] = self.diagnostics(finding).into();
        }
        let waits = self.client.resolves_actions && !is_chosen;
        if waits {
            let (uri, version) = (self.open.uri.clone(), self.open.version);
            value["data"] = json!(ActionData { uri, version, choice });
        }
        if waits && choice == ActionChoice::All {
            value["title"] = ActionChoice::ALL_TITLE.into();
            return Some(value);
        }
        let action = choice.action(&self.analysis, self.options, findings)?;
        let reveals = self.analysis.view.reveals(&action.edits);
        if reveals && !is_chosen && !waits {
            return None;
        }
        if !reveals || is_chosen {
            value["edit"] = self.edit(&action.edits);
        }
        value["title"] = action.title.into();
        value["isPreferred"] = action.is_preferred.into();
        Some(value)
    }

    /// `textDocument/completion`
    pub(super) fn completion(&self, position: ClientPosition) -> Value {
        let offset = self.lines.offset(position);
        let found = completions(self.lines.text(), offset, self.options.profile);
        found.into_iter().map(|one| self.completion_item(one)).collect()
    }

    fn completion_item(&self, completion: Completion) -> Value {
        let Completion { span, kind, label, text, template, detail, documentation } = completion;
        let template = template.filter(|_| self.client.takes_snippets);
        let mut item = json!({
            "kind": kind as u8,
            "filterText": label,
            "label": label,
            "detail": detail,
            "insertTextFormat": if template.is_some() { 2 } else { 1 },
            "textEdit": {
                "range": self.lines.range(span),
                "newText": template.unwrap_or(text),
            },
        });
        if let Some(documentation) = documentation {
            item["documentation"] = self.client.completion_format.text(documentation);
        }
        item
    }

    /// The diagnostics of findings.
    pub(super) fn diagnostics(&self, findings: &[Diagnostic]) -> Vec<Value> {
        diagnostics(findings, &self.open.uri, &self.lines, self.client)
    }

    /// `WorkspaceEdit`
    fn edit(&self, edits: &[Edit]) -> Value {
        let edits = edits
            .iter()
            .map(|edit| json!({ "range": self.lines.range(edit.span), "newText": edit.text }));
        let (uri, version) = (&self.open.uri, self.open.version);
        let edits: Value = edits.collect();
        match self.client.versioned_edits {
            true => json!({
                "documentChanges": [{
                    "textDocument": { "uri": uri, "version": version },
                    "edits": edits,
                }],
            }),
            false => json!({ "changes": { uri.as_str(): edits } }),
        }
    }
}
