//! The command line -> its manual page: the program first, then a section for each command.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use smsotp_lint::error::{Exit, Failure, reason};

use super::print;
use crate::cli::Cli;

/// What the options cannot say.
const REST: &str = "\
.SH EXIT STATUS
.TP
0
Done, and nothing at or above the level of \\fB\\-\\-fail\\-on\\fR.
.TP
1
Findings at or above it. Text that is not TOML is one.
.TP
2
The job could not be done: a bad flag, a file that is missing, unreadable or not UTF\\-8, nothing to
check, nothing written. With several inputs every one is tried, and 2 wins over 1.
.SH ENVIRONMENT
.TP
\\fBNO_COLOR\\fR, \\fBCLICOLOR_FORCE\\fR, \\fBTERM\\fR
Whether to colour, unless \\fB\\-\\-color\\fR says so.
.SH FILES
.TP
\\fB.smsotp\\-lint.toml\\fR
The configuration. The one nearest to a file counts: in its directory or above, up to the top of
the repository or to the working directory, else that of the working directory. Patterns are
relative to the directory of the configuration; one without a slash is for a name in any depth.
.RS
.TP
\\fBis\\-version\\fR, \\fBfail\\-on\\fR
As the flags of these names.
.TP
\\fBinclude\\fR, \\fBexclude\\fR
Patterns of the files below a directory that are checked beside \\fBdeployment.toml\\fR, and of the
files and directories that are not.
.TP
\\fB[rules]\\fR
A rule or a category, and its level: \\fBoff\\fR, \\fBinfo\\fR, \\fBwarning\\fR or \\fBerror\\fR.
.TP
\\fB[expect]\\fR
A kind of user, and what must happen at login.
.TP
\\fB[[overrides]]\\fR
\\fBfiles\\fR, patterns, and \\fBis\\-version\\fR and \\fBrules\\fR for the files that match.
.RE
.PP
.nf
is\\-version = \"7.1\"
exclude = [\"old\"]

[rules]
security = \"warning\"

[expect]
not\\-in\\-user\\-store = \"refused\"

[[overrides]]
files = [\"eu/*\"]
is\\-version = \"7.3\"
.fi
";

pub(super) fn run() -> Result<Exit, Failure> {
    let page = page(Cli::command()).map_err(|error| Failure::new(reason(&error)))?;
    print(&page)?;
    Ok(Exit::Clean)
}

/// The manual page, for `man -l -`.
fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut command = command.disable_help_subcommand(true);
    command.build();
    // Without a date the version would stand in its place.
    let man = Man::new(command.clone()).date(" ").manual("User Commands");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in command.get_subcommands() {
        page.extend(part(command.clone())?);
    }
    page.extend(REST.bytes());
    Ok(page)
}

/// A command as a section, the sections of its own page below it.
fn part(command: Command) -> io::Result<Vec<u8>> {
    let title = format!(".SH {}\n", command.get_name().to_uppercase());
    let man = Man::new(command);
    let mut own = Vec::new();
    man.render_synopsis_section(&mut own)?;
    man.render_description_section(&mut own)?;
    man.render_options_section(&mut own)?;
    let mut own = String::from_utf8_lossy(&own).replace(".SH ", ".SS ");
    let mut extra = Vec::new();
    man.render_extra_section(&mut extra)?;
    // Examples keep their lines.
    if let Some((_, examples)) = String::from_utf8_lossy(&extra).split_once("Examples:\n") {
        own.push_str(".SS EXAMPLES\n.nf\n");
        own.push_str(examples);
        own.push_str(".fi\n");
    }
    Ok((title + &own).into_bytes())
}
