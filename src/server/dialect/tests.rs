//! What the server's parser refuses and what it accepts, each as one small document.

use super::{ConstructKind, ItemType, constructs};
use crate::source::Source;
use crate::toml::Document;

fn kinds(text: &str) -> Vec<ConstructKind> {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    assert!(document.faults().is_empty(), "{text:?} is TOML");
    constructs(&document).into_iter().map(|construct| construct.kind).collect()
}

#[test]
fn refuses_each_construct() {
    let mixed = |first, other| ConstructKind::MixedArray { first, other };
    let late = |after_date| ConstructKind::LateComma { after_date };
    let trailing = |after_date| ConstructKind::TrailingComma { after_date };
    let unsettled = |missing| ConstructKind::UnsettledArrays { missing };
    for (text, expected) in [
        ("\u{feff}a = 1", ConstructKind::ByteOrderMark),
        ("a = \"x\ty\"", ConstructKind::Tab),
        ("a = \"\"\"x\n\ty\"\"\"", ConstructKind::Tab),
        ("\"a\tb\" = 1", ConstructKind::Tab),
        ("[\"a\tb\"]", ConstructKind::Tab),
        ("a = \"\"\"x \\\n\ty\"\"\"", ConstructKind::IndentTab),
        ("a = \"\\e\"", ConstructKind::EscapeE),
        ("a = \"\\\\\\x41\"", ConstructKind::EscapeX),
        ("a = \"\"\"x\"\"\"\"", ConstructKind::TouchingQuote),
        ("a = \"\"\"x\\\"\"\"\"\"", ConstructKind::TouchingQuote),
        ("a = '''x'''''", ConstructKind::TouchingApostrophe),
        ("a = [1, \"x\"]", mixed(ItemType::Integer, ItemType::String)),
        ("a = [1, 1.0]", mixed(ItemType::Integer, ItemType::Float)),
        ("a = [1e-5, 1]", mixed(ItemType::Float, ItemType::Integer)),
        ("a = [1, [2]]", mixed(ItemType::Integer, ItemType::Array)),
        ("a = ['x', {b = 1}]", mixed(ItemType::String, ItemType::Table)),
        (
            "a = [1979-05-27T07:32:00 , 1979-05-27T07:32:00Z ]",
            mixed(ItemType::LocalDateTime, ItemType::OffsetDateTime),
        ),
        ("a = [1\n, 2]", late(false)),
        ("a = [1 # one\n, 2]", late(false)),
        ("a = [07:32:00\n, 07:33:00\n]", late(true)),
        ("a = { b = 1,\n c = 2 }", ConstructKind::BrokenTable),
        ("a = [{ b = 1\n}]", ConstructKind::BrokenTable),
        ("a = { b = 1, # b\n c = 2 }", ConstructKind::CommentInTable),
        ("a = { b = 1, }", trailing(false)),
        ("a = { b = 2020-01-01,}", trailing(true)),
        ("a = { b = [] }", ConstructKind::EmptyArrayInTable),
        ("a = { b = [[]] }", ConstructKind::EmptyArrayInTable),
        ("a = { b = [1,] }", ConstructKind::ArrayCommaInTable),
        ("a = [[], []]\nb = 1", unsettled(1)),
        ("a = [[], []]\n[b]", unsettled(1)),
        ("a = [[1,], [2,]]\n  b = 1", unsettled(1)),
        ("a = [[1,],]\r\nb = 1", unsettled(1)),
        ("a = [[], [], []]\n\nb = 1", unsettled(1)),
        ("a = [[], [], []]\n\"b\" = 1", unsettled(2)),
        ("a = [[], []]\n[\"b\"]", unsettled(1)),
        ("a = [2020-01-01]", ConstructKind::DateBeforeBracket),
        ("a = { b = 07:32:00}", ConstructKind::DateBeforeBracket),
        ("a = [2020-01-01, 2020-01-02 ]", ConstructKind::DateBeforeComma),
        ("a = { b = [2020-01-01, 2020-01-02 ] }", ConstructKind::DateBeforeComma),
        ("a = 07:32", ConstructKind::NoSeconds),
        ("a = 1979-05-27 07:32Z", ConstructKind::NoSeconds),
        ("a = 1979-05-27T07:32:00z", ConstructKind::LowerCaseZ),
        ("a = 23:59:60", ConstructKind::LeapSecond),
        ("a = 00:00:00.1234567891", ConstructKind::LongFraction),
        ("a = 1979-05-27T07:32:00+18:01", ConstructKind::FarOffset),
        ("a = 1e06", ConstructKind::PaddedExponent),
        ("a = 1.5E-00", ConstructKind::PaddedExponent),
        ("a = 1e0_6", ConstructKind::PaddedExponent),
        ("a = 1e-400", ConstructKind::Underflow),
    ] {
        assert_eq!(kinds(text), [expected], "{text:?}");
    }
}

#[test]
fn accepts_their_neighbours() {
    for text in [
        "\ta = 'x\ty'\t# \t",
        "'a\tb' = '''x\ty'''",
        "a = \"\"\"x \\ \t\n  y\"\"\"",
        "a = \"\\\\e \\\\x41\"",
        "a = \"\"\"\"x\\\"\"\"\"",
        "a = \"\"\"\"\"\"\nb = ''''x'''",
        "a = [[1], [\"x\"]]\nb = [{ c = 1 }, { c = 'x' }]",
        "a = [\n 1,\n 2 # two\n]",
        "a = [1, 2,]\nb = []\n[c]",
        "a = [[], [1]]\nb = 1",
        "a = [[], []]\n\nb = 1",
        "a = [[], []]\n# b\nb = 1",
        "a = [[], []]\n\"b\".c = 1",
        "a = [[], []]",
        "a = { b = [1], c = [\n 1, # one\n 2\n] }",
        "a = { b = 2020-01-01, c = 07:32:00 }",
        "a = [2020-01-01 ]\nb = [2020-01-01 , 2020-01-02\n]",
        "a = [2020-01-01,]\nb = { c = [2020-01-01, ] }",
        "a = [[], [2020-01-01, 2020-01-02 ]]\nb = 1",
        "a = 1979-05-27t07:32:59.123456789-18:00",
        "a = 1e0\nb = 1e+10\nc = 0e-999\nd = 4.9e-324\ne = -inf\nf = 0x1e06",
    ] {
        assert_eq!(kinds(text), [], "{text:?}");
    }
}

#[test]
fn points_at_every_place_within_the_whole() {
    let text = "a = \"\tx\\\\\ty\t\t\"\nb = { c = 1,\n\n d = 2 }\n";
    let source = Source::new("deployment.toml", text);
    let found = constructs(&Document::parse(&source));
    let slices = |at: usize| -> Vec<&str> {
        found[at].places.iter().map(|place| source.slice(*place)).collect()
    };
    assert_eq!(source.slice(found[0].span), "\"\tx\\\\\ty\t\t\"");
    assert_eq!(slices(0), ["\t", "\t", "\t\t"]);
    assert_eq!(source.slice(found[1].span), "{ c = 1,\n\n d = 2 }");
    assert_eq!(slices(1), ["\n\n "]);
}
