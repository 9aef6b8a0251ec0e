//! Names that the authenticator does not read.

mod built_in;

use std::collections::{HashMap, HashSet};

use crate::catalogue::{Nearest, foreign, nearest, parameter};
use crate::rules::prelude::*;
use crate::rules::{keeps, other_unit};
use crate::section::{ENABLE, NAME, PARAMETERS, Section, own_setting};
use crate::server::Role;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "unknown-parameter",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("unknown_parameter.md")),
    ..RuleInfo::PLAIN
};

const NO_NAME: &str = "the authenticator reads no parameter of this name";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let section = &analysis.section;
    let odd = analysis.server.template_issues.iter().filter(|odd| matches!(odd.role, Role::Key(_)));
    let breaking: HashSet<Span> = odd.map(|odd| odd.written.span()).collect();
    // The first name that was meant for a parameter, by the name of that.
    let mut tries: HashMap<&str, Span> = HashMap::new();
    for written in section.parameters.iter().filter(|written| is_unknown(written)) {
        let near = nearest(written.name());
        // A key that does worse than being lost is for other rules to tell.
        let is_odd = breaking.contains(&written.span()) || written.name().contains(['\'', '"']);
        if !is_odd {
            sink.push(match near {
                Some(near) => {
                    misspelt(analysis, section, written, near, tries.get(near.parameter.name))
                }
                None => strange(analysis, written, NO_NAME.into()),
            });
        }
        if let Some(near) = near {
            tries.entry(near.parameter.name).or_insert_with(|| written.span());
        }
    }
    for stray in section.misplaced.iter().filter(|stray| is_unknown(stray)) {
        // A name that is near a real one has the wrong place as well, which weighs more.
        if nearest(stray.name()).is_none() {
            let what =
                message!("beside {} the server reads {} and {} alone", PARAMETERS, ENABLE, NAME);
            sink.push(strange(analysis, stray, what));
        }
    }
    if let Some(built_in) = &analysis.built_in {
        built_in::check(analysis, &built_in.section, sink);
    }
}

/// Whether a name is for this rule to judge.
fn is_unknown(written: &SettingEntry<'_>) -> bool {
    let name = written.name();
    let is_known = parameter(name).is_some() || foreign(name).is_some();
    !written.is_table() && !is_known && own_setting(name).is_none()
}

fn misspelt(
    analysis: &Analysis<'_>,
    section: &Section<'_>,
    written: &SettingEntry<'_>,
    near: Nearest,
    before: Option<&Span>,
) -> Diagnostic {
    let (wrong, right) = (analysis.view.key(written.key()), near.parameter.name);
    let target = section.parameter(right);
    let consequence = match target {
        Some(_) => "the value is not used".into(),
        None => keeps(near.parameter, section.of.profile(analysis.profile)),
    };
    let message = message!("the authenticator does not read {}: {}", wrong, consequence);
    let mut finding = INFO.at_key(written, message, "unknown parameter");
    if let Some(target) = target {
        return finding
            .also(target.span(), "the one that is read")
            .help(message!("the name is {}, and the file sets it: delete one of the two", right));
    }
    finding = finding.help(other_unit(&wrong, near).unwrap_or_else(|| {
        message!("the nearest name is {}{}", right, case_matters(written.name(), right))
    }));
    if let Some(other) = before {
        return finding.also(*other, message!("meant for {} as well", right));
    }
    let may_rename = near.same_value && section.wrong_shape_parameter(right).is_none();
    let key = written.entry.keys.last().filter(|_| may_rename);
    let title = message!("rename it to {}", right);
    let rename = |key| Fix::risky(title, vec![edits::rename(key, right)]);
    finding.fix(key.map(rename))
}

fn case_matters(wrong: &str, right: &str) -> &'static str {
    if wrong.eq_ignore_ascii_case(right) { "; letter case matters" } else { "" }
}

fn strange(analysis: &Analysis<'_>, written: &SettingEntry<'_>, what: Message) -> Diagnostic {
    let wrong = analysis.view.key(written.key());
    // Behind escapes there may be a name that is near after all.
    let may_delete = !written.name().contains('&');
    let edit = edits::remove(analysis.document, written).filter(|_| may_delete);
    let message = message!("{} is not read: {}", wrong, what);
    INFO.at_key(written, message, "resembles no parameter")
        .severity(Severity::Warning)
        .help("check the spelling, or delete it; a release newer than this tool may know the name")
        .fix(edit.map(|edit| Fix::risky(message!("delete {}", wrong), vec![edit])))
}
