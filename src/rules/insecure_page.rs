//! Pages that travel unprotected, or that are not on the server.

use crate::catalogue::Kind;
use crate::rules::prelude::*;
use crate::server::page;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "insecure-page",
    category: Category::Security,
    level: None,
    page: RulePage::new(include_str!("insecure_page.md")),
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Page { .. })),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.pages() {
        let Some((scheme, host)) = page::origin(text) else { continue };
        let name = setting.parameter.name;
        let is_local =
            matches!(host, "127.0.0.1" | "[::1]") || host.eq_ignore_ascii_case("localhost");
        let (message, help) = if is_local {
            (
                message!("{} leads to the machine of the user", name),
                "write the public name of the server, or a path without a host",
            )
        } else if scheme.eq_ignore_ascii_case("http") {
            (
                message!(
                    "{} is an http:// page: what a user types there travels unprotected",
                    name
                ),
                "write an https:// page",
            )
        } else {
            continue;
        };
        sink.push(INFO.at_value(written, message, "seen by the browser").help(help));
    }
}
