//! What the rules call dead, and what is: a setting is dead when no value that may be written in
//! its place changes any outcome, for any user and course of events, given the others.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use smsotp_lint::analysis::Analysis;
use smsotp_lint::catalogue::{Profile, Release, parameter};
use smsotp_lint::diagnostic::Severity;
use smsotp_lint::login::Moment::{self, Backup, Expired, Number, Resend, Right, Wait, Wrong};
use smsotp_lint::login::{Account, Connector, Given, Login, SettingTexts, User, UserKind, World};
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, rules};

use super::recorded;

/// A setting, and what a file may write for it.
type Axis = (&'static str, &'static [Option<&'static str>]);

const SWITCH: &[Option<&str>] = &[Some("true"), Some("false")];
const MAYBE: &[Option<&str>] = &[None, Some("true"), Some("false")];

/// Settings that act on each other, with every value that is worth a difference.
const GROUPS: &[&[Axis]] = &[
    // All switches that any of the rules looks at.
    &[
        ("BackupCode", SWITCH),
        ("CaptureAndUpdateMobileNumber", SWITCH),
        ("EnableAccountLockingForFailedAttempts", SWITCH),
        ("EnableUserBasedResendBlocking", SWITCH),
        ("ResendEnable", SWITCH),
        ("RetryEnable", SWITCH),
        ("SMSOTPEnableByUserClaim", SWITCH),
        ("SMSOTPMandatory", SWITCH),
        ("SendOTPDirectlyToMobile", SWITCH),
        ("SendOtpToFederatedMobile", SWITCH),
    ],
    // Who the user is, and where the code goes.
    &[
        ("SMSOTPMandatory", MAYBE),
        ("SendOTPDirectlyToMobile", MAYBE),
        ("SendOtpToFederatedMobile", MAYBE),
        ("federatedMobileAttributeKey", &[None, Some("mobile")]),
        (
            "usecase",
            &[None, Some("local"), Some("association"), Some("subjectUri"), Some("userAttribute")],
        ),
        ("secondaryUserstore", &[None, Some("PRIMARY")]),
        ("userAttribute", &[None, Some("username")]),
    ],
    // How often a code is sent again.
    &[
        ("SMSOTPMandatory", MAYBE),
        ("ResendEnable", MAYBE),
        ("MaximumResendAttempts", &[None, Some("3"), Some("0")]),
        ("EnableUserBasedResendBlocking", MAYBE),
        ("ResendBlockDuration", &[None, Some("10"), Some("0")]),
    ],
    // What the page shows.
    &[
        ("screenUserAttribute", &[None, Some("http://wso2.org/claims/mobile")]),
        ("noOfDigits", &[None, Some("4"), Some("0")]),
        ("order", &[None, Some("forward"), Some("backward")]),
        ("screenUserAttributeMaskRegex", &[None, Some("[0-9]")]),
    ],
    // What becomes of a wrong code.
    &[
        ("BackupCode", MAYBE),
        ("EnableAccountLockingForFailedAttempts", MAYBE),
        ("showAuthFailureReason", MAYBE),
        ("RetryEnable", MAYBE),
    ],
    // What the code looks like.
    &[
        ("TokenLength", &[None, Some("4")]),
        ("TokenExpiryTime", &[None, Some("60")]),
        ("EnableAlphanumericToken", MAYBE),
    ],
];

/// Courses of events in which every setting of the groups can matter.
const COURSES: [&[Moment]; 8] = [
    &[Moment::Login, Right],
    &[Moment::Login, Wrong, Wrong, Wrong, Wrong, Wrong, Right, Wait(6), Moment::Login, Right],
    &[Moment::Login, Expired],
    &[Moment::Login, Backup],
    &[Moment::Login, Resend, Resend, Resend, Resend, Moment::Login, Resend, Wait(7), Resend],
    &[Moment::Login, Number, Right],
    &[Moment::Login, Number, Wrong, Resend],
    &[Moment::Login, Number, Resend],
];

const LOCKING: &str = "EnableAccountLockingForFailedAttempts";

const RULES: [&str; 3] = ["needs-companion", "needs-mandatory", "shadowed-parameter"];

/// What a rule says of a setting that is live: that a login fails, that a value is all stars, or
/// what the documentation has to say.
const LIVE: [(&str, &str); 4] = [
    ("needs-companion", "SendOtpToFederatedMobile"),
    ("needs-companion", "screenUserAttribute"),
    ("needs-companion", "usecase"),
    ("needs-mandatory", "CaptureAndUpdateMobileNumber"),
];

/// Dead settings that nobody is told of, with the reason.
const EXCUSED: [(&str, &str); 3] = [
    ("federatedMobileAttributeKey", "it does no harm without its switch"),
    ("showAuthFailureReason", "wrong passwords lock accounts as well, which no login here shows"),
    ("EnableUserBasedResendBlocking", "off, it saves two writes to the user store at a resend"),
];

#[test]
fn the_rules_call_dead_what_is_dead_and_nothing_else() {
    let mut report = String::new();
    let mut seen = 0;
    for group in GROUPS {
        let tables: Vec<_> =
            Release::ALL.map(|release| (release, Table::of(group, release))).into_iter().collect();
        for place in 0..size(group) {
            let source = Source::new("deployment.toml", written(group, place));
            let document = Document::parse(&source);
            for (release, table) in &tables {
                let (called_dead, pointed_at) = called_dead(&document, *release);
                for (at, (name, value)) in settings(group, place).enumerate() {
                    let Some(value) = value else { continue };
                    let wrong = match (table.is_dead(place, at), called_dead.contains(name)) {
                        (false, true) => "is live",
                        (true, false)
                            if !pointed_at.contains(name) && !is_excused(name, value, *release) =>
                        {
                            "is dead"
                        }
                        (is_dead, _) => {
                            seen += usize::from(is_dead);
                            continue;
                        }
                    };
                    let _ = writeln!(report, "{release}: {name} {wrong} in\n{}", source.text());
                    assert!(report.len() < 4000, "{report}");
                }
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(seen > 5_000, "only {seen} dead settings were seen");
}

/// Whether nobody needs to be told that a value does nothing.
fn is_excused(name: &str, value: &str, release: Release) -> bool {
    let parameter = parameter(name).expect("a name of the catalogue");
    let profile = Profile { release: Some(release) };
    let unset = parameter.default(profile).or(parameter.fallback(profile));
    parameter.is_too_new(profile)
        || unset == Some(value)
        || EXCUSED.iter().any(|(excused, _)| *excused == name)
        || name == "ResendEnable" && release <= Release::V7_1
        // A limit of no resend at all needs no block.
        || name == "MaximumResendAttempts" && value == "0"
}

/// The settings of a file that a rule calls dead, and those that it says something else about.
fn called_dead(document: &Document<'_>, release: Release) -> (BTreeSet<String>, BTreeSet<String>) {
    let environment = Environment::default();
    let analysis = Analysis::of(document, Profile { release: Some(release) }, &environment);
    let (mut dead, mut pointed_at) = (BTreeSet::new(), BTreeSet::new());
    for finding in rules::run(&analysis, |rule| RULES.contains(&rule.name)) {
        let key = finding.key.as_deref().unwrap_or_default();
        let name = key.rsplit('.').next().unwrap_or_default().to_owned();
        let is_about_steps = finding.severity == Severity::Info && finding.rule.name == RULES[2];
        match LIVE.contains(&(finding.rule.name, &name)) || is_about_steps {
            true => pointed_at.insert(name),
            false => dead.insert(name),
        };
    }
    (dead, pointed_at)
}

/// How many combinations a group has.
fn size(group: &[Axis]) -> usize {
    group.iter().map(|(_, values)| values.len()).product()
}

/// The settings of a combination, with what is written for them.
fn settings(
    group: &'static [Axis],
    place: usize,
) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let mut rest = place;
    group.iter().map(move |(name, values)| {
        let at = rest % values.len();
        rest /= values.len();
        (*name, values[at])
    })
}

/// A file with the settings of a combination.
fn written(group: &'static [Axis], place: usize) -> String {
    let mut text = "[authentication.authenticator.sms_otp.parameters]\n".to_owned();
    for (name, value) in settings(group, place) {
        if let Some(value) = value {
            let _ = writeln!(text, "{name} = \"{value}\"");
        }
    }
    text
}

/// The outcomes of all users in all courses, for every combination of a group of settings.
struct Table {
    group: &'static [Axis],
    /// What comes of each combination, in short, on a server with backup codes.
    outcomes: Vec<u64>,
    /// The same on one without, which is what the rule says of locking.
    without_backup_codes: Vec<u64>,
}

impl Table {
    fn of(group: &'static [Axis], release: Release) -> Self {
        let mentions_locking = group.iter().any(|(name, _)| *name == LOCKING);
        let without = if mentions_locking { size(group) } else { 0 };
        Self {
            group,
            outcomes: (0..size(group)).map(|at| outcomes(group, at, release, true)).collect(),
            without_backup_codes: (0..without)
                .map(|at| outcomes(group, at, release, false))
                .collect(),
        }
    }

    /// Whether no other value of a setting leads anywhere else.
    fn is_dead(&self, place: usize, axis: usize) -> bool {
        let outcomes = match self.group[axis].0 {
            LOCKING => &self.without_backup_codes,
            _ => &self.outcomes,
        };
        let step = size(&self.group[..axis]);
        let values = self.group[axis].1.len();
        let first = place - (place / step % values) * step;
        (0..values).all(|at| outcomes[first + at * step] == outcomes[place])
    }
}

/// What comes of a combination, in short.
fn outcomes(group: &'static [Axis], place: usize, release: Release, has_backup_claim: bool) -> u64 {
    let written: BTreeMap<_, _> = settings(group, place).collect();
    let profile = Profile { release: Some(release) };
    let texts = SettingTexts::of(|name| {
        let text = written.get(name.as_str()).copied().flatten();
        let text = text.or_else(|| parameter(name.as_str())?.default(profile));
        text.map_or(Given::Unset, Given::Text)
    });
    let world = World { has_backup_claim, ..recorded::world(&BTreeMap::new()) };
    let users = users();
    let mut hasher = DefaultHasher::new();
    for user in &users {
        let connector = Connector::Of(release);
        let login = Login { settings: &texts, connector, user, world: &world };
        for way in COURSES.iter().flat_map(|course| login.ways(course)) {
            way.outcomes.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The kinds of user, and those whom only some ways to find an account tell apart.
fn users() -> Vec<User> {
    let federated = UserKind::Federated.user();
    let account = UserKind::WithNumber.user().account;
    let linked = User { linked: account, ..federated };
    let elsewhere = account.map(|account| Account { store: "JDBC", ..account });
    let secondary = User { account: elsewhere, ..federated };
    UserKind::ALL.map(UserKind::user).into_iter().chain([linked, secondary]).collect()
}
