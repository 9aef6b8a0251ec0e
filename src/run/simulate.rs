//! `simulate`: one input -> what each kind of user meets at login.

use smsotp_lint::catalogue::Profile;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::outcomes::Assumptions;
use smsotp_lint::simulate::SimulateView;
use smsotp_lint::{Document, Options, engine};

use super::inputs::{self, Input};
use super::{complain, environment, print, settings, style};
use crate::cli::{Assume, Color, Simulate, SimulateFormat};

/// The exit code is the same in every form: 1 when the server would hold no authenticator, or an
/// expectation does not hold.
pub(super) fn run(arguments: &Simulate, color: Color) -> Result<Exit, Failure> {
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
    let loads = engine::findings(&analysis, |_| false).loads;
    let view = SimulateView::of(&analysis, loads, assumptions(&arguments.assume));
    let absence = analysis.absence(loads);
    let page = match arguments.format {
        SimulateFormat::Json => view.json(),
        _ if absence.is_some() => String::new(),
        SimulateFormat::Table => view.table(&style(color, false)),
        SimulateFormat::Mermaid => view.mermaid(),
    };
    print(page.as_bytes())?;
    let trouble = match view.is_as_expected() {
        true => absence,
        false => absence.or(Some("not every expectation of .smsotp-lint.toml holds")),
    };
    let Some(trouble) = trouble else { return Ok(Exit::Clean) };
    complain(&Failure::with(input.name(), trouble));
    Ok(Exit::Findings)
}

/// What the flags take for granted.
pub(super) fn assumptions(assumed: &[Assume]) -> Assumptions {
    Assumptions {
        account_locking: assumed.contains(&Assume::AccountLocking),
        backup_claim: assumed.contains(&Assume::BackupClaim),
    }
}
