//! A run -> excerpts with labels, for people.
//!
//! miette does the drawing, which no other module knows. It takes a whole source and its spans;
//! here it gets an excerpt that is already masked, escaped and cut to the width.

use std::borrow::Cow;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use owo_colors::Style as Colors;

use super::colors::{paint, severity_colors};
use super::excerpt::{Excerpt, Mark};
use super::layout::{columns, wrap};
use super::{FileReport, FixedFinding, RenderedFiles, Report, Style, first_of_each_rule};
use crate::diagnostic::Diagnostic;
use crate::escape::escape;
use crate::fix::{Applicability, Fix};
use crate::source::Position;

/// Lines of prose are no longer than this, however wide the terminal.
const PROSE: usize = 100;
/// Below this nothing can be laid out.
const NARROWEST: usize = 40;

pub(super) fn file(
    report: &Report,
    file: &FileReport<'_>,
    mut rendered: RenderedFiles,
) -> RenderedFiles {
    let painter = Painter::of(&report.style);
    for finding in file.shown(report) {
        rendered.text.push_str(&painter.finding(file, finding));
        rendered.text.push('\n');
    }
    let fixed = first_of_each_rule(&file.fixed, report, |fixed| fixed.rule).into_iter();
    rendered.fixed = fixed.map(|fixed| (fixed.rule, painter.fixed(file, fixed))).collect();
    rendered
}

pub(super) fn whole(report: &Report, files: RenderedFiles) -> String {
    let notes = report.notes(&files);
    let RenderedFiles { summary, profiles, mut text, fixed, .. } = files;
    if report.style.quiet {
        return text;
    }
    let painter = Painter::of(&report.style);
    text.push_str(&painter.all_fixed(&fixed, summary.fixed));
    for note in notes {
        text.push_str(&painter.prose("note: ", &escape(&note), 6));
    }
    if let Some(sentence) = summary.sentence(&profiles) {
        text.push_str(&sentence);
        text.push('\n');
    }
    text
}

struct Painter<'r> {
    style: &'r Style,
    width: usize,
}

impl<'r> Painter<'r> {
    fn of(style: &'r Style) -> Self {
        Self { style, width: style.width.max(NARROWEST) }
    }

    fn finding(&self, file: &FileReport<'_>, finding: &Diagnostic) -> String {
        let mut block = self.head(finding);
        block.push_str(&self.excerpt(file, finding));
        for help in &finding.help {
            block.push_str(&self.prose("  help: ", &escape(help), 8));
        }
        for (label, fix, how) in ways_out(finding) {
            let text = format!("{} ({how})", escape(fix.title()));
            block.push_str(&self.prose(label, &text, 8));
        }
        block
    }

    /// `error[rule]: message`
    fn head(&self, finding: &Diagnostic) -> String {
        let label = format!("{}[{}]: ", finding.severity.as_str(), finding.rule.name);
        let colors = severity_colors(finding.severity).bold();
        self.paragraph(&label, colors, &escape(&finding.message), 2)
    }

    fn excerpt(&self, file: &FileReport<'_>, finding: &Diagnostic) -> String {
        let excerpt = Excerpt::of(file.view, finding, self.width);
        let picture = Picture { path: escape(&file.path).into_owned(), excerpt };
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(self.theme(finding, &picture.excerpt))
            .with_width(self.width)
            .with_links(false);
        // Writing to a string cannot fail, and the excerpt holds every line it is asked for.
        let _ = handler.render_report(&mut drawn, &picture);
        // In front of the excerpt stands the message, which is written above.
        let (_, drawn) = drawn.split_once('\n').unwrap_or_default();
        drawn.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
    }

    /// The place of the finding has the colour of its severity, the others a quieter one.
    fn theme(&self, finding: &Diagnostic, excerpt: &Excerpt) -> GraphicalTheme {
        let mut theme = GraphicalTheme::unicode();
        if !self.style.color {
            theme.styles = GraphicalTheme::none().styles;
            return theme;
        }
        let colors = |primary| match primary {
            true => severity_colors(finding.severity).bold(),
            false => Colors::new().blue().bold(),
        };
        theme.styles.link = Colors::new().cyan();
        theme.styles.highlights = excerpt.marks.iter().map(|mark| colors(mark.primary)).collect();
        theme
    }

