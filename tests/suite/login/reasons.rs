//! The settings that are told as the reasons of an outcome decide it: whatever valid values all
//! others have, the same comes of it.

use std::collections::BTreeMap;

use smsotp_lint::login::{Connector, Event, Given, Login, Outcome, User, UserKind, values};

use super::recorded;
use crate::support::Chance;

/// Every setting that the model reads. The keys of the previous authenticator can only be absent.
const NAMES: [&str; 24] = [
    "BackupCode",
    "CaptureAndUpdateMobileNumber",
    "EnableAccountLockingForFailedAttempts",
    "EnableAlphanumericToken",
    "EnableUserBasedResendBlocking",
    "MaximumResendAttempts",
    "ResendBlockDuration",
    "ResendEnable",
    "RetryEnable",
    "SMSOTPEnableByUserClaim",
    "SMSOTPMandatory",
    "SendOTPDirectlyToMobile",
    "SendOtpToFederatedMobile",
    "TokenExpiryTime",
    "TokenLength",
    "federatedMobileAttributeKey",
    "identity_mgt.account_locking.enable_account_locking",
    "noOfDigits",
    "order",
    "screenUserAttribute",
    "secondaryUserstore",
    "showAuthFailureReason",
    "usecase",
    "userAttribute",
];

/// Without these two, what makes use of them fails logins, so that leaving them out is not valid.
const NEEDED: [&str; 2] = ["federatedMobileAttributeKey", "secondaryUserstore"];

type Settings = BTreeMap<&'static str, Option<&'static str>>;

fn any(name: &str, chance: &mut Chance) -> Option<&'static str> {
    let may_be_unset = !NEEDED.contains(&name);
    let at = chance.below(values(name).len() + usize::from(may_be_unset));
    values(name).get(at).copied()
}

fn given(settings: &Settings, name: &str) -> Given<'static> {
    settings.get(name).copied().flatten().map_or(Given::Unset, Given::Text)
}

#[test]
fn whatever_decides_an_outcome_is_among_its_reasons() {
    let world = recorded::world(&BTreeMap::new());
    let mut chance = Chance::new(13);
    let mut decided = 0;
    for _ in 0..60 {
        let settings: Settings = NAMES.map(|name| (name, any(name, &mut chance))).into();
        for connector in Connector::all() {
            let kind = *chance.pick(&UserKind::ALL);
            let event = *chance.pick(&Event::ALL);
            let user = kind.user();
            let play = |settings: &Settings, user: &User| -> Vec<Outcome> {
                let texts = |name: &str| given(settings, name);
                let login = Login { settings: &texts, connector, user, world: &world };
                login.ends(event.moments()).collect()
            };
            let texts = |name: &str| given(&settings, name);
            let login = Login { settings: &texts, connector, user: &user, world: &world };
            let whole = |outcome: Outcome| (outcome.word(), outcome.detail());
            let reasons = login.because(event.moments(), Outcome::without_code);
            let all_reasons = login.because(event.moments(), whole);
            decided += reasons.len();
            let [expected] = play(&settings, &user)[..] else { panic!("every setting is known") };
            for _ in 0..12 {
                let other = |kept: &[&str], chance: &mut Chance| -> Settings {
                    let keep = |(name, text): (&&'static str, &Option<&'static str>)| {
                        let is_kept = kept.contains(name);
                        (*name, if is_kept { *text } else { any(name, chance) })
                    };
                    settings.iter().map(keep).collect()
                };
                let changed = other(&reasons, &mut chance);
                let [outcome] = play(&changed, &user)[..] else { panic!("all are known") };
                let case = format!("{kind:?} {event:?} {connector:?} {settings:?} {changed:?}");
                assert_eq!(outcome.without_code(), expected.without_code(), "{case}");
                let changed = other(&all_reasons, &mut chance);
                let [outcome] = play(&changed, &user)[..] else { panic!("all are known") };
                assert_eq!(whole(outcome), whole(expected), "{case}");
            }
        }
    }
    assert!(decided > 300, "{decided} reasons in all");
}
