//! A document -> the values that hold references, with `$secret`, `$sys` and `$env` dealt with.

use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use crate::catalogue::{Profile, Release};
use crate::server::environment::{Environment, Lookup};
use crate::server::java_text;
use crate::server::mapped::MappedText;
use crate::source::{Source, Span};
use crate::toml::{Element, Entry, Key, Tree, Value, named as named_path};

use super::secrets::Secrets;
use super::targets::{RefTarget, Targets};
use super::variables::{self, Inserted};
use super::{OddVariable, ReferenceProblem, ReferenceProblemKind, References};

/// A value that holds references.
pub(super) struct Site<'d> {
    /// The parts of its full key.
    pub(super) path: Rc<[&'d Key<'d>]>,
    /// The entry.
    pub(super) entry: &'d Entry<'d>,
    /// What it says, all but `$ref` resolved.
    pub(super) body: Body,
    /// The `$ref`s in it that the server will resolve.
    pub(super) references: Vec<Reference<'d>>,
}

/// The text of a value that holds references.
pub(super) enum Body {
    /// A string.
    One(MappedText),
    /// The items of an array.
    List(Vec<MappedText>),
    /// It depends on what is not known.
    Unknown,
}

/// A `$ref{name}`.
pub(super) struct Reference<'d> {
    /// What is between the braces, other references in it resolved.
    pub(super) name: String,
    /// Where it is.
    pub(super) span: Span,
    /// What the server finds under the name.
    pub(super) target: RefTarget<'d>,
}

impl Site<'_> {
    /// The full key in TOML's own quoting.
    pub(super) fn dotted(&self) -> String {
        named_path(self.path.iter().map(|key| key.name.as_ref()))
    }
}

/// The opening of a reference to another key of the file.
pub(super) const REF: &str = "$ref{";
/// The most references of a kind that one value may hold; replacing each takes a walk over it.
pub(super) const MOST: usize = 1000;

const SECRET: &str = "$secret{";
const SYS: &str = "$sys{";
const ENV: &str = "$env{";

/// How far into arrays and tables a string stands, which tells what the server looks for in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// A value with a key of its own, or an item of a list with one.
    Top,
    /// A value in a table in a list: `$ref` stays as text.
    InTable,
    /// Anything deeper: `$secret` is not checked either.
    Deeper,
}

/// Finds the values, and reports what stops the server before `$ref` comes into play.
pub(super) fn sites<'d>(
    tree: &Tree<'d>,
    targets: &Targets<'_, 'd>,
    profile: Profile,
    environment: &Environment,
    references: &mut References<'d>,
) -> Vec<Site<'d>> {
    let secrets = &Secrets::of(tree, profile, &mut references.problems);
    let source = references.source;
    let mut scan = ReferenceScan { source, profile, targets, environment, secrets, references };
    let mut sites = Vec::new();
    for node in tree.nodes() {
        let depth = if node.is_in_array() { Depth::InTable } else { Depth::Top };
        let written = node.writes().filter(|write| !write.is_table());
        for write in
            written.filter(|write| write.entry.is_some_and(|it| holds_reference(&it.value)))
        {
            sites.extend(write.setting().map(|entry| scan.site(entry.path, entry.entry, depth)));
        }
    }
    sites
}

/// Whether a text is a switch or a number of few digits, which is no secret.
pub(super) fn is_plain(text: &str) -> bool {
    const MOST_DIGITS: usize = 9;
    let is_word = ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text));
    is_word || (text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a value asks for something from outside of the file. `$secret` stays in it as text.
pub(super) fn holds_variable(value: &Value<'_>) -> bool {
    match value {
        Value::Placeholder(text) => text.contains(ENV) || text.contains(SYS),
        Value::Array(elements) => elements.iter().any(|element| holds_variable(&element.value)),
        Value::Table(entries) => entries.iter().any(|entry| holds_variable(&entry.value)),
        _ => false,
    }
}

pub(crate) fn holds_reference(value: &Value<'_>) -> bool {
    match value {
        Value::Placeholder(_) => true,
        Value::Array(elements) => elements.iter().any(|element| holds_reference(&element.value)),
        Value::Table(entries) => entries.iter().any(|entry| holds_reference(&entry.value)),
        _ => false,
    }
}

/// What is between the opening of a reference and the next brace, as often as there is one.
pub(super) fn between<'t>(
    text: &'t str,
    open: &'static str,
) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let opens = |(at, _): &(usize, &str)| text[from + at..].starts_with(open);
        let start = from + text[from..].match_indices('$').find(opens)?.0;
        let name = start + open.len();
        let end = name + text[name..].find('}')?;
        from = end + 1;
        Some((&text[name..end], start..end + 1))
    })
}

struct ReferenceScan<'d, 'r> {
    source: &'d Source,
    profile: Profile,
    targets: &'r Targets<'r, 'd>,
    environment: &'r Environment,
    secrets: &'r Secrets<'d>,
    references: &'r mut References<'d>,
}

