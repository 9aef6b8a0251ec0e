//! Variables with a name that nobody sets, or with a value that does not arrive as it is.

use crate::rules::prelude::*;
use crate::server::OddVariable;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "odd-variable",
    category: Category::Value,
    level: Some(Severity::Warning),
    page: RulePage::new(include_str!("odd_variable.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let odd = &analysis.server.references.odd;
    sink.extend(odd.iter().map(|odd| finding(odd, analysis)));
}

fn finding(odd: &OddVariable, analysis: &Analysis<'_>) -> Diagnostic {
    let reference = analysis.view.reference_at(odd.span);
    let warning = |message, label| INFO.at(odd.span, message, label).key(odd.key.clone()).once();
    if !odd.is_name {
        let message = message!("the value of `{}` loses a backslash on its way", reference);
        return warning(message, "holds a backslash").help("write it twice in the variable");
    }
    let message = message!(
        "`{}` names a variable that no shell, container or chart sets: without it the server does \
         not start",
        reference
    );
    let fix = plain_name(analysis.document.source().slice(odd.span), odd.span);
    warning(message, "all of it is the name")
        .help("there are no defaults, and blanks count: write nothing but the name")
        .fix(fix.map(|edits| Fix::risky("leave only the name", edits)))
}

/// Takes a default, and the blanks around the name, out of a reference.
fn plain_name(written: &str, span: Span) -> Option<Vec<Edit>> {
    let (kind, inside) = written.strip_suffix('}')?.split_once('{')?;
    let name = inside.split([':', '-']).next()?.trim();
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    let start = span.start + kind.len() + 1;
    let at = start + inside.find(name)?;
    let gaps = [Span::new(start, at), Span::new(at + name.len(), span.end - 1)];
    let edits = gaps.into_iter().filter(|gap| !gap.is_empty()).map(Edit::delete);
    (!name.is_empty() && is_name).then(|| edits.collect())
}
