//! Settings that work as they are meant to, and leave the second factor weak.
//!
//! All of these rules are off until somebody asks for them. Most are a switch in the wrong
//! position, and differ only in data.

use crate::catalogue::Kind;
use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::message::{Message, message};
use crate::rules::{Analysis, Rule, Sink};
use crate::section::path_of;
use crate::server::page;
use crate::settings::{EffectiveValue, Setting, Switch};

pub(super) const UNLIMITED_GUESSES: Rule = GUESSES.rule(|it, sink| GUESSES.check(it, sink));
pub(super) const ANY_NUMBER: Rule = NUMBER.rule(|it, sink| NUMBER.check(it, sink));
pub(super) const OPT_OUT_ALLOWED: Rule = OPT_OUT.rule(|it, sink| OPT_OUT.check(it, sink));
pub(super) const BACKUP_CODE_ON: Rule = BACKUP.rule(|it, sink| BACKUP.check(it, sink));
pub(super) const LOCK_REASON_SHOWN: Rule = REASON.rule(|it, sink| REASON.check(it, sink));
pub(super) const WEAK_CODE: Rule = Rule { info: &CODE, check: Some(check_code) };
pub(super) const INSECURE_PAGE: Rule = Rule { info: &PAGE, check: Some(check_pages) };

/// A switch in a position that weakens the second factor.
struct Weakness {
    info: RuleInfo,
    setting: &'static str,
    /// The position that is weak.
    weak: Switch,
    /// Another switch, and the position it must have for the weakness to be real.
    given: Option<(&'static str, Switch)>,
    message: &'static str,
    /// The value to write.
    better: &'static str,
    /// Whether writing it is offered as a fix.
    fixable: bool,
}

const MANDATORY: &str = "SMSOTPMandatory";

const DOCUMENTATION: &str = "https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/";

const fn info(name: &'static str) -> RuleInfo {
    RuleInfo {
        name,
        category: Category::Security,
        level: None,
        summary: "",
        server: "",
        example: "",
        instead: "",
        fixes: "None: weigh it against what your users need.",
        concerns: Concerns::Nothing,
        needs: Needs::Nothing,
        references: &[DOCUMENTATION],
    }
}

static GUESSES: Weakness = Weakness {
    info: RuleInfo {
        summary: "EnableAccountLockingForFailedAttempts is not true",
        server: "\
Wrong codes are counted, and lock the account, only when EnableAccountLockingForFailedAttempts is \
true and only for local users; a federated user is never counted, and no setting replaces the code \
after a wrong one. The first release to read it is 5.11, which also needs the account locking of the \
tenant ([identity_mgt.account_locking]). In 5.11 and 6.0 nothing is counted while BackupCode is true \
and the claim of the backup codes is not mapped (product-is#8530). RetryEnable = false shows another \
page and does not limit guesses.",
        example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
        instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
EnableAccountLockingForFailedAttempts = true
",
        fixes: "Unsafe: EnableAccountLockingForFailedAttempts is set to true.",
        references: &[],
        concerns: Concerns::Named(&["EnableAccountLockingForFailedAttempts"]),
        ..info("unlimited-guesses")
    },
    setting: "EnableAccountLockingForFailedAttempts",
    weak: Switch::Off,
    given: None,
    message: "wrong codes are not counted, and the code stays valid until it expires",
    better: "true",
    fixable: true,
};

static NUMBER: Weakness = Weakness {
    info: RuleInfo {
        summary: "SendOTPDirectlyToMobile lets an unknown user choose the number",
        server: "\
When SMSOTPMandatory and SendOTPDirectlyToMobile are both true, a user who is not in the user \
store types a number and gets the code there. Nothing ties that number to the user, and the \
number pattern of the IdP connection is not checked on the server.",
        example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
SendOTPDirectlyToMobile = true
",
        instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
        concerns: Concerns::Named(&["SMSOTPMandatory", "SendOTPDirectlyToMobile"]),
        ..info("any-number")
    },
    setting: "SendOTPDirectlyToMobile",
    weak: Switch::On,
    given: Some((MANDATORY, Switch::On)),
    message: "a user who is not in the user store chooses the number that gets the code",
    better: "false",
    fixable: false,
};

static OPT_OUT: Weakness = Weakness {
    info: RuleInfo {
        summary: "users can opt out of the second factor",
        server: "\
SMSOTPEnableByUserClaim lets users turn SMS OTP off for themselves, and while SMSOTPMandatory is \
not true, a user who did so logs in with the first step alone. The shipped defaults of every \
release are so.",
        example: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
",
        instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenExpiryTime = 300
SMSOTPEnableByUserClaim = false
",
        concerns: Concerns::Named(&["SMSOTPEnableByUserClaim", "SMSOTPMandatory"]),
        ..info("opt-out-allowed")
    },
    setting: "SMSOTPEnableByUserClaim",
    weak: Switch::On,
    given: Some((MANDATORY, Switch::Off)),
    message: "users can opt out of the second factor",
    better: "false",
    fixable: false,
};

static BACKUP: Weakness = Weakness {
    info: RuleInfo {
        summary: "a backup code replaces the code sent by SMS",
        server: "\
While BackupCode is true, a user can type a backup code in place of the code sent by SMS, so that the \
phone is no longer needed; from 5.11 on a local user only. Every release ships true, and none maps \
the claim that holds the codes, without which there are none to type.",
        example: "\
[authentication.authenticator.sms_otp.parameters]
BackupCode = true
",
        instead: "\
[authentication.authenticator.sms_otp.parameters]
BackupCode = false
",
        concerns: Concerns::Named(&["BackupCode"]),
        ..info("backup-code-on")
    },
    setting: "BackupCode",
    weak: Switch::On,
    given: None,
    message: "a backup code takes the place of the code sent by SMS",
    better: "false",
    fixable: false,
};

static REASON: Weakness = Weakness {
    info: RuleInfo {
        summary: "the login page tells that an account is locked, and for how long",
        server: "\
With showAuthFailureReason = true the page tells whoever is trying to log in that the account is \
locked, and the minutes until it is unlocked; of other failures it tells nothing. The first release \
to read it is 5.11, and none turns it on by itself.",
        example: "\
[authentication.authenticator.sms_otp.parameters]
showAuthFailureReason = true
",
        instead: "\
[authentication.authenticator.sms_otp.parameters]
showAuthFailureReason = false
",
        references: &[],
        concerns: Concerns::Named(&["showAuthFailureReason"]),
        ..info("lock-reason-shown")
    },
    setting: "showAuthFailureReason",
    weak: Switch::On,
    given: None,
    message: "the page tells whoever is trying to log in that the account is locked, and for how long",
    better: "false",
    fixable: false,
};

impl Weakness {
    const fn rule(&'static self, check: fn(&Analysis<'_>, &mut Sink)) -> Rule {
        Rule { info: &self.info, check: Some(check) }
    }

