//! An expiry time that the chosen release handles badly.

use crate::catalogue::Release;
use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::rules::{Analysis, Rule, Sink};
use crate::section::path_of;
use crate::settings::Origin;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "release-defect",
    category: Category::Value,
    level: Some(Severity::Warning),
    summary: "an expiry time that the release named with --is-version handles badly",
    server: "\
Without TokenExpiryTime a code never expires before 6.0, and lives for 300000 seconds (83 hours) \
in 7.0. Setting it fails logins in 5.10.0. From 7.0 on the expiry time of the IdP connection, in \
minutes, takes precedence.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = true
TokenExpiryTime = 300
",
    fixes: "None: how long a code should live is for the operator to say.",
    references: &["https://github.com/wso2/product-is/issues/8620"],
};

const EXPIRY: &str = "TokenExpiryTime";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release else { return };
    let setting = analysis.settings.get(EXPIRY);
    match setting.origin() {
        Origin::File if release == Release::V5_10 => sink
            .extend(setting.written().map(|written| {
            let message = format!("{EXPIRY} fails logins in {release}.0");
            let label = Label::new(written.span(), "set here");
            Diagnostic::new(&INFO, Severity::Warning, message, label).key(written.dotted()).help(
                format!(
                    "product-is#8620 describes the defect; without {EXPIRY}, a code never expires \
                     in {release}"
                ),
            )
        })),
        Origin::Unset => sink.extend(left_out(analysis, release)),
        Origin::File | Origin::Default => {}
    }
}

fn left_out(analysis: &Analysis<'_>, release: Release) -> Option<Diagnostic> {
    let consequence = match release {
        Release::V7_0 => "a code is valid for 300000 seconds (83 hours)",
        release if release < Release::V6_0 => "a code never expires",
        _ => return None,
    };
    let anchor = analysis.section.anchor()?;
    let message = format!("in {release}, {consequence} when {EXPIRY} is left out");
    let label = Label::new(anchor, format!("no {EXPIRY} here"));
    let mut finding =
        Diagnostic::new(&INFO, Severity::Warning, message, label).key(path_of(EXPIRY));
    if let Some(attempt) = analysis.section.attempt(EXPIRY) {
        finding =
            finding.also(attempt.span(), format!("the server does not read this as {EXPIRY}"));
    }
    finding = finding.help(format!("add {EXPIRY} = 300, which is in seconds"));
    Some(match release {
        Release::V5_10 => finding.help("in 5.10.0 itself logins fail then: see product-is#8620"),
        Release::V7_0 => finding.help("or set the expiry time of the IdP connection, in minutes"),
        _ => finding,
    })
}
