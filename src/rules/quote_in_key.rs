//! A quote inside a key, which the server cannot read back.

use crate::rules::prelude::*;
use crate::toml::{Entry, Key, Node, Quote, Value, named};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "quote-in-key",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("quote_in_key.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let mut path = Vec::new();
    for table in analysis.document.tables() {
        path.clear();
        if let Some(header) = &table.header {
            keys(analysis, &header.keys, &mut path, sink);
        }
        entries(analysis, &table.entries, &mut path, sink);
    }
}

fn entries<'c>(
    analysis: &Analysis<'c>,
    entries: &'c [Entry<'c>],
    path: &mut Vec<&'c Key<'c>>,
    sink: &mut Sink,
) {
    let depth = path.len();
    for entry in entries {
        keys(analysis, &entry.keys, path, sink);
        value(analysis, &entry.value, path, sink);
        path.truncate(depth);
    }
}

fn value<'c>(
    analysis: &Analysis<'c>,
    written: &'c Value<'c>,
    path: &mut Vec<&'c Key<'c>>,
    sink: &mut Sink,
) {
    match written {
        Value::Table(inner) => entries(analysis, inner, path, sink),
        Value::Array(items) => {
            for item in items {
                value(analysis, &item.value, path, sink);
            }
        }
        _ => {}
    }
}

/// Adds the parts of a key to the path, and reports those with a quote.
fn keys<'c>(
    analysis: &Analysis<'c>,
    parts: &'c [Key<'c>],
    path: &mut Vec<&'c Key<'c>>,
    sink: &mut Sink,
) {
    for key in parts {
        path.push(key);
        if has_quote(key) && holds_value(analysis, path) {
            sink.push(finding(analysis, &path[..path.len() - 1], key));
        }
    }
}

/// Whether the server has anything to read below a key; nobody knows where it is in an array.
fn holds_value(analysis: &Analysis<'_>, path: &[&Key<'_>]) -> bool {
    fn holds(node: Node<'_, '_>) -> bool {
        node.is_array() || node.values().next().is_some() || node.children().any(holds)
    }
    analysis.tree.at(path.iter().map(|key| key.name.as_ref())).is_none_or(holds)
}

fn has_quote(key: &Key<'_>) -> bool {
    key.quote != Quote::Bare && key.name.contains(['\'', '"'])
}

/// What looks like a key may be a pasted secret, so only this section's keys are named.
fn finding(analysis: &Analysis<'_>, above: &[&Key<'_>], key: &Key<'_>) -> Diagnostic {
    let is_ours = analysis.view.shows_all(key.span);
    let table = above.iter().take_while(|key| !has_quote(key)).copied();
    let place = match analysis.view.dotted(table) {
        _ if is_ours => message!("the key {}", analysis.view.key(key)),
        table if table.is_empty() => "a key at the top level".into(),
        table => message!("a key in [{}]", table),
    };
    let message =
        message!("a quote inside {}: the server does not start, and names no line", place);
    let mut finding = INFO.at(key.span, message, "the name itself holds a quote");
    let whole = || named(above.iter().chain([&key]).map(|key| key.name.as_ref()));
    finding.key = is_ours.then(whole);
    finding.help("choose a name without quotes; those around a key are fine")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Profile;
    use crate::rules;
    use crate::server::Environment;
    use crate::source::Source;
    use crate::toml::Document;

    fn found(text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::new("deployment.toml", text);
        let document = Document::parse(&source);
        let is_on = |rule: &RuleInfo| rule.name == INFO.name;
        let environment = Environment::default();
        let analysis = Analysis::of(&document, Profile::default(), &environment);
        let found = rules::run(&analysis, is_on);
        let start = |message: &str| message.split(':').next().unwrap_or_default().to_owned();
        found.into_iter().map(|one| (start(&one.message), one.key)).collect()
    }

    #[test]
    fn looks_at_every_key_and_names_only_ours() {
        let text = "\
top = { \"to'p\" = 1 }
[custom.\"p'w\".deep]
\"hun'ter2\" = 1
list = [[{ 'say \"hi\"' = 1, fine = \"it's\" }]]
[fine.\"a b\".'c.d']
[empty.\"it's\".inside]
[full.\"it's\".inside]
a = {}
b = 1
[authentication.authenticator.sms_otp.parameters]
\"x\\u0022y\" = 1
";
        let elsewhere = |message: &str| (message.to_owned(), None);
        let ours = r#"authentication.authenticator.sms_otp.parameters."x\"y""#;
        let expected = [
            elsewhere("a quote inside a key in [top]"),
            elsewhere("a quote inside a key in [custom]"),
            elsewhere("a quote inside a key in [custom]"),
            elsewhere("a quote inside a key in [custom]"),
            elsewhere("a quote inside a key in [full]"),
            (r#"a quote inside the key "x\"y""#.to_owned(), Some(ours.to_owned())),
        ];
        assert_eq!(found(text), expected);
        assert_eq!(found("\"'\" = 1"), [elsewhere("a quote inside a key at the top level")]);
    }
}
