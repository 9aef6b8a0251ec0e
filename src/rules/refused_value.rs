//! Values that stop the server.

use crate::rules::prelude::*;
use crate::server::{
    Demand, MappedText, Refusal, RefusalKind, TimeUnit, UnitFault, Validator, WantedType,
};
use crate::source::Source;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "refused-value",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("refused_value.md")),
    ..RuleInfo::PLAIN
};

const NO_START: &str = "the server does not start";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let refusals = &analysis.server.refusals;
    sink.extend(refusals.iter().map(|refusal| finding(refusal, analysis)));
}

fn finding(refusal: &Refusal<'_>, analysis: &Analysis<'_>) -> Diagnostic {
    let key = analysis.view.dotted(refusal.written.path.iter().copied());
    let (message, label, help) = match &refusal.kind {
        RefusalKind::Forbidden => (
            message!("{} is an alias of no key, whatever its value: {}", key, NO_START),
            "stops the server",
            "delete the setting: no release that is known takes it".into(),
        ),
        RefusalKind::Unit(own, fault) => unit(&key, own, fault),
        RefusalKind::Invalid(validator) => invalid(&key, validator),
        RefusalKind::Missing(validator) => (
            message!("with this value of {} the server needs {}: {}", key, validator.key, NO_START),
            "makes the other key necessary",
            message!("give {} {}", validator.key, demand(validator.demand)),
        ),
        RefusalKind::WrongType(need) => wrong_type(&key, *need),
    };
    INFO.at(refusal.span, message, label)
        .key(refusal.written.dotted())
        .help(help)
        .fix(fix(refusal, analysis.document.source()))
}

/// What is said of a value: the message, a label and a help.
type RefusalWords = (Message, &'static str, Message);

fn unit(key: &Shown, own: &TimeUnit, fault: &UnitFault) -> RefusalWords {
    let (what, label) = match fault {
        UnitFault::NoTime => ("is no number and no text", "no time"),
        UnitFault::NoNumber => ("holds no number", "no number"),
        UnitFault::Word(_) => ("has a unit that the server does not know", "not a unit"),
        UnitFault::Zero => ("is less than one of them", "too little"),
    };
    let message = message!("{} counts {}, and its value {}: {}", key, own.name, what, NO_START);
    let help = match fault {
        UnitFault::Zero => message!("write `\"1{}\"` or more", own.letters),
        _ => message!(
            "write a number and one of the units d, h, m, s and ms without a blank, such as `\"5{}\"`",
            own.letters
        ),
    };
    (message, label, help)
}

fn invalid(key: &Shown, validator: &Validator) -> RefusalWords {
    let because = match validator.when {
        None => Message::default(),
        Some((other, _)) => message!(" with this {}", other),
    };
    let must_be = demand(validator.demand);
    let message = message!("{} must be {}{}: {}", key, must_be, because, NO_START);
    (message, "refused", message!("write {}", must_be))
}

fn demand(demand: Demand) -> Message {
    let quoted = |word: &&'static str| message!("`\"{}\"`", word);
    match demand {
        Demand::Text => "a text in quotes".into(),
        Demand::Line => "a text of one line that is not empty".into(),
        Demand::OneOf([word]) => quoted(word),
        Demand::OneOf(words) => {
            message!("one of {}", Message::joined(words.iter().map(quoted), ", "))
        }
    }
}

fn wrong_type(key: &Shown, need: WantedType) -> RefusalWords {
    let (what, help) = match need {
        WantedType::Table => ("a table", "write the settings in a table of this name"),
        WantedType::Tables => ("an array of tables", "write each element below a `[[..]]` header"),
        WantedType::List => ("a list", "write a list, as in `[\"A\", \"B\"]`"),
        WantedType::Text => ("a text", "write the value in quotes"),
    };
    let message = message!(
        "{} is not {}, and a template of the server needs one there: {}",
        key,
        what,
        NO_START
    );
    (message, "of another type", help.into())
}

/// The rewrite that is certain to be meant.
fn fix(refusal: &Refusal<'_>, source: &Source) -> Option<Fix> {
    let span = refusal.span;
    let Value::String(text) = &refusal.written.entry.value else { return None };
    match &refusal.kind {
        RefusalKind::Unit(_, UnitFault::Word(Some((word, unit)))) => {
            let word = MappedText::read(source, span).written(word.clone())?;
            let title = message!("write `{}` for {}", unit.letters, unit.name);
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
