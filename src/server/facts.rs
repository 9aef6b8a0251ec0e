//! A key -> what the shipped files of the server say about it: whether a release ships it, what it
//! becomes, where it is printed, which values stop the server.
//!
//! `facts/README.md` names the sources and tells the format.

use std::fmt;
use std::iter;
use std::ops::{BitAnd, BitOr, Not};
use std::sync::LazyLock;

use crate::catalogue::{Profile, Release};

static TREE: &str = include_str!("facts/tree.txt");
static CONDITIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("facts/conditions.txt").lines().collect());
static FILES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("facts/files.txt").lines().collect());

/// The first parts of all keys, in order.
static ROOTS: LazyLock<Vec<FactNode>> = LazyLock::new(|| nodes(TREE).collect());

/// A set of the releases whose shipped files are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Releases(u8);

impl Releases {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// 6.0, 6.1, 7.0 and 7.1.
    pub const ALL: Self = Self(0xf);

    /// The releases in which a fact must hold to be a fact under a profile; none when nothing is
    /// known of its release.
    pub fn of(profile: Profile) -> Self {
        match profile.release {
            None => Self::ALL,
            Some(Release::V5_9 | Release::V5_10 | Release::V5_11) => Self::NONE,
            Some(Release::V6_0) => Self(1),
            Some(Release::V6_1) => Self(2),
            Some(Release::V7_0) => Self(4),
            // The newest shipped files that are known.
            Some(Release::V7_1 | Release::V7_2 | Release::V7_3) => Self(8),
        }
    }

    /// Whether every one of these releases is among them, and there is one.
    pub fn cover(self, wanted: Self) -> bool {
        wanted != Self::NONE && self & wanted == wanted
    }
}

impl BitAnd for Releases {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Releases {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Not for Releases {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0) & Self::ALL
    }
}

/// One fact about a key.
#[derive(Debug, Clone, Copy)]
pub enum Fact {
    /// The shipped defaults hold it.
    Shipped,
    /// Shipped values refer to it, so that no server starts without it; what lacks it is a part of
    /// a file.
    Required,
    /// It is a switch that is not shipped as true.
    ShippedOff,
    /// It is added when the condition holds.
    Inferred(Condition),
    /// It is taken for another key; an empty one stops the server.
    Alias(&'static str),
    /// The value of another key refers to it, unless the file gives that one a value.
    ReferredTo(Referrer),
    /// Its value or its name is printed.
    Printed(Print),
    /// Its value is converted to this unit.
    Unit(&'static str),
    /// A value of one of these types stops the server.
    WrongTypes(&'static str),
    /// A validator looks at it.
    Validated,
}

/// A key whose shipped or inferred value refers to another.
#[derive(Debug, Clone, Copy)]
pub struct Referrer {
    /// The key.
    pub key: &'static str,
    /// When, if not always.
    pub only_if: Option<Condition>,
    /// Whether its value is only printed, so that nothing can become of a plain one.
    pub is_only_printed: bool,
}

/// Where and how a value or a name is printed.
#[derive(Debug, Clone, Copy)]
pub struct Print {
    /// Whether it is the name, not the value.
    pub is_name: bool,
    /// What it is there.
    pub how: PrintedAs,
    /// The generated file, below `repository/conf` where nothing else is said.
    pub file: &'static str,
    /// When, if not always.
    pub only_if: Option<Condition>,
}

/// What a printed text is in the generated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedAs {
    /// The content of an element.
    Text,
    /// An attribute in double quotes.
    Attribute,
    /// The name of an attribute or element.
    XmlName,
    /// A part of a comment.
    Comment,
    /// An attribute that the template prints, too.
    DuplicateAttribute,
    /// A part of a file that is not XML.
    Other,
}

/// A condition on other keys, by its line.
#[derive(Debug, Clone, Copy)]
pub struct Condition(usize);

impl Condition {
    /// What it asks, of one key after the other.
    pub fn asked(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let line = CONDITIONS.get(self.0).copied().unwrap_or_default();
        line.split(" & ").filter_map(|one| one.split_once(" is "))
    }
}

/// A part of the key under which the server keeps a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'n> {
    /// A name.
    Name(&'n str),
    /// An element of a list or of an array of tables, by its number.
    Element(usize),
}

/// The parts of a key as the facts and `$ref` write it: `a.'b.c'[]` has three. An element has the
/// number 0.
pub fn parts(key: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = key;
    while !rest.is_empty() {
        let (name, after) = match rest.strip_prefix('\'').and_then(|rest| rest.split_once('\'')) {
            Some(quoted) => quoted,
            None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        parts.push(Part::Name(name));
        rest = after;
        while let Some(after) = rest.strip_prefix("[]") {
            parts.push(Part::Element(0));
            rest = after;
        }
        rest = match rest.strip_prefix('.') {
            Some(after) => after,
            None if rest.starts_with('[') => return parts,
            None => rest,
        };
    }
    parts
}

/// A part of a key in the tree of facts.
#[derive(Clone, Copy)]
pub struct FactNode {
    name: &'static str,
    facts: &'static str,
    below: &'static str,
}

impl fmt::Debug for FactNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.facts)
    }
}

/// The part that is any name.
const ANY: &str = "*";
/// The part that is any element.
const ELEMENT: &str = "[]";