    fn fixed(&self, file: &FileReport<'_>, fixed: &FixedFinding) -> String {
        let place = format!("  {}:{}: ", escape(&file.path), fixed.location.line);
        self.prose(&place, &format!("{}: {}", fixed.rule, escape(&fixed.title)), 4)
    }

    /// What was fixed in all files.
    fn all_fixed(&self, fixed: &[(&'static str, String)], count: usize) -> String {
        if fixed.is_empty() {
            return String::new();
        }
        let mut rules: Vec<&str> = Vec::new();
        for (rule, _) in fixed {
            if !rules.contains(rule) {
                rules.push(rule);
            }
        }
        let lines: String = fixed.iter().map(|(_, line)| line.as_str()).collect();
        let label = self.paint("fixed:", Colors::new().green().bold());
        format!("{label} {count} ({})\n{lines}\n", rules.join(", "))
    }

    fn prose(&self, label: &str, text: &str, indent: usize) -> String {
        self.paragraph(label, Colors::new().cyan(), text, indent)
    }

    /// A labelled paragraph, its further lines indented.
    fn paragraph(&self, label: &str, colors: Colors, text: &str, indent: usize) -> String {
        let taken = columns(label).saturating_sub(indent);
        let lines = wrap(text, taken, self.width.min(PROSE) - indent);
        let label = if lines[0].is_empty() { label.trim_end() } else { label };
        let label = self.paint(label, colors);
        format!("{label}{}\n", lines.join(&format!("\n{}", " ".repeat(indent))))
    }

    fn paint<'t>(&self, text: &'t str, colors: Colors) -> Cow<'t, str> {
        paint(text, colors, self.style.color)
    }
}

/// Every fix with how to have it: the chosen one by the command line, any other by hand.
fn ways_out(finding: &Diagnostic) -> Vec<(&'static str, &Fix, &'static str)> {
    let chosen = finding.chosen_fix(true);
    let mut ways: Vec<_> = Vec::new();
    if let Some(fix) = chosen {
        let how = match fix.applicability() {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix --unsafe-fixes",
        };
        ways.push(("   fix: ", fix, how));
    }
    for fix in &finding.fixes {
        if chosen.is_some_and(|chosen| std::ptr::eq(chosen, fix)) {
            continue;
        }
        let how = match fix.applicability() {
            Applicability::Safe => "alternative, safe, not applied by --fix",
            Applicability::Unsafe => "alternative, not applied by --fix",
        };
        ways.push(("    or: ", fix, how));
    }
    ways
}

/// An excerpt as miette wants it.
#[derive(Debug)]
struct Picture {
    path: String,
    excerpt: Excerpt,
}

impl fmt::Display for Picture {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Picture {}

impl miette::Diagnostic for Picture {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.marks.iter().map(|mark| {
            let (message, span) = (Some(mark.message.clone()), mark.range.clone());
            match mark.primary {
                true => LabeledSpan::new_primary_with_span(message, span),
                false => LabeledSpan::new_with_span(message, span),
            }
        })))
    }
}

impl SourceCode for Picture {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        behind: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.excerpt.text.read_span(span, before, behind)?;
        let (data, range) = (contents.data(), *contents.span());
        // miette counts the lines in front of it, too.
        let count = data.split_inclusive(|byte| *byte == b'\n').count();
        // Without lines around it, it is the place of a label that is asked for. Only that of the
        // finding itself is named in full, so that there is one to click on.
        let is_asked_for = |mark: &&Mark| {
            before == 0 && behind == 0 && SourceSpan::from(mark.range.clone()) == *span
        };
        let mark = self.excerpt.marks.iter().find(is_asked_for);
        let (line, column) = mark.map_or((contents.line(), contents.column()), |mark| {
            let Position { line, column } = mark.position;
            (line - 1, column - 1)
        });
        if mark.is_some_and(|mark| !mark.primary) {
            return Ok(Box::new(MietteSpanContents::new(data, range, line, column, count)));
        }
        let path = self.path.clone();
        Ok(Box::new(MietteSpanContents::new_named(path, data, range, line, column, count)))
    }
}
