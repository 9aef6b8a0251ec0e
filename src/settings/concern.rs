//! Settings and a change between releases -> whether the change concerns this file.

use super::{EffectiveValue, Setting, Settings, Switch};
use crate::catalogue::{Concern, Flaw, Reads};
use crate::server::page::{self, PageFault};

impl Settings<'_> {
    /// Whether a change concerns a file with these settings. A value that is not known is not
    /// judged.
    pub fn are_concerned(&self, concern: Concern) -> bool {
        match concern {
            Concern::Every(_) => true,
            Concern::Each(all) => all.iter().all(|(name, reads)| self.get(name).is_read_as(*reads)),
            Concern::Any(names, reads) => names.iter().any(|name| self.get(name).is_read_as(reads)),
        }
    }
}

impl Setting<'_> {
    fn is_read_as(&self, reads: Reads) -> bool {
        let text = self.text();
        match reads {
            Reads::Something => self.value != EffectiveValue::Unset,
            Reads::Nothing => self.value == EffectiveValue::Unset,
            Reads::Switch(true) => self.switch() == Switch::On,
            Reads::Switch(false) => self.switch() == Switch::Off,
            Reads::Text(wanted) => text == Some(wanted),
            Reads::Flawed(flaw) => text.and_then(|text| Flaw::of_number(text, true)) == Some(flaw),
            Reads::Above(limit) => self.number().is_some_and(|number| number > limit),
            Reads::PageOf(application) => {
                text.and_then(page::local).is_some_and(|(name, _)| name == application)
            }
            Reads::IllegalPage => matches!(
                text.and_then(page::fault),
                Some(PageFault::Illegal(_) | PageFault::Percent)
            ),
        }
    }
}
