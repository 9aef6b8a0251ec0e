//! TOML that is younger than the server's parser.

use crate::rules::prelude::*;
use crate::server::dialect::{Construct, ConstructKind, constructs};
use crate::source::Source;
use crate::toml::{Document, named};

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "toml-dialect",
    category: Category::Startup,
    level: Some(Severity::Error),
    page: RulePage::new(include_str!("toml_dialect.md")),
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    let document = analysis.document;
    sink.extend(constructs(document).iter().map(|construct| finding(document, construct)));
}

fn finding(document: &Document<'_>, construct: &Construct) -> Diagnostic {
    let (what, label, help) = dialect_text(construct.kind);
    let place = pointed_at(construct);
    let label = match construct.places.len() {
        count if count > 1 && construct.places[0] == place => {
            message!("{}, the first of {}", label, count)
        }
        _ => label.into(),
    };
    let message = message!(
        "{}: the server's TOML 0.5 parser refuses it, and the server does not start",
        what
    );
    let mut finding = INFO.at(place, message, label);
    finding.key = key_at(document, place.start);
    let fix = cure(document.source(), construct);
    finding.help(help).fix(fix.map(|(title, edits)| Fix::safe(title, edits)))
}

/// Where the finding points: never at blanks, and at the whole where the parts only add up.
fn pointed_at(construct: &Construct) -> Span {
    let whole = construct.span;
    match construct.kind {
        ConstructKind::BrokenTable => Span::new(whole.start, whole.start + 1),
        ConstructKind::UnsettledArrays { .. } => whole,
        _ => construct.places.first().copied().unwrap_or(whole),
    }
}

/// The key in whose header, name or value an offset lies.
fn key_at(document: &Document<'_>, offset: usize) -> Option<String> {
    let tables = document.tables();
    let above = tables.partition_point(|table| table.span().start <= offset);
    let table = &tables[above.checked_sub(1)?];
    let above = table.entries.partition_point(|entry| entry.span().start <= offset);
    let entry = above.checked_sub(1).map(|at| &table.entries[at]);
    let header = table.header.iter().flat_map(|header| &header.keys);
    let keys = header.chain(entry.iter().flat_map(|entry| &entry.keys));
    let path = named(keys.map(|key| key.name.as_ref()));
    (!path.is_empty()).then_some(path)
}

/// How a construct is called, what to say at its place, and what to write instead.
fn dialect_text(kind: ConstructKind) -> (Message, &'static str, &'static str) {
    let (what, label, help) = match kind {
        ConstructKind::ByteOrderMark => (
            "a byte order mark at the start of the file",
            "an invisible character",
            "save the file as UTF-8 without a byte order mark",
        ),
        ConstructKind::Tab => (
            "a TAB character in double quotes",
            "a TAB",
            "write `\\t`, or use single quotes, which allow a TAB",
        ),
        ConstructKind::IndentTab => (
            "a TAB below a line that ends with a backslash",
            "a TAB",
            "indent with blanks; the server keeps them and the line break in the value",
        ),
        ConstructKind::EscapeE => ("the escape `\\e`", "this escape", "write `\\u001B`"),
        ConstructKind::EscapeX => (
            "an escape with `\\x`",
            "this escape",
            "write it with `\\u` and four digits, `\\u0041` for `\\x41`",
        ),
        ConstructKind::TouchingQuote => (
            "a quote directly before the closing `\"\"\"`",
            "the server takes this as part of the closing quotes",
            "escape it, as in `\\\"\"\"\"`",
        ),
        ConstructKind::TouchingApostrophe => (
            "a quote directly before the closing `'''`",
            "the server takes this as part of the closing quotes",
            "write the string in double quotes",
        ),
        ConstructKind::MixedArray { first, other } => {
            let what = message!("an array that mixes {} and {}", first.plural(), other.plural());
            return (
                what,
                "not of the type of the first item",
                "give all items of the array one type",
            );
        }
        ConstructKind::LateComma { .. } => (
            "a line break before a comma in an array",
            "this comma is below its item",
            "put the comma directly behind the item; a line break may follow it",
        ),
        ConstructKind::BrokenTable => (
            "a line break inside an inline table",
            "this table goes on below",
            "write the table on one line, or under a header of its own",
        ),
        ConstructKind::CommentInTable => (
            "a comment inside an inline table",
            "a comment inside the braces",
            "write the table under a header of its own, which allows comments",
        ),
        ConstructKind::TrailingComma { .. } => (
            "a comma after the last item of an inline table",
            "nothing follows this comma",
            "leave the comma out",
        ),
        ConstructKind::EmptyArrayInTable => (
            "an empty array inside an inline table",
            "this array is empty",
            "write the table under a header of its own, which allows an empty array",
        ),
        ConstructKind::ArrayCommaInTable => (
            "a comma after the last item of an array inside an inline table",
            "nothing follows this comma",
            "leave the comma out",
        ),
        ConstructKind::UnsettledArrays { .. } => (
            "nested arrays that are empty or end with a comma, close above a key or header",
            "the server blames the line below this array",
            "leave out commas that nothing follows, or leave blank lines below the array",
        ),
        ConstructKind::DateBeforeBracket => (
            "a date or time directly before a closing bracket",
            "no blank between this and the bracket",
            "leave a blank before the bracket",
        ),
        ConstructKind::DateBeforeComma => (
            "a comma directly after a date or time in an array",
            "no blank before this comma",
            "leave a blank before the comma",
        ),
        ConstructKind::NoSeconds => {
            ("a time without seconds", "no seconds", "write them: `07:32:00`")
        }
        ConstructKind::LowerCaseZ => ("a lower-case `z` after a time", "lower-case", "write `Z`"),
        ConstructKind::LeapSecond => {
            ("a time with the second 60", "beyond 59", "write a second from 00 to 59")
        }
        ConstructKind::LongFraction => (
            "a fraction of a second with more than nine digits",
            "more than nine digits",
            "write nine digits at most",
        ),
        ConstructKind::FarOffset => (
            "a time with an offset of more than 18 hours",
            "more than 18 hours",
            "write an offset between -18:00 and +18:00",
        ),
        ConstructKind::PaddedExponent => (
            "an exponent that begins with a zero",
            "a leading zero",
            "write the exponent without it, `1e6` for `1e06`",
        ),
        ConstructKind::Underflow => (
            "a number too close to zero for the server to hold",
            "too small",
            "write `0.0` if zero is meant",
        ),
    };
    (what.into(), label, help)
}

