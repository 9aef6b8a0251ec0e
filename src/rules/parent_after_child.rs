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
    fn with_room_for(paths: usize) -> Self {
        Self { numbers: HashMap::with_capacity(paths), first_child: vec![None] }
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
    let mut paths = Paths::with_room_for(document.tables().len());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::proof::meaning;
    use crate::fix::apply;
    use crate::source::Source;

    fn late(text: &str) -> Vec<(String, String)> {
        let source = Source::new("deployment.toml", text);
        let document = Document::parse(&source);
        assert!(document.faults().is_empty(), "{text:?} is TOML");
        let name = |index: usize| shown(document.tables()[index].header.as_ref().unwrap());
        let late = late_parents(&document).into_iter();
        late.map(|late| (name(late.parent), name(late.child))).collect()
    }

    #[test]
    fn finds_parents_at_every_depth_within_one_element() {
        for (text, expected) in [
            ("[a.b.c]\n[a]\n[a.b]\n", &[("[a]", "[a.b.c]"), ("[a.b]", "[a.b.c]")][..]),
            ("[a.b]\n[x]\n[a.c]\n[a]\n", &[("[a]", "[a.b]")]),
            ("[[a.b]]\n[\"a\"]\n", &[("[a]", "[[a.b]]")]),
            ("[[x]]\n[x.y.z]\n[x.y]\n", &[("[x.y]", "[x.y.z]")]),
            ("[a]\n[a.b]\n[a.b.c]\n[a.c]\n", &[]),
            ("[a.b]\n[a.c]\n[ab]\n[\"a.b\"]\n", &[]),
            ("[[x]]\n[x.y.z]\n[[x]]\n[x.y]\n", &[]),
            ("[[x]]\n[[x.y]]\n[x.y.z.w]\n[[x.y]]\n[x.y.z]\n", &[]),
            ("a.b = 1\n[c]\nd.e = 1\n[c.f]\n", &[]),
        ] {
            let found = late(text);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn moves_the_table_with_its_comments_and_nothing_else() {
        for (before, after) in [
            (
                "# file\n\n# b\n[a.b] # b\nx = 1\n\n# a\n[a] # a\ny = 2 # y\n# z = 3\n\n# c\n[c]\n",
                "# file\n\n# a\n[a] # a\ny = 2 # y\n# z = 3\n\n# b\n[a.b] # b\nx = 1\n\n# c\n[c]\n",
            ),
            ("[a.b]\nx = 1\n\n[a]\ny = 2\n", "[a]\ny = 2\n\n[a.b]\nx = 1\n"),
            ("[a.b]\r\nx = 1\r\n\r\n[a]\r\ny = 2", "[a]\r\ny = 2\r\n\r\n[a.b]\r\nx = 1"),
            ("[a.b]\n[a]", "[a]\n[a.b]"),
            ("[a.b]\n\n[a]\n\n\n", "[a]\n\n[a.b]\n\n\n"),
            ("\u{feff}# b\n[a.b]\n[a]\n# a\n", "\u{feff}[a]\n# a\n# b\n[a.b]\n"),
            (
                "[a.b]\nx = 1\n\n[a]\ny = '''\n# y\n[z]'''\n\n# ---- next ----\n\n[c]\n",
                "[a]\ny = '''\n# y\n[z]'''\n\n[a.b]\nx = 1\n\n# ---- next ----\n\n[c]\n",
            ),
            (
                "r = 1\n[[x]]\n\n[x.y.z]\nk = 1\n[x.y]\nk = 2\n[[x]]\n[x.y]\n",
                "r = 1\n[[x]]\n\n[x.y]\nk = 2\n[x.y.z]\nk = 1\n[[x]]\n[x.y]\n",
            ),
        ] {
            let source = Source::new("deployment.toml", before);
            let document = Document::parse(&source);
            let found = finding(&document, late_parents(&document)[0]).unwrap();
            let edits = found.fixes[0].edits();
            assert_eq!(apply(before, edits).as_deref(), Some(after), "{before:?}");
            assert_eq!(meaning(before), meaning(after), "{before:?}");
            assert_eq!(late(after), [], "{after:?}");
        }
    }
}
