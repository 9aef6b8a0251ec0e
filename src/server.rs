//! What the server makes of a document.

pub mod java_text;
