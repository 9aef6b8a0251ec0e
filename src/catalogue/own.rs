//! The settings of the authenticator's own table, which stand beside its parameters.

use super::{Fallback, Kind, Parameter, Release, Steps, Truth};

/// What stands directly in `[authentication.authenticator.sms_otp]`, sorted by name.
pub const OWN: &[Parameter] = &[
    Parameter {
        name: "enable",
        kind: Kind::Boolean { default: Steps(&[(Release::V5_9, true)]), truth: Truth::AnyCase },
        summary: "turns the authenticator on or off",
        detail: "Every release ships true, so a file has to mention it only to write false. \
            The documentation promises that false disables the authenticator; in the versions \
            that were read, the authenticator of an IdP connection keeps running all the same.",
        documented: true,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "the server reads the authenticator as disabled",
        aliases: &[],
    },
    Parameter {
        name: "name",
        kind: Kind::Text { default: Steps(&[(Release::V5_9, "SMSOTP")]) },
        summary: "sets the name under which the settings are filed",
        detail: "The authenticator asks for exactly SMSOTP, which every release ships, so there is \
            no need to write it. \
            Any other name, even one that differs in letter case only, hides all settings from \
            the authenticator.",
        documented: false,
        since: Release::V5_9,
        fallback: Fallback::None,
        misread: "every parameter is lost, those of the shipped defaults too",
        aliases: &[],
    },
];
