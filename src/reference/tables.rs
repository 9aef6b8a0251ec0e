//! The catalogue and the rules -> the tables of the README.

use std::fmt::Write;

use super::facts::level;
use crate::catalogue::{Parameter, Profile};
use crate::rules::RULES;
use crate::section::SmsOtp;

/// Every rule with its category and its level.
pub fn rules() -> String {
    let mut table = String::from("| rule | category | level | reports |\n|---|---|---|---|\n");
    for rule in RULES {
        let (info, category) = (rule.info, rule.info.category.as_str());
        row(&mut table, &[&code(info.name), category, level(info), info.summary]);
    }
    table
}

/// Every setting with its type and its documented default.
pub fn settings() -> String {
    let mut table =
        String::from("| setting | type | default | what it does |\n|---|---|---|---|\n");
    for of in SmsOtp::ALL {
        for parameter in of.own().iter().chain(of.parameters()) {
            let kind = parameter.kind.describe();
            let name = code(of.name_of(parameter));
            let cells = [&name, &*kind, &default(of, parameter), parameter.summary];
            row(&mut table, &cells);
        }
    }
    table
}

pub(super) fn row(table: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(table, "| {} |", cells.join(" | "));
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

pub(super) fn code(text: &str) -> String {
    format!("`{text}`")
}
