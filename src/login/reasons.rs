//! A login and its outcome -> the settings that decide it.

use super::{Given, Login, Moment, Outcome, SettingName, SettingTexts};

impl Login<'_> {
    /// A smallest set of settings that decide: as they are, they lead to these outcomes whatever
    /// valid values all others have. `key` is what of an outcome counts.
    pub fn because<K: PartialEq>(
        &self,
        moments: &[Moment],
        key: impl Fn(Outcome) -> K,
    ) -> Vec<SettingName> {
        let mut outcomes = Vec::new();
        let mut read: Vec<SettingName> = Vec::new();
        for way in self.ways(moments) {
            outcomes.push(key(way.last()));
            for name in way.read {
                if !read.contains(&name) {
                    read.push(name);
                }
            }
        }
        let mut texts = SettingTexts::of(|name| match read.contains(&name) {
            true => self.settings[name],
            false => Given::Any,
        });
        // What was read last is the least of the reasons.
        let mut deciding = Vec::new();
        for name in read.into_iter().rev() {
            let given = std::mem::replace(&mut texts[name], Given::Any);
            let login = Login { settings: &texts, ..*self };
            let is_idle = login.ends(moments).all(|outcome| outcomes.contains(&key(outcome)));
            if !is_idle || self.leaves_open(name, moments, &outcomes, &key) {
                texts[name] = given;
                deciding.push(name);
            }
        }
        deciding.reverse();
        deciding
    }

    /// Whether what happens depends on what an unknown setting holds.
    fn leaves_open<K: PartialEq>(
        &self,
        name: SettingName,
        moments: &[Moment],
        outcomes: &[K],
        key: &impl Fn(Outcome) -> K,
    ) -> bool {
        self.settings[name] == Given::Unknown
            && name.values().iter().any(|value| {
                let mut texts = *self.settings;
                texts[name] = Given::Text(value);
                let login = Login { settings: &texts, ..*self };
                let ends: Vec<K> = login.ends(moments).map(key).collect();
                outcomes.iter().any(|outcome| !ends.contains(outcome))
            })
    }
}
