//! Every folder `fixtures/<rule>/<case>` with an `input.toml`: what is reported, and what the
//! file looks like after the fixes. Adding a case is adding a folder; `BLESS=1` fills it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::{assert_none, copy_of, expect, folders, root, run, save};

#[test]
fn every_case_reports_and_fixes_as_recorded() {
    let mut failures = String::new();
    for case in cases() {
        check_case(&case, &mut failures);
    }
    assert_none(&failures);
    every_rule_has_cases_that_raise_it_and_cases_that_do_not();
}

/// Comes after the cases, whose reports `BLESS=1` may have written just now.
fn every_rule_has_cases_that_raise_it_and_cases_that_do_not() {
    let mut raised: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for rule in smsotp_lint::rules::RULES {
        raised.insert(rule.info.name, [0, 0]);
    }
    for case in cases() {
        let rule = case.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        let Some(counts) = raised.get_mut(rule.unwrap_or_default()) else { continue };
        let report = std::fs::read_to_string(case.join("report.txt")).unwrap_or_default();
        let is_raised = report.contains(&format!("[{}]", rule.unwrap_or_default()));
        counts[usize::from(is_raised)] += 1;
    }
    for (rule, [silent, raising]) in raised {
        assert!(raising > 0, "no case in fixtures/{rule} raises {rule}");
        assert!(silent > 0, "no case in fixtures/{rule} is free of {rule}");
    }
}

fn cases() -> Vec<std::path::PathBuf> {
    let rules = folders(&root().join("fixtures"));
    let cases = rules.iter().flat_map(|rule| folders(rule));
    cases.filter(|case| case.join("input.toml").is_file()).collect()
}

fn check_case(case: &Path, failures: &mut String) {
    let extra = std::fs::read_to_string(case.join("args")).unwrap_or_default();
    let extra: Vec<&str> = extra.split_whitespace().collect();
    let check = |folder: &Path, flags: &[&str]| {
        let arguments = [&["check"], &extra[..], flags, &["input.toml"]].concat();
        run(folder, &arguments, b"")
    };

    let folder = copy_of(case);
    let outcome = check(folder.path(), &[]);
    let report = format!("{}{}exit {}\n", outcome.stdout(), outcome.stderr(), outcome.code);
    expect(&case.join("report.txt"), Some(report.as_bytes()), failures);

    let input = folder.path().join("input.toml");
    let original = std::fs::read(&input).expect("the input can be read");
    for (flags, recorded) in
        [(&["--fix"][..], "fixed.toml"), (&["--fix", "--unsafe-fixes"][..], "fixed-unsafe.toml")]
    {
        save(&input, &original);
        check(folder.path(), flags);
        let fixed = std::fs::read(&input).expect("the input can be read");
        // The unsafe result is recorded only where it differs from the safe one.
        let known = match recorded {
            "fixed.toml" => original.clone(),
            _ => std::fs::read(case.join("fixed.toml")).unwrap_or_else(|_| original.clone()),
        };
        expect(&case.join(recorded), (fixed != known).then_some(&fixed[..]), failures);
        check(folder.path(), flags);
        if std::fs::read(&input).expect("the input can be read") != fixed {
            let _ = writeln!(failures, "--- {}: fixing twice changes it again", case.display());
        }
    }
}
