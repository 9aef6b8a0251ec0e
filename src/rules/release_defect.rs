//! An expiry time that the chosen release handles badly.

use crate::catalogue::Release;
use crate::rules::prelude::*;
use crate::section::path_of;
use crate::settings::Origin;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "release-defect",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("release_defect.md")),
    concerns: Concerns::Named(&["BackupCode", "TokenExpiryTime"]),
    needs: Needs::Release,
};

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;
const EXPIRY: &str = "TokenExpiryTime";
const BACKUP: &str = "BackupCode";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let Some(release) = analysis.profile.release else { return };
    let expiry = analysis.settings.get(EXPIRY);
    match (expiry.written(), expiry.origin()) {
        (Some(written), Origin::File) if release == Release::V5_10 => {
            sink.push(fails_logins(written));
        }
        (_, Origin::Unset) => sink.extend(left_out(analysis, release)),
        _ => {}
    }
    if release == Release::V5_9 && analysis.settings.switch(BACKUP) == Switch::On {
        sink.extend(loose_backup_codes(analysis));
    }
}

fn fails_logins(written: &SettingEntry<'_>) -> Diagnostic {
    let message = message!("{} fails every login that sends a code in 5.10.0", EXPIRY);
    INFO.at_setting(written, message, "set here")
        .help(message!("leave {} out (a code then never expires in 5.10), or update", EXPIRY))
}

fn loose_backup_codes(analysis: &Analysis<'_>) -> Option<Diagnostic> {
    let written = analysis.settings.get(BACKUP).written();
    let (place, key) = match written {
        Some(written) => (written.span(), written.dotted()),
        None => (analysis.section.anchor()?, path_of(BACKUP)),
    };
    let label = if written.is_some() { "on here" } else { "on by default" };
    let message = "5.9.0 compares backup codes loosely, and BackupCode is on";
    Some(INFO.at(place, message, label).key(key).help("set BackupCode = false, or update"))
}

fn left_out(analysis: &Analysis<'_>, release: Release) -> Option<Diagnostic> {
    let expiry = analysis.settings.get(EXPIRY).parameter.fallback(analysis.profile);
    let consequence = match expiry.and_then(|seconds| seconds.parse::<u64>().ok()) {
        None => "a code never expires".into(),
        Some(seconds) if seconds > DAY => {
            let hours = seconds / HOUR;
            message!("a code is valid for {} seconds ({} hours)", seconds, hours)
        }
        Some(_) => return None,
    };
    // Setting it is the greater evil there.
    let severity = if release == Release::V5_10 { Severity::Info } else { Severity::Warning };
    let anchor = analysis.section.anchor()?;
    let message = message!("in {}, {} when {} is left out", release, consequence, EXPIRY);
    let mut finding = INFO
        .at(anchor, message, message!("no {} here", EXPIRY))
        .severity(severity)
        .key(path_of(EXPIRY));
    if let Some(attempt) = analysis.section.attempt(EXPIRY) {
        let place = attempt.written.span();
        finding = finding.also(place, message!("the server does not read this as {}", EXPIRY));
    }
    let add = message!("add {} = 300, which is in seconds", EXPIRY);
    Some(match release {
        Release::V5_10 => finding.help(message!(
            "setting {} fails logins in 5.10.0 (product-is#8620): update to a release that expires codes",
            EXPIRY
        )),
        Release::V7_0 => finding.help(add).help(
            "the expiry time of the IdP connection has the same defect in 7.0 (product-is#19701), \
             and takes precedence: leave that field empty, or update",
        ),
        _ => finding.help(add),
    })
}
