//! What the server makes of a document.

pub mod dialect;
pub mod java_regex;
pub mod java_text;
pub mod page;
