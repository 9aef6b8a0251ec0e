//! The settings that are told as the reasons of an outcome decide it: whatever valid values all
//! others have, the same comes of it.

use std::collections::BTreeMap;

use smsotp_lint::login::{
    Connector, Event, Given, Login, Outcome, SettingName, SettingTexts, UserKind,
};

use super::recorded;
use crate::support::Chance;

/// Without these two, what makes use of them fails logins, so that leaving them out is not valid.
const NEEDED: [SettingName; 2] =
    [SettingName::FederatedMobileAttributeKey, SettingName::SecondaryUserstore];

/// Some valid value, or none. The keys of the previous authenticator can only be absent.
fn any(name: SettingName, chance: &mut Chance) -> Given<'static> {
    if name.is_of_previous() {
        return Given::Unset;
    }
    let may_be_unset = !NEEDED.contains(&name);
    let at = chance.below(name.values().len() + usize::from(may_be_unset));
    name.values().get(at).map_or(Given::Unset, |text| Given::Text(text))
}

#[test]
fn whatever_decides_an_outcome_is_among_its_reasons() {
    let world = recorded::world(&BTreeMap::new());
    let mut chance = Chance::new(13);
    let mut decided = 0;
    for _ in 0..60 {
        let settings = SettingTexts::of(|name| any(name, &mut chance));
        for connector in Connector::all() {
            let kind = *chance.pick(&UserKind::ALL);
            let event = *chance.pick(&Event::ALL);
            let user = kind.user();
            let login = Login { settings: &settings, connector, user: &user, world: &world };
            let play = |settings: &SettingTexts<'_>| -> Vec<Outcome> {
                Login { settings, ..login }.ends(event.moments()).collect()
            };
            let whole = |outcome: Outcome| (outcome.word(), outcome.detail());
            let reasons = login.because(event.moments(), Outcome::without_code);
            let all_reasons = login.because(event.moments(), whole);
            decided += reasons.len();
            let [expected] = play(&settings)[..] else { panic!("every setting is known") };
            for _ in 0..12 {
                let other = |kept: &[SettingName], chance: &mut Chance| {
                    SettingTexts::of(|name| match kept.contains(&name) {
                        true => settings[name],
                        false => any(name, chance),
                    })
                };
                let changed = other(&reasons, &mut chance);
                let [outcome] = play(&changed)[..] else { panic!("all are known") };
                let case = format!("{kind:?} {event:?} {connector:?} {settings:?} {changed:?}");
                assert_eq!(outcome.without_code(), expected.without_code(), "{case}");
                let changed = other(&all_reasons, &mut chance);
                let [outcome] = play(&changed)[..] else { panic!("all are known") };
                assert_eq!(whole(outcome), whole(expected), "{case}");
            }
        }
    }
    assert!(decided > 300, "{decided} reasons in all");
}
