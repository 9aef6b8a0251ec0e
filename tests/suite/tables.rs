//! The catalogue and the rules, tested as data.

use std::collections::BTreeSet;

use smsotp_lint::catalogue::{FOREIGN, PARAMETERS, Profile, Release, foreign, nearest, parameter};
use smsotp_lint::policy::Policy;
use smsotp_lint::rules::RULES;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

#[test]
fn parameters_are_sorted_unique_and_explained() {
    for pair in PARAMETERS.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} before {}", pair[0].name, pair[1].name);
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
    for parameter in PARAMETERS {
        let is_documented = documented.iter().any(|(name, _)| *name == parameter.name);
        assert_eq!(parameter.documented, is_documented, "{}", parameter.name);
    }
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
fn foreign_settings_are_sorted_and_are_no_parameters() {
    for pair in FOREIGN.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} before {}", pair[0].name, pair[1].name);
    }
    for setting in FOREIGN {
        assert!(parameter(setting.name).is_none() && foreign(setting.name).is_some());
    }
}

#[test]
fn releases_are_read_with_and_without_a_patch_number() {
    assert_eq!("7.1".parse(), Ok(Release::V7_1));
    assert_eq!("5.10.0".parse(), Ok(Release::V5_10));
    assert_eq!("5.1".parse::<Release>().ok(), None);
    assert_eq!("7.1.".parse::<Release>().ok(), None);
    assert_eq!("7.1.x".parse::<Release>().ok(), None);
}

#[test]
fn rules_are_unique_and_documented() {
    let mut names = BTreeSet::new();
    for rule in RULES {
        let info = rule.info;
        assert!(names.insert(info.name), "{} twice", info.name);
        assert!(info.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", info.name);
        assert!(!info.summary.is_empty() && !info.summary.ends_with('.'), "{}", info.name);
        assert!(info.server.ends_with('.') && info.fixes.ends_with('.'), "{}", info.name);
        assert!(info.references.iter().all(|url| url.starts_with("https://")), "{}", info.name);
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
        let raising: Vec<_> =
            releases.filter(|release| names(info.example, *release).contains(&info.name)).collect();
        assert!(!raising.is_empty(), "the example of {} does not raise it", info.name);
        assert!(
            raising.iter().any(|release| !names(info.instead, *release).contains(&info.name)),
            "what {} advises raises it again",
            info.name
        );
    }
}
