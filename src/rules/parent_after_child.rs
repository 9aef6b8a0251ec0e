//! A table header that comes after the header of a table inside it.

use std::collections::HashMap;

use crate::diagnostic::{Category, Diagnostic, Label, RuleInfo, Severity};
use crate::document::{Document, Header, dotted};
use crate::edits;
use crate::fix::Fix;
use crate::rules::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "parent-after-child",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "a table header after the header of one of its sub-tables",
    server: "\
TOML lets the header of a table come after those of its sub-tables. The server then dies at \
startup of a StackOverflowError that names neither the table nor a line. It is so in every section, \
at every depth, and inside one element of a [[..]] array.",
    example: "\
[authentication.authenticator.sms_otp.parameters]
TokenLength = 6

[authentication.authenticator.sms_otp]
enable = true
",
    instead: "\
[authentication.authenticator.sms_otp]
enable = true

[authentication.authenticator.sms_otp.parameters]
TokenLength = 6
",
    fixes: "\
Safe: the table moves above its first sub-table, with its settings and its comments. No line \
changes, and sub-tables stay where they are.",
    references: &[
        "https://github.com/wso2/product-is/issues/13485",
        "https://github.com/wso2/docs-apim/issues/8884",
        "https://github.com/wso2/product-apim/issues/9040",
    ],
};

fn check(context: &Context<'_>, sink: &mut Sink) {
    let document = context.document;
    let late = late_parents(document);
    sink.extend(late.into_iter().filter_map(|late| finding(document, late)));
}

/// A table whose header comes too late, and the first table inside it: indices into the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Late {
    parent: usize,
    child: usize,
}

/// The paths that headers have opened so far, each under a number of its own.
struct Paths<'d> {
    numbers: HashMap<(usize, &'d str), usize>,
    /// By number: the first table whose header goes further.
    first_child: Vec<Option<usize>>,
}

const ROOT: usize = 0;

impl<'d> Paths<'d> {
    fn new() -> Self {
        Self { numbers: HashMap::new(), first_child: vec![None] }
    }

    fn below(&mut self, path: usize, name: &'d str) -> usize {
        let known = self.numbers.get(&(path, name)).copied();
        known.unwrap_or_else(|| self.anew(path, name))
    }

    /// A new number for a path, so that nothing is known of what is below it.
    fn anew(&mut self, path: usize, name: &'d str) -> usize {
        let number = self.first_child.len();
        self.first_child.push(None);
        self.numbers.insert((path, name), number);
        number
    }
}

fn late_parents(document: &Document<'_>) -> Vec<Late> {
    let mut late = Vec::new();
    let mut paths = Paths::new();
    for (index, header) in headers(document) {
        let Some((name, parents)) = header.keys.split_last() else { continue };
        let mut path = ROOT;
        for parent in parents {
            path = paths.below(path, &parent.name);
            paths.first_child[path].get_or_insert(index);
        }
        if header.array {
            paths.anew(path, &name.name);
            continue;
        }
        let path = paths.below(path, &name.name);
        if let Some(child) = paths.first_child[path] {
            late.push(Late { parent: index, child });
        }
    }
    late
}

fn headers<'d, 's>(document: &'d Document<'s>) -> impl Iterator<Item = (usize, &'d Header<'s>)> {
    let tables = document.tables().iter().enumerate();
    tables.filter_map(|(index, table)| Some((index, table.header.as_ref()?)))
}

fn finding(document: &Document<'_>, late: Late) -> Option<Diagnostic> {
    let header = |index: usize| document.tables()[index].header.as_ref();
    let (parent, child) = (header(late.parent)?, header(late.child)?);
    let message = format!(
        "{} comes after {}, which is inside it: the server dies of a StackOverflowError at \
         startup and names no line",
        shown(parent),
        shown(child),
    );
    let edits = edits::move_table(document, late.parent, late.child);
    let title = format!("move {} above {}", shown(parent), shown(child));
    Some(
        Diagnostic::new(&INFO, Severity::Error, message, Label::new(parent.span, "comes too late"))
            .key(dotted(parent.keys.iter().map(|key| key.name.as_ref())))
            .also(child.span, "the first table inside it")
            .help("put a table above every table inside it")
            .fix(Fix::safe(title, edits)),
    )
}

fn shown(header: &Header<'_>) -> String {
    let path = dotted(header.keys.iter().map(|key| key.name.as_ref()));
    if header.array { format!("[[{path}]]") } else { format!("[{path}]") }
}
