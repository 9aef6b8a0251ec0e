use super::super::{XmlFaultKind, attribute, content};

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
        ("a?a=1&b=2", XmlFaultKind::Ampersand, "&"),
        ("a & b", XmlFaultKind::Ampersand, "&"),
        ("x &bogus; y", XmlFaultKind::Entity, "&bogus;"),
        ("&#0;", XmlFaultKind::CharacterReference, "&#0;"),
        ("&#;", XmlFaultKind::Ampersand, "&"),
        ("a\u{1}b", XmlFaultKind::Control, "\u{1}"),
        ("a<b", XmlFaultKind::LessThan, "<"),
        ("(?<=.{1}).", XmlFaultKind::LessThan, "<"),
        ("a<b>c", XmlFaultKind::Unbalanced, "<b>c"),
        ("a</b>", XmlFaultKind::Unbalanced, "</b>"),
        ("</Parameter>", XmlFaultKind::Unbalanced, "</Parameter>"),
        ("x]]>", XmlFaultKind::CdataEnd, "]]>"),
        ("<!-- a -- b -->", XmlFaultKind::Section, "<!-- a -- b -->"),
        ("<![CDATA[x", XmlFaultKind::Section, "<![CDATA[x"),
        ("<?xml version='1.0'?>", XmlFaultKind::Section, "<?xml version='1.0'?>"),
        ("<!DOCTYPE x>", XmlFaultKind::LessThan, "<"),
        ("<p:b/>", XmlFaultKind::LessThan, "<"),
        ("<xmlns:b/>", XmlFaultKind::LessThan, "<"),
        ("x</Paramétre>", XmlFaultKind::LessThan, "<"),
        ("<b a='1' a='2'/>", XmlFaultKind::LessThan, "<"),
        ("<b a='<'/>", XmlFaultKind::LessThan, "<"),
        ("<%= x %>", XmlFaultKind::LessThan, "<"),
    ];
    for (text, kind, part) in cases {
        let fault = content(text).expect_err(text);
        assert_eq!((fault.kind, &text[fault.range]), (kind, part), "{text:?}");
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
    assert_eq!(attribute("a\"b").map_err(|fault| fault.kind), Err(XmlFaultKind::Quote));
    assert_eq!(attribute("a&b").map_err(|fault| fault.kind), Err(XmlFaultKind::Ampersand));
}
