//! What `show --format toml` prints means what the file it was made from means.

use std::path::Path;

use smsotp_lint::catalogue::{Profile, parameter};
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::policy::Policy;
use smsotp_lint::server::{Authenticator, Environment, Registration};
use smsotp_lint::show::View;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

use crate::support::{folders, root};

/// What is made of a document.
struct Made {
    toml: String,
    registration: Registration,
    /// What the authenticator reads, unless that depends on the order of a hash table.
    read: Option<Authenticator>,
    errors: Vec<String>,
}

fn make(name: &str, text: &str) -> Option<Made> {
    let source = Source::new(name, text);
    let document = Document::parse(&source);
    if !document.faults().is_empty() {
        return None;
    }
    let (profile, environment) = (Profile::default(), Environment::default());
    let policy = Policy::default();
    let options = Options { profile, environment: &environment, policy: &policy, ignores: false };
    let checked = check(&options.analyse(&document), &options);
    let errors = checked.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors = errors.map(|finding| finding.message.to_string()).collect();
    let analysis = options.analyse(&document);
    let (unspecified, registration) = (analysis.server.unspecified, analysis.server.registration);
    let read = analysis.server.authenticator.clone();
    // What comes from another part of the file is not shown.
    let is_whole = analysis.server.from_reference.into.is_empty() && !unspecified;
    let mut read = read.filter(|_| checked.loads != Some(false) && is_whole);
    let view = View::of(analysis);
    if let Some(read) = &mut read {
        read.parameters.retain(|name, _| parameter(name).is_some());
    }
    Some(Made { toml: view.toml(), registration, read, errors })
}

#[test]
fn a_printed_section_means_the_same_in_an_empty_file() {
    let mut compared = 0;
    for (name, text) in documents() {
        let Some(before) = make(&name, &text) else { continue };
        let after = make(&name, &before.toml);
        let after = after.unwrap_or_else(|| panic!("{name} becomes no TOML:\n{}", before.toml));
        assert!(
            !before.errors.is_empty() || after.errors.is_empty(),
            "{name} has new errors: {:?}\n{}",
            after.errors,
            before.toml
        );
        if let Some(before_read) = before.read {
            // What is not known of the file need not be known of the print, nor can a secret be.
            let unknown = |name: &str| match before_read.parameters.get(name) {
                Some(text) => text.as_ref().is_none_or(|text| text.contains("$secret{")),
                None => false,
            };
            let (mut read, mut again) = (before_read.clone(), after.read.unwrap_or_default());
            read.parameters.retain(|name, _| !unknown(name));
            again.parameters.retain(|name, _| !unknown(name));
            assert_eq!(
                (before.registration, read),
                (after.registration, again),
                "{name}\n{}",
                before.toml
            );
            compared += 1;
        }
    }
    assert!(compared > 500, "only {compared} documents were compared");
}

/// Every document of the fixtures.
fn documents() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    let cases = folders(&root().join("fixtures")).into_iter().flat_map(|rule| folders(&rule));
    for case in cases {
        if let Ok(text) = std::fs::read_to_string(case.join("input.toml")) {
            documents.push((relative(&case), text));
        }
    }
    let vectors = std::fs::read_to_string(root().join("fixtures/vectors/pipeline.jsonl"));
    for line in vectors.expect("there are vectors").lines() {
        let vector: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let text = |key: &str| vector[key].as_str().unwrap_or_default().to_owned();
        documents.push((text("id"), text("toml")));
    }
    documents
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned()
}
