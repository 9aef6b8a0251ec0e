//! Documents with a planted secret, damaged at every place -> no report may hold a piece of it.

use super::*;

/// The secret is `S3CRETx`; its halves count too, since the damage may lie in the middle.
const HALVES: [&str; 2] = ["S3C", "ETx"];

const DOCUMENTS: [&str; 5] = [
    // The section comes last, behind strings of every kind.
    r#"# S3CRETx
[database] # the S3CRETx
password = "S3CRETx" # S3CRETx
url = "jdbc:mysql://$env{DB}/x?user=a&password=S3CRETx&b=c"
pin = ['S3CRETx', "a", "S3CRETx"]
at = { "S3CRETx // y" = 1, b = '$ref{a.b}S3CRETx', c = true }

[authentication.authenticator.sms_otp.parameters]
SMSOTPMandatory = false
SendOTPDirectlyToMobile = "yes" # ours
"#,
    // Strings over lines.
    r#"cert = """
-----BEGIN-----
  S3CRETx/S3CRETx
S3CRETx"""
key = '''S3CRETx
U2VjS3CRETx==
'''
[authentication.authenticator.sms_otp]
enable = "true"
"#,
    // The section stands in front, and what follows loses its header.
    r#"[authentication.authenticator.sms_otp.parameters]
order = "backward"
TokenExpiryTime = 300

[database]
password = "S3CRETx" # S3CRETx
user = 'S3CRETx'
list = [
  ["S3CRETx"],
  "S3CRETx", # S3CRETx
]
"#,
    // No header at all.
    r#"authentication.authenticator.sms_otp.enable = true
password = 'S3CRETx'
authentication.authenticator = { totp = { key = "S3CRETx" }, smsotp = { name = "x" }, z = "S3CRETx" }
"#,
    // Broken from the start.
    "[database\r\npassword = S3CRETx\r\nuser = \"S3CRETx\" # S3CRETx\r\n\
     [authentication.authenticator.sms_otp.parameters]\r\nBackupCode = True\r\n\r\n\
     [x]\r\nurl = 'S3CRETx\r\n",
];

/// Every text that is one step of damage away.
fn damaged(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    for (at, c) in text.char_indices() {
        let (before, behind) = text.split_at(at);
        all.push(before.to_owned());
        all.push(format!("{before}{}", &behind[c.len_utf8()..]));
        for insert in "\"'#=[]{},.\\\n x".chars() {
            all.push(format!("{before}{insert}{behind}"));
        }
    }
    all
}

/// Whether the damage has made the secret a part of the section: the header that ended it is gone,
/// and the text is TOML still.
fn is_ours(document: &Document<'_>, section: &Section<'_>) -> bool {
    let text = document.source().text();
    let mut secrets = HALVES.iter().flat_map(|half| text.match_indices(half));
    document.faults().is_empty()
        && secrets.any(|(at, _)| section.visible.iter().any(|span| span.contains(Span::at(at))))
}

fn assert_silent(shown: &str, text: &str) {
    for half in HALVES {
        assert!(!shown.contains(half), "shows {half}:\n{shown}\n\nof:\n{text}");
    }
}

// Every step would take half a minute. The steps are no divisor of the kinds of damage, so that every
// kind meets every part of a document.
#[test]
fn no_line_shows_a_secret() {
    let texts = DOCUMENTS.iter().flat_map(|text| damaged(text));
    for text in texts.step_by(7) {
        let source = Source::new("x", &*text);
        let document = Document::parse(&source);
        let section = Section::of(&Tree::of(&document));
        if is_ours(&document, &section) {
            continue;
        }
        let view = Redacted::of(&document, &section);
        for index in 0..source.line_count() {
            assert_silent(view.line(index).text(), &text);
        }
    }
}

#[test]
fn no_report_shows_a_secret() {
    let texts = DOCUMENTS.iter().flat_map(|text| damaged(text));
    for (number, text) in texts.step_by(101).enumerate() {
        let source = Source::new("x", &*text);
        let document = Document::parse(&source);
        let section = Section::of(&Tree::of(&document));
        if is_ours(&document, &section) {
            continue;
        }
        let mut findings = raised(&document);
        findings.push(everywhere(&text, 1 + number % 7));
        let view = Redacted::of(&document, &section);
        let mut run = one_file(&view, findings);
        for format in Format::ALL {
            let width = 40 + number % 100;
            let shown = run.render(format, Style { width, ..Style::default() });
            assert_silent(&shown, &text);
        }
    }
}

/// A finding that points at every place and whose fix moves the whole text.
fn everywhere(text: &str, length: usize) -> Diagnostic {
    let mut finding =
        Diagnostic::new(&INFO, Severity::Info, "odd", Label::new(Span::new(0, length), "a"));
    for (at, _) in text.char_indices().step_by(5) {
        finding = finding.also(Span::new(at, at + length), "b");
    }
    let whole = Span::new(0, text.len());
    finding.fix(Fix::safe("turn about", vec![Edit::replace(whole, format!("# new\n{text}"))]))
}
