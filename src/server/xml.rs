//! A text in application-authentication.xml -> what the server reads there, or why the whole file
//! is ill-formed.
//!
//! The template escapes nothing, writes UTF-8 and declares ISO-8859-1: the reader takes each byte
//! for a character. Offsets into what it reads are therefore byte offsets into the text.

mod scanner;

use std::fmt::Write;
use std::ops::Range;

use crate::escape::must_escape;
use crate::server::Authenticator;

/// What the server reads in a parameter.
#[derive(Debug, Default)]
pub struct ParameterContent {
    /// The text of the parameter itself.
    pub text: String,
    /// Parameters that a tag in the text begins, with theirs.
    pub injected: Vec<(String, String)>,
    /// The first element, comment or processing instruction.
    pub markup: Option<Range<usize>>,
    /// Whether it closes the authenticator it is in, so that what follows is another's.
    pub leaves: bool,
}

/// Why a text makes the file ill-formed, and where in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlFault {
    /// The reason.
    pub kind: XmlFaultKind,
    /// The bytes it is about.
    pub range: Range<usize>,
}

/// The reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlFaultKind {
    /// `&` that begins no reference.
    Ampersand,
    /// `&name;` that nobody defined.
    Entity,
    /// `&#..;` for something that is no character in XML.
    CharacterReference,
    /// A control character.
    Control,
    /// `<` where no tag may stand, or one that is no tag.
    LessThan,
    /// A tag that is never closed, or closes nothing.
    Unbalanced,
    /// `]]>` outside a CDATA section.
    CdataEnd,
    /// `"` inside an attribute.
    Quote,
    /// A comment, CDATA section or processing instruction that XML does not allow.
    Section,
    /// `--` inside a comment.
    Hyphens,
    /// No name of an attribute or element.
    Name,
    /// An attribute that is there already.
    Duplicate,
}

/// What the server reads in `<Parameter name="..">text</Parameter>`.
///
/// # Errors
/// When the text makes the file ill-formed.
pub fn content(text: &str) -> Result<ParameterContent, XmlFault> {
    if is_plain(text) {
        return Ok(ParameterContent { text: text.to_owned(), ..ParameterContent::default() });
    }
    let mut content = scanner::content(text.as_bytes()).map_err(|fault| fault.within(text))?;
    content.markup = content.markup.map(|range| whole_characters(text, range));
    Ok(content)
}

/// What the server reads in an attribute in double quotes.
///
/// # Errors
/// When the text makes the file ill-formed.
pub fn attribute(text: &str) -> Result<String, XmlFault> {
    if is_plain(text) && !text.contains('"') {
        return Ok(text.to_owned());
    }
    scanner::attribute(text.as_bytes()).map_err(|fault| fault.within(text))
}

/// What is read of a text that holds no markup: a character for each of its bytes.
pub fn garbled(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// Whether a reference such as `&amp;` or `&#65;` that XML understands begins with this `&`.
pub fn is_reference(text: &str, at: usize) -> bool {
    scanner::is_reference(text.as_bytes(), at)
}

impl XmlFault {
    /// The same fault, about whole characters of the text.
    fn within(self, text: &str) -> Self {
        Self { range: whole_characters(text, self.range), ..self }
    }
}

/// A range of bytes, widened to the characters they belong to.
fn whole_characters(text: &str, mut range: Range<usize>) -> Range<usize> {
    while !text.is_char_boundary(range.start) {
        range.start -= 1;
    }
    while !text.is_char_boundary(range.end) {
        range.end += 1;
    }
    range
}

/// Whether an XML reader takes each byte between two tags for the character it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii() && !b.is_ascii_control() && !matches!(b, b'<' | b'&' | b'>'))
}

/// The element the server writes for an authenticator, with the texts escaped that it would have
/// to read back, and whatever would steer a terminal. A text that is not known stands as a comment.
pub fn element(authenticator: &Authenticator) -> String {
    let enabled = authenticator.enabled.as_deref();
    let enabled = enabled.map_or_else(|| "?".to_owned(), |text| escape(text, true));
    let mut xml = format!("<AuthenticatorConfig name=\"SMSOTP\" enabled=\"{enabled}\">\n");
    for (name, text) in &authenticator.parameters {
        let name = escape(name, true);
        let text = match text {
            Some(text) => escape(text, false),
            None => "<!-- not known from the file alone -->".to_owned(),
        };
        let _ = writeln!(xml, "    <Parameter name=\"{name}\">{text}</Parameter>");
    }
    xml.push_str("</AuthenticatorConfig>\n");
    xml
}

/// A character as XML spells it where it may not be itself.
pub(crate) fn reference(c: char) -> String {
    format!("&#{};", u32::from(c))
}

fn escape(text: &str, in_attribute: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' if in_attribute => escaped.push_str("&quot;"),
            '\t' | '\n' if !in_attribute => escaped.push(c),
            c if must_escape(c) => escaped.push_str(&reference(c)),
            c => escaped.push(c),
        }
    }
    escaped
}
