//! A document and an environment -> the text of every value with its references resolved, and the
//! references that stop the server.
//!
//! The server checks `$secret`, then replaces `$sys`, `$env` and `$ref`, in this order.

mod graph;
mod problem;
mod scan;
mod secrets;
mod targets;
#[cfg(test)]
mod tests;
mod variables;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::catalogue::Profile;
use crate::server::environment::Environment;
use crate::server::java_text;
use crate::server::mapped::MappedText;
use crate::source::{Source, Span};
use crate::toml::{Entry, Tree, Value};

pub use problem::{Link, Miss, OddVariable, ReferenceProblem, ReferenceProblemKind, Uncertain};
pub(crate) use scan::holds_reference;

use graph::Graph;
use scan::{Body, MOST, REF, Reference, Site};
use targets::{RefTarget, Targets};

/// What became of the references of a document.
#[derive(Debug)]
pub struct References<'d> {
    pub(super) source: &'d Source,
    /// The values that hold references, by where they begin.
    resolved: HashMap<usize, Resolved>,
    /// Those of them that a reference brings a text into.
    from_reference: HashSet<usize>,
    /// What stops the server, in the order of the file.
    pub problems: Vec<ReferenceProblem>,
    /// References to keys that are not in the file and may be among the shipped defaults.
    pub uncertain: Vec<Uncertain>,
    /// Variables with a name that nobody sets, or a value that does not arrive as it is.
    pub odd: Vec<OddVariable>,
    /// Whether something depends on an environment that is not known.
    pub depends_on_unknown: bool,
    /// The first variable or property whose value that is.
    pub unknown: Option<Span>,
    /// How long all resolved texts are together.
    length: usize,
}

/// How much longer than the file resolved texts may be without any suspicion.
const LEEWAY: usize = 1 << 20;

/// How many bytes are walked over for the references of one value.
const FARTHEST: usize = 1 << 24;

