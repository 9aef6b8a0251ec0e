//! `simulate`: one input -> what each kind of user meets at login.

use smsotp_lint::analysis::Analysis;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::outcomes::Assumptions;
use smsotp_lint::simulate::SimulateView;

use super::subject::{Subject, loads};
use super::{complain, print, style};
use crate::cli::{Assume, Color, Simulate, SimulateFormat};

/// The exit code is the same in every form: 1 when the server would hold no authenticator, or an
/// expectation does not hold.
pub(super) fn run(arguments: &Simulate, color: Color) -> Result<Exit, Failure> {
    let subject = Subject::read(arguments.path.as_deref(), &arguments.server)?;
    let (page, trouble) = subject.analysed(None, |analysis| told(arguments, &analysis, color));
    print(page.as_bytes())?;
    let Some(trouble) = trouble else { return Ok(Exit::Clean) };
    complain(&Failure::with(subject.input.name(), trouble));
    Ok(Exit::Findings)
}

/// What there is to print, and what is wrong.
fn told(
    arguments: &Simulate,
    analysis: &Analysis<'_>,
    color: Color,
) -> (String, Option<&'static str>) {
    let loads = loads(analysis);
    let view = SimulateView::of(analysis, loads, assumptions(&arguments.assume));
    let absence = analysis.absence(loads);
    let page = match arguments.format {
        SimulateFormat::Json => view.json(),
        _ if absence.is_some() => String::new(),
        SimulateFormat::Table => view.table(&style(color, false)),
        SimulateFormat::Mermaid => view.mermaid(),
    };
    let unexpected = "not every expectation of .smsotp-lint.toml holds";
    (page, absence.or((!view.is_as_expected()).then_some(unexpected)))
}

/// What the flags take for granted.
pub(super) fn assumptions(assumed: &[Assume]) -> Assumptions {
    Assumptions {
        account_locking: assumed.contains(&Assume::AccountLocking),
        backup_claim: assumed.contains(&Assume::BackupClaim),
    }
}
