//! A key -> what the shipped files of the server say about it: whether a release ships it, what it
//! becomes, where it is printed, which values stop the server.
//!
//! `facts/README.md` names the sources and tells the format.

use std::iter;
use std::sync::LazyLock;

use bitflags::bitflags;

use crate::catalogue::{Profile, Release};

static TREE: &str = include_str!("facts/tree.txt");
static CONDITIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("facts/conditions.txt").lines().collect());
static FILES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("facts/files.txt").lines().collect());

/// The first parts of all keys, in order.
static ROOTS: LazyLock<Vec<FactNode>> = LazyLock::new(|| nodes(TREE).collect());

bitflags! {
    /// A set of the releases whose shipped files are known.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub struct Releases: u8 {
        /// 6.0
        const V6_0 = 1;
        /// 6.1
        const V6_1 = 2;
        /// 7.0
        const V7_0 = 4;
        /// 7.1
        const V7_1 = 8;
    }
}

impl Releases {
    /// The releases in which a fact must hold to be a fact under a profile; none when nothing is
    /// known of its release.
    pub fn of(profile: Profile) -> Self {
        match profile.release {
            None => Self::all(),
            Some(Release::V5_9 | Release::V5_10 | Release::V5_11) => Self::empty(),
            Some(Release::V6_0) => Self::V6_0,
            Some(Release::V6_1) => Self::V6_1,
            Some(Release::V7_0) => Self::V7_0,
            // The newest shipped files that are known.
            Some(Release::V7_1 | Release::V7_2 | Release::V7_3) => Self::V7_1,
        }
    }

    /// Whether every one of these releases is among them, and there is one.
    pub fn cover(self, wanted: Self) -> bool {
        !wanted.is_empty() && self.contains(wanted)
    }
}

/// The kinds of facts about a key, by the letters that stand for them.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub enum FactKind {
    /// The shipped defaults hold it.
    Shipped = b's',
    /// Shipped values refer to it, so that no server starts without it; what lacks it is a part of
    /// a file.
    Required = b'q',
    /// It is a switch that is not shipped as true.
    ShippedOff = b'f',
    /// It follows from another value of the file (infer.json).
    Inferred = b'i',
    /// It is taken for the key of this text; an empty one stops the server.
    Alias = b'a',
    /// The value of the key of this text refers to it, unless the file gives that one a value.
    Referrer = b'y',
    /// The same, where that value is only printed, so that nothing can become of a plain one.
    PrintedReferrer = b'z',
    /// Its value is printed; see [`Fact::print`].
    PrintedValue = b'p',
    /// Its name is printed; see [`Fact::print`].
    PrintedName = b'n',
    /// Its value is converted to the unit of this text.
    Unit = b'u',
    /// A value of one of the types of this text stops the server.
    WrongTypes = b't',
}

/// One fact about a key.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// The releases in which it is one.
    pub releases: Releases,
    /// What it says, by its kind.
    pub text: &'static str,
    /// When, if not always.
    pub only_if: Option<Condition>,
}

impl Fact {
    fn read(text: &'static str) -> Option<Self> {
        let (releases, text) = text.split_at_checked(1)?;
        let (text, line) = text.split_once('?').unwrap_or((text, ""));
        let releases = Releases::from_bits_truncate(u8::from_str_radix(releases, 16).ok()?);
        Some(Self { releases, text, only_if: line.parse().ok().map(Condition) })
    }

    /// What is printed by such a fact, and the generated file, below `repository/conf` where
    /// nothing else is said.
    pub fn print(self) -> Option<(PrintedAs, &'static str)> {
        let (how, file) = self.text.split_at_checked(1)?;
        let how = match how {
            "t" => PrintedAs::Text,
            "a" => PrintedAs::Attribute,
            "x" => PrintedAs::XmlName,
            "c" => PrintedAs::Comment,
            "d" => PrintedAs::DuplicateAttribute,
            _ => PrintedAs::Other,
        };
        Some((how, FILES.get(file.parse::<usize>().ok()?)?))
    }
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
        let quoted = rest.strip_prefix('\'').and_then(|rest| rest.split_once('\''));
        let bare = || rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
        let (name, mut after) = quoted.unwrap_or_else(bare);
        parts.push(Part::Name(name));
        while let Some(behind) = after.strip_prefix("[]") {
            parts.push(Part::Element(0));
            after = behind;
        }
        rest = after.strip_prefix('.').unwrap_or_default();
    }
    parts
}

