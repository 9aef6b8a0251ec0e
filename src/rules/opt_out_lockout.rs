//! A mandatory second step that users may opt out of.

use crate::rules::prelude::*;
use crate::rules::with_command;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "opt-out-lockout",
    category: Category::Contradiction,
    level: Some(Severity::Info),
    page: RulePage::new(include_str!("opt_out_lockout.md")),
    concerns: Concerns::Named(&["SMSOTPEnableByUserClaim", "SMSOTPMandatory"]),
    ..RuleInfo::PLAIN
};

const MANDATORY: &str = "SMSOTPMandatory";
const OPT_OUT: &str = "SMSOTPEnableByUserClaim";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let (mandatory, opt_out) = (analysis.settings.get(MANDATORY), analysis.settings.get(OPT_OUT));
    let (Some(mandatory_at), Some(written)) = (mandatory.written(), opt_out.written()) else {
        return;
    };
    if mandatory.switch() != Switch::On || opt_out.switch() != Switch::On {
        return;
    }
    let message = message!("{} lets users opt out, and {} then locks them out", OPT_OUT, MANDATORY);
    let edit = edits::retext(analysis.document, written.entry, "false");
    let finding = INFO
        .at_setting(written, message, "users may opt out")
        .also(mandatory_at.span(), "nobody logs in without a code")
        .help(message!("to require a code of everybody, set {} = false", OPT_OUT))
        .help(message!("to let users decide, set {} = false", MANDATORY))
        .fix(Fix::risky(message!("set {} = false", OPT_OUT), vec![edit]));
    sink.push(with_command(finding, analysis, MANDATORY, "false"));
}
