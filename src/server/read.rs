//! The authenticators as written -> the configuration the server reads back from its XML.

mod built_in;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

use crate::catalogue::{self, PARAMETERS, Profile};
use crate::section::{SMSOTP, SettingEntry};
use crate::server::authenticators::{Attribute, Authenticators, Printed, PrintedParameter};
use crate::server::mapped::MappedText;
use crate::server::references::References;
use crate::server::{
    APPLICATION_AUTHENTICATION, Authenticator, FromReference, Model, Registration, Role,
    ServerText, TemplateIssue, TemplateIssueKind, java_text, xml,
};
use crate::toml::is_bare;

pub(super) fn model<'d>(
    references: References<'d>,
    all: &Authenticators<'d>,
    profile: Profile,
) -> Model<'d> {
    let mut reader =
        ModelReader { references: &references, template_issues: Vec::new(), leaves: false };
    let own = reader.own(&all.own, profile);
    let neighbours: Vec<_> = all.neighbours.values().map(|one| reader.neighbour(one)).collect();
    let customs: Vec<_> = all.customs.iter().map(|one| reader.custom(one)).collect();
    let built_in = built_in::model(all, &neighbours, &customs, &references, profile);

    let ModelReader { template_issues, leaves, .. } = reader;
    let is_ours = |one: &&HeldAuthenticator| one.name.as_deref() == Some(SMSOTP);
    let is_unknown = |one: &HeldAuthenticator| one.name.is_none();
    // Of two tables of one name the server keeps the one that its hash table shows last.
    let taken = neighbours.iter().any(|one| is_ours(&one));
    let by_chance = all.is_overwritten || leaves || taken;
    // The last custom authenticator of a name is the one that stays.
    let custom = customs.iter().rfind(|one| is_ours(one) || is_unknown(one));
    let replacing = all.customs.iter().zip(&customs).filter(|(_, held)| is_ours(held));
    let replacements = replacing.filter_map(|(printed, _)| match &printed.name {
        Some(Attribute::Value(written)) => Some(written.clone()),
        _ => None,
    });
    let registration = match (&own.name, custom) {
        (_, Some(custom)) if is_ours(&custom) && !all.is_overwritten && !leaves => {
            Registration::Overridden
        }
        (None, _) | (_, Some(_)) => Registration::Unknown,
        _ if by_chance || neighbours.iter().any(is_unknown) => Registration::Unknown,
        (Some(name), None) if name == SMSOTP => Registration::Active,
        (Some(_), None) => Registration::Renamed,
    };
    let unspecified = match registration {
        Registration::Active => own.unspecified,
        Registration::Unknown => by_chance || own.is_name_a_table,
        Registration::Renamed | Registration::Overridden => false,
    };
    let (authenticator, from_reference) = match (registration, custom) {
        (Registration::Active, _) => (Some(own.read), own.from_reference),
        (Registration::Overridden, Some(custom)) => {
            (Some(custom.read.clone()), custom.from_reference.clone())
        }
        _ => (None, FromReference::default()),
    };
    let replacements = replacements.collect();
    Model {
        references,
        refusals: Vec::new(),
        template_issues,
        authenticator,
        built_in,
        from_reference,
        registration,
        replacements,
        unspecified,
    }
}

/// An authenticator as the server reads it back.
#[derive(Default)]
struct HeldAuthenticator {
    /// The name it is held under; `None` when it is not known.
    name: Option<String>,
    read: Authenticator,
    from_reference: FromReference,
    /// Whether a default and the file overwrite each other in it.
    unspecified: bool,
    is_name_a_table: bool,
}

struct ModelReader<'r, 'd> {
    references: &'r References<'d>,
    template_issues: Vec<TemplateIssue<'d>>,
    /// Whether a value closes the authenticator it is in.
    leaves: bool,
}

