//! The table of what changes between releases: complete, sourced, and told for the right ones.

use std::collections::BTreeSet;

use smsotp_lint::catalogue::{CHANGES, Change, Concern, Release, parameter};
use smsotp_lint::reference::upgrade;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Analysis, Document};

use crate::support::{assert_none, expect, root};

#[test]
fn every_change_is_sourced_and_told_in_words() {
    for change in CHANGES {
        let first = change.steps.first().expect("a change has a step").text;
        let is_place = [".java", ".json", "product-is", "-sms-otp v3."]
            .iter()
            .any(|part| change.source.contains(part));
        assert!(is_place, "{first}: {}", change.source);
        let in_order = change.steps.windows(2).all(|pair| pair[0].from < pair[1].from);
        assert!(in_order, "{first}");
        for step in change.steps {
            let is_phrase = |text: &str| !text.ends_with(['.', ' ']) && !text.contains("  ");
            assert!(!step.text.is_empty() && is_phrase(step.text), "{}", step.text);
            assert!(is_phrase(step.todo), "{}", step.todo);
            assert!(step.from > Release::V5_9, "{}", step.text);
            assert!(step.mends.is_none_or(|broken| broken < step.from), "{}", step.text);
        }
        for name in names(change) {
            assert!(parameter(name).is_some() && change.is_about(name), "{first}: {name}");
        }
    }
}

/// The parameters that a change is about.
fn names(change: &Change) -> Vec<&'static str> {
    match change.concerns {
        Concern::Every(names) | Concern::Any(names, _) => names.to_vec(),
        Concern::Each(all) => all.iter().map(|(name, _)| *name).collect(),
    }
}

#[test]
fn the_steps_told_are_exactly_those_on_the_way() {
    for change in CHANGES {
        for from in Release::ALL {
            for to in Release::ALL {
                let mut on_the_way =
                    change.steps.iter().filter(|step| from < step.from && step.from <= to);
                let last = on_the_way.next_back();
                match change.crossed(from, to) {
                    Some(told) => assert_eq!(last.map(|step| step.text), Some(told.text)),
                    // What is only mended on the way, and was sound before, is no news.
                    None => assert!(last.is_none_or(|step| step.mends > Some(from))),
                }
            }
        }
    }
}

#[test]
fn the_releases_with_changes_are_those_of_the_page() {
    let on_the_way = |from: Release, to: Release| -> BTreeSet<Release> {
        let steps = CHANGES.iter().filter_map(|change| change.crossed(from, to));
        steps.map(|step| step.from).collect()
    };
    use Release::{V5_9, V5_10, V5_11, V6_0, V6_1, V7_0, V7_1, V7_2, V7_3};
    assert_eq!(on_the_way(V5_9, V5_11), [V5_10, V5_11].into());
    assert_eq!(on_the_way(V5_11, V6_1), [V6_0, V6_1].into());
    assert_eq!(on_the_way(V6_1, V7_1), [V7_0, V7_1].into());
    assert_eq!(on_the_way(V7_1, V7_3), [V7_2, V7_3].into());
    assert_eq!(on_the_way(V7_1, V7_1), [].into());
    assert_eq!(on_the_way(V7_1, V5_11), [].into());
}

/// Whether a change with such a text is about a file with these parameters.
fn is_told(text: &str, release: Release, parameters: &str) -> bool {
    let source =
        Source::new("", format!("[authentication.authenticator.sms_otp.parameters]\n{parameters}"));
    let document = Document::parse(&source);
    let environment = Environment::default();
    let profile = smsotp_lint::catalogue::Profile { release: Some(release) };
    let analysis = Analysis::of(&document, profile, &environment);
    let has_text = |change: &&Change| change.steps.iter().any(|step| step.text.contains(text));
    let change = CHANGES.iter().find(has_text).unwrap_or_else(|| panic!("no change about {text}"));
    analysis.settings.are_concerned(change.concerns)
}

#[test]
fn a_change_is_about_the_files_it_is_for() {
    let locking = "EnableAccountLockingForFailedAttempts = true\n";
    let screen = "screenUserAttribute = \"http://wso2.org/claims/mobile\"\n";
    for (text, release, parameters, expected) in [
        (
            "is gone",
            Release::V6_0,
            "MobileNumberRegPage = \"/smsotpauthenticationendpoint/x.jsp\"",
            true,
        ),
        (
            "is gone",
            Release::V6_0,
            "MobileNumberRegPage = \"https://id.example.org/smsotpauthenticationendpoint/x\"",
            false,
        ),
        ("is gone", Release::V6_0, "", false),
        ("with a blank", Release::V7_0, "MobileNumberRegPage = \"my page.jsp\"", true),
        ("with a blank", Release::V7_0, "MobileNumberRegPage = \"my%2page.jsp\"", true),
        ("with a blank", Release::V7_0, "MobileNumberRegPage = \"page.jsp?a\"", false),
        ("an empty MobileNumberRegPage", Release::V7_0, "MobileNumberRegPage = \"\"", true),
        ("after 300 seconds", Release::V7_1, "", true),
        ("after 300 seconds", Release::V7_1, "TokenExpiryTime = 60", false),
        ("after 300 seconds", Release::V7_1, "TokenExpiryTime = \"$env{X}\"", false),
        ("no whole number counts as 300", Release::V7_1, "TokenExpiryTime = \"5m\"", true),
        ("no whole number counts as 300", Release::V7_1, "TokenExpiryTime = -1", false),
        ("no whole number counts as 6", Release::V7_0, "TokenLength = \"six\"", true),
        ("negative TokenLength", Release::V7_0, "TokenLength = -1", true),
        ("TokenLength = 0", Release::V7_0, "TokenLength = 0", true),
        ("are encoded", Release::V6_0, "", true),
        ("are encoded", Release::V6_0, "enable_payload_encoding_for_sms_otp = false", false),
        ("are encoded", Release::V6_0, "enable_payload_encoding_for_sms_otp = \"$env{X}\"", false),
        ("begin to be locked", Release::V6_1, locking, true),
        ("begin to be locked", Release::V6_1, "", false),
        ("larger than the text", Release::V7_1, screen, false),
        ("passwordless", Release::V7_0, "usecase = \"local\"", true),
        ("by the name of the step", Release::V7_0, "usecase = \"local\"", false),
        ("ResendEnable = false", Release::V7_2, "ResendEnable = \"no\"", true),
        ("ResendEnable = false", Release::V7_2, "", false),
        ("probably shipped", Release::V7_3, "", true),
        ("probably shipped", Release::V7_3, "EnableUserBasedResendBlocking = false", false),
        ("Tags is read", Release::V6_0, "", true),
    ] {
        assert_eq!(is_told(text, release, parameters), expected, "{text}: {parameters}");
    }
    assert!(is_told("begin to be locked", Release::V6_1, &format!("{locking}BackupCode = true")));
    assert!(!is_told("begin to be locked", Release::V6_1, &format!("{locking}BackupCode = false")));
    assert!(is_told("larger than the text", Release::V7_1, &format!("{screen}noOfDigits = 17")));
}

#[test]
fn the_page_about_changes_is_written_from_the_table() {
    let mut failures = String::new();
    let page = root().join("src/catalogue/UPGRADE.md");
    expect(&page, Some(upgrade::page().as_bytes()), &mut failures);
    assert_none(&failures);
}
