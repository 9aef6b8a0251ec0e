//! The bytes of a text -> what an XML 1.0 reader with namespaces makes of them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::characters::{digits, is_blank, is_character, is_name, is_name_start, local};
use super::{Content, Fault, FaultKind};

type Scan<T> = Result<T, Fault>;

/// The elements that are open where the template prints a value.
const AROUND: [&[u8]; 4] =
    [b"ApplicationAuthentication", b"AuthenticatorConfigs", b"AuthenticatorConfig", PARAMETER];
const PARAMETER: &[u8] = b"Parameter";

/// The prefixes that the template and XML itself declare.
const PREFIXES: [&[u8]; 2] = [b"xml", b"svns"];

pub(super) fn content(bytes: &[u8]) -> Scan<Content> {
    let mut scanner = Scanner::new(bytes)?;
    scanner.elements()?;
    Ok(scanner.finish())
}

pub(super) fn attribute(bytes: &[u8]) -> Scan<String> {
    let mut scanner = Scanner::new(bytes)?;
    let text = scanner.attribute_text(b'"')?;
    match scanner.at < bytes.len() {
        true => Err(scanner.fault(FaultKind::Quote, scanner.at..scanner.at + 1)),
        false => Ok(text),
    }
}

pub(super) fn is_reference(bytes: &[u8], at: usize) -> bool {
    Scanner::at(bytes, at).reference().is_ok()
}

struct Scanner<'b> {
    bytes: &'b [u8],
    at: usize,
    open: Vec<Open<'b>>,
    prefixes: Prefixes<'b>,
    /// The parameters of the authenticator so far; the first is the one the text stands in.
    parameters: Vec<(Option<String>, String)>,
    markup: Option<Range<usize>>,
    leaves: bool,
}

/// The prefixes that are declared, one for each declaration, and how often each is.
#[derive(Default)]
struct Prefixes<'b> {
    declared: Vec<&'b [u8]>,
    counts: BTreeMap<&'b [u8], usize>,
}

impl<'b> Prefixes<'b> {
    fn push(&mut self, prefix: &'b [u8]) {
        self.declared.push(prefix);
        *self.counts.entry(prefix).or_default() += 1;
    }

    fn truncate(&mut self, length: usize) {
        for prefix in self.declared.drain(length.min(self.declared.len())..) {
            if let Some(count) = self.counts.get_mut(prefix) {
                *count -= 1;
            }
        }
    }

    fn hold(&self, prefix: &[u8]) -> bool {
        PREFIXES.contains(&prefix) || self.counts.get(prefix).is_some_and(|count| *count > 0)
    }
}

/// An element that is open.
struct Open<'b> {
    name: &'b [u8],
    /// How many prefixes were declared before it.
    prefixes: usize,
    start: usize,
}

/// The attributes of a tag that matter.
struct Tag<'b> {
    name: &'b [u8],
    parameter: Option<String>,
    prefixes: usize,
    is_empty: bool,
}

impl<'b> Scanner<'b> {
    fn new(bytes: &'b [u8]) -> Scan<Self> {
        let control = |b: &u8| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
        let scanner = Self::at(bytes, 0);
        match bytes.iter().position(control) {
            Some(at) => Err(scanner.fault(FaultKind::Control, at..at + 1)),
            None => Ok(scanner),
        }
    }

    fn at(bytes: &'b [u8], at: usize) -> Self {
        let around = |name| Open { name, prefixes: 0, start: 0 };
        Self {
            bytes,
            at,
            open: AROUND.into_iter().map(around).collect(),
            prefixes: Prefixes::default(),
            parameters: vec![(None, String::new())],
            markup: None,
            leaves: false,
        }
    }

    fn fault(&self, kind: FaultKind, range: Range<usize>) -> Fault {
        Fault { kind, range: range.start..range.end.min(self.bytes.len()) }
    }

