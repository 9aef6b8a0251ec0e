//! What holds for every text, tried on documents of our own making, on the fixtures, on those that
//! the server's own pipeline has read, and on all of them damaged. The same texts in every run.

use crate::invariants;
use crate::support::{Chance, fixtures, vectors};

/// Every property of one text.
fn holds(text: &str) {
    invariants::with_findings(text, |document, checked| {
        invariants::reports_are_sound(document, checked);
        invariants::fixes_converge(document, checked);
        invariants::pages_can_be_shown(document, checked);
        invariants::logins_can_be_told(document, checked);
    });
    invariants::changes_can_be_told("", text);
}

#[test]
fn holds_for_every_fixture() {
    const PARTS: usize = 4;
    let texts = fixtures();
    // The suite would wait for this one test, were it not shared out.
    std::thread::scope(|scope| {
        for part in 0..PARTS {
            let texts = texts.iter().skip(part).step_by(PARTS);
            scope.spawn(|| texts.for_each(|text| holds(text)));
        }
    });
}

#[test]
fn holds_for_what_a_fuzzer_found() {
    let found = crate::support::root().join("fixtures/fuzz");
    for entry in std::fs::read_dir(found).expect("the folder can be listed") {
        let bytes = std::fs::read(entry.expect("a file").path()).expect("a file can be read");
        holds(&String::from_utf8(bytes).expect("a text"));
    }
}

#[test]
fn holds_for_documents_of_the_pipeline() {
    for text in vectors().iter().step_by(40) {
        holds(text);
    }
}

#[test]
fn holds_for_made_documents() {
    let mut chance = Chance::new(1);
    for _ in 0..200 {
        holds(&document(&mut chance));
    }
}

#[test]
fn holds_for_damaged_documents() {
    let mut chance = Chance::new(2);
    let texts: Vec<_> = fixtures().into_iter().filter(|text| text.len() < 1000).collect();
    for _ in 0..200 {
        let mut text = chance.pick(&texts).clone();
        for _ in 0..=chance.below(3) {
            damage(&mut text, &texts, &mut chance);
        }
        holds(&text);
    }
}

#[test]
fn any_bytes_are_a_text_or_refused() {
    let mut chance = Chance::new(4);
    for _ in 0..500 {
        let length = chance.below(40);
        let bytes: Vec<u8> = (0..length).map(|_| chance.below(256) as u8).collect();
        if let Ok(text) = String::from_utf8(bytes) {
            holds(&text);
        }
    }
    let pieces =
        ["[", "]", "\"", "'", "=", "\n", "\r", "a", ".", "\\", "#", "{", "}", ",", "é", "\0"];
    for _ in 0..500 {
        let length = chance.below(12);
        holds(&(0..length).map(|_| *chance.pick(&pieces)).collect::<String>());
    }
}

/// An editor has texts that are hardly ever whole.
#[test]
fn editors_are_answered_whatever_they_have_open() {
    let mut chance = Chance::new(5);
    let texts: Vec<_> = fixtures().into_iter().filter(|text| text.len() < 1000).collect();
    for _ in 0..60 {
        let mut text = chance.pick(&texts).clone();
        let cut = chance.boundary(&text);
        text.truncate(cut);
        damage(&mut text, &texts, &mut chance);
        invariants::editors_are_answered(&text);
    }
}

/// A document that speaks of this section, well or badly, among others.
fn document(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..=chance.below(4) {
        let header = *chance.pick(&HEADERS);
        text.push_str(header);
        for _ in 0..chance.below(5) {
            let (key, value) = (*chance.pick(&KEYS), *chance.pick(&VALUES));
            let (before, behind) = (*chance.pick(&BLANKS), *chance.pick(&ENDS));
            text.push_str(&format!("{before}{key} = {value}{behind}\n"));
        }
    }
    text
}

const HEADERS: [&str; 14] = [
    "[authentication.authenticator.sms_otp]\n",
    "[authentication.authenticator.sms_otp.parameters]\n",
    "[authentication.authenticator.sms_otp.parameters]\n# smsotp-lint: ignore[value] known\n",
    "[authentication.authenticator.sms_otp.parameter]\n",
    "[authentication.authenticator.smsotp.parameters]\n",
    "[authentication.authenticators.\"sms_otp\"]\n",
    "[authentication.authenticator]\n",
    "[authentication]\n",
    "[[authentication.custom_authenticator]]\n",
    "[[authentication.authenticator.sms_otp]]\n",
    "[database.identity_db]\n",
    "[secrets]\n",
    "[a.b.c]\n[a.b]\n",
    "",
];

const KEYS: [&str; 24] = [
    "SMSOTPMandatory",
    "SendOTPDirectlyToMobile",
    "CaptureAndUpdateMobileNumber",
    "SendOtpToFederatedMobile",
    "SMSOTPEnableByUserClaim",
    "BackupCode",
    "TokenExpiryTime",
    "TokenLength",
    "MaximumResendAttempts",
    "noOfDigits",
    "order",
    "usecase",
    "userAttribute",
    "secondaryUserstore",
    "screenUserAttributeMaskRegex",
    "MobileNumberRegPage",
    "SMSOTPAuthenticationEndpointURL",
    "smsotpmandatory",
    "tokenExpirationTime",
    "sms_url",
    "name",
    "enable",
    "sms_otp.parameters.BackupCode",
    "\"it's\"",
];

const VALUES: [&str; 32] = [
    "true",
    "false",
    "\"true\"",
    "\"True\"",
    "\"no\"",
    "\"yes\"",
    "\"\"",
    "\" true \"",
    "0",
    "5",
    "300",
    "-1",
    "300000",
    "\"5m\"",
    "1.5",
    "1e06",
    "\"backward\"",
    "\"Local\"",
    "\"a&b\"",
    "\"<b/>\"",
    "\"{{otp}}\"",
    "\"$ref{server.hostname}\"",
    "\"$env{X}\"",
    "\"$secret{x}\"",
    "\"smsotpauthenticationendpoint/smsotp.jsp\"",
    "\"https://x/y?z\"",
    "'[0-9'",
    "[1, 2,]",
    "{ BackupCode = \"no\", TokenLength = 0 }",
    "07:32",
    "\"\"\"\na\tb\n\"\"\"",
    "\"é\"",
];

const BLANKS: [&str; 4] = ["", "", "  ", "\t"];
const ENDS: [&str; 4] = ["", "", " # why", "   # smsotp-lint: ignore[not-a-boolean]"];

/// Takes out a piece of a text, puts in one of another, or one that means something to TOML.
fn damage(text: &mut String, others: &[String], chance: &mut Chance) {
    const PIECES: [&str; 28] = [
        "\"", "'", "\"\"\"", "'''", "[", "]", "{", "}", "=", ",", "#", "\n", "\r", "\r\n", "\\",
        ".", "é", "\u{feff}", "\\ud800", "{{", "\u{1b}", "\u{202e}", " ", "\t", "0", "-", "[a]\n",
        "a = 1\n",
    ];
    let start = chance.boundary(text);
    let length = chance.below(20);
    let end = floor(text, start + length).max(start);
    let piece = match chance.below(3) {
        0 => String::new(),
        1 => (*chance.pick(&PIECES)).to_owned(),
        _ => {
            let other = chance.pick(others);
            let start = chance.boundary(other);
            let length = chance.below(60);
            other[start..floor(other, start + length).max(start)].to_owned()
        }
    };
    text.replace_range(start..end, &piece);
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
