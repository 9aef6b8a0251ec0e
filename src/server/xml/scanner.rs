//! A text as the template prints it -> what an XML reader makes of it, by `roxmltree`.

#[cfg(test)]
mod tests;

use std::ops::Range;

use roxmltree::{Document, Error, Node};

use super::{ParameterContent, XmlFault, XmlFaultKind};

/// What the template prints in front of a value, and behind it.
const BEFORE: &str = "<ApplicationAuthentication xmlns:svns=\"u\"><AuthenticatorConfigs>\
                      <AuthenticatorConfig><Parameter>";
const BEHIND: &str = "</Parameter></AuthenticatorConfig></AuthenticatorConfigs>\
                      </ApplicationAuthentication>";

pub(super) fn content(bytes: &[u8]) -> Result<ParameterContent, XmlFault> {
    let text = latin(bytes);
    let whole = format!("{BEFORE}{text}{BEHIND}");
    let document = parse(&whole, BEFORE.len(), bytes)?;
    let mut parameters = document
        .descendants()
        .filter(|node| node.tag_name().name() == "Parameter" && node.ancestors().count() == 5);
    let own = parameters.next().map(direct_text).unwrap_or_default();
    let injected =
        parameters.filter_map(|node| Some((node.attribute("name")?.into(), direct_text(node))));
    let configs = document.descendants().filter(|node| node.has_tag_name("AuthenticatorConfig"));
    Ok(ParameterContent {
        text: own,
        injected: injected.collect(),
        markup: markup(bytes),
        leaves: configs.count() > 1,
    })
}

pub(super) fn attribute(bytes: &[u8]) -> Result<String, XmlFault> {
    let end = bytes.iter().position(|byte| *byte == b'"').unwrap_or(bytes.len());
    let text = latin(&bytes[..end]);
    let whole = format!("<r a=\"{text}\"/>");
    let document = parse(&whole, "<r a=\"".len(), &bytes[..end])?;
    if end < bytes.len() {
        return Err(XmlFault { kind: XmlFaultKind::Quote, range: end..end + 1 });
    }
    Ok(document.root_element().attribute("a").unwrap_or_default().to_owned())
}

pub(super) fn is_reference(bytes: &[u8], at: usize) -> bool {
    // No name has any of these, so that not all of the text is searched for each `&`.
    let ends = |byte: &u8| matches!(byte, b';' | b'&' | b'<') || byte.is_ascii_whitespace();
    let end = bytes[at + 1..].iter().position(ends).map(|length| at + 1 + length);
    end.filter(|end| bytes[*end] == b';')
        .is_some_and(|end| Document::parse(&format!("<r>{}</r>", latin(&bytes[at..=end]))).is_ok())
}

/// The server reads each byte as a character of ISO-8859-1.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn direct_text(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}

/// The first tag, comment or processing instruction.
fn markup(bytes: &[u8]) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = bytes[from..].iter().position(|byte| *byte == b'<').map(|at| from + at)
    {
        let ends = |end: &[u8]| {
            let found = bytes[start..].windows(end.len()).position(|window| window == end);
            found.map_or(bytes.len(), |at| start + at + end.len())
        };
        match &bytes[start..] {
            rest if rest.starts_with(b"<![CDATA[") => from = ends(b"]]>"),
            rest if rest.starts_with(b"<!--") => return Some(start..ends(b"-->")),
            _ => return Some(start..ends(b">")),
        }
    }
    None
}

fn parse<'w>(whole: &'w str, lead: usize, bytes: &[u8]) -> Result<Document<'w>, XmlFault> {
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if let Some(at) = bytes.iter().position(control) {
        return Err(XmlFault { kind: XmlFaultKind::Control, range: at..at + 1 });
    }
    Document::parse(whole).map_err(|error| fault(&error, whole, lead, bytes))
}

/// The place of an error, and its kind in our words.
fn fault(error: &Error, whole: &str, lead: usize, bytes: &[u8]) -> XmlFault {
    let pos = error.pos();
    let above: usize = whole
        .split_inclusive('\n')
        .take(pos.row as usize - 1)
        .map(|line| line.chars().count())
        .sum();
    let at = (above + pos.col as usize - 1).saturating_sub(lead).min(bytes.len());
    let until = |end: &[u8]| {
        let found = bytes[at..].windows(end.len()).position(|window| window == end);
        found.map_or(bytes.len(), |length| at + length + end.len())
    };
    let open = |at: usize| {
        let end = (at + 1).min(bytes.len());
        bytes[..end].iter().rposition(|byte| *byte == b'<').unwrap_or_default()
    };
    let (kind, range) = match error {
        Error::UnknownEntityReference(..) => (XmlFaultKind::Entity, at..until(b";")),
        Error::MalformedEntityReference(_)
            if bytes[at..].starts_with(b"&#") && !bytes[at..].starts_with(b"&#;") =>
        {
            (XmlFaultKind::CharacterReference, at..until(b";"))
        }
        Error::MalformedEntityReference(_) => (XmlFaultKind::Ampersand, at..at + 1),
        Error::InvalidCharacterData(_) => {
            let end = bytes.windows(3).position(|window| window == b"]]>").unwrap_or_default();
            (XmlFaultKind::CdataEnd, end..end + 3)
        }
        Error::InvalidComment(_) | Error::InvalidString(..) | Error::UnexpectedDeclaration(_) => {
            (XmlFaultKind::Section, open(at)..bytes.len())
        }
        // The closing tag behind the text is the wrong one: the last tag in it is still open.
        Error::UnexpectedCloseTag(..) | Error::UnclosedRootNode if at >= bytes.len() => {
            (XmlFaultKind::Unbalanced, open(at)..bytes.len())
        }
        Error::UnexpectedCloseTag(..) | Error::UnclosedRootNode => {
            (XmlFaultKind::Unbalanced, at..until(b">"))
        }
        _ => {
            let open = open(at);
            (XmlFaultKind::LessThan, open..open + 1)
        }
    };
    XmlFault { kind, range: range.start.min(bytes.len())..range.end.min(bytes.len()) }
}
