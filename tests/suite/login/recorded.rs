//! The names of the recordings -> the users, the server, the moments and the releases they mean.

use std::collections::BTreeMap;

use smsotp_lint::login::{
    Account, AccountLocking, Claim, Connector, IdpAttribute, Moment, Step, User, World,
};

/// The number in the profile of the user whose page is recorded.
pub(super) const NUMBER: &str = "+15550100001";

pub(super) fn user(name: &str) -> User {
    let plain = Account {
        store: "PRIMARY",
        has_number: true,
        has_opted_out: false,
        is_locked: false,
        has_backup_codes: true,
    };
    let local = |account| User {
        is_federated: false,
        account: Some(account),
        linked: None,
        mobile: IdpAttribute::Missing,
        username: IdpAttribute::Missing,
    };
    // Federated users bring their own name along as an attribute; U11 brings that of another.
    let federated = |account| User {
        is_federated: true,
        account,
        linked: None,
        mobile: IdpAttribute::Missing,
        username: IdpAttribute::Named("http://idp.example/claims/localname"),
    };
    let phone = IdpAttribute::Named("http://idp.example/claims/phone");
    match name {
        "U1" => local(plain),
        "U2" => local(Account { has_number: false, ..plain }),
        "U3" => local(Account { has_opted_out: true, ..plain }),
        "U4" => local(Account { has_opted_out: true, has_number: false, ..plain }),
        "U5" => User { account: None, ..local(plain) },
        "U6" => User { mobile: phone, ..federated(None) },
        "U7" => federated(None),
        "U8" => local(Account { is_locked: true, ..plain }),
        "U9" => federated(Some(plain)),
        "U10" => federated(Some(Account { has_number: false, ..plain })),
        "U11" => User { linked: Some(plain), ..federated(None) },
        "U12" => local(Account { store: "JDBC", ..plain }),
        "U13" => federated(Some(Account { store: "JDBC", ..plain })),
        "U14" => local(Account { has_backup_codes: false, ..plain }),
        _ => panic!("no user {name}"),
    }
}

/// The server of a vector: in the plain case it locks accounts and has backup codes.
pub(super) fn world(context: &BTreeMap<String, String>) -> World {
    let mut world = World {
        account_locking: AccountLocking::On,
        has_backup_claim: true,
        is_instant: true,
        step: Step::Plain,
        has_store: |store| ["PRIMARY", "JDBC"].contains(&store),
        claim: |uri| match uri {
            "http://wso2.org/claims/mobile" => Claim::Text(NUMBER.len()),
            "http://wso2.org/claims/emailaddress" => Claim::Empty,
            _ => Claim::NotMapped,
        },
        is_pattern: |pattern| pattern != "[",
    };
    for (name, value) in context {
        match (name.as_str(), value.as_str()) {
            ("account_lock_handler", "off") => world.account_locking = AccountLocking::Off,
            ("backup_claim", "unmapped") => world.has_backup_claim = false,
            ("step", "multi-option") => world.step = Step::MultiOption,
            ("script", "yes") => world.step = Step::Script,
            // A tenant without settings of its own logs in like the super tenant.
            ("tenant", _) => {}
            other => panic!("no context {other:?}"),
        }
    }
    world
}

/// The moments of a scenario, each of which begins with a login.
pub(super) fn moments(scenario: &str) -> Vec<Moment> {
    let mut moments = vec![Moment::Login];
    for word in scenario.split('+') {
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let times = word[name.len()..].parse().unwrap_or(1);
        let moment = match name {
            "first" => continue,
            "backup-twice" => {
                moments.extend([Moment::Backup, Moment::Login, Moment::Backup]);
                continue;
            }
            "wait6m" => Moment::Wait(6),
            "wait7m" => Moment::Wait(7),
            "wait1h" => Moment::Wait(60),
            "newlogin" => Moment::Login,
            "typed" => Moment::Number,
            "right" => Moment::Right,
            "wrong" => Moment::Wrong,
            "expired" => Moment::Expired,
            "old" => Moment::Old,
            "backup" => Moment::Backup,
            "resend" => Moment::Resend,
            _ => panic!("no moment {name}"),
        };
        moments.extend(std::iter::repeat_n(moment, times));
    }
    moments
}

/// A run of releases, such as `5.9..6.1`.
pub(super) fn connectors(run: &str) -> impl Iterator<Item = Connector> + use<> {
    let of = |name: &str| match name {
        "newest" => Connector::Newest,
        name => Connector::Of(name.parse().expect("a release")),
    };
    let (first, last) = run.split_once("..").unwrap_or((run, run));
    let run = of(first)..=of(last);
    Connector::all().filter(move |connector| run.contains(connector))
}