impl FactNode {
    /// What is known of the key that ends here, each fact with its releases.
    pub fn facts(self) -> impl Iterator<Item = (Releases, Fact)> {
        self.facts.split(' ').filter_map(fact)
    }

    /// Whether a name that ends here is printed.
    pub fn prints_names(self) -> bool {
        self.facts.split(' ').any(|fact| fact.starts_with('n'))
    }

    /// Whether it is the part that is any name.
    pub fn is_any(self) -> bool {
        self.name == ANY
    }

    /// Whether the shipped defaults hold a key below it.
    pub fn ships_below(self) -> bool {
        let mut facts = self.below.lines().filter_map(|line| line.rsplit('\t').next());
        facts.any(|facts| facts.starts_with('s'))
    }

    /// The nodes below it for a part of a key.
    pub fn below(self, part: Part<'_>) -> impl Iterator<Item = Self> {
        let (first, name) = match part {
            // No key of the facts is written like an element.
            Part::Name(ELEMENT) => (ANY, ANY),
            Part::Name(name) => (ANY, name),
            Part::Element(_) => (ELEMENT, ELEMENT),
        };
        // They are sorted, and the part that is any name comes before the letters.
        let near = nodes(self.below).take_while(move |node| node.name <= name.max(first));
        near.filter(move |node| node.name == name || node.name == first)
    }
}

/// Every node that a key and its beginnings lead to, with the number of parts that lead there.
pub fn walk(key: &[Part<'_>]) -> Vec<(usize, FactNode)> {
    let mut nodes = Vec::new();
    for (depth, part) in key.iter().enumerate() {
        step(depth, *part, &mut nodes);
    }
    nodes
}

/// Adds the nodes for one more part of a key to those of its beginning of so many parts.
pub fn step(depth: usize, part: Part<'_>, nodes: &mut Vec<(usize, FactNode)>) {
    if depth == 0 {
        let Part::Name(first) = part else { return };
        let root = ROOTS.binary_search_by(|node| node.name.cmp(first)).ok();
        nodes.extend(root.map(|root| (1, ROOTS[root])));
        return;
    }
    for at in 0..nodes.len() {
        let (above, node) = nodes[at];
        if above == depth {
            nodes.extend(node.below(part).map(|node| (depth + 1, node)));
        }
    }
}

/// What is known of a key, as a `$ref` names it.
pub fn about(key: &str) -> impl Iterator<Item = (Releases, Fact)> {
    let parts = parts(key);
    let length = parts.len();
    let ends = walk(&parts).into_iter().filter(move |(depth, _)| *depth == length);
    ends.flat_map(|(_, node)| node.facts())
}

/// A key of the facts with the parts that they leave open taken from a value's own key; `None`
/// where that is a name which they do not mean.
pub fn filled_in<'d>(key: &'static str, near: &[Part<'d>]) -> Option<Vec<Part<'d>>> {
    let is_word = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let fill = |(at, part)| match (part, near.get(at)) {
        (Part::Name("*"), Some(Part::Name(name))) if is_word(name) => Some(Part::Name(name)),
        (Part::Name("*"), _) => None,
        (Part::Element(_), Some(Part::Element(number))) => Some(Part::Element(*number)),
        (part, _) => Some(part),
    };
    parts(key).into_iter().enumerate().map(fill).collect()
}

/// The nodes of one level.
fn nodes(mut text: &'static str) -> impl Iterator<Item = FactNode> {
    iter::from_fn(move || {
        let (line, rest) = text.split_once('\n')?;
        let (name, line) = line.split_once('\t')?;
        let (length, facts) = line.split_once('\t')?;
        let (below, rest) = rest.split_at_checked(length.parse().unwrap_or(0))?;
        text = rest;
        Some(FactNode { name, facts, below })
    })
}

fn fact(text: &'static str) -> Option<(Releases, Fact)> {
    let (kind, text) = text.split_at_checked(1)?;
    let (releases, text) = text.split_at_checked(1)?;
    let fact = match kind {
        "s" => Fact::Shipped,
        "q" => Fact::Required,
        "f" => Fact::ShippedOff,
        "i" => Fact::Inferred(Condition(text.parse().ok()?)),
        "a" => Fact::Alias(text),
        "r" | "c" => {
            let (key, only_if) = conditional(text);
            Fact::ReferredTo(Referrer { key, only_if, is_only_printed: kind == "r" })
        }
        "p" | "n" => Fact::Printed(print(kind == "n", text)?),
        "u" => Fact::Unit(text),
        "t" => Fact::WrongTypes(text),
        "v" => Fact::Validated,
        _ => return None,
    };
    Some((Releases(u8::from_str_radix(releases, 16).ok()?), fact))
}

fn print(is_name: bool, text: &'static str) -> Option<Print> {
    let (how, text) = text.split_at_checked(1)?;
    let how = match how {
        "t" => PrintedAs::Text,
        "a" => PrintedAs::Attribute,
        "x" => PrintedAs::XmlName,
        "c" => PrintedAs::Comment,
        "d" => PrintedAs::DuplicateAttribute,
        _ => PrintedAs::Other,
    };
    let (file, only_if) = conditional(text);
    Some(Print { is_name, how, file: FILES.get(file.parse::<usize>().ok()?)?, only_if })
}

fn conditional(text: &'static str) -> (&'static str, Option<Condition>) {
    match text.split_once('?') {
        Some((text, line)) => (text, line.parse().ok().map(Condition)),
        None => (text, None),
    }
}
