//! What is told of a text: findings, what to do about them, and what stands where.

use serde_json::{Value, json};

use super::client::{Editor, URI, applied, capabilities};
use crate::support::root;

const HEADER: &str = "[authentication.authenticator.sms_otp.parameters]\n";

fn readme() -> String {
    let file = root().join("fixtures/readme/deployment.toml");
    std::fs::read_to_string(file).expect("the example can be read")
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().filter_map(|one| one["code"].as_str()).collect()
}

/// The part of a text that a range marks; positions count bytes.
fn marked<'t>(text: &'t str, range: &Value) -> &'t str {
    let at = |end: &str, field: &str| range[end][field].as_u64().expect("a number") as usize;
    let line = text.lines().nth(at("start", "line")).expect("a line");
    assert_eq!(range["start"]["line"], range["end"]["line"], "{range}");
    &line[at("start", "character")..at("end", "character")]
}

#[test]
fn findings_are_told_with_their_rules_places_and_pages() {
    let text = readme();
    let mut editor = Editor::open(&text);
    let mut told = editor.note("textDocument/publishDiagnostics");
    assert_eq!((&told["uri"], &told["version"]), (&json!(URI), &json!(1)));
    let told = told["diagnostics"].take();
    let told = told.as_array().expect("a list");
    assert_eq!(codes(told), ["needs-mandatory", "not-a-number"]);
    let mandatory = &told[0];
    assert_eq!(marked(&text, &mandatory["range"]), "SendOTPDirectlyToMobile = true");
    assert_eq!((&mandatory["severity"], &mandatory["tags"]), (&json!(1), &json!([1])));
    let page = "https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/";
    assert_eq!(mandatory["codeDescription"]["href"], page);
    assert_eq!(mandatory["source"], "smsotp-lint");
    let number = &told[1];
    assert_eq!(marked(&text, &number["range"]), "\"5m\"");
    assert!(number["tags"].is_null() && number["codeDescription"].is_null(), "{number}");
    let message = number["message"].as_str().expect("a text");
    assert!(message.contains("\nhelp: TokenExpiryTime counts seconds"), "{message}");
    editor.goodbye();
}

#[test]
fn other_places_are_links_for_an_editor_that_shows_them() {
    let text = "a = '$ref{b}'\nb = '$ref{a}'\n";
    let mut editor = Editor::open(text);
    let told = editor.diagnostics();
    let related = told[0]["relatedInformation"].as_array().expect("other places");
    assert_eq!(related[0]["location"]["uri"], URI);
    assert_eq!(marked(text, &related[0]["location"]["range"]), "$ref{a}");
    editor.goodbye();

    let mut plain = Editor::with(&json!({}), &[]);
    plain.did_open(URI, text);
    assert!(plain.diagnostics()[0]["relatedInformation"].is_null());
    let hover = plain.at("textDocument/hover", URI, 0, 6);
    assert!(hover["contents"].is_string(), "it does not say how it takes texts: {hover}");
    plain.goodbye();
}

#[test]
fn findings_follow_each_change_and_go_with_the_text() {
    let mut editor = Editor::open(&format!("{HEADER}SMSOTPMandatory = tru\n"));
    assert_eq!(codes(&editor.diagnostics()), ["toml-syntax"]);
    let end = json!({ "line": 1, "character": 21 });
    let insert = json!([{ "range": { "start": end, "end": end }, "text": "e" }]);
    editor.did_change(URI, 2, insert);
    let told = editor.note("textDocument/publishDiagnostics");
    assert_eq!((&told["version"], &told["diagnostics"]), (&json!(2), &json!([])));
    let typo =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 1 } });
    editor.did_change(
        URI,
        3,
        json!([{ "range": typo, "text": "X" }, { "range": typo, "text": "" }]),
    );
    assert_eq!(codes(&editor.diagnostics()), ["unknown-parameter"]);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(editor.diagnostics(), Vec::<Value>::new());
    editor.goodbye();
}

