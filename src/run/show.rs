//! `show`: one input -> what the server makes of its settings.

use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::section::Section;
use smsotp_lint::server::{Environment, Model};
use smsotp_lint::settings::Settings;
use smsotp_lint::show::{self, View};
use smsotp_lint::{Document, Options, check};

use super::inputs::{self, Input};
use super::{complain, environment, print, settings};
use crate::cli::{Show, ShowFormat};

/// The exit code is the same in every form: 1 when the server would hold no authenticator.
pub(super) fn run(arguments: &Show) -> Result<Exit, Failure> {
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
    let loads = check(&document, &options).loads;
    let (page, absence) = match document.faults().is_empty() {
        true => page(arguments.format, &document, profile, &environment, loads),
        false => {
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

/// The output, and why there is no authenticator in it if there is none.
fn page(
    format: ShowFormat,
    document: &Document<'_>,
    profile: Profile,
    environment: &Environment,
    loads: Option<bool>,
) -> (String, Option<&'static str>) {
    let section = Section::of(document);
    let mut model = Model::of(document, profile, environment);
    show::conceal(&mut model, &section);
    let settings = Settings::of(&section, profile, &model);
    let view =
        View { document, section: &section, model: &model, settings: &settings, profile, loads };
    let page = match format {
        ShowFormat::Table => view.table(),
        ShowFormat::Json => view.json(),
        ShowFormat::Toml => view.toml(),
        ShowFormat::Xml => view.xml(),
    };
    (page, view.absence())
}
