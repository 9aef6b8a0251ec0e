//! From the first word to the last, and what is no word at all.

use serde_json::{Value, json};

use super::client::{Editor, URI, capabilities};
use crate::support::root;

#[test]
fn an_editor_and_the_server_agree_on_what_they_can() {
    let mut editor = Editor::start(root(), &["--stdio"]);
    let params = json!({ "processId": 1, "rootUri": null, "capabilities": capabilities() });
    let answer = editor.request("initialize", params);
    assert_eq!(answer["serverInfo"]["name"], "smsotp-lint");
    let can = &answer["capabilities"];
    assert_eq!(can["positionEncoding"], "utf-8");
    assert_eq!(can["textDocumentSync"]["change"], 2);
    for provider in
        ["hoverProvider", "definitionProvider", "inlayHintProvider", "completionProvider"]
    {
        assert!(!can[provider].is_null(), "{provider}");
    }
    assert_eq!(can["codeActionProvider"]["codeActionKinds"][1], "source.fixAll.smsotp-lint");
    assert_eq!(can["diagnosticProvider"]["workspaceDiagnostics"], false);
    editor.notify("initialized", json!({}));
    let asked = editor.note("client/registerCapability");
    let watched = &asked["registrations"][0]["registerOptions"]["watchers"][0];
    assert_eq!(watched["globPattern"], "**/.smsotp-lint.toml");
    editor.goodbye();
}

#[test]
fn the_exit_code_tells_whether_the_editor_said_goodbye() {
    let code = |before: &[&str]| {
        let mut editor = Editor::new();
        for method in before {
            match *method {
                "exit" => editor.notify("exit", Value::Null),
                method => drop(editor.request(method, Value::Null)),
            }
        }
        let (code, _, complaint) = editor.end();
        assert_eq!(complaint, "", "{before:?}");
        code
    };
    assert_eq!(code(&["shutdown", "exit"]), 0);
    assert_eq!(code(&["shutdown"]), 0);
    assert_eq!(code(&["exit"]), 1);
    assert_eq!(code(&[]), 1);
    let (code, ..) = Editor::start(root(), &[]).end();
    assert_eq!(code, 1);
}

#[test]
fn requests_out_of_turn_and_unknown_ones_are_refused() {
    let mut editor = Editor::start(root(), &[]);
    assert_eq!(editor.request("textDocument/hover", json!({}))["code"], -32002);
    editor.did_open(URI, "x = ");
    assert_eq!(editor.request("initialize", json!([]))["code"], -32602);
    editor.request("initialize", json!({ "capabilities": {} }));
    // The text was opened too early.
    let document = json!({ "textDocument": { "uri": URI } });
    assert_eq!(editor.request("textDocument/diagnostic", document)["items"], json!([]));
    assert_eq!(editor.request("initialize", json!({}))["code"], -32600);
    assert_eq!(editor.request("textDocument/rename", json!({}))["code"], -32601);
    assert_eq!(editor.request("$/whatever", json!({}))["code"], -32601);
    editor.notify("$/whatever", json!({}));
    assert_eq!(editor.request("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.request("textDocument/hover", json!({}))["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end().0, 0);
}

#[test]
fn parameters_that_are_not_understood_are_refused_without_repeating_them() {
    let mut editor = Editor::open("x = ");
    let place = json!({ "line": 0, "character": 0 });
    let negative = json!({ "line": -1, "character": 0 });
    let bad = [
        Value::Null,
        json!([]),
        json!("hunter2"),
        json!({ "textDocument": "hunter2" }),
        json!({ "textDocument": { "uri": 7 }, "position": place }),
        json!({ "textDocument": { "uri": URI }, "position": negative, "range": negative }),
        json!({ "textDocument": { "uri": URI }, "position": "hunter2", "range": "hunter2" }),
        json!({ "textDocument": { "uri": URI }, "position": { "line": 1e99, "character": 0 } }),
    ];
    let methods = [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/definition",
        "textDocument/inlayHint",
        "textDocument/codeAction",
        "codeAction/resolve",
    ];
    for params in bad {
        for method in methods {
            let answer = editor.request(method, params.clone());
            assert_eq!(answer["code"], -32602, "{method}: {params}");
            assert!(!answer.to_string().contains("hunter2"), "{answer}");
        }
        for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"] {
            editor.notify(method, json!({ "textDocument": { "text": "hunter2" } }));
            let shown = editor.note("window/showMessage");
            assert!(!shown.to_string().contains("hunter2"), "{shown}");
        }
    }
    // What is about texts that are not open has no answer.
    for method in &methods[..3] {
        assert_eq!(editor.at(method, "file:///other.toml", 0, 0), Value::Null, "{method}");
    }
    editor.did_change("file:///other.toml", 2, json!([{ "text": "x" }]));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": "a:b" } }));
    editor.goodbye();
}

#[test]
fn what_is_no_message_is_refused_and_the_next_one_answered() {
    let mut editor = Editor::new();
    let deep = "[".repeat(10_000);
    for (body, code) in [
        ("{", -32700),
        (deep.as_str(), -32700),
        ("\u{1}", -32700),
        ("[]", -32600),
        ("{\"id\":{},\"method\":\"shutdown\"}", -32600),
        ("{\"jsonrpc\":\"2.0\"}", -32600),
    ] {
        let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        editor.send_bytes(framed.as_bytes());
        let answer = editor.refusal();
        assert_eq!(answer["code"], code, "{}", body.len());
    }
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }));
    editor.send(&json!({ "jsonrpc": "2.0", "id": "a", "method": "shutdown" }));
    let answered = std::iter::repeat_with(|| editor.next()).find(|message| message["id"] == "a");
    assert!(answered.is_some_and(|answer| answer["error"].is_null()));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end().0, 0);
}

#[test]
fn a_stream_of_something_else_ends_it() {
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"Content-Length: 18446744073709551615\r\n\r\n{}",
        b"Content-Length: 99999999999999\r\n\r\n",
        b"Content-Length: 20\r\n\r\n{}",
        b"\xff\xfe\0\0\n",
    ] {
        let mut editor = Editor::new();
        editor.send_bytes(bytes);
        let (code, notes, complaint) = editor.end();
        assert_eq!(code, 2, "{}", String::from_utf8_lossy(bytes));
        assert!(complaint.starts_with("smsotp-lint: standard input: "), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert_eq!(notes.len(), 1, "the watcher is asked for, and nothing else: {notes:?}");
    }
}

/// The server reads on while it works: a request that is taken back before its turn is answered
/// with that, and each one is answered once.
#[test]
fn a_request_can_be_taken_back() {
    let mut editor = Editor::open("x = ");
    let mut asked = Vec::new();
    for _ in 0..50 {
        let document = json!({ "uri": URI });
        let id = editor.ask("textDocument/diagnostic", json!({ "textDocument": document }));
        editor.notify("$/cancelRequest", json!({ "id": id }));
        asked.push(id);
    }
    for id in asked {
        let answer = editor.answer(id);
        assert!(answer["code"] == -32800 || answer["kind"] == "full", "{answer}");
    }
    editor.goodbye();
}

#[test]
fn a_flag_it_cannot_use_is_refused_as_elsewhere() {
    let editor = Editor::start(root(), &["--is-version", "5.11", "--is-version", "7.1"]);
    let (code, notes, complaint) = editor.end();
    assert_eq!((code, notes.len()), (2, 0));
    assert!(complaint.contains("only check judges by more than one"), "{complaint}");
}
