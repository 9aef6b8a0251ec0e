//! A file and settings that are to go -> the text without them, or why it stays as it is.

use super::{added, findings, unknown};
use crate::edits;
use crate::engine::Options;
use crate::fix::apply;
use crate::section::SmsOtp;
use crate::source::Source;
use crate::toml::Document;

/// The file without the settings of these names. A comment beside one stays.
///
/// # Errors
/// Why it cannot be had: a name is not in the file, or the server would not start without it.
pub fn unset(source: &Source, names: &[String], options: &Options<'_>) -> Result<Source, String> {
    let mut current = Source::new(source.name(), source.text());
    for name in names {
        current = without(&current, name, &path(name)?, options)?;
    }
    Ok(current)
}

/// Every part of the full key of a setting, which names its authenticator as `set` has it.
fn path(name: &str) -> Result<Vec<&'static str>, String> {
    let of = |of: SmsOtp| Some(of.key_of(of.setting_named(name)?));
    SmsOtp::ALL.into_iter().find_map(of).ok_or_else(|| unknown(name))
}

fn without(
    source: &Source,
    name: &str,
    path: &[&'static str],
    options: &Options<'_>,
) -> Result<Source, String> {
    let document = Document::parse(source);
    if !document.faults().is_empty() {
        return Err("the file is not TOML; smsotp-lint check says where".to_owned());
    }
    let before = options.analyse(&document);
    let Some(node) = before.tree.at(path.iter().copied()) else {
        return Err(format!("{name} is not in the file"));
    };
    let edit = node.entry().and_then(|written| edits::remove(&document, &written));
    let text = edit.and_then(|edit| apply(source.text(), &[edit]));
    let text = text.ok_or_else(|| format!("{name} cannot be removed without what is around it"))?;
    let changed = Source::new(source.name(), text);
    let after = Document::parse(&changed);
    if let Some(finding) = added(&findings(&before), &findings(&options.analyse(&after))) {
        return Err(finding.message.to_string());
    }
    Ok(changed)
}
