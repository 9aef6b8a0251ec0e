//! Documents with secrets planted in every place that is none of this section's, and damaged.

use crate::support::Chance;

/// A document, and the secrets in it.
pub(super) struct Planted {
    pub(super) text: String,
    pub(super) secrets: Vec<String>,
}

/// The environment that some strings of the documents ask for.
pub(super) const VARIABLE: &str = "DB_PASSWORD";

/// Tables of other sections. `@` is a secret, and `~` one with an escape in the middle.
const FOREIGN: [&str; 16] = [
    "[database.identity_db] # the @\n\
     password = \"@\" # @\n\
     alias = \"$ref{database.identity_db.password}\"\n\
     url = \"jdbc:mysql://$env{DB_HOST}/x?user=a&password=@&b=c\"\n\
     [shaped]\nends = \" @ \"\nlist = \"a, @\"\npage = \"@?x\"\nhost = \"@:80\"\npattern = \"@[b-a\"\n\
     markup = \"</Parameter><Parameter name=\\\"@\\\">@\"\n",
    "[database.shared_db]\n\
     pin = ['@', \"a\", \"~\"]\n\
     at = { \"@ // y\" = 1, b = '$ref{server.hostname}@', c = true }\n\
     \"~ k\" = '''@'''\n\
     password = \"$env{DB_PASSWORD}\"\n",
    "[keystore.primary]\n\
     cert = \"\"\"\n-----BEGIN-----\n  @/@\n@\\\n  ~\"\"\"\n\
     key = '''@\n  U2Vj@\n'''\n",
    "[[event_listener]]\n\
     id = \"x\"\n\
     properties.\"@/y\" = \"@\"\n\
     \"it's @\" = 'x'\n",
    "[secrets]\nalias = \"[@]\"\nother = \"@\"\n",
    "[custom.\"@ d\".\"it's ~\"]\nvalue = \"@\"\n",
    "[custom.\"@ e\".x]\na = '@'\n[custom.\"@ e\"]\nb = \"$secret{@/x}\"\n",
    "[output_adapter.sms]\n\
     headers = \"Authorization: Bearer @\"\n\
     body = '{\"to\":\"{{mobile}}\", \"key\":\"@\"}'\n\
     template = \"<a key='@'>&@;</a>{% if @ %}\"\n",
    "[[authentication.custom_authenticator]]\n\
     name = \"Other & @\"\n\
     parameters.\"@ <\" = \"{{ @ }}\"\n\
     parameters.key = \"@ & ~ ]]> &@;\"\n",
    "[authentication.authenticator.email_otp]\n\
     name = \"@ <\"\n\
     parameters = { \"@ &\" = \"a & @\", key = \"${@}\", url = \"$ENV{@\" }\n",
    "[transport.https]\n\
     list = [\n  [\"@\"], # @\n  '@', # @\n  # @\n  \"\"\"~\n@\"\"\",\n]\n\
     day = 2020-01-01 # @\n",
    "[references]\n\
     a = \"$ref{missing.@ x}\"\n\
     b = '$env{@/x}'\n\
     c = \"$secret{@ x}\"\n\
     d = \"$sys{~ @}\"\n\
     \"@ e\" = \"$ref{references.f}\"\n\
     f = \"$ref{references.'@ e'}\"\n\
     g = \"$ref{database.$env{DB_PASSWORD}}\"\n",
    "[old]\r\npassword = \"@\" # @\r\nkey = \"\"\"@\r\n~\r\n\"\"\"\r\n",
    "[dialect]\n\
     a = [1, \"@\"]\n\
     b = { c = \"@\", # @\n}\n\
     d = \"\\e@\"\n\
     \"@\t\" = \"@\t\"\n\
     e = '''@''''\n\
     f = [[], [\"@\",],]\n",
    "[[authentication.custom_authenticator]]\n\
     name = \"SMSOTP\"\n\
     parameters.TokenLength = \"$ref{database.identity_db.password}\"\n\
     parameters.list = [\"$ref{database.identity_db.alias}\"]\n\
     parameters.\"@ key\" = 1\n",
    "[[database.\"@ x\"]]\na = \"@\"\n[database]\nb = \"@\"\n[database.identity_db.\"@ x\"]\nc = 1\n",
];

