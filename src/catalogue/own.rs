//! The table of the settings that are read beside the parameters: `name` and `enable`.

use super::evidence::{COMPONENT, DEFAULTS, PAGE_5_9, UTILS};
use super::parameters::{setting, switch};
use super::{Fallback, Flaw, Kind, Parameter, Release, always};

/// What is read directly in `[authentication.authenticator.sms_otp]`, sorted by name.
pub const OWN: &[Parameter] = &[
    Parameter {
        name: "enable",
        summary: "turns the authenticator on or off",
        detail: "Every release ships true, so a file has to mention it only to write false. \
            The documentation promises that false disables the authenticator; in the versions \
            whose code was read, the authenticator of an IdP connection keeps running all the \
            same.",
        page: PAGE_5_9,
        evidence: &[(COMPONENT, Release::V5_9), (DEFAULTS, Release::V5_9)],
        fallback: Fallback::None,
        flaws: &[(
            Flaw::Unusable,
            always!(
                "the server reads it as false, which does not stop the authenticator of an IdP \
                 connection in the versions whose code was read"
            ),
        )],
        ..switch(always!(true))
    },
    Parameter {
        name: "name",
        summary: "sets the name under which the server keeps the settings",
        detail: "The authenticator asks for exactly SMSOTP, which every release ships, so there is \
            no need to write it. \
            Any other name, even one that differs in letter case only, hides all settings from \
            the authenticator. \
            A tenant whose registry holds a copy of the server's file \
            (/_system/governance/SMSOTP/application-authentication.xml) reads that copy, and \
            nothing of this section.",
        page: PAGE_5_9,
        evidence: &[(UTILS, Release::V5_9), (DEFAULTS, Release::V5_9)],
        flaws: &[(
            Flaw::Unusable,
            always!("every parameter is lost, those of the shipped defaults too"),
        )],
        ..setting(Kind::Text { default: always!("SMSOTP") })
    },
];
