use super::*;

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

fn faults_of(text: &str) -> Vec<Fault> {
    let source = Source::new("deployment.toml", text);
    let document = Document::parse(&source);
    check(text, document.faults());
    document.faults
}

/// What holds for every text.
fn check(text: &str, faults: &[Fault]) {
    assert!(faults.len() <= LIMIT, "{text:?}");
    assert!(faults.is_sorted_by_key(|fault| fault.span.start), "{text:?}");
    for span in faults.iter().flat_map(|fault| fault.also.iter().chain([&fault.span])) {
        let slice = text.get(span.range());
        assert!(slice.is_some(), "{span:?} in {text:?}");
        let blank = slice.is_none_or(|slice| slice.trim().is_empty());
        assert!(!blank || text.trim().is_empty(), "{span:?} in {text:?}");
    }
}

/// The kind and the text of the only fault below the section's header.
fn only(body: &str) -> (FaultKind, String) {
    let text = format!("{SECTION}{body}");
    let mut faults = faults_of(&text);
    assert_eq!(faults.len(), 1, "{body:?}: {faults:?}");
    let Fault { kind, span, .. } = faults.remove(0);
    (kind, text[span.range()].to_owned())
}

#[test]
fn tells_mistakes_apart() {
    use FaultKind::*;
    let number = |reason: &str| Number(reason.to_owned());
    let cases = [
        ("order = backward", BareWord, "backward"),
        ("url = https://a/b?c=d&e={f} # g", BareWord, "https://a/b?c=d&e={f}"),
        ("ip = 127.0.0.1\n", BareWord, "127.0.0.1"),
        ("x = True", Boolean { meant: true }, "True"),
        ("x = OFF # why", Boolean { meant: false }, "OFF"),
        ("x = None", Null, "None"),
        ("x = $secret{name}", BareReference, "$secret{name}"),
        ("x = $env{HOST}:9443", BareWord, "$env{HOST}:9443"),
        ("x = :sym", BareWord, ":sym"),
        ("x = 5m", NumberWithUnit, "5m"),
        ("x = 1.5 hours", NumberWithUnit, "1.5 hours"),
        ("x = 10%", NumberWithUnit, "10%"),
        ("x = 007", LeadingZero, "007"),
        ("x = 99999999999999999999", NumberTooLarge, "99999999999999999999"),
        ("x = -1e400", NumberTooLarge, "-1e400"),
        ("x = 1,000", number("a comma cannot stand in a number"), "1,000"),
        ("x = 1__0", number("`_` may only go between digits"), "1__0"),
        ("x = “a”", ForeignQuote('“'), "“"),
        ("x = \"a”", ForeignQuote('”'), "”"),
        ("x = 1\u{a0}", Invisible('\u{a0}'), "x = 1"),
        ("x = \"a\u{1}b\"", ControlCharacter('\u{1}'), "\"a\u{1}b\""),
        ("x = 1\ry = 2", CarriageReturn, "x = 1"),
        ("x = 'a\rb'", CarriageReturn, "'a\rb'"),
        ("x = ", MissingValue, "x ="),
        ("x = # later\n", MissingValue, "x = # later"),
        ("x =\n  \"below\"\n", MissingValue, "x ="),
        ("x = { a }", MissingValue, "x = { a }"),
        ("= 1", EmptyKey, "= 1"),
        ("a..b = 1", EmptyKey, "a..b = 1"),
        ("a$b = 1", KeyCharacter, "a$b"),
        ("\"\"\"a\"\"\" = 1", MultilineKey, "\"\"\"a\"\"\""),
        ("x: 1", Colon, "x: 1"),
        ("\"x\" : 1", Colon, "\"x\" : 1"),
        ("x := 1", Colon, "x := 1"),
        ("x = { \"a\": 1 }", Colon, ": 1"),
        ("x => 1", Arrow, "> 1"),
        ("x == 1", ExtraEquals, "="),
        ("x 1", MissingEquals, "x 1"),
        ("x", MissingEquals, "x"),
        ("export x = 1", BlankInKey, "export x = 1"),
        ("- item", NotASetting, "- item"),
        ("<Parameter name=\"x\">1</Parameter>", NotASetting, "<Parameter name=\"x\">1</Parameter>"),
        ("// why", ForeignComment, "// why"),
        ("x = 1 // why", ForeignComment, "// why"),
        ("x = \"a\" // why", ForeignComment, "// why"),
        ("[a] // why", ForeignComment, "// why"),
        ("x = \"a\";", Separator, ";"),
        ("x = 1,", Separator, ","),
        ("a = 1 b = 2", TextAfterValue, "b = 2"),
        ("x = \"say \"hi\" now\"", TextAfterValue, "hi\" now\""),
        ("[a] b = 1", TextAfterHeader, "b = 1"),
        ("[a]]", TextAfterHeader, "]"),
        ("[a", UnclosedHeader, "[a"),
        ("[[a]\nb = 1", UnclosedHeader, "[[a]"),
        ("[a b]", UnclosedHeader, "[a b]"),
        ("[]", EmptyHeader, "[]"),
        ("[a..b]", EmptyHeader, "[a..b]"),
        ("]", StrayBracket, "]"),
        ("x = \"a", UnclosedString, "\"a"),
        ("x = 'a\ny = '", UnclosedString, "'a"),
        ("x = \"a\\\"", UnclosedString, "\"a\\\""),
        ("x = \"\"\"a\ny = 1\n", UnclosedMultilineString, "\"\"\""),
        ("x = [1,\n[b]\ny = 2\n\n", UnclosedArray, "["),
        ("x = { a = 1\ny = 2\n", UnclosedInlineTable, "{"),
        ("x = [\"a\" \"b\"]", ArrayItems, "\"b\"]"),
        ("x = [1 2]", ArrayItems, "2]"),
        ("x = { a = 1 b = 2 }", InlineTableItems, "b = 2 }"),
        ("x = \"C:\\dir\"", WindowsPath, "\"C:\\dir\""),
        ("x = \"C:\\Users\\\"", WindowsPath, "\"C:\\Users\\\""),
        ("x = \"\\d+\"", Escape, "\\d"),
        ("x = \"\\u12\"", UnicodeEscape, "\"\\u12\""),
        ("x = a\"", MissingOpeningQuote, "a\""),
        ("x = {{ .Values.x }}", Template, "{{ .Values.x }}"),
        ("{% if a %}\nx = 1\n{% else %}\nx = 2\n{% endif %}", Template, "{% if a %}"),
        ("x = id.${DOMAIN}", Template, "${DOMAIN}"),
        ("x = <%= @x %>", Template, "<%= @x %>"),
        ("<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b", MergeMarker, "<<<<<<< a"),
        ("x = 1\nx = 2", KeyTwice, "x"),
        ("x = { a = 1, a = 2 }", KeyTwice, "a"),
        ("[a]\nb = 1\n[a]\nb = 1", TableTwice, "[a]"),
        ("x.y = 1\nx = 2", Clash, "x"),
        ("[a]\n[[a]]", Clash, "[[a]]"),
        ("[a]\nb.c = 1\n[a.b]", TableAfterDottedKey, "[a.b]"),
        ("[a.b]\n[a]\nb.c = 1", DottedKeyIntoTable, "b"),
        ("# a\u{1}b", CommentControl('\u{1}'), "# a\u{1}b"),
        ("# a\rx = True\ny = 1", CommentReturn, "# a\rx = True"),
        ("x = \"\\ud83d\\ude00\"", Surrogate, "\\ud83d"),
        ("x = { a = 1 }\nx.b = 2\nx.c = 3", ExtendsInlineTable, "x"),
        ("x = { a = { b = 1 }, a.c = 2 }", ExtendsInlineTable, "a"),
    ];
    for (body, kind, slice) in cases {
        assert_eq!(only(body), (kind, slice.to_owned()), "{body:?}");
    }
}

