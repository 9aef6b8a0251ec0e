//! The recipes for CI services in `.packaging/ci` do what they say, with stand-ins for the programs
//! of the service.

use std::path::Path;

use regex_lite::Regex;
use serde_json::Value;

use crate::support::shell::Shell;
use crate::support::{root, run, save};

mod pull_request;

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";
/// A finding, and one that a comment silences.
const FAULTY: &str =
    "RetryEnable = \"no\"\nResendEnable = \"no\"  # smsotp-lint: ignore[not-a-boolean]\n";
const IGNORED: &str = "RetryEnable = \"no\"  # smsotp-lint: ignore[not-a-boolean]\n";

fn recipe(name: &str) -> String {
    let file = root().join(".packaging/ci").join(name);
    std::fs::read_to_string(file).expect("the recipe can be read")
}

/// The scripts of a workflow, one for each step that has one.
fn scripts(workflow: &str) -> Vec<String> {
    let mut scripts = Vec::new();
    let mut lines = workflow.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        match line.trim_start_matches([' ', '-']).strip_prefix("run: ") {
            Some("|") => {
                let is_inside =
                    |line: &&str| line.is_empty() || line.len() - line.trim_start().len() > indent;
                let mut script = String::new();
                while let Some(line) = lines.next_if(is_inside) {
                    script.push_str(line.trim_start());
                    script.push('\n');
                }
                scripts.push(script);
            }
            Some(line) => scripts.push(line.to_owned()),
            None => {}
        }
    }
    scripts
}

/// What stands behind such a key, or such a word.
fn after<'t>(text: &'t str, key: &str) -> &'t str {
    let mut lines = text.lines().map(str::trim_start);
    lines.find_map(|line| line.strip_prefix(key)).expect("it is there").trim_matches(['\'', ' '])
}

/// A shell in a repository with this section, in which only cargo can bring the program. The faulty
/// files of the program's own repository are none to check.
fn repository(parameters: &str) -> Shell {
    let shell = Shell::without_program();
    let submodule = shell.at(".tools/smsotp-lint");
    std::fs::create_dir_all(&submodule).expect("a folder can be made");
    save(&submodule.join("deployment.toml"), format!("{SECTION}Faulty = 1\n").as_bytes());
    save(&shell.at("deployment.toml"), format!("{SECTION}{parameters}").as_bytes());
    shell
}

#[test]
fn github_annotates_and_a_fork_cannot_silence_it() {
    let workflow = recipe("github.yml");
    let [install, check] = &scripts(&workflow)[..] else { panic!("{workflow}") };
    let off = "[rules]\nnot-a-boolean = \"off\"\n";
    for (parameters, config, fork, code) in [
        (FAULTY, "", "", 1),
        (FAULTY, off, "", 0),
        (FAULTY, off, "yes", 1),
        (IGNORED, "", "", 0),
        (IGNORED, "", "yes", 1),
        ("RetryEnable = true\n", "", "yes", 0),
    ] {
        let shell = repository(parameters).env("FORK", fork);
        save(&shell.at(".smsotp-lint.toml"), config.as_bytes());
        assert_eq!(shell.run(install).code, 0, "{install}");
        let outcome = shell.run(check);
        assert_eq!(outcome.code, code, "{parameters} {config} {fork}: {}", outcome.stderr());
        assert_eq!(outcome.stdout().contains("::error "), code == 1, "{}", outcome.stdout());
    }
}

#[test]
fn code_scanning_gets_the_report_that_was_written() {
    let workflow = recipe("github-sarif.yml");
    let [install, check] = &scripts(&workflow)[..] else { panic!("{workflow}") };
    for (fork, suppressed) in [("", 1), ("yes", 0)] {
        let shell = repository(FAULTY).env("FORK", fork);
        assert_eq!(shell.run(install).code, 0, "{install}");
        assert_eq!(shell.run(check).code, 1);
        let report = std::fs::read(shell.at(after(&workflow, "sarif_file: ")));
        let report: Value = serde_json::from_slice(&report.expect("a report")).expect("JSON");
        let results = report["runs"][0]["results"].as_array().expect("results");
        let silenced =
            results.iter().filter(|result| result["suppressions"] != Value::Array(Vec::new()));
        assert_eq!((results.len(), silenced.count()), (2, suppressed), "{fork}");
    }
}

