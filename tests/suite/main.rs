//! The test suite: one binary, so that it links once and runs in parallel.

mod architecture;
mod cli;
mod explain;
mod fixtures;
mod formats;
mod hold;
mod hostile;
mod properties;
mod readme;
mod schema;
mod secrets;
mod set;
mod show;
mod steering;
mod support;
mod tables;
mod vectors;
mod writing;
