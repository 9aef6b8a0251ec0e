//! Parameters that the chosen release does not read yet.

use crate::catalogue::Release;
use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "too-new-parameter",
    category: Category::Ignored,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("too_new_parameter.md")),
    concerns: Concerns::Where(|it| it.since > Release::ALL[0]),
    needs: Needs::Release,
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release else { return };
    let settings = analysis.sections().flat_map(|(_, settings)| settings.iter());
    for setting in settings.filter(|it| it.parameter.is_too_new(analysis.profile)) {
        let Some(written) = setting.written() else { continue };
        let (name, since) = (setting.parameter.name, setting.parameter.since);
        let message = message!("{} is newer than {}, which does not read it", name, release);
        sink.push(
            INFO.at_key(written, message, message!("read from {} on", since))
                .help(message!("leave it out unless an update brought {} to your server", name)),
        );
    }
}
