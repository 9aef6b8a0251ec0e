//! Secrets planted in random places of random documents, many of them broken -> found in no output
//! of any command and format.
//!
//! A secret is a word like no other; six letters of it in a row count as the whole. The documents
//! are the same in every run.

mod editor;
mod plant;
mod trace;

use smsotp_lint::catalogue::Profile;
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::diff::unified;
use smsotp_lint::engine::repair;
use smsotp_lint::outcomes::Assumptions;
use smsotp_lint::policy::{Level, Policy, Selector};
use smsotp_lint::report::{FileReport, FixedFinding, Format, Location, Report, Style};
use smsotp_lint::rules::RULES;
use smsotp_lint::server::Environment;
use smsotp_lint::show::{View, json_of_nothing};
use smsotp_lint::simulate::SimulateView;
use smsotp_lint::source::Source;
use smsotp_lint::{Analysis, Checked, Document, Options, check, set};

use crate::support::{Chance, Outcome, run, save};
use plant::{Planted, VARIABLE, commented, document, secret};
use trace::Traces;

#[test]
fn no_report_or_page_tells_a_secret() {
    let mut chance = Chance::new(11);
    let (mut leaks, mut first) = (Vec::new(), String::new());
    for number in 0..250 {
        let planted = document(&mut chance);
        let variable = secret(&mut chance);
        let mut traces = Traces::default();
        traces.add_all(&planted, number);
        traces.add(&variable, number);
        let variables = [(VARIABLE.to_owned(), variable)].into();
        let environment = Environment {
            variables: (number % 2 == 0).then_some(variables),
            ..Environment::default()
        };
        for (what, output) in outputs(&planted.text, &environment, number) {
            if let Some((line, _)) = traces.find(output.as_bytes()) {
                leaks.push(format!("{what}, {number}: {line}"));
                if leaks.len() == 1 {
                    first.clone_from(&planted.text);
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}\nof:\n{first}", leaks.join("\n"));
}

/// A fix may move a comment, and what was not shown before is not shown after it: neither in the
/// diff nor by any later run.
#[test]
fn a_comment_that_is_masked_stays_masked() {
    let policy = everything();
    let environment = Environment::default();
    let profile = Profile::default();
    let options = Options { profile, environment: &environment, policy: &policy, ignores: true };
    let mut chance = Chance::new(13);
    for number in 0..300 {
        let planted = commented(&mut chance);
        let source = Source::new("deployment.toml", planted.text.as_str());
        let before = whole_view(&source);
        let mut traces = Traces::default();
        for secret in planted.secrets.iter().filter(|secret| !before.contains(*secret)) {
            traces.add(secret, number);
        }
        let repaired = repair(&source, &options, number % 2 == 0).source;
        let assignment = ["TokenLength=8", "enable=true", "usecase=local"][number % 3];
        let assignments = set::parse(&[assignment.to_owned()]).expect("an assignment");
        let changed = set::set(&source, &assignments, &options).ok();
        for changed in changed.iter().chain([&repaired]) {
            for said in [whole_view(changed), diff(&source, changed)] {
                if let Some((line, _)) = traces.find(said.as_bytes()) {
                    panic!("{line}\nin:\n{}\nfrom:\n{}", changed.text(), planted.text);
                }
            }
        }
    }
}

/// Everything that is ever said of a text, the number deciding what is done to it.
fn outputs(text: &str, environment: &Environment, number: usize) -> Vec<(String, String)> {
    let policy = everything();
    let profile = Profile::default();
    let options = Options { profile, environment, policy: &policy, ignores: true };
    let source = Source::new("deployment.toml", text);
    let width = 40 + number % 100;
    let checked = |what, source: &Source| {
        let document = Document::parse(source);
        reports(what, &options.analyse(&document), &options, Vec::new(), width)
    };
    let mut all = checked("check", &source);
    let repaired = repair(&source, &options, !number.is_multiple_of(3));
    if !repaired.fixed.is_empty() {
        let fixed = repaired.fixed.into_iter().map(|fixed| FixedFinding {
            rule: fixed.rule.name,
            title: fixed.title,
            location: Location::of(&source, fixed.span),
        });
        all.extend({
            let (old, new) = (Document::parse(&source), Document::parse(&repaired.source));
            reports("fix", &options.analyse(&old).again(&new), &options, fixed.collect(), width)
        });
        all.push(("diff".to_owned(), diff(&source, &repaired.source)));
    }
    let assignment = ["TokenLength=8", "enable=true", "usecase=local"][number % 3];
    let assignments = set::parse(&[assignment.to_owned()]).expect("an assignment");
    match set::set(&source, &assignments, &options) {
        Ok(changed) => all.extend(checked("set", &changed)),
        Err(refusal) => all.push(("set".to_owned(), refusal)),
    }
    all.extend(pages(&source, &options).into_iter().map(|page| ("show".to_owned(), page)));
    all
}

/// Every rule is on.
fn everything() -> Policy {
    let mut policy = Policy::default();
    for category in ["security", "style"] {
        let target = Selector::named(category).expect("a category");
        policy.flag(target, Level::At(Severity::Warning)).expect("a level");
    }
    policy
}

fn reports(
    what: &str,
    analysis: &Analysis<'_>,
    options: &Options<'_>,
    fixed: Vec<FixedFinding>,
    width: usize,
) -> Vec<(String, String)> {
    let Checked { findings, suppressed, loads } = check(analysis, options);
    let file = FileReport { findings, suppressed, loads, fixed, ..FileReport::of(analysis) };
    let render = |format: Format| {
        let rules = RULES.iter().map(|rule| rule.info).collect();
        let style = Style { width, ..Style::default() };
        let report = Report { format, style, rules, ..Report::default() };
        (format!("{what} as {}", format.as_str()), report.whole(report.file(&file), &[]))
    };
    Format::ALL.into_iter().map(render).collect()
}

/// Every line as a later report may show it.
fn whole_view(source: &Source) -> String {
    let document = Document::parse(source);
    let environment = Environment::default();
    let analysis = Analysis::of(&document, Profile::default(), &environment);
    (0..source.line_count()).map(|at| format!("{}\n", analysis.view.line(at).text())).collect()
}

fn diff(before: &Source, after: &Source) -> String {
    let (old, new) = (Document::parse(before), Document::parse(after));
    let environment = Environment::default();
    let old = Analysis::of(&old, Profile::default(), &environment);
    unified(&old.view, &old.again(&new).view, false, None)
}

fn pages(source: &Source, options: &Options<'_>) -> Vec<String> {
    let document = Document::parse(source);
    let profile = options.profile;
    let loads = check(&options.analyse(&document), options).loads;
    if !document.faults().is_empty() {
        return vec![json_of_nothing(source, profile, loads)];
    }
    let analysis = options.analyse(&document);
    let logins = SimulateView::of(&analysis, loads, Assumptions::default());
    let logins = [logins.table(&Style::default()), logins.json(), logins.mermaid()];
    let view = View::of(options.analyse(&document));
    [view.table(true, &Style::default()), view.json(), view.toml(), view.xml()]
        .into_iter()
        .chain(logins)
        .collect()
}

/// Files that one run of the program reads.
const BATCH: usize = 40;

#[test]
fn no_run_of_the_program_tells_a_secret() {
    let mut chance = Chance::new(12);
    for _ in 0..3 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let documents: Vec<Planted> = (0..BATCH).map(|_| document(&mut chance)).collect();
        let names: Vec<String> = (0..BATCH).map(|number| format!("{number}.toml")).collect();
        let mut traces = Traces::default();
        for (number, (planted, name)) in documents.iter().zip(&names).enumerate() {
            traces.add_all(planted, number);
            save(&folder.path().join(name), planted.text.as_bytes());
        }
        let variable = secret(&mut chance);
        traces.add(&variable, BATCH);
        let variables = format!("export {VARIABLE}={variable}\n");
        save(&folder.path().join("env"), variables.as_bytes());

        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let silent = |arguments: &[&str], outcome: &Outcome, of: &[u8]| {
            assert!(outcome.code < 3, "{arguments:?}: {}", outcome.stderr());
            if let Some((line, number)) = traces.find(of) {
                let text = documents.get(number).map_or("", |planted| &planted.text);
                panic!("{arguments:?}: {line}\nof:\n{text}");
            }
        };
        let tells_nothing = |arguments: &[&str]| {
            let outcome = run(folder.path(), arguments, b"");
            silent(arguments, &outcome, &outcome.stdout);
            silent(arguments, &outcome, &outcome.stderr);
        };
        let environment = ["--env-file", "env", "--pedantic", "--no-ignores", "--is-version=7.1"];
        for format in Format::ALL {
            let flags = ["check", "--format", format.as_str()];
            tells_nothing(&[&flags, &names[..]].concat());
            tells_nothing(&[&flags, &environment[..], &names].concat());
        }
        tells_nothing(&[&["check", "--diff"], &names[..]].concat());
        tells_nothing(&[&["check", "--diff", "--unsafe-fixes"], &environment[..], &names].concat());
        for at in 0..4 {
            let (name, text) = (names[at], &documents[at].text);
            for format in ["table", "json", "toml", "xml"] {
                tells_nothing(&["show", "--format", format, name]);
            }
            for format in ["table", "json", "mermaid"] {
                tells_nothing(&["simulate", "--format", format, name]);
            }
            let format = ["table", "json", "markdown"][at % 3];
            let flags = ["compare", "--env-file", "env", "--format", format];
            tells_nothing(&[&flags[..], &[names[0], name]].concat());
            tells_nothing(&["set", name, "TokenLength=8"]);
            let arguments = ["check", "--fix", "--unsafe-fixes", "-"];
            let outcome = run(folder.path(), &arguments, text.as_bytes());
            silent(&arguments, &outcome, &outcome.stderr);
            let arguments = ["set", "-", "TokenLength=8"];
            let outcome = run(folder.path(), &arguments, text.as_bytes());
            silent(&arguments, &outcome, &outcome.stderr);
        }
        tells_nothing(&[&["check", "--fix"], &names[..]].concat());
        let fix = ["check", "--fix", "--unsafe-fixes", "--format", "json"];
        tells_nothing(&[&fix, &names[..]].concat());
    }
}
