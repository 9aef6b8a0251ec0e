use super::*;

const SECTION: &str = "[authentication.authenticator.sms_otp.parameters]\n";

fn faults_of(text: &str) -> Vec<Fault> {
    let source = Source::new("deployment.toml", text);
    let faults = Document::parse(&source).faults;
    assert!(faults.len() <= LIMIT, "{text:?}");
    assert!(faults.is_sorted_by_key(|fault| fault.span.start), "{text:?}");
    for span in faults.iter().flat_map(|fault| fault.also.iter().chain([&fault.span])) {
        let slice = text.get(span.range());
        assert!(slice.is_some(), "{span:?} in {text:?}");
        let blank = slice.is_none_or(|slice| slice.trim().is_empty());
        assert!(!blank || text.trim().is_empty(), "{span:?} in {text:?}");
    }
    faults
}

/// A piece of TOML without the marks around the place of its only mistake, and that place.
fn unmarked(marked: &str) -> (String, Span) {
    let start = SECTION.len() + marked.find('«').unwrap_or_else(|| panic!("{marked:?}"));
    let end = SECTION.len() + marked.find('»').unwrap_or_else(|| panic!("{marked:?}"));
    (format!("{SECTION}{}", marked.replace(['«', '»'], "")), Span::new(start, end - '«'.len_utf8()))
}

#[test]
fn every_mistake_is_recognised() {
    for mistake in MISTAKES.iter().filter(|mistake| !mistake.example.is_empty()) {
        let (text, span) = unmarked(mistake.example);
        let faults = faults_of(&text);
        let found: Vec<_> = faults.iter().map(|fault| (fault.mistake.says, fault.span)).collect();
        assert_eq!(found, [(mistake.says, span)], "{text:?}");
        assert!(!mistake.help.is_empty(), "{text:?}");
        let clashes = !faults[0].also.is_empty();
        assert_eq!(clashes, !mistake.also.is_empty(), "{text:?}");
    }
}

