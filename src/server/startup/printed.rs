//! The values and names that a template prints -> those that it does not simply print: what XML
//! cannot read back, and what the template engine evaluates.

use std::collections::BTreeMap;

use crate::server::facts::{Fact, FactKind, Part, PrintedAs, Releases};
use crate::server::mapped::MappedText;
use crate::server::read::verdict;
use crate::server::xml::{self, XmlFault, XmlFaultKind};
use crate::server::{APPLICATION_AUTHENTICATION, Role, TemplateIssue, TemplateIssueKind};
use crate::source::Span;

use super::effective::Effective;
use super::held::Held;

pub(super) fn issues<'d>(effective: &Effective<'d, '_>) -> Vec<TemplateIssue<'d>> {
    let mut texts: BTreeMap<Span, PrintedText<'_, 'd>> = BTreeMap::new();
    for one in &effective.held {
        let values = effective.may_be_odd(one).then(|| values(one));
        for (role, fact) in names(one).chain(values.into_iter().flatten()) {
            let Some((how, file)) = fact.print() else { continue };
            let (span, is_plain) = match role {
                Role::Key(at) => {
                    let key = one.written.path[at];
                    (key.span, how != PrintedAs::DuplicateAttribute && is_xml_name(&key.name))
                }
                Role::Attribute | Role::Value => (one.span, false),
            };
            if is_plain || is_read_back(one, file) {
                continue;
            }
            let releases = effective.releases(one, fact);
            if !releases.is_empty() {
                let text = texts.entry(span).or_insert(PrintedText { one, role, places: vec![] });
                text.places.push((how, file, releases));
            }
        }
    }
    texts.into_values().filter_map(|text| text.issue(effective)).collect()
}

/// What says that a name in a key is printed.
fn names(one: &Held<'_>) -> impl Iterator<Item = (Role, Fact)> {
    one.key.nodes.iter().flat_map(|(depth, node)| {
        let printed = node.facts(FactKind::PrintedName);
        printed.map(|fact| (Role::Key(one.written_at(*depth)), fact))
    })
}

/// What says that a value is printed. A list is printed as one text where a text is expected, and
/// a text where a list is; what is below any name, as a part of the text of that.
fn values(one: &Held<'_>) -> impl Iterator<Item = (Role, Fact)> {
    let length = one.key.parts.len();
    let is_item = matches!(one.key.parts.last(), Some(Part::Element(_)));
    let printed = one.key.nodes.iter().filter(move |(depth, node)| {
        *depth == length || *depth + 1 == length && is_item || node.is_any()
    });
    let items = one.key.ends().iter().flat_map(|(_, node)| node.below(Part::Element(0)));
    let nodes = printed.map(|(_, node)| *node).chain(items);
    nodes.flat_map(|node| node.facts(FactKind::PrintedValue)).map(|fact| (Role::Value, fact))
}

/// A name or a value, and where it is printed.
struct PrintedText<'e, 'd> {
    one: &'e Held<'d>,
    role: Role,
    places: Vec<(PrintedAs, &'static str, Releases)>,
}

impl<'d> PrintedText<'_, 'd> {
    /// What is odd about it.
    fn issue(mut self, effective: &Effective<'d, '_>) -> Option<TemplateIssue<'d>> {
        let text = match self.role {
            Role::Key(at) => {
                MappedText::read(effective.references.source, self.one.written.path[at].span)
            }
            Role::Attribute | Role::Value => effective.mapped(self.one)?,
        };
        let mut files: BTreeMap<&'static str, Releases> = BTreeMap::new();
        let mut evaluated = Releases::empty();
        let (mut fault, mut expression) = (None, None);
        for &(how, file, releases) in &self.places {
            match check(text.text(), how) {
                Ok(()) | Err(TemplateIssueKind::Markup { .. }) => {}
                Err(TemplateIssueKind::IllFormed(found)) => {
                    *files.entry(file).or_default() |= releases;
                    fault.get_or_insert(found);
                    if how == PrintedAs::Attribute && self.role == Role::Value {
                        self.role = Role::Attribute;
                    }
                }
                Err(TemplateIssueKind::Template(range)) => {
                    evaluated |= releases;
                    expression.get_or_insert(range);
                }
            }
        }
        files.retain(|_, releases| releases.cover(effective.wanted));
        let kind = match (fault, expression) {
            (Some(fault), _) if !files.is_empty() => TemplateIssueKind::IllFormed(fault),
            (_, Some(range)) if evaluated.cover(effective.wanted) => {
                TemplateIssueKind::Template(range)
            }
            _ => return None,
        };
        Some(TemplateIssue {
            written: self.one.written.clone(),
            role: self.role,
            is_own: false,
            text,
            kind,
            files: files.into_keys().collect(),
            is_printed_plainly: self.places.iter().any(|(how, ..)| *how == PrintedAs::Other),
        })
    }
}

/// Whether it is seen when the authenticators are read back from their file.
fn is_read_back(one: &Held<'_>, file: &str) -> bool {
    let is_authenticator = match one.key.parts.as_slice() {
        [Part::Name("authentication"), Part::Name("authenticator"), ..] => true,
        [Part::Name("authentication"), Part::Name("custom_authenticator"), _, rest @ ..] => {
            rest != [Part::Name("alias")]
        }
        _ => false,
    };
    is_authenticator && file == APPLICATION_AUTHENTICATION
}

/// Why a text is not simply printed.
fn check(text: &str, how: PrintedAs) -> Result<(), TemplateIssueKind> {
    let fault = |kind, range| Err(XmlFault { kind, range });
    verdict(text, |text| match how {
        PrintedAs::Text => xml::content(text).map(drop),
        PrintedAs::Attribute => xml::attribute(text).map(drop),
        PrintedAs::Comment => match text.find("--") {
            Some(at) => fault(XmlFaultKind::Hyphens, at..at + 2),
            None => Ok(()),
        },
        PrintedAs::XmlName if !is_xml_name(text) => fault(XmlFaultKind::Name, 0..text.len()),
        PrintedAs::DuplicateAttribute => fault(XmlFaultKind::Duplicate, 0..text.len()),
        PrintedAs::XmlName | PrintedAs::Other => Ok(()),
    })
}

/// A name of ASCII letters without a colon.
fn is_xml_name(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.starts_with(starts) && name.chars().all(goes_on)
}
