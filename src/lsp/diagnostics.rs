//! Findings -> diagnostics of the protocol.

use serde_json::{Value, json};

use super::client::Client;
use super::positions::ClientLines;
use crate::config::{Config, ConfigMistake};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::escape::escape;
use crate::show::tells_no_effect;
use crate::source::Span;

/// The name under which an editor shows them.
pub(super) const TOOL: &str = env!("CARGO_PKG_NAME");

/// The most that an editor is given; nobody reads more.
const MOST: usize = 1000;

/// Rules that say that nobody reads what is written.
const UNREAD: [&str; 4] =
    ["lost-setting", "foreign-parameter", "restates-default", "unused-ignore"];

/// The tag of what has no effect and could go.
const UNNECESSARY: u8 = 1;

/// The diagnostics of a text.
pub(super) fn diagnostics(
    findings: &[Diagnostic],
    uri: &str,
    lines: &ClientLines<'_>,
    client: &Client,
) -> Vec<Value> {
    let related = |label: &Label| json!({ "location": { "uri": uri, "range": lines.range(label.span) }, "message": escape(&label.message) });
    let diagnostic = |finding: &Diagnostic| {
        let mut diagnostic = json!({
            "range": lines.range(finding.primary.span),
            "severity": severity(finding.severity),
            "code": finding.rule.name,
            "source": TOOL,
            "message": message(finding),
        });
        if let Some(address) = finding.rule.page.references().first() {
            diagnostic["codeDescription"] = json!({ "href": address });
        }
        if client.shows_related && !finding.related.is_empty() {
            diagnostic["relatedInformation"] = finding.related.iter().map(related).collect();
        }
        if tells_no_effect(finding) || UNREAD.contains(&finding.rule.name) {
            diagnostic["tags"] = json!([UNNECESSARY]);
        }
        diagnostic
    };
    findings.iter().take(MOST).map(diagnostic).collect()
}

/// What is said of a text that is not looked at.
pub(super) fn refused(refusal: &str) -> Value {
    plain(
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }),
        refusal,
    )
}

/// What is wrong with the text of a configuration file, if anything is.
pub(super) fn of_config(lines: &ClientLines<'_>) -> Option<Value> {
    let ConfigMistake { span, message } = Config::parse(lines.text()).err()?;
    Some(plain(json!(lines.range(Span::new(span.start, span.end))), &escape(&message)))
}

fn plain(range: Value, message: &str) -> Value {
    json!({ "range": range, "severity": severity(Severity::Error), "source": TOOL, "message": message })
}

/// What was found, and what to do about it.
fn message(finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| format!("\nhelp: {}", escape(help)));
    format!("{}{}", escape(&finding.message), help.collect::<String>())
}

const fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    }
}
