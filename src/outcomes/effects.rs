//! A file before and after a change -> what it changes for whom, in words.

use super::Simulation;
use crate::login::{Event, Outcome, Recipient, UserKind};
use crate::message::{Message, message};

impl Simulation<'_, '_> {
    /// What changes for users who log in once the file has changed, as a sentence: the answer to
    /// their first request, and nothing that comes after it. `None` when nothing does for certain.
    pub fn effect(&self, changed: &Simulation<'_, '_>) -> Option<Message> {
        let mut groups: Vec<(&'static str, Vec<UserKind>)> = Vec::new();
        for user in UserKind::ALL {
            let before = self.ends(user, Event::Login, &[]);
            let after = changed.ends(user, Event::Login, &[]);
            let [end] = after[..] else { continue };
            if before == after {
                continue;
            }
            let future = future(end);
            match groups.iter_mut().find(|(known, _)| *known == future) {
                Some((_, users)) => users.push(user),
                None => groups.push((future, vec![user])),
            }
        }
        let sentences = groups.into_iter().map(|(future, users)| {
            let names = names(&users).into_iter().map(Message::from);
            message!("{} {}", Message::listed(names.collect()), future)
        });
        let sentences: Vec<Message> = sentences.collect();
        (!sentences.is_empty()).then(|| Message::joined(sentences, "; "))
    }
}

/// An outcome to come, behind the name of a group of users.
fn future(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::CodeSent { to: Recipient::FederatedAttribute, .. } => {
            "will be sent a code to the number of the federated login"
        }
        Outcome::CodeSent { .. } => "will be sent a code",
        Outcome::AsksForNumber => "will be asked for a number",
        Outcome::Skipped => "will log in with the first step alone",
        Outcome::LoggedIn { .. } => "will log in",
        Outcome::Refused(_) | Outcome::Retry(..) | Outcome::Locked { .. } | Outcome::Error(_) => {
            "will not be able to log in"
        }
    }
}

/// What a group of users has in common, in a few names.
fn names(users: &[UserKind]) -> Vec<&'static str> {
    use UserKind::{
        Federated, FederatedSameName, FederatedSameNameWithoutNumber, FederatedWithMobile,
        LockedAccount, NotInUserStore, OptedOut, OptedOutWithoutNumber, WithNumber, WithoutNumber,
    };
    let has = |kind: &UserKind| users.contains(kind);
    let any = |kinds: &[UserKind]| kinds.iter().any(has);
    let is_same_name = any(&[FederatedSameName, FederatedSameNameWithoutNumber]);
    let is_federated = has(&Federated);
    let groups = [
        (has(&WithNumber), "users with a number"),
        (has(&WithoutNumber), "users without a number"),
        (has(&NotInUserStore), "users who are not in the user store"),
        (is_federated && is_same_name, "federated users"),
        (
            is_federated && !is_same_name && !has(&NotInUserStore),
            "federated users who are not in the user store",
        ),
        (
            has(&FederatedSameName) && !is_federated,
            "federated users with the name of a local account",
        ),
        (
            has(&FederatedSameNameWithoutNumber) && !has(&FederatedSameName) && !is_federated,
            "federated users with the name of a local account without a number",
        ),
        (has(&FederatedWithMobile) && !is_federated, "federated users with a mobile attribute"),
        (has(&OptedOut), "users who opted out"),
        (has(&OptedOutWithoutNumber) && !has(&OptedOut), "users who opted out and have no number"),
        (has(&LockedAccount), "users whose account is locked"),
    ];
    groups.into_iter().filter_map(|(is_one, name)| is_one.then_some(name)).collect()
}
