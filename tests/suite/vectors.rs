//! What the real pipeline made of 1,600 files, against what this program says of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use smsotp_lint::catalogue::{Kind, Profile, Release, parameter};
use smsotp_lint::diagnostic::{Category, Diagnostic, Severity};
use smsotp_lint::fix::{Applicability, Fix, apply};
use smsotp_lint::policy::{Level, Policy, Selector};
use smsotp_lint::section::Section;
use smsotp_lint::server::{Authenticator, Environment, Model, ServerText};
use smsotp_lint::settings::{EffectiveValue, Settings, Switch};
use smsotp_lint::source::Source;
use smsotp_lint::toml::Tree;
use smsotp_lint::{Document, Options, check};

use crate::support::root;

#[derive(Deserialize)]
pub(crate) struct Vector {
    pub(crate) id: String,
    class: String,
    pub(crate) toml: String,
    expect: Expect,
    flags: Flags,
}

#[derive(Deserialize)]
struct Expect {
    loads: bool,
    authenticator: Option<Held>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Held {
    Known { enabled: ServerText, parameters: BTreeMap<ServerText, ServerText> },
    Unspecified(String),
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Flags {
    quiet: bool,
    notice: bool,
    template: bool,
}

#[test]
fn every_vector_loads_and_reads_as_the_pipeline_does() {
    let mut failures = Failures::default();
    let environment = environment();
    for vector in vectors() {
        let source = Source::new("deployment.toml", vector.toml.as_str());
        let document = Document::parse(&source);
        let findings = findings(&document, &environment, &Policy::default());
        let stops = findings.iter().any(|finding| finding.rule.category == Category::Startup);
        let mut difference = String::new();
        if vector.flags.template {
            if !findings.iter().any(|finding| finding.rule.name == "template-expression") {
                difference.push_str("no template-expression\n");
            }
        } else if vector.expect.loads == stops {
            let _ = writeln!(difference, "loads: expected {}, found {}", stops, !stops);
        } else if !stops {
            let model = Model::of(&document, &Tree::of(&document), PROFILE, &environment);
            compare(&vector.expect, &model, &mut difference);
        }
        let bothers = findings.iter().any(|finding| finding.severity > Severity::Info);
        if vector.flags.quiet && bothers {
            difference.push_str("not quiet\n");
        }
        if vector.flags.notice && !bothers {
            difference.push_str("no notice\n");
        }
        if !difference.is_empty() {
            difference.push_str("found:\n");
            for finding in &findings {
                let _ = writeln!(difference, "[{}] {}", finding.rule.name, finding.message);
            }
            failures.add(&vector, &difference);
        }
    }
    failures.end();
}

#[test]
fn every_safe_fix_leaves_what_the_server_does_as_it_is() {
    let mut failures = Failures::default();
    let (environment, policy) = (environment(), everything_on());
    let mut made = 0;
    for vector in vectors() {
        let source = Source::new("deployment.toml", vector.toml.as_str());
        let document = Document::parse(&source);
        let findings = findings(&document, &environment, &policy);
        let loaded = findings.iter().all(|finding| finding.rule.category != Category::Startup);
        for finding in &findings {
            let safe = |fix: &&Fix| fix.applicability() == Applicability::Safe;
            for fix in finding.fixes.iter().filter(safe) {
                made += 1;
                let Some(text) = apply(source.text(), fix.edits()) else {
                    failures.add(&vector, &format!("{} cannot be applied", fix.title()));
                    continue;
                };
                let fixed = Source::new("deployment.toml", text);
                let after = Document::parse(&fixed);
                let mut difference = String::new();
                // One of several mistakes may be mended alone.
                if document.faults().len() > after.faults().len() {
                    continue;
                }
                if !after.faults().is_empty() {
                    difference.push_str("no TOML any more\n");
                } else if loaded {
                    let before = meaning(&document, &environment, finding);
                    let after = meaning(&after, &environment, finding);
                    for name in before.keys().chain(after.keys()) {
                        let (before, after) = (before.get(name), after.get(name));
                        if before != after {
                            let _ = writeln!(difference, "{name}: {before:?} became {after:?}");
                        }
                    }
                }
                if !difference.is_empty() {
                    let of = format!("[{}] {}:\n", finding.rule.name, fix.title());
                    failures.add(&vector, &(of + &difference + fixed.text()));
                }
            }
        }
    }
    assert!(made > 100, "only {made} safe fixes were tried");
    failures.end();
}

/// The release whose defaults the pipeline ran with.
const PROFILE: Profile = Profile { release: Some(Release::V7_3) };

pub(crate) fn vectors() -> Vec<Vector> {
    let path = root().join("fixtures/vectors/pipeline.jsonl");
    let lines = std::fs::read_to_string(path).expect("the vectors can be read");
    let vectors: Vec<Vector> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a vector is one JSON object"))
        .collect();
    assert_eq!(vectors.len(), 1600);
    vectors
}

/// The environment the pipeline ran in.
pub(crate) fn environment() -> Environment {
    let map = |pairs: &[(&str, &str)]| {
        let owned = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Some(owned.collect())
    };
    Environment {
        variables: map(&[
            ("SMS_MANDATORY", "true"),
            ("SMS_EXPIRY", "300"),
            ("SMS_EMPTY", ""),
            ("PUBLIC_HOST", "id.example.org"),
            ("SMS_KEY_NAME", "name"),
        ]),
        properties: map(&[("sms.flag", "false")]),
    }
}

fn everything_on() -> Policy {
    let mut policy = Policy::default();
    for category in [Category::Security, Category::Style] {
        let level = Level::At(Severity::Warning);
        policy.flag(Selector::Category(category), level).expect("these can be turned on");
    }
    policy
}

fn findings(
    document: &Document<'_>,
    environment: &Environment,
    policy: &Policy,
) -> Vec<Diagnostic> {
    let options = Options { profile: PROFILE, environment, policy, ignores: true };
    check(&options.analyse(document), &options).findings
}

fn compare(expect: &Expect, model: &Model<'_>, difference: &mut String) {
    match (&expect.authenticator, &model.authenticator) {
        (Some(Held::Unspecified(word)), _) => {
            assert_eq!(word, "unspecified");
            if !model.unspecified {
                difference.push_str("the outcome depends on hash order\n");
            }
        }
        (_, _) if model.unspecified => difference.push_str("nothing depends on hash order\n"),
        (Some(Held::Known { enabled, parameters }), Some(found)) => {
            compare_texts("enabled", Some(enabled), Some(&found.enabled), difference);
            let names = parameters.keys().chain(found.parameters.keys());
            for name in names.collect::<std::collections::BTreeSet<_>>() {
                let (expected, found) = (parameters.get(name), found.parameters.get(name));
                compare_texts(name, expected, found, difference);
            }
        }
        (None, None) => {}
        (None, Some(_)) => difference.push_str("the server holds no authenticator\n"),
        (Some(_), None) => difference.push_str("the server holds an authenticator\n"),
    }
}

fn compare_texts(
    name: &str,
    expected: Option<&ServerText>,
    found: Option<&Option<ServerText>>,
    difference: &mut String,
) {
    if expected.map(Some) != found.map(Option::as_ref) {
        let _ = writeln!(difference, "{name}: expected {expected:?}, found {found:?}");
    }
}

/// What the authenticator does with each setting, as far as its text tells; the setting that a
/// finding proves dead aside.
fn meaning(
    document: &Document<'_>,
    environment: &Environment,
    finding: &Diagnostic,
) -> BTreeMap<String, String> {
    let section = Section::of(&Tree::of(document));
    let model = Model::of(document, &Tree::of(document), PROFILE, environment);
    let settings = Settings::of(&section, PROFILE, &model);
    let mut meaning = BTreeMap::new();
    for setting in settings.iter() {
        let means = match (&setting.parameter.kind, &setting.value) {
            (Kind::Boolean { .. }, _) => match setting.switch() {
                Switch::On => "on".to_owned(),
                Switch::Off => "off".to_owned(),
                Switch::Unknown => "unknown".to_owned(),
            },
            (_, EffectiveValue::Text(text)) => format!("{text:?}"),
            (_, EffectiveValue::Unset) => "unset".to_owned(),
            (_, EffectiveValue::Unknown) => "unknown".to_owned(),
        };
        meaning.insert(setting.parameter.name.to_owned(), means);
    }
    if let Some(Authenticator { enabled, parameters }) = &model.authenticator {
        let is_enabled = enabled.as_ref().map(|text| text.eq_ignore_ascii_case("true"));
        meaning.insert("enabled".to_owned(), format!("{is_enabled:?}"));
        for (name, text) in parameters.iter().filter(|(name, _)| parameter(name).is_none()) {
            meaning.insert(format!("unknown {name}"), format!("{text:?}"));
        }
    }
    if let ("needs-mandatory" | "shadowed-parameter", Some(key)) = (finding.rule.name, &finding.key)
    {
        meaning.remove(key.rsplit('.').next().unwrap_or_default());
    }
    meaning
}

/// The vectors that differ: how many of each class, and the first of them whole.
#[derive(Default)]
struct Failures {
    classes: BTreeMap<String, usize>,
    first: Option<String>,
}

impl Failures {
    fn add(&mut self, vector: &Vector, difference: &str) {
        *self.classes.entry(vector.class.clone()).or_default() += 1;
        let Vector { id, toml, .. } = vector;
        self.first.get_or_insert_with(|| format!("--- {id}\n{toml}\n--- {id}\n{difference}"));
    }

    fn end(self) {
        if let Some(first) = self.first {
            panic!("{first}\ndiffering, by class: {:?}", self.classes);
        }
    }
}
