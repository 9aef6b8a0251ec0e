//! What `set` promises, held in every spelling of the section and for every setting.

use std::collections::BTreeMap;

use smsotp_lint::Analysis;
use smsotp_lint::catalogue::{Kind, PARAMETERS, Parameter, Profile};
use smsotp_lint::diagnostic::{Category, RuleInfo};
use smsotp_lint::engine::findings;
use smsotp_lint::policy::Policy;
use smsotp_lint::rules::RULES;
use smsotp_lint::server::{Environment, Model, ServerText};
use smsotp_lint::set;
use smsotp_lint::source::Source;
use smsotp_lint::toml::{TokenKind, Tree};
use smsotp_lint::{Document, Options};

use crate::vectors;

/// The section in every spelling, and files without it.
const SPELLINGS: &[&str] = &[
    "",
    "\n\n",
    "# only a comment\n",
    "title = \"x\"\n",
    "[server]\nhostname = \"localhost\" # here\n\n[super_admin]\npassword = \"$secret{admin}\"\n[secrets]\nadmin = \"\"\n",
    "[server]\nhostname = \"localhost\"\n\n",
    // Headers.
    "[authentication.authenticator.sms_otp]\n",
    "[authentication.authenticator.sms_otp]\nenable=true\n[server]\n",
    "[authentication.authenticator.sms_otp]\nname = 'SMSOTP'\n# behind\n\n# above\n[server]\nx = 1\n",
    "[authentication.authenticator.sms_otp.parameters]\n",
    "x = 1\n\n# about it\n# and more\n[authentication.authenticator.sms_otp.parameters] # here\n# inside\n\n",
    "[authentication.authenticator.sms_otp.parameters]\nTokenLength  = 6 # six\nBackupCode   = \"true\"\n\n[server]\n",
    "[authentication.authenticator.sms_otp]\nenable = false\n\n[authentication.authenticator.sms_otp.parameters]\n\tTags=\"\"\"\nMFA\"\"\" # c\n",
    "[authentication.authenticator]\n[authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = 'false'\n",
    "[authentication.authenticator.basic]\nenable = true\n[[event_handler]]\nname = \"smsOtp\"\n",
    "  [ authentication . \"authenticator\" . 'sms_otp' . \"parameters\" ]\n  \"RetryEnable\"   =   true   # c\n",
    "[authentication.authenticator.'sms_otp']\n",
    // Dotted keys.
    "authentication.authenticator.sms_otp.parameters.RetryEnable = true\n[server]\n",
    "authentication.authenticator.sms_otp.enable = true\n\n[server]\n",
    "authentication.authenticator.basic.enable = true\n[server]\n",
    "[authentication]\nauthenticator.sms_otp.parameters.RetryEnable=true\n",
    "[authentication]\nauthenticator.'sms_otp'.\"parameters\".RetryEnable = true\nauthenticator.basic.enable = true\n",
    "[authentication.authenticator]\nsms_otp.parameters.RetryEnable = true\nsms_otp.enable = true\nbasic.enable = true\n",
    "[authentication.authenticator.sms_otp]\nparameters.RetryEnable = true\n",
    "[authentication]\nauthenticator.basic.enable = true\n\n[z]\n",
    // Inline tables.
    "[authentication.authenticator.sms_otp]\nparameters = {}\n",
    "[authentication.authenticator.sms_otp]\nparameters = { RetryEnable = true } # c\nenable = true\n",
    "[authentication.authenticator]\nsms_otp = {enable=true}\nbasic = {enable=true}\n",
    "[authentication.authenticator]\nsms_otp = { parameters = { RetryEnable = true } }\n",
    "[authentication.authenticator]\nsms_otp = { parameters.RetryEnable = true }\n",
    "[authentication.authenticator]\nsms_otp = {}\n",
    "[authentication]\nauthenticator = { sms_otp.enable = true }\n",
    "[authentication]\nauthenticator = { basic = { enable = true } }\n",
    "[authentication]\nauthenticator.sms_otp.parameters = { RetryEnable = true }\n",
    "authentication = { authenticator = { sms_otp = { enable = true } } }\n[server]\nx = 1\n",
    "authentication = {}\n",
    "authentication.authenticator = { }\n",
];

/// The same text with other line ends, without the last one, behind a byte order mark.
fn variants(spelling: &str) -> Vec<String> {
    let crlf = spelling.replace('\n', "\r\n");
    let open = |text: &str| text.trim_end_matches(['\r', '\n']).to_owned();
    let marked = format!("\u{feff}{spelling}");
    vec![spelling.to_owned(), open(spelling), open(&crlf), crlf, marked]
}

