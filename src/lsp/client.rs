//! What the editor says of itself -> what it can do, and where its files lie.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::positions::PositionEncoding;

/// What the editor can do, as far as it matters here.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// What its positions count.
    pub(super) encoding: PositionEncoding,
    /// It asks for diagnostics, so that none are sent unasked.
    pub(super) pulls: bool,
    /// It asks again when told that its diagnostics are out of date.
    pub(super) refreshes: bool,
    /// It shows the other places of a diagnostic.
    pub(super) shows_related: bool,
    /// It may ask for the edit of an action once it is chosen.
    pub(super) resolves_actions: bool,
    /// Its edits say which state of a text they are for.
    pub(super) versioned_edits: bool,
    /// It fills in templates.
    pub(super) takes_snippets: bool,
    /// How it takes texts under the pointer.
    pub(super) hover_format: TextFormat,
    /// How it takes texts beside a completion.
    pub(super) completion_format: TextFormat,
    /// It can be asked to tell of changed files.
    pub(super) watches_files: bool,
    /// Where texts belong that are no files.
    pub(super) root: Option<PathBuf>,
}

/// How an editor takes texts for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum TextFormat {
    /// It renders Markdown.
    Markdown,
    /// It shows texts as they are.
    Plain,
    /// It does not say.
    #[default]
    Untold,
}

impl TextFormat {
    const MARKDOWN: &'static str = "markdown";
    const PLAIN: &'static str = "plaintext";

    /// A text that is Markdown, as the editor takes it.
    pub(super) fn text(self, text: String) -> Value {
        match self {
            Self::Markdown => json!({ "kind": Self::MARKDOWN, "value": text }),
            Self::Plain => json!({ "kind": Self::PLAIN, "value": text }),
            Self::Untold => text.into(),
        }
    }
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn of(parameters: &Value) -> Self {
        let can = |path: &str| parameters.pointer(&format!("/capabilities/{path}"));
        let is_true = |path: &str| can(path).and_then(Value::as_bool) == Some(true);
        let holds = |path: &str, wanted: &str| {
            let words = can(path).and_then(Value::as_array);
            words.is_some_and(|words| words.iter().any(|word| word == wanted))
        };
        let format = |path: &str| match holds(path, TextFormat::MARKDOWN) {
            true => TextFormat::Markdown,
            false if holds(path, TextFormat::PLAIN) => TextFormat::Plain,
            false => TextFormat::Untold,
        };
        let action = "textDocument/codeAction";
        let completion = "textDocument/completion/completionItem";
        Self {
            encoding: encoding(can("general/positionEncodings")),
            pulls: can("textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: is_true("workspace/diagnostics/refreshSupport"),
            shows_related: is_true("textDocument/publishDiagnostics/relatedInformation")
                || is_true("textDocument/diagnostic/relatedInformation"),
            resolves_actions: is_true(&format!("{action}/dataSupport"))
                && holds(&format!("{action}/resolveSupport/properties"), "edit"),
            versioned_edits: is_true("workspace/workspaceEdit/documentChanges"),
            takes_snippets: is_true(&format!("{completion}/snippetSupport")),
            hover_format: format("textDocument/hover/contentFormat"),
            completion_format: format(&format!("{completion}/documentationFormat")),
            watches_files: is_true("workspace/didChangeWatchedFiles/dynamicRegistration"),
            root: root(parameters),
        }
    }
}

/// The first that both know, in the order in which the editor likes them.
fn encoding(offered: Option<&Value>) -> PositionEncoding {
    let offered = offered.and_then(Value::as_array).into_iter().flatten();
    let mut known = offered.filter_map(|name| PositionEncoding::named(name.as_str()?));
    known.next().unwrap_or_default()
}

/// The first folder of the workspace.
fn root(parameters: &Value) -> Option<PathBuf> {
    let folder = parameters.pointer("/workspaceFolders/0/uri");
    folder.or_else(|| parameters.get("rootUri")).and_then(Value::as_str).and_then(path_of)
}

/// The path of a `file:` address.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // A host is none of this machine, save for its own name.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path.strip_prefix('/')?)?;
    match path.as_bytes() {
        [drive, b':', ..] if drive.is_ascii_alphabetic() => Some(path.into()),
        _ => Some(format!("/{path}").into()),
    }
}

/// A text with its `%20`s as what they stand for.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file() {
        for (uri, path) in [
            ("file:///a/b%20c/%C3%A9.toml", Some("/a/b c/\u{e9}.toml")),
            ("file://localhost/a", Some("/a")),
            ("file:///c%3A/x.toml", Some("c:/x.toml")),
            ("file:///", Some("/")),
            ("file://host/a", None),
            ("file:///a%2", None),
            ("file:///a%zz", None),
            ("file:///a%\u{e9}\u{e9}", None),
            ("file:///a%ff", None),
            ("untitled:Untitled-1", None),
            ("", None),
        ] {
            assert_eq!(path_of(uri), path.map(PathBuf::from), "{uri}");
        }
    }

    #[test]
    fn the_editor_chooses_what_is_counted() {
        let of = |offered: Value| {
            Client::of(&json!({ "capabilities": { "general": { "positionEncodings": offered } } }))
                .encoding
        };
        assert_eq!(of(json!(["utf-32", "utf-8"])), PositionEncoding::Utf32);
        assert_eq!(of(json!(["latin-1", 7, "utf-8"])), PositionEncoding::Utf8);
        assert_eq!(of(json!([])), PositionEncoding::Utf16);
        assert_eq!(of(json!("utf-8")), PositionEncoding::Utf16);
        assert_eq!(Client::of(&Value::Null).encoding, PositionEncoding::Utf16);
    }

    #[test]
    fn the_first_folder_is_the_root() {
        let folders = json!([{ "uri": "file:///w", "name": "w" }]);
        let both = json!({ "rootUri": "file:///r", "workspaceFolders": folders });
        assert_eq!(Client::of(&both).root, Some("/w".into()));
        assert_eq!(Client::of(&json!({ "rootUri": "file:///r" })).root, Some("/r".into()));
        assert_eq!(Client::of(&json!({ "rootUri": null })).root, None);
    }
}
