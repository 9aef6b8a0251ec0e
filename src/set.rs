//! A file and the settings asked for -> the text that has them, or why the file stays as it is.

mod places;

use std::fmt;

use crate::Document;
use crate::catalogue::{Kind, Profile, foreign, nearest, parameter};
use crate::diagnostic::{Category, Diagnostic, RuleInfo, Severity};
use crate::document::{TokenKind, dotted, quoted_string};
use crate::edits::literal;
use crate::fix::apply;
use crate::names::closest;
use crate::rules;
use crate::section::{AUTHENTICATOR, ENABLE, NAME, PARAMETERS};
use crate::server::{Environment, Fate, Model, SMSOTP, java_text};
use crate::source::Source;

/// A setting and the value it is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Every part of the full key.
    path: Vec<&'static str>,
    /// The text that the server is to find.
    text: String,
    /// The same as the plainest TOML value of the setting's kind.
    toml: String,
}

/// Whose defaults apply, and what is known of the server's surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Server<'s> {
    /// The release.
    pub profile: Profile,
    /// The environment variables and system properties.
    pub environment: &'s Environment,
}

/// Reads the `KEY=VALUE`s of a command line.
///
/// # Errors
/// What is wrong with the first that cannot be read, names no setting, or sets one again.
pub fn parse(arguments: &[String]) -> Result<Vec<Assignment>, String> {
    let mut all: Vec<Assignment> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let one = Assignment::parse(argument)?;
        if all.iter().any(|other| other.path == one.path) {
            return Err(format!("{} is given twice", one.name()));
        }
        all.push(one);
    }
    Ok(all)
}

/// The file with every setting asked for, or as it was when it has them already.
///
/// # Errors
/// Why it cannot be had, or what the server would make of a value it misreads.
pub fn set(
    source: &Source,
    assignments: &[Assignment],
    server: Server<'_>,
) -> Result<Source, String> {
    let before = Document::parse(source);
    if !before.faults().is_empty() {
        return Err("the file is not TOML; smsotp-lint check says where".to_owned());
    }
    let mut current = Source::new(source.name(), source.text());
    for assignment in assignments {
        current = server.place(&current, assignment)?;
    }
    server.judge(&before, &Document::parse(&current), assignments)?;
    Ok(current)
}

impl Assignment {
    fn parse(argument: &str) -> Result<Self, String> {
        let Some((name, text)) = argument.split_once('=') else {
            return Err(format!("{argument:?} is not of the form KEY=VALUE"));
        };
        let boolean = ["true", "false"].into_iter().find(|it| text.eq_ignore_ascii_case(it));
        let switch = || boolean.map_or_else(|| quoted_string(text), str::to_owned);
        let (path, toml) = match (name, parameter(name)) {
            (ENABLE, _) => (vec![ENABLE], switch()),
            (NAME, _) if text == SMSOTP => (vec![NAME], quoted_string(text)),
            (NAME, _) => return Err(format!("{NAME} can only be {SMSOTP}: {LOST}")),
            (_, Some(parameter)) => {
                let toml = match parameter.kind {
                    Kind::Boolean { .. } => switch(),
                    Kind::Number { .. } => literal(text),
                    _ => quoted_string(text),
                };
                (vec![PARAMETERS, parameter.name], toml)
            }
            (_, None) => return Err(unknown(name)),
        };
        let path = AUTHENTICATOR.into_iter().chain(path).collect();
        let text = if toml.starts_with('"') { text.to_owned() } else { toml.clone() };
        Ok(Self { path, text, toml })
    }

    /// The name of the setting.
    pub fn name(&self) -> &'static str {
        self.path[self.path.len() - 1]
    }

    /// The full key, as findings name it.
    fn key(&self) -> String {
        dotted(self.path.iter().copied())
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name(), self.toml)
    }
}

const LOST: &str = "under another name the server finds none of the settings";

/// What is wrong with a name that no setting has.
fn unknown(name: &str) -> String {
    if foreign(name).is_some() {
        return format!("{name} is a setting of another part of the server, not of this section");
    }
    // A whole path ends in the name.
    let last = name.rsplit('.').next().unwrap_or(name);
    let meant = match nearest(last).map(|nearest| nearest.parameter) {
        None => closest(last, [ENABLE, NAME]).map(str::to_owned),
        Some(parameter) => Some(match parameter.kind {
            Kind::Number { unit, .. } => format!("{}, in {}", parameter.name, unit.as_str()),
            _ => parameter.name.to_owned(),
        }),
    };
    let hint = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
    format!("there is no setting {name:?}{hint}")
}

