//! Names -> those that read like this section, and what a path should have been.

use super::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::catalogue::{fold, folds_to, foreign, parameter};
use crate::toml::{Key, Node, Tree};

/// A name that is the authenticator's, or reads like it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'t, 'd> {
    /// The name.
    pub(super) node: Node<'t, 'd>,
    /// Whether every key of its path is as it should be.
    pub(super) is_own: bool,
}

/// Every name that is the authenticator's, or reads like it.
pub(super) fn heads<'t, 'd>(tree: &'t Tree<'d>) -> Vec<Head<'t, 'd>> {
    let mut found = Vec::new();
    let mut open = vec![(tree.root(), 0, true)];
    while let Some((above, at, is_own)) = open.pop() {
        for node in above.children() {
            let Some(next) = follow(at, node.name()) else { continue };
            let is_own = is_own && AUTHENTICATOR.get(at) == Some(&node.name());
            if next == AUTHENTICATOR.len() {
                found.push(Head { node, is_own });
            } else {
                open.extend(node.elements().chain([node]).map(|below| (below, next, is_own)));
            }
        }
    }
    found
}

/// How many names of the path to the authenticator are found once a key is read, given how many
/// were before; `None` where the key leads elsewhere.
fn follow(at: usize, key: &str) -> Option<usize> {
    let mut parts = key.split('.');
    parts.try_fold(at, |at, part| {
        let is_there = at == AUTHENTICATOR.len();
        if is_there { Some(at) } else { Some(at + 1 + missing(at, part)?) }
    })
}

/// How many names are left out before this one, which is the next of the path or reads like it.
fn missing(at: usize, part: &str) -> Option<usize> {
    let is_tables = || folds_to(part, AUTHENTICATOR[1]) || folds_to(part, "authenticators");
    match at {
        0 if folds_to(part, AUTHENTICATOR[0]) => Some(0),
        0 => is_tables().then_some(1),
        1 => is_tables().then_some(0),
        _ => folds_to(part, "smsotp").then_some(0),
    }
}

/// What each key of a near miss's path should have been: one name, or several where a quoted
/// key holds a whole path, or where names are left out.
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
            let has_more = is_table || behind.is_some() || index + 1 < path.len();
            match AUTHENTICATOR.get(at) {
                Some(_) => {
                    let next = at + 1 + missing(at, part).unwrap_or_default();
                    names.extend(&AUTHENTICATOR[at..next]);
                    at = next;
                }
                None => {
                    let is_table = at == AUTHENTICATOR.len() && has_more && is_parameters(part);
                    names.push(if is_table { PARAMETERS } else { part });
                    at += 1;
                }
            }
            rest = behind;
        }
        names
    };
    path.iter().enumerate().map(of_key).collect()
}

/// Whether a name can only be meant for the table of parameters.
pub(super) fn is_parameters(name: &str) -> bool {
    let name = fold(name);
    name.starts_with("param")
        || name == "properties"
        || name.len() <= 2 * PARAMETERS.len() && strsim::osa_distance(&name, PARAMETERS) <= 2
}

/// Whether a name is known for a single value, so that it is none of a table.
pub(super) fn is_single(name: &str) -> bool {
    name == ENABLE || name == NAME || parameter(name).is_some() || foreign(name).is_some()
}

/// `"parameters.X"`
pub(super) fn is_quoted_path(name: &str) -> bool {
    name.split_once('.').is_some_and(|(first, _)| is_parameters(first))
}

#[cfg(test)]
mod tests {
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::{Document, Tree, dotted};

    /// What a document with one header says about this section: the path of the authenticator's
    /// table, or how many keys are a near miss and what they should have been.
    fn header(keys: &str) -> String {
        let source = Source::new("", format!("[{keys}]\n"));
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{keys}");
        let section = Section::of(&Tree::of(&document));
        match &section.near_misses[..] {
            [] if !section.authenticator.is_empty() => "authenticator".to_owned(),
            [] if !section.parameter_tables.is_empty() => "parameters".to_owned(),
            [] => String::new(),
            [found, ..] => {
                format!("{}: {}", found.path.len(), dotted(found.occurrences[0].meant()))
            }
        }
    }

    #[test]
    fn the_right_tables_are_found_in_every_quoting() {
        for keys in [
            "authentication.authenticator.sms_otp",
            "authentication.authenticator.\"sms_otp\"",
            "'authentication' . \"authenticator\" . sms_otp",
        ] {
            assert_eq!(header(keys), "authenticator", "{keys}");
            assert_eq!(header(&format!("{keys}.parameters")), "parameters", "{keys}");
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
            assert_eq!(header(wrong), format!("{length}: {meant}"), "{wrong}");
        }
    }

    #[test]
    fn a_key_that_holds_a_whole_path_keeps_the_name_of_the_parameter() {
        let found = header("authentication.authenticator.sms_otp.\"parameters.X.Y\"");
        assert_eq!(found, "4: authentication.authenticator.sms_otp.parameters.\"X.Y\"");
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
            assert_eq!(header(keys), "", "{keys}");
        }
    }
}