/// A key of the facts with the parts that they leave open taken from a value's own key; `None`
/// where that is a name which they do not mean.
pub fn filled_in<'d>(key: &'static str, near: &[Part<'d>]) -> Option<Vec<Part<'d>>> {
    let is_word = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let fill = |(at, part)| match (part, near.get(at)) {
        (Part::Name(ANY), Some(Part::Name(name))) if is_word(name) => Some(Part::Name(name)),
        (Part::Name(ANY), _) => None,
        (Part::Element(_), Some(Part::Element(number))) => Some(Part::Element(*number)),
        (part, _) => Some(part),
    };
    parts(key).into_iter().enumerate().map(fill).collect()
}

/// A key, and what is known of it.
#[derive(Debug, Clone, Default)]
pub struct KnownKey<'n> {
    /// Its parts.
    pub parts: Vec<Part<'n>>,
    /// Every node that its beginnings and it lead to, with the number of parts that lead there.
    pub nodes: Vec<(usize, FactNode)>,
}

impl<'n> KnownKey<'n> {
    /// What is known of a key of these parts.
    pub fn of(parts: Vec<Part<'n>>) -> Self {
        let mut key = Self::default();
        parts.into_iter().for_each(|part| key.push(part));
        key
    }

    /// Adds a part to its end.
    pub fn push(&mut self, part: Part<'n>) {
        let depth = self.parts.len() + 1;
        if let (1, Part::Name(first)) = (depth, part) {
            let root = ROOTS.binary_search_by(|node| node.name.cmp(first)).ok();
            self.nodes.extend(root.map(|root| (depth, ROOTS[root])));
        } else {
            for at in self.nodes.len() - self.ends().len()..self.nodes.len() {
                let (_, above) = self.nodes[at];
                self.nodes.extend(above.below(part).map(|node| (depth, node)));
            }
        }
        self.parts.push(part);
    }

    /// Takes the last part away.
    pub fn pop(&mut self) {
        self.nodes.truncate(self.nodes.len() - self.ends().len());
        self.parts.pop();
    }

    /// The nodes that it leads to.
    pub fn ends(&self) -> &[(usize, FactNode)] {
        let of_beginnings = |(depth, _): &(usize, FactNode)| *depth < self.parts.len();
        &self.nodes[self.nodes.partition_point(of_beginnings)..]
    }

    /// The facts of a kind about it.
    pub fn facts(&self, kind: FactKind) -> impl Iterator<Item = Fact> {
        self.ends().iter().flat_map(move |(_, node)| node.facts(kind))
    }
}

/// A part of a key in the tree of facts.
#[derive(Debug, Clone, Copy)]
pub struct FactNode {
    name: &'static str,
    /// Its facts, and the lines below it.
    text: &'static str,
}

/// The part that is any name.
const ANY: &str = "*";
/// The part that is any element.
const ELEMENT: &str = "[]";

impl FactNode {
    /// The facts of a kind about the key that ends here.
    pub fn facts(self, kind: FactKind) -> impl Iterator<Item = Fact> {
        let letter = char::from(kind as u8);
        let (facts, _) = self.text.split_once('\n').unwrap_or_default();
        // They are in the order of their letters.
        let until = facts.split(' ').take_while(move |fact| !fact.starts_with(|c| c > letter));
        until.filter_map(move |fact| fact.strip_prefix(letter)).filter_map(Fact::read)
    }

    /// Whether it is the part that is any name.
    pub fn is_any(self) -> bool {
        self.name == ANY
    }

    /// Whether the shipped defaults hold a key below it.
    pub fn ships_below(self) -> bool {
        let ships = |node: Self| node.facts(FactKind::Shipped).next().is_some();
        self.all_below().any(|node| ships(node) || node.ships_below())
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
        let near = self.all_below().take_while(move |node| node.name <= name.max(first));
        near.filter(move |node| node.name == name || node.name == first)
    }

    fn all_below(self) -> impl Iterator<Item = Self> {
        nodes(self.text.split_once('\n').map_or("", |(_, below)| below))
    }
}

/// The nodes of one level.
fn nodes(mut text: &'static str) -> impl Iterator<Item = FactNode> {
    iter::from_fn(move || {
        let (of_name, rest) = length(text, 2)?;
        let (of_text, rest) = length(rest, 4)?;
        let (name, rest) = rest.split_at_checked(of_name)?;
        let (node, rest) = rest.split_at_checked(of_text)?;
        text = rest;
        Some(FactNode { name, text: node })
    })
}

/// A number of so many hexadecimal digits, and what follows it.
fn length(text: &'static str, digits: usize) -> Option<(usize, &'static str)> {
    let (length, rest) = text.split_at_checked(digits)?;
    Some((usize::from_str_radix(length, 16).ok()?, rest))
}
