//! A name that does not exist -> the one that was probably meant.

use crate::catalogue::fold;

/// The known name closest to `name`, if any is close; letter case and separators count little.
pub fn closest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let folded = fold(name);
    let distance = |known: &'n str| {
        let (other, most) = (fold(known), known.len().min(name.len()).div_ceil(4));
        // The distance is at least the difference in length, which is cheap to compute.
        let may_be_near = folded.len().abs_diff(other.len()) <= most;
        let distance = may_be_near.then(|| strsim::osa_distance(&folded, &other))?;
        (distance <= most).then_some((distance, known))
    };
    let near = known.into_iter().filter_map(distance);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}
