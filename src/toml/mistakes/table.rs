//! The mistakes people make: how each is recognised, and what is said of it.
//!
//! The first row that recognises a place is used. No words quote the file.

use super::place::{FoundMistake, Inside, Place, What};
use super::{Mistake, Reach};
use crate::fix::Edit;
use crate::source::Span;
use crate::toml::{REFERENCES, quoted_string};

const fn row(example: &'static str, finds: fn(&Place<'_>) -> Option<FoundMistake>) -> Mistake {
    Mistake {
        example,
        finds,
        subject: "",
        says: "",
        label: "",
        also: "",
        help: &[],
        fix: "",
        for_texts: false,
        is_named: true,
        is_accepted: false,
        reach: Reach::Line,
    }
}

impl Mistake {
    /// What it is about, unless the text itself may be named; what is wrong with that; and the
    /// label at the place itself.
    const fn says(self, subject: &'static str, says: &'static str, label: &'static str) -> Self {
        Self { subject, says, label, ..self }
    }

    const fn help(self, help: &'static [&'static str]) -> Self {
        Self { help, ..self }
    }

    const fn also(self, also: &'static str) -> Self {
        Self { also, ..self }
    }

    const fn fix(self, fix: &'static str) -> Self {
        Self { fix, ..self }
    }

    const fn for_texts(self) -> Self {
        Self { for_texts: true, ..self }
    }

    const fn unnamed(self) -> Self {
        Self { is_named: false, ..self }
    }

    const fn accepted(self) -> Self {
        Self { is_accepted: true, ..self }
    }

    const fn reaches(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Leaves the rest of the file in doubt.
    const fn ends(self) -> Self {
        self.unnamed().reaches(Reach::Rest)
    }
}

/// Told by the parser's words alone.
pub(super) static OTHER: Mistake =
    row("", |_| None).says("the text", "is not as TOML has it ({})", "not TOML").ends();

