//! What holds for every text, be it a document or not. The suite tries it on many texts of its
//! own making, and the fuzz targets on those of a fuzzer.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use smsotp_lint::catalogue::{Kind, Profile};
use smsotp_lint::compare::{Comparison, Side};
use smsotp_lint::diagnostic::{Diagnostic, Severity};
use smsotp_lint::diff::unified;
use smsotp_lint::engine::repair;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::fix::{Applicability, apply};
use smsotp_lint::lsp::{ConfigFiles, Setup, serve};
use smsotp_lint::outcomes::Assumptions;
use smsotp_lint::policy::{Level, Policy, Selector};
use smsotp_lint::redact::Redacted;
use smsotp_lint::report::{FileReport, Format, Report, Style};
use smsotp_lint::section::Section;
use smsotp_lint::server::{Environment, Model, Registration};
use smsotp_lint::settings::{Settings, Switch};
use smsotp_lint::show::{View, json_of_nothing};
use smsotp_lint::simulate::SimulateView;
use smsotp_lint::source::{Source, Span};
use smsotp_lint::toml::Tree;
use smsotp_lint::{Analysis, Checked, Document, Options, check};

/// Findings point into the text, and no report of them steers a terminal.
pub(crate) fn reports_are_sound(document: &Document<'_>, checked: &Checked) {
    let text = document.source().text();
    let stops = document.faults().iter().any(|fault| !fault.is_accepted());
    assert!(!stops || checked.loads == Some(false), "{text:?}");
    for finding in &checked.findings {
        for span in spans(finding) {
            assert!(text.get(span.range()).is_some(), "{finding:?}\nof {text:?}");
        }
    }
    let environment = Environment::default();
    let analysis = Analysis::of(document, Profile::default(), &environment);
    let (findings, suppressed) = (checked.findings.clone(), checked.suppressed.clone());
    let loads = checked.loads;
    let file = FileReport { findings, suppressed, loads, ..FileReport::of(&analysis) };
    for format in Format::ALL {
        let style = Style { width: 80, ..Style::default() };
        let report = Report { format, style, ..Report::default() };
        let report = report.whole(report.file(&file), &[]);
        let steers = |c: char| c != '\n' && c.is_control();
        assert!(!report.contains(steers), "{format:?} of {text:?}:\n{report:?}");
    }
}

/// Whether a text is TOML, or has fewer mistakes than another that is none either.
fn is_mended(before: &str, after: &str) -> bool {
    let faults = |text: &str| Document::parse(&Source::new("x", text)).faults().len();
    faults(after) == 0 || faults(after) < faults(before)
}

/// Fixes leave TOML behind, or fewer mistakes, there is nothing left to fix behind them, and safe
/// ones change nothing that the server acts on. They do the same in a copy with other line ends.
pub(crate) fn fixes_converge(document: &Document<'_>, checked: &Checked) {
    let (source, text) = (document.source(), document.source().text());
    for with_unsafe in [false, true] {
        with_options(|options| {
            let repaired = repair(source, options, with_unsafe);
            let fixed = repaired.source.text();
            assert_eq!(repaired.fixed.is_empty(), fixed == text, "{text:?}");
            if fixed != text {
                let again = repair(&repaired.source, options, with_unsafe);
                assert_eq!(again.source.text(), fixed, "fixing twice, {text:?}");
                assert!(is_mended(text, fixed), "{fixed:?}\nfrom {text:?}");
                shows_a_diff(source, &repaired.source);
                if !with_unsafe {
                    assert_same_acts(acts(document, checked), &repaired.source);
                }
            }
            if text.contains('\n') && !text.contains('\r') {
                let crlf = Source::new("deployment.toml", text.replace('\n', "\r\n"));
                let other = repair(&crlf, options, with_unsafe);
                assert_eq!(other.source.text(), fixed.replace('\n', "\r\n"), "CRLF of {text:?}");
            }
        });
    }
    for fix in checked.findings.iter().flat_map(|finding| &finding.fixes) {
        let fixed = apply(text, fix.edits());
        assert!(fixed.is_some(), "{fix:?}\nof {text:?}");
        assert!(!fix.title().is_empty());
        let is_safe = fix.applicability() == Applicability::Safe;
        let is_mended = fixed.is_some_and(|fixed| is_mended(text, &fixed));
        assert!(is_mended || !is_safe, "{fix:?}\nof {text:?}");
    }
}

