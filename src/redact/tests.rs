use super::*;
use crate::source::Source;
use crate::toml::Tree;

/// What a text is shown as, line by line.
fn shown(text: &str) -> Vec<String> {
    with_view(text, |view| {
        (0..view.source().line_count()).map(|index| view.line(index).text().to_owned()).collect()
    })
}

fn with_view<T>(text: &str, see: impl FnOnce(&Redacted<'_>) -> T) -> T {
    let source = Source::new("x", text);
    let document = Document::parse(&source);
    see(&Redacted::of(&document, &Section::of(&Tree::of(&document))))
}

/// What the display of a line says at the place of a part of the text.
fn placed(text: &str, line: usize, part: &str) -> String {
    with_view(text, |view| {
        let start = text.find(part).unwrap();
        let line = view.line(line);
        line.text()[line.place(Span::new(start, start + part.len()))].to_owned()
    })
}

#[test]
fn the_tokens_of_toml_leave_nothing_out() {
    let text = "a = 1 # c\r\n[\"b\".c]\nd = [1, 'x', { e = \"\"\"\n\"\"\" }]\n\n[[f]]\n";
    let source = Source::new("x", text);
    let document = Document::parse(&source);
    assert!(document.faults().is_empty());
    let mut end = 0;
    for token in document.tokens() {
        assert_eq!(token.span.start, end);
        end = token.span.end;
    }
    assert_eq!(end, text.len());
}

#[test]
fn numbers_booleans_keys_and_punctuation_stay() {
    let text = "[a.b-c]\nd.e = [1, -2.5e3, 0xFF, true] \n[[f]]\ng = { h = inf, \"i\" = false }\n";
    assert_eq!(shown(text).join("\n") + "\n", text);
}

#[test]
fn strings_comments_dates_and_odd_keys_are_masked() {
    assert_eq!(
        shown(
            "a = \"secret\" # secret\nb = ''\n#secret\nc = 2020-01-02\nd = 07:32:00\n\
             \"se cret\" = 1\n['se.cret']\n"
        ),
        ["a = \"***\" # ***", "b = '***'", "#***", "c = ***", "d = ***", "\"***\" = 1", "['***']"]
    );
}

#[test]
fn references_stay_and_what_surrounds_them_does_not() {
    assert_eq!(
        shown("a = \"$env{DB}\"\nb = 'x$secret{k.y}y$ref{a.'\nc = \"$env{se cret}\" # $env{X}\n"),
        ["a = \"$env{DB}\"", "b = '***$secret{k.y}***'", "c = \"***\" # ***"]
    );
}

#[test]
fn a_string_over_lines_keeps_its_lines() {
    assert_eq!(
        shown("a = \"\"\"\nsecret\n\n x $env{Y}\nsecret\"\"\" # c\nb = '''x'''\n"),
        ["a = \"\"\"***", "***", "***", "***$env{Y}", "***\"\"\" # ***", "b = '''***'''"]
    );
}

#[test]
fn this_section_is_shown_in_all_its_spellings() {
    for text in [
        "[authentication.authenticator.sms_otp.parameters] # mine\n# mine\norder = 'x' # mine\n",
        "authentication.authenticator.sms_otp.parameters.\"X Y\" = 2020-01-01 # mine\n",
        "[authentication]\nauthenticator.sms_otp = { parameters = { order = \"x\" } } # mine\n",
        "[authentication.authenticator.smsotp.parameter]\norder = \"\"\"\nx\n\"\"\"\n",
    ] {
        assert_eq!(shown(text).join("\n") + "\n", text);
    }
}

#[test]
fn the_section_ends_with_its_last_entry() {
    let text = "\
# theirs
[authentication.authenticator.sms_otp.parameters]
order = 'x'
# theirs
[authentication.authenticator]
totp = { key = 'theirs' }
sms_otp.enable = 'x' # mine
x = { sms_otp = 'theirs' } # theirs
";
    let expected = [
        "# ***",
        "[authentication.authenticator.sms_otp.parameters]",
        "order = 'x'",
        "# ***",
        "[authentication.authenticator]",
        "totp = { key = '***' }",
        "sms_otp.enable = 'x' # mine",
        "x = { sms_otp = '***' } # ***",
    ];
    assert_eq!(shown(text), expected);
    let inline = "authentication.authenticator = { sms_otp = { name = 'x' }, y = 'theirs' } # c\n";
    assert_eq!(
        shown(inline),
        ["authentication.authenticator = { sms_otp = { name = 'x' }, y = '***' } # ***"]
    );
}

#[test]
fn a_text_that_is_not_toml_is_shown_by_the_line() {
    let text = "\
[server] # secret
host = \"secret\" # secret
port = 5432
url = \"secret
key = secret = secret
cGFk=
cGFkZA==
\"se\" = 1
 [\"secret\"]
  secret, 
[authentication.authenticator.sms_otp.parameters # secret
SMSOTPMandatory = True # secret
order = \"x\" # secret
sms_url = 'secret'
TokenLength = 6[secret]
TokenLength = 6 x = 5
TokenLength = 6x 'secret'
TokenExpiryTime = 5m
ResendEnable: true # secret
TokenLength := 6
usecase =
order: \"x\" 'secret'
secret: secret
secret]
usecase = 'secret'
";
    let expected = [
        "[server] # ***",
        "host = \"***\" # ***",
        "port = 5432",
        "url = ***",
        "key = ***",
        "***",
        "***",
        "\"se\" = 1",
        " [***]",
        "***",
        "[authentication.authenticator.sms_otp.parameters # ***",
        "SMSOTPMandatory = True # ***",
        "order = \"x\" # ***",
        "sms_url = '***'",
        "TokenLength = 6[***]",
        "TokenLength = 6 *** = 5",
        "TokenLength = ***'",
        "TokenExpiryTime = 5m",
        "ResendEnable: true # ***",
        "TokenLength := 6",
        "usecase =",
        "order: \"***'",
        "***",
        "***",
        "usecase = '***'",
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn a_line_of_this_section_shows_what_is_no_secret() {
    let cases = [
        ("RetryEnable true", "RetryEnable true"),
        ("usecase local", "usecase local"),
        ("usecase local hunter2", "usecase ***"),
        (
            "<Parameter name=\"RetryEnable\">true</Parameter>",
            "<Parameter name=\"RetryEnable\">true</Parameter>",
        ),
        ("<Parameter name=\"key\">hunter2</Parameter>", "<Parameter name=\"***</Parameter>"),
        ("TokenLength = 6 TokenExpiryTime = 300", "TokenLength = 6 TokenExpiryTime = 300"),
        ("RetryEnable = true password = \"hunter2\"", "RetryEnable = true *** = \"***\""),
        ("TokenLength = 6password=hunter2", "TokenLength = ***=***"),
        (
            "MobileNumberRegPage = https://a.b/c?d=e&f=g # h",
            "MobileNumberRegPage = https://a.b/c?d=e&f=g # ***",
        ),
        ("; BackupCode = false", "; BackupCode = false"),
        ("// the hunter2, it is", "// ***"),
        ("<<<<<<< hunter2", "<<<<<<< ***"),
        ("- p@ss 2", "*** 2"),
        ("password: 5", "***: 5"),
        ("pass$word = hunter2", "*** = ***"),
        ("...", "..."),
        ("[authentication.authenticator.sms otp]", "[authentication.authenticator.sms otp]"),
        ("[authentication.authenticator.sms_otp", "[authentication.authenticator.sms_otp"),
        ("[super_admin hunter2]", "***"),
    ];
    for (line, expected) in cases {
        let text = format!("[authentication.authenticator.sms_otp.parameters]\nx = \n{line}\n");
        assert_eq!(shown(&text)[2], expected);
    }
}

#[test]
fn what_a_lost_quote_may_have_turned_about_is_not_shown() {
    let text =
        "a = \"\"secret\npin = 1234\n[secret]\n\"\"\"\nb = true\nc = '''\nd = 1\n'''\ne = 1\n";
    let lines = shown(text);
    assert!(lines.iter().all(|line| !line.contains("secret") && !line.contains("1234")));
    let text =
        "x = \n[authentication.authenticator.sms_otp.parameters]\norder = '''\nbackward\n'''\n";
    assert_eq!(shown(text)[2..], ["order = ***", "***", "***"]);
}

#[test]
fn a_root_key_of_this_section_is_ours_in_a_broken_text_too() {
    let text = "authentication.authenticator.sms_otp.enable = yes\npassword = yes\n";
    assert_eq!(
        shown(text),
        ["authentication.authenticator.sms_otp.enable = yes", "password = ***"]
    );
}

#[test]
fn nobody_names_a_password_almost_like_a_parameter() {
    for name in ["password", "passwd", "secret", "key", "api_key", "token", "url", "user", "name"] {
        let text = format!("[authentication.authenticator.sms_otp.parameters]\n{name} = S3CRETx\n");
        assert_eq!(shown(&text)[1], format!("{name} = ***"));
    }
}

#[test]
fn crlf_and_a_byte_order_mark_are_no_obstacle() {
    assert_eq!(shown("\u{feff}a = 'x'\r\n# x\r\n"), ["\\u{FEFF}a = '***'", "# ***"]);
    assert_eq!(shown("\u{feff}a = x\r\n# x\r\nb = 1\r\n"), ["\\u{FEFF}a = ***", "# ***", "b = 1"]);
}

#[test]
fn what_steers_a_terminal_is_spelt_out() {
    let text = "[authentication.authenticator.sms_otp]\nname = \"a\u{202e}b\tc\" # \u{200b}\n";
    assert_eq!(shown(text)[1], "name = \"a\\u{202E}b  c\" # \\u{200B}");
    assert_eq!(shown("\u{1b}[31m = 1\n"), ["***"]);
}

#[test]
fn tabs_reach_to_the_next_stop() {
    assert_eq!(shown("\ta = 1\nab\t= 2\n"), ["    a = 1", "ab  = 2"]);
}

#[test]
fn spans_follow_the_display() {
    let text = "a = \"secret $env{X}\" # secret\n\tb = 'é'\n";
    assert_eq!(placed(text, 0, "a ="), "a =");
    assert_eq!(placed(text, 0, "cre"), "***");
    assert_eq!(placed(text, 0, "\"secret $env{X}\""), "\"***$env{X}\"");
    assert_eq!(placed(text, 0, "env{X}"), "env{X}");
    assert_eq!(placed(text, 0, "# secret"), "# ***");
    assert_eq!(placed(text, 1, "b ="), "b =");
    assert_eq!(placed(text, 1, "\tb"), "    b");
    let ours = "[authentication.authenticator.sms_otp]\nname = \"你好\u{202e}\" # x\n";
    assert_eq!(placed(ours, 1, "好"), "好");
    assert_eq!(placed(ours, 1, "\u{202e}"), "\\u{202E}");
    assert_eq!(placed(ours, 1, "# x"), "# x");
}

#[test]
fn spans_follow_a_cut() {
    let text = "[authentication.authenticator.sms_otp]\nname = \"abcdefghij\" # x\n";
    with_view(text, |view| {
        let line = view.line(1).cut(8..12, "~");
        assert_eq!(line.text(), "~abcd~");
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            line.text()[line.place(Span::new(start, start + part.len()))].to_owned()
        };
        assert_eq!(at("bc"), "bc");
        assert_eq!(at("cdef"), "cd~");
        assert_eq!(at("name ="), "~");
        assert_eq!(at("# x"), "~");
    });
}
