//! The test suite: one binary, so that it links once and runs in parallel.

mod architecture;
mod cli;
mod fixtures;
mod hold;
mod hostile;
mod properties;
mod readme;
mod support;
mod tables;
mod vectors;
mod writing;
