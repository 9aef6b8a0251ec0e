//! The pages of `explain`, held against the tables they are made of.

use serde_json::Value;
use smsotp_lint::catalogue::{FOREIGN, PARAMETERS};
use smsotp_lint::reference::{Topic, json, list};
use smsotp_lint::report::Style;
use smsotp_lint::rules::RULES;

fn style(width: usize) -> Style {
    Style { width, ..Style::default() }
}

fn explained() -> Value {
    serde_json::from_str(&json(Topic::all())).expect("it is JSON")
}

fn watchers<'e>(explained: &'e Value, name: &str) -> Vec<&'e str> {
    let parameters = explained["parameters"].as_array().expect("a list");
    let found = parameters.iter().find(|parameter| parameter["name"] == name);
    let rules = found.expect("a parameter")["rules"].as_array().expect("a list");
    rules.iter().filter_map(Value::as_str).collect()
}

#[test]
fn every_page_fits_a_terminal_of_sixty_columns_and_is_no_wider_than_eighty() {
    for (terminal, most) in [(60, 60), (80, 80), (200, 80)] {
        let style = style(terminal);
        for topic in Topic::all() {
            let page = topic.page(&style);
            for line in page.lines().filter(|line| line.chars().count() > most) {
                assert!(is_code(line, topic), "{} on {terminal}: {line}", topic.name());
            }
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{}", topic.name());
        }
        assert!(list(&style).lines().all(|line| line.chars().count() <= most));
    }
}

/// Whether a line is one of those that keep their length.
fn is_code(line: &str, topic: Topic) -> bool {
    let block = match topic {
        Topic::Rule(rule) => format!("{}\n{}", rule.page.example(), rule.page.instead()),
        Topic::Parameter(..) => String::new(),
    };
    block.contains(line.trim()) || line.trim().starts_with("https://") || line.ends_with(".jsp")
}

#[test]
fn the_list_and_the_json_hold_every_rule_and_parameter() {
    let (list, explained) = (list(&style(80)), explained());
    assert_eq!(explained["rules"].as_array().map(Vec::len), Some(RULES.len()));
    for topic in Topic::all() {
        let is_listed =
            list.lines().any(|line| line.split_whitespace().next() == Some(topic.name()));
        assert!(is_listed, "{}", topic.name());
    }
    let parameters = explained["parameters"].as_array().expect("a list");
    for parameter in PARAMETERS {
        assert!(parameters.iter().any(|one| one["name"] == parameter.name), "{}", parameter.name);
    }
}

#[test]
fn names_are_matched_loosely() {
    let named = |name| Topic::named(name).map(Topic::name);
    assert_eq!(named("smsotpmandatory"), Ok("SMSOTPMandatory"));
    assert_eq!(named("token_expiry_time"), Ok("TokenExpiryTime"));
    assert_eq!(named("NeedsMandatory"), Ok("needs-mandatory"));
    assert_eq!(named("enable"), Ok("enable"));
    assert_eq!(named("need-mandatory"), Err(Some("needs-mandatory")));
    assert_eq!(named("MobileClaim"), Err(Some("SendOTPDirectlyToMobile")));
    assert_eq!(named("nothing-like-it"), Err(None));
    assert!(FOREIGN.iter().all(|foreign| Topic::named(foreign.name).is_err()));
}

#[test]
fn rules_are_found_by_what_they_speak_of() {
    let explained = explained();
    let watch = |name: &str, rules: &[&str]| {
        let found = watchers(&explained, name);
        for rule in rules {
            assert!(found.contains(rule), "{rule} watches {name}, found {found:?}");
        }
    };
    watch("SMSOTPMandatory", &["not-a-boolean", "needs-mandatory", "opt-out-lockout"]);
    watch(
        "SendOtpToFederatedMobile",
        &["needs-mandatory", "shadowed-parameter", "needs-companion"],
    );
    watch("TokenExpiryTime", &["not-a-number", "suspicious-expiry", "release-defect", "weak-code"]);
    watch("order", &["not-a-choice", "untrimmed-value", "shadowed-parameter", "needs-companion"]);
    watch("MobileNumberRegPage", &["bad-page", "removed-page", "insecure-page"]);
    watch("screenUserAttributeMaskRegex", &["bad-pattern", "too-new-parameter"]);
    watch("MaximumResendAttempts", &["shadowed-parameter", "needs-companion"]);
    watch("enable", &["not-a-boolean", "restates-default"]);
    watch("name", &["renamed-authenticator"]);
    assert!(!watchers(&explained, "order").contains(&"suspicious-expiry"));
    assert!(!watchers(&explained, "Tags").contains(&"not-a-boolean"));

    let watched: Vec<&str> =
        PARAMETERS.iter().flat_map(|one| watchers(&explained, one.name)).collect();
    for rule in ["not-a-boolean", "not-a-number", "not-a-choice", "bad-page", "bad-pattern"] {
        assert!(watched.contains(&rule), "{rule} watches something");
    }
}

#[test]
fn what_a_parameter_needs_is_what_the_rules_say_of_it_alone() {
    let explained = explained();
    let needs = |name: &str| {
        let parameters = explained["parameters"].as_array().expect("a list");
        let found = parameters.iter().find(|parameter| parameter["name"] == name);
        found.expect("a parameter")["needs"].to_string()
    };
    assert!(needs("SendOTPDirectlyToMobile").contains("SMSOTPMandatory"));
    assert!(needs("CaptureAndUpdateMobileNumber").contains("SMSOTPMandatory"));
    assert!(needs("EnableUserBasedResendBlocking").contains("MaximumResendAttempts"));
    assert!(needs("usecase").contains("secondaryUserstore"));
    assert!(needs("order").contains("screenUserAttribute"));
    assert_eq!(needs("BackupCode"), "[]");
}