/// This section: what it sets is no secret, unless it comes from elsewhere.
const OWN: [&str; 14] = [
    "[authentication.authenticator.sms_otp.parameters]\n\
     SMSOTPMandatory = false\n\
     SendOTPDirectlyToMobile = \"yes\" # ours\n\
     TokenExpiryTime = \"5m\"\n",
    "[authentication.authenticator.sms_otp]\n\
     enable = \"$ref{database.identity_db.password}\"\n\
     name = \"$ref{database.identity_db.alias}\"\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     SMSOTPMandatory = \"$ref{database.identity_db.password}\"\n\
     TokenExpiryTime = \"$ref{database.identity_db.alias}\"\n\
     TokenLength = [\"$ref{database.identity_db.password}\", \"x\"]\n\
     usecase = \"x $ref{database.identity_db.url} y\"\n\
     order.deep = \"$ref{database.identity_db.password}\"\n\
     unknown = \"$ref{database.identity_db.password}\"\n\
     MobileNumberRegPage = \"$ref{database.identity_db.url}\"\n\
     screenUserAttributeMaskRegex = \"[$ref{database.identity_db.password}\"\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     userAttribute = \"$ref{shaped.ends}\"\n\
     secondaryUserstore = \"$ref{shaped.list}\"\n\
     MobileNumberRegPage = \"$ref{shaped.page}\"\n\
     SMSOTPAuthenticationEndpointErrorPage = \"$ref{shaped.host}\"\n\
     screenUserAttributeMaskRegex = \"$ref{shaped.pattern}\"\n\
     usecase = \"$ref{shaped.ends}\"\n\
     Tags = \"$ref{shaped.markup}\"\n",
    "[authentication.authenticator.smsotp.parameter]\n\
     BackupCode = \"$ref{database.identity_db.password}\"\n\
     noOfDigits = \"4\"\n",
    "[authentication]\n\
     authenticator.sms_otp = { parameters = { order = \"$ref{secrets.other}\" } } # ours\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     password = \"@\"\n# @\nsms_url = '@' # @\n\"@ x\" = \"@ & @\"\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     order = \"$ref{output_adapter.sms.template}\"\n\
     usecase = \"$ref{database.shared_db.password}\"\n\
     TokenLength = 4\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     usecase = \"$env{DB_PASSWORD}\"\norder = \"x$env{DB_PASSWORD}\"\n\
     TokenLength = \"$env{DB_PASSWORD}\"\nTokenExpiryTime = ' $env{DB_PASSWORD}'\n\
     SMSOTPMandatory = '$env{DB_PASSWORD}'\nTags = [\"$env{DB_PASSWORD}\"]\n\
     MobileNumberRegPage = '$env{DB_PASSWORD}?x'\nunknown = '$env{DB_PASSWORD} & <'\n",
    "authentication.authenticator.sms_otp.enable = true\n",
    "[authentication.authenticator.sms_otp.parameters]\n\
     screenUserAttribute = { a = \"$ref{database.identity_db.password}\" }\n\
     usecase.a = \"$ref{database.identity_db.alias}\"\n\
     TokenLength = { a = 'x$env{DB_PASSWORD}' }\norder.a = '$env{DB_PASSWORD}'\n\
     unknown.a = \"$ref{database.identity_db.password}\"\n\
     [authentication.authenticator.sms_otp.parameters.Tags]\n\
     a = \"$ref{database.identity_db.password}\"\n",
    "[authentication.authenticator.sms_otp_local]\n\
     enable = \"$ref{database.identity_db.password}\"\n\
     parameters.AuthMechanism = { a = \"$ref{database.identity_db.password}\" }\n\
     parameters.Tags.a = \"$ref{database.identity_db.alias}\"\n\
     [authentication.authenticator.sms_otp_local.parameters.BlockedUserStoreDomains]\n\
     a = \"x$env{DB_PASSWORD}\"\n",
    "[authentication.authenticator.sms_otp_local.parameters]\n\
     Tags = \"$ref{shaped.ends}\"\nAuthMechanism = '$env{DB_PASSWORD}'\n\
     enableRetryFromAuthenticator = \"$ref{database.identity_db.password}\"\n\
     SMSOTPAuthenticationEndpointURL = \"$ref{shaped.page}\"\n\
     SMSOTPAuthenticationEndpointErrorPage = [\"$ref{shaped.host}\"]\n\
     unknown = \"$ref{shaped.markup}\"\nTokenLength = \"$ref{shaped.list}\"\n",
    "[authentication.authenticator.SMS_OTP_local.Parameters]\n\
     tags = { a = \"$ref{database.identity_db.password}\" }\n\
     sendMaskedMobileInAppNativeMFA = \"$ref{shaped.markup}\"\n",
];

