//! Settings that another setting makes unreachable.

use crate::catalogue::Release;
use crate::rules::prelude::*;
use crate::rules::with_command;
use crate::settings::{EffectiveValue, Settings};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "shadowed-parameter",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("shadowed_parameter.md")),
    concerns: Concerns::Where(|it| {
        SHADOWS.iter().any(|shadow| shadow.by == it.name || shadow.settings.contains(&it.name))
    }),
    ..RuleInfo::PLAIN
};

const DIRECTLY: &str = "SendOTPDirectlyToMobile";
const FEDERATED: &str = "SendOtpToFederatedMobile";
const RESEND: &str = "ResendEnable";
const BLOCKING: &str = "EnableUserBasedResendBlocking";
const MAXIMUM: &str = "MaximumResendAttempts";
const DURATION: &str = "ResendBlockDuration";
const PATTERN: &str = "screenUserAttributeMaskRegex";
const OPTIONS: &str = "redirectToMultiOptionPageOnFailure";
const SCRIPTS: &str = "enableRetryFromAuthenticator";

const MASKED: &str = "are not used from 7.1: screenUserAttributeMaskRegex takes their place";
const UNMASK: &str = "remove screenUserAttributeMaskRegex, or what it takes the place of";
const REFUSED: &str =
    "are not used in 7.2 and 7.3: ResendEnable is not true, and every resend is refused";
const RESEND_ON: &str = "set ResendEnable = true, or leave out what needs it";

/// Settings that another one makes unreachable.
struct Shadow {
    settings: &'static [&'static str],
    by: &'static str,
    severity: Severity,
    /// The first and the last release in which that is so.
    releases: (Release, Release),
    /// Whether it is so in such a release, given that one of the settings is written.
    holds: fn(&Analysis<'_>) -> bool,
    /// What follows, behind the name of a setting.
    consequence: &'static str,
    /// The same behind the names of several, where the other setting has more than one shadow.
    of_several: Option<&'static str>,
    help: &'static str,
    /// A value of the other setting that makes these work.
    value: Option<&'static str>,
}

/// What is shadowed in releases up to the newest.
const fn shadow(settings: &'static [&'static str], by: &'static str, from: Release) -> Shadow {
    Shadow {
        settings,
        by,
        severity: Severity::Warning,
        releases: (from, Release::V7_3),
        holds: |_| true,
        consequence: "",
        of_several: None,
        help: "",
        value: None,
    }
}

const SHADOWS: [Shadow; 11] = [
    Shadow {
        holds: |analysis| {
            is_on(analysis, "SMSOTPMandatory")
                && is_on(analysis, DIRECTLY)
                && is_on(analysis, FEDERATED)
        },
        consequence: "is never reached: SendOTPDirectlyToMobile comes first",
        help: "keep one of the two: they are different ways to find the number; to keep this one, \
               set SendOTPDirectlyToMobile = false",
        value: Some("false"),
        ..shadow(&[FEDERATED], DIRECTLY, Release::V5_9)
    },
    Shadow {
        holds: |analysis| {
            is_masked(analysis) && analysis.settings.get("noOfDigits").number().is_some()
        },
        consequence: "is not used from 7.1: screenUserAttributeMaskRegex takes its place",
        of_several: Some(MASKED),
        help: UNMASK,
        ..shadow(&["noOfDigits"], PATTERN, Release::V7_1)
    },
    Shadow {
        holds: is_masked,
        consequence: "is not used from 7.1: screenUserAttributeMaskRegex takes its place",
        of_several: Some(MASKED),
        help: UNMASK,
        ..shadow(&["order"], PATTERN, Release::V7_1)
    },
    Shadow {
        holds: |analysis| is_off(analysis, RESEND),
        consequence: "is not used in 7.2 and 7.3: ResendEnable is not true, and every resend is \
                      refused",
        of_several: Some(REFUSED),
        help: RESEND_ON,
        value: Some("true"),
        ..shadow(&[MAXIMUM], RESEND, Release::V7_2)
    },
    Shadow {
        holds: |analysis| is_off(analysis, RESEND),
        consequence: "is not used in 7.3: ResendEnable is not true, and every resend is refused",
        of_several: Some(REFUSED),
        help: RESEND_ON,
        value: Some("true"),
        ..shadow(&[BLOCKING, DURATION], RESEND, Release::V7_3)
    },
    Shadow {
        holds: |analysis| {
            let number = |name| analysis.settings.get(name).number();
            is_on(analysis, RESEND)
                && is_on(analysis, BLOCKING)
                && number(DURATION) == Some(0)
                && number(MAXIMUM).is_some_and(|most| most > 0)
        },
        consequence: "limits nothing in 7.3: with ResendBlockDuration = 0 a block is over as soon \
                      as it begins",
        help: "set ResendBlockDuration to the minutes that a block should last",
        ..shadow(&[MAXIMUM], DURATION, Release::V7_3)
    },
    Shadow {
        severity: Severity::Info,
        holds: |analysis| {
            is_off(analysis, "CaptureAndUpdateMobileNumber")
                && (is_off(analysis, DIRECTLY) || is_off(analysis, "SMSOTPMandatory"))
        },
        consequence: "is never opened: nobody is asked for a number",
        help: "remove MobileNumberRegPage",
        ..shadow(&["MobileNumberRegPage"], "CaptureAndUpdateMobileNumber", Release::V5_9)
    },
    Shadow {
        severity: Severity::Info,
        holds: |analysis| is_off(analysis, "RetryEnable") && is_on(analysis, OPTIONS),
        consequence: "is not read in a step with several options, where a failure leads back to \
                      the list of options",
        help: "it acts in a step with one option only",
        ..shadow(&["RetryEnable"], OPTIONS, Release::V5_9)
    },
    Shadow {
        severity: Severity::Info,
        holds: |analysis| is_off(analysis, RESEND) && is_on(analysis, OPTIONS),
        consequence: "is not read from 7.1 in a step with several options, where a resend leads \
                      back to the list of options",
        help: "it acts in a step with one option only",
        ..shadow(&[RESEND], OPTIONS, Release::V7_1)
    },
    Shadow {
        severity: Severity::Info,
        holds: |analysis| is_off(analysis, "RetryEnable") && is_written_off(analysis, SCRIPTS),
        consequence: "is not read from 7.0 in an application with an adaptive script, where a \
                      failure ends the login",
        help: "it acts in an application without a script only",
        ..shadow(&["RetryEnable"], SCRIPTS, Release::V7_0)
    },
    Shadow {
        severity: Severity::Info,
        holds: |analysis| is_off(analysis, RESEND) && is_written_off(analysis, SCRIPTS),
        consequence: "is not read from 7.1 in an application with an adaptive script, where a \
                      resend ends the login",
        help: "it acts in an application without a script only",
        ..shadow(&[RESEND], SCRIPTS, Release::V7_1)
    },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for shadow in &SHADOWS {
        let (first, last) = shadow.releases;
        let is_in = |release| first <= release && release <= last;
        if analysis.profile.release.is_none_or(is_in) && (shadow.holds)(analysis) {
            let settings = shadow.settings.iter().map(|name| analysis.settings.get(name));
            sink.extend(settings.filter_map(|setting| finding(analysis, shadow, setting)));
        }
    }
    sink.extend(analysis.built_in.iter().filter_map(|it| no_retry(analysis, &it.settings)));
}

