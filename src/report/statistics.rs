//! The findings of a run -> how many there are of each rule, the most first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{FileReport, Report};
use crate::diagnostic::RuleInfo;

/// The numbers of one file.
pub(super) fn of(file: &FileReport<'_>) -> BTreeMap<&'static str, usize> {
    let mut by_rule = BTreeMap::new();
    for finding in &file.findings {
        *by_rule.entry(finding.rule.name).or_default() += 1;
    }
    by_rule
}

/// A line for each rule: how many findings, its name, and what it reports.
pub(super) fn table(report: &Report, by_rule: &BTreeMap<&'static str, usize>) -> String {
    let ranked = ranked(report, by_rule);
    let digits = ranked.first().map_or(0, |(count, _)| count.to_string().len());
    let width = ranked.iter().map(|(_, rule)| rule.name.len()).max().unwrap_or(0);
    let line = |(count, rule): &(usize, &RuleInfo)| {
        format!("{count:>digits$}  {:<width$}  {}\n", rule.name, rule.page.summary())
    };
    ranked.iter().map(line).collect()
}

/// The same for programs.
pub(super) fn json(report: &Report, by_rule: &BTreeMap<&'static str, usize>) -> Value {
    let entry = |(count, rule): (usize, &RuleInfo)| json!({ "rule": rule.name, "category": rule.category.as_str(), "findings": count });
    ranked(report, by_rule).into_iter().map(entry).collect()
}

/// The rules that have findings. Of two with as many, the first of the documentation comes first.
fn ranked(
    report: &Report,
    by_rule: &BTreeMap<&'static str, usize>,
) -> Vec<(usize, &'static RuleInfo)> {
    let counted = report.rules.iter().filter_map(|rule| Some((*by_rule.get(rule.name)?, *rule)));
    let mut ranked: Vec<_> = counted.collect();
    ranked.sort_by_cached_key(|(count, _)| Reverse(*count));
    ranked
}
