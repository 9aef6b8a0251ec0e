//! Settings one level too high or too low: beside the table of parameters, or inside it.

use crate::catalogue::foreign;
use crate::edits::Inserter;
use crate::rules::prelude::*;
use crate::rules::{keeps, other_unit};
use crate::section::{NAME, PARAMETERS, Section, SmsOtp, WrongShape, own_setting};
use crate::toml::{Key, Value};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "misplaced-parameter",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("misplaced_parameter.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, _) in analysis.sections() {
        check_section(analysis, section, sink);
    }
}

fn check_section(analysis: &Analysis<'_>, section: &Section<'_>, sink: &mut Sink) {
    for stray in &section.misplaced {
        sink.extend(match own_setting(stray.name()) {
            Some(right) => Some(misspelt(analysis, section, stray, right)),
            None => beside(analysis, section, stray),
        });
    }
    let tables = section.wrong_shapes.iter();
    sink.extend(tables.filter_map(|wrong_shapes| table_beside(analysis, section.of, wrong_shapes)));
    for written in &section.parameters {
        if let Some(right) = own_setting(written.name()).filter(|_| !written.is_table()) {
            sink.push(inside(analysis, section, written, right));
        }
    }
}

/// `Enable`, `enabled`, `nmae`: in the right place, under a name that is not read.
fn misspelt(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    written: &SettingEntry<'_>,
    right: &'static str,
) -> Diagnostic {
    let wrong = analysis.view.key(written.key());
    let message =
        message!("{} is dropped: the server reads {}, in exactly this spelling", wrong, right);
    let finding = INFO.at_key(written, message, "unknown name");
    match written_setting(section, right) {
        Some(target) => finding.also(target.span(), "the one that is read").help(message!(
            "the file sets {} too: delete {}",
            right,
            wrong
        )),
        None => {
            let key = written.entry.keys.last().filter(|_| may_count(written, right, section.of));
            let edits = key.map(|key| vec![edits::rename(key, right)]);
            let title = message!("rename it to {}", right);
            let help = advice(written, right, section.of, "here".into());
            finding.help(help).fix(fix(title, edits))
        }
    }
}

/// Where settings are that belong to the parameters.
fn one_level_up(of: SmsOtp, are: &'static str, them: &'static str) -> Message {
    message!(
        "{} in [{}]; the server reads {} only in [{}]",
        are,
        of.dotted(),
        them,
        of.parameters_dotted()
    )
}

const NOT_BELOW: &str = "not below parameters";

/// A parameter directly below the authenticator, perhaps misspelt too.
fn beside(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    written: &SettingEntry<'_>,
) -> Option<Diagnostic> {
    let name = written.name();
    if foreign(name).is_some() {
        return None;
    }
    let near = section.of.nearest(name)?;
    let (wrong, right) = (analysis.view.key(written.key()), near.parameter.name);
    let target = section.parameter(right);
    let consequence = match target {
        Some(_) => "the value is not used".into(),
        None => keeps(near.parameter, section.of.profile(analysis.profile)),
    };
    let message = message!("{} {}: {}", wrong, one_level_up(section.of, "is", "it"), consequence);
    let mut finding = INFO.at_setting(written, message, NOT_BELOW);
    if let Some(target) = target {
        return Some(
            finding
                .also(target.span(), "the one that is read")
                .help(message!("the file sets {} too: delete one of the two", right)),
        );
    }
    if let Some(help) = other_unit(&wrong, near) {
        finding = finding.help(help);
    } else if written.name() != right {
        finding = finding.help(message!("the right name of {} is {}", wrong, right));
    }
    let may_move = near.same_value && !written.is_table();
    let edits = may_move.then(|| into_parameters(analysis, section.of, written, right));
    let title = message!("move into {}", PARAMETERS);
    let text =
        message!("{}: their defaults stay in force", one_level_up(section.of, "are", "them"));
    let finding = finding.relates(Relation::SharesCause { name: Some(wrong.into()), text });
    Some(finding.fix(fix(title, edits.flatten())))
}

