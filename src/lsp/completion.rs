//! A text, TOML or not yet, and a place in it -> what can be written there.
//!
//! While somebody types, the text is hardly ever TOML, so each line is looked at by itself.

mod cursor;

use crate::catalogue::{Kind, Parameter, Profile};
use crate::diagnostic::RuleInfo;
use crate::reference::Topic;
use crate::rules::RULES;
use crate::section::{NAME, SmsOtp};
use crate::source::Span;
use crate::toml::{leading_keys, quoted_string};
use cursor::{Cursor, CursorPlace};

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Completion {
    /// What it takes the place of.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: CompletionKind,
    /// How it is called.
    pub(super) label: String,
    /// What is written.
    pub(super) text: String,
    /// The same with a hole to fill in, as editors write templates.
    pub(super) template: Option<String>,
    /// A word or two beside its name.
    pub(super) detail: String,
    /// What there is to tell of it, in Markdown.
    pub(super) documentation: Option<String>,
}

/// The kinds of [`Completion`], by their numbers in the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompletionKind {
    /// The header of a table.
    Table = 9,
    /// The name of a setting.
    Setting = 10,
    /// A value.
    Value = 12,
    /// A rule, in a comment that silences it.
    Rule = 21,
}

impl Completion {
    /// What is written as it is called.
    fn plain(span: Span, kind: CompletionKind, text: String, detail: &str) -> Self {
        Self {
            span,
            kind,
            label: text.clone(),
            text,
            template: None,
            detail: detail.to_owned(),
            documentation: None,
        }
    }
}

/// What can be written at an offset.
pub(super) fn completions(text: &str, offset: usize, profile: Profile) -> Vec<Completion> {
    let outline = Outline::of(text, offset);
    let cursor = Cursor::of(text, offset);
    match &cursor.place {
        CursorPlace::Header => outline.headers(cursor.span, profile),
        CursorPlace::Rules => rules(cursor.span),
        CursorPlace::Nowhere => Vec::new(),
        CursorPlace::Key { above } => {
            let path: Vec<&str> = outline.table.iter().chain(above).map(String::as_str).collect();
            match known(&path) {
                Some((of, known)) => outline.settings(&path, of, known, &cursor, profile),
                None if above.is_empty() && cursor.is_whole_line => {
                    outline.headers(cursor.span, profile)
                }
                None => Vec::new(),
            }
        }
        CursorPlace::Value { path } => {
            let path: Vec<&str> = outline.table.iter().chain(path).map(String::as_str).collect();
            let values = |(of, setting)| values(of, setting, cursor.span, profile);
            known_setting(&path).map_or_else(Vec::new, values)
        }
    }
}

/// The setting on the line of an offset, and where it is, as far as its line tells.
pub(super) fn setting_at(text: &str, offset: usize) -> Option<(Span, Topic)> {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next()?;
    let keys = leading_keys(line).0;
    let span = keys.iter().map(|key| key.span).reduce(Span::to)?;
    let outline = Outline::of(text, offset);
    let path = outline.table.iter().map(String::as_str).chain(keys.iter().map(|key| &*key.name));
    let path: Vec<&str> = path.collect();
    let (of, setting) = known_setting(&path)?;
    let span = Span::new(start + span.start, start + span.end);
    Some((span, Topic::Parameter(of, setting)))
}

/// The setting at a path, and of which authenticator it is.
fn known_setting(path: &[&str]) -> Option<(SmsOtp, &'static Parameter)> {
    let (name, table) = path.split_last()?;
    let (of, known) = known(table)?;
    Some((of, known.iter().find(|setting| setting.name == *name)?))
}

/// The settings that a table holds, and of which authenticator.
fn known(table: &[&str]) -> Option<(SmsOtp, &'static [Parameter])> {
    SmsOtp::ALL.into_iter().find_map(|of| match table {
        _ if table == of.path() => Some((of, of.own())),
        _ if table == of.parameter_table() => Some((of, of.parameters())),
        _ => None,
    })
}

/// The names that a text writes, as far as its lines tell.
struct Outline {
    /// The table at the offset.
    table: Vec<String>,
    /// The paths of all headers.
    headers: Vec<Vec<String>>,
    /// The paths of all settings but the one at the offset.
    settings: Vec<Vec<String>>,
}