#[test]
fn tells_mistakes_apart() {
    let cases = [
        ("order = «backward»", "a text is without quotes"),
        ("url = «https://a/b?c=d&e={f}» # g", "a text is without quotes"),
        ("ip = «127.0.0.1»\n", "a text is without quotes"),
        ("x = «True»", "a boolean must be lower case"),
        ("x = «OFF» # why", "a boolean is neither true nor false"),
        ("x = «None»", "a value means that there is no value, which TOML cannot say"),
        ("x = «$secret{name}»", "a reference needs double quotes"),
        ("x = «$env{HOST}:9443»", "a text is without quotes"),
        ("x = «:sym»", "a text is without quotes"),
        ("x = «5m»", "a number has a unit, which no number in TOML has"),
        ("x = «1.5 hours»", "a number has a unit, which no number in TOML has"),
        ("x = «10%»", "a number has a unit, which no number in TOML has"),
        ("x = «007»", "a number or date is not written as TOML has it (unexpected leading zero)"),
        (
            "x = «99999999999999999999»",
            "a number or date is not written as TOML has it (integer number overflowed)",
        ),
        (
            "x = «-1e400»",
            "a number or date is not written as TOML has it (floating-point number overflowed)",
        ),
        ("x = «1,000»", "a number or date is not written as TOML has it (a number has no commas)"),
        (
            "x = «2030-02-30»",
            "a number or date is not written as TOML has it (invalid date, expected day between 01 \
             and 28)",
        ),
        (
            "x = «1__0»",
            "a number or date is not written as TOML has it (`_` may only go between digits)",
        ),
        ("x = «“»a”", "“ is a typographic quote; TOML knows only \" and '"),
        ("x = \"a«”»", "” is a typographic quote; TOML knows only \" and '"),
        ("«x = 1»\u{a0}", "an invisible character (U+00A0) is in the text"),
        ("x = «\"a\u{1}b\"»", "an invisible character (U+0001) is in the text"),
        ("«x = 1»\ry = 2", "a carriage return has no line feed behind it"),
        ("x = «'a\rb'»", "a carriage return has no line feed behind it"),
        ("«x =» ", "a setting has no value"),
        ("«x = # later»\n", "a setting has no value"),
        ("«x =»\n  \"below\"\n", "a setting has no value"),
        ("«x = { a }»", "a setting has no value"),
        ("«= 1»", "a name is empty, or has an empty part"),
        ("«a..b = 1»", "a name is empty, or has an empty part"),
        ("«a$b» = 1", "a key is not written as TOML has it"),
        ("«\"\"\"a\"\"\"» = 1", "a key is not written as TOML has it"),
        ("x«:» 1", "`:` is written in place of `=`"),
        ("\"x\" «:» 1", "`:` is written in place of `=`"),
        ("x «:=» 1", "`:=` is written in place of `=`"),
        ("x = { \"a\"«:» 1 }", "`:` is written in place of `=`"),
        ("x «=>» 1", "`=>` is written in place of `=`"),
        ("x =«=» 1", "a line has more than one `=`"),
        ("«x 1»", "a line has no `=`"),
        ("«x»", "a line has no `=`"),
        ("«export x = 1»", "a line has a blank in its key"),
        ("«- item»", "a line is no setting, table header or comment"),
        ("«// why»", "a comment does not begin with `#`"),
        ("x = 1 «// why»", "a comment does not begin with `#`"),
        ("x = \"a\" «// why»", "a comment does not begin with `#`"),
        ("[a] «// why»", "a comment does not begin with `#`"),
        ("a = 1 «b c»", "something follows a value on its line"),
        ("x = \"say \"«hi\" now\"»", "something follows a value on its line"),
        ("[a] «b = 1»", "something follows a table header on its line"),
        ("[a]«]»", "something follows a table header on its line"),
        ("«[a»", "a table header is not closed"),
        ("«[[a]»\nb = 1", "a table header is not closed"),
        ("«[a b]»", "a table header is not closed"),
        ("«[]»", "a name is empty, or has an empty part"),
        ("«[a..b]»", "a name is empty, or has an empty part"),
        ("«]»", "a closing bracket has no opening one"),
        ("x = «\"a»", "a string is not closed on its line"),
        ("x = «'a»\ny = '", "a string is not closed on its line"),
        ("x = «\"a\\\"»", "a string is not closed on its line"),
        ("x = «\"\"\"»a\ny = 1\n", "a string in triple quotes is not closed"),
        ("x = «[»1,\n[b]\ny = 2\n\n", "a bracket is not closed"),
        ("x = «{» a = 1\ny = 2\n", "a bracket is not closed"),
        ("x = [\"a\" «\"b\"]»", "a list in brackets has no single comma between two items"),
        ("x = [1 «2]»", "a list in brackets has no single comma between two items"),
        ("x = { a = 1 «b = 2 }»", "a list in brackets has no single comma between two items"),
        ("x = «\"C:\\dir\"»", "a path has backslashes, which begin escapes in double quotes"),
        ("x = «\"C:\\Users\\\"»", "a path has backslashes, which begin escapes in double quotes"),
        ("x = \"«\\d»+\"", "a backslash with what follows it is no escape of TOML"),
        ("x = «\"\\u12\"»", "a backslash with what follows it is no escape of TOML"),
        ("x = «a\"»", "a string has no opening quote"),
        ("x = «{{ .Values.x }}»", "a template expression was not rendered"),
        (
            "«{% if a %}»\nx = 1\n{% else %}\nx = 2\n{% endif %}",
            "a template expression was not rendered",
        ),
        ("x = id.«${DOMAIN}»", "a template expression was not rendered"),
        ("x = «<%= @x %>»", "a template expression was not rendered"),
        ("«<<<<<<< a»\nx = 1\n=======\nx = 2\n>>>>>>> b", "a merge marker is left in the file"),
        ("x = 1\n«x» = 2", "a key is set twice"),
        ("x = { a = 1, «a» = 2 }", "a key is set twice"),
        ("[a]\nb = 1\n«[a]»\nb = 1", "a table is defined twice"),
        ("x.y = 1\n«x» = 2", "a name is defined as two different things"),
        ("[a]\n«[[a]]»", "a name is defined as two different things"),
        (
            "[a]\nb.c = 1\n«[a.b]»",
            "a table has a header of its own and is written with dotted keys",
        ),
        (
            "[a.b]\n[a]\n«b».c = 1",
            "a table has a header of its own and is written with dotted keys",
        ),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .filter_map(|(marked, message)| {
            let (text, span) = unmarked(marked);
            let faults = faults_of(&text);
            let found: Vec<_> =
                faults.iter().map(|fault| (fault.message(None), fault.span)).collect();
            (found != [(message.to_owned(), span)]).then_some((marked, found))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn goes_on_behind_what_stays_on_its_line() {
    let found = |text: &str| -> Vec<_> {
        faults_of(text).into_iter().map(|fault| fault.message(None)).collect()
    };
    // `toml_edit` itself reports the unclosed string alone.
    let text = "a = yes\nb: 1\na = 2\n# \u{1}\nc = \"\nd = no\na = 3\n# \u{1}\n";
    let comment = "a comment holds a control character (U+0001): this is not TOML, though the \
                   server's parser reads past it";
    let expected = [
        "a boolean is neither true nor false",
        "`:` is written in place of `=`",
        "a key is set twice",
        comment,
        "a string is not closed on its line",
    ];
    assert_eq!(found(text), expected);
    assert_eq!(found("a = [b, c]\nd = e"), ["a text is without quotes"; 2]);
    assert_eq!(found("a = $env{A}\nb = $sys{b} # c"), ["a reference needs double quotes"; 2]);
    let line = "a line is no setting, table header or comment";
    assert_eq!(found("server {\nport: 1\n}"), [line]);
    let twice = found("x = { a = 1 }\nx.a = 2");
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0], "a key is set twice");
}

#[test]
fn tells_what_makes_toml_of_a_line() {
    let cases = [
        ("x = True # why", Some("x = true")),
        ("x: 1", Some("x = 1")),
        ("x : 1", Some("x = 1")),
        ("x := 1", Some("x = 1")),
        ("x=>1", Some("x = 1")),
        ("x = { \"a\": 1, b = 2 }", Some("x = { \"a\" = 1, b = 2 }")),
        ("x == 1", Some("x = 1")),
        ("x  true", Some("x = true")),
        ("x = 1;", Some("x = 1")),
        ("x = true;", Some("x = true")),
        ("x = \"a\",", Some("x = \"a\"")),
        ("x = “a”", Some("x = \"a\"")),
        ("x = “it’s” # “why”", Some("x = \"it’s\"")),
        ("x = [“a”, “b”]", Some("x = [\"a\", \"b\"]")),
        ("x = \"a”", Some("x = \"a\"")),
        ("x = \"a”\r\n", Some("x = \"a\"")),
        ("x = ‘a’\r\n", Some("x = 'a'")),
        ("x = `a`", Some("x = 'a'")),
        ("“x” = 1", Some("\"x\" = 1")),
        ("x = a # why", Some("x = \"a\"")),
        ("x = $ref{a.b}", Some("x = \"$ref{a.b}\"")),
        ("<Parameter name=\"x\">a</Parameter>", Some("x = \"a\"")),
        ("<Parameter name=\"x\">6</Parameter>", Some("x = 6")),
        // More is wrong than one rewrite mends.
        ("x: yes", None),
        ("x = [“a”, b]", None),
        ("x = “a\"b”", None),
        ("x = yes;", None),
        ("x: y: 1", None),
        ("x = None", None),
        ("x = 5m", None),
        ("x = \"a", None),
    ];
    for (line, expected) in cases {
        let text = format!("{SECTION}{line}");
        let source = Source::new("", text.as_str());
        let rewritten = faults_of(&text)[0].rewritten(&source);
        assert_eq!(rewritten.map(|(text, _)| text).as_deref(), expected, "{line:?}");
    }
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

/// Each of these takes hours once a loop over all of it is in another.
#[test]
fn is_done_with_huge_texts_in_linear_time() {
    let many = 10_000;
    let texts = [
        format!("x = {}", "[".repeat(4 * many)),
        format!("x = {}{}", "[".repeat(4 * many), "]".repeat(4 * many)),
        format!("x = {}", "{a=".repeat(many)),
        format!("{} = 1", vec!["a"; many].join(".")),
        format!("[{}]", vec!["a"; many].join(".")),
        format!("x = {}", "a".repeat(20 * many)),
        format!("x = \"{}", "\\q".repeat(10 * many)),
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
