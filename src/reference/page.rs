//! Facts -> pages that read well in a terminal of 60 to 80 columns.

use std::fmt::Write;
use std::iter;

use owo_colors::OwoColorize;

use super::Topic;
use super::facts::{self, Default, ReleaseNote, level};
use crate::catalogue::{Parameter, Release};
use crate::columns::{NARROWEST, cell};
use crate::diagnostic::{Concerns, Needs, RuleInfo};
use crate::login::{Event, UserKind, Wanted};
use crate::policy::is_fixed;
use crate::report::Style;
use crate::rules::{RULES, looks_at_built_in};
use crate::section::SmsOtp;
use crate::toml::dotted;

/// The widest line of a page, in characters, however wide the terminal. Only code and addresses may
/// be wider.
const WIDEST: usize = 80;
/// The least room for a summary beside its name; where there is less, it is below.
const LEAST: usize = 30;

/// A page under construction.
struct ReferencePage {
    text: String,
    width: usize,
    color: bool,
}

/// The page about a rule.
pub(super) fn rule(rule: &RuleInfo, style: &Style) -> String {
    let category = rule.category.as_str();
    let mut page = ReferencePage::new(style);
    page.title(rule.name, &format!("a rule ({category}, {})", level(rule)));
    page.paragraph("Reports", rule.page.summary());
    page.paragraph("What the server does", &rule.page.server());
    if SmsOtp::BuiltIn.parameters().iter().any(|it| looks_at_built_in(rule, it)) {
        let section = "sms_otp_local, the section of the SMS OTP that 7.0 and later have built in";
        page.paragraph("Looks also at", section);
    }
    page.block("Example", rule.page.example());
    page.block("Use instead", rule.page.instead());
    page.paragraph("Fixes", &rule.page.fixes());
    if rule.name == "unexpected-outcome" {
        page.expectations();
    }
    page.list("Level", &levels(rule));
    page.block("References", &rule.page.references().join("\n"));
    page.finish()
}

/// The level of a rule, and how it is changed.
fn levels(rule: &RuleInfo) -> Vec<String> {
    let name = rule.name;
    let other_ways = match rule.level {
        _ if is_fixed(rule) => vec!["always: a file that was not checked must not pass".to_owned()],
        None => vec![format!("--warn {name} or --deny {name} turns it on")],
        Some(_) => vec![
            format!("--allow {name} turns it off"),
            format!("# smsotp-lint: ignore[{name}] in the file silences it there"),
        ],
    };
    let condition = (rule.needs == Needs::Release)
        .then(|| "it reports only when --is-version names a release".to_owned());
    std::iter::once(level(rule).to_owned()).chain(condition).chain(other_ways).collect()
}

/// The page about a parameter.
pub(super) fn parameter(of: SmsOtp, parameter: &'static Parameter, style: &Style) -> String {
    let mut page = ReferencePage::new(style);
    let is_documented = parameter.is_documented();
    let what = if is_documented { "a parameter" } else { "an undocumented parameter" };
    page.title(of.name_of(parameter), what);
    page.paragraph("Meaning", parameter.summary);
    page.paragraph("Details", parameter.detail);
    let mut table = of.key_of(parameter);
    table.pop();
    page.block("Where", &format!("[{}]", dotted(table)));
    page.paragraph("Type", &parameter.kind.describe());
    page.block("Default", &defaults(&facts::defaults(of, parameter)));
    let misread = facts::misread(parameter);
    page.paragraph("A value the server cannot use", misread.as_deref().unwrap_or_default());
    page.list("What it needs", &facts::needs(of, parameter));
    if parameter.since != Release::ALL[0] {
        page.paragraph("Read from release", parameter.since.as_str());
    }
    page.list("From one release to the next", &changes(of, parameter));
    page.paragraph("Often written as", &aliases(parameter));
    page.rules(of, parameter);
    page.text.push('\n');
    page.paragraph("In the built-in SMS OTP", facts::twin(of, parameter).unwrap_or_default());
    page.block("References", parameter.page.unwrap_or_default());
    page.finish()
}

fn changes(of: SmsOtp, parameter: &Parameter) -> Vec<String> {
    let note = |note: ReleaseNote| match note.todo {
        Some(todo) => format!("{}: {}. To do: {todo}.", note.release, note.text),
        None => format!("{}: {}.", note.release, note.text),
    };
    facts::changes(of, parameter.name).into_iter().map(note).collect()
}

