//! The catalogue -> the schema of `[authentication.authenticator.sms_otp]`, and of `sms_otp_local`.

use serde_json::{Map, Value, json};

use super::{sentence, table};
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

pub(super) fn schema(of: SmsOtp) -> Value {
    let property = |parameter| property(of, parameter);
    let mut own: Map<String, Value> = of.own().iter().map(property).collect();
    if let Some(name) = own.get_mut(NAME) {
        name["pattern"] = or_reference(&format!("^{}$", of.registered()));
    }
    let about = "The parameters of the SMS OTP authenticator, by their exact names.";
    let others: Vec<_> = match of {
        SmsOtp::Connection => PARAMETERS.iter().flat_map(other_names).collect(),
        SmsOtp::BuiltIn => PARAMETERS.iter().filter_map(of_connection).collect(),
    };
    let names = of.parameters().iter().map(property).chain(others);
    let mut parameters = table(about, names.collect::<Map<String, Value>>());
    let about = match of {
        SmsOtp::Connection => "The SMS OTP authenticator of the connections to identity providers.",
        SmsOtp::BuiltIn => {
            // Updates bring new names.
            parameters["additionalProperties"] = true.into();
            "The SMS OTP authenticator that is built in from 7.0 on."
        }
    };
    own.insert(TABLE.to_owned(), parameters);
    table(about, own)
}

/// A parameter that the built-in authenticator does not read, so that no value is right.
fn of_connection(parameter: &Parameter) -> Option<(String, Value)> {
    let is_read = SmsOtp::BuiltIn.parameter(parameter.name).is_some();
    let about = "The built-in SMS OTP does not read this name, which is one of sms_otp.";
    let schema = json!({ "description": about, "deprecated": true, "not": {} });
    (!is_read).then(|| (parameter.name.to_owned(), schema))
}

fn property(of: SmsOtp, parameter: &Parameter) -> (String, Value) {
    let mut schema = typed(of, parameter);
    schema["description"] = description(of, parameter).into();
    if let Some(default) = default(of, parameter) {
        schema["default"] = default;
    }
    (parameter.name.to_owned(), schema)
}

/// The names that people write for a parameter. The server does not read them, so that no value
/// is right.
fn other_names(parameter: &Parameter) -> impl Iterator<Item = (String, Value)> {
    let real = parameter.name;
    parameter.aliases.iter().map(move |alias| {
        let unit = alias.unit.map(|unit| format!(", which does not count {unit}"));
        let unit = unit.unwrap_or_default();
        let about = format!("The server does not read this name. Write {real}{unit}.");
        let schema = json!({ "description": about, "deprecated": true, "not": {} });
        (alias.name.to_owned(), schema)
    })
}

/// What may be written: booleans and numbers in quotes too, and references in any string.
fn typed(of: SmsOtp, parameter: &Parameter) -> Value {
    match parameter.kind {
        Kind::Boolean { truth, .. } => {
            json!({ "type": ["boolean", "string"], "pattern": or_reference(switch(truth)) })
        }
        Kind::Number { .. } => {
            let profile = Profile::default();
            let does_harm = |flaw| parameter.consequence(flaw, profile).is_some();
            let (minimum, digits) = match does_harm(Flaw::Zero) {
                false => (0, "[0-9]+"),
                true => (1, "0*[1-9][0-9]*"),
            };
            let sign = if parameter.takes_plus(profile) { r"\+?" } else { "" };
            let pattern = or_reference(&match does_harm(Flaw::Empty) {
                true => format!("^{sign}{digits}$"),
                false => format!("^({sign}{digits})?$"),
            });
            json!({ "type": ["integer", "string"], "minimum": minimum, "pattern": pattern })
        }
        Kind::Choice { words } => {
            let others = json!({ "pattern": or_reference("^$") });
            json!({ "type": "string", "anyOf": [{ "enum": words }, others] })
        }
        Kind::Page { .. } if of == SmsOtp::BuiltIn => {
            json!({ "type": "string", "not": { "pattern": format!("://|{HOST_AND_PORT}") } })
        }
        Kind::Page { .. } => {
            let pattern = or_reference(PAGE);
            json!({ "type": "string", "pattern": pattern, "not": { "pattern": HOST_AND_PORT } })
        }
        Kind::List | Kind::Pattern | Kind::Text { .. } => json!({ "type": "string" }),
    }
}

/// The texts of a switch that are what they seem.
const fn switch(truth: Truth) -> &'static str {
    match truth {
        Truth::AnyCase => r"^([Tt][Rr][Uu][Ee]|\s*[Ff][Aa][Ll][Ss][Ee]\s*)$",
        Truth::AnyCaseOrEmpty => r"^([Tt][Rr][Uu][Ee]|\s*[Ff][Aa][Ll][Ss][Ee]\s*)?$",
        Truth::LowerCase => r"^(true|\s*[Ff][Aa][Ll][Ss][Ee]\s*)$",
    }
}

fn or_reference(pattern: &str) -> Value {
    format!("{pattern}|{REFERENCE}").into()
}

fn description(of: SmsOtp, parameter: &Parameter) -> String {
    let runs = defaults(of, parameter);
    let default = match &runs[..] {
        [always] => always.text(),
        runs => {
            let runs = runs.iter().map(|run| format!("{} in {}", run.text(), run.releases()));
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
