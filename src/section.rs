//! A document -> what it says about SMS OTP: the settings the server can see, those that stand
//! where it does not look, and the tables that only resemble the section.

use std::collections::BTreeMap;

use crate::catalogue::{fold, nearest};
use crate::document::{
    Document, Entry, Key, Quote, Table, Token, TokenKind, Value, Visit, dotted, leading_keys,
};
use crate::source::Span;

/// The path of the authenticator's table.
pub const AUTHENTICATOR: [&str; 3] = ["authentication", "authenticator", "sms_otp"];

/// The name of the table below it that holds the parameters.
pub const PARAMETERS: &str = "parameters";

/// The settings of the authenticator itself, beside its parameters.
pub const ENABLE: &str = "enable";
/// The name under which the server registers the authenticator.
pub const NAME: &str = "name";

/// The dotted path of a parameter, for one that is not in the file.
pub fn path_of(name: &str) -> String {
    dotted(AUTHENTICATOR.into_iter().chain([PARAMETERS, name]))
}

/// What a document says about SMS OTP.
#[derive(Debug, Default)]
pub struct Section<'d, 's> {
    /// `[..sms_otp]`, as a header or as the key of an inline table, in the order of the file.
    pub authenticator: Vec<Span>,
    /// The same for `[..sms_otp.parameters]`.
    pub parameter_tables: Vec<Span>,
    /// `enable` directly below the authenticator.
    pub enable: Option<Written<'d, 's>>,
    /// `name` directly below the authenticator.
    pub name: Option<Written<'d, 's>>,
    /// Every value written as a parameter, whether the server knows the name or not.
    pub parameters: Vec<Written<'d, 's>>,
    /// Values directly below the authenticator that are neither `enable` nor `name`.
    pub strays: Vec<Written<'d, 's>>,
    /// Values in shapes or places that never arrive: below `[[..]]`, or deeper than a parameter.
    pub misshapen: Vec<Written<'d, 's>>,
    /// Tables and keys that can only be meant for this section.
    pub lookalikes: Vec<Lookalike<'d, 's>>,
    /// The parts of the text that speak of this section and may be shown.
    pub visible: Vec<Span>,
}

/// A value as written, with its full path.
#[derive(Debug, Clone)]
pub struct Written<'d, 's> {
    /// Every part of the full key, those of the header first.
    pub path: Vec<&'d Key<'s>>,
    /// The entry.
    pub entry: &'d Entry<'s>,
    /// The table it stands below.
    pub table: &'d Table<'s>,
    /// The entry whose inline table holds it, if it stands in one.
    pub holder: Option<&'d Entry<'s>>,
}

/// A path that resembles the section and that the server does not read.
#[derive(Debug)]
pub struct Lookalike<'d, 's> {
    /// The parts of the wrong path, where it first occurs.
    pub path: Vec<&'d Key<'s>>,
    /// What it should have been, if that is clear.
    pub meant: Option<Vec<&'static str>>,
    /// Every occurrence: the parts in a header or a key that make up the wrong path.
    pub occurrences: Vec<Occurrence<'d, 's>>,
    /// The `name` written in it says that it is another authenticator.
    renamed: bool,
}

/// One place where a lookalike's path is written.
#[derive(Debug, Clone)]
pub struct Occurrence<'d, 's> {
    /// The parts of the wrong path.
    pub path: Vec<&'d Key<'s>>,
    /// The table whose header holds it, or below which the entry stands.
    pub table: &'d Table<'s>,
    /// The entry; `None` for a header.
    pub entry: Option<&'d Entry<'s>>,
}

impl<'d, 's> Written<'d, 's> {
    /// The last part of the key.
    pub fn key(&self) -> &'d Key<'s> {
        self.path[self.path.len() - 1]
    }

    /// The name the last part of the key says.
    pub fn name(&self) -> &'d str {
        &self.key().name
    }

    /// The full path in TOML's own quoting.
    pub fn dotted(&self) -> String {
        dotted(self.path.iter().map(|key| key.name.as_ref()))
    }

    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        self.entry.span()
    }

    /// Whether some `$ref{..}` in the file asks for this setting, and so depends on its type.
    pub fn is_referenced(&self, document: &Document<'_>) -> bool {
        let names: Vec<_> = self.path.iter().map(|key| key.name.as_ref()).collect();
        document.source().text().contains(&format!("$ref{{{}}}", names.join(".")))
    }
}

