use super::*;
use crate::catalogue::Release;
use crate::source::Source;
use crate::toml::Tree;

/// Parameters that are no default.
type Parameters = Vec<(String, Option<String>)>;

/// The model of a text: what becomes of the section, `enabled`, the parameters, and whether
/// something is left to chance.
fn read(toml: &str) -> (Registration, Option<String>, Parameters, bool) {
    let source = Source::new("x", toml);
    let document = Document::parse(&source);
    assert!(document.is_toml(), "{toml}");
    let profile = Profile { release: Some(Release::V7_3) };
    let model = Model::of(&document, &Tree::of(&document), profile, &Environment::default());
    let held = model.authenticator.clone().unwrap_or_default();
    let is_default = |name: &str, text: &Option<ServerText>| {
        let parameter = crate::catalogue::parameter(name);
        text.is_some() && parameter.and_then(|one| one.default(profile)) == text.as_deref()
    };
    let all = held.parameters.into_iter().filter(|(name, text)| !is_default(name, text));
    let parameters = all.map(|(name, text)| (name.into_owned(), text.map(ServerText::into_owned)));
    (
        model.registration,
        held.enabled.map(ServerText::into_owned),
        parameters.collect(),
        model.unspecified,
    )
}

fn parameters(below: &str) -> Parameters {
    let toml = format!("[authentication.authenticator.sms_otp.parameters]\n{below}\n");
    let (registration, enabled, parameters, _) = read(&toml);
    assert_eq!((registration, enabled.as_deref()), (Registration::Active, Some("true")), "{below}");
    parameters
}

fn one(name: &str, text: &str) -> Parameters {
    vec![(name.to_owned(), Some(text.to_owned()))]
}

#[test]
fn every_spelling_of_the_section_is_read() {
    let spellings = [
        "[authentication.authenticator.sms_otp.parameters]\norder = 'x'",
        "[authentication.authenticator.sms_otp]\nparameters.order = 'x'",
        "[authentication.authenticator.sms_otp]\nparameters = { order = 'x' }",
        "[authentication.authenticator]\nsms_otp = { parameters = { order = 'x' } }",
        "[authentication]\nauthenticator.sms_otp.parameters.order = 'x'",
        "authentication.authenticator.sms_otp.parameters.order = 'x'",
        "[authentication.authenticator.\"sms_otp\".parameters]\n\"\\u006frder\" = 'x'",
        "authentication = { authenticator = { sms_otp = { parameters.order = 'x' } } }",
    ];
    for toml in spellings {
        let (registration, _, parameters, unspecified) = read(toml);
        assert_eq!((registration, unspecified), (Registration::Active, false), "{toml}");
        assert_eq!(parameters, one("order", "x"), "{toml}");
    }
}

#[test]
fn tables_in_the_place_of_values() {
    assert_eq!(parameters("order = { a = 1 }"), one("order", "{a=1}"));
    assert_eq!(parameters("order.a.b = 1"), one("order", "{a={b=1}}"));
    assert_eq!(parameters("order = { a = 1, b = 2 }"), [("order".to_owned(), None)]);
    assert_eq!(parameters("order = {}"), []);
    assert_eq!(parameters("RetryEnable = {}"), []);
    assert_eq!(parameters("order = [{ a = 1 }]"), one("order", "[{a=1}]"));
    assert_eq!(parameters("RetryEnable = { a = 1 }"), [("RetryEnable".to_owned(), None)]);
    assert!(read("authentication.authenticator.sms_otp.parameters.RetryEnable.a = 1").3);
    assert!(read("authentication.authenticator.sms_otp.enable.a = 1").3);
}

#[test]
fn what_stands_in_the_way_of_the_section_leaves_it_to_chance() {
    let cases = [
        "[[authentication.authenticator.sms_otp]]\nenable = true",
        "[[authentication.authenticator.sms_otp.parameters]]\norder = 'x'",
        "[[authentication.authenticator]]\na = 1",
        "[[authentication]]\na = 1",
        "[authentication.authenticator]\nsms_otp = 'x'",
        "[authentication.authenticator.sms_otp]\nparameters = 'x'",
        "authentication.authenticator = 1",
        "authentication = 1",
        "[authentication.authenticator.other]\nname = 'SMSOTP'",
    ];
    for toml in cases {
        let (registration, enabled, _, unspecified) = read(toml);
        assert_eq!(
            (registration, enabled, unspecified),
            (Registration::Unknown, None, true),
            "{toml}"
        );
    }
    let (registration, .., unspecified) = read("[[authentication.authenticator.other]]\na = 1");
    assert_eq!((registration, unspecified), (Registration::Active, false));
}