/// Every setting with two values that work.
fn assignments() -> Vec<(&'static str, &'static str)> {
    let mut all = vec![("enable", "true"), ("enable", "false"), ("name", "SMSOTP")];
    for parameter in PARAMETERS {
        all.extend(values(parameter).map(|value| (parameter.name, value)));
    }
    all
}

fn values(parameter: &Parameter) -> [&'static str; 2] {
    match parameter.kind {
        Kind::Boolean { .. } => ["true", "false"],
        Kind::Number { .. } => ["6", "300"],
        Kind::Choice { words } => [words[0], words[words.len() - 1]],
        Kind::Page { .. } => ["https://sso.example.com/otp.jsp", "authenticationendpoint/x.jsp"],
        Kind::List => ["PRIMARY", "PRIMARY,PARTNERS"],
        Kind::Pattern => [r"\d(?=.{4})", "[0-9]{4}"],
        Kind::Text { .. } => ["http://wso2.org/claims/mobile", "A \"B\" \\ 'C'"],
    }
}

fn set(text: &str, arguments: &[String], environment: &Environment) -> Result<String, String> {
    let source = Source::new("deployment.toml", text);
    let (profile, policy) = (Profile::default(), Policy::default());
    let options = Options { profile, environment, policy: &policy, ignores: true };
    let assignments = set::parse(arguments)?;
    set::set(&source, &assignments, &options).map(|changed| changed.text().to_owned())
}

/// What the server holds of every setting, that is known.
fn held(text: &str, environment: &Environment) -> Option<BTreeMap<ServerText, ServerText>> {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let authenticator =
        Model::of(&document, &Tree::of(&document), Profile::default(), environment).authenticator?;
    let known = |(name, text): (ServerText, Option<ServerText>)| Some((name, text?));
    let mut held: BTreeMap<_, _> = authenticator.parameters.into_iter().filter_map(known).collect();
    held.extend(authenticator.enabled.map(|enabled| ("enable".into(), enabled)));
    held.insert("name".into(), "SMSOTP".into());
    Some(held)
}

fn comments(text: &str) -> Vec<String> {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    assert!(document.faults().is_empty(), "not TOML: {text:?}");
    let comments = document.tokens().iter().filter(|token| token.kind == TokenKind::Comment);
    comments.map(|token| source.slice(token.span).to_owned()).collect()
}

fn stops(text: &str, environment: &Environment) -> usize {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let is_on = |info: &RuleInfo| info.category == Category::Startup;
    findings(&Analysis::of(&document, Profile::default(), environment), is_on).findings.len()
}

/// What of the old text is gone: its middle, between what both texts begin and end with.
fn lost<'t>(before: &'t str, after: &str) -> &'t str {
    let same = |(a, b): &(u8, u8)| a == b;
    let start = before.bytes().zip(after.bytes()).take_while(same).count();
    let (rest, tail) = (&before.as_bytes()[start..], &after.as_bytes()[start..]);
    let end = rest.iter().rev().zip(tail.iter().rev()).take_while(|(a, b)| a == b).count();
    &before[start..before.len() - end]
}

/// Every setting in every spelling, and in every variant of some: all three together are too many.
fn cases() -> impl Iterator<Item = (String, &'static str, &'static str)> {
    SPELLINGS.iter().enumerate().flat_map(|(at, spelling)| {
        let variants = variants(spelling);
        assignments().into_iter().enumerate().map(move |(turn, (name, value))| {
            (variants[(at + turn) % variants.len()].clone(), name, value)
        })
    })
}

#[test]
fn every_setting_goes_into_every_spelling() {
    let environment = Environment::default();
    for (text, name, value) in cases() {
        let arguments = [format!("{name}={value}")];
        let after = set(&text, &arguments, &environment)
            .unwrap_or_else(|reason| panic!("{name}={value} in {text:?}: {reason}"));
        let case = format!("{name}={value}: {text:?} -> {after:?}");

        let mut expected = held(&text, &environment).expect(&case);
        expected.insert(name.to_owned().into(), value.to_owned().into());
        assert_eq!(held(&after, &environment).as_ref(), Some(&expected), "{case}");
        assert_eq!(set(&after, &arguments, &environment).as_ref(), Ok(&after), "{case}");
        assert_eq!(stops(&after, &environment), stops(&text, &environment), "{case}");
        assert_eq!(comments(&after), comments(&text), "{case}");

        // What is lost is a value, or nothing.
        let lost = lost(&text, &after);
        assert!(!lost.contains(['#', '[', '{', '=']), "{case}");
        assert!(lost.is_empty() || text.contains(name), "{case}");
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        assert_eq!(after.matches('\n').count(), after.matches(end).count(), "{case}");
        let is_open = !text.trim_start_matches('\u{feff}').is_empty() && !text.ends_with('\n');
        assert_eq!(after.ends_with('\n'), !is_open, "{case}");
    }
}

