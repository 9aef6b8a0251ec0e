//! The parameters of messages, as far as they are looked at.

use serde::Deserialize;

use super::actions::ActionChoice;
use super::documents::TextChange;
use super::positions::{ClientPosition, ClientRange};

/// A text by its address.
#[derive(Debug, Deserialize)]
pub(super) struct TextIdentifier {
    pub(super) uri: String,
}

/// A text in one of its states.
#[derive(Debug, Deserialize)]
pub(super) struct TextVersion {
    pub(super) uri: String,
    pub(super) version: i32,
}

/// `textDocument/didOpen`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OpenParams {
    pub(super) text_document: OpenedText,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OpenedText {
    pub(super) uri: String,
    pub(super) language_id: String,
    pub(super) version: i32,
    pub(super) text: String,
}

/// `textDocument/didChange`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangeParams {
    pub(super) text_document: TextVersion,
    pub(super) content_changes: Vec<TextChange>,
}

/// What is about a text as a whole.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextParams {
    pub(super) text_document: TextIdentifier,
}

/// What is about a place in a text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PositionParams {
    pub(super) text_document: TextIdentifier,
    pub(super) position: ClientPosition,
}

/// `textDocument/inlayHint`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RangeParams {
    pub(super) text_document: TextIdentifier,
    pub(super) range: ClientRange,
}

/// `textDocument/codeAction`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionParams {
    pub(super) text_document: TextIdentifier,
    pub(super) range: ClientRange,
    #[serde(default)]
    pub(super) context: ActionContext,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ActionContext {
    /// The kinds that are wanted; all, if it is not told.
    pub(super) only: Option<Vec<String>>,
}

/// What an action carries, to be recognised when it is chosen.
#[derive(Debug, serde::Serialize, Deserialize)]
pub(super) struct ActionData {
    pub(super) uri: String,
    pub(super) version: i32,
    pub(super) choice: ActionChoice,
}

impl ActionContext {
    /// Whether a kind of action is wanted: it, or a kind that it is one of.
    pub(super) fn wants(&self, kind: &str) -> bool {
        let holds = |wanted: &String| {
            let rest = kind.strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || wanted.is_empty() || rest.starts_with('.'))
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(holds))
    }
}