#[test]
fn an_editor_that_asks_is_not_told_unasked() {
    let mut can = capabilities();
    can["textDocument"]["diagnostic"] = json!({});
    let mut editor = Editor::with(&can, &[]);
    editor.did_open(URI, &readme());
    let document = json!({ "textDocument": { "uri": URI } });
    let asked = editor.request("textDocument/diagnostic", document.clone());
    assert_eq!(asked["kind"], "full");
    assert_eq!(
        codes(asked["items"].as_array().expect("a list")),
        ["needs-mandatory", "not-a-number"]
    );
    editor.did_change(URI, 2, json!([{ "text": "" }]));
    assert_eq!(editor.request("textDocument/diagnostic", document)["items"], json!([]));
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let notes = editor.goodbye();
    assert!(notes.iter().all(|note| note["method"] != "textDocument/publishDiagnostics"));
}

#[test]
fn only_what_is_a_deployment_toml_has_findings() {
    let section = format!("{HEADER}TokenExpiryTime = '5m'\n");
    let broken = format!("x = \n{section}");
    let near = "[authentication.authenticator.smsotp.parameters]\nTokenExpiryTime = 5\n";
    // The server's parser refuses it in a deployment.toml.
    let other = "x = 1e06\n";
    for (uri, text, expected) in [
        ("file:///deployment.toml", other, &["toml-dialect"][..]),
        ("file:///eu-deployment.toml", other, &["toml-dialect"]),
        ("file:///Cargo.toml", other, &[]),
        ("untitled:Untitled-1", other, &[]),
        ("file:///sms.toml", &section, &["not-a-number"]),
        ("untitled:Untitled-1", &section, &["not-a-number"]),
        ("file:///sms.toml", &broken, &["toml-syntax"]),
        ("file:///sms.toml", near, &["unknown-section"]),
        ("file:///main.rs", &section, &[]),
    ] {
        let mut editor = Editor::new();
        let language = if uri.starts_with("untitled") { "toml" } else { "plaintext" };
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
        assert_eq!(codes(&editor.diagnostics()), expected, "{uri}: {text}");
        editor.goodbye();
    }
}

#[test]
fn a_text_that_is_too_large_has_one_finding() {
    let line = "x = 1e06\n";
    let text = line.repeat((256 << 10) / line.len() + 1);
    let mut editor = Editor::open(&text);
    let told = editor.diagnostics();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["message"], "larger than any deployment.toml: over 256 KiB");
    assert!(editor.actions(URI, None).is_empty());
    assert_eq!(editor.at("textDocument/hover", URI, 0, 0), Value::Null);
    editor.did_open("file:///other.toml", &text);
    assert!(editor.diagnostics().is_empty());
    editor.goodbye();
}

#[test]
fn every_fix_is_an_action_and_the_safe_one_comes_first() {
    let text = readme();
    let mut editor = Editor::open(&text);
    let actions = editor.actions(URI, Some("quickfix"));
    let titles: Vec<_> = actions.iter().filter_map(|one| one["title"].as_str()).collect();
    assert_eq!(titles[0], "set SendOTPDirectlyToMobile = false");
    assert!(titles[1].ends_with(" (changes what the server does)"), "{titles:?}");
    assert!(titles[2].starts_with("set TokenExpiryTime = 300: users with a number "), "{titles:?}");
    assert_eq!(titles[3..], ["ignore needs-mandatory here", "ignore not-a-number here"]);
    let preferred: Vec<_> = actions.iter().filter(|one| one["isPreferred"] == true).collect();
    assert_eq!(preferred.len(), 1);
    assert_eq!(preferred[0]["diagnostics"][0]["code"], "needs-mandatory");
    let changes = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(changes["textDocument"], json!({ "uri": URI, "version": 1 }));
    let fixed = applied(&text, &actions[0]["edit"]);
    assert!(fixed.contains("\nSendOTPDirectlyToMobile = false   # ticket 12\n"), "{fixed}");

    // Only what is on the line.
    let at = json!({ "line": 14, "character": 3 });
    let params = json!({
        "textDocument": { "uri": URI }, "range": { "start": at, "end": at }, "context": {},
    });
    let here = editor.request("textDocument/codeAction", params);
    let titles: Vec<_> = here.as_array().expect("a list").iter().map(|one| &one["title"]).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    editor.goodbye();
}

