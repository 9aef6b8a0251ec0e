//! Values that stop the server.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::fix::{Edit, Fix};
use crate::rules::{Analysis, Rule, Sink, short};
use crate::server::{Demand, MappedText, Refusal, RefusalKind, UnitFault, Validator, WantedType};
use crate::source::Source;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "refused-value",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "a value, in any section, that stops the server",
    server: "\
Before the server writes its own files it converts times to the unit of their key, asks validators \
about a few keys, and walks through lists and tables in its templates. A time whose unit is not d, \
h, m, s or ms, or that is less than one of the key's unit, a text where a list or a table is \
needed, and a value that a validator refuses stop it; it names neither the key nor its line in \
most cases. The keys are known for 6.0 to 7.1.",
    example: "\
[session.timeout]
idle_session_timeout = \"15 min\"
",
    instead: "\
[session.timeout]
idle_session_timeout = \"15m\"
",
    fixes: "\
Safe, where the rewrite is certain: \"15 min\" becomes \"15m\", and a text where a list is needed \
becomes a list of it. The server could not start before.",
    concerns: Concerns::Nothing,
    needs: Needs::Nothing,
    references: &[],
};

const NO_START: &str = "the server does not start";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let refusals = &analysis.server.refusals;
    sink.extend(refusals.iter().map(|refusal| finding(refusal, analysis)));
}

fn finding(refusal: &Refusal<'_>, analysis: &Analysis<'_>) -> Diagnostic {
    let path = analysis.view.path(refusal.written.path.iter().copied());
    let key = short(&path);
    let (message, label, help) = match &refusal.kind {
        RefusalKind::Forbidden => (
            format!("{key} is an alias of no key, whatever its value: {NO_START}"),
            "stops the server",
            "delete the setting: no release that is known takes it".to_owned(),
        ),
        RefusalKind::Unit(fault) => unit(&key, fault),
        RefusalKind::Invalid(validator) => invalid(&key, validator),
        RefusalKind::Missing(validator) => (
            format!("with this value of {key} the server needs {}: {NO_START}", validator.key),
            "makes the other key necessary",
            format!("give {} {}", validator.key, demand(validator.demand)),
        ),
        RefusalKind::WrongType(need) => wrong_type(&key, *need),
    };
    Diagnostic::new(&INFO, Severity::Error, message, Label::new(refusal.span, label))
        .key(refusal.written.dotted())
        .help(help)
        .fix(fix(refusal, analysis.document.source()))
}

fn unit(key: &str, fault: &UnitFault) -> (String, &'static str, String) {
    let (what, label, unit) = match fault {
        UnitFault::NoTime(unit) => ("is no number and no text", "no time", unit),
        UnitFault::NoNumber(unit) => ("holds no number", "no number", unit),
        UnitFault::Word(unit, _) => {
            ("has a unit that the server does not know", "not a unit", unit)
        }
        UnitFault::Zero(unit) => ("is less than one of them", "too little", unit),
    };
    let message = format!("{key} counts {}, and its value {what}: {NO_START}", unit.name);
    let letters = unit.letters;
    if let UnitFault::Zero(_) = fault {
        return (message, label, format!("write `\"1{letters}\"` or more"));
    }
    let help = format!(
        "write a number and one of the units d, h, m, s and ms without a blank, such as `\"5{letters}\"`"
    );
    (message, label, help)
}

fn invalid(key: &str, validator: &Validator) -> (String, &'static str, String) {
    let because = match validator.when {
        None => String::new(),
        Some((other, _)) => format!(" with this {other}"),
    };
    let must_be = demand(validator.demand);
    let message = format!("{key} must be {must_be}{because}: {NO_START}");
    (message, "refused", format!("write {must_be}"))
}

fn demand(demand: Demand) -> String {
    match demand {
        Demand::Text => "a text in quotes".to_owned(),
        Demand::Line => "a text of one line that is not empty".to_owned(),
        Demand::OneOf([word]) => format!("`\"{word}\"`"),
        Demand::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
            format!("one of {}", words.join(", "))
        }
    }
}

fn wrong_type(key: &str, need: WantedType) -> (String, &'static str, String) {
    let (what, help) = match need {
        WantedType::Table => ("a table", "write the settings in a table of this name"),
        WantedType::Tables => ("an array of tables", "write each element below a `[[..]]` header"),
        WantedType::List => ("a list", "write a list, as in `[\"A\", \"B\"]`"),
        WantedType::Text => ("a text", "write the value in quotes"),
    };
    let message =
        format!("{key} is not {what}, and a template of the server needs one there: {NO_START}");
    (message, "of another type", help.to_owned())
}

/// The rewrite that is certain to be meant.
fn fix(refusal: &Refusal<'_>, source: &Source) -> Option<Fix> {
    let span = refusal.span;
    let Value::String(text) = &refusal.written.entry.value else { return None };
    match &refusal.kind {
        RefusalKind::Unit(UnitFault::Word(_, Some((word, unit)))) => {
            let word = MappedText::read(source, span).written(word.clone())?;
            let title = format!("write `{}` for {}", unit.letters, unit.name);
            Some(Fix::safe(title, vec![Edit::replace(word, unit.letters)]))
        }
        // A comma may be meant to part the items.
        RefusalKind::WrongType(WantedType::List) if !text.contains(',') => {
            let edits = vec![Edit::insert(span.start, "["), Edit::insert(span.end, "]")];
            Some(Fix::safe("write a list of it", edits))
        }
        _ => None,
    }
}
