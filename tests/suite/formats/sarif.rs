//! The structure that SARIF's readers rely on, and the fingerprints that tell findings apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use smsotp_lint::rules::RULES;

use super::{check, inputs, json, list, write};
use crate::support::{assert_none, copy_of, expect, root, run};

#[test]
fn the_sarif_of_a_run() {
    let rest = ["deployment.toml", "missing.toml", "../github/good.toml"];
    let folder = copy_of(&root().join("fixtures/cli"));
    let folder = folder.path().join("github");
    let mut report =
        json(&run(&folder, &[&["check", "--format", "sarif"], &rest[..]].concat(), b"").stdout());
    // The documentation of the rules has tests of its own.
    let rules = &mut report["runs"][0]["tool"]["driver"]["rules"];
    *rules = Value::from(list(rules)[..1].to_vec());
    rules[0]["help"] = Value::Null;
    let text = serde_json::to_string_pretty(&report).expect("JSON") + "\n";
    let mut failures = String::new();
    expect(&root().join("fixtures/formats/report.sarif"), Some(text.as_bytes()), &mut failures);
    assert_none(&failures);
}

#[test]
fn every_rule_that_found_something_is_described() {
    let inputs = inputs();
    let rest: Vec<&str> = ["--pedantic"].into_iter().chain(inputs.iter().map(|s| &**s)).collect();
    let run = &json(&check("sarif", &rest).stdout())["runs"][0];
    let (rules, results) = (list(&run["tool"]["driver"]["rules"]), list(&run["results"]));
    assert!(rules.len() > 40, "{}", rules.len());
    let mut found = BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        found.insert(index);
    }
    assert_eq!(found.len(), rules.len(), "a rule is there that found nothing");
    for rule in rules {
        let known = RULES.iter().find(|known| rule["id"] == known.info.name).expect("a rule").info;
        for text in ["shortDescription", "fullDescription"] {
            let text = rule[text]["text"].as_str().unwrap_or_default();
            assert!(text.ends_with('.') && text.chars().count() <= 1024, "{}", rule["id"]);
        }
        for text in ["text", "markdown"] {
            let help = rule["help"][text].as_str().unwrap_or_default();
            assert!(help.contains(known.page.example().trim_end()), "{}", rule["id"]);
            assert!(help.contains(&known.page.server()) && help.contains(&known.page.fixes()));
        }
        assert_eq!(rule["properties"]["tags"][0], known.category.as_str());
        assert_eq!(rule["defaultConfiguration"]["enabled"], known.level.is_some());
        assert_eq!(rule["helpUri"].as_str(), known.page.references().first().copied());
    }
}

#[test]
fn a_run_without_findings_has_empty_lists() {
    let run = &json(&check("sarif", &["fixtures/cli/github/good.toml"]).stdout())["runs"][0];
    assert!(list(&run["results"]).is_empty() && list(&run["tool"]["driver"]["rules"]).is_empty());
}

/// Code scanning and its kin look for files from the top of the workspace.
#[test]
fn a_path_is_relative_to_the_workspace_else_to_the_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let top = folder.path().canonicalize().expect("it is there");
    let conf = top.join("repository/conf");
    std::fs::create_dir_all(&conf).expect("a folder can be made");
    std::fs::create_dir(top.join("repository/.git")).expect("a folder can be made");
    write(&conf, "deployment.toml", SECTION);
    let report = |workspace: &str, format: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_smsotp-lint"))
            .args(["check", "--format", format])
            .current_dir(&conf)
            .env_clear()
            .env("GITHUB_WORKSPACE", workspace)
            .output()
            .expect("the program runs");
        json(&String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let in_json = |workspace: &str| report(workspace, "json")["files"][0]["path"].clone();
    let uri = |workspace: &str| {
        let place = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
        let report = report(workspace, "sarif");
        let uri = report.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(in_json(workspace), uri);
        uri
    };
    assert_eq!(uri(top.to_str().expect("UTF-8")), "repository/conf/deployment.toml");
    for elsewhere in ["", "conf", "/elsewhere"] {
        assert_eq!(uri(elsewhere), "conf/deployment.toml", "{elsewhere:?}");
    }
}

