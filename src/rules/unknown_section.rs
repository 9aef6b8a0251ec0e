//! Tables and keys that can only be meant for this section, and that the server does not read.

use crate::edits::Inserter;
use crate::rules::prelude::*;
use crate::section::{AUTHENTICATOR, ENABLE, NAME, NearMiss, PARAMETERS, Section, SmsOtp};
use crate::toml::{Key, Node, Write, dotted};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "unknown-section",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("unknown_section.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, _) in analysis.sections() {
        let near_misses = section.near_misses.iter();
        sink.extend(near_misses.filter_map(|it| finding(analysis, section, it)));
    }
}

fn finding(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    near_miss: &NearMiss<'_>,
) -> Option<Diagnostic> {
    let (first, others) = near_miss.occurrences.split_first()?;
    let meant = near_miss.meant();
    let message = message(near_miss, analysis.view.dotted(near_miss.path.iter().copied()));
    let right = meant.as_ref().map(|meant| {
        let path = dotted(meant.iter().copied());
        analysis.view.path_shown(&path, first.wrong_span(near_miss))
    });
    let help = match &right {
        Some(right) => message!("the server reads `{}`", right),
        None => message!(
            "below `{}` the server reads {}, {} and the table {}",
            section.of.dotted(),
            ENABLE,
            NAME,
            PARAMETERS
        ),
    };
    let mut finding = INFO
        .at(first.wrong_span(near_miss), message, "not a path that the server reads")
        .key(near_miss.dotted())
        .also_each(others.iter().map(|other| other.wrong_span(near_miss)), "and here")
        .also_each(right_table(section, &meant), "the table that the server reads")
        .help(help);
    if near_miss.is_quoted_path() {
        finding = finding.help("a key in quotes is one name, dots included: quote each part alone");
    }
    let Some(right) = right.filter(|_| !near_miss.in_array && !near_miss.holds_another_name())
    else {
        return Some(finding);
    };
    let title = message!("write `{}`", right);
    let renamed = all(near_miss, rename).map(|edits| Fix::risky(title, edits));
    let title = "move the settings to the table that the server reads";
    let merged =
        merge(analysis, section, near_miss).map(|edits| Fix::risky(title, edits).fallback());
    Some(finding.fix(renamed).fix(merged))
}

/// The table that was meant, where the file has it.
fn right_table(section: &Section<'_>, meant: &Option<Vec<&str>>) -> Option<Span> {
    let tables = match meant.as_ref()?.get(AUTHENTICATOR.len()) {
        Some(_) => &section.parameter_tables,
        None => &section.authenticator,
    };
    tables.first().copied()
}

fn message(near_miss: &NearMiss<'_>, path: Shown) -> Message {
    let claims_the_name = |written: &SettingEntry<'_>| {
        written.path.len() == AUTHENTICATOR.len() + 1 && written.name() == NAME
    };
    if near_miss.path.len() == AUTHENTICATOR.len() && near_miss.entries.iter().any(claims_the_name)
    {
        return message!(
            "`{}` is not the table of the SMS OTP authenticator, whatever its name says",
            path
        );
    }
    message!("`{}` is ignored: what it sets never reaches the SMS OTP authenticator", path)
}

/// The edits of every occurrence, or none at all.
fn all(
    near_miss: &NearMiss<'_>,
    edits: impl Fn(&Write<'_>) -> Option<Vec<Edit>>,
) -> Option<Vec<Edit>> {
    let each: Option<Vec<_>> = near_miss.occurrences.iter().map(edits).collect();
    Some(each?.concat())
}

/// The right names in place of the wrong ones; `None` where they are in a header or an inline
/// table that others share, or where the result would have the wrong shape.
fn rename(occurrence: &Write<'_>) -> Option<Vec<Edit>> {
    if !is_renamable(occurrence) {
        return None;
    }
    let own = occurrence.own_keys();
    let mut edits = Vec::new();
    for (key, names) in occurrence.corrected() {
        if names == [key.name.as_ref()] {
            continue;
        }
        if !own.iter().any(|own| own.span == key.span) {
            return None;
        }
        edits.push(respell(key, &names));
    }
    Some(edits)
}

/// Whether the right names make a table of a table, and a setting of a setting.
fn is_renamable(occurrence: &Write<'_>) -> bool {
    let meant = occurrence.meant();
    let is_table =
        meant.len() <= AUTHENTICATOR.len() || meant[AUTHENTICATOR.len()..] == [PARAMETERS];
    occurrence.ends_in_table() || !is_table
}

fn respell(key: &Key<'_>, names: &[&str]) -> Edit {
    match names {
        [name] => edits::rename(key, name),
        names => Edit::replace(key.span, dotted(names.iter().copied())),
    }
}

/// The settings in the table that the server reads, and the wrong path gone.
fn merge(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    near_miss: &NearMiss<'_>,
) -> Option<Vec<Edit>> {
    let document = analysis.document;
    let (tree, table) = (&analysis.tree, section.of.parameter_table());
    let mut inserter = tree.at(table).and_then(|_| Inserter::of(document, tree, &table));
    let ignored = section.ignored();
    let mut edits = Vec::new();
    for occurrence in &near_miss.occurrences {
        let into = tree.at(occurrence.meant()).and_then(Node::table);
        let ignored = occurrence.ignored(&ignored);
        edits.extend(match (occurrence.entry, into, &mut inserter) {
            (None, Some(into), _) => edits::merge(document, occurrence.table, into),
            (_, _, Some(inserter)) if holds_parameters(ignored, section.of) => {
                carry(occurrence, ignored, inserter, section.of)?;
                Vec::new()
            }
            _ => rename(occurrence)?,
        });
    }
    edits.extend(inserter.into_iter().flat_map(Inserter::edits));
    Some(edits)
}

/// Whether nothing but parameters is ignored at an occurrence.
fn holds_parameters(ignored: &[&SettingEntry<'_>], of: SmsOtp) -> bool {
    ignored.iter().all(|written| parameter_meant(written, of).is_some())
}

/// Moves the settings that are at an occurrence.
fn carry(
    occurrence: &Write<'_>,
    ignored: &[&SettingEntry<'_>],
    inserter: &mut Inserter<'_>,
    of: SmsOtp,
) -> Option<()> {
    for written in ignored {
        let name = parameter_meant(written, of)?;
        match occurrence.entry {
            Some(entry) if entry.span() != written.span() => inserter.copy(written, name)?,
            _ => inserter.take(written, name)?,
        }
    }
    match occurrence.setting() {
        None => inserter.discard_header(occurrence.table),
        Some(whole) if whole.is_table() => inserter.discard(&whole)?,
        Some(_) => {}
    }
    Some(())
}

/// The name of the parameter that a value was meant for, if it was meant for one.
fn parameter_meant<'d>(written: &SettingEntry<'d>, of: SmsOtp) -> Option<&'d str> {
    let meant = written.meant();
    let (table, below) = meant.split_at_checked(AUTHENTICATOR.len())?;
    match below {
        [PARAMETERS, name] if table == of.path() => Some(name),
        _ => None,
    }
}
