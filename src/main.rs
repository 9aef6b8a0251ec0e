//! Arguments -> exit code.

mod cli;
mod run;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::main().into()
}