#[test]
fn a_fix_is_told_where_json_tells_its_edits() {
    let inputs = inputs();
    let rest: Vec<&str> = ["--pedantic"].into_iter().chain(inputs.iter().map(|s| &**s)).collect();
    // A byte order mark has no column, so that no region can take it away.
    let is_lost = |edit: &Value| {
        edit["column"] == edit["end_column"]
            && edit["byte_start"] != edit["byte_end"]
            && edit["line"] == edit["end_line"]
    };
    let told = |fix: &&Value| !list(&fix["edits"]).iter().any(is_lost);
    let in_json: Vec<Vec<String>> = list(&json(&check("json", &rest).stdout())["files"])
        .iter()
        .flat_map(|file| list(&file["findings"]))
        .map(|finding| {
            let fixes = list(&finding["fixes"]).iter();
            let fixes = fixes.filter(|fix| !list(&fix["edits"]).is_empty() && told(fix));
            fixes.map(|fix| fix["applicability"].to_string()).collect()
        })
        .collect();
    let report = json(&check("sarif", &rest).stdout());
    let results = list(&report["runs"][0]["results"]).iter();
    let shown = results.filter(|result| list(&result["suppressions"]).is_empty());
    let in_sarif: Vec<Vec<String>> = shown
        .map(|result| {
            let fixes = list(&result["fixes"]).iter();
            fixes.map(|fix| fix["properties"]["applicability"].to_string()).collect()
        })
        .collect();
    assert_eq!(in_sarif, in_json);
    assert!(in_sarif.iter().flatten().count() > 100);
}

const SECTION: &str = "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = \"no\"
usecase = \"somewhere\"
";

const OTHER: &str = "\
[authentication.authenticator.other.parameters]
password = \"hunter2 & co\"
";

fn fingerprints(text: &str, format: &str) -> BTreeMap<String, Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "deployment.toml", text);
    let report = json(&run(folder.path(), &["check", "--format", format], b"").stdout());
    let (found, rule, mark) = match format {
        "sarif" => {
            (&report["runs"][0]["results"], "ruleId", "/partialFingerprints/ruleKeyValue~1v1")
        }
        _ => (&report, "check_name", "/fingerprint"),
    };
    let mut fingerprints: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in list(found) {
        let rule = one[rule].as_str().unwrap_or_default().to_owned();
        let mark = one.pointer(mark).and_then(Value::as_str).unwrap_or_default();
        assert!(mark.len() == 32 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()), "{mark}");
        fingerprints.entry(rule).or_default().push(mark.to_owned());
    }
    fingerprints
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_changes_with_the_value() {
    for format in ["sarif", "gitlab"] {
        let first = fingerprints(SECTION, format);
        assert!(first.contains_key("not-a-boolean") && first.contains_key("not-a-choice"));
        let moved = format!("# a comment\n\n[database]\nurl = \"x\"\n\n{SECTION}");
        assert_eq!(fingerprints(&moved, format), first);
        assert_eq!(fingerprints(&SECTION.replace(" = ", "="), format), first);
        let changed = fingerprints(&SECTION.replace("\"no\"", "\"off\""), format);
        assert_ne!(changed["not-a-boolean"], first["not-a-boolean"]);
        assert_eq!(changed["not-a-choice"], first["not-a-choice"]);
    }
}

#[test]
fn a_fingerprint_tells_nothing_of_a_secret() {
    for format in ["sarif", "gitlab"] {
        let first = fingerprints(OTHER, format);
        assert!(first.contains_key("malformed-xml"), "{first:?}");
        assert_eq!(fingerprints(&OTHER.replace("hunter2", "swordfish"), format), first);
    }
}

#[test]
fn fingerprints_are_unique_in_a_report() {
    let inputs = inputs();
    let twice = inputs.iter().chain(&inputs[..20]).map(|input| &**input);
    let rest: Vec<&str> = ["--pedantic"].into_iter().chain(twice).collect();
    let report = json(&check("gitlab", &rest).stdout());
    let all: Vec<_> = list(&report).iter().map(|issue| issue["fingerprint"].to_string()).collect();
    let unique: BTreeSet<_> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
}

#[test]
fn an_ignored_finding_is_suppressed_and_keeps_its_fingerprint() {
    let ignored = SECTION.replace("\"no\"", "\"no\" # smsotp-lint: ignore[not-a-boolean]");
    assert_eq!(fingerprints(&ignored, "sarif"), fingerprints(SECTION, "sarif"));
    let gitlab = fingerprints(&ignored, "gitlab");
    assert!(!gitlab.contains_key("not-a-boolean") && gitlab.contains_key("not-a-choice"));
}

#[test]
fn a_path_is_relative_to_the_directory_of_the_run_where_it_can_be() {
    let copy = copy_of(&root().join("fixtures"));
    let folder = copy.path().canonicalize().expect("it is there").join("cli");
    let place = |path: &str| {
        let report = json(&run(&folder, &["check", "--format", "sarif", path], b"").stdout());
        report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
            .clone()
    };
    let relative = place("github/deployment.toml");
    assert_eq!(relative["uri"], "github/deployment.toml");
    assert_eq!(relative["uriBaseId"], "%SRCROOT%");
    assert_eq!(place("./github/../github/deployment.toml"), relative);
    assert_eq!(place(&folder.join("github/deployment.toml").to_string_lossy()), relative);
    let outside = place("../readme/deployment.toml");
    let uri = outside["uri"].as_str().unwrap_or_default();
    assert!(uri.starts_with("file:///") && uri.ends_with("/readme/deployment.toml"));
    assert!(outside.get("uriBaseId").is_none());
}