/// Every form of `show` can be made of it.
pub(crate) fn pages_can_be_shown(document: &Document<'_>, checked: &Checked) {
    let (text, profile) = (document.source().text(), Profile::default());
    if !document.faults().is_empty() {
        assert!(!json_of_nothing(document.source(), profile, checked.loads).is_empty());
        return;
    }
    with_options(|options| {
        let view = View::of(options.analyse(document));
        let toml = view.toml();
        assert!(toml_edit::Document::parse(&toml).is_ok(), "{toml}\nof {text:?}");
        let pages = [view.table(true, &Style::default()), view.json(), toml, view.xml()];
        assert_harmless(&pages, text);
    });
}

/// What happens at login can be told of any text.
pub(crate) fn logins_can_be_told(document: &Document<'_>, checked: &Checked) {
    with_options(|options| {
        let analysis = options.analyse(document);
        let logins = SimulateView::of(&analysis, checked.loads, Assumptions::default());
        let pages = [logins.table(&Style::default()), logins.json(), logins.mermaid()];
        assert_harmless(&pages, document.source().text());
    });
}

/// What changes from one text to another can be told, and nothing does from one to itself, as far as
/// it starts.
pub(crate) fn changes_can_be_told(before: &str, after: &str) {
    with_findings(before, |old, was| {
        with_findings(after, |new, is| {
            with_options(|options| {
                let (old, new) = (options.analyse(old), options.analyse(new));
                let [old, new] = [(&old, was.loads), (&new, is.loads)]
                    .map(|(analysis, loads)| Side { analysis, loads });
                let changes = Comparison::of(old, new, Assumptions::default());
                let pages = [changes.table(&Style::default()), changes.json(), changes.markdown()];
                assert_harmless(&pages, after);
                let same = Comparison::of(new, new, Assumptions::default());
                assert_eq!(same.matters(), is.loads == Some(false), "{after:?}");
            });
        });
    });
}

fn assert_harmless(pages: &[String], text: &str) {
    for page in pages {
        let steers = |c: char| c != '\n' && c != '\t' && c.is_control();
        let page = page.replace("\r\n", "\n");
        assert!(!page.contains(steers), "{page:?}\nof {text:?}");
    }
}

/// An editor gets one answer to each request, whatever it says and whatever text it has.
pub(crate) fn editors_are_answered(text: &str) {
    // As the stream itself, as one message a line, and as a text.
    let _ = served(text.as_bytes().to_vec(), &mut Vec::new());
    let lines = text.lines().map(|line| line.as_bytes().to_vec());
    said_to(conversation(lines.collect()), &mut Vec::new());

    let mut messages = vec![note("textDocument/didOpen", json!({ "text": text }))];
    let at = json!({ "line": 1, "character": text.len() % 7 });
    let change = json!([{ "range": { "start": at, "end": end(text) }, "text": text }]);
    messages.extend(questions(text));
    messages.push(note("textDocument/didChange", json!({ "contentChanges": change })));
    messages.extend(questions(text));
    let mut asked = 0;
    for message in messages.iter_mut().filter(|message| message.get("id").is_some()) {
        message["id"] = asked.into();
        asked += 1;
    }
    let bytes = messages.into_iter().map(|message| message.to_string().into_bytes());
    let mut said = Vec::new();
    said_to(conversation(bytes.collect()), &mut said);
    let said = String::from_utf8(said).expect("an answer is UTF-8");
    for id in 0..asked {
        let answer = format!("\"id\":{id},\"result\":");
        assert_eq!(said.matches(&answer).count(), 1, "{answer} in {said}\nof {text:?}");
    }
}

/// Everything that can be asked of a text, at places all over it.
fn questions(text: &str) -> Vec<Value> {
    let ask = |method: &str, parameters: Value| {
        let mut message = note(&format!("textDocument/{method}"), parameters);
        message["id"] = Value::Null;
        message
    };
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": end(text) });
    let mut questions = vec![
        ask("diagnostic", json!({})),
        ask("codeAction", json!({ "range": all, "context": { "only": [""] } })),
        ask("inlayHint", json!({ "range": all })),
    ];
    for (line, written) in text.lines().enumerate().take(9) {
        let character = [0, written.len() / 2, written.len()][line % 3];
        let place = json!({ "position": { "line": line, "character": character } });
        let methods = ["hover", "completion", "definition"].into_iter();
        questions.extend(methods.map(|method| ask(method, place.clone())));
    }
    questions
}

/// A message about the text without an id.
fn note(method: &str, mut parameters: Value) -> Value {
    let mut document =
        json!({ "uri": "file:///deployment.toml", "languageId": "toml", "version": 1 });
    if let Some(text) = parameters.get_mut("text") {
        document["text"] = text.take();
    }
    parameters["textDocument"] = document;
    json!({ "method": method, "params": parameters })
}

fn end(text: &str) -> Value {
    json!({ "line": text.lines().count(), "character": 0 })
}

