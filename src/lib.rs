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
//! The library never prints, and reads no file, clock or environment.

pub mod analysis;
pub mod catalogue;
mod columns;
pub mod compare;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod edits;
pub mod engine;
pub mod error;
pub mod escape;
pub mod fix;
pub mod login;
pub mod lsp;
pub mod message;
pub mod names;
pub mod outcomes;
pub mod policy;
pub mod redact;
pub mod reference;
pub mod report;
pub mod rules;
pub mod section;
pub mod server;
pub mod set;
pub mod settings;
pub mod show;
pub mod simulate;
pub mod source;
pub mod toml;
pub mod write;

pub use self::toml::Document;
pub use analysis::Analysis;
pub use engine::{Checked, Options, check};
