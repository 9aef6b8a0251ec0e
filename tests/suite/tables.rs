//! The catalogue and the rules, tested as data.

use std::collections::{BTreeMap, BTreeSet};

use smsotp_lint::analysis::Analysis;
use smsotp_lint::catalogue::{
    BUILT_IN, BUILT_IN_OWN, FOREIGN, Flaw, IN_CONSOLE, OWN, Owner, PARAMETERS, Parameter, Profile,
    Release, foreign, nearest, parameter,
};
use smsotp_lint::diagnostic::{Concerns, Needs, RuleInfo};
use smsotp_lint::login::{Event, Expectation, UserKind, Wanted};
use smsotp_lint::policy::Policy;
use smsotp_lint::rules::{self, RULES};
use smsotp_lint::section::{AUTHENTICATOR, SmsOtp, path_of};
use smsotp_lint::server::Environment;
use smsotp_lint::settings::FALLS_BACK;
use smsotp_lint::source::Source;
use smsotp_lint::toml::dotted;
use smsotp_lint::{Document, Options, check};

use crate::support::fixtures;

#[test]
fn parameters_are_sorted_unique_and_explained() {
    for table in [OWN, PARAMETERS, BUILT_IN_OWN, BUILT_IN] {
        assert!(table.is_sorted_by(|one, other| one.name < other.name));
    }
    for parameter in BUILT_IN_OWN.iter().chain(BUILT_IN) {
        assert!(!parameter.summary.is_empty() && !parameter.summary.ends_with('.'));
        assert!(parameter.detail.ends_with('.') && parameter.since >= Release::V7_0);
    }
    let mut names: BTreeSet<&str> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
    for parameter in PARAMETERS {
        assert!(!parameter.summary.is_empty() && !parameter.summary.ends_with('.'));
        assert!(parameter.detail.ends_with('.'), "{}", parameter.name);
        for alias in parameter.aliases {
            assert!(names.insert(alias.name), "{} is taken", alias.name);
            let found = nearest(alias.name).expect("an alias is near its parameter");
            assert_eq!(found.parameter.name, parameter.name, "{}", alias.name);
        }
    }
    assert_eq!(parameter("SMSOTPMandatory").map(|found| found.name), Some("SMSOTPMandatory"));
    assert!(parameter("smsotpmandatory").is_none());
}

#[test]
fn the_profile_without_a_release_is_the_documentation() {
    let documented = [
        ("BackupCode", "true"),
        ("CaptureAndUpdateMobileNumber", "true"),
        ("MobileNumberRegPage", "smsotpauthenticationendpoint/mobile.jsp"),
        ("ResendEnable", "true"),
        ("RetryEnable", "true"),
        ("SMSOTPAuthenticationEndpointErrorPage", "smsotpauthenticationendpoint/smsotpError.jsp"),
        ("SMSOTPAuthenticationEndpointURL", "smsotpauthenticationendpoint/smsotp.jsp"),
        ("SMSOTPEnableByUserClaim", "true"),
        ("SMSOTPMandatory", "false"),
        ("SendOTPDirectlyToMobile", "false"),
        ("redirectToMultiOptionPageOnFailure", "false"),
    ];
    let profile = Profile::default();
    let table: Vec<_> = PARAMETERS
        .iter()
        .filter_map(|parameter| Some((parameter.name, parameter.default(profile)?)))
        .collect();
    assert_eq!(table, documented);
    for (name, _) in documented {
        let page = parameter(name).and_then(|found| found.page).unwrap_or_default();
        assert!(page.contains("/5.9.0/"), "{name}: {page}");
    }
    let undocumented = PARAMETERS.iter().filter(|parameter| !parameter.is_documented());
    let names: Vec<_> = undocumented.map(|parameter| parameter.name).collect();
    assert_eq!(
        names,
        [
            "AuthMechanism",
            "BlockedUserStoreDomains",
            "EnableUserBasedResendBlocking",
            "ResendBlockDuration",
            "Tags",
            "UseInternalErrorCodes",
            "enableRetryFromAuthenticator",
            "enable_payload_encoding_for_sms_otp",
            "screenUserAttributeMaskRegex",
            "showAuthFailureReason",
        ]
    );
}

#[test]
fn every_entry_names_its_sources() {
    for parameter in OWN.iter().chain(PARAMETERS).chain(BUILT_IN_OWN).chain(BUILT_IN) {
        let name = parameter.name;
        assert!(!parameter.evidence.is_empty(), "{name} has no source");
        for (place, release) in parameter.evidence {
            let is_code = [".java", ".json"].iter().any(|end| place.ends_with(end));
            assert!(is_code && *release >= parameter.since, "{name}: {place} of {release}");
        }
        if let Some(page) = parameter.page {
            assert!(page.starts_with("https://"), "{name}: {page}");
        }
    }
}

