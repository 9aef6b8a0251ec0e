//! A page that shows what a user does not have, so that a whole kind of user cannot log in.

use crate::login::{LoginError, Moment, Outcome, UserKind};
use crate::outcomes::{Assumptions, Simulation};
use crate::rules::prelude::*;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "no-login",
    category: Category::Contradiction,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("no_login.md")),
    concerns: Concerns::Named(&["noOfDigits", "screenUserAttribute"]),
    ..RuleInfo::PLAIN
};

const SHOWN: &str = "screenUserAttribute";
const DIGITS: &str = "noOfDigits";

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    if analysis.settings.get(SHOWN).scalar().is_none() {
        return;
    }
    let simulation = Simulation::of(analysis, Assumptions::default());
    let fails = |user, moments: &[Moment], error| {
        let outcomes = simulation.play(user, moments);
        outcomes.iter().all(|outcome| *outcome == Outcome::Error(error))
    };
    let known = UserKind::WithNumber;
    let unknown = UserKind::FederatedWithMobile;
    if fails(known, &[Moment::Login], LoginError::ClaimNotMapped) {
        let consequence = "names no claim: every login of a user in the user store fails, once the \
                           SMS was sent";
        let help = "name the local claim to show, or leave screenUserAttribute out";
        sink.extend(finding(analysis, SHOWN, consequence, help));
    }
    if analysis.settings.get(DIGITS).number().is_some()
        && fails(known, &[Moment::Login], LoginError::DigitsOutOfRange)
    {
        let consequence = "is more than the characters of a mobile number: up to 7.0 every login \
                           of a user in the user store fails, once the SMS was sent";
        let help = "set noOfDigits to the number of characters to leave readable, such as 4";
        sink.extend(finding(analysis, DIGITS, consequence, help));
    }
    // A number is asked for, or the federated login brings one along. Who is refused gets no page
    // to type a code into.
    let way: &[Moment] = match simulation.play(unknown, &[Moment::Login])[..] {
        [Outcome::AsksForNumber] => &[Moment::Login, Moment::Number, Moment::Wrong],
        [Outcome::CodeSent { .. }] => &[Moment::Login, Moment::Wrong],
        _ => return,
    };
    if fails(unknown, way, LoginError::ClaimOfUnknownUser) {
        let consequence = "fails the login of a user who is not in the user store after one wrong \
                           code: the page that asks again looks for a claim that such a user does \
                           not have";
        let help = "leave screenUserAttribute out";
        let finding = finding(analysis, SHOWN, consequence, help);
        let switches = ["SendOTPDirectlyToMobile", "SendOtpToFederatedMobile"];
        let switches = switches.map(|name| analysis.settings.get(name));
        let live = switches.iter().find(|switch| switch.switch() == Switch::On);
        let live = live.and_then(|live| live.written()).map(SettingEntry::span);
        sink.extend(finding.map(|it| it.also_each(live, "such a user is sent a code")));
    }
}

fn finding(
    analysis: &Analysis<'_>,
    name: &'static str,
    consequence: &'static str,
    help: &'static str,
) -> Option<Diagnostic> {
    let written = analysis.settings.get(name).written()?;
    let message = message!("{} {}", name, consequence);
    Some(INFO.at_setting(written, message, "what the page shows").help(help))
}
