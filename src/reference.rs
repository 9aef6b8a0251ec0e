//! The catalogue and the rules -> the pages of `explain`.

use std::fmt::Write;

use crate::catalogue::{Kind, PARAMETERS, Parameter, Profile, Release};
use crate::diagnostic::RuleInfo;
use crate::names::closest;
use crate::rules::RULES;

/// The widest line of a page, in characters.
const WIDTH: usize = 80;

/// What `explain` can talk about.
#[derive(Debug, Clone, Copy)]
pub enum Topic {
    /// A rule.
    Rule(&'static RuleInfo),
    /// A parameter.
    Parameter(&'static Parameter),
}

impl Topic {
    /// The rule or parameter of this name; letter case and separators do not matter.
    ///
    /// # Errors
    /// The nearest name, if any is near, when there is none.
    pub fn named(name: &str) -> Result<Self, Option<&'static str>> {
        let names = || {
            let rules = RULES.iter().map(|rule| rule.info.name);
            rules.chain(PARAMETERS.iter().map(|parameter| parameter.name))
        };
        let folded = crate::catalogue::fold(name);
        let Some(exact) = names().find(|known| crate::catalogue::fold(known) == folded) else {
            let near = crate::catalogue::nearest(name).map(|nearest| nearest.parameter.name);
            return Err(closest(name, names()).or(near));
        };
        let rule = RULES.iter().find(|rule| rule.info.name == exact);
        let parameter = crate::catalogue::parameter(exact).map(Self::Parameter);
        rule.map(|rule| Self::Rule(rule.info)).or(parameter).ok_or(None)
    }

    /// The page about it.
    pub fn page(self) -> String {
        match self {
            Self::Rule(rule) => rule_page(rule),
            Self::Parameter(parameter) => parameter_page(parameter),
        }
    }
}

/// Every rule and every parameter, a line each.
pub fn list() -> String {
    let mut page = String::from("Rules\n");
    for rule in RULES {
        let level = rule.info.level.map_or("off", |level| level.as_str());
        row(&mut page, &[rule.info.name, level], rule.info.summary);
    }
    page.push_str("\nParameters\n");
    for parameter in PARAMETERS {
        row(&mut page, &[parameter.name], parameter.summary);
    }
    page.push_str("\nsmsotp-lint explain NAME says more about one of them.\n");
    page
}

fn row(page: &mut String, columns: &[&str], summary: &str) {
    let mut lead = String::from("  ");
    let widths = if columns.len() == 1 { [38, 0] } else { [24, 9] };
    for (column, width) in columns.iter().zip(widths) {
        let _ = write!(lead, "{column:width$}");
    }
    if !lead.ends_with(' ') {
        lead.push(' ');
    }
    let indent = " ".repeat(lead.chars().count());
    let options = textwrap::Options::new(WIDTH).initial_indent(&lead).subsequent_indent(&indent);
    page.push_str(&textwrap::fill(summary, options));
    page.push('\n');
}

fn rule_page(rule: &RuleInfo) -> String {
    let level = rule.level.map_or("off", |level| level.as_str());
    let mut page = format!("{}: a rule ({}, {level})\n\n", rule.name, rule.category.as_str());
    paragraph(&mut page, "Reports", rule.summary);
    paragraph(&mut page, "What the server does", rule.server);
    block(&mut page, "Example", rule.example);
    block(&mut page, "Use instead", rule.instead);
    paragraph(&mut page, "Fixes", rule.fixes);
    block(&mut page, "References", &rule.references.join("\n"));
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn parameter_page(parameter: &Parameter) -> String {
    let kind = match parameter.kind {
        Kind::Number { unit, .. } => format!("whole number of {}", unit.as_str()),
        Kind::Choice { words } => format!("one of {}", words.join(", ")),
        kind => kind.as_str().to_owned(),
    };
    let mut page = format!("{}: a parameter ({kind})\n\n", parameter.name);
    paragraph(&mut page, "Meaning", parameter.summary);
    paragraph(&mut page, "Details", parameter.detail);
    block(&mut page, "Default", &defaults(parameter));
    paragraph(&mut page, "A value the server cannot use", parameter.misread);
    let aliases: Vec<_> = parameter.aliases.iter().map(|alias| alias.name).collect();
    paragraph(&mut page, "Often written as", &aliases.join(", "));
    if parameter.since > Release::V5_9 {
        paragraph(&mut page, "Read from release", parameter.since.as_str());
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The default of each run of releases that share one.
fn defaults(parameter: &Parameter) -> String {
    let mut lines: Vec<(Release, Release, String)> = Vec::new();
    for release in Release::ALL {
        let profile = Profile { release: Some(release) };
        let text = match (parameter.default(profile), parameter.fallback(profile)) {
            (Some(default), _) => default.to_owned(),
            (None, Some(fallback)) => format!("none; the server uses {fallback}"),
            (None, None) => "none".to_owned(),
        };
        match lines.last_mut() {
            Some((_, last, same)) if *same == text => *last = release,
            _ => lines.push((release, release, text)),
        }
    }
    let [(_, _, always)] = &lines[..] else {
        let described = lines.iter().map(|(first, last, text)| match first == last {
            true => format!("{first}: {text}"),
            false => format!("{first} to {last}: {text}"),
        });
        return described.collect::<Vec<_>>().join("\n");
    };
    always.clone()
}

fn paragraph(page: &mut String, title: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let options = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
    let _ = write!(page, "{title}\n{}\n\n", textwrap::fill(text, options));
}

fn block(page: &mut String, title: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let _ = writeln!(page, "{title}");
    for line in text.trim_end().lines() {
        let _ = writeln!(page, "{}", format!("  {line}").trim_end());
    }
    page.push('\n');
}
