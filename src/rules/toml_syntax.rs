//! Text that is not TOML, to the server either.

mod messages;

use crate::catalogue::{self, Kind};
use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::redact::{Redacted, is_reference};
use crate::rules::{Rule, Sink};
use crate::source::Span;
use crate::toml::{Document, Fault, FaultKind, leading_keys, quoted_string};

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "toml-syntax",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "text that is not TOML",
    server: "\
The server reads the whole of deployment.toml with a TOML parser before anything else, and does \
not start when that fails, whichever section the mistake is in. The usual mistakes are a text \
without quotes, True or yes for a boolean, a number with a unit, typographic quotes from a \
document or a chat, a Windows path in double quotes, a template that was not rendered, a merge \
that was not finished, and a key or table that is there twice, often because a block from the \
documentation was pasted below an older one. Faults are told in the order of the file, up to the \
first that leaves the rest in doubt.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
screenUserAttribute = \"http://wso2.org/claims/mobile\"
noOfDigits = 4
order = backward
",
    instead: "\
[authentication.authenticator.sms_otp.parameters]
screenUserAttribute = \"http://wso2.org/claims/mobile\"
noOfDigits = 4
order = \"backward\"
",
    fixes: "None: what was meant cannot be told for certain from a text that does not parse.",
    references: &["https://is.docs.wso2.com/en/5.9.0/learn/configuring-sms-otp/"],
};

const CONSEQUENCE: &str = "the server does not start with a file that is not TOML";

/// The longest text of the file that a message repeats, in characters.
const LONGEST: usize = 72;

pub(super) fn check(document: &Document<'_>, view: &Redacted<'_>, sink: &mut Sink) {
    let faults = document.faults().iter().filter(|fault| !fault.is_accepted());
    sink.extend(faults.map(|fault| finding(document, view, fault)));
}

fn finding(document: &Document<'_>, view: &Redacted<'_>, fault: &Fault) -> Diagnostic {
    let words = messages::words(&fault.kind);
    let shown = shown_text(document, view, fault);
    let subject = match shown {
        Some(text) => format!("`{text}`"),
        None => words.subject.to_owned(),
    };
    let message = format!("{subject} {}: {CONSEQUENCE}", words.says);
    let label = Label::new(fault.span, words.label);
    let mut finding = Diagnostic::new(&INFO, Severity::Error, message, label);
    for span in &fault.also {
        finding = finding.also(*span, words.also);
    }
    match shown.and_then(|text| own_help(document, fault, text)) {
        Some(help) => finding.help(help),
        None => words.help.iter().fold(finding, |finding, help| finding.help(*help)),
    }
}

/// The text at a fault, where a message may repeat it: what is shown of the file anyway, and the
/// name of a reference.
fn shown_text<'s>(document: &Document<'s>, view: &Redacted<'_>, fault: &Fault) -> Option<&'s str> {
    let text = document.source().slice(fault.span);
    let short = text.chars().nth(LONGEST).is_none() && !text.contains(['\n', '\r', '`']);
    let whole = !text.is_empty() && !text.starts_with(':');
    let may = match fault.kind {
        _ if !short || !whole => false,
        FaultKind::BareReference => is_reference(text),
        // The span is not what the words are about, or its text says nothing.
        FaultKind::Arrow
        | FaultKind::ArrayItems
        | FaultKind::CarriageReturn
        | FaultKind::ControlCharacter(_)
        | FaultKind::ExtraEquals
        | FaultKind::ForeignQuote(_)
        | FaultKind::InlineTableItems
        | FaultKind::Invisible(_)
        | FaultKind::MergeMarker
        | FaultKind::Other(_)
        | FaultKind::Separator
        | FaultKind::StrayBracket
        | FaultKind::Template
        | FaultKind::UnclosedArray
        | FaultKind::UnclosedInlineTable
        | FaultKind::UnclosedMultilineString => false,
        _ => view.shows_all(fault.span),
    };
    may.then_some(text)
}