impl Outline {
    fn of(text: &str, offset: usize) -> Self {
        let (mut here, mut table) = (None, Vec::new());
        let (mut headers, mut settings) = (Vec::new(), Vec::new());
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            end += line.len();
            let is_here = offset < end || offset == end && !line.ends_with('\n');
            if is_here && here.is_none() {
                here = Some(table.clone());
                continue;
            }
            let line = line.trim();
            let keys = leading_keys(line).0.into_iter().map(|key| key.name.into_owned());
            if line.starts_with('[') {
                table = keys.collect();
                headers.push(table.clone());
            } else if line.contains('=') {
                settings.push(table.iter().cloned().chain(keys).collect());
            }
        }
        Self { table: here.unwrap_or(table), headers, settings }
    }

    /// The headers of the sections that are not written yet: the built-in one where the release is
    /// known to have it.
    fn headers(&self, span: Span, profile: Profile) -> Vec<Completion> {
        let header = |path: &str, detail| {
            Completion::plain(span, CompletionKind::Table, format!("[{path}]"), detail)
        };
        let is_there = |of: &SmsOtp| {
            *of == SmsOtp::Connection || (profile.release.is_some() && of.is_in(profile))
        };
        let mut missing = Vec::new();
        for of in SmsOtp::ALL.into_iter().filter(is_there) {
            if !holds(&self.headers, &of.path()) {
                missing.push(header(of.dotted(), "SMS OTP: enable and name"));
            }
            if !holds(&self.headers, &of.parameter_table()) {
                missing.push(header(of.parameters_dotted(), "SMS OTP: the parameters"));
            }
        }
        missing
    }

    /// The settings of a table that are not written yet and that the release reads.
    fn settings(
        &self,
        table: &[&str],
        of: SmsOtp,
        known: &'static [Parameter],
        cursor: &Cursor,
        profile: Profile,
    ) -> Vec<Completion> {
        let is_missing = |setting: &&'static Parameter| {
            let path: Vec<&str> = table.iter().copied().chain([setting.name]).collect();
            !holds(&self.settings, &path) && !setting.is_too_new(profile)
        };
        let offer = |setting: &'static Parameter| {
            let name = setting.name;
            let value = template(setting, profile);
            Completion {
                span: cursor.span,
                kind: CompletionKind::Setting,
                label: name.to_owned(),
                text: if cursor.has_value { name.to_owned() } else { format!("{name} = ") },
                template: (!cursor.has_value).then(|| format!("{name} = {value}")),
                detail: setting.kind.describe().into_owned(),
                documentation: Some(Topic::Parameter(of, setting).markdown()),
            }
        };
        known.iter().filter(is_missing).map(offer).collect()
    }
}

fn holds(paths: &[Vec<String>], path: &[&str]) -> bool {
    paths.iter().any(|one| one == path)
}

/// A value with a hole to fill in. Of a switch the position comes first that is not the default,
/// since nobody has to write the other.
fn template(setting: &Parameter, profile: Profile) -> String {
    let used = setting.default(profile).or_else(|| setting.fallback(profile));
    match setting.kind {
        Kind::Boolean { .. } if used == Some("true") => "${1|false,true|}".to_owned(),
        Kind::Boolean { .. } => "${1|true,false|}".to_owned(),
        Kind::Number { .. } => format!("${{1:{}}}", used.unwrap_or_default()),
        Kind::Choice { words } => format!("\"${{1|{}|}}\"", words.join(",")),
        _ => "\"${1}\"".to_owned(),
    }
}

/// The values of a setting that can be told in advance.
fn values(of: SmsOtp, setting: &Parameter, span: Span, profile: Profile) -> Vec<Completion> {
    let default = setting.default(profile).or_else(|| setting.fallback(profile));
    let texts: Vec<&str> = match setting.kind {
        Kind::Boolean { .. } => vec!["true", "false"],
        Kind::Choice { words } => words.to_vec(),
        _ if setting.name == NAME => vec![of.registered()],
        _ => default.into_iter().collect(),
    };
    let is_bare = matches!(setting.kind, Kind::Boolean { .. } | Kind::Number { .. });
    let value = |text: &str| {
        let toml = if is_bare { text.to_owned() } else { quoted_string(text) };
        let detail = if default == Some(text) { "the default" } else { "" };
        Completion::plain(span, CompletionKind::Value, toml, detail)
    };
    texts.into_iter().map(value).collect()
}

