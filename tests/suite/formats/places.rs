//! Lines and columns in every format are those of the report for people.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{annotation, check, inputs, json, list, property};

/// Path, line, column, end line, end column, as far as a format tells them.
type Place = (String, [Option<u64>; 4]);

#[test]
fn every_format_tells_the_places_of_the_human_report() {
    let inputs = inputs();
    let rest: Vec<&str> = ["--pedantic"].into_iter().chain(inputs.iter().map(|s| &**s)).collect();
    let report = |format| check(format, &rest).stdout();
    let starts = |places: &[Place]| -> Vec<(String, u64, u64)> {
        let begin = |(path, [line, column, ..]): &Place| Some((path.clone(), (*line)?, (*column)?));
        let mut starts: Vec<_> = places.iter().filter_map(begin).collect();
        starts.sort();
        starts
    };

    let json = in_json(&json(&report("json")));
    let human = in_human(&report("human"));
    assert!(human.len() > 500, "{}", human.len());
    assert_eq!(starts(&human), starts(&json));
    assert_eq!(starts(&in_concise(&report("concise"))), starts(&json));
    assert_eq!(in_sarif(&super::json(&report("sarif"))), json);
    assert_eq!(in_gitlab(&super::json(&report("gitlab"))), json);
    assert_eq!(starts(&in_junit(&report("junit"))), starts(&json));

    let (mut github, mut expected) = (in_github(&report("github")), json);
    for (_, [line, column, end_line, end_column]) in &mut expected {
        // GitHub takes no columns where there are several lines.
        if line != end_line {
            (*column, *end_column) = (None, None);
        }
    }
    github.sort();
    expected.sort();
    assert_eq!(github, expected);
}

#[test]
fn columns_count_characters_in_every_format() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "\u{feff}authentication.authenticator.sms_otp.parameters = { \
                Tags = \"\u{1f600}\u{e9}\", usecase = \"x\" }\r\n";
    super::write(folder.path(), "deployment.toml", text);
    let report =
        |format| crate::support::run(folder.path(), &["check", "--format", format], b"").stdout();
    let column = text.trim_start_matches('\u{feff}').chars().take_while(|c| *c != 'x').count();
    let place = format!("deployment.toml:1:{column}");
    for format in ["human", "concise", "github", "junit"] {
        assert!(report(format).contains(&place), "{format}: no {place} in {}", report(format));
    }
    let place = ("deployment.toml".to_owned(), [1, column, 1, column + 3].map(|n| Some(n as u64)));
    assert!(in_sarif(&json(&report("sarif"))).contains(&place));
    assert!(in_gitlab(&json(&report("gitlab"))).contains(&place));
}

#[test]
fn the_worst_annotation_comes_first() {
    let inputs = inputs();
    let rest: Vec<&str> = inputs.iter().map(|input| &**input).collect();
    let report = check("github", &rest).stdout();
    let ranks: Vec<_> = report
        .lines()
        .map(|line| {
            ["::error ", "::warning ", "::notice "].iter().position(|l| line.starts_with(l))
        })
        .collect();
    assert!(ranks.is_sorted() && ranks.iter().collect::<BTreeSet<_>>().len() == 3);
}

fn in_human(report: &str) -> Vec<Place> {
    let named = report.lines().filter_map(|line| {
        let place = line.trim_start().strip_prefix("╭─[")?.strip_suffix(']')?;
        place.contains(".toml").then(|| begin(place))
    });
    named.collect()
}

fn in_concise(report: &str) -> Vec<Place> {
    let lines = report.lines().filter(|line| line.starts_with("fixtures/"));
    lines.map(|line| begin(line.split(": ").next().unwrap_or_default())).collect()
}

/// `path:line:column`
fn begin(place: &str) -> Place {
    let mut parts = place.rsplitn(3, ':');
    let mut number = || parts.next().and_then(|part| part.parse().ok());
    let (column, line) = (number(), number());
    (parts.next().unwrap_or_default().to_owned(), [line, column, None, None])
}

fn numbers(value: &Value, names: [&str; 4]) -> [Option<u64>; 4] {
    names.map(|name| value.pointer(name).and_then(Value::as_u64))
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn in_json(report: &Value) -> Vec<Place> {
    let names = ["/line", "/column", "/end_line", "/end_column"];
    let files = list(&report["files"]).iter();
    let places = files.flat_map(|file| {
        let findings = list(&file["findings"]).iter();
        findings.map(|finding| (text(file, "/path"), numbers(&finding["location"], names)))
    });
    places.collect()
}

fn in_sarif(report: &Value) -> Vec<Place> {
    let names = ["/startLine", "/startColumn", "/endLine", "/endColumn"];
    let results = list(&report["runs"][0]["results"]).iter();
    let shown = results.filter(|result| list(&result["suppressions"]).is_empty());
    let places = shown.map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        (text(place, "/artifactLocation/uri"), numbers(&place["region"], names))
    });
    places.collect()
}

fn in_gitlab(report: &Value) -> Vec<Place> {
    let names = ["/begin/line", "/begin/column", "/end/line", "/end/column"];
    let places = list(report).iter().map(|issue| &issue["location"]);
    places.map(|place| (text(place, "/path"), numbers(&place["positions"], names))).collect()
}

fn in_junit(report: &str) -> Vec<Place> {
    let xml = roxmltree::Document::parse(report).expect("XML");
    let cases = xml.descendants().filter(|node| node.has_tag_name("testcase"));
    let told = cases.filter_map(|case| {
        let outcome = case.first_element_child().filter(|node| !node.has_tag_name("skipped"))?;
        let place = begin(outcome.text()?.split(": ").next()?);
        let [line, column, ..] = place.1.map(Option::unwrap_or_default);
        assert_eq!(case.attribute("line"), Some(&*line.to_string()));
        assert!(case.attribute("name")?.ends_with(&format!(" at {line}:{column}")));
        assert_eq!(case.attribute("file"), Some(&*place.0));
        Some(place)
    });
    told.collect()
}

fn in_github(report: &str) -> Vec<Place> {
    let places = report.lines().map(|line| {
        let (properties, message) = annotation(line);
        let names = ["line", "col", "endLine", "endColumn"];
        let numbers = names.map(|name| property(&properties, name).and_then(|n| n.parse().ok()));
        let path = property(&properties, "file").unwrap_or_default().to_owned();
        assert!(message.starts_with(&format!("{path}:{}:", numbers[0].unwrap_or(0))), "{line}");
        (path, numbers)
    });
    places.collect()
}
