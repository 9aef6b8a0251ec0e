//! Parameters that the chosen release does not read yet.

use crate::catalogue::Release;
use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "too-new-parameter",
    category: Category::Ignored,
    level: Some(Severity::Warning),
    summary: "a parameter that is newer than the release named with --is-version",
    server: "\
A parameter that the authenticator of a release does not know yet is written into the server's \
configuration, and nobody asks for it there. Updates bring some parameters to older releases, so \
an updated server may read it all the same.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
MaximumResendAttempts = 5
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
    fixes: "None: whether the server has the update is not in the file.",
    concerns: Concerns::Where(|it| it.since > Release::ALL[0]),
    needs: Needs::Release,
    ..RuleInfo::PLAIN
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
