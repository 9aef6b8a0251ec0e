//! The same documents in an editor that asks for all there is to know, but does nothing.

use serde_json::{Value, json};

use super::plant::{VARIABLE, document, secret};
use super::trace::Traces;
use crate::lsp::client::{Editor, URI, applied, capabilities};
use crate::support::{Chance, save};

const ASKED: [&str; 3] =
    ["textDocument/hover", "textDocument/completion", "textDocument/definition"];

#[test]
fn no_answer_to_an_editor_tells_a_secret() {
    let mut chance = Chance::new(14);
    for number in 0..30 {
        let planted = document(&mut chance);
        let variable = secret(&mut chance);
        let mut traces = Traces::default();
        traces.add_all(&planted, number);
        traces.add(&variable, number);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let env = folder.path().join("env");
        save(&env, format!("{VARIABLE}={variable}\n").as_bytes());
        let env = env.to_string_lossy().into_owned();
        let arguments = ["--env-file", &env, "--is-version", "7.1"];
        let can = if number % 3 == 0 { json!({}) } else { capabilities() };
        let mut editor = Editor::with(&can, &arguments[..number % 2 * 4]);
        let mut said = answers(&mut editor, &planted.text, &mut chance);
        let (_, notes, complaint) = editor.end();
        said.extend(notes.iter().map(Value::to_string));
        said.push(complaint);
        for said in said {
            if let Some((line, _)) = traces.find(said.as_bytes()) {
                panic!("{line}\nof:\n{}", planted.text);
            }
        }
    }
}

/// To move a table is to write it again. Nobody is sent that before it is chosen, and an editor that
/// cannot ask for it then is not offered it.
#[test]
fn a_fix_that_moves_a_secret_waits_until_it_is_chosen() {
    let text = "[a.b]\nx = 1\n[a]\npassword = \"hunter2\"\n";
    for (can, is_offered) in [(capabilities(), true), (json!({}), false)] {
        let mut editor = Editor::with(&can, &[]);
        editor.did_open(URI, text);
        let actions = editor.actions(URI, None);
        assert!(!Value::from(actions.clone()).to_string().contains("hunter2"), "{actions:?}");
        let is_move = |action: &&Value| action["diagnostics"][0]["code"] == "parent-after-child";
        let moves = actions
            .into_iter()
            .find(|action| is_move(&action) && action["title"] != "ignore parent-after-child here");
        assert_eq!(moves.is_some(), is_offered, "{can}");
        if let Some(moves) = moves {
            assert!(moves["edit"].is_null(), "{moves}");
            let chosen = editor.request("codeAction/resolve", moves);
            assert_eq!(
                applied(text, &chosen["edit"]),
                "[a]\npassword = \"hunter2\"\n[a.b]\nx = 1\n"
            );
        }
        editor.goodbye();
    }
}

/// What the server says of a text and of many places in it.
fn answers(editor: &mut Editor, text: &str, chance: &mut Chance) -> Vec<String> {
    editor.did_open(URI, text);
    let mut said: Vec<_> = editor.diagnostics().iter().map(Value::to_string).collect();
    said.extend(editor.actions(URI, None).iter().map(Value::to_string));
    let end = json!({ "line": 9_999, "character": 0 });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
    let params = json!({ "textDocument": { "uri": URI }, "range": range });
    said.push(editor.request("textDocument/inlayHint", params).to_string());
    for (line, written) in text.lines().enumerate() {
        for character in [0, chance.below(written.len()), written.len()] {
            let method = *chance.pick(&ASKED);
            said.push(editor.at(method, URI, line, character).to_string());
        }
    }
    said
}
