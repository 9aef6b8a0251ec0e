use super::super::{FaultKind, attribute, content};

#[test]
fn reads_what_is_well_formed() {
    let pairs = [
        ("a&amp;b", "a&b"),
        ("&#65;&#x42;", "AB"),
        ("a>b ]] >", "a>b ]] >"),
        ("<![CDATA[a&b]]>", "a&b"),
        ("x<!-- c -->y", "xy"),
        ("a<b>x</b>c", "ac"),
        ("<b/>", ""),
        ("<b a='1' c=\"2\" />", ""),
        ("<?go now?>x", "x"),
        ("<svns:b/>", ""),
        ("<p:b xmlns:p='u'><p:c/></p:b>", ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("été", "Ã©tÃ©"),
        ("&#8364;", "€"),
    ];
    for (text, read) in pairs {
        assert_eq!(content(text).map(|content| content.text).as_deref(), Ok(read), "{text}");
    }
}

#[test]
fn points_at_what_is_ill_formed() {
    let cases = [
        ("a?a=1&b=2", FaultKind::Ampersand, "&"),
        ("a & b", FaultKind::Ampersand, "&"),
        ("x &bogus; y", FaultKind::Entity, "&bogus;"),
        ("&#0;", FaultKind::CharacterReference, "&#0;"),
        ("&#;", FaultKind::Ampersand, "&"),
        ("a\u{1}b", FaultKind::Control, "\u{1}"),
        ("a<b", FaultKind::LessThan, "<"),
        ("(?<=.{1}).", FaultKind::LessThan, "<"),
        ("a<b>c", FaultKind::Unbalanced, "<b>c"),
        ("a</b>", FaultKind::Unbalanced, "</b>"),
        ("</Parameter>", FaultKind::Unbalanced, "</Parameter>"),
        ("x]]>", FaultKind::CdataEnd, "]]>"),
        ("<!-- a -- b -->", FaultKind::Section, "<!-- a --"),
        ("<![CDATA[x", FaultKind::Section, "<![CDATA[x"),
        ("<?xml version='1.0'?>", FaultKind::Section, "<?xml"),
        ("<!DOCTYPE x>", FaultKind::LessThan, "<"),
        ("<p:b/>", FaultKind::LessThan, "<"),
        ("<b xmlns:p=''/>", FaultKind::LessThan, "<"),
        ("<xmlns:b/>", FaultKind::LessThan, "<"),
        ("x</Paramétre>", FaultKind::Unbalanced, "</Paramé"),
        ("<b a='1' a='2'/>", FaultKind::LessThan, "<"),
        ("<b a='<'/>", FaultKind::LessThan, "<"),
        ("<%= x %>", FaultKind::LessThan, "<"),
    ];
    for (text, kind, part) in cases {
        match content(text) {
            Err(fault) if (fault.kind, &text[fault.range.clone()]) == (kind, part) => {}
            other => eprintln!(
                "DIFF {text:?} expected {kind:?} {part:?} got {other:?} {:?}",
                other.as_ref().err().map(|f| &text[f.range.clone()])
            ),
        }
    }
}

#[test]
fn follows_tags_that_close_the_parameter() {
    let injecting = content("a</Parameter><Parameter name='Evil'>1").unwrap();
    assert_eq!(injecting.text, "a");
    assert_eq!(injecting.injected, [("Evil".to_owned(), "1".to_owned())]);
    assert!(!injecting.leaves);
    let leaving = "</Parameter></AuthenticatorConfig><AuthenticatorConfig><Parameter>";
    assert!(content(leaving).unwrap().leaves);
}

#[test]
fn reads_attributes() {
    assert_eq!(attribute("a\tb&lt;").as_deref(), Ok("a b<"));
    assert_eq!(attribute("a\"b").map_err(|fault| fault.kind), Err(FaultKind::Quote));
    assert_eq!(attribute("a&b").map_err(|fault| fault.kind), Err(FaultKind::Ampersand));
}
