//! Text that is not TOML, to the server either.

use crate::catalogue::{self, Kind, Parameter};
use crate::redact::{Redacted, is_reference};
use crate::rules::prelude::*;
use crate::source::Source;
use crate::toml::{Document, Fault, leading_keys};

pub(super) const RULE: Rule = Rule { info: &INFO, check: None };

static INFO: RuleInfo = RuleInfo {
    name: "toml-syntax",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("toml_syntax.md")),
    ..RuleInfo::PLAIN
};

const CONSEQUENCE: &str = "not TOML, so the server does not start";

/// The longest text of the file that a message repeats, in characters.
const LONGEST: usize = 72;

pub(super) fn check(document: &Document<'_>, view: &Redacted<'_>, sink: &mut Sink) {
    let faults = document.faults().iter().filter(|fault| !fault.is_accepted());
    sink.extend(faults.map(|fault| finding(document.source(), view, fault)));
}

fn finding(source: &Source, view: &Redacted<'_>, fault: &Fault) -> Diagnostic {
    let mistake = fault.mistake;
    let text = source.slice(fault.span);
    let is_shown = view.shows_all(fault.span) || is_reference(text);
    let is_name = is_shown && mistake.is_named && is_short(text) && !text.contains('`');
    let message = message!("{}: {}", view.fault(fault, is_name), CONSEQUENCE);
    let mut finding = INFO
        .at(fault.span, message, mistake.label)
        .also_each(fault.also.iter().copied(), mistake.also);
    let rewritten = fault.rewritten(source);
    // What is masked now is shown once the file is TOML, if it is a text of this section.
    let has_no_text = rewritten.as_ref().is_some_and(|(text, _)| !text.contains(['"', '\'']));
    let setting = rewritten.filter(|(text, _)| is_short(text));
    let setting = setting.and_then(|(text, line)| view.rewritten(&text, line));
    let is_public = has_no_text || setting.is_some() || is_reference(text);
    let parameter = assigned(source, fault).filter(|_| is_name);
    let takes = parameter.and_then(takes).filter(|_| mistake.for_texts || setting.is_none());
    let is_word = parameter.is_some() && takes.is_none() && !text.contains(' ');
    let is_certain = is_word || !mistake.for_texts;
    let advice = takes.or_else(|| setting.map(|setting| message!("write {}", setting)));
    let given = mistake.help.iter().copied().skip(usize::from(advice.is_some()));
    finding.help = advice.into_iter().chain(given.map(Message::from)).collect();
    if !mistake.fix.is_empty() && !fault.edits.is_empty() && is_certain && is_public {
        finding = finding.fix(Fix::safe(mistake.fix, fault.edits.clone()));
    }
    finding
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().nth(LONGEST).is_none() && !text.contains(['\n', '\r'])
}

/// The parameter that a fault is the value of.
fn assigned(source: &Source, fault: &Fault) -> Option<&'static Parameter> {
    let line = source.line_span(source.line_of(fault.span.start));
    let before = source.slice(Span::new(line.start, fault.span.start)).trim_end();
    let key = leading_keys(before).0.pop().filter(|_| before.ends_with('='))?;
    catalogue::parameter(&key.name)
}

/// What a parameter takes that takes no text.
fn takes(parameter: &Parameter) -> Option<Message> {
    match parameter.kind {
        Kind::Number { unit, .. } => {
            Some(message!("{} counts {}: write it in digits alone", parameter.name, unit.as_str()))
        }
        Kind::Boolean { .. } => Some(message!("write {} = true, or false", parameter.name)),
        _ => None,
    }
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
            ("RetryEnable: true", "write RetryEnable = true"),
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
        assert!(said("[a]\nb = $secret{name}").contains("`$secret{name}`"));
        let long = "a".repeat(LONGEST + 1);
        assert!(!said(&format!("{long} = 1\n{long} = 2")).contains(&long));
    }
}
