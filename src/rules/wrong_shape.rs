//! Tables where a single value is read, and the reverse.

use crate::catalogue::{Flaw, Kind, Parameter, foreign};
use crate::rules::keeps;
use crate::rules::prelude::*;
use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS, Section, Shape, SmsOtp, WrongShape};
use crate::toml::{Entry, Key, Value};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "wrong-shape",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("wrong_shape.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, _) in analysis.sections() {
        check_section(analysis, section, sink);
    }
}

fn check_section(analysis: &Analysis<'_>, section: &Section<'_>, sink: &mut Sink) {
    let of = section.of;
    for wrong_shapes in &section.wrong_shapes {
        if is_section(wrong_shapes, of) {
            sink.push(no_table(analysis, wrong_shapes));
        } else if is_read(wrong_shapes) && foreign(wrong_shapes.name()).is_none() {
            sink.push(no_value(analysis, of, wrong_shapes));
        }
    }
    for written in section.parameters.iter().filter(|written| foreign(written.name()).is_none()) {
        sink.extend(parameter_value(analysis, of, written));
    }
    // A name in another shape has a text that is not the right one, which says more.
    sink.extend(section.enable.iter().filter_map(|enable| single_value(analysis, of, enable)));
    let name = section.name.iter().filter(|name| name.is_table());
    sink.extend(name.filter_map(|name| single_value(analysis, of, name)));
}

/// Whether it is the section itself or its table of parameters.
fn is_section(wrong_shapes: &WrongShape<'_>, of: SmsOtp) -> bool {
    let names = wrong_shapes.path.iter().map(|key| key.name.as_ref());
    let table = of.parameter_table();
    wrong_shapes.path.len() <= table.len()
        && names.eq(table.into_iter().take(wrong_shapes.path.len()))
}

/// Whether the server looks there for a single value.
fn is_read(wrong_shapes: &WrongShape<'_>) -> bool {
    let below = wrong_shapes.path.iter().skip(AUTHENTICATOR.len()).map(|key| key.name.as_ref());
    below.take(1).all(|name| matches!(name, ENABLE | NAME | PARAMETERS))
}

/// The section or its parameters in another shape than a table.
fn no_table(analysis: &Analysis<'_>, wrong_shapes: &WrongShape<'_>) -> Diagnostic {
    let path = analysis.view.dotted(wrong_shapes.path.iter().copied());
    let (shape, lost) = match (wrong_shapes.shape, wrong_shapes.entries.first()) {
        (Shape::Single, Some(written)) => (a_kind(&written.entry.value), LOST),
        (Shape::Below, _) => ("inside an array of tables", ""),
        _ => ("an array of tables", LOST),
    };
    let mut finding = finding(
        wrong_shapes,
        message!(
            "`{}` is {}, and the server reads one table: what is written there never arrives{}",
            path,
            shape,
            lost
        ),
    );
    finding.primary.message = "not a table of its own".into();
    finding.help(message!("begin the table with `[{}]`, in single brackets", path))
}

/// What else is lost when the section or its parameters are no table.
const LOST: &str = ", and an arbitrary part of the shipped defaults is lost";

/// A table in place of a parameter, of `enable` or of `name`.
fn no_value(analysis: &Analysis<'_>, of: SmsOtp, wrong_shapes: &WrongShape<'_>) -> Diagnostic {
    let name = wrong_shapes.name();
    let table = match (wrong_shapes.shape, &wrong_shapes.entries[..]) {
        (Shape::Table, []) => empty_table(analysis, of, name),
        (Shape::Table, [only]) if only.path.len() == wrong_shapes.path.len() + 1 => {
            let Entry { value, value_span, .. } = only.entry;
            let text = table_text(analysis, only.key(), value, *value_span);
            of_a_table(analysis, of, name, text)
        }
        (Shape::Table, _) => of_a_table(analysis, of, name, None),
        _ => "and the server reads a single value".into(),
    };
    let shape = match wrong_shapes.shape {
        Shape::Table => "a table",
        _ => "an array of tables",
    };
    let shown = analysis.view.dotted(wrong_shapes.path.last().copied());
    let found = finding(wrong_shapes, message!("{} is {}, {}", shown, shape, table));
    advise(found, of, name)
}

/// A parameter whose value has another shape.
fn parameter_value(
    analysis: &Analysis<'_>,
    of: SmsOtp,
    written: &SettingEntry<'_>,
) -> Option<Diagnostic> {
    // An array or date under a name that nobody reads is lost with the name.
    let is_judged = of.parameter(written.name()).is_some() || written.is_table();
    is_judged.then(|| single_value(analysis, of, written)).flatten()
}

