//! `.smsotp-lint.toml` beside a file, above it, and in the editor itself.

use serde_json::{Value, json};

use super::client::{Editor, capabilities};
use crate::support::save;

const TEXT: &str = "[authentication.authenticator.sms_otp.parameters]\nTokenExpiryTime = '5m'\n";
const OFF: &str = "[rules]\nnot-a-number = \"off\"\n";

fn uri(path: &std::path::Path) -> String {
    format!("file://{}", path.display())
}

fn count(editor: &mut Editor) -> usize {
    editor.diagnostics().len()
}

#[test]
fn the_nearest_one_counts_and_is_read_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let conf = folder.path().join("repository/conf");
    std::fs::create_dir_all(&conf).expect("folders can be made");
    std::fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
    save(&folder.path().join(".smsotp-lint.toml"), OFF.as_bytes());
    let mut editor = Editor::new();
    let file = uri(&conf.join("deployment.toml"));
    editor.did_open(&file, TEXT);
    assert_eq!(count(&mut editor), 0);
    save(&conf.join(".smsotp-lint.toml"), b"");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(count(&mut editor), 1);

    // What is open counts before it is saved.
    let config = uri(&conf.join(".smsotp-lint.toml"));
    editor.did_open(&config, OFF);
    let told = [
        editor.note("textDocument/publishDiagnostics"),
        editor.note("textDocument/publishDiagnostics"),
    ];
    let of_file = told.iter().find(|one| one["uri"] == file).expect("both are told");
    assert_eq!(of_file["diagnostics"], json!([]));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": config } }));
    let last = loop {
        let told = editor.note("textDocument/publishDiagnostics");
        if told["uri"] == file {
            break told;
        }
    };
    assert_eq!(last["diagnostics"].as_array().map(Vec::len), Some(1));
    editor.goodbye();
}

#[test]
fn a_mistake_in_it_is_shown_once_and_marked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(".smsotp-lint.toml");
    save(&path, b"is-version = \"7.1\"\nrule = 1\n");
    let mut editor = Editor::new();
    let file = uri(&folder.path().join("deployment.toml"));
    editor.did_open(&file, TEXT);
    let shown = editor.note("window/showMessage");
    let message = shown["message"].as_str().expect("a text");
    assert!(
        message.ends_with(".smsotp-lint.toml:2:1: there is no key \"rule\"; did you mean rules?"),
        "{message}"
    );
    assert_eq!(count(&mut editor), 1, "the defaults are in force");
    editor.did_change(&file, 2, json!([{ "text": TEXT }]));
    assert_eq!(count(&mut editor), 1);
    let config = uri(&path);
    editor.did_open(&config, "rule = 1\n");
    let told = loop {
        let told = editor.note("textDocument/publishDiagnostics");
        if told["uri"] == config {
            break told;
        }
    };
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 4 } });
    assert_eq!(told["diagnostics"][0]["range"], range);
    let notes = editor.goodbye();
    let shown = notes.iter().filter(|note| note["method"] == "window/showMessage").count();
    assert!(shown <= 1, "the other text has the other mistake: {notes:?}");
}

#[test]
fn flags_beat_it_and_a_text_without_a_file_goes_by_the_workspace() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    save(&folder.path().join(".smsotp-lint.toml"), OFF.as_bytes());
    for (arguments, root, findings) in [
        (&[][..], Some(folder.path()), 0),
        (&["--isolated"], Some(folder.path()), 1),
        (&[], None, 1),
    ] {
        let nowhere = tempfile::tempdir().expect("a temporary folder");
        let mut editor = Editor::start(nowhere.path(), arguments);
        let root = root.map(uri);
        editor.request("initialize", json!({ "rootUri": root, "capabilities": {} }));
        editor.did_open("untitled:Untitled-1", TEXT);
        assert_eq!(count(&mut editor), findings, "{arguments:?} {root:?}");
        editor.goodbye();
    }
    let mut editor = Editor::with(&capabilities(), &["--is-version", "7.1"]);
    editor.did_open(super::client::URI, TEXT);
    let told = Value::from(editor.diagnostics()).to_string();
    assert!(
        told.contains("the server silently uses 300 seconds") && !told.contains("from 7.1"),
        "{told}"
    );
    editor.goodbye();
}

#[test]
fn an_editor_that_asks_is_told_to_ask_again() {
    let mut can = capabilities();
    can["textDocument"]["diagnostic"] = json!({});
    can["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut editor = Editor::with(&can, &[]);
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.note("workspace/diagnostic/refresh");
    editor.goodbye();
}
