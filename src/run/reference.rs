//! `explain` and `schema`: what is known without any input.

use smsotp_lint::error::{Exit, Failure};
use smsotp_lint::reference::{self, Topic};

use super::{print, style};
use crate::cli::{Color, Explain, ExplainFormat, Schema};

pub(super) fn explain(arguments: &Explain, color: Color) -> Result<Exit, Failure> {
    let topic = arguments.name.as_deref().map(named).transpose()?;
    let color = style(color, false).color;
    let page = match (arguments.format, topic) {
        (ExplainFormat::Text, None) => reference::list(color),
        (ExplainFormat::Text, Some(topic)) => topic.page(color),
        (ExplainFormat::Json, None) => reference::json(Topic::all()),
        (ExplainFormat::Json, Some(topic)) => reference::json([topic]),
    };
    print(page.as_bytes())?;
    Ok(Exit::Clean)
}

fn named(name: &str) -> Result<Topic, Failure> {
    Topic::named(name).map_err(|near| {
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