/// The same as a table of its own, which is the wrong shape too.
fn table_beside(
    analysis: &Analysis<'_>,
    of: SmsOtp,
    wrong_shapes: &WrongShape<'_>,
) -> Option<Diagnostic> {
    let parameter = of.parameter(wrong_shapes.name())?;
    let (place, others) = wrong_shapes.places.split_first()?;
    if wrong_shapes.path.len() != of.path().len() + 1 {
        return None;
    }
    let name = parameter.name;
    let keeps = keeps(parameter, of.profile(analysis.profile));
    let message =
        message!("{} is a table beside {}, where the server drops it: {}", name, PARAMETERS, keeps);
    let table = of.parameters_dotted();
    Some(
        INFO.at(*place, message, NOT_BELOW)
            .key(wrong_shapes.dotted())
            .also_each(others.iter().copied(), "and here")
            .help(message!("write {} with a single value in `[{}]`", name, table)),
    )
}

/// The edits that move a stray into the parameters, wherever those are.
fn into_parameters(
    analysis: &Analysis<'_>,
    of: SmsOtp,
    written: &SettingEntry<'_>,
    right: &str,
) -> Option<Vec<Edit>> {
    if analysis.tree.at(of.parameter_table()).is_some() {
        return moved(analysis, &of.parameter_table(), written, right);
    }
    let key = written.entry.keys.last()?;
    Some(vec![Edit::replace(key.span, format!("{PARAMETERS}.{}", spelt(analysis, key, right)))])
}

/// The edits that move `enable` or `name` out of the parameters.
fn out_of_parameters(
    analysis: &Analysis<'_>,
    of: SmsOtp,
    written: &SettingEntry<'_>,
    right: &str,
) -> Option<Vec<Edit>> {
    let [.., table, own] = &written.entry.keys[..] else {
        return moved(analysis, &of.path(), written, right);
    };
    Some(vec![Edit::replace(table.span.to(own.span), spelt(analysis, own, right))])
}

/// A name in the spelling it has, if the key says it.
fn spelt<'a>(analysis: &'a Analysis<'_>, key: &Key<'_>, name: &'a str) -> &'a str {
    if key.name == name { analysis.document.source().slice(key.span) } else { name }
}

fn moved(
    analysis: &Analysis<'_>,
    table: &[&str],
    written: &SettingEntry<'_>,
    right: &str,
) -> Option<Vec<Edit>> {
    let mut inserter = Inserter::of(analysis.document, &analysis.tree, table)?;
    inserter.take(written, right)?;
    Some(inserter.edits())
}

/// `enable` or `name` in the table of parameters.
fn inside(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    written: &SettingEntry<'_>,
    right: &'static str,
) -> Diagnostic {
    let (of, wrong) = (section.of, analysis.view.key(written.key()));
    let message = message!(
        "{} is in [{}]; the server reads {} only in [{}]",
        wrong,
        of.parameters_dotted(),
        right,
        of.dotted()
    );
    let finding = INFO.at_setting(written, message, "one level too low");
    match written_setting(section, right) {
        Some(target) => finding
            .also(target.span(), "the one that is read")
            .help(message!("the file sets {} too: delete this one", right)),
        None => {
            let edits = may_count(written, right, of)
                .then(|| out_of_parameters(analysis, of, written, right));
            let title = message!("move {} out of {}", right, PARAMETERS);
            let place = message!("in `[{}]`", of.dotted());
            finding.help(advice(written, right, of, place)).fix(fix(title, edits.flatten()))
        }
    }
}

fn advice(written: &SettingEntry<'_>, right: &'static str, of: SmsOtp, place: Message) -> Message {
    if may_count(written, right, of) {
        return message!("write {} {}", right, place);
    }
    let registered = of.registered();
    message!("leave it out: under any {} but {} the server finds no settings", NAME, registered)
}

/// Whether the setting may take effect: another name for the authenticator would lose it all.
fn may_count(written: &SettingEntry<'_>, right: &str, of: SmsOtp) -> bool {
    right != NAME || matches!(&written.entry.value, Value::String(name) if name == of.registered())
}

fn written_setting<'w, 'd>(section: &'w Section<'d>, right: &str) -> Option<&'w SettingEntry<'d>> {
    if right == NAME { section.name.as_ref() } else { section.enable.as_ref() }
}

fn fix(title: Message, edits: Option<Vec<Edit>>) -> Option<Fix> {
    Some(Fix::risky(title, edits?))
}
