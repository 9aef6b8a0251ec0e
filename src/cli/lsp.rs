//! The arguments of `lsp`.

use clap::Args;

use super::{Server, examples};

/// `lsp`
#[derive(Debug, Args)]
#[command(after_long_help = examples::LSP)]
pub(crate) struct Lsp {
    /// The server.
    #[command(flatten)]
    pub(crate) server: Server,
    /// The streams are these in any case; some editors say so
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}
