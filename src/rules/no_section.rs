//! A file without any setting of SMS OTP.

use crate::rules::prelude::*;
use crate::section::{AUTHENTICATOR, LOCAL};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "no-section",
    category: Category::Ignored,
    level: None,
    page: RulePage::new(include_str!("no_section.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let section = &analysis.section;
    let [root, tables, _] = AUTHENTICATOR;
    let is_written = section.is_written()
        || !section.near_misses.is_empty()
        || !section.lost.is_empty()
        || !analysis.server.replacements.is_empty()
        || analysis.tree.at([root, tables, LOCAL]).is_some();
    if !is_written {
        let message = "the file has no SMS OTP setting: the server uses the defaults";
        sink.push(
            INFO.at(Span::at(analysis.document.source().start()), message, "no such setting")
                .help("check that this is the file that is deployed"),
        );
    }
}
