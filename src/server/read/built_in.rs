//! What the template prints for the authenticator that is built in from 7.0 on -> what the server
//! holds for it: of each parameter what is written, else the shipped default.

use super::HeldAuthenticator;
use crate::catalogue::Profile;
use crate::section::SmsOtp;
use crate::server::authenticators::{Authenticators, Printed};
use crate::server::{Authenticator, BuiltInModel, References, Registration, ServerText};

const OF: SmsOtp = SmsOtp::BuiltIn;

/// `None` where the file says nothing of it. `neighbours` is what is read of the tables that `all`
/// calls so.
pub(super) fn model(
    all: &Authenticators<'_>,
    neighbours: &[HeldAuthenticator],
    customs: &[HeldAuthenticator],
    references: &References<'_>,
    profile: Profile,
) -> Option<BuiltInModel> {
    let mut neighbours = all.neighbours.iter().zip(neighbours);
    let ((_, printed), held) = neighbours.find(|((key, _), _)| **key == OF.table())?;
    let is_ours = |name: &str| name == OF.registered();
    let name = match printed.name {
        Some(_) => held.name.as_deref(),
        None => Some(OF.registered()),
    };
    // The last custom authenticator of a name is the one that stays.
    let custom = customs.iter().rev().find_map(|one| match one.name.as_deref() {
        None => Some(Registration::Unknown),
        Some(name) => is_ours(name).then_some(Registration::Overridden),
    });
    let registration = match (custom, name) {
        (Some(registration), _) => registration,
        (None, None) => Registration::Unknown,
        (None, Some(_)) if printed.is_no_table => Registration::Unknown,
        (None, Some(name)) if is_ours(name) => Registration::Active,
        (None, Some(_)) => Registration::Renamed,
    };
    let is_held = registration == Registration::Active;
    let authenticator = is_held.then(|| authenticator(printed, held, OF.profile(profile)));
    let brought_in = printed.parameters.iter().filter(|(_, parameter)| {
        parameter.leaves.iter().any(|leaf| references.is_from_reference(leaf.entry))
    });
    let from_reference = brought_in.map(|(name, _)| (*name).to_owned()).collect();
    Some(BuiltInModel { registration, authenticator, from_reference })
}

fn authenticator(
    printed: &Printed<'_>,
    held: &HeldAuthenticator,
    profile: Profile,
) -> Authenticator {
    let parameters = OF.parameters().iter().filter_map(|parameter| {
        let default = parameter.default(profile).map(ServerText::Borrowed);
        let text = match (printed.parameters.get(parameter.name), default) {
            // Chance decides between a table and the default.
            (Some(written), Some(_)) if written.is_table() => None,
            (Some(_), _) => held.read.parameters.get(parameter.name).cloned().flatten(),
            // What the text of another parameter adds may come from anywhere.
            (None, _) if held.read.parameters.contains_key(parameter.name) => None,
            (None, default) => Some(default?),
        };
        Some((ServerText::Borrowed(parameter.name), text))
    });
    let enabled = match printed.enable {
        Some(_) => held.read.enabled.clone(),
        None => Some(ServerText::Borrowed("true")),
    };
    Authenticator { enabled, parameters: parameters.collect() }
}
