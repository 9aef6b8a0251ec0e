//! The section of the SMS OTP that is built in from 7.0 on: which rules look at it, and in which
//! releases.

use std::collections::BTreeSet;

use serde_json::Value;
use smsotp_lint::catalogue::{BUILT_IN, BUILT_IN_OWN, Profile, Release};
use smsotp_lint::compare::{Comparison, Side};
use smsotp_lint::diagnostic::{Category, Diagnostic};
use smsotp_lint::outcomes::Assumptions;
use smsotp_lint::report::Style;
use smsotp_lint::rules::{self, looks_at_built_in};
use smsotp_lint::section::{NAME, SmsOtp};
use smsotp_lint::server::Environment;
use smsotp_lint::show::View;
use smsotp_lint::source::Source;
use smsotp_lint::{Analysis, Document};

use crate::support::{fixtures, root};

/// Runs something on the analysis of a text.
fn analysed<T>(text: &str, release: Option<Release>, run: impl FnOnce(Analysis<'_>) -> T) -> T {
    let source = Source::new("deployment.toml", text);
    let (document, environment) = (Document::parse(&source), Environment::default());
    run(Analysis::of(&document, Profile { release }, &environment))
}

/// What the rules say of the section, those that are off included.
fn findings(text: &str, release: Option<Release>) -> Vec<Diagnostic> {
    let found = analysed(text, release, |analysis| rules::run(&analysis, |_| true));
    let is_about = |finding: &Diagnostic| {
        let key = finding.key.as_deref().unwrap_or_default();
        key.to_lowercase().replace('-', "_").contains("sms_otp_local")
    };
    // What stops the server does so in any section.
    found.into_iter().filter(|it| is_about(it) && it.rule.category != Category::Startup).collect()
}

#[test]
fn only_some_rules_look_at_it_and_from_7_0_on() {
    let mut speaking = BTreeSet::new();
    for text in fixtures().iter().filter(|text| text.to_lowercase().contains("local")) {
        for release in Release::ALL {
            for finding in findings(text, Some(release)) {
                assert!(release >= Release::V7_0, "{} in {release}", finding.rule.name);
                speaking.insert(finding.rule.name);
            }
        }
        speaking.extend(findings(text, None).iter().map(|finding| finding.rule.name));
    }
    let is_one = |name: &str| {
        let rule = rules::RULES.iter().map(|rule| rule.info).find(|rule| rule.name == name);
        let mut settings = BUILT_IN_OWN.iter().chain(BUILT_IN);
        rule.is_some_and(|rule| settings.any(|setting| looks_at_built_in(rule, setting)))
    };
    let named = rules::RULES.iter().map(|rule| rule.info.name).filter(|name| is_one(name));
    assert_eq!(speaking, named.collect(), "those that speak, and those that are said to");
}

#[test]
fn what_it_ships_is_what_the_facts_say() {
    let facts = std::fs::read_to_string(root().join("src/server/facts/shipped-keys.tsv"));
    let facts = facts.expect("there are facts");
    for release in [Release::V7_0, Release::V7_1] {
        let rows = facts.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let of_release = rows.filter(|row| row[1].split(' ').any(|it| it == release.as_str()));
        let keys = of_release.filter(|row| row[0].contains(".sms_otp_local."));
        let names = keys.filter_map(|row| row[0].rsplit('.').next());
        let profile = Profile { release: Some(release) };
        let settings = BUILT_IN_OWN.iter().chain(BUILT_IN);
        let shipped = settings.filter(|it| it.default(profile).is_some()).map(|it| it.name);
        assert_eq!(shipped.collect::<BTreeSet<_>>(), names.collect(), "{release}");
        let name = BUILT_IN_OWN.iter().find(|own| own.name == NAME).expect("it is a setting");
        assert_eq!(name.default(profile), Some(SmsOtp::BuiltIn.registered()));
    }
}

/// A text of another section may be a secret, whichever way it comes into this one.
#[test]
fn what_a_reference_brings_in_is_masked() {
    let table = "[authentication.authenticator.sms_otp_local.parameters]\n";
    let secret = "[super_admin]\npassword = \"S3CRET\"\n";
    for parameters in [
        "Tags = \"$ref{super_admin.password}\"",
        "AuthMechanism = \"x</Parameter><Parameter name=\\\"Tags\\\">$ref{super_admin.password}\"",
        "SMSOTPAuthenticationEndpointURL = \"https://x/$ref{super_admin.password}\"",
        "showAuthFailureReason = \"$ref{super_admin.password}\"",
    ] {
        let text = format!("{table}{parameters}\n{secret}");
        let messages = findings(&text, Some(Release::V7_2)).into_iter();
        let messages =
            messages.flat_map(|finding| finding.help.into_iter().chain([finding.message]));
        let mut told: Vec<String> = messages.map(|message| message.to_string()).collect();
        told.push(analysed(&text, Some(Release::V7_2), |analysis| {
            let side = Side { analysis: &analysis, loads: Some(true) };
            let nothing = Source::new("old.toml", "");
            let nothing = Document::parse(&nothing);
            let nothing = analysis.again(&nothing);
            let before = Side { analysis: &nothing, loads: Some(true) };
            let compared = Comparison::of(before, side, Assumptions::default());
            [compared.json(), compared.markdown(), compared.table(&Style::default())].concat()
        }));
        told.push(analysed(&text, Some(Release::V7_2), |analysis| {
            let view = View::of(analysis);
            [view.json(), view.toml(), view.table(true, &Style::default())].concat()
        }));
        assert!(told.iter().all(|text| !text.contains("S3CRET")), "{told:?}");
    }
}

#[test]
fn show_has_it_where_it_is_written_and_read() {
    let rows = |text: &str, release| {
        let json = analysed(text, release, |analysis| View::of(analysis).json());
        let json: Value = serde_json::from_str(&json).expect("it is JSON");
        json.get("sms_otp_local").cloned()
    };
    let text = "[authentication.authenticator.sms_otp_local.parameters]\nTags = \"MFA\"\n";
    let shown = rows(text, Some(Release::V7_1)).expect("it is shown");
    let shown = shown.as_array().expect("settings");
    assert_eq!(shown.len(), 1 + BUILT_IN.len());
    let tags = shown.iter().find(|row| row["name"] == "Tags").expect("it is a setting");
    assert_eq!((&tags["effective"], &tags["origin"]), (&"MFA".into(), &"file".into()));
    let retry = shown.iter().find(|row| row["name"] == "enableRetryFromAuthenticator");
    let retry = retry.expect("it is a setting");
    assert_eq!((&retry["effective"], &retry["origin"]), (&"true".into(), &"default".into()));

    assert_eq!(rows(text, Some(Release::V6_1)), None);
    assert_eq!(rows("[authentication.authenticator.sms_otp]\n", Some(Release::V7_1)), None);
    let renamed = "[authentication.authenticator.sms_otp_local]\nname = \"acme\"\n";
    assert_eq!(rows(renamed, Some(Release::V7_1)), None);
    let custom = "[[authentication.custom_authenticator]]\nname = \"sms-otp-authenticator\"\n";
    assert_eq!(rows(&format!("{text}{custom}"), Some(Release::V7_1)), None);
}
