//! A name that does not exist -> the one that was probably meant.

/// The known name closest to `name`, if any is close; letter case and separators count little.
pub fn closest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let folded = crate::catalogue::fold(name);
    let distance = |known: &str| strsim::osa_distance(&folded, &crate::catalogue::fold(known));
    let (best, distance) =
        known.into_iter().map(|known| (known, distance(known))).min_by_key(|(_, d)| *d)?;
    (distance <= best.len().min(name.len()).div_ceil(4)).then_some(best)
}
