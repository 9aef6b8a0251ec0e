//! A small editor that speaks to the real program.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take before the test gives up: a guard, and no measure of speed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The name under which tests open a text.
pub(crate) const URI: &str = "file:///nowhere/deployment.toml";

pub(crate) struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    arriving: Receiver<Value>,
    /// What came besides answers.
    pub(crate) notes: Vec<Value>,
    requests: i64,
}

impl Editor {
    /// Starts the program in a folder, without a word to it.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_smsotp-lint"))
            .arg("lsp")
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let (sender, arriving) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { child, stdin, arriving, notes: Vec::new(), requests: 0 }
    }

    /// An editor that can do everything but ask for diagnostics.
    pub(crate) fn new() -> Self {
        Self::with(&capabilities(), &[])
    }

    pub(crate) fn with(capabilities: &Value, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut editor = Self::start(folder.path(), arguments);
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        editor
    }

    /// One that has a `deployment.toml` open; its diagnostics are told.
    pub(crate) fn open(text: &str) -> Self {
        let mut editor = Self::new();
        editor.did_open(URI, text);
        editor
    }

    pub(crate) fn did_open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn did_change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request, or its error.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Sends a request without waiting for its answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    pub(crate) fn answer(&mut self, id: i64) -> Value {
        loop {
            let mut message = self.next();
            if message["id"] == id && message.get("method").is_none() {
                let error = message["error"].take();
                return if error.is_null() { message["result"].take() } else { error };
            }
            self.notes.push(message);
        }
    }

    /// What the server says of something of which it knows no id.
    pub(crate) fn refusal(&mut self) -> Value {
        loop {
            let mut message = self.next();
            if message.get("id") == Some(&Value::Null) {
                return message["error"].take();
            }
            self.notes.push(message);
        }
    }

    /// A request about a place.
    pub(crate) fn at(&mut self, method: &str, uri: &str, line: usize, character: usize) -> Value {
        let position = json!({ "line": line, "character": character });
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// The actions for a whole text.
    pub(crate) fn actions(&mut self, uri: &str, only: Option<&str>) -> Vec<Value> {
        let end = json!({ "line": 99_999, "character": 0 });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let document = json!({ "uri": uri });
        let params = json!({ "textDocument": document, "range": range, "context": context });
        let actions = self.request("textDocument/codeAction", params);
        actions.as_array().cloned().unwrap_or_default()
    }

    /// The next message of a method that the server was not asked for.
    pub(crate) fn note(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.notes.iter().position(|note| note["method"] == method) {
                return self.notes.remove(at)["params"].take();
            }
            let next = self.next();
            self.notes.push(next);
        }
    }

    /// The diagnostics that are told next.
    pub(crate) fn diagnostics(&mut self) -> Vec<Value> {
        let mut published = self.note("textDocument/publishDiagnostics");
        published["diagnostics"].take().as_array().expect("a list").clone()
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("the stream is open");
        // A program that has ended closes the pipe; what it said before is what counts.
        let _ = stdin.write_all(bytes).and_then(|()| stdin.flush());
    }

    pub(crate) fn next(&mut self) -> Value {
        self.arriving.recv_timeout(PATIENCE).expect("the server answers")
    }

    /// Closes the stream, and waits for the end: the exit code, what else was said, and what was
    /// said on standard error.
    pub(crate) fn end(mut self) -> (i32, Vec<Value>, String) {
        drop(self.stdin.take());
        let mut notes = std::mem::take(&mut self.notes);
        notes.extend(self.arriving.iter());
        let status = self.child.wait().expect("the program ends");
        let mut complaint = String::new();
        let mut stderr = self.child.stderr.take().expect("standard error is piped");
        stderr.read_to_string(&mut complaint).expect("messages are UTF-8");
        (status.code().expect("the program ends by itself"), notes, complaint)
    }

    /// Says goodbye as an editor should.
    pub(crate) fn goodbye(mut self) -> Vec<Value> {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        let (code, notes, complaint) = self.end();
        assert_eq!((code, complaint.as_str()), (0, ""));
        notes
    }
}

/// What an editor can do; it counts bytes, so that positions are easy to read.
pub(crate) fn capabilities() -> Value {
    let resolve = json!({ "properties": ["edit"] });
    json!({
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": {
            "codeAction": { "dataSupport": true, "resolveSupport": resolve },
            "completion": { "completionItem": {
                "snippetSupport": true, "documentationFormat": ["markdown"],
            } },
            "hover": { "contentFormat": ["markdown"] },
            "publishDiagnostics": { "relatedInformation": true },
        },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true },
        },
    })
}

fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes JSON"))
}

/// A text with the edit of an action made, as an editor that counts bytes makes it.
pub(crate) fn applied(text: &str, edit: &Value) -> String {
    let changes = &edit["documentChanges"][0]["edits"];
    let offset = |position: &Value| {
        let line = position["line"].as_u64().expect("a number") as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + position["character"].as_u64().expect("a number") as usize
    };
    let mut edits: Vec<_> = changes
        .as_array()
        .expect("a list of edits")
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit))
        .collect();
    edits.sort_by_cached_key(|(start, end, _)| (*start, *end));
    let mut result = text.to_owned();
    for (start, end, edit) in edits.into_iter().rev() {
        result.replace_range(start..end, edit["newText"].as_str().expect("a text"));
    }
    result
}
