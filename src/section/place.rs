//! Names -> those that read like this section, and what a path should have been.

use super::{AUTHENTICATOR, ENABLE, LOCAL, NAME, PARAMETERS, SettingEntry, SmsOtp};
use crate::catalogue::{DISTINCTIVE, SET_ASIDE, fold, folds_to, foreign, parameter};
use crate::toml::{Key, Node, Tree, Value};

/// A name that is the authenticator's, or reads like it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'t, 'd> {
    /// The name.
    pub(super) node: Node<'t, 'd>,
    /// How surely the keys that lead to it mean this section.
    pub(super) likeness: Likeness,
}

/// How surely something means this section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It says exactly so.
    Same,
    /// It can mean nothing else.
    Sure,
    /// It may, if a setting of this section is there.
    Near,
}

/// Every name that is the authenticator's, or reads like it.
pub(super) fn heads<'t, 'd>(tree: &'t Tree<'d>) -> Vec<Head<'t, 'd>> {
    let mut found = Vec::new();
    let mut open = vec![(tree.root(), 0, Likeness::Same)];
    while let Some((above, at, likeness)) = open.pop() {
        for node in above.children() {
            let Some((next, own)) = follow(at, node.name()) else { continue };
            let likeness = likeness.max(own);
            if next < AUTHENTICATOR.len() {
                open.extend(node.elements().chain([node]).map(|below| (below, next, likeness)));
            } else if likeness < Likeness::Near || holds_settings(node, SmsOtp::Connection) {
                found.push(Head { node, likeness });
            }
        }
    }
    found
}

/// How many names of the path to the authenticator are found once a key is read, given how many
/// were before; `None` where the key leads elsewhere.
fn follow(at: usize, key: &str) -> Option<(usize, Likeness)> {
    if AUTHENTICATOR.get(at) == Some(&key) {
        return Some((at + 1, Likeness::Same));
    }
    key.split('.').try_fold((at, Likeness::Sure), |(at, likeness), part| match at {
        AT_HEAD => Some((at, likeness)),
        _ => next(at, part).map(|(found, own)| (found + 1, likeness.max(own))),
    })
}

/// How many names lead to the authenticator.
const AT_HEAD: usize = AUTHENTICATOR.len();

/// The names of the path with letter case and separators set aside.
const FOLDED: [&str; AT_HEAD] = ["authentication", "authenticator", "smsotp"];

/// Which name of the path this one is, or reads like, given how many were found before it.
fn next(at: usize, part: &str) -> Option<(usize, Likeness)> {
    let means = |index: &usize| {
        folds_to(part, FOLDED[*index]) || *index == 1 && folds_to(part, "authenticators")
    };
    // `[authenticator.sms_otp]` is the only shorter path that can mean nothing else.
    let likeness = |index: usize| match index == at || (at, index) == (0, 1) {
        true => Likeness::Sure,
        false => Likeness::Near,
    };
    match (at..AT_HEAD).find(means) {
        Some(index) => Some((index, likeness(index))),
        None => (at..AT_HEAD)
            .find(|index| is_near(part, FOLDED[*index]))
            .map(|index| (index, Likeness::Near)),
    }
}

/// Whether a name is another one but for a slip or two, or what the server calls it elsewhere.
fn is_near(part: &str, name: &str) -> bool {
    const SHORT: usize = 6;
    let letters = part.chars().filter(|c| !SET_ASIDE.contains(c)).count();
    let allowed = if letters < SHORT { 1 } else { 2 };
    letters.abs_diff(name.len()) <= allowed && strsim::osa_distance(&fold(part), name) <= allowed
        || name == FOLDED[AT_HEAD - 1] && folds_to(part, "smsotpauthenticator")
}

/// Whether a table holds what only the SMS OTP of a connection reads, or nothing but names that the
/// authenticator reads.
pub(super) fn holds_settings(node: Node<'_, '_>, of: SmsOtp) -> bool {
    let tables = node.children().filter(|child| is_parameters(child.name()));
    let inside = node.children().chain(tables.flat_map(Node::children));
    let settings: Vec<_> =
        inside.filter_map(Node::entry).filter(|entry| !entry.is_table()).collect();
    let is_other = |entry: &SettingEntry<'_>| {
        let is_registered = |name: &str| name == of.registered();
        entry.name() == NAME
            && !matches!(&entry.entry.value, Value::String(name) if is_registered(name))
    };
    let mut names =
        settings.iter().map(SettingEntry::name).filter(|name| ![NAME, ENABLE].contains(name));
    !settings.iter().any(is_other)
        && (of == SmsOtp::Connection && names.clone().any(|name| DISTINCTIVE.contains(&name))
            || names.clone().next().is_some() && names.all(|name| of.parameter(name).is_some()))
}

/// What each key of a near miss's path should have been: one name, or several where a quoted
/// key holds a whole path, or where names are left out.
pub(super) fn corrected<'k>(path: &[&'k Key<'_>], is_table: bool) -> Vec<Vec<&'k str>> {
    if of(path) == SmsOtp::BuiltIn {
        return corrected_built_in(path, is_table);
    }
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
                    let found = next(at, part).map_or(at, |(found, _)| found);
                    names.extend(&AUTHENTICATOR[at..=found]);
                    at = found + 1;
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

/// The same for the section of the authenticator that is built in.
fn corrected_built_in<'k>(path: &[&'k Key<'_>], is_table: bool) -> Vec<Vec<&'k str>> {
    let own = SmsOtp::BuiltIn.path();
    let of_key = |(index, key): (usize, &&'k Key<'_>)| {
        let name = key.name.as_ref();
        let has_more = is_table || index + 1 < path.len();
        match (own.get(index), name.split_once('.')) {
            (Some(right), _) => vec![*right],
            (None, Some((first, rest))) if index == own.len() && is_parameters(first) => {
                vec![PARAMETERS, rest]
            }
            (None, _) if index == own.len() && has_more && is_parameters(name) => vec![PARAMETERS],
            (None, _) => vec![name],
        }
    };
    path.iter().enumerate().map(of_key).collect()
}

/// Whose section a path is about.
pub(super) fn of(path: &[&Key<'_>]) -> SmsOtp {
    let [root, tables, _] = AUTHENTICATOR;
    match path {
        [first, second, own, ..]
            if first.name == root
                && second.name == tables
                && likeness_to_built_in(&own.name).is_some() =>
        {
            SmsOtp::BuiltIn
        }
        _ => SmsOtp::Connection,
    }
}

/// How surely a name is the one of the built-in authenticator's table.
pub(super) fn likeness_to_built_in(name: &str) -> Option<Likeness> {
    const FOLDED_NAME: &str = "smsotplocal";
    match name {
        LOCAL => Some(Likeness::Same),
        _ if folds_to(name, FOLDED_NAME) => Some(Likeness::Sure),
        _ => is_near(name, FOLDED_NAME).then_some(Likeness::Near),
    }
}

/// Whether a name can only be meant for the table of parameters.
pub(super) fn is_parameters(name: &str) -> bool {
    let name = fold(name);
    name.starts_with("param")
        || name == "properties"
        || name.len() <= 2 * PARAMETERS.len() && strsim::osa_distance(&name, PARAMETERS) <= 2
}

/// Whether a name is known for a single value, so that it is none of a table.
pub(super) fn is_single(name: &str, of: SmsOtp) -> bool {
    let is_read = || parameter(name).is_some() || of.parameter(name).is_some();
    name == ENABLE || name == NAME || is_read() || foreign(name).is_some()
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