impl Occurrence<'_, '_> {
    /// From the first part of the wrong path to the last that stand side by side with it.
    pub fn span(&self) -> Span {
        let keys = match (self.entry, &self.table.header) {
            (Some(entry), _) => &entry.keys,
            (None, Some(header)) => &header.keys,
            (None, None) => return Span::default(),
        };
        let own = |key: &&crate::document::Key<'_>| keys.iter().any(|own| own.span == key.span);
        let spans = self.path.iter().copied().filter(own).map(|key| key.span);
        spans.reduce(Span::to).unwrap_or_default()
    }
}

impl<'d, 's> Section<'d, 's> {
    /// Collects what the document says.
    pub fn of(document: &'d Document<'s>) -> Self {
        let mut section = Self::default();
        let mut lookalikes = BTreeMap::new();
        for table in document.tables() {
            let Some(header) = &table.header else { continue };
            let path: Vec<_> = header.keys.iter().collect();
            if !may_concern(&path) {
                continue;
            }
            section.table(table, header.span, &path, &mut lookalikes);
        }
        document.visit(|visit| {
            if may_concern(&visit.path) {
                section.entry(visit, &mut lookalikes);
            }
        });
        section.lookalikes.retain(|lookalike| !lookalike.renamed);
        section.visible.sort_unstable();
        section
    }

    /// Whether the file writes anything that the server reads as this section.
    pub fn is_written(&self) -> bool {
        !self.authenticator.is_empty()
            || !self.parameter_tables.is_empty()
            || !self.parameters.is_empty()
    }

    /// The place to point at for a setting that is absent: where it would be added.
    pub fn anchor(&self) -> Option<Span> {
        let first = |spans: &[Span]| spans.first().copied();
        first(&self.parameter_tables)
            .or_else(|| self.parameters.first().map(|written| written.entry.key_span()))
            .or_else(|| first(&self.authenticator))
    }

    /// A misspelt or misplaced try at a parameter, which the server does not read.
    pub fn attempt(&self, name: &str) -> Option<&Written<'d, 's>> {
        let means_it = |written: &&Written| {
            nearest(written.name()).is_some_and(|it| it.parameter.name == name)
        };
        let misspelt = self.parameters.iter().filter(|written| written.name() != name);
        misspelt.chain(&self.strays).find(means_it)
    }

    fn table(
        &mut self,
        table: &'d Table<'s>,
        header: Span,
        path: &[&'d Key<'s>],
        lookalikes: &mut BTreeMap<String, usize>,
    ) {
        let place = place(path, true);
        if !matches!(place, Place::Elsewhere) {
            self.visible.push(table.span());
        }
        match place {
            Place::Authenticator if !table.in_array => self.authenticator.push(header),
            Place::Parameters if !table.in_array => self.parameter_tables.push(header),
            Place::Lookalike { length, meant } => {
                let occurrence = Occurrence { path: path[..length].to_vec(), table, entry: None };
                self.lookalike(occurrence, meant, lookalikes);
            }
            _ => {}
        }
    }

    fn entry(&mut self, visit: &Visit<'d, 's>, lookalikes: &mut BTreeMap<String, usize>) {
        let entry = visit.entry();
        let is_table = matches!(entry.value, Value::Table(_));
        let place = place(&visit.path, is_table);
        if matches!(place, Place::Elsewhere) {
            return;
        }
        self.visible.push(entry.span());
        let written = || Written {
            path: visit.path.clone(),
            entry,
            table: visit.table,
            holder: visit.holder,
        };
        if let Place::Lookalike { length, meant } = place {
            let own_name = visit.path.len() == length + 1 && visit.path[length].name == NAME;
            let path = visit.path[..length].to_vec();
            let header = visit.table.header.as_ref();
            let from_header = header.is_some_and(|header| header.keys.len() >= length);
            let from_holder = visit.holder.is_some_and(|holder| {
                visit.path.len() - entry.keys.len() >= length && !holder.keys.is_empty()
            });
            if !from_header && !from_holder {
                let occurrence = Occurrence { path, table: visit.table, entry: Some(entry) };
                self.lookalike(occurrence, meant, lookalikes);
            } else if own_name && !matches!(&entry.value, Value::String(name) if name == "SMSOTP") {
                let wrong = dotted(path.iter().map(|key| key.name.as_ref()));
                if let Some(&at) = lookalikes.get(&wrong) {
                    self.lookalikes[at].renamed = true;
                }
            }
            return;
        }
        if visit.table.in_array {
            self.misshapen.push(written());
            return;
        }
        match place {
            Place::Authenticator if is_table => self.authenticator.push(entry.key_span()),
            Place::Parameters if is_table => self.parameter_tables.push(entry.key_span()),
            Place::Parameter => self.parameters.push(written()),
            Place::Enable => self.enable = Some(written()),
            Place::Name => self.name = Some(written()),
            Place::Stray => self.strays.push(written()),
            _ => self.misshapen.push(written()),
        }
    }

