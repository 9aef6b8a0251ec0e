//! Names -> the flat keys under which the server keeps its values, and back.

use crate::toml::{Node, is_bare};

/// The flat key of a path; `None` when the server loses the value on its way.
pub(super) fn flat<'n>(names: impl IntoIterator<Item = &'n str>, quote: char) -> Option<String> {
    let mut key = String::new();
    for name in names.into_iter() {
        if !survives(name) {
            return None;
        }
        if !key.is_empty() {
            key.push('.');
        }
        match is_bare(name) {
            true => key.push_str(name),
            false => {
                key.extend([quote.encode_utf8(&mut [0; 4]), name, quote.encode_utf8(&mut [0; 4])])
            }
        }
    }
    Some(key)
}

/// The name below another that a flat key leads to, inside of arrays too.
pub(super) fn find<'t, 'd>(below: Node<'t, 'd>, key: &str) -> Option<Node<'t, 'd>> {
    let step = |name: &str, rest: &str| {
        let inside = below.elements().chain([below]);
        let child = inside.filter_map(|node| node.child(name)).next()?;
        if rest.is_empty() { Some(child) } else { find(child, rest.strip_prefix('.')?) }
    };
    match key.strip_prefix('\'') {
        Some(quoted) => {
            let ends =
                quoted.match_indices('\'').map(|(end, _)| (&quoted[..end], &quoted[end + 1..]));
            let mut parts = ends.filter(|(name, _)| !is_bare(name) && survives(name));
            parts.find_map(|(name, rest)| step(name, rest))
        }
        None => {
            let (name, rest) = key.split_at(key.find('.').unwrap_or(key.len()));
            is_bare(name).then(|| step(name, rest)).flatten()
        }
    }
}

/// Whether the server finds the value of a key part again: it escapes all but printable ASCII.
pub(super) fn survives(name: &str) -> bool {
    name.bytes().all(|b| (b' '..=b'~').contains(&b))
}
