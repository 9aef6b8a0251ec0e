//! What messages say of a login is what the model says of it.

use smsotp_lint::catalogue::{Profile, Release};
use smsotp_lint::login::{Event, Outcome, UserKind};
use smsotp_lint::outcomes::{Assumptions, Simulation};
use smsotp_lint::policy::Policy;
use smsotp_lint::server::Environment;
use smsotp_lint::source::Source;
use smsotp_lint::{Document, Options, check};

/// Settings of which a message tells something about a login.
const FILES: &[&str] = &[
    "TokenExpiryTime = '5m'",
    "TokenLength = 0",
    "TokenLength = 0\nEnableAlphanumericToken = true",
    "TokenLength = 'six'",
    "SendOTPDirectlyToMobile = true",
    "SendOtpToFederatedMobile = true",
    "SMSOTPMandatory = true\nSMSOTPEnableByUserClaim = true",
    "SMSOTPMandatory = true\nSMSOTPEnableByUserClaim = true\nSendOTPDirectlyToMobile = true",
    "SMSOTPMandatory = true\nSendOtpToFederatedMobile = true",
    "usecase = 'local'",
    "SMSOTPMandatory = true\nusecase = 'subjectUri'",
    "screenUserAttribute = ''",
];

/// Words of a message, and what they say: of which user, in which event, and what comes of it.
type Saying = (&'static str, UserKind, Event, fn(&Outcome) -> bool);

const SAYINGS: &[Saying] = &[
    ("every login that sends a code fails", UserKind::WithNumber, Event::Login, fails),
    ("nobody gets in", UserKind::WithNumber, Event::RightCode, |outcome| !gets_in(outcome)),
    (
        "logs in with the first step alone, without a code",
        UserKind::NotInUserStore,
        Event::Login,
        |outcome| *outcome == Outcome::Skipped,
    ),
    ("then locks them out", UserKind::OptedOut, Event::Login, |outcome| {
        matches!(outcome, Outcome::Refused(_))
    }),
    ("the login of a federated user fails", UserKind::Federated, Event::Login, fails),
    (
        "the login of a federated user who is not in the user store fails",
        UserKind::Federated,
        Event::Login,
        fails,
    ),
];

fn fails(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Error(_))
}

fn gets_in(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::LoggedIn { .. } | Outcome::Skipped)
}

#[test]
fn what_a_message_says_of_a_login_comes_of_it() {
    let (environment, policy) = (Environment::default(), Policy::default());
    let mut said = vec![0; SAYINGS.len()];
    for release in Release::ALL {
        let profile = Profile { release: Some(release) };
        let options =
            Options { profile, environment: &environment, policy: &policy, ignores: false };
        for settings in FILES {
            let text = format!("[authentication.authenticator.sms_otp.parameters]\n{settings}\n");
            let source = Source::new("deployment.toml", text);
            let document = Document::parse(&source);
            let analysis = options.analyse(&document);
            let simulation = Simulation::of(&analysis, Assumptions::default());
            for finding in check(&analysis, &options).findings {
                for ((words, user, event, is_so), said) in SAYINGS.iter().zip(&mut said) {
                    if !finding.message.contains(words) {
                        continue;
                    }
                    *said += 1;
                    let outcomes = simulation.play(*user, event.moments());
                    let message = &finding.message;
                    assert!(
                        outcomes.iter().all(is_so),
                        "{release:?} {settings:?}: {message}, but {outcomes:?}"
                    );
                }
            }
        }
    }
    let unsaid = SAYINGS.iter().zip(&said).find(|(_, said)| **said == 0);
    assert!(unsaid.is_none(), "no message says {:?}", unsaid.map(|(saying, _)| saying.0));
}