    fn lookalike(
        &mut self,
        occurrence: Occurrence<'d, 's>,
        meant: Option<Vec<&'static str>>,
        lookalikes: &mut BTreeMap<String, usize>,
    ) {
        let wrong = dotted(occurrence.path.iter().map(|key| key.name.as_ref()));
        let at = *lookalikes.entry(wrong).or_insert_with(|| {
            let path = occurrence.path.clone();
            let first = Lookalike { path, meant, occurrences: Vec::new(), renamed: false };
            self.lookalikes.push(first);
            self.lookalikes.len() - 1
        });
        self.lookalikes[at].occurrences.push(occurrence);
    }
}

/// Whether the line at an offset speaks of this section or of something that resembles it, in a
/// text whose structure cannot be relied on.
///
/// Goes by the lines alone: the nearest one above that looks like a table header, and the line's
/// own key. When in doubt it does not, and never inside of a multi-line string.
pub fn speaks_of_section(document: &Document<'_>, offset: usize) -> bool {
    let source = document.source();
    let line = |index| source.line_span(index);
    let own = line(source.line_of(offset));
    let is_header = |span: &Span| source.slice(*span).trim_start().starts_with('[');
    let above = (0..=source.line_of(offset)).rev().map(line).find(is_header);
    let in_long_string = |offset: usize| {
        document.tokens().iter().any(|token| is_long_string(token) && token.span.covers(offset))
    };
    if in_long_string(offset) || above.is_some_and(|header| in_long_string(header.start)) {
        return false;
    }
    let mut path = Vec::new();
    if let Some(header) = above {
        path.extend(leading_keys(source.slice(header)).0);
    }
    if above != Some(own) {
        path.extend(leading_keys(source.slice(own)).0);
    }
    head(&path.iter().collect::<Vec<_>>()).is_some()
}

fn is_long_string(token: &Token) -> bool {
    use Quote::{MultilineBasic, MultilineLiteral};
    let (TokenKind::Scalar(quote) | TokenKind::Key(quote)) = token.kind else { return false };
    matches!(quote, MultilineBasic | MultilineLiteral)
}