impl Server<'_> {
    /// The text with one setting, in the first place where that works.
    fn place(self, source: &Source, assignment: &Assignment) -> Result<Source, String> {
        let document = Document::parse(source);
        let before = self.stops(&document);
        let mut reason = None;
        for edit in places::edits(&document, assignment) {
            let Some(text) = apply(source.text(), [&edit]) else { continue };
            let changed = Source::new(source.name(), text);
            let after = Document::parse(&changed);
            if !after.faults().is_empty() || !reads(&after, assignment) {
                continue;
            }
            if comments(&after) != comments(&document) {
                let name = assignment.name();
                reason.get_or_insert(format!("a comment inside the value of {name} would be lost"));
                continue;
            }
            let own = Some(assignment.key());
            let stops = self.stops(&after);
            // The value itself is judged at the end, when everything asked for is there.
            match added(&before, &stops).find(|finding| finding.key != own) {
                None => return Ok(changed),
                Some(finding) => reason.get_or_insert(finding.message.clone()),
            };
        }
        Err(reason.unwrap_or_else(|| {
            format!(
                "there is no place for {} where the server would read it; smsotp-lint check says \
                 what is in the way",
                assignment.name()
            )
        }))
    }

    /// Whether the server reads everything asked for, and still starts if it did before.
    fn judge(
        self,
        before: &Document<'_>,
        after: &Document<'_>,
        assignments: &[Assignment],
    ) -> Result<(), String> {
        let model = Model::of(after, self.profile, self.environment);
        match model.fate {
            Fate::Renamed => {
                return Err(format!("the section has another {NAME} than {SMSOTP}, and {LOST}"));
            }
            Fate::Replaced => {
                return Err(format!(
                    "a custom authenticator of the name {SMSOTP} takes the place of this section"
                ));
            }
            Fate::Unknown if model.unspecified => {
                return Err("it hangs on chance what the server reads in this section; \
                            smsotp-lint check says why"
                    .to_owned());
            }
            Fate::Read | Fate::Unknown => {}
        }
        let on = |info: &RuleInfo| info.level.is_some();
        let findings = rules::check(after, self.profile, self.environment, on).findings;
        let is_misread = |finding: &&Diagnostic| {
            use Category::{Ignored, Startup, Value};
            finding.severity == Severity::Error
                && matches!(finding.rule.category, Startup | Ignored | Value)
                && assignments.iter().any(|assignment| finding.key == Some(assignment.key()))
        };
        let (stopped, stops) = (self.stops(before), self.stops(after));
        match findings.iter().find(is_misread).or_else(|| added(&stopped, &stops).next()) {
            Some(finding) => Err(finding.message.clone()),
            None => Ok(()),
        }
    }

    /// Everything that keeps the server from starting.
    fn stops(self, document: &Document<'_>) -> Vec<Diagnostic> {
        let is_on = |info: &RuleInfo| info.category == Category::Startup;
        rules::check(document, self.profile, self.environment, is_on).findings
    }
}

/// The findings that were not there before, whatever moved in between.
fn added<'f>(
    before: &[Diagnostic],
    after: &'f [Diagnostic],
) -> impl Iterator<Item = &'f Diagnostic> {
    let count = |all: &[Diagnostic], one: &Diagnostic| {
        let is_same =
            |other: &&Diagnostic| other.rule.name == one.rule.name && other.key == one.key;
        all.iter().filter(is_same).count()
    };
    let is_new = move |finding: &&Diagnostic| count(after, finding) > count(before, finding);
    after.iter().filter(is_new)
}

fn comments<'d>(document: &'d Document<'_>) -> Vec<&'d str> {
    let comments = document.tokens().iter().filter(|token| token.kind == TokenKind::Comment);
    comments.map(|token| document.source().slice(token.span)).collect()
}

/// Whether the file says what is asked for, in a place that counts.
fn reads(document: &Document<'_>, assignment: &Assignment) -> bool {
    let written = places::written(document, &assignment.path);
    written.is_some_and(|written| java_text::text(&written.entry.value) == assignment.text)
}