#[test]
fn consequences_follow_the_releases() {
    for parameter in OWN.iter().chain(PARAMETERS).chain(BUILT_IN_OWN).chain(BUILT_IN) {
        for (flaw, steps) in parameter.flaws {
            let name = parameter.name;
            let is_in_order = steps.0.windows(2).all(|pair| pair[0].0 < pair[1].0);
            assert!(is_in_order, "{name}: {flaw:?}");
            let first = steps.0.first().map(|(release, _)| *release);
            assert!(first.is_none_or(|first| first <= parameter.since), "{name}: {flaw:?}");
            let phrase = |text: &str| !text.is_empty() && !text.ends_with('.');
            assert!(steps.0.iter().all(|(_, text)| phrase(text)), "{name}: {flaw:?}");
        }
    }
    let at = |name: &str, flaw, release| {
        let consequence =
            parameter(name).and_then(|found| found.consequence(flaw, Profile { release }));
        consequence.map(|told| told.to_string()).unwrap_or_default()
    };
    let fails = "every login that sends a code fails";
    let silently = "the server silently uses 300 seconds";
    let expiry = |flaw, release| at("TokenExpiryTime", flaw, Some(release));
    assert_eq!(expiry(Flaw::Unusable, Release::V7_0), fails);
    assert_eq!(expiry(Flaw::Unusable, Release::V7_1), silently);
    assert_eq!(expiry(Flaw::Empty, Release::V7_3), fails);
    assert!(expiry(Flaw::Negative, Release::V6_1).starts_with("every code has expired"));
    assert!(expiry(Flaw::Negative, Release::V7_0).contains("300000"));
    assert!(at("TokenLength", Flaw::Zero, Some(Release::V6_1)).contains("one fixed digit"));
    assert!(at("TokenLength", Flaw::Zero, Some(Release::V7_0)).contains("nobody gets in"));
    assert_eq!(at("TokenLength", Flaw::Negative, Some(Release::V5_10)), fails);
    assert_eq!(at("MaximumResendAttempts", Flaw::Empty, None), "");
    assert_eq!(at("ResendBlockDuration", Flaw::Zero, None), "");
    // Without a release, the documented ones speak first.
    let both = format!("{fails}; from 7.1: {silently}");
    assert_eq!(at("TokenExpiryTime", Flaw::Unusable, None), both);
    let later = "from 7.2: the login fails when the code is resent";
    assert_eq!(at("MaximumResendAttempts", Flaw::Unusable, None), later);
    assert_eq!(at("MaximumResendAttempts", Flaw::Unusable, Some(Release::V6_1)), later);
}

#[test]
fn defaults_follow_the_releases() {
    let at = |name, release| {
        let found = parameter(name).expect("a real parameter");
        found.default(Profile { release: Some(release) })
    };
    assert_eq!(at("Tags", Release::V5_11), None);
    assert_eq!(at("Tags", Release::V6_0), Some("MFA"));
    assert_eq!(at("MobileNumberRegPage", Release::V7_3), Some("authenticationendpoint/mobile.jsp"));
    assert_eq!(at("enableRetryFromAuthenticator", Release::V6_1), None);
    assert_eq!(at("enableRetryFromAuthenticator", Release::V7_0), Some("true"));
    assert_eq!(at("EnableUserBasedResendBlocking", Release::V7_2), None);
    assert_eq!(at("EnableUserBasedResendBlocking", Release::V7_3), Some("true"));
}

#[test]
fn the_server_falls_back_to_what_it_is_said_to() {
    for parameter in PARAMETERS {
        for (flaw, steps) in parameter.flaws {
            for release in Release::ALL {
                let text = steps.at(release).filter(|text| text.starts_with(FALLS_BACK));
                let Some(text) = text else { continue };
                let fallback = parameter.fallback(Profile { release: Some(release) });
                let fallback =
                    fallback.unwrap_or_else(|| panic!("{} in {release}", parameter.name));
                let is_said = text.split(' ').any(|word| word == fallback);
                assert!(
                    is_said,
                    "{} {flaw:?} in {release}: {text}, not {fallback}",
                    parameter.name
                );
            }
        }
    }
}

#[test]
fn what_the_console_holds_is_read_in_the_other_section_only() {
    for (name, setting) in IN_CONSOLE {
        assert!(parameter(name).is_some() && SmsOtp::BuiltIn.parameter(name).is_none(), "{name}");
        assert!(foreign(setting).is_some_and(|it| it.owner == Owner::BuiltIn), "{setting}");
    }
}

#[test]
fn foreign_settings_are_sorted_and_are_no_parameters() {
    for pair in FOREIGN.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} before {}", pair[0].name, pair[1].name);
    }
    for setting in FOREIGN {
        assert!(parameter(setting.name).is_none() && foreign(setting.name).is_some());
    }
}

