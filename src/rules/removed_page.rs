//! Pages of a web application that the chosen release does not have.

use crate::catalogue::{Kind, Profile, Release};
use crate::diagnostic::{Category, Concerns, Diagnostic, Label, Needs, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::message::message;
use crate::rules::{Analysis, Rule, Sink};
use crate::section::SettingEntry;
use crate::server::page;
use crate::settings::Setting;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "removed-page",
    category: Category::Value,
    level: Some(Severity::Warning),
    summary: "a page that the release named with --is-version does not have",
    server: "\
The web application smsotpauthenticationendpoint comes with 5.9, 5.10 and 5.11 only. From 6.0 on \
the pages of SMS OTP are smsOtp.jsp, smsOtpError.jsp and mobile.jsp of authenticationendpoint \
(also sms_otp.do, sms_otp_error.do and mobile.do), which the older releases do not have. The \
server sends the browser to the page without looking whether it exists. Absolute URLs are not \
judged, since they may lead to another server.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPAuthenticationEndpointURL = \"smsotpauthenticationendpoint/smsotp.jsp\"
TokenExpiryTime = 300
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPAuthenticationEndpointURL = \"authenticationendpoint/smsOtp.jsp\"
TokenExpiryTime = 300
",
    fixes: "Unsafe: the page that the release ships takes its place.",
    concerns: Concerns::Where(|it| matches!(it.kind, Kind::Page { .. })),
    needs: Needs::Release,
    references: &[],
};

/// The web application of 5.9 to 5.11.
const OLD: &str = "smsotpauthenticationendpoint";

/// The web application that has the pages from 6.0 on.
const NEW: &str = "authenticationendpoint";

/// The pages that `NEW` has from 6.0 on.
const NEW_PAGES: [&str; 6] =
    ["mobile.do", "mobile.jsp", "smsOtp.jsp", "smsOtpError.jsp", "sms_otp.do", "sms_otp_error.do"];

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release else { return };
    for setting in analysis.settings.iter() {
        let Kind::Page { .. } = setting.parameter.kind else { continue };
        let Some((written, text)) = setting.scalar() else { continue };
        if page::fault(text).is_none() && is_missing(text, release) {
            sink.push(finding(analysis, setting, written, text, release));
        }
    }
}

fn is_missing(text: &str, release: Release) -> bool {
    match page::local(text) {
        Some((OLD, _)) => release >= Release::V6_0,
        Some((NEW, page)) => release < Release::V6_0 && NEW_PAGES.contains(&page),
        _ => false,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    setting: &Setting<'_>,
    written: &SettingEntry<'_, '_>,
    text: &str,
    release: Release,
) -> Diagnostic {
    let name = setting.parameter.name;
    let message = if release >= Release::V6_0 {
        message!("{} leads to {}, a web application that {} does not have", name, OLD, release)
    } else {
        message!("{} leads to a page of {} that {} does not have", name, NEW, release)
    };
    let label = Label::new(written.entry.value_span, message!("not in {}", release));
    let finding = Diagnostic::new(&INFO, Severity::Warning, message, label).key(written.dotted());
    let Some(shipped) = setting.parameter.default(Profile { release: Some(release) }) else {
        return finding;
    };
    let slash = if text.starts_with('/') { "/" } else { "" };
    let page = message!("{}{}", slash, shipped);
    let edit = edits::retext(analysis.document, written.entry, &page);
    finding
        .help(message!("the page that {} ships is \"{}\"", release, page))
        .fix(Fix::risky(message!("set {} = \"{}\"", name, page), vec![edit]))
}
