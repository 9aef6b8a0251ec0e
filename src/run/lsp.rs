//! `lsp`: the streams and files of this machine -> a language server for one editor.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::lsp::{ConfigFiles, Setup, serve};
use smsotp_lint::source::Source;

use super::{configurations, environment, settings};
use crate::cli::{Lsp, Server};

/// The configuration files that count, as the command line says.
struct Machine<'a> {
    server: &'a Server,
}

pub(super) fn run(arguments: &Lsp) -> Result<Exit, Failure> {
    let server = &arguments.server;
    let release = settings::release(server)?;
    let environment = environment::of(server)?;
    let config_files = &Machine { server };
    let setup = Setup { config_files, environment, release };
    serve(BufReader::new(io::stdin()), io::stdout().lock(), setup)
}

impl ConfigFiles for Machine<'_> {
    fn path_for(&self, folder: Option<&Path>) -> Option<PathBuf> {
        let here = std::env::current_dir().unwrap_or_default();
        configurations::config_file_for(self.server, &here, folder.unwrap_or(&here))
    }

    fn read(&self, path: &Path) -> Result<Source, Failure> {
        configurations::source(path)
    }
}