#[test]
fn releases_are_read_in_every_spelling_people_use() {
    for (text, release) in [
        ("7.1", Release::V7_1),
        ("5.10.0", Release::V5_10),
        ("7", Release::V7_0),
        ("v7.1.0", Release::V7_1),
        ("7.2.0.0", Release::V7_2),
        ("7.1.0-SNAPSHOT", Release::V7_1),
        ("6.1.0-alpha3", Release::V6_1),
    ] {
        assert_eq!(text.parse(), Ok(release), "{text}");
    }
    for text in ["", "v", "5", "5.1", "7.1.", "7.1.x", "7.", ".1", "-7.1", "seven", "7.1,7.2"] {
        assert_eq!(text.parse::<Release>().ok(), None, "{text}");
    }
}

#[test]
fn rule_names_are_unique() {
    let mut names = BTreeSet::new();
    for rule in RULES {
        let info = rule.info;
        assert!(names.insert(info.name), "{} twice", info.name);
        assert!(info.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", info.name);
    }
}

/// What every rule says of a file, those that are off included.
fn findings(text: &str, release: Option<Release>) -> Vec<(&'static RuleInfo, Option<String>)> {
    let source = Source::new("deployment.toml", text);
    let (document, environment) = (Document::parse(&source), Environment::default());
    let analysis = Analysis::of(&document, Profile { release }, &environment);
    let found = rules::run(&analysis, |_| true).into_iter();
    found.map(|finding| (finding.rule, finding.key)).collect()
}

#[test]
fn rules_declare_the_settings_they_speak_of() {
    let settings: BTreeMap<String, &Parameter> = OWN
        .iter()
        .map(|own| (dotted(AUTHENTICATOR.into_iter().chain([own.name])), own))
        .chain(PARAMETERS.iter().map(|parameter| (path_of(parameter.name), parameter)))
        .collect();
    let mut spoken_of = BTreeSet::new();
    for text in fixtures() {
        for release in [
            None,
            Some(Release::V5_9),
            Some(Release::V5_10),
            Some(Release::V7_0),
            Some(Release::V7_3),
        ] {
            for (rule, key) in findings(&text, release) {
                assert!(rule.needs != Needs::Release || release.is_some(), "{}", rule.name);
                let Some(setting) = key.and_then(|key| settings.get(&key)) else { continue };
                let is_declared = rule.concerns.hold(setting);
                assert!(is_declared, "{} speaks of {}", rule.name, setting.name);
                spoken_of.insert((rule.name, setting.name));
            }
        }
    }
    for rule in RULES.iter().map(|rule| rule.info) {
        let of_rule = settings.values().filter(|setting| rule.concerns.hold(setting));
        let declared: Vec<_> = of_rule.map(|setting| setting.name).collect();
        match rule.concerns {
            Concerns::Nothing | Concerns::Every => {}
            Concerns::Where(_) => {
                let is_seen = declared.iter().any(|name| spoken_of.contains(&(rule.name, name)));
                assert!(is_seen, "no fixture has {} speak of a setting", rule.name);
            }
            Concerns::Named(names) => {
                assert_eq!(declared.len(), names.len(), "{} names no setting", rule.name);
                for name in names {
                    let is_seen = spoken_of.contains(&(rule.name, name));
                    let texts = [rule.page.summary(), &rule.page.server()];
                    let is_told = texts.iter().any(|it| it.contains(name));
                    assert!(is_seen || is_told, "{} never speaks of {name}", rule.name);
                }
            }
        }
    }
}

#[test]
fn every_rule_has_an_example_that_raises_it_and_a_better_one_that_is_quiet() {
    for rule in RULES {
        let info = rule.info;
        let names = |text: &str, release: Option<Release>| -> Vec<&str> {
            let source = Source::new("deployment.toml", text);
            let document = Document::parse(&source);
            let mut policy = Policy::default();
            if info.name == "unexpected-outcome" {
                policy.expect(Expectation {
                    user: UserKind::NotInUserStore,
                    event: Event::Login,
                    wanted: Wanted::Outcome("refused"),
                });
            }
            if info.level.is_none() {
                let target = smsotp_lint::policy::Selector::Rule(info);
                let level = smsotp_lint::policy::Level::At(smsotp_lint::diagnostic::Severity::Info);
                policy.flag(target, level).expect("an off rule can be turned on");
            }
            let environment = Environment::default();
            let options = Options {
                profile: Profile { release },
                environment: &environment,
                policy: &policy,
                ignores: true,
            };
            check(&options.analyse(&document), &options)
                .findings
                .iter()
                .map(|found| found.rule.name)
                .collect()
        };
        let releases = std::iter::once(None).chain(Release::ALL.map(Some));
        let raising: Vec<_> = releases
            .filter(|release| names(info.page.example(), *release).contains(&info.name))
            .collect();
        assert!(!raising.is_empty(), "the example of {} does not raise it", info.name);
        let is_silent = !raising.contains(&None);
        assert_eq!(is_silent, info.needs == Needs::Release, "{} without a release", info.name);
        assert!(
            raising
                .iter()
                .any(|release| !names(info.page.instead(), *release).contains(&info.name)),
            "what {} advises raises it again",
            info.name
        );
    }
}
