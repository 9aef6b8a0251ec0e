//! Characters that do not survive the way through the XML file.

use crate::rules::own_strings;
use crate::rules::prelude::*;
use crate::server::{MappedText, xml};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "garbled-text",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("garbled_text.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (written, span) in own_strings(&analysis.section) {
        if analysis.server.template_issue(written.entry).is_some() {
            continue;
        }
        let text = MappedText::read(analysis.document.source(), span);
        sink.extend(finding(analysis, written, &text));
    }
}

fn finding(
    analysis: &Analysis<'_>,
    written: &SettingEntry<'_>,
    mapped: &MappedText,
) -> Option<Diagnostic> {
    let text = mapped.text();
    let start = text.find(|c: char| !c.is_ascii())?;
    let rest = &text[start..];
    let run = &rest[..rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len())];
    let first = run.chars().next()?;
    let range = start..start + run.len();
    let message = message!(
        "`{}` in {} reads back as `{}`: the server writes UTF-8 and reads ISO-8859-1",
        analysis.view.part(mapped, range.clone()),
        analysis.view.key(written.key()),
        analysis.view.part_read(mapped, range.clone(), xml::garbled)
    );
    let finding = INFO.at(mapped.place(range), message, "arrives garbled").key(written.dotted());
    Some(finding.help(message!("write `{}` as `&#{};`", first, u32::from(first))))
}