/// Every mistake with a name, the more telling before the more general.
pub(super) static MISTAKES: &[Mistake] = &[
    // What a merge or a template language left behind: the other sides and branches of the text
    // are not meant to stand together.
    row("«<<<<<<< HEAD»\nx = 1\n=======\nx = 2\n>>>>>>> feature", merge_marker)
        .says("a merge marker", "is left in the file", "left behind by a merge")
        .also("belongs to the same conflict")
        .help(&["keep one side of the conflict, and delete the lines with the markers"])
        .ends(),
    row("x = «{{ .Values.x }}»", |at| template(at, false))
        .says("a template expression", "was not rendered", "not TOML until it is rendered")
        .help(&[
            "deploy what Helm, Jinja, ERB or envsubst makes of the template",
            "a value that the server itself shall resolve is \"$env{NAME}\", in quotes",
        ])
        .ends(),
    row("x = \"«{{ .Values.x | default \"a\" }}\"»", |at| template(at, true))
        .says(
            "a template expression",
            "was not rendered, and a quote in it ends the text",
            "not TOML",
        )
        .help(&[
            "deploy what Helm, Jinja, ERB or envsubst makes of the template",
            "a template is TOML if its own quotes are others than those around it: '{{ f \"a\" }}'",
        ])
        .ends(),
    // Copied from elsewhere.
    row("«<Property-name>» = true", placeholder)
        .says("a placeholder", "is where a name or a value of your own belongs", "a placeholder")
        .help(&["write the name or the value itself, without `<` and `>`"]),
    row("«<Parameter name=\"RetryEnable\">true</Parameter>»", xml)
        .says("a line", "is XML, as application-authentication.xml has it", "expected key = value")
        .help(&["write <Parameter name=\"NAME\">VALUE</Parameter> as NAME = VALUE"])
        .reaches(Reach::Format),
    row("«...»", |at| at.line_if(matches!(at.line_text, "..." | "\u{2026}") && at.needs_line()))
        .says("a line of dots", "marks what an example leaves out", "no setting")
        .help(&["delete the line"]),
    row("x = 1 «// why»", foreign_comment)
        .says("a comment", "does not begin with `#`", "comments begin with `#`")
        .help(&["write `#` before the comment"]),
    // Characters and quotes.
    row("x = «\"C:\\dir\"»", |at| at.span_if(is_windows_path(at)))
        .says("a path", "has backslashes, which begin escapes in double quotes", "read as escapes")
        .help(&["put it in single quotes, or double every backslash"]),
    row("x = «“»a”", |at| foreign_quote(at, |c| c != '`' && c != '\u{b4}'))
        .says("{}", "is a typographic quote; TOML knows only \" and '", "write \" or '")
        .help(&["type plain quotes: documents and chats replace them when text is copied"])
        .fix("write plain quotes")
        .unnamed(),
    row("x = «`»a`", |at| foreign_quote(at, |_| true))
        .says("{}", "is no quote; TOML knows only \" and '", "write \" or '")
        .help(&["put the text in plain quotes"])
        .fix("write plain quotes")
        .unnamed(),
    row("x = «\"a»", |at| at.span_if(at.unclosed()?.len() == 1))
        .says("a string", "is not closed on its line", "the closing quote is missing")
        .help(&[
            "close it with the quote it begins with",
            "a backslash before the last quote makes that quote part of the text: write `\\\\`",
        ]),
    row("x = «\"\"\"»a\ny = 1", |at| Some(FoundMistake::at(at.first(at.unclosed()?.len()))))
        .says("a string in triple quotes", "is not closed", "the rest of the file is in it")
        .help(&["close it with the same three quotes"])
        .unnamed(),
    row("x = \"«\\d»+\"", escape)
        .says("a backslash with what follows it", "is no escape of TOML", "not an escape")
        .help(&[
            "double the backslash, or put the text in single quotes",
            "\\u takes four hexadecimal digits, and \\U eight",
        ]),
    row("«x = 1»\ry = 2", carriage_return)
        .says("a carriage return", "has no line feed behind it", "ends no line")
        .help(&["end the lines with LF, or with CR and LF"])
        .unnamed(),
    row("x = «\"a\u{1}b\"»", invisible)
        .says("an invisible character", "(U+{}) is in the text", "holds an invisible character")
        .help(&["delete it, or type a plain blank in its place; in double quotes, \\u names it"])
        .unnamed(),
    // Brackets and separators.
    row("x = «[»1,\ny = 2", |at| at.here_if(&["unclosed array", "unclosed inline table"]))
        .says("a bracket", "is not closed", "opened here")
        .help(&["write the missing `]` or `}`"])
        .ends(),
    row("«]»", |at| {
        at.here_if(&["missing array opening", "missing inline table opening", "missing table open"])
    })
    .says("a closing bracket", "has no opening one", "nothing to close here")
    .help(&["delete it, or write the opening one"])
    .ends(),
    row("«[a b]»", |at| {
        at.order(&["invalid table", "unclosed array table", "unclosed table"])?;
        at.line_if(true)
    })
    .says("a table header", "is not closed", "expected [name] or [[name]] and the end of the line")
    .help(&["close it on its line; a part of the name that holds a blank needs quotes"])
    .reaches(Reach::Rest),
    row("[a] «b = 1»", |at| at.rest_if(at.behind().is_some() && at.line_text.starts_with('[')))
        .says("something", "follows a table header on its line", "expected the end of the line")
        .help(&["write the settings below the header, and `#` before a comment"])
        .reaches(Reach::Rest),
    row("x = \"a\"«;»", separator)
        .says("a setting", "ends with `{}`", "expected the end of the line")
        .help(&["delete it: the end of the line ends a setting"])
        .fix("delete it")
        .unnamed(),
    // Lines.
    row("x«:» 1", assignment)
        .says("`{}`", "is written in place of `=`", "expected `=`")
        .help(&["write key = value"])
        .fix("write `=`")
        .unnamed()
        .reaches(Reach::Format),
    row("x =«=» 1", |at| at.here_if(&["extra `=`"]).map(|found| found.rewritten("")))
        .says("a line", "has more than one `=`", "one `=` too many")
        .help(&["write key = value", "a value that begins with `=` needs quotes"])
        .unnamed(),
    row("x = 1 «y = 2»", joined)
        .says("a setting", "is on the line of another one", "expected the end of the line")
        .help(&["write each setting on a line of its own"]),
    row("x = [1 «2]»", |at| {
        Some(FoundMistake::at(at.order(&ITEMS).or_else(|| at.second_item())?))
    })
    .says("a list in brackets", "has no single comma between two items", "expected a comma")
    .help(&[
        "write [value, value] or { key = value, key = value }",
        "perhaps the closing bracket of one further up is missing",
    ])
    .ends(),
    row("x = «1,000»", number)
        .says("a number or date", "is not written as TOML has it ({})", "not a number, not a date")
        .help(&["write 1000, 2030-01-31 or 23:59:59, or put quotes around it if it is a text"]),
    row("x = \"say \"«hi\" now\"»", |at| {
        let behind = at.behind().map(|_| at.rest(at.span.start));
        Some(FoundMistake::at(behind.or_else(|| at.more_than_a_value())?))
    })
    .says("something", "follows a value on its line", "expected the end of the line")
    .help(&[
        "write one setting a line, and `#` before a comment",
        "a quote of the same kind ends a text in quotes: write `\\\"`, or use the other kind",
    ]),
    row("«export x = 1»", |at| {
        let (_, blanks, rest) = split_key(at.whole_line()?)?;
        let is_key = |c: char| is_key_character(c) || c == ' ' || c == '\t';
        at.line_if(!blanks.is_empty() && rest.split_once('=')?.0.chars().all(is_key))
    })
    .says("a line", "has a blank in its key", "expected one word before the `=`")
    .help(&["write the key as one word"]),
    row("«x true»", missing_equals)
        .says("a line", "has no `=`", "expected key = value")
        .help(&["write key = value", "write `#` before the line if it is a comment"])
        .reaches(Reach::Format),
    row("«- item»", |at| at.line_if(at.whole_line().is_some()))
        .says("a line", "is no setting, table header or comment", "expected key = value")
        .help(&["write key = value, [table], or `#` before a comment"])
        .reaches(Reach::Format),
    // Keys.
    row("«a..b = 1»", |at| at.line_if(at.key()?.is_empty()))
        .says(
            "a name",
            "is empty, or has an empty part",
            "expected a name around `=`, `.` or in []",
        )
        .help(&["write key = value, or [name.name]"])
        .unnamed(),
    row("«a$b» = 1", |at| at.span_if(at.is_key()))
        .says("a key", "is not written as TOML has it", "not a key of TOML")
        .help(&[
            "a key without quotes is made of ASCII letters, digits, `_` and `-`; any other stands \
             in one quote on each side",
        ]),
    // Values.
    row("«x =»", |at| at.line_if(at.value()?.is_empty()))
        .says("a setting", "has no value", "the value is missing")
        .help(&["write the value behind the `=` (an empty text is \"\"), or delete the line"])
        .reaches(Reach::NextLine),
    row("x = «True»", |at| word(at, &[("true", "true"), ("false", "false")]))
        .says("a boolean", "must be lower case", "expected true or false")
        .help(&["write true or false"])
        .fix("write it in lower case"),
    row("x = «yes»", |at| {
        word(at, &[("yes", "true"), ("on", "true"), ("no", "false"), ("off", "false")])
    })
    .says("a boolean", "is neither true nor false", "expected true or false")
    .help(&["write true or false"]),
    row("x = «None»", |at| word(at, &["null", "none", "nil", "undefined"].map(|it| (it, ""))))
        .says("a value", "means that there is no value, which TOML cannot say", "expected a value")
        .help(&["leave the line out, so that the default applies"]),
    row("x = «$secret{name}»", reference)
        .says("a reference", "needs double quotes", "needs quotes")
        .help(&["put double quotes around it"])
        .fix("put double quotes around it"),
    row("x = «a\"»", |at| {
        at.span_if(at.value().is_some() && at.is_said("missing opening quote"))
    })
    .says("a string", "has no opening quote", "the opening quote is missing")
    .help(&["begin it with the quote it ends with"]),
    row("x = «5m»", |at| at.span_if(has_unit(at.value()?)))
        .says("a number", "has a unit, which no number in TOML has", "expected digits alone")
        .help(&["write the number without its unit"]),
    row("order = «backward»", bare_word)
        .says("a text", "is without quotes", "needs quotes")
        .help(&["put quotes around it: only true, false, numbers and dates go without"])
        .fix("put quotes around it")
        .for_texts(),
    // Names.
    row("x = 1\n«x» = 2", |at| at.known(What::KeyTwice))
        .says("a key", "is set twice", "set again here")
        .also("first set here")
        .help(&["keep one of the two"]),
    row("[a]\n«[a]»", |at| at.known(What::TableTwice))
        .says("a table", "is defined twice", "defined again here")
        .also("first defined here")
        .help(&[
            "merge the two blocks below one header",
            "the usual cause is a block pasted from the documentation",
        ]),
    row("[a]\nb.c = 1\n«[a.b]»", |at| at.known(What::DottedTable))
        .says("a table", "has a header of its own and is written with dotted keys", "here, too")
        .also("first written here")
        .help(&["write its keys in one place: below the header, or all dotted"]),
    row("[a]\n«[[a]]»", |at| at.known(What::Clash))
        .says("a name", "is defined as two different things", "something else here")
        .also("first defined here")
        .help(&["a name is a value, a [table] or a list of [[tables]], and one of them only"]),
    // What the server's parser takes.
    row("«# a\u{1}b»", |at| Some(at.known(What::CommentControl)?.detail(at.error())))
        .says(
            "a comment",
            "holds a control character (U+{}): this is not TOML, though the server's parser reads \
             past it",
            "holds a control character",
        )
        .help(&["delete the control character"])
        .accepted(),
    row("«# a\rx = True»\ny = 1", |at| at.known(What::CommentReturn))
        .says(
            "a comment",
            "holds a carriage return without a line feed: this is not TOML, and the server takes \
             everything up to the next line feed for the comment",
            "the comment goes on behind the carriage return",
        )
        .help(&["end the lines with LF, or with CR and LF, so that settings behind it are read"])
        .accepted(),
    row("x = \"«\\ud83d»\\ude00\"", |at| at.known(What::Surrogate))
        .says(
            "an escape",
            "names half a character: this is not TOML, though the server's parser takes it",
            "half a character",
        )
        .help(&["write the character itself, or \\U and the eight digits of the whole character"])
        .accepted(),
    row("x = { a = 1 }\n«x».b = 2", |at| at.known(What::ExtendsInlineTable))
        .says(
            "an inline table",
            "is extended from outside: this is not TOML, though the server's parser adds to it",
            "extends it",
        )
        .also("the inline table")
        .help(&["write the key inside of the braces, or write the inline table as a [table]"])
        .accepted(),
    row("", |at| {
        at.known(What::TooDeep).or(at.here_if(&["cannot recurse further; max recursion depth met"]))
    })
    .says(
        "something",
        "nests more than 80 levels deep: TOML readers go no deeper, and whether the server does is \
         not known",
        "too deep",
    )
    .help(&["use fewer levels"])
    .accepted()
    .ends(),
];