/// Lines that are no TOML.
const BROKEN: [&str; 36] = [
    "password = @",
    "password = \"@",
    "password = '@",
    "password = @\"",
    "password = \"@\" \"@\"",
    "password = \"@\" @",
    "password \"@\"",
    "password @",
    "password: @",
    "password => \"@\"",
    "password == \"@\"",
    "password = {{ @ }}",
    "password = “@”",
    "password = \"C:\\@\"",
    "password = \"\\@ \\ud800\"",
    "password = \"\u{1}@\"",
    "password = 5@",
    "password = 0x5@",
    "password = 2020-01-@",
    "password = [\"@\", @]",
    "password = [\"@\" \"@\"",
    "password = { \"@ x\" = @ }",
    "password = { a = \"@\", @",
    "password = \"\"\"@",
    "password = '''@",
    "password = $secret{@ x}",
    "password = \"@\" // @",
    "@ // x",
    "\"@\"",
    "'@\" = 1",
    "<<<<<<< @",
    "[\"@",
    "[@ x]",
    "\"@ k\" = 1\n\"@ k\" = 2",
    "# \u{1}@",
    "# @\r# @",
];

/// A document of some tables, half of them damaged.
pub(super) fn document(chance: &mut Chance) -> Planted {
    let mut tables = vec![FOREIGN[0], *chance.pick(&OWN)];
    for _ in 0..=chance.below(3) {
        tables.push(*chance.pick(&FOREIGN[1..]));
    }
    tables.push(*chance.pick(&OWN));
    tables.sort_by_cached_key(|_| chance.below(1000));
    let mut text = tables.concat();
    let harm = chance.below(4);
    if harm == 1 {
        let line = format!("{}\n", chance.pick(&BROKEN));
        text.insert_str(line_start(&text, chance), &line);
    }
    let (mut text, secrets) = planted(&text, chance);
    for _ in 0..harm.saturating_sub(1) * (1 + chance.below(2)) {
        damage(&mut text, chance);
    }
    if chance.below(5) == 0 {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if chance.below(9) == 0 {
        text.insert(0, '\u{feff}');
    }
    Planted { text, secrets }
}

/// A document of some tables with a secret in a comment in front of every fourth line, some of them
/// behind blank lines.
pub(super) fn commented(chance: &mut Chance) -> Planted {
    let mut tables: Vec<_> = (0..2 + chance.below(3)).map(|_| *chance.pick(&TABLES)).collect();
    tables.dedup();
    let mut text = String::new();
    let mut secrets = Vec::new();
    for line in tables.concat().lines().chain([""]) {
        if chance.below(4) == 0 {
            let secret = secret(chance);
            let blank = *chance.pick(&["", "", "\n"]);
            let behind = *chance.pick(&["", "", "\n"]);
            text.push_str(&format!("{blank}# {secret}\n{behind}"));
            secrets.push(secret);
        }
        text.push_str(&format!("{line}\n"));
    }
    Planted { text, secrets }
}

/// Tables of this section and of others, with something to fix in most of them.
const TABLES: [&str; 17] = [
    "[server]\nhostname = \"x\"\nbase_path = 'a & b'\n",
    "[server.x.y]\na = 1\n[server.x]\nb = 2\n",
    "[database.identity_db]\nurl = \"x\"\nnest = [[], []]\npool = 5\n",
    "[authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = false\n\
     SendOTPDirectlyToMobile = true\nBackupCode = \"no\"\n",
    "[authentication.authenticator.sms_otp]\nenable = \"true\"\nBackupCode = true\n",
    "[authentication.authenticator.smsotp.parameter]\nTokenLength = \" 5 \"\nRetryEnable = 1\n",
    "[authentication.authenticator.smsotp]\nenable = true\n",
    "[authentication.authenticator.sms_otp.Parameters]\nSendOtpToFederatedMobile = true\n",
    "[authentication.authenticator]\nx = 1\n",
    "[authentication]\ny = 2\n",
    "[secrets]\nalias = \"[x]\"\n",
    "[sms_otp.parameters]\nResendEnable = false\nTokenExpiryTime = 60\n",
    "[[authentication.custom_authenticator]]\nname = \"SMSOTP\"\n",
    "[authentication.authenticator.sms_otp]\nparameters = { BackupCode = \"no\", x = '&' }\n",
    "[authentication.authenticator.sms_otp.parameters]\nTokenExpiryTime = \"5m\"\n\
     tokenlength = 5\nCaptureAndUpdateMobileNumber = true\n",
    "[authentication.authenticator.email_otp]\nenable = true\n",
    "[authentication.authenticator.sms_otp_local.parameters]\nTags = ' MFA '\n\
     sendMaskedMobileInAppNativeMFA = \"no\"\nenableRetryFromAuthenticator = false\n",
];

/// A secret that is like no other text: no word has six of these letters in a row.
pub(super) fn secret(chance: &mut Chance) -> String {
    (0..14).map(|_| char::from(*chance.pick(LETTERS))).collect()
}

/// What secrets are made of.
pub(super) const LETTERS: &[u8] = b"GHJKQVWXZghjkqvwxz";

fn planted(template: &str, chance: &mut Chance) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut secrets = Vec::new();
    // A key that is there twice has the same name twice.
    let mut last = String::new();
    for (at, c) in template.char_indices() {
        let is_again = template[at..].starts_with("@ k\" = 2") || template[at..].starts_with("@ e");
        match c {
            '@' if is_again && !last.is_empty() => text.push_str(&last),
            '@' | '~' => {
                let secret = secret(chance);
                text.push_str(&if c == '~' {
                    with_escape(&secret, chance)
                } else {
                    secret.clone()
                });
                if c == '@' && template[at..].starts_with("@ k") || is_again {
                    last.clone_from(&secret);
                }
                secrets.push(secret);
            }
            c => text.push(c),
        }
    }
    (text, secrets)
}

