//! The test suite: one binary, so that it links once and runs in parallel.

mod architecture;
mod built_in;
mod changes;
mod ci_logs;
mod cli;
mod compare;
mod explain;
mod facts;
mod fixtures;
mod formats;
mod hostile;
mod invariants;
mod login;
mod lsp;
#[cfg(unix)]
mod nobody;
mod pages;
mod properties;
mod readme;
#[cfg(unix)]
mod recipes;
mod schema;
mod secrets;
mod set;
mod show;
mod startup;
mod support;
mod tables;
mod terminal_escapes;
mod vectors;
mod writing;
