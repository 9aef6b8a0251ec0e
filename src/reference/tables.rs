//! The catalogue and the rules -> `src/rules/README.md` and `src/catalogue/README.md`.

use super::facts::level;
use crate::catalogue::{Parameter, Profile};
use crate::markdown::{code, row};
use crate::rules::RULES;
use crate::section::SmsOtp;

const RULES_HEAD: &str = "\
# Rules

`smsotp-lint explain RULE` says what the server does, shows an example and what to write instead.
Rules that are `off` are turned on by name, by category, or all together by `--pedantic`. The tests
write this page from the code.

";

const SETTINGS_HEAD: &str = "\
# Settings

The defaults are the documented ones; in brackets is what the server uses when nothing sets a value.
`smsotp-lint explain SETTING` has the defaults of every release, and what a bad value does.
[UPGRADE.md](UPGRADE.md) tells what changes between releases. The tests write this page from
`parameters.rs`.

";

/// The page of every rule with its category and its level.
pub fn rules() -> String {
    let mut page = String::from(RULES_HEAD);
    page.push_str("| rule | category | level | reports |\n|---|---|---|---|\n");
    for rule in RULES {
        let (info, category) = (rule.info, rule.info.category.as_str());
        let link = format!("[`{}`]({}.md)", info.name, info.name.replace('-', "_"));
        row(&mut page, &[&link, category, level(info), info.page.summary()]);
    }
    page
}

/// The page of every setting with its type and its documented default.
pub fn settings() -> String {
    let mut page = String::from(SETTINGS_HEAD);
    page.push_str("| setting | type | default | what it does |\n|---|---|---|---|\n");
    for of in SmsOtp::ALL {
        for parameter in of.settings() {
            let kind = parameter.kind.describe();
            let name = code(of.name_of(parameter));
            let cells = [&name, &*kind, &default(of, parameter), parameter.summary];
            row(&mut page, &cells);
        }
    }
    page
}

/// The documented default, or that of 7.0 for the built-in SMS OTP, or in brackets what the server
/// uses without one.
fn default(of: SmsOtp, parameter: &Parameter) -> String {
    let profile = of.profile(Profile::default());
    match (parameter.default(profile), parameter.fallback(profile)) {
        (Some(default), _) => code(default),
        (None, Some(fallback)) => format!("({})", code(fallback)),
        (None, None) => String::new(),
    }
}