#[test]
fn a_comment_ignores_a_rule_here() {
    for (text, ignored) in [
        (
            "\tTokenExpiryTime = '5m'\n",
            "\t# smsotp-lint: ignore[not-a-number]\n\tTokenExpiryTime = '5m'\n",
        ),
        (
            "TokenLength = 6\r\nTokenExpiryTime = '5m'",
            "TokenLength = 6\r\n# smsotp-lint: ignore[not-a-number]\r\nTokenExpiryTime = '5m'",
        ),
    ] {
        let header =
            if text.contains('\r') { HEADER.replace('\n', "\r\n") } else { HEADER.to_owned() };
        let text = format!("{header}{text}");
        let mut editor = Editor::open(&text);
        assert_eq!(codes(&editor.diagnostics()), ["not-a-number"]);
        let actions = editor.actions(URI, Some("quickfix"));
        let ignore = actions.iter().find(|one| one["title"] == "ignore not-a-number here");
        let changed = applied(&text, &ignore.expect("an action")["edit"]);
        assert_eq!(changed, format!("{header}{ignored}"));
        editor.did_change(URI, 2, json!([{ "text": changed }]));
        assert!(editor.diagnostics().is_empty());
        editor.goodbye();
    }
    // A header stands for its table, and what is not TOML cannot be ignored.
    let mut editor = Editor::open("[authentication.authenticator.smsotp]\nenable = true\n");
    let actions = editor.actions(URI, None);
    assert!(actions.iter().any(|one| one["title"] == "ignore unknown-section here"));
    editor.did_change(URI, 2, json!([{ "text": "x = " }]));
    let actions = editor.actions(URI, None);
    assert!(!actions.iter().any(|one| one["title"].as_str().unwrap_or("").contains("ignore")));
    editor.goodbye();
}

#[test]
fn all_safe_fixes_are_made_at_once() {
    let text = format!(
        "{HEADER}TokenLength = 8 # smsotp-lint: ignore[not-a-number]\nBackupCode = true\n\
         SendOTPDirectlyToMobile = true\n"
    );
    let mut editor = Editor::open(&text);
    let waiting = editor.actions(URI, Some("source.fixAll"));
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["kind"], "source.fixAll.smsotp-lint");
    assert!(waiting[0]["edit"].is_null(), "it waits until it is chosen");
    let chosen = editor.request("codeAction/resolve", waiting[0].clone());
    let fixed = applied(&text, &chosen["edit"]);
    assert!(fixed.starts_with(&format!("{HEADER}TokenLength = 8\nBackup")), "{fixed}");
    assert!(fixed.ends_with("SendOTPDirectlyToMobile = false\n"), "{fixed}");
    let hunks = chosen["edit"]["documentChanges"][0]["edits"].as_array().map(Vec::len);
    assert_eq!(hunks, Some(2), "what stays between is left alone");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let by_check = crate::support::run(folder.path(), &["check", "--fix", "-"], text.as_bytes());
    assert_eq!(fixed, by_check.stdout());
    // It is about a text that is no more.
    editor.did_change(URI, 2, json!([{ "text": "" }]));
    assert!(editor.request("codeAction/resolve", waiting[0].clone())["edit"].is_null());
    assert!(editor.actions(URI, Some("source.fixAll")).is_empty());
    assert!(editor.actions(URI, Some("refactor")).is_empty());
    editor.goodbye();

    let mut plain = Editor::with(&json!({}), &[]);
    plain.did_open(URI, &text);
    let actions = plain.actions(URI, Some("source.fixAll.smsotp-lint"));
    assert!(actions[0]["edit"]["changes"][URI].is_array(), "{actions:?}");
    plain.goodbye();
}