/// How the items of an array or an inline table can be out of order.
const ITEMS: [&str; 9] = [
    "extra assignment between key-value pairs",
    "extra comma in array",
    "extra comma in inline table",
    "invalid inline table element",
    "missing assignment between key-value pairs",
    "missing comma between array elements",
    "missing comma between key-value pairs",
    "missing key for inline table element",
    "unexpected `=` in array",
];

/// What opens and closes an expression of the usual template languages.
const TEMPLATES: [(&str, &str); 5] =
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>"), ("${", "}")];

/// How many other merge markers are pointed at: those of the same conflict.
const MARKERS: usize = 3;

/// The longest unit of a number.
const UNIT_LENGTH: usize = 12;

fn merge_marker(at: &Place<'_>) -> Option<FoundMistake> {
    let is_marker = |span: &Span| {
        let text = at.source.slice(*span);
        let signs = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
        let rest = signs.iter().find_map(|signs| text.strip_prefix(signs));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let found = at.line_if(at.needs_line() && is_marker(&at.line))?;
    Some(FoundMistake { also: at.lines_below().filter(is_marker).take(MARKERS).collect(), ..found })
}

/// An expression outside of strings and comments, or one that a quote in it cuts off.
fn template(at: &Place<'_>, is_cut: bool) -> Option<FoundMistake> {
    let mut quote = None;
    let mut start = 0;
    for (offset, c) in at.line_text.char_indices().filter(|_| at.needs_line()) {
        let rest = &at.line_text[offset..];
        let opens = |text: &str| {
            let open = |(open, close): &(&str, &str)| {
                let at = text.rfind(open)?;
                (rest.contains(close) && !text[at..].contains(close)).then_some(start + at)
            };
            TEMPLATES.iter().find_map(open)
        };
        let found = match quote {
            Some(open) if open == c => {
                quote = None;
                opens(&at.line_text[start..offset]).filter(|_| is_cut)
            }
            Some(_) => None,
            None if c == '#' => return None,
            None if matches!(c, '"' | '\'') => {
                (quote, start) = (Some(c), offset + 1);
                None
            }
            None => {
                let is_there = TEMPLATES.iter().any(|(open, _)| rest.starts_with(open));
                (is_there && !is_cut).then_some(offset)
            }
        };
        if let Some(found) = found {
            return Some(FoundMistake::at(at.rest(at.line.start + found)));
        }
    }
    None
}

/// `<URL>`, `<Property-name> = ..`
fn placeholder(at: &Place<'_>) -> Option<FoundMistake> {
    let is_whole = |text: &str| text.starts_with('<') && text.ends_with('>') && !text.contains('/');
    if is_whole(at.text) && (at.value().is_some() || at.is_key()) {
        return at.span_if(true);
    }
    let (name, rest) = at.whole_line()?.split_once('=')?;
    let length = name.trim_end().len();
    let found = FoundMistake::at(Span::new(at.line.start, at.line.start + length));
    (is_whole(name.trim_end()) && !rest.contains("</")).then_some(found)
}

fn xml(at: &Place<'_>) -> Option<FoundMistake> {
    let tag = at.whole_line()?.strip_prefix('<')?;
    let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '?'));
    let found = at.line_if(is_tag)?;
    let setting = || {
        let (name, rest) = tag.strip_prefix("Parameter name=\"")?.split_once("\">")?;
        let value = rest.strip_suffix("</Parameter>")?;
        let is_bare = matches!(value, "true" | "false") || value.parse::<u32>().is_ok();
        let value = if is_bare { value.to_owned() } else { quoted_string(value) };
        Some(format!("{name} = {value}"))
    };
    Some(setting().into_iter().fold(found, FoundMistake::rewritten))
}