/// What to write, spelt out for the text at the fault.
fn own_help(document: &Document<'_>, fault: &Fault, text: &str) -> Option<String> {
    let assigned = assigned(document, fault);
    match fault.kind {
        FaultKind::BareWord => {
            Some(format!("put quotes around it: {assigned}{}", quoted_string(text)))
        }
        FaultKind::BareReference => Some(format!("put quotes around it: {}", quoted_string(text))),
        FaultKind::Boolean { meant } => Some(format!("write {assigned}{meant}")),
        FaultKind::NumberWithUnit => {
            let name = leading_keys(assigned).0.pop()?.name;
            let parameter = catalogue::parameter(&name)?;
            let Kind::Number { unit, .. } = parameter.kind else { return None };
            Some(format!("{name} counts {}: write it in digits alone", unit.as_str()))
        }
        _ => None,
    }
}

/// `key = ` as written, where the fault is the whole value of a key on the same line.
fn assigned<'s>(document: &Document<'s>, fault: &Fault) -> &'s str {
    let source = document.source();
    let line = source.line_span(source.line_of(fault.span.start));
    let before = source.slice(Span::new(line.start, fault.span.start));
    let key = before.rsplit(['{', ',']).next().unwrap_or_default().trim_start();
    let is_key = key.trim_end().ends_with('=') && key.chars().nth(LONGEST).is_none();
    if is_key { key } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::Tree;

    /// Everything said of a text, in one string.
    fn said(text: &str) -> String {
        let source = Source::new("deployment.toml", text);
        let document = Document::parse(&source);
        let view = Redacted::of(&document, &Section::of(&Tree::of(&document)));
        let mut found = Vec::new();
        check(&document, &view, &mut found);
        assert!(!found.is_empty(), "{text:?}");
        let texts = found.iter().flat_map(|finding| {
            let labels = finding.related.iter().chain([&finding.primary]);
            labels.map(|label| &label.message).chain(&finding.help).chain([&finding.message])
        });
        texts.map(|text| &**text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn spells_out_what_to_write_in_this_section_only() {
        let cases = [
            ("order = backward", "order = \"backward\""),
            ("RetryEnable=yes", "write RetryEnable=true"),
            ("TokenExpiryTime = 5m", "TokenExpiryTime counts seconds"),
            ("ResendBlockDuration = 5m", "ResendBlockDuration counts minutes"),
            ("TokenLength = 007", "`007`"),
            ("RetryEnable: true", "`RetryEnable: true` has `:`"),
            ("usecase = \"\\d\"", "`\\d` is no escape"),
        ];
        for (line, help) in cases {
            let here = said(&format!("[authentication.authenticator.sms_otp.parameters]\n{line}"));
            let elsewhere = said(&format!("[super_admin]\n{line}"));
            assert!(here.contains(help), "{here}");
            assert!(!elsewhere.contains(help), "{elsewhere}");
        }
    }

    #[test]
    fn repeats_no_value_from_elsewhere() {
        let values = [
            "sEcrEt",
            "sEcrEt\"",
            "\"sEcrEt",
            "sEcrEt 5",
            "\"a\" sEcrEt",
            "[sEcrEt",
            "{sEcrEt}",
            "\"\\sEcrEt\"",
            "\"C:\\sEcrEt\"",
            "\"\u{1}sEcrEt\"",
            "“sEcrEt”",
            "5sEcrEt",
            "0x5sEcrEt",
            "{{ sEcrEt }}",
            "\"\"\"sEcrEt",
            "'sEcrEt\ny = 1",
            "sEcrEt // sEcrEt",
            "2020-01-sEcrEt",
            "1\n\"sEcrEt\"",
            "1\nsEcrEt: sEcrEt",
            "1\nsEcrEt sEcrEt",
            "\n<<<<<<< sEcrEt",
        ];
        for value in values {
            for text in [format!("[super_admin]\npassword = {value}\n"), format!("p = {value}")] {
                let said = said(&text);
                assert!(!said.contains("sEcrEt"), "{text:?}: {said}");
            }
        }
    }

    #[test]
    fn names_keys_and_references_anywhere() {
        assert!(said("[a.b]\n[a.b]").contains("`[a.b]`"));
        assert!(said("[a]\nb.c = 1\nb.c = 2").contains("`b.c`"));
        assert!(said("[a]\nb = $secret{name}").contains("\"$secret{name}\""));
        let long = "a".repeat(LONGEST + 1);
        assert!(!said(&format!("{long} = 1\n{long} = 2")).contains(&long));
    }
}