#[test]
fn goes_on_behind_what_stays_on_its_line() {
    let kinds = |text: &str| -> Vec<_> { faults_of(text).into_iter().map(|it| it.kind).collect() };
    use FaultKind::*;
    // `toml_edit` itself reports the unclosed string alone.
    let text = "a = yes\nb: 1\na = 2\n# \u{1}\nc = \"\nd = no\na = 3\n# \u{1}\n";
    let expected =
        vec![Boolean { meant: true }, Colon, KeyTwice, CommentControl('\u{1}'), UnclosedString];
    assert_eq!(kinds(text), expected);
    assert_eq!(kinds("a = [b, c]\nd = e"), vec![BareWord, BareWord]);
    assert_eq!(
        kinds("a = $env{A}\nb = $sys{b} # c\nc = yes"),
        [BareReference, BareReference, Boolean { meant: true }]
    );
    assert_eq!(kinds("server {\nport: 1\n}"), vec![NotASetting]);
    assert_eq!(kinds("x = { a = 1 }\nx.a = 2"), vec![KeyTwice, ExtendsInlineTable]);
}

#[test]
fn labels_the_first_definition() {
    let text = format!("{SECTION}a = 1\n\n{SECTION}a = 2\n");
    let faults = faults_of(&text);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].also, vec![Span::new(0, SECTION.len() - 1)]);
    assert_eq!(faults[0].span.start, SECTION.len() + 7);
}

#[test]
fn points_at_something_in_a_blank_file() {
    for text in ["\r", " \r \n", "\n\n\r", "x = [\n\n\n", "x\r\n\r\r\n", "\u{c}", "x =\n\n\n\n"] {
        assert!(!faults_of(text).is_empty(), "{text:?}");
    }
}

#[test]
fn tells_both_kinds_however_many_there_are() {
    let comments = "# \u{1}\n".repeat(3 * LIMIT);
    let words = "x = yes\n".repeat(3 * LIMIT);
    for text in [format!("{comments}{words}"), format!("{words}{comments}")] {
        let faults = faults_of(&text);
        assert_eq!(faults.len(), LIMIT);
        assert!(faults.iter().any(Fault::is_accepted));
        assert!(faults.iter().any(|fault| !fault.is_accepted()));
    }
}

/// Each of these takes hours once a loop over all of it stands in another.
#[test]
fn is_done_with_huge_texts_in_linear_time() {
    let many = 10_000;
    let texts = [
        format!("x = {}", "[".repeat(4 * many)),
        format!("x = {}{}", "[".repeat(4 * many), "]".repeat(4 * many)),
        format!("x = {}", "{a=".repeat(many)),
        format!("{} = 1", vec!["a"; many].join(".")),
        format!("[{}]", vec!["a"; many].join(".")),
        format!("x = {}", "a".repeat(60 * many)),
        format!("x = \"{}", "\\q".repeat(20 * many)),
        format!("x = [{}]", "word, ".repeat(many)),
        format!("x = {{{}}}", "a = 1, ".repeat(many)),
        format!("x = {{}}\n{}", "x.y = 1\n".repeat(many)),
        "[t]\n".repeat(2 * many),
        "x = \n".repeat(many),
        "x: 1\n".repeat(many),
        "# \u{1}\rx = '''\n".repeat(many),
        "=".repeat(many),
        ">>>>>>> x\n".repeat(many),
    ];
    for text in texts {
        assert!(!faults_of(&text).is_empty());
    }
}
