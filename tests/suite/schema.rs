//! The JSON Schemas, held against the catalogue, the rules, and the type of the configuration.

use regex_lite::Regex;
use serde_json::{Value, json};
use smsotp_lint::catalogue::{Kind, OWN, PARAMETERS, Parameter, Profile, Release};
use smsotp_lint::config::{Config, FailOn, KEYS, LEVELS};
use smsotp_lint::diagnostic::{Category, Severity};
use smsotp_lint::login::Wanted;
use smsotp_lint::policy::Policy;
use smsotp_lint::reference::schema;
use smsotp_lint::rules::RULES;
use smsotp_lint::section::SmsOtp;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

const PARAMETER_TABLE: &str = "/properties/authentication/properties/authenticator/properties/\
    sms_otp/properties/parameters";

/// The schema of the parameters of an authenticator.
fn parameter_table(schema: &Value, of: SmsOtp) -> &Value {
    let table = PARAMETER_TABLE.replace("sms_otp", of.table());
    schema.pointer(&table).expect("there is a table of parameters")
}

fn parse(schema: &str) -> Value {
    serde_json::from_str(schema).expect("a schema is JSON")
}

/// Whether a value fits a schema.
fn fits(schema: &Value, value: &Value) -> bool {
    fits_part(schema, schema, value)
}

/// Whether a value fits a part of a schema. Knows the keywords that mean the same in draft 7 and in
/// draft 2020-12, and fails on any other.
fn fits_part(root: &Value, schema: &Value, value: &Value) -> bool {
    let fits = |schema: &Value, value: &Value| fits_part(root, schema, value);
    let Value::Object(keywords) = schema else { panic!("{schema} is no schema") };
    keywords.iter().all(|(keyword, argument)| match keyword.as_str() {
        "$schema" | "title" | "description" | "default" | "definitions" => true,
        "deprecated" | "deprecationMessage" => true,
        "$ref" => {
            let pointer = argument.as_str().and_then(|it| it.strip_prefix('#'));
            let target = pointer.and_then(|pointer| root.pointer(pointer));
            fits(target.expect("a definition"), value)
        }
        "type" => match argument {
            Value::Array(types) => types.iter().any(|name| is_of_type(name, value)),
            name => is_of_type(name, value),
        },
        "enum" => argument.as_array().is_some_and(|words| words.contains(value)),
        "minimum" => value.as_f64().is_none_or(|number| Some(number) >= argument.as_f64()),
        "pattern" => value.as_str().is_none_or(|text| {
            let pattern = argument.as_str().expect("a pattern is a string");
            Regex::new(pattern).expect("a plain pattern").is_match(text)
        }),
        "minLength" => {
            value.as_str().is_none_or(|text| Some(text.len() as u64) >= argument.as_u64())
        }
        "items" => {
            value.as_array().is_none_or(|items| items.iter().all(|item| fits(argument, item)))
        }
        "required" => value.as_object().is_none_or(|table| {
            let keys = argument.as_array().expect("keys").iter().filter_map(Value::as_str);
            keys.into_iter().all(|key| table.contains_key(key))
        }),
        "anyOf" => argument.as_array().is_some_and(|any| any.iter().any(|one| fits(one, value))),
        "not" => !fits(argument, value),
        "properties" => value.as_object().is_none_or(|table| {
            table.iter().all(|(key, value)| argument.get(key).is_none_or(|one| fits(one, value)))
        }),
        "patternProperties" => value.as_object().is_none_or(|table| {
            let patterns = argument.as_object().expect("patterns with schemas");
            patterns.iter().all(|(pattern, one)| {
                let pattern = Regex::new(pattern).expect("a plain pattern");
                table.iter().all(|(key, value)| !pattern.is_match(key) || fits(one, value))
            })
        }),
        "additionalProperties" => {
            let has = |keyword: &str, is: &dyn Fn(&str) -> bool| {
                let names = keywords.get(keyword).and_then(Value::as_object);
                names.is_some_and(|names| names.keys().any(|name| is(name)))
            };
            let is_known = |key: &str| {
                let matches = |pattern: &str| Regex::new(pattern).expect("plain").is_match(key);
                has("properties", &|name| name == key) || has("patternProperties", &matches)
            };
            let mut others = value.as_object().into_iter().flatten();
            *argument == json!(true)
                || others.all(|(key, value)| is_known(key) || fits(argument, value))
        }
        other => panic!("{other} may mean something else in another draft"),
    })
}

