//! The first parts of the keys that shipped defaults use.

/// One a line, sorted by their bytes. Gathered from the shipped files of every release at hand and
/// from real deployments: a reference to a missing key may still work when its first part is one of
/// these.
const SHIPPED_PREFIXES: &str = include_str!("shipped-prefixes.txt");

/// Whether the shipped defaults may hold a key of this name. The comparison minds letter case.
pub fn may_be_shipped(key: &str) -> bool {
    let first = key.split('.').next();
    SHIPPED_PREFIXES.lines().any(|prefix| Some(prefix) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_minds_letter_case() {
        assert!(SHIPPED_PREFIXES.lines().is_sorted());
        assert!(may_be_shipped("server.hostname"));
        assert!(!may_be_shipped("Server.hostname"));
        assert!(!may_be_shipped(" server.hostname"));
        assert!(!may_be_shipped(""));
    }
}