    fn check(&'static self, analysis: &Analysis<'_>, sink: &mut Sink) {
        let setting = analysis.settings.get(self.setting);
        let is_read = !setting.parameter.is_too_new(analysis.profile);
        let is_real =
            self.given.is_none_or(|(name, position)| analysis.settings.switch(name) == position);
        if !is_real || setting.switch() != self.weak || (self.weak == Switch::On && !is_read) {
            return;
        }
        let Some(mut finding) =
            weakness(analysis, &self.info, setting, self.message.into(), self.better)
        else {
            return;
        };
        if let Some((name, _)) = self.given
            && let Some(given) = analysis.settings.get(name).written()
        {
            finding = finding.also(given.span(), "together with this");
        }
        if is_read {
            finding = finding.fix(self.fix(analysis, setting));
        } else {
            let since = setting.parameter.since;
            finding = finding.help(message!("the first release to read it is {}", since));
        }
        sink.push(finding);
    }

    fn fix(&self, analysis: &Analysis<'_>, setting: &Setting<'_>) -> Option<Fix> {
        let (name, better) = (self.setting, self.better);
        // A misspelt try has a finding with a fix of its own.
        if !self.fixable || analysis.section.attempt(name).is_some() {
            return None;
        }
        let edits = match setting.written() {
            Some(written) => vec![edits::retext(analysis.document, written.entry, better)],
            None => edits::add_parameter(analysis.document, &analysis.tree, name, better)?,
        };
        Some(Fix::risky(message!("set {} = {}", name, better), edits))
    }
}

/// A finding at the written value, or where it would be added; none without a section that is
/// read.
fn weakness(
    analysis: &Analysis<'_>,
    info: &'static RuleInfo,
    setting: &Setting<'_>,
    message: Message,
    better: &'static str,
) -> Option<Diagnostic> {
    let name = setting.parameter.name;
    let (label, verb, key) = match setting.written() {
        Some(written) => (Label::new(written.span(), "set here"), "set", written.dotted()),
        None if !analysis.server.registration.is_active() => return None,
        None => {
            let label = Label::new(analysis.section.anchor()?, message!("no {} here", name));
            (label, "add", path_of(name))
        }
    };
    let help = message!("{} {} = {}", verb, name, better);
    let finding = Diagnostic::new(info, Severity::Warning, message, label).key(key).help(help);
    Some(match analysis.section.attempt(name).filter(|_| setting.written().is_none()) {
        Some(attempt) => {
            finding.also(attempt.span(), message!("the server does not read this as {}", name))
        }
        None => finding,
    })
}

