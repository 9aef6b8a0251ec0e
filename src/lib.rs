//! `smsotp-lint`: what WSO2 Identity Server really does with the SMS OTP settings of a
//! `deployment.toml`.
//!
//! One direction, each step a function from value to value:
//!
//! ```text
//! read -> parse -> serve -> settings -> check -> filter -> report
//!                                          \-> repair (apply, parse, check again) -> write
//! ```
//!
//! The library never prints, and reads no file, clock or environment.

pub mod catalogue;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod edits;
pub mod error;
pub mod escape;
pub mod fix;
pub mod names;
pub mod policy;
pub mod redact;
pub mod reference;
pub mod repair;
pub mod report;
pub mod rules;
pub mod section;
pub mod server;
pub mod set;
pub mod settings;
pub mod show;
pub mod source;
pub mod toml;
pub mod write;

pub use self::toml::Document;
use catalogue::Profile;
use diagnostic::{Diagnostic, RuleInfo};
use policy::{Divided, Policy};
use server::Environment;

/// What the caller decides about a check.
#[derive(Debug)]
pub struct Options<'o> {
    /// Whose defaults apply.
    pub profile: Profile,
    /// The environment variables and system properties, as far as they are known.
    pub environment: &'o Environment,
    /// Levels of rules and categories.
    pub policy: &'o Policy,
    /// Whether comments in the file may silence findings.
    pub ignores: bool,
}

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// The findings that policy leaves standing, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// Those that a comment in the file silences.
    pub suppressed: Vec<Diagnostic>,
    /// Whether the server starts and finds its authenticators configured, before any level or
    /// ignore comment; `None` when that depends on what is not known.
    pub loads: Option<bool>,
}

/// Everything there is to say about a document under a policy.
pub fn check(document: &Document<'_>, options: &Options<'_>) -> Checked {
    let is_on = |rule: &RuleInfo| options.policy.is_on(rule);
    let found = rules::check(document, options.profile, options.environment, is_on);
    let mut divided = match options.ignores && document.faults().is_empty() {
        true => policy::divide(document, found.findings, is_on),
        false => Divided { kept: found.findings, suppressed: Vec::new() },
    };
    for finding in divided.kept.iter_mut().chain(&mut divided.suppressed) {
        options.policy.apply(finding);
    }
    Checked { findings: divided.kept, suppressed: divided.suppressed, loads: found.loads }
}
