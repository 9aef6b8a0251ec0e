//! One message -> the messages that answer it, and what the server remembers of it.

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::actions::{FIX_ALL, QUICK_FIX};
use super::answers::Reading;
use super::client::Client;
use super::configuration::Setup;
use super::diagnostics::{TOOL, diagnostics, of_config, refused};
use super::documents::{OpenText, OpenTexts, TextKind};
use super::positions::{ClientLines, ClientPosition};
use super::protocol::{
    ActionData, ActionParams, ChangeParams, OpenParams, PositionParams, RangeParams, TextParams,
};
use crate::catalogue::Profile;
use crate::config;
use crate::engine::Options;
use crate::error::Exit;
use crate::toml::Document;

/// What is known of one editor.
pub(super) struct LanguageServer<'s> {
    setup: Setup<'s>,
    client: Client,
    texts: OpenTexts,
    stage: Stage,
    /// What the editor was told of the configuration last.
    complaint: Option<String>,
    /// What is to be sent besides answers.
    unasked: Vec<Message>,
    /// How many requests the editor was sent.
    requests: i32,
}

/// How far the editor has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It has not said what it can do.
    New,
    Serving,
    /// It wants nothing any more.
    ShutDown,
    /// It has said goodbye.
    Gone(Exit),
}

type Answered = Result<Value, ResponseError>;

impl<'s> LanguageServer<'s> {
    /// Waits for an editor.
    pub(super) fn new(setup: Setup<'s>) -> Self {
        Self {
            setup,
            client: Client::default(),
            texts: OpenTexts::default(),
            stage: Stage::New,
            complaint: None,
            unasked: Vec::new(),
            requests: 0,
        }
    }

    /// How it ended, once the editor has said goodbye.
    pub(super) fn exit(&self) -> Option<Exit> {
        match self.stage {
            Stage::Gone(exit) => Some(exit),
            _ => None,
        }
    }

    /// How it ends when the editor goes now. The protocol wants a 1 for one that has not asked to
    /// shut down before.
    pub(super) fn exit_at_the_end(&self) -> Exit {
        match self.stage {
            Stage::Gone(exit) => exit,
            Stage::ShutDown => Exit::Clean,
            Stage::New | Stage::Serving => Exit::Findings,
        }
    }

