//! `# smsotp-lint: ignore[rule] reason` -> which findings a file silences, and which of these
//! comments silence nothing.

use std::collections::BTreeMap;

use crate::diagnostic::{Category, Diagnostic, Needs, RuleInfo};
use crate::edits::full_lines;
use crate::fix::{Edit, Fix};
use crate::message::{Message, message};
use crate::policy::{LevelRefusal, Selector, is_fixed};
use crate::rules::unused_ignore;
use crate::source::Span;
use crate::toml::{Document, Entry, TokenKind};

/// What a comment of this tool begins with, behind the `#`.
const TOOL: &str = "smsotp-lint";
const IGNORE: &str = "ignore";
const FILE_IGNORE: &str = "file-ignore";
/// What other tools call it. Behind the name of this one, nothing else can be meant.
const OTHER_WORDS: [&str; 6] = ["disable", "allow", "off", "skip", "noqa", "suppress"];

/// Findings, divided by what the comments of the file say.
#[derive(Debug, Default)]
pub struct Divided {
    /// Those that stand, with one for each comment that silences nothing.
    pub kept: Vec<Diagnostic>,
    /// Those that a comment silences.
    pub suppressed: Vec<Diagnostic>,
}

/// One comment that asks for silence.
struct Directive {
    comment: Span,
    /// Where the findings must stand that it silences.
    scope: Span,
    names: Vec<IgnoredName>,
}

/// A rule or category in the brackets of a comment.
struct IgnoredName {
    text: String,
    span: Span,
    used: bool,
}

/// Divides findings by the comments of a document. `is_on` tells which rules ran: a comment for
/// one that did not is never called useless.
pub fn divide(
    document: &Document<'_>,
    findings: Vec<Diagnostic>,
    is_on: impl Fn(&RuleInfo) -> bool,
) -> Divided {
    let mut directives = Directives::of(document);
    let mut divided = Divided::default();
    directives.note_use(&findings);
    for finding in findings {
        if directives.silence(&finding) {
            divided.suppressed.push(finding);
        } else {
            divided.kept.push(finding);
        }
    }
    if is_on(&unused_ignore::INFO) {
        let useless = directives.all.iter().filter_map(|one| useless(document, one, &is_on));
        let malformed =
            directives.malformed.iter().map(|comment| unused_ignore::malformed(*comment));
        for finding in useless.chain(malformed) {
            match directives.silence(&finding) {
                true => divided.suppressed.push(finding),
                false => divided.kept.push(finding),
            }
        }
        divided.kept.sort_by_cached_key(|finding| finding.primary.span);
    }
    divided
}

/// The comment that silences a rule at the setting or the table in which a finding stands. `None`
/// where no comment does.
pub fn ignore_here(document: &Document<'_>, finding: &Diagnostic) -> Option<Fix> {
    if is_fixed(finding.rule) || finding.rule.category == Category::Meta {
        return None;
    }
    let at = finding.primary.span.start;
    let headers = document.tables().iter().filter_map(|table| table.header.as_ref());
    let entries = document.tables().iter().flat_map(|table| &table.entries);
    let mut places = headers.map(|header| header.span).chain(entries.map(Entry::span));
    let place = places.find(|place| place.start <= at && at < place.end)?;
    let source = document.source();
    let line = source.line_span(source.line_of(place.start));
    let start = line.start.max(source.start());
    let indent = Some(source.slice(Span::new(start, place.start)));
    // Two things on one line share what is above it.
    let indent = indent.filter(|indent| indent.trim().is_empty())?;
    let name = finding.rule.name;
    let comment = format!("{indent}# {TOOL}: {IGNORE}[{name}]{}", source.line_ending().as_str());
    let title = message!("ignore {} here", name);
    Some(Fix::safe(title, vec![Edit::insert(start, comment)]))
}

/// Where the last name begins in a comment whose list of names is still open, if it is one of this
/// tool.
pub fn opens_names(comment: &str) -> Option<usize> {
    let said = comment.trim_start_matches('#').trim_start().strip_prefix(TOOL)?;
    let said = said.strip_prefix(':')?.trim_start();
    let verb = [FILE_IGNORE, IGNORE].into_iter().find(|verb| said.starts_with(verb))?;
    let list = said[verb.len()..].strip_prefix('[').filter(|list| !list.contains(']'))?;
    let last = list.rsplit(',').next()?;
    Some(comment.len() - last.len())
}

