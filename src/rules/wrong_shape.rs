//! Tables where a single value is read, and the reverse.

use crate::catalogue::{Flaw, Kind, Parameter, Profile, foreign};
use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::rules::{Analysis, Rule, Sink, as_key, keeps};
use crate::section::{
    AUTHENTICATOR, ENABLE, NAME, PARAMETERS, Section, SettingEntry, Shape, SmsOtp, WrongShape,
};
use crate::server::java_text;
use crate::toml::{Value, dotted};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "wrong-shape",
    category: Category::Ignored,
    level: Some(Severity::Error),
    summary: "a table, array or date where a single value is read, or no table where one is read",
    server: "\
When sms_otp or parameters is an array of tables or a single value, what is written there never \
arrives, and an arbitrary part of the shipped defaults is lost. A table in place of a parameter's \
value arrives as one text such as {a=1}; where the parameter has a shipped default, chance decides \
between that text and the default. An empty table is the same as none. An array or a date arrives \
as one text, brackets included.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
secondaryUserstore = [\"PRIMARY\", \"PARTNERS\"]
usecase = \"association\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
secondaryUserstore = \"PRIMARY,PARTNERS\"
usecase = \"association\"
",
    fixes: "None: which single value is meant is not for the file to say.",
    concerns: Concerns::Every,
    needs: Needs::Nothing,
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, _) in analysis.sections() {
        let profile = section.of.profile(analysis.profile);
        check_section(section, profile, sink);
    }
}

fn check_section(section: &Section<'_, '_>, profile: Profile, sink: &mut Sink) {
    let of = section.of;
    for wrong_shapes in &section.wrong_shapes {
        if is_section(wrong_shapes, of) {
            sink.push(no_table(wrong_shapes));
        } else if is_read(wrong_shapes) && foreign(wrong_shapes.name()).is_none() {
            sink.push(no_value(of, profile, wrong_shapes));
        }
    }
    for written in section.parameters.iter().filter(|written| foreign(written.name()).is_none()) {
        sink.extend(parameter_value(of, profile, written));
    }
    // A name in another shape has a text that is not the right one, which says more.
    sink.extend(section.enable.iter().filter_map(|enable| single_value(of, profile, enable)));
    let name = section.name.iter().filter(|name| is_table(&name.entry.value));
    sink.extend(name.filter_map(|name| single_value(of, profile, name)));
}

/// Whether it is the section itself or its table of parameters.
fn is_section(wrong_shapes: &WrongShape<'_, '_>, of: SmsOtp) -> bool {
    let names = wrong_shapes.path.iter().map(|key| key.name.as_ref());
    let table = of.parameter_table();
    wrong_shapes.path.len() <= table.len()
        && names.eq(table.into_iter().take(wrong_shapes.path.len()))
}

/// Whether the server looks there for a single value.
fn is_read(wrong_shapes: &WrongShape<'_, '_>) -> bool {
    let below = wrong_shapes.path.iter().skip(AUTHENTICATOR.len()).map(|key| key.name.as_ref());
    below.take(1).all(|name| matches!(name, ENABLE | NAME | PARAMETERS))
}

/// The section or its parameters in another shape than a table.
fn no_table(wrong_shapes: &WrongShape<'_, '_>) -> Diagnostic {
    let path = wrong_shapes.dotted();
    let (shape, lost) = match (wrong_shapes.shape, wrong_shapes.entries.first()) {
        (Shape::Single, Some(written)) => (a_kind(&written.entry.value), LOST),
        (Shape::Below, _) => ("inside an array of tables", ""),
        _ => ("an array of tables", LOST),
    };
    let mut finding = finding(
        wrong_shapes,
        format!(
            "`{path}` is {shape}, and the server reads one table: what is written there never \
             arrives{lost}"
        ),
    );
    finding.primary.message = "not a table of its own".into();
    finding.help(format!("begin the table with `[{path}]`, in single brackets"))
}

/// What else is lost when the section or its parameters are no table.
const LOST: &str = ", and an arbitrary part of the shipped defaults is lost";

/// A table in place of a parameter, of `enable` or of `name`.
fn no_value(of: SmsOtp, profile: Profile, wrong_shapes: &WrongShape<'_, '_>) -> Diagnostic {
    let name = wrong_shapes.name();
    let table = match (wrong_shapes.shape, &wrong_shapes.entries[..]) {
        (Shape::Table, []) => empty_table(of, profile, name),
        (Shape::Table, [only]) if only.path.len() == wrong_shapes.path.len() + 1 => {
            of_a_table(of, profile, name, table_text(only.name(), &only.entry.value))
        }
        (Shape::Table, _) => of_a_table(of, profile, name, None),
        _ => "and the server reads a single value".to_owned(),
    };
    let (shape, consequence) = match wrong_shapes.shape {
        Shape::Table => ("a table", table),
        _ => ("an array of tables", table),
    };
    let found = finding(wrong_shapes, format!("{} is {shape}, {consequence}", as_key(name)));
    advise(found, of, name)
}

