//! The values and names that a template prints -> those that it does not simply print: what XML
//! cannot read back, and what the template engine evaluates.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::server::facts::{Fact, Part, Print, PrintedAs, Releases};
use crate::server::mapped::MappedText;
use crate::server::read::verdict;
use crate::server::xml::{self, XmlFault, XmlFaultKind};
use crate::server::{APPLICATION_AUTHENTICATION, Role, TemplateIssue, TemplateIssueKind};
use crate::source::Span;

use super::effective::Effective;
use super::held::Held;

pub(super) fn issues<'d>(
    effective: &Effective<'d, '_>,
    wanted: Releases,
) -> Vec<TemplateIssue<'d>> {
    let mut values: BTreeMap<Span, Vec<&Held<'d>>> = BTreeMap::new();
    let mut names: BTreeMap<Span, (&Held<'d>, usize, Places)> = BTreeMap::new();
    for one in &effective.held {
        if effective.may_be_odd(one) {
            values.entry(one.span).or_default().push(one);
        }
        for (depth, node) in one.nodes.iter().filter(|(_, node)| node.prints_names()) {
            let at = one.written_at(*depth);
            let key = one.written.path[at];
            for (releases, fact) in node.facts() {
                let Fact::Printed(print @ Print { is_name: true, .. }) = fact else { continue };
                if is_name_sound(&key.name, print.how) || is_read_back(one, print) {
                    continue;
                }
                let releases = releases & one.releases & effective.holds(print.only_if, &one.key);
                let (.., printed) = names.entry(key.span).or_insert((one, at, Places::default()));
                printed.add(print, releases);
            }
        }
    }
    let values = values.values().filter_map(|held| value(effective, held, wanted));
    let names = names.into_values().filter_map(|(one, at, printed)| {
        let text = MappedText::read(effective.source(), one.written.path[at].span);
        printed.issue(one, Role::Key(at), text, wanted)
    });
    values.chain(names).collect()
}

/// Where a text is printed.
#[derive(Default)]
struct Places {
    places: Vec<(Print, Releases)>,
}

impl Places {
    fn add(&mut self, print: Print, releases: Releases) {
        if releases != Releases::NONE {
            self.places.push((print, releases));
        }
    }

    /// What is odd about a text that is printed there.
    fn issue<'d>(
        &self,
        one: &Held<'d>,
        role: Role,
        text: MappedText,
        wanted: Releases,
    ) -> Option<TemplateIssue<'d>> {
        let mut files: BTreeMap<&'static str, Releases> = BTreeMap::new();
        let mut evaluated = Releases::NONE;
        let (mut fault, mut expression, mut role) = (None, None, role);
        for (print, releases) in &self.places {
            match check(text.text(), print.how) {
                Ok(()) => {}
                Err(TemplateIssueKind::IllFormed(found)) => {
                    let known = files.entry(print.file).or_insert(Releases::NONE);
                    *known = *known | *releases;
                    fault.get_or_insert(found);
                    if print.how == PrintedAs::Attribute && role == Role::Value {
                        role = Role::Attribute;
                    }
                }
                Err(TemplateIssueKind::Template(range)) => {
                    evaluated = evaluated | *releases;
                    expression.get_or_insert(range);
                }
                Err(TemplateIssueKind::Markup { .. }) => {}
            }
        }
        files.retain(|_, releases| releases.cover(wanted));
        let kind = match (fault, expression) {
            (Some(fault), _) if !files.is_empty() => TemplateIssueKind::IllFormed(fault),
            (_, Some(range)) if evaluated.cover(wanted) => TemplateIssueKind::Template(range),
            _ => return None,
        };
        let is_other = |(print, _): &(Print, Releases)| print.how == PrintedAs::Other;
        Some(TemplateIssue {
            written: one.written.clone(),
            role,
            is_own: false,
            text,
            kind,
            files: files.into_keys().collect(),
            is_printed_plainly: self.places.iter().any(is_other),
        })
    }
}

/// What is odd about a value, wherever it is held.
fn value<'d>(
    effective: &Effective<'d, '_>,
    held: &[&Held<'d>],
    wanted: Releases,
) -> Option<TemplateIssue<'d>> {
    let mut printed = Places::default();
    for one in held {
        for (releases, print) in prints(one).filter(|(_, print)| !is_read_back(one, *print)) {
            let releases = releases & one.releases & effective.holds(print.only_if, &one.key);
            printed.add(print, releases);
        }
    }
    if printed.places.is_empty() {
        return None;
    }
    let one = held.first()?;
    printed.issue(one, Role::Value, effective.mapped(one)?, wanted)
}

/// Where a value is printed. A list is printed as one text where a text is expected, and a text
/// where a list is; what is below any name, as a part of the text of that.
fn prints(one: &Held<'_>) -> impl Iterator<Item = (Releases, Print)> {
    let length = one.key.len();
    let is_item = matches!(one.key.last(), Some(Part::Element(_)));
    let printed = one.nodes.iter().filter(move |(depth, node)| {
        *depth == length || *depth + 1 == length && is_item || node.is_any()
    });
    let items = one.nodes.iter().filter(move |(depth, _)| *depth == length);
    let items = items.flat_map(|(_, node)| node.below(Part::Element(0)));
    printed.map(|(_, node)| *node).chain(items).flat_map(|node| node.facts()).filter_map(
        |(releases, fact)| match fact {
            Fact::Printed(print) if !print.is_name => Some((releases, print)),
            _ => None,
        },
    )
}

/// Whether it is seen when the authenticators are read back from their file.
fn is_read_back(one: &Held<'_>, print: Print) -> bool {
    let is_authenticator = match one.key.as_slice() {
        [Part::Name("authentication"), Part::Name("authenticator"), ..] => true,
        [Part::Name("authentication"), Part::Name("custom_authenticator"), _, rest @ ..] => {
            rest != [Part::Name("alias")]
        }
        _ => false,
    };
    is_authenticator && print.file == APPLICATION_AUTHENTICATION
}

/// Why a text is not simply printed.
fn check(text: &str, how: PrintedAs) -> Result<(), TemplateIssueKind> {
    let none = |_: &str| Ok(());
    match how {
        PrintedAs::Text => verdict(text, xml::content).map(drop),
        PrintedAs::Attribute => verdict(text, xml::attribute).map(drop),
        PrintedAs::Other => verdict(text, none),
        PrintedAs::Comment => verdict(text, |text| {
            let hyphens = text.find("--").map(|at| at..at + 2);
            hyphens.map_or(Ok(()), |range| Err(fault(XmlFaultKind::Hyphens, range)))
        }),
        PrintedAs::XmlName if is_xml_name(text) => Ok(()),
        PrintedAs::XmlName => {
            verdict(text, |text| Err::<(), _>(fault(XmlFaultKind::Name, 0..text.len())))
        }
        PrintedAs::DuplicateAttribute => {
            Err(TemplateIssueKind::IllFormed(fault(XmlFaultKind::Duplicate, 0..text.len())))
        }
    }
}

fn fault(kind: XmlFaultKind, range: Range<usize>) -> XmlFault {
    XmlFault { kind, range }
}

fn is_name_sound(name: &str, how: PrintedAs) -> bool {
    how != PrintedAs::DuplicateAttribute && is_xml_name(name)
}

/// A name of ASCII letters without a colon.
fn is_xml_name(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    name.starts_with(starts) && name.chars().all(goes_on)
}