/// The same value in a spelling that the server reads, where there is one.
fn cure(source: &Source, construct: &Construct) -> Option<(&'static str, Vec<Edit>)> {
    let text = source.text();
    let at_each = |edit: &dyn Fn(Span) -> Edit| construct.places.iter().map(|p| edit(*p)).collect();
    let replace_each = |with: &str| at_each(&|place| Edit::replace(place, with));
    let delete_each = || at_each(&Edit::delete);
    Some(match construct.kind {
        ConstructKind::ByteOrderMark => ("remove the byte order mark", delete_each()),
        ConstructKind::Tab => {
            let edit = |place: Span| Edit::replace(place, "\\t".repeat(place.len()));
            ("write `\\t`", at_each(&edit))
        }
        ConstructKind::IndentTab => {
            ("indent with blanks", at_each(&|place| Edit::replace(place, " ".repeat(place.len()))))
        }
        ConstructKind::EscapeE => ("write `\\u001B`", replace_each("\\u001B")),
        ConstructKind::EscapeX => ("write it with `\\u00`", replace_each("\\u00")),
        ConstructKind::TouchingQuote => {
            let edit = |place: Span| Edit::replace(place, "\\\"".repeat(place.len()));
            ("escape the quote", at_each(&edit))
        }
        ConstructKind::LateComma { after_date } => {
            ("put the comma behind its item", comma_up(source, construct, after_date))
        }
        ConstructKind::BrokenTable => {
            let edit = |place: Span| {
                let is_before_comma = text[place.end..].starts_with(',');
                Edit::replace(place, if is_before_comma { "" } else { " " })
            };
            ("join the inline table onto one line", at_each(&edit))
        }
        ConstructKind::TrailingComma { after_date: true } => {
            ("leave the comma out", replace_each(" "))
        }
        ConstructKind::TrailingComma { .. } | ConstructKind::ArrayCommaInTable => {
            ("leave the comma out", delete_each())
        }
        ConstructKind::UnsettledArrays { missing } => {
            let commas = construct.places.iter().filter(|place| **place != construct.span);
            if commas.count() >= missing {
                return Some(("leave the commas out", delete_each()));
            }
            let below = source.full_line_span(source.line_of(construct.span.end)).end;
            let blank_lines = source.line_ending().as_str().repeat(missing);
            ("leave a blank line below", vec![Edit::insert(below, blank_lines)])
        }
        ConstructKind::DateBeforeBracket => {
            ("leave a blank before the bracket", at_each(&|place| Edit::insert(place.end, " ")))
        }
        ConstructKind::DateBeforeComma => {
            ("leave a blank before the comma", at_each(&|place| Edit::insert(place.start, " ")))
        }
        ConstructKind::NoSeconds => {
            ("write the seconds", at_each(&|place| Edit::insert(place.end, ":00")))
        }
        ConstructKind::LowerCaseZ => ("write `Z`", replace_each("Z")),
        ConstructKind::LongFraction => {
            let is_zero = |place: &Span| text[place.range()].bytes().all(|digit| digit == b'0');
            construct.places.iter().all(is_zero).then_some(())?;
            ("leave out the zeros behind the ninth digit", delete_each())
        }
        ConstructKind::PaddedExponent => ("leave the zero out", delete_each()),
        ConstructKind::TouchingApostrophe
        | ConstructKind::MixedArray { .. }
        | ConstructKind::CommentInTable
        | ConstructKind::EmptyArrayInTable
        | ConstructKind::LeapSecond
        | ConstructKind::FarOffset
        | ConstructKind::Underflow => return None,
    })
}

