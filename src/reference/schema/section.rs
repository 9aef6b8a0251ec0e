//! The catalogue -> the schema of `[authentication.authenticator.sms_otp]`, and of `sms_otp_local`.

use serde_json::{Map, Value, json};

use super::{DEFINITIONS, not_read, sentence, table};
use crate::catalogue::{Flaw, Kind, PARAMETERS, Parameter, Profile, Truth};
use crate::reference::facts::{changes, defaults};
use crate::section::{NAME, PARAMETERS as TABLE, SmsOtp};

/// A reference that the server resolves, somewhere in a string.
const REFERENCE: &str = r"\$(env|ref|secret|sys)\{[^{}]*\}";

/// A page without a character that no URL holds, and without a query or fragment of its own. The
/// `#` of a character reference is neither.
const PAGE: &str = r##"^([^\s"<>\\^`{|}?#&]|&#?)*$"##;

/// A host where a URL has its scheme.
const HOST_AND_PORT: &str = r"^[^/:]+:[0-9]+(/|$)";

/// Strings that the server cannot use, under a name for people: it is what an editor shows.
struct UnusableText {
    name: String,
    schema: Value,
}

pub(super) fn schema(of: SmsOtp) -> Value {
    let property = |parameter| property(of, parameter);
    let about = "The parameters of the SMS OTP authenticator, by their exact names.";
    let properties: Map<String, Value> = of.parameters().iter().map(property).collect();
    let mut parameters = table(about, properties);
    let others: Map<String, Value> = match of {
        SmsOtp::Connection => PARAMETERS.iter().flat_map(other_names).collect(),
        SmsOtp::BuiltIn => PARAMETERS.iter().filter_map(of_connection).collect(),
    };
    parameters["patternProperties"] = others.into();
    let about = match of {
        SmsOtp::Connection => "The SMS OTP authenticator of the connections to identity providers.",
        SmsOtp::BuiltIn => {
            // Updates bring new names.
            parameters["additionalProperties"] = true.into();
            "The SMS OTP authenticator that is built in from 7.0 on."
        }
    };
    let mut own: Map<String, Value> = of.own().iter().map(property).collect();
    own.insert(TABLE.to_owned(), parameters);
    table(about, own)
}

/// The strings that the settings exclude, by name.
pub(super) fn definitions() -> Value {
    let all = SmsOtp::ALL.into_iter();
    let all = all.flat_map(|of| of.settings().map(move |it| (of, it)));
    let texts = all.filter_map(|(of, parameter)| unusable(of, parameter));
    texts.map(|text| (text.name, text.schema)).collect::<Map<_, _>>().into()
}

/// A parameter that the built-in authenticator does not read, so that no value is right.
fn of_connection(parameter: &Parameter) -> Option<(String, Value)> {
    let is_read = SmsOtp::BuiltIn.parameter(parameter.name).is_some();
    let about = "The built-in SMS OTP does not read this name, which is one of sms_otp.";
    (!is_read).then(|| (format!("^{}$", parameter.name), not_read(about)))
}

fn property(of: SmsOtp, parameter: &Parameter) -> (String, Value) {
    let mut schema = typed(of, parameter);
    schema["description"] = description(of, parameter).into();
    if let Some(default) = default(of, parameter) {
        schema["default"] = default;
    }
    (parameter.name.to_owned(), schema)
}

/// The names that people write for a parameter, which are none to complete.
fn other_names(parameter: &Parameter) -> impl Iterator<Item = (String, Value)> {
    let real = parameter.name;
    parameter.aliases.iter().map(move |alias| {
        let unit = alias.unit.map(|unit| format!(", which does not count {unit}"));
        let unit = unit.unwrap_or_default();
        let about = format!("The server does not read this name. Write {real}{unit}.");
        (format!("^{}$", alias.name), not_read(&about))
    })
}

/// What may be written: booleans and numbers in quotes too, and references in any string.
fn typed(of: SmsOtp, parameter: &Parameter) -> Value {
    let unusable = unusable(of, parameter)
        .map(|text| json!({ "$ref": format!("#/{DEFINITIONS}/{}", text.name) }));
    match parameter.kind {
        Kind::Boolean { .. } => json!({ "type": ["boolean", "string"], "not": unusable }),
        Kind::Number { .. } => {
            let minimum = u8::from(does_harm(parameter, Flaw::Zero));
            json!({ "type": ["integer", "string"], "minimum": minimum, "not": unusable })
        }
        Kind::Choice { words } => words_or(words, unusable),
        Kind::Page { .. } => json!({ "type": "string", "not": unusable }),
        Kind::Text { .. } if parameter.name == NAME => words_or(&[of.registered()], unusable),
        Kind::List | Kind::Pattern | Kind::Text { .. } => json!({ "type": "string" }),
    }
}