/// What a path stands for.
enum Place {
    /// `..sms_otp`
    Authenticator,
    /// `..sms_otp.parameters`
    Parameters,
    /// `..sms_otp.parameters.X`
    Parameter,
    /// `..sms_otp.parameters.X.Y` and deeper
    BelowParameter,
    /// `..sms_otp.enable`
    Enable,
    /// `..sms_otp.name`
    Name,
    /// `..sms_otp.X`
    Stray,
    /// The first `length` parts only resemble the section.
    Lookalike { length: usize, meant: Option<Vec<&'static str>> },
    /// Nothing to do with this section.
    Elsewhere,
}

/// A cheap test that holds for every path [`place`] finds a place for.
fn may_concern(path: &[&Key<'_>]) -> bool {
    path.first().is_some_and(|key| {
        let start: String = key.name.chars().take(4).collect();
        start.trim_start_matches(['\'', '"']).to_lowercase().starts_with("au")
    })
}

fn place(path: &[&Key<'_>], is_table: bool) -> Place {
    let Some((length, exact)) = head(path) else { return Place::Elsewhere };
    if !exact {
        let mut meant = AUTHENTICATOR.to_vec();
        let mut length = length;
        let quoted_tail = path[length - 1].name.rsplit('.').next().is_some_and(is_parameters);
        if quoted_tail {
            meant.push(PARAMETERS);
        } else if path.len() > length && is_parameters(&path[length].name) && path.len() > length {
            let below = path.len() > length + 1 || is_table;
            if below && path[length].name != PARAMETERS {
                meant.push(PARAMETERS);
                length += 1;
            }
        }
        return Place::Lookalike { length, meant: Some(meant) };
    }
    let below = &path[length..];
    let Some(first) = below.first() else { return Place::Authenticator };
    let name = first.name.as_ref();
    match below.len() {
        1 if name == PARAMETERS => Place::Parameters,
        1 if name == ENABLE => Place::Enable,
        1 if name == NAME => Place::Name,
        2 if name == PARAMETERS => Place::Parameter,
        _ if name == PARAMETERS => Place::BelowParameter,
        1 if !is_table && !name.contains('.') => Place::Stray,
        _ => {
            let mut parts = name.splitn(2, '.');
            let meant = parts
                .next()
                .filter(|part| is_parameters(part))
                .map(|_| AUTHENTICATOR.into_iter().chain([PARAMETERS]).collect());
            Place::Lookalike { length: length + 1, meant }
        }
    }
}

/// How many parts of a path lead to `sms_otp` or something that reads like it, and whether they
/// are the exact ones.
fn head(path: &[&Key<'_>]) -> Option<(usize, bool)> {
    let parts = path
        .iter()
        .enumerate()
        .flat_map(|(at, key)| key.name.split('.').map(move |part| (at, fold(part))));
    let mut parts = parts.take(3).peekable();
    if parts.peek()?.1 == "authentication" {
        parts.next();
    }
    let (_, authenticator) = parts.next()?;
    if authenticator != "authenticator" && authenticator != "authenticators" {
        return None;
    }
    let (at, name) = parts.next()?;
    if name != "smsotp" {
        return None;
    }
    let written = path[..=at].iter().map(|key| key.name.as_ref());
    Some((at + 1, written.eq(AUTHENTICATOR)))
}

/// Whether a name can only be meant for the table of parameters.
fn is_parameters(name: &str) -> bool {
    strsim::osa_distance(&fold(name), PARAMETERS) <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn tells_its_lines_in_a_text_that_does_not_parse() {
        let shown = [
            "[authentication.authenticator.sms_otp.parameters]\nx = HERE\n",
            "[authentication.authenticator.sms_otp.parameters\nx = HERE\n",
            "[ authentication . 'authenticator' . \"SMSOTP\" ]\nx = [\n\"a\",\nHERE\n",
            "[a]\nx = \"\n  [authentication.authenticators.sms-otp]\n\n# c\nx = HERE",
            "[authentication.authenticator]\nsms_otp.parameters.x = HERE\n",
            "[authentication.authenticator]\nsms_otp = { x = HERE\n",
            "authentication.authenticator.sms_otp.parameters.x = HERE\n",
            "[authentication.authenticator.sms_otp] HERE\n",
        ];
        let hidden = [
            "x = HERE\n",
            "[super_admin]\npassword = HERE\n",
            "[authentication.authenticator.sms_otp_local]\nx = HERE\n",
            "[authentication.authenticator.sms_otp.parameters]\n[keystore\nx = HERE\n",
            "[authentication.authenticator.sms_otp.parameters]\n[]\nx = HERE\n",
            "[authentication.authenticator.sms_otp.parameters]\nx = \"\"\"\nHERE\n\"\"\"\n",
            "[authentication.authenticator.sms_otp.parameters]\nx = '''\nHERE\n",
            "[a]\nx = '''\n[authentication.authenticator.sms_otp]\n'''\nx = HERE\n",
            "[authentication.authenticator]\nx = HERE\n",
            "[a]\nauthentication.authenticator.sms_otp.parameters.x = HERE\n",
        ];
        let speaks = |text: &str| {
            let source = Source::new("deployment.toml", text);
            let document = Document::parse(&source);
            speaks_of_section(&document, text.find("HERE").unwrap())
        };
        for text in shown {
            assert!(speaks(text), "{text:?}");
        }
        for text in hidden {
            assert!(!speaks(text), "{text:?}");
        }
        assert!(!speaks_of_section(&Document::parse(&Source::new("", "")), 0));
    }
}
