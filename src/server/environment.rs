//! The environment variables and system properties the server starts with, as far as they are known.

use std::collections::BTreeMap;

/// What the server finds outside the file; each half is known as a whole or not at all.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// Every environment variable; `None` when they were not given.
    pub variables: Option<BTreeMap<String, String>>,
    /// Every system property; `None` when they were not given.
    pub properties: Option<BTreeMap<String, String>>,
}

/// What is known of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'e> {
    /// It may be set or not.
    Unknown,
    /// It is not set.
    Unset,
    /// It is set to this text.
    Set(&'e str),
}

impl Environment {
    /// The environment variable of this name.
    pub fn variable(&self, name: &str) -> Lookup<'_> {
        look_up(self.variables.as_ref(), name)
    }

    /// The system property of this name.
    pub fn property(&self, name: &str) -> Lookup<'_> {
        look_up(self.properties.as_ref(), name)
    }
}

fn look_up<'e>(known: Option<&'e BTreeMap<String, String>>, name: &str) -> Lookup<'e> {
    match known {
        None => Lookup::Unknown,
        Some(all) => all.get(name).map_or(Lookup::Unset, |text| Lookup::Set(text)),
    }
}
