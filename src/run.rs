//! One short function per command, and the only place with files, streams, environment and
//! colour.

mod bare;
mod check;
mod compare;
mod completions;
mod configurations;
mod defect;
mod environment;
mod find;
mod inputs;
mod lsp;
mod manual;
mod parallel;
mod reference;
mod set;
mod settings;
mod show;
mod signals;
mod simulate;
mod subject;

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, FromArgMatches};
use smsotp_lint::error::{Exit, Failure, reason};
use smsotp_lint::escape::escape;
use smsotp_lint::names::closest;
use smsotp_lint::report::Style;
use smsotp_lint::source::Source;
use smsotp_lint::write;

use crate::cli::{Cli, Color, Command, instead_of};

/// Runs the command line and tells how it went.
pub(crate) fn main() -> Exit {
    defect::install_panic_hook();
    signals::install();
    let Cli { command, color } = match parsed() {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    let result = match &command {
        Command::Check(check) => check::run(check, color),
        Command::Show(show) => show::run(show, color),
        Command::Simulate(simulate) => simulate::run(simulate, color),
        Command::Compare(compare) => compare::run(compare, color),
        Command::Set(set) => set::run(set, color),
        Command::Explain(explain) => reference::explain(explain, color),
        Command::Schema(schema) => reference::schema(schema),
        Command::Lsp(lsp) => lsp::run(lsp),
        Command::Completions(completions) => completions::run(completions),
        Command::Man(_) => manual::run(),
    };
    result.unwrap_or_else(|failure| {
        complain(&failure);
        Exit::Failure
    })
}

/// Reads the command line. What describes it to clap is freed before the run, which takes the
/// memory over.
fn parsed() -> Result<Cli, clap::Error> {
    let mut program = Cli::command();
    let words = bare::with_command(std::env::args_os().collect(), &program);
    let mut matches = program.try_get_matches_from_mut(words)?;
    Cli::from_arg_matches_mut(&mut matches)
}

/// Help and version are no failure; anything else clap says is, in one line like every other.
fn usage(error: &clap::Error) -> Exit {
    use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand as NoCommand;
    if !error.use_stderr() || error.kind() == NoCommand {
        if let Err(failure) = printed(error.print()) {
            complain(&failure);
            return Exit::Failure;
        }
    } else {
        let told = of_another_tool(error).or_else(|| unknown_command(error));
        complain(&Failure::new(told.unwrap_or_else(|| in_one_line(&error.render().to_string()))));
    }
    if error.use_stderr() { Exit::Failure } else { Exit::Clean }
}

/// What to say of a flag or a command that other tools have.
fn of_another_tool(error: &clap::Error) -> Option<String> {
    let word = error.get(ContextKind::InvalidArg).or(error.get(ContextKind::InvalidSubcommand))?;
    let ContextValue::String(word) = word else { return None };
    let instead = instead_of(word)?;
    Some(format!("there is no {word}: {instead} (see --help)"))
}

/// What to say of a first word that is neither a command nor a path.
fn unknown_command(error: &clap::Error) -> Option<String> {
    let ContextValue::String(word) = error.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    let program = Cli::command();
    let near = closest(word, program.get_subcommands().map(clap::Command::get_name));
    let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    Some(format!("`{word}` is neither a command nor a file{near} (see --help)"))
}

/// What clap says of a bad flag, without the usage it repeats and the advice on `--`.
fn in_one_line(rendered: &str) -> String {
    let said: Vec<_> = rendered
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty() && !line.starts_with("tip: to pass"))
        .collect();
    let said = said.join(" ").replace(" tip: ", "; ");
    format!("{} (see --help)", said.strip_prefix("error: ").unwrap_or(&said))
}

/// Writes to standard output.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    printed(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// What became of a write to standard output. A reader that has seen enough is no failure.
fn printed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {}", reason(&error))))
        }
        _ => Ok(()),
    }
}

/// Writes a changed file. Links to it by other names are worth a word, since they keep the old text.
fn replace(path: &Path, old: &Source, new: &Source) -> Result<(), Failure> {
    let (old, new) = (old.text().as_bytes(), new.text().as_bytes());
    match signals::put_off(|| write::replace(path, old, new))? {
        0 => {}
        1 => complain(&Failure::with(path, "note: its other hard link keeps the old text")),
        many => {
            let note = format!("note: its {many} other hard links keep the old text");
            complain(&Failure::with(path, note));
        }
    }
    Ok(())
}

/// One line on standard error.
fn complain(failure: &Failure) {
    let line = format!("smsotp-lint: {}\n", escape(&failure.to_string()));
    // There is no other place to say that this one cannot be written to.
    let _ = io::stderr().write_all(line.as_bytes());
}

/// Colour, width and characters for a report on standard output.
fn style(color: Color, quiet: bool) -> Style {
    style_on(io::stdout().is_terminal(), color, quiet)
}

/// The same for a report anywhere.
fn style_on(terminal: bool, color: Color, quiet: bool) -> Style {
    Style { color: wants_color(color, terminal), quiet, width: width(terminal) }
}

/// The columns of the terminal; `COLUMNS` says how many in its place, as it does to `ls`.
fn width(terminal: bool) -> usize {
    let said = std::env::var_os("COLUMNS");
    let said = said.and_then(|said| said.to_str()?.parse().ok()).filter(|columns| *columns > 0);
    let seen = || terminal.then(terminal_size::terminal_size).flatten();
    said.unwrap_or_else(|| seen().map_or(80, |(width, _)| usize::from(width.0)))
}

/// The usual conventions: a flag beats the environment, which beats what the terminal is.
fn wants_color(color: Color, terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR").is_some() => false,
        Color::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}
