//! The keys of a path -> what the path stands for, and what it should have been.

use super::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::catalogue::{SET_ASIDE, fold, folds_to, foreign, parameter};
use crate::toml::Key;

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `..sms_otp`
    Authenticator,
    /// `..sms_otp.parameters`
    Parameters,
    /// `..sms_otp.parameters.X`
    Parameter,
    /// `..sms_otp.enable`
    Enable,
    /// `..sms_otp.name`
    Name,
    /// `..sms_otp.X`
    Misplaced,
    /// Below a single value, whose own path is the first `length` keys.
    Deeper { length: usize },
    /// The first `length` keys only resemble the section, or a part of it.
    NearMiss { length: usize },
    /// Nothing to do with this section.
    Elsewhere,
}

/// A cheap test of the first key that holds for every path that [`place`] finds a place for.
pub(super) fn may_concern(first: &Key<'_>) -> bool {
    first.name.trim_start_matches(SET_ASIDE).starts_with(['a', 'A'])
}

/// What a path stands for; `is_table` tells a table from a single value.
pub(super) fn place(path: &[&Key<'_>], is_table: bool) -> Place {
    let Some(head) = head(path) else { return Place::Elsewhere };
    let own = path[..head].iter().map(|key| key.name.as_ref());
    if !own.eq(AUTHENTICATOR) {
        let is_wrong = |key: &&Key<'_>| key.name != PARAMETERS && is_parameters(&key.name);
        let is_wrong_too =
            path.get(head).is_some_and(is_wrong) && (is_table || path.len() > head + 1);
        return Place::NearMiss { length: head + usize::from(is_wrong_too) };
    }
    let [first, below @ ..] = &path[head..] else { return Place::Authenticator };
    let name = first.name.as_ref();
    match (name, below.len()) {
        (PARAMETERS, 0) => Place::Parameters,
        (PARAMETERS, 1) => Place::Parameter,
        (PARAMETERS, _) => Place::Deeper { length: head + 2 },
        (ENABLE, 0) => Place::Enable,
        (NAME, 0) => Place::Name,
        (_, 0) if is_single(name) || !is_table && !is_quoted_path(name) => Place::Misplaced,
        _ if is_single(name) => Place::Deeper { length: head + 1 },
        _ => Place::NearMiss { length: head + 1 },
    }
}

/// What each key of a near miss's path should have been: one name, or several where a quoted
/// key holds a whole path.
pub(super) fn corrected<'k>(path: &[&'k Key<'_>], is_table: bool) -> Vec<Vec<&'k str>> {
    let mut at = 0;
    let of_key = |(index, key): (usize, &&'k Key<'_>)| {
        let mut names = Vec::new();
        let mut rest = Some(key.name.as_ref());
        while let Some(text) = rest {
            let (part, behind) = match text.split_once('.') {
                Some((part, behind)) if at <= AUTHENTICATOR.len() => (part, Some(behind)),
                _ => (text, None),
            };
            if at == 0 && !folds_to(part, AUTHENTICATOR[0]) {
                names.push(AUTHENTICATOR[0]);
                at = 1;
            }
            let has_more = is_table || behind.is_some() || index + 1 < path.len();
            names.push(match AUTHENTICATOR.get(at) {
                Some(right) => right,
                None if at == AUTHENTICATOR.len() && has_more && is_parameters(part) => PARAMETERS,
                None => part,
            });
            at += 1;
            rest = behind;
        }
        names
    };
    path.iter().enumerate().map(of_key).collect()
}

/// How many keys lead to `sms_otp`, or to something that reads like it.
pub(super) fn head(path: &[&Key<'_>]) -> Option<usize> {
    let parts = path
        .iter()
        .enumerate()
        .flat_map(|(at, key)| key.name.split('.').map(move |part| (at, part)));
    let mut parts = parts.take(AUTHENTICATOR.len()).peekable();
    let mut next =
        |names: &[&str]| parts.next_if(|(_, part)| names.iter().any(|name| folds_to(part, name)));
    next(&[AUTHENTICATOR[0]]);
    next(&["authenticator", "authenticators"])?;
    let (at, _) = next(&["smsotp"])?;
    Some(at + 1)
}

/// Whether a name can only be meant for the table of parameters.
fn is_parameters(name: &str) -> bool {
    let name = fold(name);
    name.starts_with("param")
        || name == "properties"
        || name.len() <= 2 * PARAMETERS.len() && strsim::osa_distance(&name, PARAMETERS) <= 2
}

/// Whether a name is known for a single value, so that it is none of a table.
fn is_single(name: &str) -> bool {
    name == ENABLE || name == NAME || parameter(name).is_some() || foreign(name).is_some()
}

/// `"parameters.X"`
fn is_quoted_path(name: &str) -> bool {
    name.split_once('.').is_some_and(|(first, _)| is_parameters(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::toml::Document;

    /// The place of a table header, and its corrected path.
    fn header(keys: &str) -> (Place, String) {
        let source = Source::new("", format!("[{keys}]\n"));
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{keys}");
        let header = document.tables()[1].header.as_ref().unwrap();
        let path: Vec<_> = header.keys.iter().collect();
        let place = place(&path, true);
        assert!(place == Place::Elsewhere || may_concern(path[0]), "{keys}");
        let right = corrected(&path, true);
        (place, crate::toml::dotted(right.iter().flatten().copied()))
    }

    #[test]
    fn the_right_tables_are_found_in_every_quoting() {
        for keys in [
            "authentication.authenticator.sms_otp",
            "authentication.authenticator.\"sms_otp\"",
            "'authentication' . \"authenticator\" . sms_otp",
        ] {
            assert_eq!(header(keys).0, Place::Authenticator, "{keys}");
            assert_eq!(header(&format!("{keys}.parameters")).0, Place::Parameters, "{keys}");
        }
    }

    #[test]
    fn wrong_paths_are_found_and_corrected() {
        let right = "authentication.authenticator.sms_otp";
        let parameters = "authentication.authenticator.sms_otp.parameters";
        for (wrong, length, meant) in [
            ("authentication.authenticator.smsotp", 3, right),
            ("authentication.authenticator.SMSOTP.parameters", 3, parameters),
            ("authentication.authenticator.SMS_OTP.Parameters", 4, parameters),
            ("authentication.authenticator.sms-otp.parameter", 4, parameters),
            ("authentication.authenticator.\"'sms_otp'\"", 3, right),
            ("authentication.authenticator.\"sms otp\"", 3, right),
            ("authentication.authenticators.sms_otp.parameters", 3, parameters),
            ("Authentication.Authenticator.sms_otp", 3, right),
            ("authenticator.sms_otp", 2, right),
            ("authenticators.smsotp.params", 3, parameters),
            ("authentication.authenticator.sms_otp.parameter", 4, parameters),
            ("authentication.authenticator.sms_otp.Parameters", 4, parameters),
            ("authentication.authenticator.sms_otp.properties", 4, parameters),
            ("\"authentication.authenticator.sms_otp\"", 1, right),
            ("\"authentication.authenticator.sms_otp\".parameters", 1, parameters),
            ("\"authentication.authenticator.sms_otp.parameters\"", 1, parameters),
            ("\"authentication.authenticator\".sms_otp.parameters", 2, parameters),
            ("authentication.\"authenticator.sms_otp\".parameters", 2, parameters),
            ("authentication.\"authenticator.sms_otp.parameters\"", 2, parameters),
            ("authentication.authenticator.\"sms_otp.parameters\"", 3, parameters),
            ("\"authenticator.sms_otp.parameter\"", 1, parameters),
        ] {
            assert_eq!(header(wrong), (Place::NearMiss { length }, meant.to_owned()), "{wrong}");
        }
    }

    #[test]
    fn a_key_that_holds_a_whole_path_keeps_the_name_of_the_parameter() {
        let (place, meant) = header("authentication.authenticator.sms_otp.\"parameters.X.Y\"");
        assert_eq!(place, Place::NearMiss { length: 4 });
        assert_eq!(meant, "authentication.authenticator.sms_otp.parameters.\"X.Y\"");
    }

    #[test]
    fn other_sections_are_left_alone() {
        for keys in [
            "authentication",
            "authentication.authenticator",
            "authentication.authenticator.sms_otp_local",
            "authentication.authenticator.sms_otp_local.parameters",
            "authentication.authenticator.email_otp.parameters",
            "authentication.authenticator.basic",
            "authentication.adaptive",
            "authentication.custom_authenticator",
            "authentication.sms_otp",
            "authentication.x.sms_otp",
            "identity_mgt.sms_otp",
            "sms_otp.parameters",
            "audit",
            "\"\"",
        ] {
            assert_eq!(header(keys).0, Place::Elsewhere, "{keys}");
        }
    }
}