/// Moves a comma, which is the first thing on its line, to the item above it. A line on which
/// nothing is left goes with it.
fn comma_up(source: &Source, construct: &Construct, after_date: bool) -> Vec<Edit> {
    let text = source.text();
    let comma = if after_date { " ," } else { "," };
    let mut edits = vec![Edit::insert(construct.span.start, comma)];
    for place in &construct.places {
        let rest = &text[place.end..];
        let next = text.len() - rest.trim_start_matches([' ', '\t']).len();
        let line = source.line_of(place.start);
        let gone = match source.line_span(line).end == next {
            true => source.full_line_span(line),
            false => Span::new(place.start, next),
        };
        edits.push(Edit::delete(gone));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits::proof::meaning;
    use crate::fix::apply;

    fn found(source: &Source) -> Vec<Construct> {
        constructs(&Document::parse(source))
    }

    /// The text after every fix for what the server refuses, made in one go.
    fn cured(text: &str) -> String {
        let source = Source::new("deployment.toml", text);
        let cures = found(&source).into_iter().filter_map(|construct| cure(&source, &construct));
        let mut edits: Vec<Edit> = cures.flat_map(|(_, edits)| edits).collect();
        edits.sort_by_cached_key(|edit| edit.span);
        apply(text, &edits).unwrap()
    }

    #[test]
    fn respells_what_has_another_spelling() {
        for (before, after) in [
            ("\u{feff}a = 1\n", "a = 1\n"),
            ("\"k\t\" = \"a\t\tb\tc\" # \t\n", "\"k\\t\" = \"a\\t\\tb\\tc\" # \t\n"),
            ("a = \"\"\"b \\ \t\n\tc\td\"\"\"\n", "a = \"\"\"b \\ \t\n c\\td\"\"\"\n"),
            ("a = \"\\e[0m \\\\e \\xe9\"\n", "a = \"\\u001B[0m \\\\e \\u00e9\"\n"),
            ("a = \"\"\"b\"\"\"\"\"\n", "a = \"\"\"b\\\"\\\"\"\"\"\n"),
            ("a = [1\n  , 2 # two\n  # b\n  ,3]\n", "a = [1,\n  2, # two\n  # b\n  3]\n"),
            ("a = [1 # one\r\n  ,\r\n  2]\r\n", "a = [1, # one\r\n  2]\r\n"),
            ("a = [07:32:00 # b\n, # c\n07:33:00\n]\n", "a = [07:32:00 , # b\n# c\n07:33:00\n]\n"),
            (
                "a = {\r\n  b = 1 , \r\n\r\n  c = [\r\n 1, # one\r\n 2]\r\n, d = 3,\r\n}\r\n",
                "a = { b = 1 , c = [\r\n 1, # one\r\n 2], d = 3 }\r\n",
            ),
            ("a = { b = 2020-01-01,}\n", "a = { b = 2020-01-01 }\n"),
            ("a = { b = [1,] }\n", "a = { b = [1] }\n"),
            ("a = [[1,], [2, ],] # c\nb = 1\n", "a = [[1], [2 ]] # c\nb = 1\n"),
            ("a = [[], []] # c\r\nb = 1\r\n", "a = [[], []] # c\r\n\r\nb = 1\r\n"),
            ("a = [[], [], []]\n[b]\n", "a = [[], [], []]\n\n\n[b]\n"),
            ("a = [2020-01-01]\n", "a = [2020-01-01 ]\n"),
            ("a = [07:32, 07:33]\n", "a = [07:32:00 , 07:33:00 ]\n"),
            ("a = { b = 2020-01-01 07:32z}\n", "a = { b = 2020-01-01 07:32:00Z }\n"),
            ("a = 07:32:00.1000000000\n", "a = 07:32:00.100000000\n"),
            ("a = [1e+06, -1.5E-0_07, 1e00]\n", "a = [1e+6, -1.5E-7, 1e0]\n"),
        ] {
            assert_eq!(cured(before), after, "{before:?}");
            assert_eq!(meaning(before), meaning(after), "{before:?}");
            assert_eq!(found(&Source::new("deployment.toml", after)), [], "{after:?}");
        }
    }

    #[test]
    fn leaves_alone_what_has_none() {
        for text in [
            "a = '''b''''\n",
            "a = [1, 1.0]\n",
            "a = { b = 1, # one\n c = 2 }\n",
            "a = { b = [] }\n",
            "a = 23:59:60\n",
            "a = 07:32:00.1234567891\n",
            "a = 2020-01-01T00:00:00+19:00\n",
            "a = 1e-400\n",
        ] {
            assert_eq!(cured(text), text);
        }
    }
}