/// The whole session of somebody who begins with nothing.
#[test]
fn a_section_is_written_from_nothing() {
    let mut editor = Editor::open("");
    assert!(editor.diagnostics().is_empty());
    let labels = |items: &Value| -> Vec<String> {
        let items = items.as_array().expect("a list").iter();
        items.filter_map(|item| item["label"].as_str().map(str::to_owned)).collect()
    };
    editor.did_change(URI, 2, json!([{ "text": "[auth" }]));
    let headers = editor.at("textDocument/completion", URI, 0, 5);
    assert_eq!(labels(&headers)[1], HEADER.trim_end());
    assert_eq!(headers[1]["textEdit"]["newText"], HEADER.trim_end());

    editor.did_change(URI, 3, json!([{ "text": format!("{HEADER}Tok") }]));
    let settings = editor.at("textDocument/completion", URI, 1, 3);
    let settings = settings.as_array().expect("a list");
    let expiry = settings.iter().find(|one| one["label"] == "TokenExpiryTime").expect("offered");
    assert_eq!(expiry["detail"], "whole number of seconds");
    assert_eq!(expiry["documentation"]["kind"], "markdown");
    let documentation = expiry["documentation"]["value"].as_str().expect("a text");
    assert!(documentation.contains("**TokenExpiryTime**"), "{documentation}");
    assert_eq!(expiry["insertTextFormat"], 2);

    editor.did_change(URI, 4, json!([{ "text": format!("{HEADER}SMSOTPMandatry = ") }]));
    editor.did_change(URI, 5, json!([{ "text": format!("{HEADER}SMSOTPMandatry = true\n") }]));
    let typo = loop {
        let told = editor.note("textDocument/publishDiagnostics");
        if told["version"] == 5 {
            break told;
        }
    };
    assert_eq!(typo["diagnostics"][0]["code"], "unknown-parameter");
    let actions = editor.actions(URI, Some("quickfix"));
    let text = format!("{HEADER}SMSOTPMandatry = true\n");
    let renamed = applied(&text, &actions[0]["edit"]);
    assert_eq!(renamed, format!("{HEADER}SMSOTPMandatory = true\n"));
    editor.did_change(URI, 6, json!([{ "text": renamed }]));
    let values = editor.at("textDocument/completion", URI, 1, 18);
    assert_eq!(labels(&values), ["true", "false"]);
    let hover = editor.at("textDocument/hover", URI, 1, 3);
    let told = hover["contents"]["value"].as_str().expect("a text");
    assert!(told.contains("The server uses **as written**"), "{told}");
    editor.goodbye();
}

#[test]
fn hover_tells_what_the_server_uses_and_why() {
    let text = format!(
        "{HEADER}TokenExpiryTime = '5m'\nSMSOTPMandatory = \"yes\" # smsotp-lint: ignore[not-a-boolean]\n\
         mobile_number_regex = '$ref{{my.pattern}}'\n[my]\npattern = \"hunter2\"\n"
    );
    let mut editor = Editor::open(&text);
    let mut hover = |line, character| {
        let mut hover = editor.at("textDocument/hover", URI, line, character);
        let range = hover["range"].take();
        (hover["contents"]["value"].as_str().unwrap_or_default().to_owned(), range)
    };
    let (expiry, range) = hover(1, 20);
    assert!(expiry.contains("`TokenExpiryTime = '5m'`"), "{expiry}");
    assert!(expiry.contains("The server uses **nothing**: every login that sends"), "{expiry}");
    assert!(expiry.contains("Default") && expiry.contains("(https://"), "{expiry}");
    assert_eq!(marked(&text, &range), "TokenExpiryTime = '5m'");
    assert!(hover(2, 0).0.contains("The server uses **`false`**"));
    assert!(hover(2, 50).0.starts_with("**not-a-boolean**"));
    let (section, _) = hover(0, 5);
    assert!(section.contains("THE SERVER USES"), "{section}");
    let (reference, range) = hover(3, 30);
    assert_eq!(marked(&text, &range), "$ref{my.pattern}");
    assert!(reference.contains("Line 6") && reference.contains("pattern = \"***\""), "{reference}");
    assert_eq!(hover(4, 0).0, "");
    editor.goodbye();
}