static CODE: RuleInfo = RuleInfo {
    summary: "a code that is short, long-lived or shown",
    server: "\
A code of fewer than 6 characters is easy to guess. Up to 6.1 there are at most 59,049 different \
codes, whatever TokenLength and EnableAlphanumericToken say. One that stays valid for over 10 minutes gives \
an attacker that long to use it: without TokenExpiryTime a code never expires before 6.0, lives \
for 900 seconds in 6.0 and 6.1 and for 83 hours in 7.0. noOfDigits = 6 or more puts most of a phone \
number on a page that is shown before the second factor. From 7.0 on the length and the expiry \
time of the IdP connection take precedence as soon as they are stored; in 7.0 that time counts a \
thousandfold (product-is#19701).",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenLength = 4
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
TokenLength = 6
TokenExpiryTime = 300
",
    references: &[],
    concerns: Concerns::Named(&["TokenExpiryTime", "TokenLength", "noOfDigits"]),
    ..info("weak-code")
};

const SHORTEST: u64 = 6;
const LONGEST_SECONDS: u64 = 600;
const MOST_SHOWN: u64 = 5;

fn check_code(analysis: &Analysis<'_>, sink: &mut Sink) {
    let length = analysis.settings.get("TokenLength");
    if let Some(characters @ 1..SHORTEST) = length.number() {
        let plural = if characters == 1 { "" } else { "s" };
        let message = message!("a code of {} character{} is easy to guess", characters, plural);
        sink.extend(weakness(analysis, &CODE, length, message, "6"));
    }
    let expiry = analysis.settings.get("TokenExpiryTime");
    if let Some(message) = long_life(analysis, expiry) {
        sink.extend(weakness(analysis, &CODE, expiry, message, "300"));
    }
    let shown = analysis.settings.get("noOfDigits");
    let is_shown =
        analysis.settings.get("screenUserAttribute").text().is_some_and(|it| !it.is_empty());
    let is_masked =
        analysis.settings.get("screenUserAttributeMaskRegex").value != EffectiveValue::Unset;
    if let Some(characters) = shown.number().filter(|count| *count > MOST_SHOWN)
        && is_shown
        && !is_masked
    {
        let characters = match shown.is_from_reference() {
            true => message!("more than {}", MOST_SHOWN),
            false => message!("{}", characters),
        };
        let message = message!(
            "the page shows {} characters of screenUserAttribute, which is most of a \
             phone number",
            characters
        );
        sink.extend(weakness(analysis, &CODE, shown, message, "4"));
    }
}

/// What is wrong with the time a code is valid, as far as it is known.
fn long_life(analysis: &Analysis<'_>, expiry: &Setting<'_>) -> Option<Message> {
    if expiry.value == EffectiveValue::Unset {
        let release = analysis.profile.release?;
        let life = match expiry.parameter.fallback(analysis.profile) {
            None => "never expires".into(),
            Some(text) => {
                let seconds = text.parse().ok().filter(|it: &u64| *it > LONGEST_SECONDS)?;
                message!("is valid for {} seconds", seconds)
            }
        };
        return Some(message!("in {}, a code {} when TokenExpiryTime is left out", release, life));
    }
    let seconds = expiry.number().filter(|seconds| *seconds > LONGEST_SECONDS)?;
    Some(match expiry.is_from_reference() {
        true => "a code is valid for over 10 minutes".into(),
        false => message!("a code is valid for {} seconds, over 10 minutes", seconds),
    })
}

static PAGE: RuleInfo = RuleInfo {
    summary: "a page behind plain http:// or on localhost",
    server: "\
The server sends the browser to the page as it is written. What a user types on an http:// page, \
and the page itself, travel unprotected; and localhost is the machine of the user, not of the \
server.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
MobileNumberRegPage = \"http://id.example.org/authenticationendpoint/mobile.jsp\"
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
MobileNumberRegPage = \"https://id.example.org/authenticationendpoint/mobile.jsp\"
",
    fixes: "None: whether the host answers to https:// is not in the file.",
    references: &[],
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Page { .. })),
    ..info("insecure-page")
};

fn check_pages(analysis: &Analysis<'_>, sink: &mut Sink) {
    for setting in analysis.settings.iter() {
        let Kind::Page { .. } = setting.parameter.kind else { continue };
        let Some((written, text)) = setting.scalar() else { continue };
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
        let label = Label::new(written.entry.value_span, "seen by the browser");
        sink.push(
            Diagnostic::new(&PAGE, Severity::Warning, message, label)
                .key(written.dotted())
                .help(help),
        );
    }
}
