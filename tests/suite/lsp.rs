//! `lsp`, over the streams of the real program.

pub(crate) mod client;
mod configuration;
mod session;
mod texts;