/// What enableRetryFromAuthenticator = false takes away, or does not, in the built-in SMS OTP.
fn no_retry(analysis: &Analysis<'_>, settings: &Settings<'_>) -> Option<Diagnostic> {
    let setting = settings.get(SCRIPTS);
    let (written, _) = setting.scalar().filter(|_| setting.switch() == Switch::Off)?;
    let value = analysis.view.value(written);
    let message = match analysis.profile.release {
        Some(release) if release >= Release::V7_2 => {
            message!("{} = {} {}", SCRIPTS, value, NO_RETRY)
        }
        Some(release) => message!("in {} {} = {} {}", release, SCRIPTS, value, ONLY_SCRIPTS),
        None => message!(
            "in 7.0 and 7.1 {} = {} {}; from 7.2 it {}",
            SCRIPTS,
            value,
            ONLY_SCRIPTS,
            NO_RETRY
        ),
    };
    let finding = INFO.at_value(written, message, "off here").severity(Severity::Info);
    Some(finding.help("leave it out where users may have a code sent again"))
}

const NO_RETRY: &str =
    "ends the step at a wrong code, and a resend fails as well (product-is#24521)";
const ONLY_SCRIPTS: &str = "acts only in an application with an adaptive script";

/// A finding on what the file says, labelled with what is in its way.
fn finding(analysis: &Analysis<'_>, shadow: &Shadow, setting: &Setting<'_>) -> Option<Diagnostic> {
    let ((written, _), name) = (setting.scalar()?, setting.parameter.name);
    let by = analysis.settings.get(shadow.by).written().map(SettingEntry::span);
    let mut finding = INFO
        .at_setting(written, message!("{} {}", name, shadow.consequence), "unreachable")
        .severity(shadow.severity)
        .also_each(by, "because of this")
        .help(shadow.help);
    if let Some(text) = shadow.of_several {
        let (name, text) = (Some(name.into()), text.into());
        finding = finding.relates(Relation::SharesCause { name, text });
    }
    if let Some(value) = shadow.value {
        finding = with_command(finding, analysis, shadow.by, value);
    }
    if name == FEDERATED {
        let title = message!("set {} = false", FEDERATED);
        finding = finding.fix(Fix::safe(title, vec![edits::revalue(written.entry, "false")]));
    }
    Some(finding)
}

fn is_on(analysis: &Analysis<'_>, name: &str) -> bool {
    analysis.settings.switch(name) == Switch::On
}

fn is_off(analysis: &Analysis<'_>, name: &str) -> bool {
    analysis.settings.switch(name) == Switch::Off
}

/// A switch that some releases do not ship counts as off only where the file says so.
fn is_written_off(analysis: &Analysis<'_>, name: &str) -> bool {
    analysis.settings.get(name).written().is_some() && is_off(analysis, name)
}

/// Whether a pattern masks what the page shows, if it shows anything.
fn is_masked(analysis: &Analysis<'_>) -> bool {
    let is_text = |name: &str| {
        let value = &analysis.settings.get(name).value;
        matches!(value, EffectiveValue::Text(text) if !text.is_empty())
    };
    is_text(PATTERN) && is_text("screenUserAttribute")
}
