//! References that stop the server.

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::server::{Link, Miss, ReferenceProblem, ReferenceProblemKind};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "unresolved-reference",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("unresolved_reference.md")),
    concerns: Concerns::Every,
    needs: Needs::Environment,
};

const NO_START: &str = "the server does not start";

/// What is said of a reference: the message, a label and a help.
type ReferenceWords = (Message, &'static str, Message);

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let problems = &analysis.server.references.problems;
    sink.extend(problems.iter().map(|problem| finding(problem, &analysis.view).once()));
}

fn finding(problem: &ReferenceProblem, view: &Redacted<'_>) -> Diagnostic {
    if let ReferenceProblemKind::Cycle(links) = &problem.kind {
        return circle(problem, links, view);
    }
    let (message, label, help) = said(problem, view);
    let finding = INFO.at(problem.span, message, label).key(problem.key.clone()).help(help);
    match &problem.kind {
        ReferenceProblemKind::PlainSecret { entry, .. } => {
            finding.also(*entry, "the value in brackets")
        }
        ReferenceProblemKind::Target { name, miss: Miss::Renamed(key) } => {
            let is_plain = view.source().slice(problem.span) == format!("$ref{{{name}}}");
            let edit = Edit::replace(problem.span, format!("$ref{{{key}}}"));
            let fix = is_plain.then(|| Fix::safe("name the key that the server keeps", vec![edit]));
            finding.fix(fix)
        }
        _ => finding,
    }
}

fn said(problem: &ReferenceProblem, view: &Redacted<'_>) -> ReferenceWords {
    // What is written, since a name may have taken in a value that is nobody's business.
    let reference = view.reference_at(problem.span);
    match &problem.kind {
        ReferenceProblemKind::Cycle(_) | ReferenceProblemKind::SecretShape => {
            wrong_shape(problem, view)
        }
        ReferenceProblemKind::Variable(name) => (
            message!("`{}` names a variable that is not set: {}", reference, NO_START),
            "not in the environment given",
            unset(name, "set the variable for the server; set and empty is enough"),
        ),
        ReferenceProblemKind::Property(name) => (
            message!("`{}` names no system property with a value: {}", reference, NO_START),
            "not set, or empty",
            unset(name, "start the server with the property, and give it some text"),
        ),
        ReferenceProblemKind::Instruction(_) => (
            message!(
                "the value of `{}` holds a `$`, or ends with a backslash, which the server takes \
                 for an instruction: {}",
                reference,
                NO_START
            ),
            "its value stops the server",
            "give it a value without `$` and backslashes".into(),
        ),
        ReferenceProblemKind::Target { miss, .. } => target(&reference, miss, view),
        ReferenceProblemKind::Secret(name) => (
            message!("`{}` has no entry under `[secrets]`: {}", reference, NO_START),
            "no such secret",
            unset(
                name,
                "add the entry, or set `[runtime_secrets] enable = \"true\"` when secrets come in \
                 at run time (from 6.0 on)",
            ),
        ),
        ReferenceProblemKind::PlainSecret { .. } => (
            message!(
                "`{}` leads to a value in brackets, which is not encrypted yet: {}",
                reference,
                NO_START
            ),
            "not encrypted yet",
            "encrypt the value under `[secrets]` first".into(),
        ),
    }
}

fn wrong_shape(problem: &ReferenceProblem, view: &Redacted<'_>) -> ReferenceWords {
    let key = view.path_shown(&problem.key, problem.span);
    let (what, label, help) = match &*problem.key {
        "secrets" | "runtime_secrets" => {
            ("a plain table", "must be a plain table", message!("write it as `[{}]`", key))
        }
        _ => {
            let help = "write the value in quotes, as in `enable = \"true\"`";
            ("a string", "must be a string", help.into())
        }
    };
    let message =
        message!("`{}` is not {}, and the server expects one there: {}", key, what, NO_START);
    (message, label, help)
}

/// What to do about a name that is not set.
fn unset(name: &str, otherwise: &'static str) -> Message {
    if name.is_empty() {
        return "put a name between the braces".into();
    }
    if name.trim() != name {
        return "blanks count as part of the name: leave them out".into();
    }
    if name.contains(":-") {
        return "there is no way to give a default: everything up to the brace is the name".into();
    }
    otherwise.into()
}

fn target(reference: &Shown, miss: &Miss, view: &Redacted<'_>) -> ReferenceWords {
    let (what, label) = match miss {
        Miss::Absent(_) => {
            ("names a key that is neither in the file nor a shipped default", "no such key")
        }
        Miss::Renamed(_) => ("names a key that the server takes for another", "only an alias"),
        Miss::Table => ("names a table", "a table has no value"),
        Miss::InArray => ("names a key inside a `[[..]]`", "out of reach"),
        Miss::Nested => ("holds another `$ref`", "a `$ref` inside a `$ref`"),
    };
    let help = match miss {
        Miss::Absent(near) => match near.as_ref().and_then(|near| view.reference_to(near)) {
            Some(near) => message!("did you mean `{}`?", near),
            None => "write the whole key, from its first table on, in the letter case of the file"
                .into(),
        },
        Miss::Renamed(key) => message!("write the key that the server keeps: `$ref{{{}}}`", key),
        Miss::Table => "name one of the keys in the table".into(),
        Miss::InArray => "references reach keys outside of `[[..]]` only: repeat the value".into(),
        Miss::Nested => "only `$env` and `$sys` are replaced inside a `$ref`".into(),
    };
    (message!("`{}` {}: {}", reference, what, NO_START), label, help)
}

fn circle(problem: &ReferenceProblem, links: &[Link], view: &Redacted<'_>) -> Diagnostic {
    let label = |link: &Link| match links {
        [_] => "the key it is in".into(),
        _ => {
            let key = view.path_shown(&link.key, link.span);
            message!("`{}` waits for `{}`", key, view.reference_at(link.span))
        }
    };
    let message = match links {
        [_] => {
            let key = view.path_shown(&problem.key, problem.span);
            message!("`{}` refers to itself: {}", key, NO_START)
        }
        _ => {
            message!("{} values refer to each other in a circle: {}", links.len(), NO_START)
        }
    };
    let mut labels = links.iter().map(|link| Label::new(link.span, label(link)));
    let primary = labels.next().unwrap_or_else(|| Label::new(problem.span, "here"));
    let mut finding = Diagnostic::new(&INFO, Severity::Error, message, primary)
        .key(problem.key.clone())
        .help(match links {
            [_] => "give it a value of its own",
            _ => "give one of them a value of its own",
        });
    finding.related.extend(labels);
    finding
}