fn foreign_comment(at: &Place<'_>) -> Option<FoundMistake> {
    let begins = |text: &str| ["//", "/*", "<!--"].iter().any(|opening| text.starts_with(opening));
    if let Some(line) = at.whole_line() {
        return at.line_if(begins(line) || line.starts_with(';'));
    }
    if let Some(behind) = at.behind() {
        return at.rest_if(begins(behind));
    }
    let text = at.value()?;
    let start = if text.starts_with("//") { 0 } else { text.find(" //")? + 1 };
    Some(FoundMistake::at(Span::new(at.span.start + start, at.span.end)))
}

/// A drive letter or a server name before a backslash.
fn is_windows_path(at: &Place<'_>) -> bool {
    let quotes = at.quoted().filter(|quotes| quotes.starts_with('"'));
    let Some(text) = quotes.and_then(|quotes| at.text.strip_prefix(quotes)) else { return false };
    let drive = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.get(1..).is_some_and(|rest| rest.starts_with(":\\"));
    drive
        || text.starts_with("\\\\") && text[2..].split('\\').nth(1).is_some_and(|it| !it.is_empty())
}

/// A quote of somebody else, all of which on the line are to be plain ones.
fn foreign_quote(at: &Place<'_>, is_wanted: fn(char) -> bool) -> Option<FoundMistake> {
    let (span, c) = at.foreign().filter(|(_, c)| is_wanted(*c) && plain_quote(*c).is_some())?;
    let mut open = None;
    let mut edits = Vec::new();
    for (offset, c) in at.line_text.char_indices() {
        let plain = plain_quote(c);
        if open.is_none() && c == '#' {
            break;
        } else if plain.is_none() || open.is_some() && open != plain {
            continue;
        }
        open = if open.is_some() { None } else { plain };
        let start = at.line.start + offset;
        let edit = |plain| Edit::replace(Span::new(start, start + c.len_utf8()), plain);
        edits.extend(plain.filter(|plain| *plain != c).map(edit));
    }
    Some(FoundMistake { edits, ..FoundMistake::at(span).detail(c) })
}

