//! What the real server made of 700 whole files, against what this program says of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use smsotp_lint::catalogue::Profile;
use smsotp_lint::policy::Policy;
use smsotp_lint::server::{Environment, NEEDED_TO_START};
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

use crate::support::root;

#[derive(Deserialize)]
struct Vector {
    id: String,
    class: String,
    is_version: String,
    env: BTreeMap<String, String>,
    toml: String,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    starts: bool,
    ill_formed: Vec<String>,
}

#[test]
fn every_file_starts_as_it_does_on_the_server() {
    let mut failures = BTreeMap::<String, usize>::new();
    let mut first = String::new();
    // No rule asks for keys: which ones a file needs differs by product.
    for vector in vectors().filter(|vector| !vector.class.starts_with("missing-")) {
        let difference = difference(&vector);
        if !difference.is_empty() {
            *failures.entry(vector.class.clone()).or_default() += 1;
            if first.is_empty() {
                first = format!(
                    "--- {} {}\n{}\n{difference}",
                    vector.id, vector.is_version, vector.toml
                );
            }
        }
    }
    assert!(first.is_empty(), "{first}\ndiffering, by class: {failures:?}");
}

fn vectors() -> impl Iterator<Item = Vector> {
    let path = root().join("fixtures/vectors/start.jsonl");
    let lines = std::fs::read_to_string(path).expect("the vectors can be read");
    let vectors: Vec<Vector> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a vector is one JSON object"))
        .collect();
    assert_eq!(vectors.len(), 700);
    vectors.into_iter()
}

/// What this program says of a file that the server does not do, or the reverse.
fn difference(vector: &Vector) -> String {
    let source = Source::new("deployment.toml", vector.toml.as_str());
    let document = Document::parse(&source);
    let release = vector.is_version.parse().expect("a release");
    let profile = Profile { release: Some(release) };
    let environment = Environment {
        variables: Some(vector.env.clone()),
        properties: Some([("sms.flag".to_owned(), "false".to_owned())].into()),
    };
    let policy = Policy::default();
    let options = Options { profile, environment: &environment, policy: &policy, ignores: true };
    let checked = check(&options.analyse(&document), &options);
    let has = |rule: &str| checked.findings.iter().any(|finding| finding.rule.name == rule);
    let Expect { starts, ill_formed } = &vector.expect;
    let needed = |file: &String| NEEDED_TO_START.contains(&file.as_str());
    let loads = *starts && !ill_formed.iter().any(needed);
    let mut difference = String::new();
    // What becomes of an expression is not predicted where it may stop the server.
    let is_evaluated = !loads && checked.loads.is_none() && has("template-expression");
    if checked.loads != Some(loads) && !is_evaluated {
        let _ = writeln!(difference, "loads: expected {loads}, found {:?}", checked.loads);
    }
    let others = *starts && ill_formed.iter().any(|file| !needed(file));
    if others != has("malformed-file") {
        let _ = writeln!(difference, "malformed-file: expected {others}");
    }
    if !difference.is_empty() {
        for finding in &checked.findings {
            let _ = writeln!(difference, "[{}] {}", finding.rule.name, finding.message);
        }
    }
    difference
}