#[test]
fn gitlab_gets_the_report_that_was_written() {
    let job = recipe("gitlab.yml");
    let (_, rest) = job.split_once("  script:\n").expect("a script");
    let lines = rest.lines().map_while(|line| line.strip_prefix("    - "));
    let script = lines.collect::<Vec<_>>().join("\n");
    let trust = after(&job, "TRUST: ");
    for (trust, count) in [("", 1), (trust, 2)] {
        let shell = repository(FAULTY).env("TRUST", trust).env("CARGO_HOME", ".cargo-home");
        let outcome = shell.run(&script);
        assert_eq!(outcome.code, 1, "{}", outcome.stderr());
        let report = std::fs::read(shell.at(after(&job, "codequality: ")));
        let report: Value = serde_json::from_slice(&report.expect("a report")).expect("JSON");
        assert_eq!(report.as_array().map(Vec::len), Some(count), "{trust}");
    }
}

#[test]
fn jenkins_gets_the_report_that_was_written() {
    let pipeline = recipe("Jenkinsfile");
    let shell = repository(FAULTY);
    shell.install();
    let outcome = shell.run(after(&pipeline, "sh "));
    assert_eq!(outcome.code, 1, "{}", outcome.stderr());
    let report = std::fs::read_to_string(shell.at(after(&pipeline, "junit ")));
    assert_eq!(report.expect("a report").matches("<failure ").count(), 1);
}

#[test]
fn pre_commit_finds_the_hooks_it_names() {
    let recipe = recipe("pre-commit.yaml");
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml"));
    let hooks = hooks.expect("there are hooks");
    for id in ["smsotp-lint", "smsotp-lint-fix"] {
        assert!(recipe.contains(&format!(" {id}")), "{id}");
        assert!(hooks.contains(&format!("- id: {id}\n")), "{id}");
    }
    let version = concat!("v", env!("CARGO_PKG_VERSION"));
    assert_eq!(after(&recipe, "rev: "), version);
}

#[test]
fn kubernetes_fails_when_nothing_was_checked() {
    let script = recipe("kubernetes.sh");
    let document = |text: &str| format!("printf '%s' '{text}'");
    for (yq, arguments, code) in [
        (document(&format!("{SECTION}{FAULTY}")), "identity-server-conf", 1),
        (document(&format!("{SECTION}{IGNORED}")), "identity-server-conf", 0),
        (document(&format!("{SECTION}{FAULTY}")), "", 1),
        ("exit 4".to_owned(), "no-such-map", 2),
    ] {
        let shell = Shell::new();
        shell.program("kubectl", "[ \"$*\" = 'get configmap identity-server-conf -o yaml' ]");
        shell.program("helm", "[ \"$*\" = 'template .' ]");
        shell.program("yq", &format!("cat > /dev/null; {yq}"));
        save(&shell.at("kubernetes.sh"), script.as_bytes());
        let outcome = shell.run(&format!("bash kubernetes.sh {arguments}"));
        assert_eq!(outcome.code, code, "{arguments}: {}{}", outcome.stdout(), outcome.stderr());
    }
}

#[test]
fn no_image_is_built_around_the_check() {
    let file = recipe("Dockerfile");
    let (checked, image) = file.rsplit_once("\nFROM ").expect("two stages");
    let copy = format!("COPY --from=checked {}/deployment.toml ", after(checked, "WORKDIR "));
    assert!(checked.contains("\nCOPY deployment.toml .\n") && image.contains(&copy), "{copy}");
    for (parameters, code) in [(FAULTY, 1), (IGNORED, 0)] {
        let shell = repository(parameters);
        shell.install();
        let (_, check) = checked.rsplit_once("RUN ").expect("a check");
        assert_eq!(shell.run(check).code, code, "{check}");
    }
}