/// The comments of a document in the order of where their scopes begin.
struct Directives {
    all: Vec<Directive>,
    /// By name, where each scope begins, and where it or one before it ends last: so that neither
    /// a finding nor a comment is held against all of the others.
    scopes: BTreeMap<String, Vec<(usize, usize)>>,
    /// Comments that seem to ask for silence in other words.
    malformed: Vec<Span>,
}

impl Directives {
    fn of(document: &Document<'_>) -> Self {
        let (mut all, malformed) = directives(document);
        all.sort_by_cached_key(|directive| directive.scope.start);
        let mut scopes: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for directive in &all {
            for name in &directive.names {
                let known = scopes.entry(name.text.clone()).or_default();
                let last = known.last().map_or(0, |(_, end)| *end);
                known.push((directive.scope.start, last.max(directive.end())));
            }
        }
        Self { all, scopes, malformed }
    }

    /// Marks every name that silences one of the findings.
    fn note_use(&mut self, findings: &[Diagnostic]) {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| !is_fixed(finding.rule)) {
            for name in names_of(finding.rule) {
                places.entry(name).or_default().push(finding.primary.span.start);
            }
        }
        places.values_mut().for_each(|places| places.sort_unstable());
        for directive in &mut self.all {
            let (start, end) = (directive.scope.start, directive.end());
            for name in &mut directive.names {
                let Some(places) = places.get(name.text.as_str()) else { continue };
                let next = places.get(places.partition_point(|place| *place < start));
                name.used = next.is_some_and(|place| *place < end);
            }
        }
    }

    fn silence(&self, finding: &Diagnostic) -> bool {
        let at = finding.primary.span.start;
        let is_silenced = |name: &str| {
            let Some(scopes) = self.scopes.get(name) else { return false };
            let begun = scopes.partition_point(|(start, _)| *start <= at);
            begun > 0 && at < scopes[begun - 1].1
        };
        !is_fixed(finding.rule) && names_of(finding.rule).into_iter().any(is_silenced)
    }
}

/// By which names a comment may silence a rule.
fn names_of(rule: &RuleInfo) -> [&'static str; 2] {
    [rule.name, rule.category.as_str()]
}

impl Directive {
    /// Where its scope ends, which holds at least one place.
    fn end(&self) -> usize {
        self.scope.end.max(self.scope.start + 1)
    }
}

fn useless(
    document: &Document<'_>,
    directive: &Directive,
    is_on: impl Fn(&RuleInfo) -> bool,
) -> Option<Diagnostic> {
    let idle: Vec<_> =
        directive.names.iter().filter(|name| !name.used && is_idle(name, &is_on)).collect();
    if idle.is_empty() && !directive.names.is_empty() {
        return None;
    }
    let known: Vec<&'static str> =
        idle.iter().filter_map(|name| Selector::of(&name.text)).map(Selector::name).collect();
    let finding = unused_ignore::finding(directive.comment, &known, idle.len() > known.len());
    if directive.names.is_empty() {
        return Some(finding.help(unused_ignore::SYNTAX));
    }
    // A name that is nearly right was meant: to delete it would bury what the author wanted.
    let meant = idle.iter().find_map(|name| match Selector::named(&name.text) {
        Err(LevelRefusal::Unknown(near)) => near,
        _ => None,
    });
    if let Some(meant) = meant {
        return Some(finding.help(message!("did you mean {}?", meant)));
    }
    let fix = match idle.len() == directive.names.len() {
        true => Fix::safe("delete the comment", vec![without_comment(document, directive.comment)]),
        false => Fix::safe(
            message!("delete {} from the comment", listed(&known)),
            vec![Edit::replace(brackets(directive), remaining(directive, &idle))],
        ),
    };
    Some(finding.fix(fix))
}