/// One of these words, which can be completed, or another text.
fn words_or(words: &[&str], unusable: Option<Value>) -> Value {
    json!({ "type": "string", "anyOf": [{ "type": "string", "enum": words }, { "type": "string", "not": unusable }] })
}

/// The strings that are no value of a setting.
fn unusable(of: SmsOtp, parameter: &Parameter) -> Option<UnusableText> {
    let (name, usable) = match parameter.kind {
        Kind::Boolean { truth, .. } => switch(truth),
        Kind::Number { .. } => number(parameter),
        Kind::Choice { .. } => ("not-one-of-the-words", "^$".to_owned()),
        Kind::Page { .. } if of == SmsOtp::BuiltIn => {
            let schema = json!({ "pattern": format!("://|{HOST_AND_PORT}") });
            return Some(UnusableText { name: "not-a-path".to_owned(), schema });
        }
        Kind::Page { .. } => ("not-a-path-or-url", PAGE.to_owned()),
        Kind::Text { .. } if parameter.name == NAME => {
            let schema = without(&format!("^{}$", of.registered()));
            return Some(UnusableText { name: format!("not-{}", of.registered()), schema });
        }
        Kind::List | Kind::Pattern | Kind::Text { .. } => return None,
    };
    let schema = match parameter.kind {
        Kind::Page { .. } => json!({ "anyOf": [without(&usable), { "pattern": HOST_AND_PORT }] }),
        _ => without(&usable),
    };
    Some(UnusableText { name: name.to_owned(), schema })
}

/// Every string but these and references.
fn without(usable: &str) -> Value {
    json!({ "not": { "pattern": format!("{usable}|{REFERENCE}") } })
}

/// The texts of a switch that are what they seem, behind a name for all others.
fn switch(truth: Truth) -> (&'static str, String) {
    const FALSE: &str = r"\s*[Ff][Aa][Ll][Ss][Ee]\s*";
    const TRUE: &str = "[Tt][Rr][Uu][Ee]";
    match truth {
        Truth::AnyCase => ("neither-true-nor-false", format!("^({TRUE}|{FALSE})$")),
        Truth::AnyCaseOrEmpty => {
            ("neither-true-nor-false-nor-empty", format!("^({TRUE}|{FALSE})?$"))
        }
        Truth::LowerCase => ("neither-lower-case-true-nor-false", format!("^(true|{FALSE})$")),
    }
}

/// The texts that are a number, behind a name for all others.
fn number(parameter: &Parameter) -> (&'static str, String) {
    let sign = if parameter.takes_plus(Profile::default()) { r"\+?" } else { "" };
    match (does_harm(parameter, Flaw::Zero), does_harm(parameter, Flaw::Empty)) {
        (true, _) => ("not-a-whole-number-above-0", format!("^{sign}0*[1-9][0-9]*$")),
        (false, true) => ("not-a-whole-number", format!("^{sign}[0-9]+$")),
        (false, false) => ("not-a-whole-number-nor-empty", format!("^({sign}[0-9]+)?$")),
    }
}

fn does_harm(parameter: &Parameter, flaw: Flaw) -> bool {
    parameter.consequence(flaw, Profile::default()).is_some()
}

fn description(of: SmsOtp, parameter: &Parameter) -> String {
    let runs = defaults(of, parameter);
    let default = match &runs[..] {
        [always] => always.text(str::to_owned),
        runs => {
            let runs =
                runs.iter().map(|run| format!("{} in {}", run.text(str::to_owned), run.releases()));
            runs.collect::<Vec<_>>().join(", ")
        }
    };
    let summary = sentence(parameter.summary);
    let changes = changes(of, parameter.name).into_iter();
    let changes: String =
        changes.map(|change| format!("\n\nFrom {}: {}.", change.release, change.text)).collect();
    format!("{summary}\n\n{}\n\nDefault: {default}.{changes}", parameter.detail)
}

/// The value that leaving the parameter out amounts to, with the documented defaults.
fn default(of: SmsOtp, parameter: &Parameter) -> Option<Value> {
    let profile = of.profile(Profile::default());
    let shipped = parameter.default(profile);
    let used = shipped.or_else(|| parameter.fallback(profile));
    match parameter.kind {
        Kind::Boolean { .. } => used.map(|text| (text == "true").into()),
        Kind::Number { .. } => used.and_then(|text| text.parse::<u64>().ok()).map(Value::from),
        Kind::Choice { .. } => used.map(Value::from),
        // What the server uses without them is no value that anybody would write.
        Kind::Page { .. } | Kind::List | Kind::Pattern | Kind::Text { .. } => {
            shipped.map(Value::from)
        }
    }
}
