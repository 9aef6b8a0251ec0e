//! The kind of a fault -> the words for it. No text of the file is in them.

use std::borrow::Cow;

use crate::toml::FaultKind;

/// What is said of a kind of fault.
pub(super) struct Words {
    /// What it is about, unless the text itself may be shown.
    pub(super) subject: &'static str,
    /// What is wrong with it, to follow the subject.
    pub(super) says: Cow<'static, str>,
    /// At the place itself.
    pub(super) label: &'static str,
    /// At the other places.
    pub(super) also: &'static str,
    /// What to write instead.
    pub(super) help: &'static [&'static str],
}

/// The words for a kind of fault.
pub(super) fn words(kind: &FaultKind) -> Words {
    match kind {
        FaultKind::MergeMarker => Words {
            also: "belongs to the same conflict",
            ..new(
                "a merge marker",
                "is left in the file",
                "left behind by a merge",
                &["keep one side of the conflict, and delete the lines with the markers"],
            )
        },
        FaultKind::Template => new(
            "a template expression",
            "stands outside of quotes, so the file was not rendered",
            "not TOML until it is rendered",
            &[
                "deploy what Helm, Jinja, ERB or envsubst makes of the template",
                "a value that the server itself shall resolve is \"$env{NAME}\", in quotes",
            ],
        ),
        FaultKind::ForeignComment => new(
            "a comment",
            "does not begin with `#`",
            "comments begin with `#`",
            &["write `#` before the comment"],
        ),
        FaultKind::Colon => new(
            "a line",
            "has `:` in place of `=`",
            "expected `=`",
            &["write key = value, as TOML is neither YAML nor JSON"],
        ),
        FaultKind::Arrow => new(
            "a value",
            "is assigned with `=>`",
            "expected a value behind `=`",
            &["write key = value"],
        ),
        FaultKind::ExtraEquals => new(
            "a line",
            "has more than one `=`",
            "one `=` too many",
            &["write key = value; a value that begins with `=` stands in quotes"],
        ),
        FaultKind::MissingEquals => new(
            "a line",
            "has no `=`",
            "expected key = value",
            &["write key = value, or `#` before the line if it is a comment"],
        ),
        FaultKind::BlankInKey => new(
            "a line",
            "has a blank in its key",
            "expected one word before the `=`",
            &["write the key as one word"],
        ),
        FaultKind::NotASetting => new(
            "a line",
            "is neither a setting nor a table header nor a comment",
            "expected key = value",
            &["write key = value, [table], or `#` before a comment"],
        ),
        FaultKind::MissingValue => new(
            "a setting",
            "has no value",
            "the value is missing",
            &["write the value behind the `=` (an empty text is \"\"), or delete the line"],
        ),
        FaultKind::EmptyKey => new(
            "a setting",
            "has no key, or an empty part in it",
            "expected a key before `=` and around every dot",
            &["write key = value"],
        ),
        FaultKind::KeyCharacter => new(
            "a key",
            "holds a character that a key without quotes cannot hold",
            "not a key without quotes",
            &["a key without quotes is made of ASCII letters, digits, `_` and `-`"],
        ),
        FaultKind::MultilineKey => new(
            "a key",
            "stands in triple quotes",
            "a key has single or double quotes, or none",
            &["write the key with one quote on each side, or with none"],
        ),
        FaultKind::UnclosedHeader => new(
            "a table header",
            "is not closed",
            "expected [name] or [[name]] and the end of the line",
            &[
                "close the header on its line; a part of the name that holds a blank stands in quotes",
            ],
        ),
        FaultKind::EmptyHeader => new(
            "a table header",
            "has an empty name, or an empty part in it",
            "expected a name, and one around every dot",
            &["write [name] or [name.name]"],
        ),
        FaultKind::TextAfterHeader => new(
            "something",
            "follows a table header on its line",
            "expected the end of the line",
            &["write the settings below the header, and `#` before a comment"],
        ),
        FaultKind::TextAfterValue => new(
            "something",
            "follows a value on its line",
            "expected the end of the line",
            &[
                "write one setting a line, and `#` before a comment",
                "a quote of the same kind ends a text in quotes: write `\\\"`, or use the other kind",
            ],
        ),
        FaultKind::Separator => new(
            "a setting",
            "ends with a separator",
            "expected the end of the line",
            &["delete the `;` or `,`: the end of the line ends a setting"],
        ),
        FaultKind::StrayBracket => new(
            "a closing bracket",
            "has no opening one",
            "nothing to close here",
            &["delete it, or write the opening one"],
        ),
        FaultKind::UnclosedString => new(
            "a string",
            "is not closed on its line",
            "the closing quote is missing",
            &[
                "close it with the quote it begins with",
                "a backslash before the last quote makes that quote part of the text: write `\\\\`",
            ],
        ),
        FaultKind::UnclosedMultilineString => new(
            "a string in triple quotes",
            "is not closed",
            "opened here, and the rest of the file is in it",
            &["close it with the same three quotes"],
        ),
        FaultKind::UnclosedArray => {
            new("an array", "is not closed", "opened here", &["write the missing `]`"])
        }
        FaultKind::UnclosedInlineTable => {
            new("an inline table", "is not closed", "opened here", &["write the missing `}`"])
        }
        FaultKind::ArrayItems => new(
            "an array",
            "is not a list of values with one comma between two of them",
            "expected a comma or `]`, or one value between two commas",
            &["write [value, value]; perhaps the `]` of an array further up is missing"],
        ),
        FaultKind::InlineTableItems => new(
            "an inline table",
            "is not a list of key = value with one comma between two of them",
            "expected key = value, a comma or `}`",
            &["write { key = value, key = value }; perhaps the `}` of one further up is missing"],
        ),
        FaultKind::BareWord => new(
            "a text",
            "is not in quotes",
            "a text stands in quotes",
            &["put quotes around it: only true, false, numbers and dates stand without"],
        ),
        FaultKind::Boolean { .. } => new(
            "a boolean",
            "is neither true nor false in lower case",
            "expected true or false",
            &["booleans are true and false, in lower case"],
        ),
        FaultKind::Null => new(
            "a value",
            "stands for no value, which TOML does not have",
            "expected a value",
            &["leave the line out, so that the default applies"],
        ),
        FaultKind::BareReference => new(
            "a reference",
            "is not in quotes",
            "a reference stands in a string",
            &["put double quotes around it"],
        ),
        FaultKind::NumberWithUnit => new(
            "a number",
            "has a unit, which no number in TOML has",
            "expected digits alone",
            &["write the number without its unit"],
        ),
        FaultKind::LeadingZero => new(
            "a number",
            "begins with a zero",
            "expected no leading zero",
            &["leave the zero out, or put quotes around it if the zero counts"],
        ),
        FaultKind::NumberTooLarge => new(
            "a number",
            "does not fit in 64 bits",
            "too large",
            &["write a smaller number, or put quotes around it if it is only a row of digits"],
        ),
        FaultKind::Number(reason) => new(
            "a number",
            format!("is not written as TOML has it ({reason})"),
            "not a number",
            &["write digits alone, or put quotes around it if it is a text"],
        ),
        FaultKind::Datetime(reason) => new(
            "a date or time",
            format!("is not one ({reason})"),
            "not a date or time",
            &["write 2030-01-31 or 2030-01-31T23:59:59Z, or put quotes around it if it is a text"],
        ),
        FaultKind::ForeignQuote(quote) => new(
            "a quote",
            format!("is {quote} (U+{:04X}), which is none to TOML", u32::from(*quote)),
            "not a quote to TOML",
            &["type plain quotes, \" or ': documents and chats replace them when text is copied"],
        ),
        FaultKind::Invisible(c) => new(
            "an invisible character",
            format!("(U+{:04X}) stands outside of quotes", u32::from(*c)),
            "holds an invisible character",
            &["delete it, or type a plain blank in its place"],
        ),
        FaultKind::ControlCharacter(c) => new(
            "a control character",
            format!("(U+{:04X}) stands in the text", u32::from(*c)),
            "holds a control character",
            &["delete it; in double quotes it can be written as an escape"],
        ),
        FaultKind::CarriageReturn => new(
            "a carriage return",
            "has no line feed behind it",
            "a lone carriage return ends no line",
            &["end the lines with LF, or with CR and LF"],
        ),
        FaultKind::WindowsPath => new(
            "a path",
            "stands in double quotes, where a backslash begins an escape",
            "its backslashes are read as escapes",
            &["put it in single quotes, or double every backslash"],
        ),
        FaultKind::Escape => new(
            "a backslash with what follows it",
            "is no escape of TOML",
            "not an escape",
            &["double the backslash, or put the text in single quotes"],
        ),
        FaultKind::UnicodeEscape => new(
            "a string",
            "holds an escape that names no character",
            "expected an escape of a character",
            &["write \\u and four hexadecimal digits, or \\U and eight"],
        ),
        FaultKind::MissingOpeningQuote => new(
            "a string",
            "has no opening quote",
            "the opening quote is missing",
            &["begin it with the quote it ends with"],
        ),
        FaultKind::KeyTwice => Words {
            also: "first set here",
            ..new("a key", "is set twice", "set again here", &["keep one of the two"])
        },
        FaultKind::TableTwice => Words {
            also: "first defined here",
            ..new(
                "a table",
                "is defined twice",
                "defined again here",
                &[
                    "merge the two blocks below one header",
                    "the usual cause is a block pasted from the documentation",
                ],
            )
        },
        FaultKind::TableAfterDottedKey => Words {
            also: "made here",
            ..new(
                "a table",
                "has a header although a dotted key has made it",
                "its own header",
                &["write its keys in one place: below the header, or all dotted"],
            )
        },
        FaultKind::DottedKeyIntoTable => Words {
            also: "the table is defined here",
            ..new(
                "a dotted key",
                "leads into a table that is defined elsewhere",
                "leads into another table",
                &["write the key below the header of that table"],
            )
        },
        FaultKind::Clash => Words {
            also: "first defined here",
            ..new(
                "a name",
                "is defined as two different things",
                "something else here",
                &["a name is a value, a [table] or a list of [[tables]], and one of them only"],
            )
        },
        FaultKind::Other(reason) => {
            new("the text", format!("is not TOML ({reason})"), "not TOML", &[])
        }
        FaultKind::CommentControl(_)
        | FaultKind::CommentReturn
        | FaultKind::Surrogate
        | FaultKind::ExtendsInlineTable
        | FaultKind::TooDeep => new("the text", "is not TOML", "not TOML", &[]),
    }
}

fn new(
    subject: &'static str,
    says: impl Into<Cow<'static, str>>,
    label: &'static str,
    help: &'static [&'static str],
) -> Words {
    Words { subject, says: says.into(), label, also: "", help }
}