impl<'d, 'r> ReferenceScan<'d, 'r> {
    fn site(&mut self, path: Rc<[&'d Key<'d>]>, entry: &'d Entry<'d>, depth: Depth) -> Site<'d> {
        let mut site = Site { path, entry, body: Body::Unknown, references: Vec::new() };
        site.body = match &entry.value {
            Value::Array(elements) => self.list(&mut site, elements, depth),
            _ => match self.string(&mut site, entry.value_span, depth) {
                Some(text) => Body::One(text),
                None => Body::Unknown,
            },
        };
        site
    }

    fn list(&mut self, site: &mut Site<'d>, elements: &'d [Element<'d>], depth: Depth) -> Body {
        let inner = if depth == Depth::Top { Depth::Top } else { Depth::Deeper };
        let mut texts = Some(Vec::new());
        for Element { value, span } in elements {
            let text = match value {
                Value::Placeholder(_) => self.string(site, *span, inner),
                Value::Table(entries) if holds_reference(value) => {
                    let below = if depth == Depth::Top { Depth::InTable } else { Depth::Deeper };
                    self.table(site, entries, below);
                    None
                }
                // A list in a list stays as it is, references and all.
                _ => java_text::settled(self.source, value, *span)
                    .map(|text| MappedText::whole(&text, *span)),
            };
            texts = texts.zip(text).map(|(mut texts, text)| {
                texts.push(text);
                texts
            });
        }
        texts.map_or(Body::Unknown, Body::List)
    }

    /// The values of an inline table in a list.
    fn table(&mut self, site: &mut Site<'d>, entries: &'d [Entry<'d>], depth: Depth) {
        for entry in entries {
            match &entry.value {
                Value::Table(inner) => self.table(site, inner, depth),
                Value::Placeholder(_) => {
                    let text = self.string(site, entry.value_span, depth);
                    self.references.keep_inner(entry, text);
                }
                Value::Array(elements) => {
                    self.list(site, elements, Depth::Deeper);
                }
                _ => {}
            }
        }
    }

    /// One string; `None` when its text depends on what is not known.
    fn string(&mut self, site: &mut Site<'d>, span: Span, depth: Depth) -> Option<MappedText> {
        let mut text = MappedText::read(self.source, span);
        if depth != Depth::Deeper {
            for (name, span) in named(&text, SECRET) {
                let stops = self.secrets.judge(&name);
                stops.into_iter().for_each(|kind| self.problem(site, span, kind));
            }
        }
        let mut is_known = true;
        // Up to 5.11 these stay as text in tables in a list.
        if depth == Depth::Top || self.profile.release.is_none_or(|it| it > Release::V5_11) {
            is_known &= self.replace(site, &mut text, SYS);
            is_known &= self.replace(site, &mut text, ENV);
        }
        if depth == Depth::Top {
            for (name, span) in named(&text, REF) {
                // What is left of these stops the server, or depends on what is not known.
                if name.contains(SYS) || name.contains(ENV) {
                    is_known = false;
                } else {
                    let target = self.targets.get(&name);
                    site.references.push(Reference { name, span, target });
                }
            }
        }
        is_known.then_some(text)
    }

    /// Replaces every `$sys` or `$env`; false when one is not known, or stops the server.
    fn replace(&mut self, site: &Site<'d>, text: &mut MappedText, open: &'static str) -> bool {
        let mut is_known = true;
        // The names that are no longer in the text.
        let mut gone = HashSet::new();
        let mut walks = 0;
        for (name, span) in named(text, open) {
            if gone.contains(&name) {
                continue;
            }
            let reference = format!("{open}{name}}}");
            let value = match open {
                SYS => self.property(&name),
                _ => self.variable(&name),
            };
            let value = value.and_then(|value| {
                let inserted = variables::inserted(value, &reference);
                inserted.ok_or_else(|| Some(ReferenceProblemKind::Instruction(name.clone())))
            });
            match value {
                Ok(Inserted { text: value, is_shortened })
                    if walks < MOST && text.replace(&reference, &value) =>
                {
                    walks += 1;
                    if is_shortened {
                        self.odd(site, span, false);
                    }
                    // A value may bring names back in, or what is around it may make one.
                    if value.contains(['$', '{', '}']) || open.contains(value.as_ref()) {
                        gone.clear();
                    } else {
                        gone.insert(name);
                    }
                }
                Ok(_) | Err(None) => {
                    self.references.depends_on_unknown = true;
                    let first = self.references.unknown.map_or(span, |first| first.min(span));
                    self.references.unknown = Some(first);
                    is_known = false;
                    if !variables::is_plain(&name) {
                        self.odd(site, span, true);
                    }
                }
                Err(Some(kind)) => {
                    is_known = false;
                    self.problem(site, span, kind);
                }
            }
        }
        is_known
    }

    fn problem(&mut self, site: &Site<'_>, span: Span, kind: ReferenceProblemKind) {
        self.references.problems.push(ReferenceProblem { span, key: site.dotted(), kind });
    }

    fn odd(&mut self, site: &Site<'_>, span: Span, is_name: bool) {
        self.references.odd.push(OddVariable { span, key: site.dotted(), is_name });
    }

    /// The text of an environment variable; `Err(None)` when it is not known.
    fn variable(&self, name: &str) -> Result<&'r str, Option<ReferenceProblemKind>> {
        match self.environment.variable(name) {
            Lookup::Set(value) => Ok(value),
            Lookup::Unset => Err(Some(ReferenceProblemKind::Variable(name.to_owned()))),
            Lookup::Unknown => Err(None),
        }
    }

    /// The same for a system property, which must not be empty.
    fn property(&self, name: &str) -> Result<&'r str, Option<ReferenceProblemKind>> {
        match self.environment.property(name) {
            Lookup::Set("") | Lookup::Unset => {
                Err(Some(ReferenceProblemKind::Property(name.to_owned())))
            }
            Lookup::Set(value) => Ok(value),
            Lookup::Unknown => Err(None),
        }
    }
}

/// The references of one kind in a text, with their places.
fn named(text: &MappedText, open: &'static str) -> Vec<(String, Span)> {
    let found = between(text.text(), open);
    found.map(|(name, range)| (name.to_owned(), text.place(range))).collect()
}
