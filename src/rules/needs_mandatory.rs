//! Settings that act only when the second step is mandatory, while it is not.

use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::rules::{Analysis, Rule, Sink, with_command};
use crate::section::SettingEntry;
use crate::settings::Switch;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "needs-mandatory",
    category: Category::Contradiction,
    level: Some(Severity::Error),
    summary: "a setting that acts only when SMSOTPMandatory is true, while it is not",
    server: "\
SendOTPDirectlyToMobile and SendOtpToFederatedMobile are read only on the mandatory path. When \
SMSOTPMandatory is not true, a user whom the server does not know is not asked for a code at all: \
the login finishes with the first step. CaptureAndUpdateMobileNumber is documented to act only \
when SMSOTPMandatory is true; newer connectors also consult it on the optional path, so that one \
is a warning.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SendOTPDirectlyToMobile = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
SendOTPDirectlyToMobile = true
",
    fixes: "\
Safe: the setting that has no effect is set to false; CaptureAndUpdateMobileNumber is deleted, \
since true is its default. Unsafe: SMSOTPMandatory is set to true. Nothing safe is offered when \
the file seems to mean SMSOTPMandatory to be true (misspelt, misplaced or misread).",
    concerns: Concerns::Named(&[
        "CaptureAndUpdateMobileNumber",
        "SMSOTPMandatory",
        "SendOTPDirectlyToMobile",
        "SendOtpToFederatedMobile",
    ]),
    needs: Needs::Nothing,
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
};

const MANDATORY: &str = "SMSOTPMandatory";

/// A setting that needs `SMSOTPMandatory`, and what happens without it.
struct Dependent {
    name: &'static str,
    severity: Severity,
    consequence: &'static str,
    /// Its shipped default is true, so that writing `false` would change more than the dead line.
    on_by_default: bool,
}

const DEPENDENTS: [Dependent; 3] = [
    Dependent {
        name: "CaptureAndUpdateMobileNumber",
        severity: Severity::Warning,
        consequence: "is documented to act only when SMSOTPMandatory is true",
        on_by_default: true,
    },
    Dependent {
        name: "SendOTPDirectlyToMobile",
        severity: Severity::Error,
        consequence: "has no effect while SMSOTPMandatory is not true: an unknown user is not \
                      asked for a code at all",
        on_by_default: false,
    },
    Dependent {
        name: "SendOtpToFederatedMobile",
        severity: Severity::Error,
        consequence: "has no effect while SMSOTPMandatory is not true: an unknown federated user \
                      is not asked for a code at all",
        on_by_default: false,
    },
];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let settings = &analysis.settings;
    if settings.switch(MANDATORY) != Switch::Off {
        return;
    }
    for dependent in &DEPENDENTS {
        let setting = settings.get(dependent.name);
        let Some(written) = setting.written() else { continue };
        if setting.switch() == Switch::On {
            sink.push(finding(analysis, dependent, written));
        }
    }
}

fn finding(
    analysis: &Analysis<'_>,
    dependent: &Dependent,
    written: &SettingEntry<'_, '_>,
) -> Diagnostic {
    let Dependent { name, severity, consequence, .. } = *dependent;
    let mandatory = analysis.settings.get(MANDATORY).written();
    let mut finding = Diagnostic::new(
        &INFO,
        severity,
        format!("{name} {consequence}"),
        Label::new(written.span(), "set to true here"),
    )
    .key(written.dotted());
    let meant = plainly_meant(analysis);
    finding = match (mandatory, meant) {
        (Some(mandatory), _) => finding.also(mandatory.span(), "the server reads this as false"),
        (None, Some(meant)) => {
            finding.also(meant.span(), format!("the server does not read this as {MANDATORY}"))
        }
        (None, None) => {
            finding.help(format!("{MANDATORY} is not in the file, and its default is false"))
        }
    };
    let optional = match dependent.on_by_default {
        true => format!("leave {name} out: true is its default"),
        false => format!("set {name} = false"),
    };
    finding = finding
        .help(format!("to keep the second step optional, {optional}"))
        .help(format!("to ask every user for a code, set {MANDATORY} = true"));
    finding = with_command(finding, analysis, MANDATORY, "true");
    if meant.is_some() {
        // The finding about that spelling carries the fix.
        return finding;
    }
    finding.fix(way_out(analysis, dependent, written)).fix(make_mandatory(analysis))
}

/// The safe way out: the dead setting says what it does.
fn way_out(
    analysis: &Analysis<'_>,
    dependent: &Dependent,
    written: &SettingEntry<'_, '_>,
) -> Option<Fix> {
    let name = dependent.name;
    if dependent.on_by_default {
        let edit = edits::remove(analysis.document, written)?;
        return Some(Fix::safe(format!("delete {name}, whose default is true"), vec![edit]));
    }
    let edit = edits::revalue(written.entry, "false");
    Some(Fix::safe(format!("set {name} = false"), vec![edit]))
}

fn make_mandatory(analysis: &Analysis<'_>) -> Option<Fix> {
    let edits = match analysis.settings.get(MANDATORY).written() {
        Some(mandatory) => vec![edits::revalue(mandatory.entry, "true")],
        None => edits::add_parameter(analysis.document, &analysis.tree, MANDATORY, "true")?,
    };
    Some(Fix::risky(format!("set {MANDATORY} = true"), edits))
}

/// The place where the author seems to have tried to make the second step mandatory.
fn plainly_meant<'c>(analysis: &'c Analysis<'c>) -> Option<&'c SettingEntry<'c, 'c>> {
    let misread = analysis.settings.get(MANDATORY).written().filter(|written| {
        let text = crate::server::java_text::text(&written.entry.value);
        !text.eq_ignore_ascii_case("false")
    });
    analysis.section.attempt(MANDATORY).or(misread)
}
