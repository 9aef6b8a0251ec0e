//! An analysis -> findings whose fixes are proven, and a text with its fixes made.

mod causes;
mod effects;
mod releases;
mod repair;
mod verify;

pub use releases::merge;
pub use repair::{Fixed, Repaired, repair, repair_only};
pub use verify::{Keeps, verify};

use crate::analysis::Analysis;
use crate::catalogue::Profile;
use crate::diagnostic::{Category, Diagnostic, RuleInfo};
use crate::policy::{self, Divided, Policy};
use crate::rules;
use crate::server::Environment;
use crate::toml::Document;
use verify::Effort;

/// What the caller decides about a check.
#[derive(Debug)]
pub struct Options<'o> {
    /// Whose defaults apply.
    pub profile: Profile,
    /// The environment variables and system properties, as far as they are known.
    pub environment: &'o Environment,
    /// Levels of rules and categories.
    pub policy: &'o Policy,
    /// Whether comments in the file may silence findings.
    pub ignores: bool,
}

impl Options<'_> {
    /// The analysis of a document for the release and the environment chosen.
    pub fn analyse<'d>(&'d self, document: &'d Document<'d>) -> Analysis<'d> {
        let expectations = self.policy.expectations();
        Analysis { expectations, ..Analysis::of(document, self.profile, self.environment) }
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings that policy leaves standing, the worst first.
    pub findings: Vec<Diagnostic>,
    /// Those that a comment in the file silences.
    pub suppressed: Vec<Diagnostic>,
    /// Whether the server starts and finds its authenticators configured, before any level or
    /// ignore comment; `None` when that depends on what is not known.
    pub loads: Option<bool>,
}

/// Everything there is to say about a file under a policy.
pub fn check(analysis: &Analysis<'_>, options: &Options<'_>) -> Checked {
    let mut checked = check_within(analysis, options, &mut Effort::new(Effort::CHECK));
    if checked.loads != Some(false) {
        let fixes = checked.findings.iter_mut().flat_map(|finding| &mut finding.fixes);
        effects::tell(analysis, fixes, &mut Effort::new(Effort::EFFECTS));
    }
    checked.findings.sort_by_cached_key(Diagnostic::rank);
    checked
}

fn check_within(analysis: &Analysis<'_>, options: &Options<'_>, effort: &mut Effort) -> Checked {
    let is_on = |rule: &RuleInfo| options.policy.is_on(rule);
    let found = findings_within(analysis, is_on, effort);
    let mut divided = match options.ignores && analysis.document.is_toml() {
        true => policy::divide(analysis.document, found.findings, is_on),
        false => Divided { kept: found.findings, suppressed: Vec::new() },
    };
    for finding in divided.kept.iter_mut().chain(&mut divided.suppressed) {
        options.policy.apply(finding);
    }
    let mut once = |findings| causes::once_each(analysis, findings, effort);
    let (findings, suppressed) = (once(divided.kept), once(divided.suppressed));
    Checked { findings, suppressed, loads: found.loads }
}

/// What the rules have to say about a file.
#[derive(Debug)]
pub struct Found {
    /// The findings of the rules that are on, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// Whether the server starts and finds its authenticators configured, whatever rules are on;
    /// `None` when that depends on what is not known.
    pub loads: Option<bool>,
}

/// Runs the rules over a file; of their fixes, those that are proven are kept.
pub fn findings(analysis: &Analysis<'_>, is_on: impl Fn(&RuleInfo) -> bool) -> Found {
    findings_within(analysis, is_on, &mut Effort::new(Effort::CHECK))
}

fn findings_within(
    analysis: &Analysis<'_>,
    is_on: impl Fn(&RuleInfo) -> bool,
    effort: &mut Effort,
) -> Found {
    let mut findings = rules::run(analysis, |rule| is_on(rule) || stops(rule));
    let loads = loads(analysis, &findings);
    findings.retain(|finding| is_on(finding.rule));
    verify::keep_proven(analysis, &mut findings, effort);
    Found { findings, loads }
}

/// Whether the server loads a file with these findings of the startup rules.
fn loads(analysis: &Analysis<'_>, findings: &[Diagnostic]) -> Option<bool> {
    let stops = findings.iter().any(|finding| stops(finding.rule));
    match analysis.document.is_toml() {
        true => analysis.server.loads(stops),
        // What the server makes of a text that only it takes for TOML is not known.
        false => stops.then_some(false),
    }
}

/// Whether a finding of this rule keeps the server from starting.
fn stops(rule: &RuleInfo) -> bool {
    rule.category == Category::Startup
}
