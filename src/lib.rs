//! `smsotp-lint`: what WSO2 Identity Server really does with the SMS OTP settings of a
//! `deployment.toml`.
//!
//! One direction, each step a function from value to value:
//!
//! ```text
//! read -> parse -> settings -> check -> filter -> report
//!                                 \-> repair (apply, parse, check again) -> write
//! ```
//!
//! The library never prints, and reads no file, clock or environment.

pub mod catalogue;
pub mod diagnostic;
pub mod document;
pub mod edits;
pub mod fix;
pub mod redact;
pub mod report;
pub mod rules;
pub mod section;
pub mod server;
pub mod settings;
pub mod source;