fn is_of_type(name: &Value, value: &Value) -> bool {
    match name.as_str() {
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("object") => value.is_object(),
        other => panic!("the type {other:?}"),
    }
}

#[test]
fn everything_outside_of_the_section_may_be_anything() {
    let schema = parse(&schema::deployment());
    let section = |content: Value| json!({ "authentication": { "authenticator": content } });
    for document in [
        json!({}),
        json!({ "server": { "hostname": "x" }, "event_handler": [{ "name": "smsOtp" }] }),
        json!({ "authentication": { "adaptive": { "x": [1] }, "authenticator": {} } }),
        section(json!({ "totp": { "anything": [true] }, "email_otp": 5 })),
        section(json!({ "sms_otp": { "enable": "true", "name": "SMSOTP", "parameters": {} } })),
        section(
            json!({ "sms_otp": { "parameters": { "SMSOTPMandatory": true, "TokenLength": 6 } } }),
        ),
    ] {
        assert!(fits(&schema, &document), "{document}");
    }
    for content in [
        json!({ "parameter": {} }),
        json!({ "SMSOTPMandatory": true }),
        json!({ "name": "SmsOTP" }),
        json!({ "enabled": true }),
        json!({ "enable": "yes" }),
        json!({ "parameters": [] }),
        json!({ "parameters": { "smsotpmandatory": true } }),
        json!({ "parameters": { "MobileClaim": true } }),
        json!([]),
    ] {
        let document = section(json!({ "sms_otp": content }));
        assert!(!fits(&schema, &document), "{document}");
    }
}

#[test]
fn every_parameter_is_described_and_no_other_name_is_completed() {
    let schema = parse(&schema::deployment());
    let table = schema.pointer(PARAMETER_TABLE).expect("there is a table of parameters");
    let properties = table["properties"].as_object().expect("it has keys");
    let others = table["patternProperties"].as_object().expect("it has other names");
    let mut aliases = 0;
    for parameter in PARAMETERS {
        let property = &properties[parameter.name];
        let description = property["description"].as_str().expect("a description");
        assert!(description.contains(parameter.detail), "{}", parameter.name);
        if let Some(default) = parameter.default(Profile::default()) {
            let text = property["default"].as_str().map(str::to_owned);
            assert_eq!(text.unwrap_or_else(|| property["default"].to_string()), default);
        }
        if let Some(default) = property.get("default") {
            let value = json!({ parameter.name: default });
            assert!(fits_part(&schema, table, &value), "the default of {}", parameter.name);
        }
        for alias in parameter.aliases {
            assert!(alias.name.chars().all(|c| c.is_alphanumeric() || c == '_'), "{}", alias.name);
            let other = &others[&format!("^{}$", alias.name)];
            let told = other["not"]["description"].as_str().expect("a description");
            assert!(told.contains(parameter.name), "{}", alias.name);
            assert_eq!(other["deprecationMessage"], told);
            let value = json!({ alias.name: usable_value() });
            assert!(!fits_part(&schema, table, &value), "{}", alias.name);
            aliases += 1;
        }
    }
    assert_eq!((properties.len(), others.len()), (PARAMETERS.len(), aliases));
}

/// A value that is right for a switch, and a number, and a text.
fn usable_value() -> Value {
    json!("$env{VALUE}")
}

#[test]
fn the_values_of_switches_and_choices_are_completed() {
    let schema = parse(&schema::deployment());
    let table = schema.pointer(PARAMETER_TABLE).expect("there is a table of parameters");
    for parameter in PARAMETERS {
        let property = &table["properties"][parameter.name];
        match parameter.kind {
            // Every editor offers the two values of a boolean.
            Kind::Boolean { .. } => assert_eq!(property["type"][0], "boolean"),
            Kind::Choice { words } => assert_eq!(property["anyOf"][0]["enum"], json!(words)),
            _ => {}
        }
    }
}