fn single_value(
    analysis: &Analysis<'_>,
    of: SmsOtp,
    written: &SettingEntry<'_>,
) -> Option<Diagnostic> {
    let name = written.name();
    let consequence = match &written.entry.value {
        Value::Table(entries) if entries.is_empty() => empty_table(analysis, of, name),
        Value::Table(entries) => {
            let text = match &entries[..] {
                [only] if only.keys.len() == 1 => {
                    table_text(analysis, &only.keys[0], &only.value, only.value_span)
                }
                _ => None,
            };
            of_a_table(analysis, of, name, text)
        }
        Value::Array(_) => {
            message!(
                "which arrives as one text, brackets included{}",
                misread(analysis, of, of.parameter(name))
            )
        }
        Value::Datetime(_) => {
            // What a free text says is not for the server to judge.
            let judged = of.parameter(name).filter(|parameter| {
                let kind = &parameter.kind;
                matches!(kind, Kind::Boolean { .. } | Kind::Number { .. } | Kind::Choice { .. })
            });
            message!("which arrives as its text{}", misread(analysis, of, judged))
        }
        _ => return None,
    };
    let shape = a_kind(&written.entry.value);
    let message = message!("{} is {}, {}", analysis.view.key(written.key()), shape, consequence);
    let found = INFO.at_value(written, message, "not a single value");
    Some(advise(found, of, name))
}

fn finding(wrong_shapes: &WrongShape<'_>, message: Message) -> Diagnostic {
    let place = wrong_shapes.places.first().copied().unwrap_or_default();
    INFO.at(place, message, "not a single value")
        .key(wrong_shapes.dotted())
        .also_each(wrong_shapes.places.iter().skip(1).copied(), "and here")
}

fn advise(finding: Diagnostic, of: SmsOtp, name: &str) -> Diagnostic {
    if name == PARAMETERS {
        let table = of.parameters_dotted();
        return finding.help(message!("write what it holds in `[{}]`, one level up", table));
    }
    finding.help(match of.parameter(name).map(|known| (known.name, &known.kind)) {
        Some((name, Kind::List)) => {
            message!("write the items in one string: {} = \"A,B\"", name)
        }
        Some((name, kind)) => message!("write a single value: {} is a {}", name, kind.as_str()),
        None => "write a single value".into(),
    })
}

/// What becomes of a table in place of a value.
fn of_a_table(analysis: &Analysis<'_>, of: SmsOtp, name: &str, text: Option<Shown>) -> Message {
    let text: Message = match text {
        Some(text) => message!("text `{}`", text),
        None => "text of the table".into(),
    };
    let Some(parameter) = of.parameter(name) else {
        return match name {
            ENABLE | NAME => "and the server reads a single value".into(),
            _ => message!("which becomes one parameter with the {}, and nobody reads that", text),
        };
    };
    match parameter.default(of.profile(analysis.profile)) {
        Some(default) => message!(
            "and the server reads a single value: chance decides between the {} and the default {}",
            text,
            default
        ),
        None => message!("which arrives as the {}{}", text, misread(analysis, of, Some(parameter))),
    }
}

fn empty_table(analysis: &Analysis<'_>, of: SmsOtp, name: &str) -> Message {
    const SAME: &str = "and an empty table is the same as none";
    match of.parameter(name) {
        Some(parameter) => message!("{}: {}", SAME, keeps(parameter, of.profile(analysis.profile))),
        None => SAME.into(),
    }
}

/// The text that a table with this one entry becomes, where that is known and short.
fn table_text(
    analysis: &Analysis<'_>,
    key: &Key<'_>,
    value: &Value<'_>,
    place: Span,
) -> Option<Shown> {
    const LONGEST: usize = 33;
    let is_single = !matches!(value, Value::Placeholder(_) | Value::Table(_) | Value::Array(_));
    let text = analysis.view.as_map(key, value, place);
    (is_single && text.len() <= LONGEST && !text.contains(char::is_control)).then_some(text)
}

/// The consequence of a value that the server cannot use, with a colon in front.
fn misread(analysis: &Analysis<'_>, of: SmsOtp, parameter: Option<&Parameter>) -> Message {
    let profile = of.profile(analysis.profile);
    let consequence = parameter.and_then(|it| it.consequence(Flaw::Unusable, profile));
    consequence.map_or_else(Message::default, |consequence| message!(": {}", consequence))
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
