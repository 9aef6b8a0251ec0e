//! The mistakes people make, told apart as far as there is something different to say of them.

/// The mistakes. None carries a text of the file: whether it may be shown is not decided here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// `<<<<<<<` and its like, left behind by a merge.
    MergeMarker,
    /// `{{ .. }}`, `{% .. %}`, `<% .. %>` or `${..}`: a template that was not rendered.
    Template,
    /// `//`, `;`, `/*` or `<!--` where a comment was meant.
    ForeignComment,
    /// `key: value` or `key := value`
    Colon,
    /// `key => value`
    Arrow,
    /// `key == value`
    ExtraEquals,
    /// `key value`, or a key alone.
    MissingEquals,
    /// `a b = 1`
    BlankInKey,
    /// A line that is nothing TOML knows.
    NotASetting,
    /// `key =`
    MissingValue,
    /// `= value`, or nothing before, between or behind the dots of a key.
    EmptyKey,
    /// A character that a key without quotes cannot hold.
    KeyCharacter,
    /// A key in triple quotes.
    MultilineKey,
    /// `[a`, `[[a]`, `[a b]`
    UnclosedHeader,
    /// `[]`, `[a.]`
    EmptyHeader,
    /// Anything behind a header.
    TextAfterHeader,
    /// Anything behind a value.
    TextAfterValue,
    /// `;` or `,` at the end of a line.
    Separator,
    /// A closing bracket without an opening one.
    StrayBracket,
    /// `"abc` or `'abc`
    UnclosedString,
    /// `"""` or `'''` without its other half.
    UnclosedMultilineString,
    /// `[` without `]`
    UnclosedArray,
    /// `{` without `}`
    UnclosedInlineTable,
    /// Items of an array without a comma between them, or with too many.
    ArrayItems,
    /// An inline table that is no list of `key = value`.
    InlineTableItems,
    /// A text without quotes.
    BareWord,
    /// `True`, `yes`, `off` and the like.
    Boolean {
        /// What was meant.
        meant: bool,
    },
    /// `null`, `None`, `nil`
    Null,
    /// `$secret{..}` and its like without quotes.
    BareReference,
    /// `5m`, `300 s`, `10%`
    NumberWithUnit,
    /// `007`
    LeadingZero,
    /// A number no 64 bits can hold.
    NumberTooLarge,
    /// Any other number TOML does not know, with the parser's reason.
    Number(String),
    /// A date or time that does not exist, with the parser's reason.
    Datetime(String),
    /// A quote that is none to TOML.
    ForeignQuote(char),
    /// A blank or a mark that looks like nothing, outside of strings.
    Invisible(char),
    /// A control character in a string, a key or between them.
    ControlCharacter(char),
    /// A carriage return that no line feed follows.
    CarriageReturn,
    /// Backslashes of a Windows path in double quotes.
    WindowsPath,
    /// A backslash before a character that needs none.
    Escape,
    /// `\u` or `\U` that names no character.
    UnicodeEscape,
    /// A quote at the end and none at the beginning.
    MissingOpeningQuote,
    /// The same key twice.
    KeyTwice,
    /// The same `[table]` twice.
    TableTwice,
    /// A `[table]` that dotted keys have made already.
    TableAfterDottedKey,
    /// A dotted key that leads into a `[table]` of its own.
    DottedKeyIntoTable,
    /// One name for two different things: a value, a table, an array of tables.
    Clash,
    /// A control character in a comment, which the server reads past.
    CommentControl(char),
    /// A carriage return in a comment, which the server takes as part of it.
    CommentReturn,
    /// `\ud800`: half a character, which the server takes.
    Surrogate,
    /// An inline table extended from outside, which the server does.
    ExtendsInlineTable,
    /// Deeper than TOML readers go; nothing says that the server minds.
    TooDeep,
    /// Anything else, in the parser's own words, which never quote the text.
    Other(String),
}

impl FaultKind {
    /// Whether the server's parser takes it.
    pub(super) fn is_accepted(&self) -> bool {
        matches!(
            self,
            Self::CommentControl(_)
                | Self::CommentReturn
                | Self::Surrogate
                | Self::ExtendsInlineTable
                | Self::TooDeep
        )
    }

    /// Whether a line is taken for something that TOML does not know at all.
    pub(super) fn is_about_line(&self) -> bool {
        matches!(self, Self::Colon | Self::MissingEquals | Self::NotASetting)
    }
}
