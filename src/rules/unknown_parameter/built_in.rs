//! Names in the section of the built-in SMS OTP that it does not read -> where they are read.
//!
//! Updates bring it new names, so that only what is known to belong elsewhere is an error.

use super::{INFO, misspelt};
use crate::catalogue::{Foreign, IN_CONSOLE, Nearest, Owner, fold, folds_to, foreign, nearest};
use crate::names::closest;
use crate::rules::foreign_name;
use crate::rules::prelude::*;
use crate::section::{LOCAL, Section, SmsOtp, own_setting};

const UNREAD: &str = "not read here";

pub(super) fn check(analysis: &Analysis<'_>, section: &Section<'_>, sink: &mut Sink) {
    let is_unknown = |written: &&SettingEntry<'_>| {
        let name = written.name();
        let is_table = written.is_table() && foreign(name).is_none();
        !is_table && own_setting(name).is_none() && section.of.parameter(name).is_none()
    };
    for written in section.parameters.iter().filter(is_unknown) {
        sink.push(match section.of.nearest(written.name()) {
            Some(near) => misspelt(analysis, section, written, near, None),
            None => elsewhere(analysis, written),
        });
    }
    for stray in section.misplaced.iter().filter(is_unknown) {
        // A name that is near a real one has the wrong place as well, which weighs more.
        if section.of.nearest(stray.name()).is_none() {
            sink.push(elsewhere(analysis, stray));
        }
    }
    for wrong_shape in &section.wrong_shapes {
        if let (Some(foreign), Some(place)) =
            (foreign(wrong_shape.name()), wrong_shape.places.first())
        {
            let name = foreign_name(analysis, foreign, wrong_shape);
            sink.push(of_another(foreign, name, *place).key(wrong_shape.dotted()));
        }
    }
}

/// What becomes of a name that is near none of the built-in SMS OTP.
fn elsewhere(analysis: &Analysis<'_>, written: &SettingEntry<'_>) -> Diagnostic {
    let name = analysis.view.key(written.key());
    let place = written.entry.key_span();
    let near = nearest(written.name());
    let finding = match (foreign(written.name()), near.filter(|near| is_it(near, written.name()))) {
        (Some(foreign), _) => of_another(foreign, name, place),
        (None, Some(near)) => of_connection(near, name, place),
        (None, None) => strange(near, name, written.name(), place),
    };
    finding.key(written.dotted())
}

/// Whether a name is the one of a parameter, or one that people write for it.
fn is_it(near: &Nearest, name: &str) -> bool {
    let aliases = near.parameter.aliases.iter().map(|alias| alias.name);
    aliases.chain([near.parameter.name]).any(|known| folds_to(name, &fold(known)))
}

/// A setting of another part of the server.
fn of_another(foreign: &Foreign, name: Shown, place: Span) -> Diagnostic {
    let whose: Message = match foreign.owner {
        Owner::BuiltIn => "is not read from the file".into(),
        owner => message!("is a setting of {}, and not read here", owner.as_str()),
    };
    INFO.at(place, message!("{} {}", name, whose), UNREAD).help(foreign.owner.advice())
}

/// A parameter of the SMS OTP of a connection.
fn of_connection(near: Nearest, name: Shown, place: Span) -> Diagnostic {
    let right = near.parameter.name;
    let message = message!("{} is not read in {}, the built-in SMS OTP", name, LOCAL);
    let finding = INFO.at(place, message, UNREAD);
    match IN_CONSOLE.iter().find(|(parameter, _)| *parameter == right) {
        Some((_, setting)) => {
            let table = SmsOtp::Connection.table();
            finding
                .help(message!("{} is read in {}; the built-in one has {}", right, table, *setting))
                .help(Owner::BuiltIn.advice())
        }
        None => finding.help(message!(
            "{} is read in {}, which is for the SMS OTP of a connection",
            right,
            SmsOtp::Connection.table()
        )),
    }
}

/// A name that nobody is known to read.
fn strange(near: Option<Nearest>, name: Shown, wrong: &str, place: Span) -> Diagnostic {
    let message = message!("{} is no name that the built-in SMS OTP is known to read", name);
    let finding = INFO.at(place, message, UNREAD).severity(Severity::Info);
    let own = closest(wrong, SmsOtp::BuiltIn.parameters().iter().map(|it| it.name));
    match (own, near) {
        (Some(own), _) => finding.help(message!("the nearest name is {}", own)),
        (None, Some(near)) => finding.help(message!(
            "the nearest name is {}, which is read in {}",
            near.parameter.name,
            SmsOtp::Connection.table()
        )),
        (None, None) => finding.help("check the spelling; an update may have brought the name"),
    }
}