/// A fault of this file on a line of the report: what the service makes of it.
#[test]
fn the_problem_matcher_understands_every_line() {
    let matcher: Value = serde_json::from_str(&recipe("problem-matcher.json")).expect("JSON");
    let pattern = &matcher["problemMatcher"][0]["pattern"][0];
    let regex = Regex::new(pattern["regexp"].as_str().expect("a text")).expect("an expression");
    let folder = root().join("fixtures/readme");
    for color in ["always", "never"] {
        let arguments = ["check", "--format", "concise", "--color", color, "deployment.toml"];
        let report = run(&folder, &arguments, b"").stdout();
        let mut lines: Vec<_> = report.lines().collect();
        let summary = lines.pop().expect("a summary");
        assert!(!regex.is_match(summary), "{summary}");
        let group = |line: &str, name: &str| {
            let number = pattern[name].as_u64().and_then(|it| usize::try_from(it).ok());
            let found = regex.captures(line).unwrap_or_else(|| panic!("{line}"));
            found[number.expect("a number")].to_owned()
        };
        let places = lines.iter().map(|line| {
            ["file", "line", "column", "severity", "code"].map(|name| group(line, name)).join(" ")
        });
        assert_eq!(
            places.collect::<Vec<_>>(),
            [
                "deployment.toml 14 1 error needs-mandatory",
                "deployment.toml 15 19 error not-a-number"
            ]
        );
        assert!(group(lines[0], "message").starts_with("SendOTPDirectlyToMobile has no effect"));
    }
}

#[test]
fn the_action_builds_what_it_names_and_runs_it() {
    let action = std::fs::read_to_string(root().join(".packaging/action/action.yml"));
    let action = action.expect("there is an action");
    let [name, build, start] = &scripts(&action)[..] else { panic!("{action}") };
    let shell = repository(FAULTY)
        .env("SOURCE", ".tools/smsotp-lint")
        .env("GITHUB_OUTPUT", "output")
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64")
        .env("ARGUMENTS", "check --format github .");
    let source = shell.at(".tools/smsotp-lint/src");
    std::fs::create_dir_all(&source).expect("a folder can be made");
    for file in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
        save(&source.with_file_name(file), b"one");
    }
    shell.program("rustc", "echo 'rustc 1.95.0'");
    let bash = |script: &str| {
        save(&shell.at("step"), script.as_bytes());
        shell.run("bash -e step")
    };
    let key = || {
        assert_eq!(bash(name).code, 0, "{name}");
        let output = std::fs::read_to_string(source.with_file_name("output"));
        after(&output.expect("an output"), "key=").to_owned()
    };
    let first = key();
    assert!(first.starts_with("smsotp-lint-Linux-X64-"), "{first}");
    std::fs::remove_file(source.with_file_name("output")).expect("a file can be removed");
    save(&source.join("main.rs"), b"another");
    assert_ne!(key(), first, "another source has another key");

    assert_eq!(bash(build).code, 0, "{build}");
    let outcome = bash(start);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr());
    assert!(outcome.stdout().contains("::error "), "{}", outcome.stdout());
}

/// Every workflow and action of this repository, and those that it offers.
fn workflows() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in [".packaging/ci", ".packaging/action", ".github/workflows"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if folder != ".packaging/ci" || name.starts_with("github") {
                let text = std::fs::read_to_string(&path).expect("a workflow can be read");
                found.push((format!("{folder}/{name}"), text));
            }
        }
    }
    assert!(found.len() >= 4, "the workflows are read");
    found
}

#[test]
fn every_workflow_says_what_it_may_do() {
    for (name, text) in workflows() {
        let is_action = Path::new(&name).ends_with("action.yml");
        assert!(is_action || text.contains("\npermissions:"), "{name}");
        let checkouts = text.matches("actions/checkout@").count();
        assert_eq!(text.matches("persist-credentials: false").count(), checkouts, "{name}");
    }
}

#[test]
fn every_action_is_pinned_to_one_commit() {
    let pinned = Regex::new("^[a-z-]+/[a-z-]+(/[a-z-]+)?@[0-9a-f]{40} # v[0-9.]+$").expect("plain");
    let mut versions = std::collections::BTreeMap::new();
    for (name, text) in workflows() {
        for line in text.lines() {
            let Some(action) = line.trim_start_matches([' ', '-']).strip_prefix("uses: ") else {
                continue;
            };
            assert!(pinned.is_match(action), "{name}: {action}");
            let (action, version) = action.split_once('@').expect("a version");
            let first = versions.entry(action.to_owned()).or_insert_with(|| version.to_owned());
            assert_eq!(first, version, "{name}: {action}");
        }
    }
}
