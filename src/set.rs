//! A file and the settings asked for -> the text that has them, or why the file stays as it is.

mod unset;

pub use unset::unset;

use std::collections::HashMap;
use std::{fmt, slice};

use crate::analysis::Analysis;
use crate::catalogue::{IN_CONSOLE, Kind, Owner, foreign, nearest};
use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::edits::{self, Inserter, literal};
use crate::engine::{Keeps, Options, verify};
use crate::fix::{Edit, apply};
use crate::names::closest;
use crate::rules;
use crate::section::{ENABLE, LOCAL, NAME, SettingEntry, SmsOtp};
use crate::server::Registration;
use crate::source::Source;
use crate::toml::{Document, Node, TokenKind, Value, dotted, quoted_string};

/// A setting and the value it is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Whose setting it is.
    of: SmsOtp,
    /// Its name, which also says which section it belongs to.
    name: &'static str,
    /// Every part of the full key.
    path: Vec<&'static str>,
    /// The text that the server is to find.
    text: String,
    /// The same as the plainest TOML value of the setting's kind.
    toml: String,
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
/// Levels and comments that silence a rule do not count here: a value that the server misreads is
/// never written.
///
/// # Errors
/// Why it cannot be had, or what the server would make of a value it misreads.
pub fn set(
    source: &Source,
    assignments: &[Assignment],
    options: &Options<'_>,
) -> Result<Source, String> {
    let before = Document::parse(source);
    if !before.faults().is_empty() {
        return Err("the file is not TOML; smsotp-lint check says where".to_owned());
    }
    let mut current = Source::new(source.name(), source.text());
    for assignment in assignments {
        current = place(&current, assignment, options)?;
    }
    let after = Document::parse(&current);
    judge(&options.analyse(&before), &options.analyse(&after), assignments)?;
    Ok(current)
}

impl Assignment {
    fn parse(argument: &str) -> Result<Self, String> {
        let Some((name, text)) = argument.split_once('=') else {
            return Err(format!("{argument:?} is not of the form KEY=VALUE"));
        };
        let boolean = ["true", "false"].into_iter().find(|it| text.eq_ignore_ascii_case(it));
        let switch = || boolean.map_or_else(|| quoted_string(text), str::to_owned);
        let mut all = SmsOtp::ALL.into_iter();
        let found = all.find_map(|of| Some((of, of.setting_named(name)?)));
        let (of, setting) = found.ok_or_else(|| unknown(name))?;
        let registered = of.registered();
        let toml = match (setting.name, setting.kind) {
            (ENABLE, _) if boolean.is_none() => {
                return Err(format!("{name} can only be true or false"));
            }
            (NAME, _) if text != registered => {
                return Err(format!("{name} can only be {registered}: {LOST}"));
            }
            (_, Kind::Boolean { .. }) => switch(),
            (_, Kind::Number { .. }) => literal(text),
            _ => quoted_string(text),
        };
        let text = if toml.starts_with('"') { text.to_owned() } else { toml.clone() };
        Ok(Self { of, name: of.name_of(setting), path: of.key_of(setting), text, toml })
    }

    /// The name of the setting.
    pub fn name(&self) -> &'static str {
        self.name
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
    if let Some(foreign) = foreign(name) {
        return format!("{name} is a setting of {}, not of SMS OTP", foreign.owner.as_str());
    }
    // A whole path ends in the name.
    let (table, last) = name.rsplit_once('.').unwrap_or(("", name));
    let of_connection = || match nearest(last).map(|nearest| nearest.parameter) {
        None => closest(last, [ENABLE, NAME]).map(str::to_owned),
        Some(parameter) => Some(match parameter.kind {
            Kind::Number { unit, .. } => format!("{}, in {}", parameter.name, unit.as_str()),
            _ => parameter.name.to_owned(),
        }),
    };
    let of_built_in = || {
        let own = SmsOtp::BuiltIn.parameters().iter().map(|it| it.name);
        closest(last, own.chain([ENABLE, NAME])).map(|own| dotted([LOCAL, own]))
    };
    let is_built_in = table == LOCAL;
    if is_built_in && IN_CONSOLE.iter().any(|(parameter, _)| *parameter == last) {
        return format!("there is no setting {name:?}; {}", Owner::BuiltIn.advice());
    }
    let meant = match is_built_in {
        true => of_built_in(),
        false => of_connection().or_else(of_built_in),
    };
    let hint = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
    format!("there is no setting {name:?}{hint}")
}

/// The text with one setting. Where a misspelt or misplaced one was meant for it, that one becomes
/// it: beside it, the file would say two things.
fn place(
    source: &Source,
    assignment: &Assignment,
    options: &Options<'_>,
) -> Result<Source, String> {
    let mended = with_twin_mended(source, assignment, options);
    let source = mended.as_ref().unwrap_or(source);
    let document = Document::parse(source);
    let (analysis, name) = (options.analyse(&document), assignment.name());
    let edits = match analysis.tree.at(assignment.path.iter().copied()).and_then(Node::entry) {
        Some(written) => Some(vec![revalue(&document, &written, assignment)]),
        None => edits::insert(&document, &analysis.tree, &assignment.path, &assignment.toml),
    };
    let nowhere = || {
        format!(
            "there is no place for {name} where the server would read it; smsotp-lint check says \
             what is in the way"
        )
    };
    let edits = edits.ok_or_else(nowhere)?;
    let text = apply(source.text(), &edits).ok_or_else(nowhere)?;
    let is_written = text == source.text();
    let changed = Source::new(source.name(), text);
    let after = Document::parse(&changed);
    if comments(&after) != comments(&document) {
        return Err(format!("the value of {name} has a comment in it, which would be lost"));
    }
    if !is_written && !verify(&analysis, &edits, Keeps::Nothing) {
        judge(&analysis, &options.analyse(&after), slice::from_ref(assignment))?;
        return Err(nowhere());
    }
    Ok(changed)
}

