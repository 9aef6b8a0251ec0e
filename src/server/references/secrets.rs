//! `[secrets]` and `[runtime_secrets]` -> what the server knows under each name.

use std::collections::BTreeMap;

use crate::server::flat_keys::{self, Leaf};
use crate::source::Span;
use crate::toml::{Table, Value, dotted, named};

use super::{ReferenceProblem, ReferenceProblemKind};

const SECRETS: &str = "secrets";
const RUNTIME: &str = "runtime_secrets";

/// The setting that lets secrets come from elsewhere at run time.
const ENABLE: &str = "enable";

/// The secrets of a document.
#[derive(Default)]
pub(super) struct Secrets<'d> {
    known: BTreeMap<String, (&'d str, Span)>,
    runtime: BTreeMap<String, (&'d str, Span)>,
    wrong_shapes: Vec<(Span, String)>,
}

impl<'d> Secrets<'d> {
    /// Notes a header, which must not be `[[..]]`.
    pub(super) fn header(&mut self, table: &'d Table<'d>) {
        let Some(header) = table.header.as_ref().filter(|header| header.array) else { return };
        if header.keys.first().is_some_and(|key| is_ours(&key.name)) {
            let key = dotted(header.keys.iter().map(|key| key.name.as_ref()));
            self.wrong_shapes.push((header.span, key));
        }
    }

    /// Notes a value, which must be a string in one of the two tables.
    pub(super) fn entry(&mut self, table: &Table<'_>, leaf: &Leaf<'_, 'd, 'd>) {
        let [first, rest @ ..] = leaf.path else { return };
        if !is_ours(&first.name) || table.in_array {
            return;
        }
        let entry = leaf.entry;
        let names = rest.iter().map(|key| key.name.as_ref());
        match (&entry.value, flat_keys::flat(names, '"')) {
            (_, Some(name)) if name.is_empty() && rest.is_empty() => {
                self.wrong_shapes.push((entry.span(), first.name.to_string()));
            }
            (Value::String(text) | Value::Placeholder(text), Some(name)) => {
                let value = (text.as_ref(), entry.span());
                if first.name == RUNTIME {
                    self.runtime.insert(name, value);
                } else {
                    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
                    self.known.insert(quoted.unwrap_or(&name).to_owned(), value);
                }
            }
            (Value::String(_) | Value::Placeholder(_), None) => {}
            _ => {
                let key = named(leaf.path.iter().map(|key| key.name.as_ref()));
                self.wrong_shapes.push((entry.span(), key));
            }
        }
    }

    /// The tables and values of the wrong type, which stop the server by themselves.
    pub(super) fn problems(&self) -> impl Iterator<Item = ReferenceProblem> + use<'_, 'd> {
        self.wrong_shapes.iter().map(|(span, key)| ReferenceProblem {
            span: *span,
            key: key.clone(),
            kind: ReferenceProblemKind::SecretShape,
        })
    }

    /// Why a `$secret` of this name stops the server, if it does.
    pub(super) fn judge(&self, name: &str) -> Option<ReferenceProblemKind> {
        match self.get(name) {
            Some((text, entry)) if stands_in_brackets(text) => {
                Some(ReferenceProblemKind::PlainSecret { name: name.to_owned(), entry })
            }
            Some(_) => None,
            None if self.come_at_run_time() => None,
            None => Some(ReferenceProblemKind::Secret(name.to_owned())),
        }
    }

    fn get(&self, name: &str) -> Option<(&'d str, Span)> {
        self.runtime.get(name).or_else(|| self.known.get(name)).copied()
    }

    fn come_at_run_time(&self) -> bool {
        self.get(ENABLE).is_some_and(|(text, _)| text.eq_ignore_ascii_case("true"))
    }
}

fn is_ours(name: &str) -> bool {
    name == SECRETS || name == RUNTIME
}

/// A value in brackets has not been encrypted yet.
fn stands_in_brackets(text: &str) -> bool {
    text.split_once('[').is_some_and(|(_, rest)| rest.contains(']'))
}
