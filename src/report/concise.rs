//! A run -> one line a finding, for editors and for `grep`.

use owo_colors::OwoColorize;

use super::{FileReport, Run, Style, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape::escape;

pub(super) fn render(run: &Run<'_>, style: &Style) -> String {
    let mut report = String::new();
    for file in &run.files {
        for finding in &file.findings {
            report.push_str(&line(file, finding, style));
        }
    }
    let summary = Summary::of(run);
    if let Some(sentence) = summary.sentence()
        && !style.quiet
    {
        report.push_str(&sentence);
        if summary.fixed > 0 {
            report.push_str(&format!("; {} fixed", summary.fixed));
        }
        report.push('\n');
    }
    report
}

/// The line of a finding, and one for each thing its help says.
pub(super) fn with_help(file: &FileReport<'_>, finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| format!("help: {}\n", escape(help)));
    let text = line(file, finding, &Style::default()) + &help.collect::<String>();
    text.trim_end().to_owned()
}

/// `path:line:column: error[rule] message`
fn line(file: &FileReport<'_>, finding: &Diagnostic, style: &Style) -> String {
    let at = file.location(finding);
    let severity = finding.severity.as_str();
    let severity = match finding.severity {
        _ if !style.color => severity.to_owned(),
        Severity::Error => severity.red().to_string(),
        Severity::Warning => severity.yellow().to_string(),
        Severity::Info => severity.cyan().to_string(),
    };
    let (path, message) = (escape(&file.path), escape(&finding.message));
    format!("{path}:{}:{}: {severity}[{}] {message}\n", at.line, at.column, finding.rule.name)
}