#[test]
fn hover_tells_what_a_setting_does_in_a_text_that_is_not_toml_yet() {
    let text = format!("x = \n{HEADER}  TokenLength = \n[x]\nTokenLength = 1\n");
    let mut editor = Editor::open(&text);
    let hover = editor.at("textDocument/hover", URI, 2, 5);
    let told = hover["contents"]["value"].as_str().expect("a text");
    assert!(told.starts_with("**TokenLength**") && !told.contains("The server uses **"), "{told}");
    assert_eq!(marked(&text, &hover["range"]), "TokenLength");
    for (line, character) in [(0, 0), (1, 4), (3, 1), (4, 4), (9, 9)] {
        assert!(editor.at("textDocument/hover", URI, line, character).is_null(), "{line}");
    }
    editor.goodbye();
}

#[test]
fn a_reference_leads_to_its_value() {
    let text = "[a]\nb.c = 1\n[secrets]\npassword = \"[x]\"\n[d]\n\
                e = \"$env{HOME}$ref{a.b.c}\"\nf = '$secret{password}$ref{a.x}'\n";
    let mut editor = Editor::open(text);
    let mut target = |line, character| {
        let target = editor.at("textDocument/definition", URI, line, character);
        (!target.is_null()).then(|| marked(text, &target["range"]).to_owned())
    };
    assert_eq!(target(5, 17).as_deref(), Some("b.c"));
    assert_eq!(target(6, 10).as_deref(), Some("password"));
    assert_eq!(target(5, 8), None);
    assert_eq!(target(6, 25), None);
    assert_eq!(target(0, 1), None);
    editor.goodbye();
}

#[test]
fn hints_stand_where_the_server_uses_something_else() {
    let text = format!(
        "{HEADER}SMSOTPMandatory = \"yes\"\nTokenExpiryTime = \"5m\"\nTokenLength = 8\nSendOTPDirectlyToMobile = true\n"
    );
    let mut editor = Editor::open(&text);
    let mut hints = |first: u32, last: u32| {
        let range = json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 0 } });
        let params = json!({ "textDocument": { "uri": URI }, "range": range });
        editor.request("textDocument/inlayHint", params)
    };
    let all = hints(0, 9);
    let told: Vec<_> = all
        .as_array()
        .expect("a list")
        .iter()
        .map(|hint| (&hint["position"]["line"], hint["label"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (&json!(1), "the server uses false"),
            (&json!(2), "the server uses nothing"),
            (&json!(4), "the server uses nothing"),
        ]
    );
    assert_eq!(all[0]["position"]["character"], 23);
    assert!(all[2]["tooltip"].as_str().unwrap().contains("needs-mandatory"));
    assert_eq!(hints(3, 4).as_array().map(Vec::len), Some(0));
    editor.goodbye();
}

#[test]
fn positions_count_what_was_agreed_on() {
    let line = "x = '\u{1f600}\u{e9}' # \u{1f600}\r\nTokenExpiryTime = '\u{1f600}5m'\r\n";
    let text = format!("\u{feff}{}{line}", HEADER.replace('\n', "\r\n"));
    for (encoding, end, length) in [("utf-8", 26, 8), ("utf-16", 24, 6), ("utf-32", 23, 5)] {
        let mut can = capabilities();
        can["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::with(&can, &[]);
        editor.did_open(URI, &text);
        let told = editor.diagnostics();
        let number = told.iter().find(|one| one["code"] == "not-a-number").expect("a finding");
        let expected = json!({
            "start": { "line": 2, "character": 18 }, "end": { "line": 2, "character": end },
        });
        assert_eq!(number["range"], expected, "{encoding}");
        // Back the same way: the value goes, quotes and all.
        assert_eq!(end - 18, length);
        editor.did_change(URI, 2, json!([{ "range": expected, "text": "7" }]));
        let hover = editor.at("textDocument/hover", URI, 2, 18);
        assert!(hover.to_string().contains("`TokenExpiryTime = 7`"), "{hover}");
        let past = json!({ "line": 9_999, "character": 9_999 });
        editor.did_change(
            URI,
            3,
            json!([{ "range": { "start": past, "end": past }, "text": "y=" }]),
        );
        assert!(editor.at("textDocument/completion", URI, 9_999, 9_999).is_array());
        assert!(editor.at("textDocument/hover", URI, 1, 4_294_967_295).is_null());
        editor.goodbye();
    }
}