/// A parameter whose value has another shape.
fn parameter_value(
    of: SmsOtp,
    profile: Profile,
    written: &SettingEntry<'_, '_>,
) -> Option<Diagnostic> {
    // An array or date under a name that nobody reads is lost with the name.
    let is_judged = of.parameter(written.name()).is_some() || is_table(&written.entry.value);
    is_judged.then(|| single_value(of, profile, written)).flatten()
}

fn single_value(
    of: SmsOtp,
    profile: Profile,
    written: &SettingEntry<'_, '_>,
) -> Option<Diagnostic> {
    let name = written.name();
    let consequence = match &written.entry.value {
        Value::Table(entries) if entries.is_empty() => empty_table(of, profile, name),
        Value::Table(entries) => {
            let text = match &entries[..] {
                [only] if only.keys.len() == 1 => table_text(&only.keys[0].name, &only.value),
                _ => None,
            };
            of_a_table(of, profile, name, text)
        }
        Value::Array(_) => {
            format!(
                "which arrives as one text, brackets included{}",
                misread(profile, of.parameter(name))
            )
        }
        Value::Datetime(_) => {
            // What a free text says is not for the server to judge.
            let judged = of.parameter(name).filter(|parameter| {
                let kind = &parameter.kind;
                matches!(kind, Kind::Boolean { .. } | Kind::Number { .. } | Kind::Choice { .. })
            });
            format!("which arrives as its text{}", misread(profile, judged))
        }
        _ => return None,
    };
    let shape = a_kind(&written.entry.value);
    let found = Diagnostic::new(
        &INFO,
        Severity::Error,
        format!("{} is {shape}, {consequence}", as_key(name)),
        Label::new(written.entry.value_span, "not a single value"),
    )
    .key(written.dotted());
    Some(advise(found, of, name))
}

fn finding(wrong_shapes: &WrongShape<'_, '_>, message: String) -> Diagnostic {
    let place = wrong_shapes.places.first().copied().unwrap_or_default();
    let label = Label::new(place, "not a single value");
    let mut found =
        Diagnostic::new(&INFO, Severity::Error, message, label).key(wrong_shapes.dotted());
    for other in wrong_shapes.places.iter().skip(1) {
        found = found.also(*other, "and here");
    }
    found
}

fn advise(finding: Diagnostic, of: SmsOtp, name: &str) -> Diagnostic {
    let kind = of.parameter(name).map(|parameter| &parameter.kind);
    if name == PARAMETERS {
        let path = dotted(of.parameter_table());
        return finding.help(format!("write what it holds in `[{path}]`, one level up"));
    }
    finding.help(match kind {
        Some(Kind::List) => format!("write the items in one string: {name} = \"A,B\""),
        Some(kind) => format!("write a single value: {name} is a {}", kind.as_str()),
        None => "write a single value".to_owned(),
    })
}

/// What becomes of a table in place of a value.
fn of_a_table(of: SmsOtp, profile: Profile, name: &str, text: Option<String>) -> String {
    let text = text.unwrap_or_else(|| "text of the table".to_owned());
    let Some(parameter) = of.parameter(name) else {
        return match name {
            ENABLE | NAME => "and the server reads a single value".to_owned(),
            _ => format!("which becomes one parameter with the {text}, and nobody reads that"),
        };
    };
    match parameter.default(profile) {
        Some(default) => format!(
            "and the server reads a single value: chance decides between the {text} and the \
             default {default}"
        ),
        None => format!("which arrives as the {text}{}", misread(profile, Some(parameter))),
    }
}

fn empty_table(of: SmsOtp, profile: Profile, name: &str) -> String {
    let keeps = of.parameter(name).map(|parameter| keeps(parameter, profile));
    let keeps = keeps.map_or_else(String::new, |keeps| format!(": {keeps}"));
    format!("and an empty table is the same as none{keeps}")
}

/// The text that a table with this one entry becomes, where that is known and short.
fn table_text(key: &str, value: &Value<'_>) -> Option<String> {
    const LONGEST: usize = 40;
    let is_single = !matches!(value, Value::Placeholder(_) | Value::Table(_) | Value::Array(_));
    let text = format!("text `{{{key}={}}}`", java_text::text(value));
    (is_single && text.len() <= LONGEST && !text.contains(char::is_control)).then_some(text)
}

/// The consequence of a value that the server cannot use, with a colon in front.
fn misread(profile: Profile, parameter: Option<&Parameter>) -> String {
    let consequence = parameter.and_then(|it| it.consequence(Flaw::Unusable, profile));
    consequence.map_or_else(String::new, |consequence| format!(": {consequence}"))
}

fn is_table(value: &Value<'_>) -> bool {
    matches!(value, Value::Table(_))
}

fn a_kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::String(_) | Value::Placeholder(_) => "a string",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "a boolean",
        Value::Datetime(_) => "a date or time",
        Value::Array(_) => "an array",
        Value::Table(_) => "a table",
    }
}