impl<'d> ModelReader<'_, 'd> {
    /// This section, with the shipped defaults for what the file does not say.
    fn own(&mut self, printed: &Printed<'d>, profile: Profile) -> HeldAuthenticator {
        let name = self.attribute(printed.name.as_ref(), Some(SMSOTP), true);
        let enabled = self.attribute(printed.enable.as_ref(), Some("true"), true);
        let is_name_a_table = matches!(printed.name, Some(Attribute::Table));
        let mut held = HeldAuthenticator { name, is_name_a_table, ..HeldAuthenticator::default() };
        held.read.enabled = enabled.map(ServerText::from);
        held.unspecified = matches!(printed.enable, Some(Attribute::Table));
        let shipped = PARAMETERS.iter().filter_map(|parameter| {
            let text = ServerText::Borrowed(parameter.default(profile)?);
            Some((ServerText::Borrowed(parameter.name), Some(text)))
        });
        // Collected, since a sorted list becomes a map without looking anything up.
        held.read.parameters = shipped.collect();
        for (name, parameter) in &printed.parameters {
            let default = catalogue::parameter(name).and_then(|known| known.default(profile));
            if parameter.is_table() && default.is_some() {
                held.unspecified = true;
                held.read.parameters.insert((*name).to_owned().into(), None);
            } else {
                self.parameter(name, parameter, true, &mut held);
            }
        }
        held
    }

    /// Another table. What the file does not say of it is of no concern here.
    fn neighbour(&mut self, printed: &Printed<'d>) -> HeldAuthenticator {
        let enabled = self.attribute(printed.enable.as_ref(), None, false);
        let mut held = self.custom(printed);
        held.read.enabled = enabled.map(ServerText::from);
        held
    }

    /// A custom authenticator, which is printed as enabled whatever it says.
    fn custom(&mut self, printed: &Printed<'d>) -> HeldAuthenticator {
        let name = self.attribute(printed.name.as_ref(), Some(""), false);
        let mut held = HeldAuthenticator { name, ..HeldAuthenticator::default() };
        held.read.enabled = Some(ServerText::Borrowed("true"));
        for (name, parameter) in &printed.parameters {
            self.parameter(name, parameter, false, &mut held);
        }
        held
    }

    /// The text of `name` or `enable`.
    fn attribute(
        &mut self,
        attribute: Option<&Attribute<'d>>,
        default: Option<&str>,
        is_own: bool,
    ) -> Option<String> {
        let written = match attribute {
            None => return default.map(str::to_owned),
            Some(Attribute::Table) => return None,
            Some(Attribute::Value(written)) => written,
        };
        let text = self.references.mapped(written.entry)?;
        let kind = match verdict(text.text(), xml::attribute) {
            Ok(read) => return Some(read),
            Err(kind) => kind,
        };
        // Another's name that breaks the file is certainly not ours.
        let is_known = !is_own && matches!(kind, TemplateIssueKind::IllFormed(_));
        let read = is_known.then(|| text.text().to_owned());
        self.odd(written, Role::Attribute, is_own, text, kind);
        read
    }

    /// Adds a parameter, and those that its text injects.
    fn parameter(
        &mut self,
        name: &str,
        parameter: &PrintedParameter<'d>,
        is_own: bool,
        held: &mut HeldAuthenticator,
    ) {
        let (name, content) = (self.key(name, parameter, is_own), self.value(parameter, is_own));
        let Some(name) = name else { return };
        let parameters = &mut held.read.parameters;
        let Some(content) = content else {
            parameters.insert(name.into(), None);
            return;
        };
        self.leaves |= content.leaves;
        let is_foreign = |leaf: &SettingEntry<'_>| {
            self.references.is_from_reference(leaf.entry)
                || !is_own && leaf.entry.value.may_hold_text()
        };
        if !is_own && !is_bare(&name) && catalogue::parameter(&name).is_none() {
            // The name of a key elsewhere is shown only if it needs no quotes.
            held.from_reference.names.insert(name.clone());
        }
        if parameter.leaves.iter().any(is_foreign) {
            held.from_reference.into.insert(name.clone());
            for (injected, _) in &content.injected {
                held.from_reference.into.insert(injected.clone());
                if catalogue::parameter(injected).is_none() && *injected != name {
                    held.from_reference.names.insert(injected.clone());
                }
            }
        }
        // A parameter that is injected twice reads as the last of the two.
        let mut injected: BTreeMap<String, String> = BTreeMap::new();
        injected.extend(content.injected);
        let own = (!injected.contains_key(&name)).then_some((name.clone(), content.text));
        for (injected, text) in injected {
            // Which of two parameters of one name comes last is a matter of hash order.
            let is_known = injected == name || !parameters.contains_key(injected.as_str());
            parameters.insert(injected.into(), is_known.then(|| text.into()));
        }
        parameters.extend(own.map(|(name, text)| (name.into(), Some(text.into()))));
    }

    /// The name of a parameter as read back.
    fn key(
        &mut self,
        name: &str,
        parameter: &PrintedParameter<'d>,
        is_own: bool,
    ) -> Option<String> {
        let kind = match verdict(name, xml::attribute) {
            Ok(name) => return Some(name),
            Err(kind) => kind,
        };
        let written = parameter.leaves.first()?;
        let at = parameter.depth - 1;
        let text = MappedText::read(self.references.source, written.path[at].span);
        self.odd(written, Role::Key(at), is_own, text, kind);
        None
    }

    /// What is read in a parameter; `None` when it is not known.
    fn value(
        &mut self,
        parameter: &PrintedParameter<'d>,
        is_own: bool,
    ) -> Option<xml::ParameterContent> {
        let [written] = parameter.leaves.as_slice() else { return None };
        if parameter.is_table_array {
            return None;
        }
        let below = &written.path[parameter.depth..];
        let text = self.references.text(written.entry)?;
        let text = match below {
            [] => text,
            keys => {
                let names = keys.iter().map(|key| key.name.as_ref());
                Cow::Owned(format!("{{{}}}", java_text::nested(names, text)))
            }
        };
        let mapped = || self.mapped(written, &text, below.is_empty());
        let (content, kind) = match verdict(&text, xml::content) {
            Err(kind) => (None, Some((mapped(), kind))),
            Ok(content) => {
                let markup = content.markup.clone().map(|range| {
                    let injected = content.injected.iter().map(|(name, _)| name.clone()).collect();
                    TemplateIssueKind::Markup { range, reads: content.text.clone(), injected }
                });
                (Some(content), markup.map(|kind| (mapped(), kind)))
            }
        };
        if let Some((text, kind)) = kind {
            self.odd(written, Role::Value, is_own, text, kind);
        }
        content
    }

    fn mapped(&self, written: &SettingEntry<'d>, text: &str, is_value: bool) -> MappedText {
        let mapped = self.references.mapped(written.entry).filter(|_| is_value);
        mapped.unwrap_or_else(|| MappedText::whole(text, written.entry.value_span))
    }

    fn odd(
        &mut self,
        written: &SettingEntry<'d>,
        role: Role,
        is_own: bool,
        text: MappedText,
        kind: TemplateIssueKind,
    ) {
        self.template_issues.push(TemplateIssue {
            written: written.clone(),
            role,
            is_own,
            text,
            kind,
            files: vec![APPLICATION_AUTHENTICATION],
            is_printed_plainly: false,
        });
    }
}