    /// Handles a message.
    pub(super) fn handle(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(Request { id, method, params }) => {
                let response_result = self.answer(&method, params);
                self.unasked.insert(0, Response { id, response_result }.into());
            }
            Message::Notification(Notification { method, params }) => self.note(&method, params),
            // Of what it was asked, nothing depends on the answer.
            Message::Response(_) => {}
        }
        std::mem::take(&mut self.unasked)
    }

    fn answer(&mut self, method: &str, params: Value) -> Answered {
        match (self.stage, method) {
            (Stage::New, "initialize") => return self.initialize(&params),
            (Stage::New, _) => return refuse(ErrorCode::ServerNotInitialized, "not initialized"),
            (Stage::Serving, "initialize") => {
                return refuse(ErrorCode::InvalidRequest, "initialized before");
            }
            (Stage::Serving, _) => {}
            _ => return refuse(ErrorCode::InvalidRequest, "shut down"),
        }
        match method {
            "shutdown" => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            "textDocument/diagnostic" => {
                let TextParams { text_document } = parsed(params)?;
                let items = self.diagnostics(&text_document.uri);
                Ok(json!({ "kind": "full", "items": items }))
            }
            "textDocument/codeAction" => {
                let ActionParams { text_document, range, context } = parsed(params)?;
                self.look(&text_document.uri);
                self.read(&text_document.uri, |it| it.actions(range, &context))
            }
            "codeAction/resolve" => self.resolve(params),
            "textDocument/hover" => self.at(params, |it, position| it.hover(position)),
            "textDocument/definition" => self.at(params, |it, position| it.definition(position)),
            "textDocument/completion" => self.at(params, |it, position| it.completion(position)),
            "textDocument/inlayHint" => {
                let RangeParams { text_document, range } = parsed(params)?;
                self.read(&text_document.uri, |it| it.hints(range))
            }
            _ => refuse(ErrorCode::MethodNotFound, "no such method"),
        }
    }

    fn note(&mut self, method: &str, params: Value) {
        if method == "exit" {
            self.stage = Stage::Gone(self.exit_at_the_end());
        }
        if self.stage != Stage::Serving {
            return;
        }
        let noted = match method {
            "initialized" => {
                self.watch();
                Ok(())
            }
            "textDocument/didOpen" => parsed(params).map(|params| self.open(params)),
            "textDocument/didChange" => parsed(params).map(|params| self.change(params)),
            "textDocument/didClose" => parsed(params).map(|params| self.close(params)),
            // Only configuration files are watched.
            "workspace/didChangeWatchedFiles" => {
                self.forget_findings();
                Ok(())
            }
            _ => Ok(()),
        };
        if noted.is_err() {
            // What exactly is wrong may hold a part of a text.
            self.complain(&format!("{method}: its parameters are not understood"));
        }
    }

    fn initialize(&mut self, params: &Value) -> Answered {
        if !params.is_object() {
            return refuse(ErrorCode::InvalidParams, BAD_PARAMS);
        }
        self.client = Client::of(params);
        self.stage = Stage::Serving;
        Ok(json!({
            "capabilities": {
                "positionEncoding": self.client.encoding.as_str(),
                // With the ranges of changes.
                "textDocumentSync": { "openClose": true, "change": 2 },
                "diagnosticProvider": {
                    "identifier": TOOL,
                    "interFileDependencies": false,
                    "workspaceDiagnostics": false,
                },
                "codeActionProvider": {
                    "codeActionKinds": [QUICK_FIX, FIX_ALL],
                    "resolveProvider": true,
                },
                "completionProvider": { "triggerCharacters": ["[", ".", "=", "\""] },
                "definitionProvider": true,
                "hoverProvider": true,
                "inlayHintProvider": true,
            },
            "serverInfo": { "name": TOOL, "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    /// Asks the editor to tell when a configuration file changes.
    fn watch(&mut self) {
        if self.client.watches_files {
            let glob = format!("**/{}", config::FILE_NAME);
            let registration = json!({
                "id": "configuration",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": glob }] },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }));
        }
    }

    fn open(&mut self, params: OpenParams) {
        let opened = params.text_document;
        let uri = opened.uri.clone();
        let open = OpenText::new(opened.uri, &opened.language_id, opened.version, opened.text);
        self.texts.insert(uri.clone(), open);
        self.tell_of_config(&uri);
    }

    fn change(&mut self, params: ChangeParams) {
        let ChangeParams { text_document, content_changes } = params;
        if let Some(open) = self.texts.get_mut(&text_document.uri) {
            open.change(text_document.version, content_changes, self.client.encoding);
            self.tell_of_config(&text_document.uri);
        }
    }

    /// What was found in a text goes with it.
    fn close(&mut self, params: TextParams) {
        let uri = params.text_document.uri;
        let Some(open) = self.texts.remove(&uri) else { return };
        if !self.client.pulls {
            self.notify(PUBLISH, json!({ "uri": uri, "diagnostics": [] }));
        }
        if open.kind == TextKind::Config {
            self.forget_findings();
        }
    }

    /// A configuration file counts as it is in the editor.
    fn tell_of_config(&mut self, uri: &str) {
        if self.texts.get(uri).is_some_and(|open| open.kind == TextKind::Config) {
            self.forget_findings();
        }
    }

    /// Drops what was found under a configuration that has changed.
    fn forget_findings(&mut self) {
        self.texts.values_mut().for_each(OpenText::outdate);
        if self.client.pulls && self.client.refreshes {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// The diagnostics of the texts that changed, for an editor that does not ask for them.
    pub(super) fn overdue(&mut self) -> Vec<Message> {
        if self.client.pulls || self.stage != Stage::Serving {
            return std::mem::take(&mut self.unasked);
        }
        let overdue = self.texts.values().filter(|open| open.is_overdue);
        let overdue: Vec<_> = overdue.map(|open| (open.uri.clone(), open.version)).collect();
        for (uri, version) in overdue {
            let diagnostics = self.diagnostics(&uri);
            self.notify(
                PUBLISH,
                json!({ "uri": uri, "version": version, "diagnostics": diagnostics }),
            );
        }
        std::mem::take(&mut self.unasked)
    }

    /// Everything there is to say about a text.
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        self.look(uri);
        let Some(open) = self.texts.get(uri) else { return Vec::new() };
        let lines = ClientLines::of(&open.text, self.client.encoding);
        match (open.kind, open.refusal()) {
            (TextKind::Other, _) => Vec::new(),
            (TextKind::Config, _) => of_config(&lines).into_iter().collect(),
            (TextKind::Deployment, Some(refusal)) => vec![refused(refusal)],
            _ => diagnostics(open.findings(), uri, &lines, &self.client),
        }
    }

    /// Checks a text, unless that has been done since it changed.
    fn look(&mut self, uri: &str) {
        let Some(open) = self.texts.get_mut(uri) else { return };
        open.is_overdue = false;
        if open.checked.is_none() {
            let checked = self.reading(uri, |it| it.is_about().then(|| it.check())).flatten();
            if let Some(open) = self.texts.get_mut(uri) {
                open.checked = Some(checked.unwrap_or_default());
            }
        }
    }

    fn resolve(&mut self, mut action: Value) -> Answered {
        let data = action.get("data").cloned().unwrap_or_default();
        let ActionData { uri, version, choice } = parsed(data)?;
        self.look(&uri);
        let edit = self.reading(&uri, |it| {
            let is_current = it.open.version == version;
            is_current.then(|| it.action(choice, true)).flatten()
        });
        // Of a text that has changed since, the action has nothing to say.
        if let Some(edit) = edit.flatten().and_then(|mut it| Some(it.get_mut("edit")?.take())) {
            action["edit"] = edit;
        }
        Ok(action)
    }

    /// Answers a request about a place.
    fn at(
        &mut self,
        params: Value,
        answer: impl FnOnce(Reading<'_>, ClientPosition) -> Value,
    ) -> Answered {
        let PositionParams { text_document, position } = parsed(params)?;
        self.read(&text_document.uri, |it| answer(it, position))
    }

    /// Answers a request about a text; with nothing, if there is nothing to say of it.
    fn read(&mut self, uri: &str, answer: impl FnOnce(Reading<'_>) -> Value) -> Answered {
        let has_answer = |it: &Reading<'_>| it.is_about() || it.open.kind == TextKind::Untitled;
        let answer = self.reading(uri, |it| has_answer(&it).then(|| answer(it)));
        Ok(answer.flatten().unwrap_or_default())
    }

    /// Reads a text under the configuration in force. `None` for one that is not open, or cannot be
    /// a `deployment.toml`.
    fn reading<T>(&mut self, uri: &str, see: impl FnOnce(Reading<'_>) -> T) -> Option<T> {
        let open = self.texts.get(uri)?;
        let is_read = !matches!(open.kind, TextKind::Config | TextKind::Other);
        let is_read = is_read && open.refusal().is_none();
        if !is_read {
            return None;
        }
        let config = self.setup.config(open, &self.texts, self.client.root.as_deref());
        let complaint = config.as_ref().err().cloned();
        let config = config.unwrap_or_else(|_| self.setup.without_config());
        let profile = Profile { release: config.release };
        let (environment, policy) = (&self.setup.environment, &config.policy);
        let options = Options { profile, environment, policy, ignores: true };
        let source = open.source();
        let document = Document::parse(&source);
        let analysis = options.analyse(&document);
        let lines = ClientLines::of(&open.text, self.client.encoding);
        let seen = see(Reading { open, client: &self.client, options: &options, analysis, lines });
        if complaint != self.complaint {
            self.complaint.clone_from(&complaint);
            complaint.iter().for_each(|complaint| self.complain(complaint));
        }
        Some(seen)
    }

    /// Shows one line to whoever sits there.
    fn complain(&mut self, message: &str) {
        self.notify("window/showMessage", json!({ "type": 1, "message": message }));
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.unasked.push(Notification::new(method.to_owned(), params).into());
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.unasked.push(Request::new(id, method.to_owned(), params).into());
    }
}

const PUBLISH: &str = "textDocument/publishDiagnostics";
const BAD_PARAMS: &str = "the parameters are not understood";

fn refuse<T>(code: ErrorCode, message: &str) -> Result<T, ResponseError> {
    Err(ResponseError { code: code as i32, message: message.to_owned(), data: None })
}

/// The parameters of a message. Why they cannot be read is not told: it may hold a part of a text.
fn parsed<P: DeserializeOwned>(params: Value) -> Result<P, ResponseError> {
    P::deserialize(params).or_else(|_| refuse(ErrorCode::InvalidParams, BAD_PARAMS))
}
