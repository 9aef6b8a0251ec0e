//! Settings of other parts of the server that are written into this section.

use crate::catalogue::{Foreign, foreign};
use crate::rules::foreign_name;
use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "foreign-parameter",
    category: Category::Ignored,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("foreign_parameter.md")),
    ..RuleInfo::PLAIN
};

const UNREAD: &str = "the SMS OTP authenticator does not read";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let section = &analysis.section;
    for written in section.parameters.iter().chain(&section.misplaced) {
        if let Some(foreign) = foreign(written.name()) {
            sink.push(finding(
                foreign,
                analysis.view.key(written.key()),
                written.entry.key_span(),
                written.dotted(),
            ));
        }
    }
    for wrong_shapes in &section.wrong_shapes {
        let name = wrong_shapes.name();
        if let (Some(foreign), Some(place)) = (foreign(name), wrong_shapes.places.first()) {
            let name = foreign_name(analysis, foreign, wrong_shapes);
            let found = finding(foreign, name, *place, wrong_shapes.dotted());
            sink.push(found.also_each(wrong_shapes.places[1..].iter().copied(), "and here"));
        }
    }
}

fn finding(foreign: &Foreign, name: Shown, place: Span, key: String) -> Diagnostic {
    let whose = foreign.owner.as_str();
    // A dot in it needs no quotes to be understood.
    let name: Message = match name.trim_matches('"') == foreign.name {
        true => foreign.name.into(),
        false => name.into(),
    };
    let several = message!("are settings of {}: {} any of them", whose, UNREAD);
    let message = message!("{} is a setting of {}: {} it", name, whose, UNREAD);
    INFO.at(place, message, "not read here")
        .key(key)
        .help(foreign.owner.advice())
        .relates(Relation::SharesCause { name: Some(name), text: several })
}
