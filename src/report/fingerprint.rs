//! A finding -> a short name that stays the same when lines move, so that tools can tell a new
//! finding from an old one.
//!
//! It is made from what may be shown, so that no secret can be guessed from it: of a text outside
//! the section the mask goes in.

use std::collections::BTreeMap;

use super::FileReport;
use crate::diagnostic::Diagnostic;

/// Gives out fingerprints, no two of them the same.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    given: BTreeMap<u128, usize>,
}

impl Fingerprints {
    /// The fingerprint of a finding: its rule, its key and its text, blanks aside, and what sets
    /// files apart if that matters. The same finding again gets another one.
    pub(super) fn of(
        &mut self,
        apart: &str,
        file: &FileReport<'_>,
        finding: &Diagnostic,
    ) -> String {
        let key = finding.key.as_deref().unwrap_or_default();
        let mut text = file.view.shown(finding.primary.span);
        text.retain(|c| !c.is_whitespace());
        self.unique(&[apart, finding.rule.name, key, &text])
    }

    /// The fingerprint of anything that is the same when these parts are.
    pub(super) fn unique(&mut self, parts: &[&str]) -> String {
        let first = hash(parts);
        let before = self.given.entry(first).or_default();
        *before += 1;
        let own = match *before {
            1 => first,
            nth => hash(&[&first.to_string(), &nth.to_string()]),
        };
        format!("{own:032x}")
    }
}

/// FNV-1a of 128 bits. The hashes of the standard library may change with its version, and these
/// are kept by other programs.
fn hash(parts: &[&str]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // No text has this byte, so that parts cannot run into each other.
    const END: u8 = 0xff;
    let ended = parts.iter().flat_map(|part| part.bytes().chain([END]));
    ended.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_never_changes() {
        assert_eq!(hash(&["rule", "key"]), 0x1010_2dc0_0706_94c5_2c87_69c8_5439_98ac);
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }

    #[test]
    fn the_same_twice_is_told_apart() {
        let mut fingerprints = Fingerprints::default();
        let given: Vec<_> = ["a", "a", "b", "a"].map(|part| fingerprints.unique(&[part])).into();
        for (at, one) in given.iter().enumerate() {
            assert_eq!(one.len(), 32);
            assert!(!given[..at].contains(one), "{given:?}");
        }
        let mut again = Fingerprints::default();
        assert_eq!(again.unique(&["b"]), given[2]);
    }
}
