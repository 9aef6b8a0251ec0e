//! The catalogue -> the schema of `[authentication.authenticator.sms_otp]`.

use serde_json::{Map, Value, json};

use super::{DEFINITIONS, not_read, sentence, table};
use crate::catalogue::{Flaw, Kind, OWN, PARAMETERS, Parameter, Profile, Truth};
use crate::reference::facts::defaults;
use crate::section::SMSOTP;
use crate::section::{NAME, PARAMETERS as TABLE};

/// A reference that the server resolves, somewhere in a string.
const REFERENCE: &str = r"\$(env|ref|secret|sys)\{[^{}]*\}";

/// A page without a character that no URL holds, and without a query or fragment of its own. The
/// `#` of a character reference is neither.
const PAGE: &str = r##"^([^\s"<>\\^`{|}?#&]|&#?)*$"##;

/// A host where a URL has its scheme.
const HOST_AND_PORT: &str = r"^[^/:]+:[0-9]+(/|$)";

/// Strings that the server cannot use, under a name for people: it is what an editor shows.
struct UnusableText {
    name: &'static str,
    schema: Value,
}

pub(super) fn schema() -> Value {
    let mut own: Map<String, Value> = OWN.iter().map(property).collect();
    let parameters: Map<String, Value> = PARAMETERS.iter().map(property).collect();
    let about = "The parameters of the SMS OTP authenticator, by their exact names.";
    let mut parameters = table(about, parameters);
    let others: Map<String, Value> = PARAMETERS.iter().flat_map(other_names).collect();
    parameters["patternProperties"] = others.into();
    own.insert(TABLE.to_owned(), parameters);
    table("The SMS OTP authenticator of the connections to identity providers.", own)
}

/// The strings that the settings exclude, by name.
pub(super) fn definitions() -> Value {
    let texts = OWN.iter().chain(PARAMETERS).filter_map(unusable);
    texts.map(|text| (text.name.to_owned(), text.schema)).collect::<Map<_, _>>().into()
}

fn property(parameter: &Parameter) -> (String, Value) {
    let mut schema = typed(parameter);
    schema["description"] = description(parameter).into();
    if let Some(default) = default(parameter) {
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
fn typed(parameter: &Parameter) -> Value {
    let unusable =
        unusable(parameter).map(|text| json!({ "$ref": format!("#/{DEFINITIONS}/{}", text.name) }));
    match parameter.kind {
        Kind::Boolean { .. } => json!({ "type": ["boolean", "string"], "not": unusable }),
        Kind::Number { .. } => {
            let minimum = u8::from(does_harm(parameter, Flaw::Zero));
            json!({ "type": ["integer", "string"], "minimum": minimum, "not": unusable })
        }
        Kind::Choice { words } => words_or(words, unusable),
        Kind::Page { .. } => json!({ "type": "string", "not": unusable }),
        Kind::Text { .. } if parameter.name == NAME => words_or(&[SMSOTP], unusable),
        Kind::List | Kind::Pattern | Kind::Text { .. } => json!({ "type": "string" }),
    }
}

/// One of these words, which can be completed, or another text.
fn words_or(words: &[&str], unusable: Option<Value>) -> Value {
    json!({ "type": "string", "anyOf": [{ "type": "string", "enum": words }, { "type": "string", "not": unusable }] })
}

/// The strings that are no value of a setting.
fn unusable(parameter: &Parameter) -> Option<UnusableText> {
    let (name, usable) = match parameter.kind {
        Kind::Boolean { truth, .. } => switch(truth),
        Kind::Number { .. } => number(parameter),
        Kind::Choice { .. } => ("not-one-of-the-words", "^$".to_owned()),
        Kind::Page { .. } => ("not-a-path-or-url", PAGE.to_owned()),
        Kind::Text { .. } if parameter.name == NAME => ("not-SMSOTP", format!("^{SMSOTP}$")),
        Kind::List | Kind::Pattern | Kind::Text { .. } => return None,
    };
    let without = json!({ "not": { "pattern": format!("{usable}|{REFERENCE}") } });
    let schema = match parameter.kind {
        Kind::Page { .. } => json!({ "anyOf": [without, { "pattern": HOST_AND_PORT }] }),
        _ => without,
    };
    Some(UnusableText { name, schema })
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

fn description(parameter: &Parameter) -> String {
    let runs = defaults(parameter);
    let default = match &runs[..] {
        [always] => always.text(),
        runs => {
            let runs = runs.iter().map(|run| format!("{} in {}", run.text(), run.releases()));
            runs.collect::<Vec<_>>().join(", ")
        }
    };
    let summary = sentence(parameter.summary);
    format!("{summary}\n\n{}\n\nDefault: {default}.", parameter.detail)
}

/// The value that leaving the parameter out amounts to, with the documented defaults.
fn default(parameter: &Parameter) -> Option<Value> {
    let profile = Profile::default();
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