    fn rest(&self) -> &'b [u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn skip(&mut self, expected: &[u8]) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn elements(&mut self) -> Scan<()> {
        while let Some(b) = self.peek() {
            match b {
                b'<' => self.markup()?,
                b'&' => {
                    let c = self.reference()?;
                    self.text(c);
                }
                b']' if self.rest().starts_with(b"]]>") => {
                    return Err(self.fault(FaultKind::CdataEnd, self.at..self.at + 3));
                }
                _ => {
                    let c = self.character();
                    self.text(c);
                }
            }
        }
        let as_before = self.open.iter().map(|open| open.name).eq(AROUND);
        match self.open.last() {
            Some(last) if !as_before => {
                Err(self.fault(FaultKind::Unbalanced, last.start..self.bytes.len()))
            }
            _ => Ok(()),
        }
    }

    /// One character, line ends made `\n`.
    fn character(&mut self) -> char {
        let b = self.peek().unwrap_or_default();
        self.at += 1;
        if b == b'\r' {
            self.skip(b"\n");
            return '\n';
        }
        char::from(b)
    }

    /// Adds to the parameter, unless an element inside it is open.
    fn text(&mut self, c: char) {
        let is_direct = self.open.len() == AROUND.len()
            && self.open.last().is_some_and(|open| local(open.name) == PARAMETER);
        if is_direct && let Some((_, text)) = self.parameters.last_mut() {
            text.push(c);
        }
    }

    fn markup(&mut self) -> Scan<()> {
        let start = self.at;
        if self.skip(b"<![CDATA[") {
            return self.cdata(start);
        }
        if self.skip(b"<!--") {
            self.comment(start)?;
        } else if self.skip(b"<?") {
            self.instruction(start)?;
        } else if self.skip(b"</") {
            self.close(start)?;
        } else {
            self.at += 1;
            self.begin(start)?;
        }
        self.markup.get_or_insert(start..self.at);
        Ok(())
    }

    fn cdata(&mut self, start: usize) -> Scan<()> {
        let end = self.find(b"]]>", start)?;
        while self.at < end {
            let c = self.character();
            self.text(c);
        }
        self.at = end + 3;
        Ok(())
    }

    fn comment(&mut self, start: usize) -> Scan<()> {
        let end = self.find(b"--", start)?;
        self.at = end + 2;
        match self.skip(b">") {
            true => Ok(()),
            false => Err(self.fault(FaultKind::Section, start..self.at)),
        }
    }

    fn instruction(&mut self, start: usize) -> Scan<()> {
        let target = self.name().unwrap_or_default();
        let reserved = target.eq_ignore_ascii_case(b"xml") || target.contains(&b':');
        let ends = self.rest().starts_with(b"?>") || self.peek().is_some_and(is_blank);
        if target.is_empty() || reserved || !ends {
            return Err(self.fault(FaultKind::Section, start..self.at));
        }
        self.at = self.find(b"?>", start)? + 2;
        Ok(())
    }

    fn find(&self, end: &[u8], start: usize) -> Scan<usize> {
        let found = self.rest().windows(end.len()).position(|window| window == end);
        found
            .map(|at| self.at + at)
            .ok_or_else(|| self.fault(FaultKind::Section, start..self.bytes.len()))
    }

    fn begin(&mut self, start: usize) -> Scan<()> {
        let tag = self.tag(start)?;
        let below_authenticator = self.open.len() == AROUND.len() - 1;
        if below_authenticator && local(tag.name) == PARAMETER {
            self.parameters.push((tag.parameter, String::new()));
        }
        match tag.is_empty {
            true => self.prefixes.truncate(tag.prefixes),
            false => self.open.push(Open { name: tag.name, prefixes: tag.prefixes, start }),
        }
        Ok(())
    }

    fn tag(&mut self, start: usize) -> Scan<Tag<'b>> {
        let prefixes = self.prefixes.declared.len();
        let less_than = self.fault(FaultKind::LessThan, start..start + 1);
        let name = self.name().ok_or_else(|| less_than.clone())?;
        let mut parameter = None;
        let mut names: BTreeSet<&[u8]> = BTreeSet::new();
        let is_empty = loop {
            let spaced = self.blanks();
            if self.skip(b">") {
                break false;
            }
            if self.skip(b"/>") {
                break true;
            }
            let Some(attribute) = self.name().filter(|_| spaced) else { return Err(less_than) };
            let text = self.assigned().ok_or_else(|| less_than.clone())??;
            if !names.insert(attribute) {
                return Err(less_than);
            }
            if let Some(prefix) = attribute.strip_prefix(b"xmlns:") {
                // A prefix can be declared, and not undeclared.
                if text.is_empty() {
                    return Err(less_than);
                }
                self.prefixes.push(prefix);
            } else if attribute == b"name" {
                parameter = Some(text);
            }
        };
        let declared = |name: &&[u8]| name.starts_with(b"xmlns:") || self.is_declared(name);
        match self.is_declared(name) && names.iter().all(declared) {
            true => Ok(Tag { name, parameter, prefixes, is_empty }),
            false => Err(less_than),
        }
    }

    /// `= "text"`; `None` when it is something else.
    fn assigned(&mut self) -> Option<Scan<String>> {
        self.blanks();
        if !self.skip(b"=") {
            return None;
        }
        self.blanks();
        let quote = self.peek().filter(|b| matches!(b, b'"' | b'\''))?;
        self.at += 1;
        let text = self.attribute_text(quote);
        (text.is_err() || self.skip(&[quote])).then_some(text)
    }

    fn is_declared(&self, name: &[u8]) -> bool {
        let mut parts = name.split(|b| *b == b':');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(_), None, _) => true,
            (Some(prefix), Some(local), None) => !local.is_empty() && self.prefixes.hold(prefix),
            _ => false,
        }
    }

    fn close(&mut self, start: usize) -> Scan<()> {
        let name = self.name().unwrap_or_default();
        self.blanks();
        let ends = self.skip(b">");
        let matches = self.open.last().is_some_and(|open| open.name == name);
        // The root is never closed: nothing may follow it.
        if !ends || !matches || self.open.len() == 1 {
            return Err(self.fault(FaultKind::Unbalanced, start..self.at));
        }
        if let Some(open) = self.open.pop() {
            self.prefixes.truncate(open.prefixes);
        }
        self.leaves |= self.open.len() < AROUND.len() - 1;
        Ok(())
    }

    fn name(&mut self) -> Option<&'b [u8]> {
        let rest = self.rest();
        let length = rest.iter().take_while(|b| is_name(**b)).count();
        self.at += length;
        rest.first().is_some_and(|b| is_name_start(*b)).then(|| &rest[..length])
    }

    fn blanks(&mut self) -> bool {
        let length = self.rest().iter().take_while(|b| is_blank(**b)).count();
        self.at += length;
        length > 0
    }

    /// Up to a quote or the end; blanks of every kind become spaces.
    fn attribute_text(&mut self, quote: u8) -> Scan<String> {
        let mut text = String::new();
        while let Some(b) = self.peek().filter(|b| *b != quote) {
            match b {
                b'<' => return Err(self.fault(FaultKind::LessThan, self.at..self.at + 1)),
                b'&' => text.push(self.reference()?),
                _ => match self.character() {
                    '\t' | '\n' => text.push(' '),
                    c => text.push(c),
                },
            }
        }
        Ok(text)
    }

    /// `&name;` or `&#number;`
    fn reference(&mut self) -> Scan<char> {
        let start = self.at;
        self.at += 1;
        let ampersand = self.fault(FaultKind::Ampersand, start..start + 1);
        let rest = self.rest();
        let length = rest.iter().take_while(|b| is_name(**b) || **b == b'#').count();
        let body = &rest[..length];
        self.at += length;
        if !self.skip(b";") {
            return Err(ampersand);
        }
        let whole = start..self.at;
        if let Some(number) = body.strip_prefix(b"#") {
            let Some((digits, radix)) = digits(number) else { return Err(ampersand) };
            let code = u32::from_str_radix(digits, radix).ok();
            let character = code.and_then(char::from_u32).filter(|c| is_character(*c));
            return character.ok_or_else(|| self.fault(FaultKind::CharacterReference, whole));
        }
        match body {
            b"amp" => Ok('&'),
            b"lt" => Ok('<'),
            b"gt" => Ok('>'),
            b"quot" => Ok('"'),
            b"apos" => Ok('\''),
            [first, ..] if is_name_start(*first) && body.iter().all(|b| is_name(*b)) => {
                Err(self.fault(FaultKind::Entity, whole))
            }
            _ => Err(ampersand),
        }
    }

    fn finish(self) -> Content {
        let mut parameters = self.parameters.into_iter();
        let text = parameters.next().map(|(_, text)| text).unwrap_or_default();
        let injected = parameters.filter_map(|(name, text)| Some((name?, text))).collect();
        Content { text, injected, markup: self.markup, leaves: self.leaves }
    }
}