/// The names of rules.
fn rules(span: Span) -> Vec<Completion> {
    let rule = |info: &RuleInfo| {
        Completion::plain(span, CompletionKind::Rule, info.name.to_owned(), info.page.summary())
    };
    RULES.iter().map(|one| rule(one.info)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{PARAMETERS, Release};

    /// What is offered at the `|` of a text.
    fn offered(text: &str) -> Vec<Completion> {
        let offset = text.find('|').unwrap();
        completions(&text.replacen('|', "", 1), offset, Profile::default())
    }

    fn labels(text: &str) -> Vec<String> {
        offered(text).into_iter().map(|one| one.label).collect()
    }

    const HEADER: &str = "[authentication.authenticator.sms_otp]";
    const PARAMETERS_HEADER: &str = "[authentication.authenticator.sms_otp.parameters]";

    #[test]
    fn headers_are_offered_that_are_not_written() {
        for text in ["|", "[|", "[auth|]", "x = 1\n[a]\n[authentication.|\ny = [\n", "\u{feff}|"] {
            assert_eq!(labels(text), [HEADER, PARAMETERS_HEADER], "{text}");
        }
        assert_eq!(labels(&format!("{HEADER}\n[|")), [PARAMETERS_HEADER]);
        assert_eq!(labels(&format!("[|\n{PARAMETERS_HEADER}\n")), [HEADER]);
        let release = Profile { release: Some(Release::V7_1) };
        let both = completions("", 0, release).into_iter().map(|one| one.label);
        assert_eq!(both.filter(|label| label.contains("sms_otp_local")).count(), 2);
        let one = &offered("  [auth|]]\nx = 1")[0];
        assert_eq!(one.span, Span::new(2, 8));
        assert_eq!(one.text, HEADER);
    }

    #[test]
    fn settings_are_offered_that_are_not_written() {
        let all = labels(&format!("{PARAMETERS_HEADER}\n|"));
        assert_eq!(all.len(), PARAMETERS.len());
        for text in [
            format!("{PARAMETERS_HEADER}\nTokenExpiryTime = 5\n\n  Tok|"),
            format!("{PARAMETERS_HEADER}\n|\nTokenExpiryTime = \n[x]\n"),
            format!("{HEADER}\nparameters.TokenExpiryTime = 5\nparameters.Tok|\n"),
            format!("{HEADER}\nparameters.|\n{PARAMETERS_HEADER}\r\nTokenExpiryTime=5"),
            "[authentication]\nauthenticator.sms_otp.parameters.TokenExpiryTime = 1\n\
             authenticator.sms_otp.parameters = { X = '}', | }"
                .to_owned(),
        ] {
            let rest = labels(&text);
            assert_eq!(rest.len(), PARAMETERS.len() - 1, "{text}");
            assert!(!rest.contains(&"TokenExpiryTime".to_owned()), "{text}");
        }
        assert_eq!(labels(&format!("{HEADER}\n|")), ["enable", "name"]);
        assert_eq!(labels("[x]\ny.|"), Vec::<String>::new());
        assert_eq!(labels("[x]\n# |"), Vec::<String>::new());
    }

    #[test]
    fn a_setting_comes_with_a_value_to_fill_in_unless_it_has_one() {
        let of = |text: &str, name: &str| {
            let all = offered(&format!("{PARAMETERS_HEADER}\n{text}"));
            all.into_iter().find(|one| one.label == name).unwrap()
        };
        let mandatory = of("SMSO|", "SMSOTPMandatory");
        assert_eq!(mandatory.text, "SMSOTPMandatory = ");
        assert_eq!(mandatory.template.as_deref(), Some("SMSOTPMandatory = ${1|true,false|}"));
        assert!(mandatory.documentation.unwrap().contains("Default: `false`"));
        let backup = of("|", "BackupCode").template;
        assert_eq!(backup.as_deref(), Some("BackupCode = ${1|false,true|}"));
        let renamed = of("Tok|enLen = 6", "TokenLength");
        assert_eq!((renamed.text.as_str(), renamed.template), ("TokenLength", None));
        assert_eq!(renamed.span.len(), "TokenLen".len());
    }

    #[test]
    fn values_are_offered_that_the_server_knows() {
        let of = |line: &str| labels(&format!("{PARAMETERS_HEADER}\n{line}"));
        for line in ["SMSOTPMandatory = |", "SMSOTPMandatory=t|", "SMSOTPMandatory = \"|\" # x"] {
            assert_eq!(of(line), ["true", "false"], "{line}");
        }
        assert_eq!(of("Nonsense = |"), Vec::<String>::new());
        assert_eq!(of("SMSOTPMandatory = true # |"), Vec::<String>::new());
        assert_eq!(labels(&format!("{HEADER}\nname = |")), ["\"SMSOTP\""]);
        let quoted = &offered(&format!("{HEADER}\nname = \"S|\"\n"))[0];
        assert_eq!(quoted.span.len(), "\"S\"".len());
    }

    #[test]
    fn rules_are_offered_to_a_comment() {
        let of = |text: &str| labels(text).len();
        assert_eq!(of("x = 1 # smsotp-lint: ignore[needs-|"), RULES.len());
        assert_eq!(of("# smsotp-lint: file-ignore[a, |]"), RULES.len());
        assert_eq!(of("# smsotp-lint: ignore[a] |"), 0);
        assert_eq!(of("x = \"# smsotp-lint: ignore[|\""), 0);
    }
}