/// What the server reads for a text, or why nobody can say: a fault wherever the expressions in
/// it end up, or the expressions themselves.
pub(super) fn verdict<T>(
    text: &str,
    read: impl Fn(&str) -> Result<T, xml::XmlFault>,
) -> Result<T, TemplateIssueKind> {
    let mut all = expressions(text);
    let Some(first) = all.next() else { return read(text).map_err(TemplateIssueKind::IllFormed) };
    let mut around = String::with_capacity(text.len());
    for range in iter::once(first.clone()).chain(all) {
        around.push_str(&text[around.len()..range.start]);
        around.extend(range.map(|_| ' '));
    }
    around.push_str(&text[around.len()..]);
    Err(match read(&around) {
        Err(fault) => TemplateIssueKind::IllFormed(fault),
        Ok(_) => TemplateIssueKind::Template(first),
    })
}

/// Whether an expression in a text may stop the server: all but a plain name, which becomes what
/// it stands for, or nothing.
pub(super) fn may_stop(text: &str) -> bool {
    expressions(text).any(|range| {
        let inside = text[range].strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        inside.is_none_or(|inside| {
            let inside = inside.trim();
            !inside.is_empty() && !inside.split('.').all(is_variable)
        })
    })
}

fn is_variable(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(starts)
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && RESERVED.split(' ').all(|word| word != name)
}

/// The words of the expression language.
const RESERVED: &str = "and div else empty eq false ge gt if in instanceof is le lt mod ne not \
                        null or true";

/// Every `{{..}}` or `{%..%}` in a text.
fn expressions(text: &str) -> impl Iterator<Item = Range<usize>> {
    let has_brace = text.contains('{');
    let last = |close: &'static str| (close, has_brace.then(|| text.rfind(close)).flatten());
    let (expression, statement) = (last("}}"), last("%}"));
    let mut from = 0;
    iter::from_fn(move || {
        while let Some(brace) = text[from..].find('{') {
            let start = from + brace;
            from = start + 1;
            let (close, last) = match text.as_bytes().get(from) {
                Some(b'{') => expression,
                Some(b'%') => statement,
                _ => continue,
            };
            let inside = start + 2;
            if last.is_some_and(|last| last >= inside)
                && let Some(length) = text[inside..].find(close)
            {
                from = inside + length + close.len();
                return Some(start..from);
            }
        }
        None
    })
}