/// The same secret to TOML, with one character spelt out.
fn with_escape(secret: &str, chance: &mut Chance) -> String {
    let at = 1 + chance.below(secret.len() - 1);
    let escape = |c: char| format!("\\u{:04X}", u32::from(c));
    let spell = |(index, c)| if index == at { escape(c) } else { c.to_string() };
    secret.chars().enumerate().map(spell).collect()
}

fn line_start(text: &str, chance: &mut Chance) -> usize {
    let starts: Vec<_> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    *chance.pick(&starts)
}

/// Takes out or puts in what turns strings, lines and tables about.
fn damage(text: &mut String, chance: &mut Chance) {
    const PIECES: [&str; 18] = [
        "\"", "'", "\"\"\"", "'''", "#", "=", "[", "]", "{", "}", ",", ".", "\\", "\n", "\r", " ",
        "x", "é",
    ];
    let at = chance.boundary(text);
    match chance.below(6) {
        0 => text.truncate(at),
        1 => text.insert_str(at, chance.pick::<&str>(&PIECES)),
        2 => {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            text.replace_range(line..end, "");
        }
        // What holds a document together is rare in it.
        _ => {
            let signs = "\"'#=[]{}\n.";
            let found: Vec<_> = text.match_indices(|c| signs.contains(c)).collect();
            if let Some((at, sign)) = (!found.is_empty()).then(|| *chance.pick(&found)) {
                let range = at..at + sign.len();
                text.replace_range(range, "");
            }
        }
    }
}