/// The quote of TOML for what somebody takes for a quote.
fn plain_quote(c: char) -> Option<char> {
    match c {
        '"' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => Some('"'),
        '\'' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '`' | '\u{b4}' | '\u{ff07}' => Some('\''),
        _ => None,
    }
}

/// Whether a character only looks like one that TOML knows, or like none at all.
pub(super) fn is_foreign(c: char) -> bool {
    let is_hidden = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}');
    let is_odd = c.is_control() || c.is_whitespace() || plain_quote(c).is_some();
    is_hidden || is_odd && !matches!(c, '\t' | '\n' | '\r' | ' ' | '"' | '\'')
}

fn escape(at: &Place<'_>) -> Option<FoundMistake> {
    at.quoted()?;
    if at.is_said("missing escaped value") {
        let escaped = at.source.text()[at.cause.at..].chars().next().map_or(0, char::len_utf8);
        return Some(FoundMistake::at(Span::new(at.cause.at - 1, at.cause.at + escaped)));
    }
    at.span_if(at.is_said("too few unicode value digits") || at.is_said("invalid value"))
}

fn carriage_return(at: &Place<'_>) -> Option<FoundMistake> {
    if at.quoted().is_some() {
        return at.span_if(at.is_said("carriage return") || at.character() == Some('\r'));
    }
    // What is before it, as the carriage return itself looks like nothing.
    let length = at.before().rsplit('\r').next().map_or(0, str::len);
    let found = FoundMistake::at(Span::new(at.span.start - length, at.span.end));
    at.is_said("carriage return").then_some(found)
}