/// Editors show what stands in a `not`, or the address in it; a regular expression stands in a
/// definition, where none looks.
#[test]
fn no_editor_shows_a_regular_expression() {
    fn look(schema: &Value, place: &str) {
        for (key, inner) in schema.as_object().into_iter().flatten() {
            assert_ne!(key, "pattern", "{place}");
            if key != "definitions" {
                look(inner, &format!("{place}/{key}"));
            }
        }
    }
    assert!(
        !schema::config().contains("\"pattern"),
        "of a pattern of keys, check-jsonschema tells"
    );
    let schema = parse(&schema::deployment());
    look(&schema, "");
    let definitions = schema["definitions"].as_object().expect("there are definitions");
    assert!(
        definitions.keys().all(|name| name.starts_with("not-") || name.starts_with("neither-"))
    );
}

/// Values, written in a way that TOML and JSON share.
const VALUES: &[&str] = &[
    "true",
    "false",
    r#""true""#,
    r#""True""#,
    r#"" true""#,
    r#"" FALSE ""#,
    r#""yes""#,
    r#""""#,
    "0",
    "1",
    "6",
    "300",
    "-1",
    r#""0""#,
    r#""007""#,
    r#""+5""#,
    r#""300""#,
    r#""5m""#,
    r#"" 6""#,
    r#""backward""#,
    r#""Backward""#,
    r#""local""#,
    r#""$env{VALUE}""#,
    r#""a-$sys{value}""#,
    r#""$env{VALUE""#,
    r#""authenticationendpoint/mobile.jsp""#,
    r#""https://id.example.org:9443/mobile.jsp""#,
    r#""id.example.org:9443/mobile.jsp""#,
    r#""a b.jsp""#,
    r#""a.jsp?b=1""#,
    r#"["true"]"#,
];

/// Rules about the form of a single value, which is what a schema can say too.
const FORM: [&str; 5] =
    ["not-a-boolean", "not-a-number", "not-a-choice", "bad-page", "wrong-shape"];

#[test]
fn the_schema_accepts_what_the_rules_accept() {
    let schema = parse(&schema::deployment());
    let all = SmsOtp::ALL.into_iter();
    for (of, parameter) in all.flat_map(|of| of.parameters().iter().map(move |it| (of, it))) {
        for written in VALUES {
            let value = parse(written);
            let document = json!({ parameter.name: value });
            let table = parameter_table(&schema, of);
            let found = rules_on(of, parameter, written);
            let is_of_kind = match parameter.kind {
                Kind::Boolean { .. } => true,
                Kind::Number { .. } => !value.is_boolean(),
                // The server takes `5` for the text "5"; an editor may well want the quotes.
                _ => value.is_string() || value.is_array(),
            };
            let name = parameter.name;
            let is_page = matches!(parameter.kind, Kind::Page { .. });
            if is_page && written.contains(|c: char| c.is_ascii_digit()) && !written.contains('/') {
                // That numbers make no page is for the rules to say.
            } else if !fits_part(&schema, table, &document) {
                assert!(!is_of_kind || !found.is_empty(), "{name} = {written} is fine");
            } else {
                // A value that works, and is only odd, is for the rules to say.
                let is_certain = |(rule, severity): &&(&str, Severity)| {
                    *severity == Severity::Error && FORM.contains(rule)
                };
                let form = found.iter().find(is_certain);
                assert_eq!(form, None, "{name} = {written} is not");
            }
        }
    }
}

/// The rules that speak of a value with a warning or an error.
fn rules_on(of: SmsOtp, parameter: &Parameter, value: &str) -> Vec<(&'static str, Severity)> {
    let text = format!("[{}]\n{} = {value}\n", of.parameter_table().join("."), parameter.name);
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let (environment, policy) = (Environment::default(), Policy::default());
    let profile = Profile::default();
    let options = Options { profile, environment: &environment, policy: &policy, ignores: true };
    let findings = check(&options.analyse(&document), &options).findings;
    let heavy = findings.iter().filter(|finding| finding.severity > Severity::Info);
    heavy.map(|finding| (finding.rule.name, finding.severity)).collect()
}

#[test]
fn the_built_in_section_may_have_new_names_and_none_of_the_other_section() {
    let schema = parse(&schema::deployment());
    let table = parameter_table(&schema, SmsOtp::BuiltIn);
    for parameter in PARAMETERS {
        let is_read = SmsOtp::BuiltIn.parameter(parameter.name).is_some();
        let value =
            if is_read { &table["properties"][parameter.name]["default"] } else { &Value::Null };
        let value = if value.is_null() { json!("x") } else { value.clone() };
        let name = parameter.name;
        assert_eq!(fits_part(&schema, table, &json!({ name: value })), is_read, "{name}");
    }
    assert!(fits_part(&schema, table, &json!({ "SomethingNew": [1] })));
}

