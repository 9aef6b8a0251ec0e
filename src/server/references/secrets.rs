//! `[secrets]` and `[runtime_secrets]` -> what the server knows under each name.

use std::collections::BTreeMap;

use crate::catalogue::{Profile, Release};
use crate::server::flat_keys;
use crate::source::Span;
use crate::toml::{SettingEntry, Tree, Value, dotted};

use super::{ReferenceProblem, ReferenceProblemKind};

const SECRETS: &str = "secrets";
const RUNTIME: &str = "runtime_secrets";

/// The setting that lets secrets come from elsewhere at run time.
const ENABLE: &str = "enable";

/// The secrets of a document.
#[derive(Default)]
pub(super) struct Secrets<'d> {
    /// Whether a quoted name with a dot in it is found, which is so from 7.0 on.
    finds_dotted: bool,
    known: BTreeMap<String, (&'d str, Span)>,
    runtime: BTreeMap<String, (&'d str, Span)>,
}

impl<'d> Secrets<'d> {
    /// Collects them; a table or value of the wrong type stops the server by itself.
    pub(super) fn of(
        tree: &Tree<'d>,
        profile: Profile,
        problems: &mut Vec<ReferenceProblem>,
    ) -> Self {
        let since = |release| profile.release.is_none_or(|own| own >= release);
        let mut secrets = Self { finds_dotted: since(Release::V7_0), ..Self::default() };
        // The second is not known up to 5.11.
        let tables: &[&str] = if since(Release::V6_0) { &[SECRETS, RUNTIME] } else { &[SECRETS] };
        for root in tables.iter().filter_map(|name| tree.at([*name])) {
            let kind = ReferenceProblemKind::SecretShape;
            for header in root.headers().filter_map(|write| write.table.header.as_ref()) {
                if header.array {
                    let key = dotted(header.keys.iter().map(|key| key.name.as_ref()));
                    let (span, kind) = (header.span, kind.clone());
                    problems.push(ReferenceProblem { span, key, kind });
                }
            }
            for entry in root.values() {
                if !secrets.add(root.name(), &entry) {
                    let (span, key, kind) = (entry.span(), entry.dotted(), kind.clone());
                    problems.push(ReferenceProblem { span, key, kind });
                }
            }
        }
        secrets
    }

    /// Notes a value; false where it is of the wrong type.
    fn add(&mut self, root: &str, written: &SettingEntry<'d>) -> bool {
        let (Value::String(text) | Value::Placeholder(text)) = &written.entry.value else {
            return false;
        };
        let names: Vec<&str> = written.path[1..].iter().map(|key| key.name.as_ref()).collect();
        let value = (text.as_ref(), written.span());
        match flat_keys::flat(names.iter().copied(), '"') {
            Some(name) if root == RUNTIME => _ = self.runtime.insert(name, value),
            Some(name) => {
                let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
                if self.finds_dotted || quoted.is_none_or(|name| !name.contains('.')) {
                    self.known.insert(quoted.unwrap_or(&name).to_owned(), value);
                }
            }
            None => {}
        }
        !names.is_empty()
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

/// A value in brackets has not been encrypted yet.
fn stands_in_brackets(text: &str) -> bool {
    text.split_once('[').is_some_and(|(_, rest)| rest.contains(']'))
}
