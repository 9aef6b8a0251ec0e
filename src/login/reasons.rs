//! A login and its outcome -> the settings that decide it.

use super::{Given, Login, Moment, Outcome, values};

impl Login<'_> {
    /// A smallest set of settings that decide: as they are, they lead to these outcomes whatever
    /// valid values all others have. `key` is what of an outcome counts.
    pub fn because<K: PartialEq>(
        &self,
        moments: &[Moment],
        key: impl Fn(Outcome) -> K,
    ) -> Vec<&'static str> {
        let mut outcomes = Vec::new();
        let mut deciding: Vec<(&'static str, Given<'_>)> = Vec::new();
        for way in self.ways(moments) {
            outcomes.push(key(way.last()));
            for asked in way.read {
                if !deciding.contains(&asked) {
                    deciding.push(asked);
                }
            }
        }
        // What was read last is the least of the reasons.
        for at in (0..deciding.len()).rev() {
            let (name, given) = deciding.remove(at);
            let without = |asked: &str| {
                let kept = deciding.iter().find(|(kept, _)| *kept == asked);
                kept.map_or(Given::Any, |(_, given)| *given)
            };
            let login = Login { settings: &without, ..*self };
            let is_idle = login.ends(moments).all(|outcome| outcomes.contains(&key(outcome)));
            if !is_idle || self.leaves_open(name, moments, &outcomes, &key) {
                deciding.insert(at, (name, given));
            }
        }
        deciding.into_iter().map(|(name, _)| name).collect()
    }

    /// Whether what happens depends on what an unknown setting holds.
    fn leaves_open<K: PartialEq>(
        &self,
        name: &str,
        moments: &[Moment],
        outcomes: &[K],
        key: &impl Fn(Outcome) -> K,
    ) -> bool {
        (self.settings)(name) == Given::Unknown
            && values(name).iter().any(|value| {
                let known = |asked: &str| match asked == name {
                    true => Given::Text(value),
                    false => (self.settings)(asked),
                };
                let login = Login { settings: &known, ..*self };
                let ends: Vec<K> = login.ends(moments).map(key).collect();
                outcomes.iter().any(|outcome| !ends.contains(outcome))
            })
    }
}
