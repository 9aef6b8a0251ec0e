//! Reports of small documents, with findings of the rules and findings made by hand.

mod human;
mod json;
mod leaks;

use super::*;
use crate::analysis::Analysis;
use crate::diagnostic::{Category, Label, RuleInfo, Severity};
use crate::engine;
use crate::fix::{Edit, Fix};
use crate::section::Section;
use crate::server::Environment;
use crate::toml::{Document, Tree};

static INFO: RuleInfo = RuleInfo { name: "handmade", category: Category::Value, ..RuleInfo::PLAIN };

/// A report of one file.
struct OneFile<'d> {
    report: Report,
    file: FileReport<'d>,
    unread: Vec<InputError>,
}

impl OneFile<'_> {
    fn render(&mut self, format: Format, style: Style) -> String {
        (self.report.format, self.report.style) = (format, style);
        self.report.whole(self.report.file(&self.file), &self.unread)
    }
}

fn view<'d>(document: &'d Document<'d>) -> Redacted<'d> {
    Redacted::of(document, &Section::of(&Tree::of(document)))
}

fn one_file<'d>(view: &'d Redacted<'d>, findings: Vec<Diagnostic>) -> OneFile<'d> {
    let file = FileReport {
        path: view.source().name().to_owned(),
        view,
        profile: Profile::default(),
        fails_from: Some(Severity::Warning),
        section: None,
        settings: 0,
        needs_release: Vec::new(),
        loads: Some(true),
        suppressed: Vec::new(),
        fixed: Vec::new(),
        findings,
    };
    let report = Report { rules: vec![&INFO], ..Report::default() };
    OneFile { report, file, unread: Vec::new() }
}

fn raised(document: &Document<'_>) -> Vec<Diagnostic> {
    let environment = Environment::default();
    let is_on = |rule: &RuleInfo| rule.level.is_some();
    engine::findings(&Analysis::of(document, Profile::default(), &environment), is_on).findings
}

/// Renders what the rules find and what is added by hand.
fn report(text: &str, style: &Style, format: Format, more: Vec<Diagnostic>) -> String {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let mut findings = raised(&document);
    findings.extend(more);
    one_file(&view(&document), findings).render(format, *style)
}

/// Renders what is added by hand, and nothing that the rules find.
fn alone(text: &str, format: Format, width: usize, findings: Vec<Diagnostic>) -> String {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    let style = Style { width, ..Style::default() };
    one_file(&view(&document), findings).render(format, style)
}

fn human(text: &str, width: usize, more: Vec<Diagnostic>) -> String {
    report(text, &Style { width, ..Style::default() }, Format::Human, more)
}

fn found(text: &str, part: &str, message: &str) -> Diagnostic {
    let start = text.find(part).unwrap();
    let label =
        Label::new(Span::new(start, start + part.len()), Message::of_pieces(message.to_owned()));
    Diagnostic::new(&INFO, Severity::Warning, "something is odd", label)
}

const DEAD: &str = "\
[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = false
SendOTPDirectlyToMobile = \"true\" # typed by the user
";

#[test]
fn a_span_out_of_bounds_or_an_empty_file_is_no_trouble() {
    let ours = "authentication.authenticator.sms_otp.name = 'é'";
    for text in ["", "\u{feff}", "\n", "é", ours] {
        for span in [
            Span::new(0, 0),
            Span::new(0, 99),
            Span::new(99, 99),
            Span::new(1, 2),
            Span::new(46, 47),
        ] {
            let finding =
                || Diagnostic::new(&INFO, Severity::Info, "odd", Label::new(span, "here"));
            let drawn = human(text, 80, vec![finding()]);
            assert!(drawn.contains("╰── here"), "{text:?} {span:?} {drawn}");
            for format in Format::ALL {
                report(text, &Style::default(), format, vec![finding()]);
            }
        }
    }
}

#[test]
fn one_line_a_finding() {
    let text = "\u{feff}é = 'x'\n";
    let finding = found(text, "'x'", "here").fix(Fix::risky("mend", vec![]));
    let odd = Diagnostic { message: "an \u{1b}[31m odd\n one".into(), ..finding.clone() };
    assert_eq!(
        alone(text, Format::Concise, 80, vec![finding, odd]),
        "\
deployment.toml:1:5: warning[handmade] something is odd
deployment.toml:1:5: warning[handmade] an \\u{1B}[31m odd\\u{A} one
2 warnings in 1 file; 2 fixable with --fix --unsafe-fixes
"
    );
}

#[test]
fn silence_is_one_line_and_quiet_is_none() {
    let quiet = Style { quiet: true, ..Style::default() };
    for format in [Format::Human, Format::Concise] {
        assert_eq!(
            report("a = 1\n", &Style::default(), format, Vec::new()),
            "1 file checked, 0 settings: nothing to report\n"
        );
        assert_eq!(report("a = 1\n", &quiet, format, Vec::new()), "");
        assert!(!report(DEAD, &quiet, format, Vec::new()).contains("fixable"));
    }
}

#[test]
fn what_was_fixed_and_what_else_there_is_to_know() {
    let source = Source::new("de\u{1b}ployment.toml", DEAD);
    let document = Document::parse(&source);
    let view = view(&document);
    let mut run = one_file(&view, Vec::new());
    run.file.suppressed = vec![found(DEAD, "false", "here"); 3];
    for (rule, line) in [("needs-mandatory", 3), ("not-a-boolean", 4), ("needs-mandatory", 9)] {
        let location = Location { line, ..Location::of(&source, Span::at(0)) };
        run.file.fixed.push(FixedFinding { rule, title: "set X = false".into(), location });
    }
    run.report.notes.push("release checks were skipped".to_owned());
    assert_eq!(
        run.render(Format::Human, Style::default()),
        "\
fixed: 3 (needs-mandatory, not-a-boolean)
  de\\u{1B}ployment.toml:3: needs-mandatory: set X = false
  de\\u{1B}ployment.toml:4: not-a-boolean: set X = false
  de\\u{1B}ployment.toml:9: needs-mandatory: set X = false

note: release checks were skipped
1 file checked, 0 settings: nothing to report; 3 ignored by comments
"
    );
    assert_eq!(
        run.render(Format::Concise, Style::default()),
        "1 file checked, 0 settings: nothing to report; 3 ignored by comments; 3 fixed\n"
    );
}

#[test]
fn colours_only_when_asked() {
    let text = "[authentication.authenticator.sms_otp]\nname = 'a\u{1b}[31mb'\n";
    let finding = || vec![found(text, "name", "\u{1b}[31m here").help("\u{9b}help")];
    for format in Format::ALL {
        let plain = report(text, &Style::default(), format, finding());
        assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain}");
    }
    let style = Style { color: true, ..Style::default() };
    assert!(report(text, &style, Format::Human, finding()).contains("\u{1b}[33;1mwarning"));
    assert!(report(text, &style, Format::Concise, finding()).contains("\u{1b}[33mwarning"));
}