fn listed(names: &[&'static str]) -> Message {
    Message::joined(names.iter().copied().map(Message::from), ", ")
}

/// Whether a name that silenced nothing may be called useless in this run.
fn is_idle(name: &IgnoredName, is_on: &impl Fn(&RuleInfo) -> bool) -> bool {
    match Selector::of(&name.text) {
        None => true,
        Some(Selector::Rule(rule)) => {
            let may_speak = is_on(rule) && rule.needs == Needs::Nothing;
            is_fixed(rule) || (may_speak && rule.name != unused_ignore::INFO.name)
        }
        Some(Selector::Category(category)) => {
            let mut rules = crate::rules::RULES.iter().map(|rule| rule.info);
            rules.any(|rule| rule.category == category && is_on(rule))
                && category != unused_ignore::INFO.category
        }
    }
}

fn brackets(directive: &Directive) -> Span {
    directive.names.iter().map(|name| name.span).reduce(Span::to).unwrap_or_default()
}

fn remaining(directive: &Directive, idle: &[&IgnoredName]) -> String {
    // Both are in the order of the comment.
    let is_idle =
        |name: &IgnoredName| idle.binary_search_by_key(&name.span, |idle| idle.span).is_ok();
    let kept = directive.names.iter().filter(|name| !is_idle(name));
    kept.map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// The comment and the blanks before it; its line too when there is nothing else on it.
fn without_comment(document: &Document<'_>, comment: Span) -> Edit {
    let source = document.source();
    let line = source.line_of(comment.start);
    let start = source.line_span(line).start.max(source.start());
    let before = source.slice(Span::new(start, comment.start));
    let code = before.trim_end();
    match code.is_empty() {
        true => Edit::delete(full_lines(document, line, line)),
        false => Edit::delete(Span::new(start + code.len(), comment.end)),
    }
}

/// The comments that ask for silence, and those that seem to and are not understood.
fn directives(document: &Document<'_>) -> (Vec<Directive>, Vec<Span>) {
    let text = document.source().text();
    let (mut found, mut malformed) = (Vec::new(), Vec::new());
    if !text.contains(TOOL) {
        return (found, malformed);
    }
    // Backwards, to know what follows.
    let mut next = None;
    for token in document.tokens().iter().rev() {
        match token.kind {
            TokenKind::Comment => match asked(document, token.span) {
                Some(Some((verb, rest))) => {
                    found.push(directive(document, token.span, verb, rest, next));
                }
                Some(None) => malformed.push(token.span),
                None => {}
            },
            TokenKind::Newline | TokenKind::Whitespace => {}
            _ => next = Some(token.span),
        }
    }
    found.reverse();
    (found, malformed)
}

/// What a comment asks of this tool: the verb and what follows it, or nothing that is understood.
/// `None` for any other comment.
fn asked<'d>(document: &'d Document<'_>, comment: Span) -> Option<Option<(&'d str, &'d str)>> {
    let text = document.source().slice(comment);
    let said = text.trim_start_matches('#').trim_start().strip_prefix(TOOL)?;
    let (is_marked, said) = match said.strip_prefix(':') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, said.trim_start()),
    };
    let end = said.find(|c: char| c != '-' && !c.is_alphabetic()).unwrap_or(said.len());
    let (verb, rest) = said.split_at(end);
    let is_known = [IGNORE, FILE_IGNORE].contains(&verb);
    match is_marked {
        true if is_known => Some(Some((verb, rest))),
        true => Some(None),
        // Prose may begin with the name of the tool.
        false => (is_known || OTHER_WORDS.contains(&verb)).then_some(None),
    }
}

fn directive(
    document: &Document<'_>,
    comment: Span,
    verb: &str,
    rest: &str,
    next: Option<Span>,
) -> Directive {
    let scope = match verb {
        FILE_IGNORE => Span::new(0, document.source().text().len() + 1),
        _ => scope(document, comment, next),
    };
    let list = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(list, _)| list);
    let mut names = Vec::new();
    let mut start = comment.end - rest.len() + 1;
    for item in list.unwrap_or_default().split(',') {
        let text = item.trim();
        let lead = item.len() - item.trim_start().len();
        let span = Span::new(start + lead, start + lead + text.len());
        if !text.is_empty() {
            names.push(IgnoredName { text: text.to_owned(), span, used: false });
        }
        start += item.len() + 1;
    }
    Directive { comment, scope, names }
}

/// What an `ignore` covers: its own line behind something, else the next key, else the body of
/// the table whose header comes next.
fn scope(document: &Document<'_>, comment: Span, next: Option<Span>) -> Span {
    let source = document.source();
    let line = source.full_line_span(source.line_of(comment.start));
    let before = source.slice(Span::new(line.start.max(source.start()), comment.start));
    if !before.trim().is_empty() {
        return line;
    }
    let Some(next) = next else { return line };
    let tables = document.tables();
    let above = tables.partition_point(|table| table.span().end <= next.start);
    let Some(table) = tables.get(above) else { return line };
    if table.header.as_ref().is_some_and(|header| header.span.contains(next)) {
        return table.span();
    }
    let above = table.entries.partition_point(|entry| entry.span().end <= next.start);
    let entry = table.entries.get(above).filter(|entry| entry.span().contains(next));
    entry.map_or(line, |entry| entry.span())
}