fn invisible(at: &Place<'_>) -> Option<FoundMistake> {
    let foreign = at.foreign();
    let control = || at.quoted().and(at.character()).filter(|c| c.is_control());
    let (span, c) = foreign.or_else(|| Some((at.span, control()?)))?;
    Some(FoundMistake::at(span).detail(format!("{:04X}", u32::from(c))))
}

fn separator(at: &Place<'_>) -> Option<FoundMistake> {
    let is_last = matches!(at.behind(), Some(";" | ","));
    let end = if is_last { at.line.end } else { at.span.end };
    let span = Span::new(end.checked_sub(1)?, end);
    let is_there = is_last || at.value().is_some_and(|text| text.ends_with(';'));
    is_there.then(|| FoundMistake::at(span).detail(at.source.slice(span)).rewritten(""))
}

/// `key: value`, `key := value`, `key => value`
fn assignment(at: &Place<'_>) -> Option<FoundMistake> {
    let is_item = at.cause.inside == Some(Inside::InlineTable) || at.order(&ITEMS).is_some();
    let start = at.span.start;
    let sign = if at.value().is_some_and(|text| text.starts_with('>')) && at.before().ends_with('=')
    {
        Span::new(start - 1, start + 1)
    } else if is_item && at.ahead(start).starts_with(':') {
        Span::new(start, start + 1)
    } else {
        let (.., rest) = split_key(at.whole_line()?)?;
        let start = at.line.end - rest.len();
        let length = if rest.starts_with(":=") { 2 } else { 1 };
        (rest.starts_with(':') && !rest.starts_with("://"))
            .then(|| Span::new(start, start + length))?
    };
    let has_blank = |text: &str| text.starts_with([' ', '\t']);
    let before = at.source.slice(Span::new(sign.start.saturating_sub(1), sign.start));
    let text = [before, at.ahead(sign.end)].map(|text| if has_blank(text) { "" } else { " " });
    Some(FoundMistake::at(sign).detail(at.source.slice(sign)).rewritten(text.join("=")))
}

fn missing_equals(at: &Place<'_>) -> Option<FoundMistake> {
    let (key, blanks, rest) = split_key(at.whole_line()?)?;
    let is_key = !blanks.is_empty() && !rest.starts_with(['{', '(', '<']);
    let start = at.line.start + key.len();
    let found = at.line_if(rest.is_empty() || is_key || key.starts_with(['"', '\'']))?;
    Some(found.edit(Span::new(start, start + blanks.len()), " = "))
}

/// Another setting behind a value.
fn joined(at: &Place<'_>) -> Option<FoundMistake> {
    let words = ["true", "false"];
    let glued = || words.iter().find_map(|word| Some(at.value()?.strip_prefix(word)?.len()));
    let start = match at.behind() {
        Some(_) => at.span.start,
        None if at.cause.inside.is_some() => return None,
        None => at
            .more_than_a_value()
            .map(|more| more.start)
            .or_else(|| Some(at.span.end - glued()?))?,
    };
    let (.., rest) = split_key(at.ahead(start))?;
    (rest.starts_with('=') && !rest.starts_with("==")).then(|| FoundMistake::at(at.rest(start)))
}

