//! A run -> one line a finding, for editors and for `grep`.

use super::colors::{paint, severity_colors};
use super::{FileReport, RenderedFiles, Report};
use crate::diagnostic::Diagnostic;
use crate::escape::escape;

pub(super) fn file(report: &Report, file: &FileReport<'_>) -> String {
    let shown = file.shown(report).into_iter();
    shown.map(|finding| line(file, finding, report.style.color)).collect()
}

pub(super) fn whole(report: &Report, files: RenderedFiles) -> String {
    let RenderedFiles { summary, profiles, mut text, .. } = files;
    if let Some(sentence) = summary.sentence(&profiles)
        && !report.style.quiet
    {
        text.push_str(&sentence);
        if summary.fixed > 0 {
            text.push_str(&format!("; {} fixed", summary.fixed));
        }
        text.push('\n');
    }
    text
}

/// The line of a finding, and one for each thing its help says.
pub(super) fn with_help(file: &FileReport<'_>, finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| format!("help: {}\n", escape(help)));
    let text = line(file, finding, false) + &help.collect::<String>();
    text.trim_end().to_owned()
}

/// `path:line:column: error[rule] message`
fn line(file: &FileReport<'_>, finding: &Diagnostic, color: bool) -> String {
    let at = file.location(finding);
    let severity = paint(finding.severity.as_str(), severity_colors(finding.severity), color);
    let (path, message) = (escape(&file.path), escape(&finding.message));
    format!("{path}:{}:{}: {severity}[{}] {message}\n", at.line, at.column, finding.rule.name)
}