/// The text in which the setting that was meant for this one has its name and place; `None` where
/// the file has the right one, or none that was meant for it.
fn with_twin_mended(
    source: &Source,
    assignment: &Assignment,
    options: &Options<'_>,
) -> Option<Source> {
    let document = Document::parse(source);
    let analysis = options.analyse(&document);
    if analysis.tree.at(assignment.path.iter().copied()).is_some() {
        return None;
    }
    let (name, table) = assignment.path.split_last()?;
    let (section, _) = analysis.sections().find(|(section, _)| section.of == assignment.of)?;
    let twin = section.attempt(name)?.written;
    let (_, above) = twin.path.split_last()?;
    let is_misspelt = above.iter().map(|key| key.name.as_ref()).eq(table.iter().copied());
    let moved = |with_comment: bool| {
        let mut inserter = Inserter::of(&document, &analysis.tree, table)?;
        match with_comment {
            true => inserter.take(twin, name)?,
            false => {
                inserter.copy(twin, name)?;
                inserter.discard(twin)?;
            }
        }
        Some(inserter.edits())
    };
    let ways = match is_misspelt {
        true => [Some(vec![edits::rename(twin.entry.keys.last()?, name)]), None],
        // A comment that no report shows cannot come along.
        false => [moved(true), moved(false)],
    };
    let mut ways = ways.into_iter().flatten();
    let edits = ways.find(|edits| verify(&analysis, edits, Keeps::Nothing))?;
    Some(Source::new(source.name(), apply(source.text(), &edits)?))
}

/// Another value for an entry. A string keeps its quotes, and so does what other values refer to,
/// since they depend on its type.
fn revalue(document: &Document<'_>, written: &SettingEntry<'_>, assignment: &Assignment) -> Edit {
    let Assignment { text, toml, .. } = assignment;
    let entry = written.entry;
    let string = match &entry.value {
        Value::String(text) | Value::Placeholder(text) => Some(text),
        _ => None,
    };
    let keeps_quotes = toml.starts_with('"') || written.is_referenced(document);
    match string {
        Some(string) if keeps_quotes && string == text => {
            edits::revalue(entry, document.source().slice(entry.value_span))
        }
        Some(_) if keeps_quotes => edits::retext(document, entry, text),
        _ => edits::revalue(entry, toml),
    }
}

/// Whether the server reads everything asked for, and still starts if it did before.
fn judge(
    before: &Analysis<'_>,
    after: &Analysis<'_>,
    assignments: &[Assignment],
) -> Result<(), String> {
    let found = findings(after);
    let is_misread = |finding: &&Diagnostic| {
        use Category::{Ignored, Startup, Value};
        finding.severity == Severity::Error
            && matches!(finding.rule.category, Startup | Ignored | Value)
            && assignments.iter().any(|assignment| finding.key == Some(assignment.key()))
    };
    let stops = || added(&findings(before), &found);
    if let Some(finding) = found.iter().find(is_misread).or_else(stops) {
        return Err(in_one_line(finding));
    }
    assignments.iter().map(|assignment| assignment.of).try_for_each(|of| is_read(after, of))
}

/// Whether the server reads a section.
fn is_read(after: &Analysis<'_>, of: SmsOtp) -> Result<(), String> {
    if !of.is_in(after.profile) {
        return Err(format!("{} is read from {} on", of.table(), of.since()));
    }
    let registered = of.registered();
    match after.server.of_section(of).0 {
        Registration::Renamed => {
            Err(format!("the {NAME} of the section is not {registered}, and {LOST}"))
        }
        Registration::Overridden => Err(format!(
            "a custom authenticator of the name {registered} takes the place of this section"
        )),
        Registration::Unknown if after.server.unspecified => Err(
            "it depends on chance what the server reads in this section; smsotp-lint check says why"
                .to_owned(),
        ),
        Registration::Active | Registration::Unknown => Ok(()),
    }
}

/// What the rules say that are on by default.
fn findings(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    rules::run(analysis, |info| info.level.is_some())
}

/// A finding that keeps the server from starting and was not there before, whatever moved since.
fn added<'f>(before: &[Diagnostic], after: &'f [Diagnostic]) -> Option<&'f Diagnostic> {
    let mut left: HashMap<_, usize> = HashMap::new();
    for finding in before {
        *left.entry((finding.rule.name, &finding.key)).or_default() += 1;
    }
    let mut stops = after.iter().filter(|finding| finding.rule.category == Category::Startup);
    stops.find(|finding| match left.get_mut(&(finding.rule.name, &finding.key)) {
        Some(left @ 1..) => {
            *left -= 1;
            false
        }
        _ => true,
    })
}

/// What a finding says, and what to write instead.
fn in_one_line(finding: &Diagnostic) -> String {
    match finding.help.first() {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.to_string(),
    }
}

/// The comments of a file, in no order of their own.
fn comments<'d>(document: &'d Document<'_>) -> Vec<&'d str> {
    let comments = document.tokens().iter().filter(|token| token.kind == TokenKind::Comment);
    let mut texts: Vec<_> = comments.map(|token| document.source().slice(token.span)).collect();
    texts.sort_unstable();
    texts
}
