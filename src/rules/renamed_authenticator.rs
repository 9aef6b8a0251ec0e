//! A name under which the server does not look for the settings.

use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::edits;
use crate::fix::Fix;
use crate::rules::{Analysis, Rule, Sink, as_written};
use crate::section::NAME;
use crate::section::SMSOTP;
use crate::server::Registration;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "renamed-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Error),
    summary: "a name other than SMSOTP",
    server: "\
The server looks for the settings of the SMS OTP authenticator under exactly the name SMSOTP, \
letter case included. Under another name it finds none: every parameter is lost, those of the \
shipped defaults too.",
    example: "\
[authentication.authenticator.sms_otp]
name = \"SmsOTP\"
enable = true
",
    instead: "\
[authentication.authenticator.sms_otp]
name = \"SMSOTP\"
enable = true
",
    fixes: "\
Unsafe: the name becomes SMSOTP, or the line is deleted, since that is the default; all settings \
begin to count then.",
    references: &[],
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let (Registration::Renamed, Some(name)) =
        (analysis.server.registration, &analysis.section.name)
    else {
        return;
    };
    let value = as_written(analysis.document, name);
    let right = format!("\"{SMSOTP}\"");
    let finding = Diagnostic::new(
        &INFO,
        Severity::Error,
        format!(
            "{NAME} = {value} hides the whole section: the server looks for {SMSOTP}, \
             finds nothing, and loses every parameter with its default"
        ),
        Label::new(name.entry.value_span, "not the name the server looks for"),
    )
    .key(name.dotted())
    .help(format!("write {NAME} = {right}, or leave {NAME} out: that is its default"))
    .fix(Fix::risky(format!("set {NAME} = {right}"), vec![edits::revalue(name.entry, right)]));
    let edit = edits::remove(analysis.document, name);
    sink.push(finding.fix(edit.map(|edit| Fix::risky(format!("delete {NAME}"), vec![edit]))));
}
