//! `explain` and `schema`: what is known without any input.

use smsotp_lint::diagnostic::Category;
use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::reference::{self, Topic};
use smsotp_lint::section::SmsOtp;

use super::{print, style};
use crate::cli::{Color, Explain, ExplainFormat, Schema};

pub(super) fn explain(arguments: &Explain, color: Color) -> Result<Exit, Failure> {
    let style = style(color, false);
    let name = arguments.name.as_deref();
    if let Some((title, topics)) = name.and_then(group) {
        let page = match arguments.format {
            ExplainFormat::Text => reference::group(&title, &topics, &style),
            ExplainFormat::Json => reference::json(topics),
        };
        print(page.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let topic = name.map(named).transpose()?;
    let page = match (arguments.format, topic) {
        (ExplainFormat::Text, None) => reference::list(&style),
        (ExplainFormat::Text, Some(topic)) => topic.page(&style),
        (ExplainFormat::Json, None) => reference::json(Topic::all()),
        (ExplainFormat::Json, Some(topic)) => reference::json([topic]),
    };
    print(page.as_bytes())?;
    Ok(Exit::Clean)
}

/// The rules of a category, or the settings of a table, which is named as its header has it.
fn group(name: &str) -> Option<(String, Vec<Topic>)> {
    if let Some(category) = Category::ALL.into_iter().find(|one| one.as_str() == name) {
        let is_in = |topic: &Topic| matches!(topic, Topic::Rule(rule) if rule.category == category);
        let title = format!("Rules of the category {name}");
        return Some((title, Topic::all().filter(is_in).collect()));
    }
    let table = name.trim_start_matches('[').trim_end_matches(']');
    let settings = SmsOtp::ALL.into_iter().find_map(|of| {
        let settings = match table {
            _ if table == of.dotted() => of.own(),
            _ if table == of.parameters_dotted() => of.parameters(),
            _ => return None,
        };
        Some(settings.iter().map(|setting| Topic::Parameter(of, setting)).collect())
    });
    Some((format!("Settings of [{table}]"), settings?))
}

/// A rule, or a setting by its name or its full key.
fn named(name: &str) -> Result<Topic, Failure> {
    let last = name.rsplit('.').next().filter(|last| *last != name);
    let by_last = |near: Option<&'static str>| match last {
        Some(last) => Topic::named(last).map_err(|other| near.or(other)),
        None => Err(near),
    };
    let found = Topic::named(name).or_else(by_last);
    found.map_err(|near| {
        let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        Failure::new(format!("no rule or parameter is called {name:?}{hint}"))
    })
}

pub(super) fn schema(arguments: &Schema) -> Result<Exit, Failure> {
    let schema = match arguments.config {
        true => reference::schema::config(),
        false => reference::schema::deployment(),
    };
    print(schema.as_bytes())?;
    Ok(Exit::Clean)
}
