//! One short function per command, and the only place with files, streams, environment and
//! colour.

mod check;
mod completions;
mod environment;
mod inputs;
mod manual;
mod settings;

use std::io::{self, IsTerminal, Write};

use clap::{CommandFactory, FromArgMatches};
use smsotp_lint::Document;
use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure, reason};
use smsotp_lint::redact::escape;
use smsotp_lint::reference::{self, Topic};
use smsotp_lint::report::Style;
use smsotp_lint::section::Section;
use smsotp_lint::server::Model;
use smsotp_lint::settings::Settings;
use smsotp_lint::show;

use crate::cli::{Cli, Color, Command, Completions, Explain, Show, ShowFormat};
pub(crate) use environment::property;
use inputs::Input;

/// Runs the command line and tells how it went.
pub(crate) fn main() -> Exit {
    let parsed = Cli::command()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    let result = match (&cli.command, matches.subcommand()) {
        (Command::Check(check), Some((_, matches))) => check::run(check, matches, cli.color),
        (Command::Show(show), _) => self::show(show),
        (Command::Explain(explain), _) => self::explain(explain),
        (Command::Completions(completions), _) => self::completions(completions),
        (Command::Man, _) => man(),
        (Command::Check(_), None) => Ok(Exit::Failure),
    };
    result.unwrap_or_else(|failure| {
        complain(&failure);
        Exit::Failure
    })
}

/// Help and version are no failure; anything else clap says is, in one line like every other.
fn usage(error: &clap::Error) -> Exit {
    use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand as NoCommand;
    if !error.use_stderr() || error.kind() == NoCommand {
        // Nothing is left to say when even the help cannot be printed.
        let _ = error.print();
    } else {
        complain(&Failure::new(in_one_line(&error.render().to_string())));
    }
    if error.use_stderr() { Exit::Failure } else { Exit::Clean }
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

fn show(arguments: &Show) -> Result<Exit, Failure> {
    let input = match &arguments.path {
        None => Input::File(inputs::default()?),
        Some(path) if path.as_os_str() == "-" => Input::Stdin("<stdin>".into()),
        Some(path) => Input::File(path.clone()),
    };
    let source = input.read()?;
    let document = Document::parse(&source);
    if !document.faults().is_empty() {
        let message = "not TOML; smsotp-lint check says where";
        return Err(Failure::with(input.name(), message));
    }
    let profile = Profile { release: settings::in_force(&arguments.server)?.release };
    let environment = environment::of(&arguments.server)?;
    let section = Section::of(&document);
    let model = Model::of(&document, profile, &environment);
    let settings = Settings::of(&section, profile, &model);
    let page = match arguments.format {
        ShowFormat::Table => show::table(&source, &section, &settings, profile),
        ShowFormat::Json => show::json(&source, &section, &settings, profile),
    };
    print(page.as_bytes())?;
    Ok(Exit::Clean)
}

fn explain(arguments: &Explain) -> Result<Exit, Failure> {
    let page = match &arguments.name {
        None => reference::list(),
        Some(name) => match Topic::named(name) {
            Ok(topic) => topic.page(),
            Err(near) => {
                let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                let message = format!("no rule or parameter is called {name:?}{hint}");
                return Err(Failure::new(message));
            }
        },
    };
    print(page.as_bytes())?;
    Ok(Exit::Clean)
}

fn completions(arguments: &Completions) -> Result<Exit, Failure> {
    print(&completions::script(Cli::command(), arguments.shell))?;
    Ok(Exit::Clean)
}

fn man() -> Result<Exit, Failure> {
    let page = manual::page(Cli::command()).map_err(|error| Failure::new(reason(&error)))?;
    print(&page)?;
    Ok(Exit::Clean)
}

/// Writes to standard output. A reader that has seen enough is no failure.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {}", reason(&error))))
        }
        _ => Ok(()),
    }
}

/// One line on standard error.
fn complain(failure: &Failure) {
    let line = format!("smsotp-lint: {}\n", escape(&failure.to_string()));
    // There is no other place to say that this one cannot be written to.
    let _ = io::stderr().write_all(line.as_bytes());
}

/// Colour, width and characters for a report on standard output, or in a file.
fn style(color: Color, quiet: bool, on_stdout: bool) -> Style {
    let terminal = on_stdout && io::stdout().is_terminal();
    let width = terminal.then(terminal_size::terminal_size).flatten();
    Style {
        color: wants_color(color, terminal),
        unicode: true,
        quiet,
        width: width.map_or(80, |(width, _)| usize::from(width.0)),
    }
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