#[test]
fn the_settings_of_the_authenticator_are_the_keys_of_its_table() {
    let schema = parse(&schema::deployment());
    let path = PARAMETER_TABLE.strip_suffix("/parameters").expect("it stands in a table");
    let keys = schema.pointer(path).and_then(Value::as_object).expect("the table has keys");
    let mut expected: Vec<_> = OWN.iter().map(|own| own.name).chain(["parameters"]).collect();
    expected.sort_unstable();
    assert_eq!(keys.keys().collect::<Vec<_>>(), expected);
}

#[test]
fn the_schema_of_the_configuration_is_its_type() {
    let schema = parse(&schema::config());
    let mut keys = KEYS;
    keys.sort_unstable();
    let properties = schema["properties"].as_object().expect("it has keys");
    assert_eq!(properties.keys().collect::<Vec<_>>(), keys);

    let agree = |toml: &str, value: Value| {
        assert_eq!(fits(&schema, &value), Config::parse(toml).is_ok(), "{toml}");
    };
    for release in Release::ALL.map(Release::as_str).into_iter().chain(["7.1.0", "7.", "7.9", ""]) {
        agree(&format!("is-version = {release:?}"), json!({ "is-version": release }));
    }
    for level in FailOn::ALL.map(FailOn::as_str).into_iter().chain(["off", "Error", ""]) {
        agree(&format!("fail-on = {level:?}"), json!({ "fail-on": level }));
    }
    agree("is-version = 7.1", json!({ "is-version": 7.1 }));
    agree("rules = 1", json!({ "rules": 1 }));
    agree("unknown = 1", json!({ "unknown": 1 }));

    for key in ["exclude", "include"] {
        agree(&format!("{key} = [\"a\", \"b/*\"]"), json!({ key: ["a", "b/*"] }));
        agree(&format!("{key} = [1]"), json!({ key: [1] }));
        agree(&format!("{key} = [\"\"]"), json!({ key: [""] }));
        agree(&format!("{key} = \"a\""), json!({ key: "a" }));
    }
    agree("overrides = 1", json!({ "overrides": 1 }));
    for (toml, value) in [
        ("files = [\"a\"]", json!({ "files": ["a"] })),
        ("is-version = \"7.1\"", json!({ "is-version": "7.1" })),
        ("files = []\nis-version = \"7.9\"", json!({ "files": [], "is-version": "7.9" })),
        (
            "files = []\nrules.style = \"info\"",
            json!({ "files": [], "rules": { "style": "info" } }),
        ),
        ("files = []\nfail-on = \"never\"", json!({ "files": [], "fail-on": "never" })),
    ] {
        agree(&format!("[[overrides]]\n{toml}"), json!({ "overrides": [value] }));
    }

    agree("expect = 1", json!({ "expect": 1 }));
    for (user, event) in
        [("locked", "login"), ("federated", "resend"), ("locked", "sleeps"), ("cat", "login")]
    {
        for outcome in Wanted::words().chain(["happy"]) {
            let quoted = format!("{user}.{event}");
            agree(
                &format!("expect.\"{quoted}\" = {outcome:?}"),
                json!({ "expect": { quoted: outcome } }),
            );
            let value = json!({ "expect": { user: { event: outcome } } });
            agree(&format!("expect.{user}.{event} = {outcome:?}"), value);
            agree(&format!("expect.{user} = {outcome:?}"), json!({ "expect": { user: outcome } }));
        }
    }

    let rules = RULES.iter().map(|rule| rule.info.name);
    let names: Vec<_> = rules.chain(Category::ALL.map(Category::as_str)).collect();
    let targets = schema["properties"]["rules"]["properties"].as_object().expect("it has keys");
    assert_eq!(targets.len(), names.len());
    for name in names.into_iter().chain(["no-such-rule"]) {
        for level in LEVELS.map(|(level, _)| level).into_iter().chain(["deny"]) {
            let value = json!({ "rules": { name: level } });
            agree(&format!("[rules]\n{name} = {level:?}"), value);
        }
    }
}
