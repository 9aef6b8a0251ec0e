//! A list -> a result for each of its items, in their order, made on every core.

use std::iter;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

pub(super) fn map<'t, T: Sync, R: Send>(items: &'t [T], f: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    // The system is slow to tell how many cores there are, so it is not asked for a single item.
    let cores = match items.len() {
        0 | 1 => 1,
        many => thread::available_parallelism().map_or(1, usize::from).min(many),
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let one = || {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, f(items.get(at)?)))
        };
        iter::from_fn(one).collect::<Vec<_>>()
    };
    let mut results = thread::scope(|scope| {
        // Without a thread of their own, the items are left to this one.
        let start = |_| Builder::new().spawn_scoped(scope, work).ok();
        let others: Vec<_> = (1..cores).filter_map(start).collect();
        let mut results = work();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_by_cached_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
