//! What the server uses, where that is something else than what is written -> hints behind the
//! values.

use crate::show::{ToldSetting, View};

/// A hint behind a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    /// Behind which offset it stands.
    pub(super) offset: usize,
    /// What it says.
    pub(super) label: String,
    /// Why.
    pub(super) why: Option<String>,
}

/// The hints of a file, in its order.
pub(super) fn hints(view: &View<'_>) -> Vec<Hint> {
    let told = view.told().into_iter().filter(|(_, told)| !told.is_as_written());
    let mut hints: Vec<_> = told
        .map(|(span, ToldSetting { used, why, .. })| Hint {
            offset: span.end,
            label: format!("the server uses {used}"),
            why,
        })
        .collect();
    hints.sort_by_cached_key(|hint| hint.offset);
    hints
}