/// A value with its references resolved.
#[derive(Debug, Clone)]
enum Resolved {
    /// A string.
    Text(MappedText),
    /// A boolean or a list: where a reference leads to one, nothing else of the value remains.
    Whole(String),
    /// A shipped switch, of which nobody can tell whether it is a boolean or a word.
    Switch(&'static str),
    /// It depends on what is not known, or the server does not get that far.
    Unknown,
}

/// What a `$ref` finds.
enum TargetText<'a> {
    /// A text that takes its place.
    Text(Cow<'a, str>),
    /// A boolean or a list, which takes the place of the whole value.
    Whole(Cow<'a, str>),
    /// One or the other.
    Switch(&'static str),
    /// Something that is not known.
    Unknown,
}

impl<'d> References<'d> {
    /// Those of a text that has none.
    pub(super) fn none(source: &'d Source) -> Self {
        Self {
            source,
            resolved: HashMap::new(),
            from_reference: HashSet::new(),
            problems: Vec::new(),
            uncertain: Vec::new(),
            odd: Vec::new(),
            depends_on_unknown: false,
            unknown: None,
            length: 0,
        }
    }

    /// Resolves what can be resolved. `renamed` are the values that are written under an alias, by
    /// the key that they have.
    pub fn of(
        source: &'d Source,
        tree: &Tree<'d>,
        renamed: BTreeMap<&'static str, &'d Entry<'d>>,
        profile: Profile,
        environment: &Environment,
    ) -> Self {
        let mut references = Self::none(source);
        let targets = Targets::of(tree, renamed, profile);
        let sites = scan::sites(tree, &targets, profile, environment, &mut references);
        references.judge(&sites, &targets);
        references.resolve(&sites);
        references.problems.sort_by_cached_key(|problem| problem.span);
        references.uncertain.sort_by_cached_key(|uncertain| uncertain.span);
        references
    }

    /// The value of the file that a `$ref` of this name takes, if it leads to one.
    pub(super) fn target(
        tree: &Tree<'d>,
        renamed: BTreeMap<&'static str, &'d Entry<'d>>,
        profile: Profile,
        name: &str,
    ) -> Option<&'d Entry<'d>> {
        match Targets::of(tree, renamed, profile).get(name) {
            RefTarget::Value(entry) => Some(entry),
            _ => None,
        }
    }

    /// The text of a value; `None` when it is not known.
    pub fn text<'a>(&'a self, entry: &'a Entry<'_>) -> Option<Cow<'a, str>> {
        match self.resolved.get(&entry.value_span.start) {
            Some(Resolved::Text(mapped)) => Some(Cow::Borrowed(mapped.text())),
            Some(Resolved::Whole(text)) => Some(Cow::Borrowed(text)),
            Some(Resolved::Switch(text)) => Some(Cow::Borrowed(text)),
            Some(Resolved::Unknown) => None,
            None => java_text::settled(self.source, &entry.value, entry.value_span),
        }
    }

    /// The text of a value with its places; `None` when it is not known.
    pub fn mapped(&self, entry: &Entry<'_>) -> Option<MappedText> {
        match self.resolved.get(&entry.value_span.start) {
            Some(Resolved::Text(mapped)) => Some(mapped.clone()),
            None if is_string(&entry.value) => {
                Some(MappedText::read(self.source, entry.value_span))
            }
            _ => Some(MappedText::whole(&self.text(entry)?, entry.value_span)),
        }
    }

    /// Whether a reference has put a boolean or a list in the place of a string.
    pub(super) fn is_replaced(&self, entry: &Entry<'_>) -> bool {
        let resolved = self.resolved.get(&entry.value_span.start);
        is_string(&entry.value)
            && matches!(resolved, Some(Resolved::Whole(_) | Resolved::Switch(_)))
    }

    /// Whether a part of a value is a text that is written elsewhere in the file or comes from the
    /// environment, where it may not be shown. Switches and numbers may be shown wherever they are.
    pub fn is_from_reference(&self, entry: &Entry<'_>) -> bool {
        match &entry.value {
            Value::Table(entries) => entries.iter().any(|inner| self.is_from_reference(inner)),
            _ => self.from_reference.contains(&entry.value_span.start),
        }
    }

    /// Keeps the text of a value in a table in a list, which no reference leads to.
    fn keep_inner(&mut self, entry: &Entry<'_>, text: Option<MappedText>) {
        let resolved = text.map_or(Resolved::Unknown, Resolved::Text);
        self.note_outside(entry, &resolved);
        self.resolved.insert(entry.value_span.start, resolved);
    }

    /// Notes a value into which the environment brings a text.
    fn note_outside(&mut self, entry: &Entry<'_>, resolved: &Resolved) {
        let is_hidden = match resolved {
            Resolved::Text(text) => !scan::is_plain(text.text()),
            Resolved::Whole(text) => !scan::is_plain(text),
            Resolved::Switch(_) | Resolved::Unknown => false,
        };
        if is_hidden && scan::holds_variable(&entry.value) {
            self.from_reference.insert(entry.value_span.start);
        }
    }

    fn keep(&mut self, site: &Site<'_>, resolved: Resolved) {
        self.note_outside(site.entry, &resolved);
        self.length += match &resolved {
            Resolved::Text(text) => text.text().len(),
            Resolved::Whole(text) => text.len(),
            Resolved::Switch(_) | Resolved::Unknown => 0,
        };
        self.depends_on_unknown |= self.is_outgrown();
        self.resolved.insert(site.entry.value_span.start, resolved);
    }

    /// Whether the resolved texts outgrow the file by far, so that no more of them are made.
    fn is_outgrown(&self) -> bool {
        self.length / 4 > self.source.text().len() + LEEWAY
    }

    /// Tells the references that lead nowhere.
    fn judge(&mut self, sites: &[Site<'_>], targets: &Targets<'_, '_>) {
        for site in sites {
            for Reference { name, span, target } in &site.references {
                let miss = match target {
                    RefTarget::Missing if name.contains(REF) => Miss::Nested,
                    RefTarget::Missing => match targets.other_name(name) {
                        Some(key) => Miss::Renamed(key),
                        None => Miss::Absent(None),
                    },
                    RefTarget::Table => Miss::Table,
                    RefTarget::InArray => Miss::InArray,
                    RefTarget::Uncertain => {
                        let (name, key) = (name.clone(), site.dotted());
                        self.uncertain.push(Uncertain { span: *span, key, name });
                        continue;
                    }
                    _ => continue,
                };
                let kind = ReferenceProblemKind::Target { name: name.clone(), miss };
                self.problems.push(ReferenceProblem { span: *span, key: site.dotted(), kind });
            }
        }
        targets::suggest(targets.tree, &mut self.problems);
    }

    /// Resolves every value whose references are all resolved, again and again, as the server
    /// does. What remains leads in circles.
    fn resolve(&mut self, sites: &[Site<'_>]) {
        let graph = Graph::of(sites);
        let mut pending: Vec<usize> = graph.needs.iter().map(Vec::len).collect();
        let mut ready: Vec<usize> = (0..sites.len()).filter(|at| pending[*at] == 0).collect();
        while let Some(at) = ready.pop() {
            let site = &sites[at];
            if site.references.iter().any(|reference| reference.target.is_text()) {
                self.from_reference.insert(site.entry.value_span.start);
            }
            let resolved = self.finish(site);
            self.keep(&sites[at], resolved);
            for &user in &graph.users[at] {
                pending[user] -= 1;
                if pending[user] == 0 {
                    ready.push(user);
                }
            }
        }
        let stuck: Vec<usize> = (0..sites.len()).filter(|at| pending[*at] > 0).collect();
        for &at in &stuck {
            self.keep(&sites[at], Resolved::Unknown);
        }
        self.cycles(sites, &graph, &pending, &stuck);
    }

    /// The value of a site whose references are resolved.
    fn finish(&self, site: &Site<'_>) -> Resolved {
        if self.is_outgrown() {
            return Resolved::Unknown;
        }
        let mut whole: Option<String> = None;
        let mut texts: BTreeMap<&str, Cow<'_, str>> = BTreeMap::new();
        for Reference { name, target, .. } in &site.references {
            match self.found(*target) {
                TargetText::Text(text) => {
                    texts.insert(name, text);
                }
                // Which of two would remain depends on the order of a hash table.
                TargetText::Whole(text) if whole.as_deref().is_some_and(|known| known != text) => {
                    return Resolved::Unknown;
                }
                TargetText::Whole(text) => whole = Some(text.into_owned()),
                TargetText::Switch(text) if site.is_just(name) => return Resolved::Switch(text),
                TargetText::Switch(_) | TargetText::Unknown => return Resolved::Unknown,
            }
        }
        match (whole, &site.body) {
            (_, Body::Unknown) => Resolved::Unknown,
            (Some(text), _) => Resolved::Whole(text),
            _ if texts.len() > MOST => Resolved::Unknown,
            (None, _) => site.with(&texts),
        }
    }

    /// What a reference finds under its name.
    fn found<'a>(&'a self, target: RefTarget<'a>) -> TargetText<'a> {
        let entry = match target {
            RefTarget::Value(entry) => entry,
            RefTarget::Default { is_switch: true, text } => return TargetText::Switch(text),
            RefTarget::Default { is_switch: false, text } => {
                return TargetText::Text(Cow::Borrowed(text));
            }
            _ => return TargetText::Unknown,
        };
        let is_whole = matches!(entry.value, Value::Boolean(_) | Value::Array(_));
        match (self.resolved.get(&entry.value_span.start), self.text(entry)) {
            (Some(Resolved::Switch(text)), _) => TargetText::Switch(text),
            (Some(Resolved::Whole(text)), _) => TargetText::Whole(Cow::Borrowed(text)),
            (None, Some(text)) if is_whole => TargetText::Whole(text),
            (_, Some(text)) => TargetText::Text(text),
            (_, None) => TargetText::Unknown,
        }
    }

    /// Reports each circle once: from a value that is stuck, along its references, until one
    /// comes again.
    fn cycles(&mut self, sites: &[Site<'_>], graph: &Graph, pending: &[usize], stuck: &[usize]) {
        let mut seen = vec![usize::MAX; sites.len()];
        for (round, &start) in stuck.iter().enumerate() {
            let mut path: Vec<(usize, usize)> = Vec::new();
            let mut at = start;
            while seen[at] == usize::MAX {
                seen[at] = round;
                let next = graph.needs[at].iter().find(|need| pending[need.site] > 0);
                let Some(need) = next else { break };
                path.push((at, need.reference));
                at = need.site;
            }
            let Some(first) = path.iter().position(|(site, _)| *site == at) else { continue };
            if seen[at] != round {
                continue;
            }
            let link = |&(site, reference): &(usize, usize)| {
                let Reference { name, span, .. } = &sites[site].references[reference];
                Link { span: *span, key: sites[site].dotted(), target: name.clone() }
            };
            let mut links: Vec<Link> = path[first..].iter().map(link).collect();
            links.sort_by_cached_key(|link| link.span);
            let (span, key) = (links[0].span, links[0].key.clone());
            self.problems.push(ReferenceProblem {
                span,
                key,
                kind: ReferenceProblemKind::Cycle(links),
            });
        }
    }
}

fn is_string(value: &Value<'_>) -> bool {
    matches!(value, Value::String(_) | Value::Placeholder(_))
}

/// The text with one name after the other replaced, as the server does it.
fn replaced(text: &MappedText, texts: &BTreeMap<&str, Cow<'_, str>>) -> Option<MappedText> {
    if texts.len().saturating_mul(text.text().len()) > FARTHEST {
        return None;
    }
    let mut text = text.clone();
    let mut all = texts.iter();
    all.all(|(name, with)| text.replace(&format!("{REF}{name}}}"), with)).then_some(text)
}

impl Site<'_> {
    /// What the server makes of the value with every `$ref` replaced.
    fn with(&self, texts: &BTreeMap<&str, Cow<'_, str>>) -> Resolved {
        let replaced = |text: &MappedText| replaced(text, texts);
        match &self.body {
            Body::Unknown => Resolved::Unknown,
            Body::One(text) => replaced(text).map_or(Resolved::Unknown, Resolved::Text),
            Body::List(items) => {
                let items: Option<Vec<MappedText>> = items.iter().map(replaced).collect();
                let texts = |items: Vec<MappedText>| {
                    java_text::list(items.iter().map(|item| Cow::Borrowed(item.text())))
                };
                items.map_or(Resolved::Unknown, |items| Resolved::Whole(texts(items)))
            }
        }
    }

    /// Whether the value is one `$ref` and nothing else.
    fn is_just(&self, name: &str) -> bool {
        let Body::One(text) = &self.body else { return false };
        let inside = text.text().strip_prefix(REF).and_then(|rest| rest.strip_suffix('}'));
        inside == Some(name)
    }
}
