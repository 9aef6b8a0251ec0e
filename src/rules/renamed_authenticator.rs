//! A name under which the server does not look for the settings.

use crate::rules::prelude::*;
use crate::section::NAME;
use crate::server::Registration;
use crate::toml::quoted_string;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "renamed-authenticator",
    category: Category::Ignored,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("renamed_authenticator.md")),
    concerns: Concerns::Named(&["name"]),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (section, _) in analysis.sections() {
        let (registration, _) = analysis.server.of_section(section.of);
        if let (Registration::Renamed, Some(name)) = (registration, &section.name) {
            sink.push(finding(analysis, name, section.of.registered()));
        }
    }
}

fn finding(
    analysis: &Analysis<'_>,
    name: &SettingEntry<'_>,
    registered: &'static str,
) -> Diagnostic {
    let message = message!(
        "{} = {} hides the whole section: the server looks for {}, finds nothing, and loses every \
         parameter with its default",
        NAME,
        analysis.view.value(name),
        registered
    );
    let right = message!("{} = \"{}\"", NAME, registered);
    let revalue = edits::revalue(name.entry, quoted_string(registered));
    let remove = edits::remove(analysis.document, name);
    INFO.at_value(name, message, "not the name the server looks for")
        .help(message!("write {}, or leave {} out: that is its default", right, NAME))
        .fix(Fix::risky(message!("set {}", right), vec![revalue]))
        .fix(remove.map(|edit| Fix::risky(message!("delete {}", NAME), vec![edit])))
}
