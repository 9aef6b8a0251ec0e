//! A table header that comes after the header of a table inside it.

use crate::redact::Redacted;
use crate::rules::prelude::*;
use crate::server::table_order::{Late, late_parents};
use crate::toml::{Document, Header};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "parent-after-child",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("parent_after_child.md")),
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let (document, view) = (analysis.document, &analysis.view);
    let late = late_parents(&analysis.tree);
    sink.extend(late.into_iter().filter_map(|late| finding(document, view, late)));
}

fn finding(document: &Document<'_>, view: &Redacted<'_>, late: Late<'_>) -> Option<Diagnostic> {
    let (parent, child) = (late.parent.header.as_ref()?, late.child.header.as_ref()?);
    let (above, below) = (shown(view, child), shown(view, parent));
    let message = message!(
        "{} comes after {}, which is inside it: the server stops at startup with a \
         StackOverflowError, which names no line",
        below,
        above
    );
    let edits = edits::move_tables(document, (late.parent, late.parent), late.child);
    let title = message!("move {} above {}", below, above);
    Some(
        INFO.at(parent.span, message, "comes too late")
            .key(view.path(&parent.keys))
            .also(child.span, "the first table inside it")
            .help("put a table above every table inside it")
            .fix(Fix::safe(title, edits)),
    )
}

fn shown(view: &Redacted<'_>, header: &Header<'_>) -> Message {
    let path = view.dotted(&header.keys);
    if header.array { message!("[[{}]]", path) } else { message!("[{}]", path) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::proof::meaning;
    use crate::fix::apply;
    use crate::section::Section;
    use crate::source::Source;
    use crate::toml::Tree;

    fn is_late(text: &str) -> bool {
        let source = Source::new("deployment.toml", text);
        !late_parents(&Tree::of(&Document::parse(&source))).is_empty()
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
            let view = Redacted::of(&document, &Section::of(&Tree::of(&document)));
            let found = finding(&document, &view, late_parents(&Tree::of(&document))[0]).unwrap();
            let edits = found.fixes[0].edits();
            assert_eq!(apply(before, edits).as_deref(), Some(after), "{before:?}");
            assert_eq!(meaning(before), meaning(after), "{before:?}");
            assert!(!is_late(after), "{after:?}");
        }
    }
}
