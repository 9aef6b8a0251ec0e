//! `show`: one input -> what the server makes of its settings.

use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::report::Style;
use smsotp_lint::show::{self, View};
use smsotp_lint::{Document, Options, engine};

use super::inputs::{self, Input};
use super::{complain, environment, print, settings, style};
use crate::cli::{Color, Show, ShowFormat};

/// The exit code is the same in every form: 1 when the server would hold no authenticator.
pub(super) fn run(arguments: &Show, color: Color) -> Result<Exit, Failure> {
    let input = match &arguments.path {
        None => Input::File(inputs::default()?),
        Some(path) => Input::of(path),
    };
    let source = input.read()?;
    let document = Document::parse(&source);
    let config = settings::in_force(&arguments.server)?;
    let profile = Profile { release: config.release };
    let environment = environment::of(&arguments.server)?;
    let options =
        Options { profile, environment: &environment, policy: &config.policy, ignores: false };
    let analysis = options.analyse(&document);
    let (page, absence) = match document.is_toml() {
        true => {
            let view = View::of(analysis);
            (page(arguments, &view, &style(color, false)), view.absence())
        }
        false => {
            let loads = engine::findings(&analysis, |_| false).loads;
            let is_json = arguments.format == ShowFormat::Json;
            let page = is_json.then(|| show::json_of_nothing(&source, profile, loads));
            (page.unwrap_or_default(), Some("not TOML; smsotp-lint check says where"))
        }
    };
    print(page.as_bytes())?;
    let Some(absence) = absence else { return Ok(Exit::Clean) };
    complain(&Failure::with(input.name(), absence));
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