#[test]
fn names_decide_who_is_read() {
    let own = "[authentication.authenticator.sms_otp]\nparameters.order = 'x'\n";
    let registration = |name: &str| read(&format!("{own}name = {name}\n")).0;
    assert_eq!(registration("'SMSOTP'"), Registration::Active);
    assert_eq!(registration("'SMS&#79;TP'"), Registration::Active);
    assert_eq!(registration("'SMSOTP '"), Registration::Renamed);
    assert_eq!(registration("true"), Registration::Renamed);
    assert_eq!(registration("'$env{NAME}'"), Registration::Unknown);

    let custom = |text: &str| read(&format!("{own}\n{text}"));
    let spellings = [
        "[[authentication.custom_authenticator]]\nname = 'SMSOTP'\nparameters.order = 'y'",
        "[[authentication.custom_authenticator]]\nname = 'SMSOTP'\nenable = 'no'\n\
         [authentication.custom_authenticator.parameters]\norder = 'y'",
        "[authentication]\ncustom_authenticator = [{ name = 'SMSOTP', parameters.order = 'y' }]",
        "[[authentication.custom_authenticator]]\nname = 'SMSOTP'\nparameters.order = 'z'\n\
         [[authentication.custom_authenticator]]\nname = 'SMSOTP'\nparameters.order = 'y'",
    ];
    for toml in spellings {
        let (registration, enabled, parameters, _) = custom(toml);
        assert_eq!(
            (registration, enabled.as_deref()),
            (Registration::Overridden, Some("true")),
            "{toml}"
        );
        assert_eq!(parameters, one("order", "y"), "{toml}");
    }
    let other = "[[authentication.custom_authenticator]]\nname = 'smsotp'\nparameters.order = 'y'";
    assert_eq!(custom(other).2, one("order", "x"));
    let unknown = "[[authentication.custom_authenticator]]\nname = '$env{NAME}'";
    assert_eq!(custom(unknown).0, Registration::Unknown);
    let unnamed = "[[authentication.custom_authenticator]]\nparameters.order = 'y'";
    assert_eq!(custom(unnamed).0, Registration::Active);
    let ill_formed = "[authentication.authenticator.other]\nname = 'a&b'";
    assert_eq!(custom(ill_formed).0, Registration::Active);
    let plain = "[authentication.custom_authenticator]\nname = 'SMSOTP'\nparameters.order = 'y'";
    assert_eq!(custom(plain).0, Registration::Active);
    let reference = "[[authentication.custom_authenticator]]\nname = 'SMSOTP'\n\
                     parameters.order = '$ref{left.alone}'";
    assert_eq!(custom(reference).2, one("order", "$ref{left.alone}"));
}

#[test]
fn injected_parameters_and_expressions() {
    let two = parameters("order = \"</Parameter><Parameter name='Evil'>1\"");
    assert_eq!(two, [one("Evil", "1"), one("order", "")].concat());
    let again = parameters("order = \"</Parameter><Parameter name='RetryEnable'>no\"");
    assert_eq!(
        again,
        [("RetryEnable".to_owned(), None), ("order".to_owned(), Some(String::new()))]
    );
    assert_eq!(parameters("order = 'Code {{otp}}'"), [("order".to_owned(), None)]);
    assert_eq!(parameters("order = '{{'"), one("order", "{{"));
    assert_eq!(parameters("order = 'a&b'"), [("order".to_owned(), None)]);
    assert_eq!(parameters("'a&amp;b' = 1"), one("a&b", "1"));
    assert_eq!(parameters("\"\\u00e9\" = 1"), []);
}

#[test]
fn loads_unless_something_stops_or_nobody_can_tell() {
    let loads = |toml: &str| {
        let source = Source::new("x", toml);
        let document = Document::parse(&source);
        Model::of(&document, &Tree::of(&document), Profile::default(), &Environment::default())
            .loads(false)
    };
    assert_eq!(loads("[a]\nb = 1"), Some(true));
    assert_eq!(loads("[a]\nb = '$env{X}'"), None);
    assert_eq!(loads("[a]\nb = '$ref{server.hostname}'"), None);
    assert_eq!(loads("[authentication.authenticator.x]\nparameters.a = '{{b}}'"), Some(true));
    assert_eq!(loads("[authentication.authenticator.x]\nparameters.a = '{{b + 1}}'"), None);
}

#[test]
fn prints_the_element_that_reads_the_same() {
    let mut authenticator =
        Authenticator { enabled: Some("true".into()), parameters: BTreeMap::new() };
    authenticator.parameters.insert("A".into(), Some("a<b & \"c\"\u{85}".into()));
    authenticator.parameters.insert("B\"".into(), None);
    assert_eq!(
        xml::element(&authenticator),
        "<AuthenticatorConfig name=\"SMSOTP\" enabled=\"true\">\n    \
         <Parameter name=\"A\">a&lt;b &amp; \"c\"&#133;</Parameter>\n    \
         <Parameter name=\"B&quot;\"><!-- not known from the file alone --></Parameter>\n\
         </AuthenticatorConfig>\n"
    );
}
