//! Settings that only SMS OTP reads, in tables where nobody reads them.

use crate::catalogue::{DISTINCTIVE, Kind, meant_by, parameter};
use crate::edits::Inserter;
use crate::rules::keeps;
use crate::rules::prelude::*;
use crate::section::{
    AUTHENTICATOR, AUTHENTICATOR_DOTTED, ENABLE, NAME, PARAMETER_TABLE, PARAMETERS,
    PARAMETERS_DOTTED, commented_header,
};
use crate::toml::{Entry, Key, TokenKind, Value};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "lost-setting",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("lost_setting.md")),
    concerns: Concerns::Named(&DISTINCTIVE),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let lost = &analysis.section.lost;
    let is_together = |one: &SettingEntry<'_>, other: &SettingEntry<'_>| {
        let names = |entry| table_keys(entry).iter().map(|key| &key.name);
        names(one).eq(names(other)) && one.table.span() == other.table.span()
    };
    sink.extend(lost.chunk_by(is_together).map(|together| finding(analysis, together)));
}

/// One finding for the settings that are in one table.
fn finding(analysis: &Analysis<'_>, lost: &[SettingEntry<'_>]) -> Diagnostic {
    let first = &lost[0];
    let name = analysis.view.key(first.key());
    let place = place(analysis, first);
    let consequence = match (analysis.section.parameter(first.name()), parameter(first.name())) {
        (None, Some(known)) => keeps(known, analysis.profile),
        _ => "the value is not used".into(),
    };
    let message = message!("{} is {}, where nothing reads it: {}", name, place, consequence);
    let others = lost[1..].iter().map(|other| other.entry.key_span());
    let mut finding = INFO.at_key(first, message, "not read here").also_each(others, "nor is this");
    let cause = cause(analysis, first);
    if let Some((comment, _)) = cause {
        let label = message!("commented out, so what follows is {}", place);
        finding = finding.also(comment, label);
    }
    let set = lost.iter().find_map(|entry| analysis.section.parameter(entry.name()));
    if let Some(set) = set {
        let name = analysis.view.key(set.key());
        return finding
            .also(set.span(), "the one that is read")
            .help(message!("the section sets {} too: delete one of the two", name));
    }
    finding
        .help(message!("the server reads it in `[{}]`", PARAMETERS_DOTTED))
        .fix(cause.and_then(|(comment, table)| uncomment(analysis, first, comment, table)))
        .fix(move_into_section(analysis, lost).map(Fix::fallback))
}

/// Where a setting is, in words.
fn place(analysis: &Analysis<'_>, entry: &SettingEntry<'_>) -> Message {
    let keys = table_keys(entry);
    let header = entry.table.header.as_ref().filter(|header| header.keys.len() == keys.len());
    let path = analysis.view.dotted(keys.iter().copied());
    match header {
        _ if keys.is_empty() => "above every table".into(),
        Some(header) if header.array => message!("in [[{}]]", path),
        _ => message!("in [{}]", path),
    }
}

/// The keys of the table that a setting stands in.
fn table_keys<'w, 'd>(entry: &'w SettingEntry<'d>) -> &'w [&'d Key<'d>] {
    &entry.path[..entry.path.len() - 1]
}

/// The commented-out header above a setting that would make it one of this section, with the names
/// of its table.
fn cause(
    analysis: &Analysis<'_>,
    entry: &SettingEntry<'_>,
) -> Option<(Span, &'static [&'static str])> {
    let document = analysis.document;
    let start = entry.table.header.as_ref().map_or(0, |header| header.span.end);
    let above = document.tokens().iter().filter(|token| token.kind == TokenKind::Comment);
    let above = above.filter(|token| (start..entry.span().start).contains(&token.span.start));
    let mut headers = above.rev().filter_map(|token| {
        Some((token.span, commented_header(document.source().slice(token.span))?))
    });
    headers.next()
}

/// The header becomes one again, if nothing but settings of its table follows it.
fn uncomment(
    analysis: &Analysis<'_>,
    lost: &SettingEntry<'_>,
    comment: Span,
    table: &[&str],
) -> Option<Fix> {
    let is_setting = |entry: &Entry<'_>| {
        let names: Vec<&str> = entry.keys.iter().map(|key| key.name.as_ref()).collect();
        match names[..] {
            [ENABLE | NAME] | [PARAMETERS, ..] => table == AUTHENTICATOR,
            [name] => {
                table != AUTHENTICATOR
                    && parameter(name).is_some()
                    && !is_another(name, &entry.value)
            }
            _ => false,
        }
    };
    let mut below = lost.table.entries.iter().filter(|entry| entry.span().start > comment.start);
    let text = analysis.document.source().slice(comment);
    let sign = text.len() - text.trim_start_matches('#').trim_start().len();
    let edit = Edit::delete(Span::new(comment.start, comment.start + sign));
    let path = if table == AUTHENTICATOR { AUTHENTICATOR_DOTTED } else { PARAMETERS_DOTTED };
    let title = message!("uncomment the header `[{}]`", path);
    below.all(is_setting).then(|| Fix::risky(title, vec![edit]))
}

fn move_into_section(analysis: &Analysis<'_>, lost: &[SettingEntry<'_>]) -> Option<Fix> {
    if lost.iter().any(|entry| is_another(entry.name(), &entry.entry.value)) {
        return None;
    }
    let mut inserter = Inserter::of(analysis.document, &analysis.tree, &PARAMETER_TABLE)?;
    for entry in lost {
        inserter.take(entry, entry.name())?;
    }
    Some(Fix::risky("move it into the section", inserter.edits()))
}

/// Whether a switch holds a text that is for none. It is something else by the same name, perhaps,
/// and in the section the text would be shown.
fn is_another(name: &str, value: &Value<'_>) -> bool {
    let is_switch = parameter(name).is_some_and(|known| matches!(known.kind, Kind::Boolean { .. }));
    matches!(value, Value::String(text) if is_switch && meant_by(text).is_none())
}