fn aliases(parameter: &Parameter) -> String {
    let names = parameter.aliases.iter().map(|alias| match alias.unit {
        Some(unit) => format!("{} (which counts {unit})", alias.name),
        None => alias.name.to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn defaults(defaults: &[Default]) -> String {
    if let [always] = defaults {
        return always.text(str::to_owned);
    }
    let lines = defaults.iter().map(|it| format!("{}: {}", it.releases(), it.text(str::to_owned)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Every rule and every setting, a line each.
pub fn list(style: &Style) -> String {
    let mut page = ReferencePage::new(style);
    page.heading("Rules");
    let rules = RULES.iter().map(|rule| rule.info);
    page.rows(rules.map(|rule| (rule.name, Some(level(rule)), rule.page.summary())));
    let row = |of: SmsOtp| move |it: &'static Parameter| (of.name_of(it), None, it.summary);
    let (connection, built_in) = (SmsOtp::Connection, SmsOtp::BuiltIn);
    page.heading("Settings of the authenticator");
    page.rows(connection.own().iter().map(row(connection)));
    page.heading("Parameters");
    page.rows(connection.parameters().iter().map(row(connection)));
    page.heading("Settings of the SMS OTP that is built in from 7.0 on");
    for setting in built_in.settings() {
        page.below(built_in.name_of(setting), setting.summary);
    }
    page.text.push('\n');
    page.text.push_str("smsotp-lint explain NAME says more about one of them.\n");
    page.text
}

/// Some topics that have something in common, a line each.
pub fn group(title: &str, topics: &[Topic], style: &Style) -> String {
    let mut page = ReferencePage::new(style);
    page.heading(title);
    page.rows(topics.iter().map(|topic| match topic {
        Topic::Rule(rule) => (rule.name, Some(level(rule)), rule.page.summary()),
        Topic::Parameter(_, setting) => (setting.name, None, setting.summary),
    }));
    page.finish()
}

impl ReferencePage {
    fn new(style: &Style) -> Self {
        let width = style.width.clamp(NARROWEST, WIDEST);
        Self { text: String::new(), width, color: style.color }
    }

    fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        self.text
    }

    fn title(&mut self, name: &str, what: &str) {
        let is_one_line = name.len() + what.len() + 2 <= self.width;
        let gap = if is_one_line { " " } else { "\n  " };
        let name = if self.color { name.bold().to_string() } else { name.to_owned() };
        let _ = writeln!(self.text, "{name}:{gap}{what}\n");
    }

    fn heading(&mut self, title: &str) {
        let _ = match self.color {
            true => writeln!(self.text, "{}", title.green().bold()),
            false => writeln!(self.text, "{title}"),
        };
    }

    fn paragraph(&mut self, title: &str, text: &str) {
        if !text.is_empty() {
            self.heading(title);
            self.line("  ", "  ", text);
            self.text.push('\n');
        }
    }

    fn list(&mut self, title: &str, items: &[String]) {
        if !items.is_empty() {
            self.heading(title);
            for item in items {
                self.line("  ", "    ", item);
            }
            self.text.push('\n');
        }
    }

    /// Text that keeps its lines.
    fn block(&mut self, title: &str, text: &str) {
        if !text.is_empty() {
            self.heading(title);
            for line in text.trim_end().lines() {
                let _ = writeln!(self.text, "{}", format!("  {line}").trim_end());
            }
            self.text.push('\n');
        }
    }

    /// The rules that watch a parameter, those that watch them all in one line.
    fn rules(&mut self, of: SmsOtp, parameter: &Parameter) {
        self.heading("Rules that watch it");
        let is_general = |rule: &&RuleInfo| matches!(rule.concerns, Concerns::Every);
        let (general, own): (Vec<_>, Vec<_>) = facts::rules(of, parameter).partition(is_general);
        self.rows(own.iter().map(|rule| (rule.name, Some(level(rule)), rule.page.summary())));
        if !general.is_empty() {
            self.text.truncate(self.text.trim_end().len());
            let general: Vec<_> = general.iter().map(|rule| rule.name).collect();
            self.text.push('\n');
            let general = format!("and those of any parameter: {}", general.join(", "));
            self.line("  ", "  ", &general);
        }
    }

    /// The names that `[expect]` takes.
    fn expectations(&mut self) {
        self.heading("Kinds of user");
        self.rows(UserKind::ALL.iter().map(|it| (it.as_str(), None, it.in_words())));
        self.heading("Events");
        self.rows(Event::ALL.iter().map(|it| (it.as_str(), None, it.in_words())));
        self.heading("Outcomes");
        self.rows(Wanted::meanings().map(|(word, meaning)| (word, None, meaning)));
    }

    /// Rows of a name, a level and a summary.
    fn rows<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Option<&'r str>, &'r str)>) {
        let rows: Vec<_> = rows.collect();
        let longest = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or_default();
        for (name, level, summary) in rows {
            let level = level.map(|level| format!("{level:7}  ")).unwrap_or_default();
            let lead = format!("  {name:longest$}  {level}");
            match self.width >= lead.len() + LEAST {
                true => self.line(&lead, &" ".repeat(lead.len()), summary),
                false => self.below(&lead, summary),
            }
        }
        self.text.push('\n');
    }

    /// A name, and a summary that has no room beside it.
    fn below(&mut self, name: &str, summary: &str) {
        self.text.push_str(&format!("  {}\n", name.trim()));
        self.line("      ", "      ", summary);
    }

    fn line(&mut self, first: &str, others: &str, text: &str) {
        let indents = iter::once(first).chain(iter::repeat(others));
        for (indent, line) in indents.zip(cell(text, self.width - others.len())) {
            let line = format!("{indent}{line}");
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }
}
