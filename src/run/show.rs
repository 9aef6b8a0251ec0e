//! `show`: one input -> what the server makes of its settings.

use smsotp_lint::analysis::Analysis;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::report::Style;
use smsotp_lint::show::{self, View};

use super::subject::{Subject, loads};
use super::{complain, print, style};
use crate::cli::{Color, Show, ShowFormat};

/// The exit code is the same in every form: 1 when the server would hold no authenticator.
pub(super) fn run(arguments: &Show, color: Color) -> Result<Exit, Failure> {
    let subject = Subject::read(arguments.path.as_deref(), &arguments.server)?;
    let told = |analysis: Analysis<'_>| match analysis.document.is_toml() {
        true => {
            let view = View::of(analysis);
            (page(arguments, &view, &style(color, false)), view.absence())
        }
        false => {
            let of_nothing =
                || show::json_of_nothing(&subject.source, analysis.profile, loads(&analysis));
            let page = (arguments.format == ShowFormat::Json).then(of_nothing);
            (page.unwrap_or_default(), Some("not TOML; smsotp-lint check says where"))
        }
    };
    let (page, absence) = subject.analysed(None, told);
    print(page.as_bytes())?;
    let Some(absence) = absence else { return Ok(Exit::Clean) };
    complain(&Failure::with(subject.input.name(), absence));
    Ok(Exit::Findings)
}

fn page(arguments: &Show, view: &View<'_>, style: &Style) -> String {
    match arguments.format {
        ShowFormat::Table => view.table(arguments.all, style),
        ShowFormat::Json => view.json(),
        ShowFormat::Toml => view.toml(),
        ShowFormat::Xml => view.xml(),
    }
}
