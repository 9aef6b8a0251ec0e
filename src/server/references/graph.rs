//! The values that hold references -> which of them waits for which.

use std::collections::HashMap;

use crate::toml::Entry;

use super::scan::Site;
use super::targets::RefTarget;

/// Which value waits for which.
pub(super) struct Graph {
    /// For each value, those that it names and that hold references themselves.
    pub(super) needs: Vec<Vec<Dependency>>,
    /// For each value, those that name it.
    pub(super) users: Vec<Vec<usize>>,
}

/// A reference to a value that holds references.
pub(super) struct Dependency {
    /// Which value it names.
    pub(super) site: usize,
    /// Which of the references it is.
    pub(super) reference: usize,
}

impl Graph {
    pub(super) fn of(sites: &[Site<'_>]) -> Self {
        let start = |entry: &Entry<'_>| entry.value_span.start;
        let numbered = sites.iter().enumerate();
        let by_start: HashMap<usize, usize> =
            numbered.map(|(at, site)| (start(site.entry), at)).collect();
        let mut graph = Self { needs: Vec::new(), users: vec![Vec::new(); sites.len()] };
        for (user, site) in sites.iter().enumerate() {
            let mut needs = Vec::new();
            for (at, reference) in site.references.iter().enumerate() {
                let RefTarget::Value(entry) = reference.target else { continue };
                if let Some(&site) = by_start.get(&start(entry)) {
                    needs.push(Dependency { site, reference: at });
                    graph.users[site].push(user);
                }
            }
            graph.needs.push(needs);
        }
        graph
    }
}
