//! Values that say what the server ships anyway.

use crate::catalogue::{Kind, Parameter, Profile, Release, Truth};
use crate::rules::prelude::*;
use crate::server::java_text;
use crate::toml::Value;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "restates-default",
    category: Category::Style,
    level: None,
    page: RulePage::new(include_str!("restates_default.md")),
    concerns: Concerns::Where(has_default),
    ..RuleInfo::PLAIN
};

/// Whether the oldest 7.3 ships it is uncertain, so that deleting it could change something.
const UNCERTAIN: &str = "EnableUserBasedResendBlocking";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    for (setting, written, text) in analysis.settings.scalars() {
        let parameter = setting.parameter;
        let Some(default) = default(parameter, analysis.profile) else { continue };
        if has_default(parameter) && means(parameter, text, default) {
            sink.push(finding(analysis, written, default));
        }
    }
    for (written, default) in
        [(&analysis.section.enable, "true"), (&analysis.section.name, "SMSOTP")]
    {
        let Some(written) = written else { continue };
        let is_scalar = matches!(written.entry.value, Value::String(_) | Value::Boolean(_));
        if is_scalar && java_text::text(&written.entry.value) == default {
            sink.push(finding(analysis, written, default));
        }
    }
}

/// The shipped default of the release, or the one that all releases share.
fn default(parameter: &Parameter, profile: Profile) -> Option<&'static str> {
    if profile.release.is_some() {
        return parameter.default(profile);
    }
    let of = |release| parameter.default(Profile { release: Some(release) });
    let first = of(Release::ALL[0]);
    Release::ALL.into_iter().all(|release| of(release) == first).then_some(first)?
}

/// Whether some release ships a value for it, so that a file may restate it.
fn has_default(parameter: &Parameter) -> bool {
    let profiles = Release::ALL.map(|release| Profile { release: Some(release) });
    parameter.name != UNCERTAIN && profiles.iter().any(|it| parameter.default(*it).is_some())
}

fn means(parameter: &Parameter, text: &str, default: &str) -> bool {
    match parameter.kind {
        Kind::Boolean { truth: Truth::AnyCase, .. } => text.eq_ignore_ascii_case(default),
        _ => text == default,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    written: &SettingEntry<'_>,
    default: &'static str,
) -> Diagnostic {
    let name = analysis.view.key(written.key());
    let shipped_by = match analysis.profile.release {
        Some(release) => message!("{}", release),
        None => "every release".into(),
    };
    let message = message!("{} restates the default: {} ships `{}`", name, shipped_by, default);
    let delete = || {
        let edit = edits::remove(analysis.document, written)?;
        Some(Fix::safe(message!("delete {}", name), vec![edit]))
    };
    let fix = if written.is_referenced(analysis.document) { None } else { delete() };
    INFO.at_setting(written, message, "the default").help(message!("leave {} out", name)).fix(fix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::parameter;

    #[test]
    fn knows_whose_defaults_count() {
        let of = |name, release| default(parameter(name).unwrap(), Profile { release });
        assert_eq!(of("RetryEnable", None), Some("true"));
        assert_eq!(of("MobileNumberRegPage", None), None);
        assert_eq!(of("Tags", None), None);
        assert_eq!(of("Tags", Some(Release::V6_0)), Some("MFA"));
        assert_eq!(of("TokenLength", Some(Release::V7_3)), None);
    }

    #[test]
    fn compares_as_the_server_reads() {
        let means = |name, text, default| means(parameter(name).unwrap(), text, default);
        assert!(means("RetryEnable", "TRUE", "true"));
        assert!(!means("RetryEnable", "yes", "true"));
        assert!(!means("SMSOTPMandatory", "no", "false"));
        assert!(!means("BackupCode", "True", "true"));
        assert!(!means("MobileNumberRegPage", "/authenticationendpoint/mobile.jsp", "mobile.jsp"));
    }
}