/// What an editor says from the first word to the last, these messages between them.
fn conversation(messages: Vec<Vec<u8>>) -> Vec<u8> {
    let word = |method: &str, id: Value| {
        json!({ "id": id, "method": method, "params": {} }).to_string().into_bytes()
    };
    let first = [word("initialize", "first".into())];
    let all = first.into_iter().chain(messages);
    all.flat_map(|body| {
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        head.into_bytes().into_iter().chain(body)
    })
    .collect()
}

fn said_to(stream: Vec<u8>, said: &mut Vec<u8>) {
    let ended = served(stream, said);
    assert!(ended.is_ok(), "the stream holds nothing but messages: {ended:?}");
}

/// What the server says to a stream of bytes.
fn served(stream: Vec<u8>, said: &mut Vec<u8>) -> Result<Exit, Failure> {
    struct NoFiles;
    impl ConfigFiles for NoFiles {
        fn path_for(&self, _: Option<&Path>) -> Option<PathBuf> {
            None
        }
        fn read(&self, path: &Path) -> Result<Source, Failure> {
            Err(Failure::with(path, "there are no files"))
        }
    }
    let environment = Environment::default();
    serve(Cursor::new(stream), said, Setup { config_files: &NoFiles, environment, release: None })
}

fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let labels = std::iter::once(&finding.primary).chain(&finding.related);
    let edits = finding.fixes.iter().flat_map(|fix| fix.edits());
    labels.map(|label| label.span).chain(edits.map(|edit| edit.span))
}

/// Every rule is on.
fn with_options<T>(run: impl FnOnce(&Options<'_>) -> T) -> T {
    let mut policy = Policy::default();
    for category in ["security", "style"] {
        let target = Selector::named(category).expect("a category");
        policy.flag(target, Level::At(Severity::Warning)).expect("a level");
    }
    let environment = Environment::default();
    let profile = Profile::default();
    run(&Options { profile, environment: &environment, policy: &policy, ignores: true })
}

/// Parses and checks a text once, for all there is to hold of it.
pub(crate) fn with_findings<T>(text: &str, see: impl FnOnce(&Document<'_>, &Checked) -> T) -> T {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let checked = with_options(|options| check(&options.analyse(&document), options));
    see(&document, &checked)
}

fn with_model<T>(
    document: &Document<'_>,
    see: impl FnOnce(&Section<'_>, &Model<'_>, &Settings<'_>) -> T,
) -> T {
    let environment = Environment::default();
    let section = Section::of(&Tree::of(document));
    let model = Model::of(document, &Tree::of(document), Profile::default(), &environment);
    let settings = Settings::of(&section, Profile::default(), &model);
    see(&section, &model, &settings)
}

fn shows_a_diff(before: &Source, after: &Source) {
    let (old, new) = (Document::parse(before), Document::parse(after));
    let view = |document| Redacted::of(document, &Section::of(&Tree::of(document)));
    assert!(!unified(&view(&old), &view(&new), false, None).is_empty());
}

/// A server that started before starts still, and acts on the same.
fn assert_same_acts(old: Option<Acts>, after: &Source) {
    if let Some((Some(true), _, _)) = old {
        let new = with_findings(after.text(), acts);
        assert_eq!(old, new, "{:?}", after.text());
    }
}

/// Whether the server loads a document, whether it reads the section, and how it takes every
/// setting that it looks at.
type Acts = (Option<bool>, Registration, Vec<(&'static str, String)>);

fn acts(document: &Document<'_>, checked: &Checked) -> Option<Acts> {
    if !document.faults().is_empty() {
        return None;
    }
    with_model(document, |_, model, settings| {
        let taken =
            settings.iter().filter(|setting| is_looked_at(setting.parameter.name, settings));
        let taken = taken.map(|setting| {
            let text = match setting.parameter.kind {
                Kind::Boolean { .. } => format!("{:?}", setting.switch()),
                _ => format!("{:?}", setting.value),
            };
            (setting.parameter.name, text)
        });
        Some((checked.loads, model.registration, taken.collect()))
    })
}

/// Whether a switch is looked at, given the others.
fn is_looked_at(name: &str, settings: &Settings<'_>) -> bool {
    let is_on = |name: &str| settings.switch(name) != Switch::Off;
    match name {
        "SendOTPDirectlyToMobile" | "CaptureAndUpdateMobileNumber" => is_on("SMSOTPMandatory"),
        "SendOtpToFederatedMobile" => {
            is_on("SMSOTPMandatory") && settings.switch("SendOTPDirectlyToMobile") != Switch::On
        }
        _ => true,
    }
}