#[test]
fn all_settings_go_together_or_none_does() {
    let environment = Environment::default();
    let parameters = PARAMETERS.iter().map(|parameter| (parameter.name, values(parameter)[0]));
    let arguments: Vec<_> = [("enable", "true"), ("name", "SMSOTP")]
        .into_iter()
        .chain(parameters)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    for spelling in SPELLINGS {
        let after = set(spelling, &arguments, &environment).expect(spelling);
        let held = held(&after, &environment).expect(&after);
        for (name, value) in arguments.iter().filter_map(|argument| argument.split_once('=')) {
            assert_eq!(held.get(name).map(AsRef::as_ref), Some(value), "{after}");
        }
        assert_eq!(set(&after, &arguments, &environment).as_ref(), Ok(&after));
    }
    let refused: Vec<_> = arguments
        .into_iter()
        .map(|argument| argument.replace("TokenLength=6", "TokenLength=0"))
        .collect();
    assert!(set(SPELLINGS[0], &refused, &environment).is_err());
}

#[test]
fn a_setting_takes_effect_in_every_vector_or_is_refused() {
    let environment = vectors::environment();
    let assignments =
        [("SMSOTPMandatory", "true"), ("TokenExpiryTime", "300"), ("enable", "false")];
    let mut done = 0;
    for (turn, vector) in vectors::vectors().into_iter().enumerate() {
        let (name, value) = assignments[turn % assignments.len()];
        let arguments = [format!("{name}={value}")];
        let Ok(after) = set(&vector.toml, &arguments, &environment) else { continue };
        done += 1;
        let case = format!("{}: {:?} -> {after:?}", vector.id, vector.toml);
        if let Some(held) = held(&after, &environment) {
            assert_eq!(held.get(name).map(AsRef::as_ref), Some(value), "{case}");
        }
        assert_eq!(set(&after, &arguments, &environment).as_ref(), Ok(&after), "{case}");
        assert!(stops(&after, &environment) <= stops(&vector.toml, &environment), "{case}");
        assert_eq!(comments(&after), comments(&vector.toml), "{case}");
    }
    assert!(done > 1300, "{done} of 1600");
}

#[test]
fn the_command_in_the_help_of_a_contradiction_resolves_it() {
    let environment = Environment::default();
    let is_contradiction = |info: &RuleInfo| info.category == Category::Contradiction;
    let found = |text: &str| {
        let source = Source::new("conf/my deployment.toml", text);
        let document = Document::parse(&source);
        findings(&Analysis::of(&document, Profile::default(), &environment), is_contradiction)
            .findings
    };
    let examples = RULES.iter().map(|rule| rule.info).filter(|info| is_contradiction(info));
    // What a team expects is not in the file.
    let examples = examples.filter(|info| info.name != "unexpected-outcome");
    let examples = examples.map(|info| info.page.example().to_owned());
    let more = [
        "SMSOTPMandatory = \"no\"\nCaptureAndUpdateMobileNumber = true",
        "SendOtpToFederatedMobile = true",
        "SMSOTPMandatory = true\nSendOtpToFederatedMobile = true",
        "MaximumResendAttempts = 3\nResendEnable = false\nEnableUserBasedResendBlocking = false",
        "EnableUserBasedResendBlocking = false\nResendBlockDuration = 5",
        "ResendBlockDuration = 5",
        "noOfDigits = 4",
        "order = \"backward\"",
        "screenUserAttribute = \"http://wso2.org/claims/mobile\"",
        "usecase = \"local\"",
        "usecase = \"userAttribute\"\nsecondaryUserstore = \"PRIMARY\"",
        "userAttribute = \"email\"",
    ];
    let header = "[authentication.authenticator.sms_otp.parameters]";
    let more = more.into_iter().map(|body| format!("{header}\n{body}\n"));
    for text in examples.chain(more) {
        let findings = found(&text);
        assert!(!findings.is_empty(), "{text}");
        for finding in findings {
            let command = finding.help.iter().find_map(|help| {
                let (_, command) =
                    help.split_once("`smsotp-lint set 'conf/my deployment.toml' ")?;
                Some(command.split_once('`')?.0)
            });
            let Some(argument) = command else {
                // No command takes a setting out.
                let is_to_go = finding.help.iter().any(|help| help.starts_with("leave "));
                assert!(is_to_go, "{}: {:?}", finding.message, finding.help);
                continue;
            };
            let after = set(&text, &[argument.to_owned()], &environment).expect(argument);
            let is_left = found(&after)
                .iter()
                .any(|left| left.message == finding.message && left.key == finding.key);
            assert!(!is_left, "{argument} leaves {}", finding.message);
        }
    }
}