/// A number or a date that is written in another way than TOML has it, or has a comma in it.
fn number(at: &Place<'_>) -> Option<FoundMistake> {
    let is_digit = |c: char| c.is_ascii_digit();
    if let Some(behind) = at.behind() {
        let digits = at.before().len() - at.before().trim_end_matches(is_digit).len();
        let is_group = digits > 0 && behind.strip_prefix(',')?.starts_with(is_digit);
        let span = at.rest(at.span.start - digits);
        return is_group.then(|| FoundMistake::at(span).detail("a number has no commas"));
    }
    // Two dots make an address or a version.
    let text = at.value()?;
    let is_number = text.contains(is_digit)
        && text.matches('.').count() < 2
        && text.chars().all(|c| c.is_ascii_hexdigit() || "xXoO_.+-".contains(c))
        && text.starts_with(|c: char| is_digit(c) || "+-._".contains(c));
    let is_date = ["invalid date", "invalid time", "invalid offset"].map(|it| at.is_said(it));
    let found = at.span_if(is_number || is_date.contains(&true))?;
    Some(found.detail(at.error().trim_end_matches(", expected nothing")))
}

/// A word that stands for another, or for nothing.
fn word(at: &Place<'_>, words: &[(&str, &str)]) -> Option<FoundMistake> {
    let text = at.value()?;
    let (_, meant) = words.iter().find(|(word, _)| text.eq_ignore_ascii_case(word))?;
    let found = FoundMistake::at(at.span);
    Some(if meant.is_empty() { found } else { found.rewritten(*meant) })
}

/// A reference that is the whole value.
fn reference(at: &Place<'_>) -> Option<FoundMistake> {
    at.value()?;
    let ahead = at.ahead(at.span.start);
    REFERENCES.iter().find(|opening| ahead.starts_with(**opening))?;
    let (reference, rest) = ahead.split_at(ahead.find('}')? + 1);
    let is_whole =
        rest.trim_start().is_empty() || rest.trim_start().starts_with(['#', ',', ']', '}']);
    is_whole.then(|| in_quotes(at, at.first(reference.len())))
}

fn bare_word(at: &Place<'_>) -> Option<FoundMistake> {
    at.value()?;
    // An address goes on behind the `=` or `{` that ends it for the lexer.
    let whole = at.ahead(at.span.start).split(" #").next().filter(|_| at.cause.inside.is_none());
    let length = whole.map_or(0, |whole| whole.trim_end().len());
    Some(in_quotes(at, at.first(length.max(at.span.len()))))
}

/// Something that needs quotes and nothing else.
fn in_quotes(at: &Place<'_>, span: Span) -> FoundMistake {
    let edits = [span.start, span.end].map(|end| Edit::insert(end, "\"")).into();
    match at.source.slice(span).contains(['"', '\\']) {
        true => FoundMistake::at(span),
        false => FoundMistake { edits, ..FoundMistake::at(span) },
    }
}

/// `5m`, `1.5 h`, `10%`, `5 minutes`
pub(super) fn has_unit(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let unit = number.trim_start_matches(|c: char| is_digit(c) || c == '_');
    let fraction = unit.strip_prefix('.').map(|rest| rest.trim_start_matches(is_digit));
    let word = fraction.unwrap_or(unit).trim_start();
    let is_word = word == "%" || word.chars().all(|c| c.is_ascii_alphabetic());
    unit.len() < number.len() && !word.is_empty() && word.len() <= UNIT_LENGTH && is_word
}

/// The key that a line begins with, with its quotes, the blanks behind it, and the rest.
fn split_key(line: &str) -> Option<(&str, &str, &str)> {
    let length = match line.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.find(['"', '\'']).map(|end| 1 + end + 1)?,
        None => line.len() - line.trim_start_matches(is_key_character).len(),
    };
    let (key, rest) = line.split_at(length);
    let blanks = &rest[..rest.len() - rest.trim_start().len()];
    let has_name = key.contains(|c: char| c.is_ascii_alphanumeric());
    has_name.then_some((key, blanks, rest.trim_start()))
}

fn is_key_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}
