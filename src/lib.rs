//! `smsotp-lint`: what WSO2 Identity Server really does with the SMS OTP settings of a
//! `deployment.toml`.
//!
//! One direction, each step a function from value to value:
//!
//! ```text
//! read -> parse -> analyse -> check -> filter -> report
//!                      |         \-> repair (apply, verify, again) -> write
//!                      \-> show, simulate, compare, set, lsp
//! ```
//!
//! The library never prints, and only `write` touches files. No answer depends on the clock or on
//! the environment of the process.
//!
//! ```standalone_crate
//! use smsotp_lint::{Document, Environment, Options, Policy, Profile, Source, check};
//!
//! let section = "[authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = 'yes'\n";
//! let source = Source::new("deployment.toml", section);
//! let document = Document::parse(&source);
//! let (profile, environment) = (Profile::default(), Environment::default());
//! let policy = Policy::default();
//! let options = Options { profile, environment: &environment, policy: &policy, ignores: true };
//! let checked = check(&options.analyse(&document), &options);
//! assert_eq!(checked.findings[0].rule.name, "not-a-boolean");
//! ```
//!
//! What is not named here serves the command line and the tests, and may change at any time.

#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod catalogue;
mod columns;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod edits;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod error;
#[doc(hidden)]
pub mod escape;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod login;
#[doc(hidden)]
pub mod lsp;
mod markdown;
#[doc(hidden)]
pub mod message;
#[doc(hidden)]
pub mod names;
#[doc(hidden)]
pub mod outcomes;
#[doc(hidden)]
pub mod policy;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod section;
#[doc(hidden)]
pub mod server;
#[doc(hidden)]
pub mod set;
#[doc(hidden)]
pub mod settings;
#[doc(hidden)]
pub mod show;
#[doc(hidden)]
pub mod simulate;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod toml;
#[doc(hidden)]
pub mod write;

pub use self::toml::Document;
pub use analysis::Analysis;
pub use catalogue::Profile;
pub use engine::{Checked, Options, Repaired, check, repair};
pub use policy::Policy;
pub use server::Environment;
pub use source::Source;
