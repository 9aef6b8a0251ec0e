use std::collections::BTreeMap;

use super::*;
use crate::catalogue::Release;
use crate::toml::Document;

struct Resolution {
    problems: Vec<(ReferenceProblemKind, String)>,
    uncertain: Vec<String>,
    texts: BTreeMap<String, Option<String>>,
    depends_on_unknown: bool,
}

fn resolve(toml: &str, environment: &Environment) -> Resolution {
    let source = Source::new("x", toml);
    let document = Document::parse(&source);
    assert!(document.is_toml(), "{toml}");
    let profile = Profile { release: Some(Release::V7_3) };
    let tree = Tree::of(&document);
    let references = References::of(&source, &tree, BTreeMap::new(), profile, environment);
    let slice = |problem: &ReferenceProblem| source.slice(problem.span).to_owned();
    let mut texts = BTreeMap::new();
    for written in tree.root().entries() {
        let text = references.text(written.entry);
        texts.insert(written.name().to_owned(), text.map(Cow::into_owned));
    }
    Resolution {
        problems: references.problems.iter().map(|one| (one.kind.clone(), slice(one))).collect(),
        uncertain: references.uncertain.iter().map(|one| one.name.clone()).collect(),
        texts,
        depends_on_unknown: references.depends_on_unknown,
    }
}

fn given() -> Environment {
    let map = |pairs: &[(&str, &str)]| {
        Some(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    };
    Environment {
        variables: map(&[("A", "1"), ("EMPTY", ""), ("K", "name"), ("R", "$ref{s.name}")]),
        properties: map(&[("p", "true"), ("empty", ""), ("dollar", "a$b")]),
    }
}

const SITE: &str = "[s]\nname = 'sms'\non = true\nlist = ['a', 'b']\nn = 8\n";

fn text(value: &str) -> Option<String> {
    let outcome = resolve(&format!("{SITE}[t]\nx = {value}\n"), &given());
    assert_eq!(outcome.problems, [], "{value}");
    outcome.texts["x"].clone()
}

#[test]
fn resolves_in_the_order_of_the_server() {
    let pairs = [
        ("'a$env{A}b'", "a1b"),
        ("'$env{EMPTY}'", ""),
        ("'$sys{p}'", "true"),
        ("'$ref{s.name}/x'", "sms/x"),
        ("'$ref{s.$env{K}}'", "sms"),
        ("'x$ref{s.on}y'", "true"),
        ("'$ref{s.name}$ref{s.on}'", "true"),
        ("'$ref{s.list}'", "[a, b]"),
        ("'$ref{s.n}'", "8"),
        ("['a', '$ref{s.name}']", "[a, sms]"),
        ("['a', '$ref{s.on}']", "true"),
        ("[['$env{NOT}']]", "[[$env{NOT}]]"),
        ("'$ENV{A}${A}$env{A'", "$ENV{A}${A}$env{A"),
    ];
    for (value, expected) in pairs {
        assert_eq!(text(value).as_deref(), Some(expected), "{value}");
    }
    assert_eq!(text("[{ a = '$env{A}' }]"), None);
}

#[test]
fn points_at_what_leads_nowhere() {
    let target = |name: &str, miss| ReferenceProblemKind::Target { name: name.to_owned(), miss };
    let cases = [
        ("'a$env{NOT}b'", ReferenceProblemKind::Variable("NOT".into()), "$env{NOT}"),
        ("\"\\u0041$env{ A }\"", ReferenceProblemKind::Variable(" A ".into()), "$env{ A }"),
        ("'$sys{empty}'", ReferenceProblemKind::Property("empty".into()), "$sys{empty}"),
        ("'$sys{dollar}'", ReferenceProblemKind::Instruction("dollar".into()), "$sys{dollar}"),
        ("'$env{R}'", ReferenceProblemKind::Instruction("R".into()), "$env{R}"),
        ("'$ref{}'", target("", Miss::Absent(None)), "$ref{}"),
        ("'$ref{S.name}'", target("S.name", Miss::Absent(Some("s.name".into()))), "$ref{S.name}"),
        ("'$ref{s}'", target("s", Miss::Table), "$ref{s}"),
        ("'$ref{r.a}'", target("r.a", Miss::InArray), "$ref{r.a}"),
        ("'$ref{s.$ref{s.name}}'", target("s.$ref{s.name", Miss::Nested), "$ref{s.$ref{s.name}"),
        ("'$secret{no}'", ReferenceProblemKind::Secret("no".into()), "$secret{no}"),
        ("[{ a = '$env{NOT}' }]", ReferenceProblemKind::Variable("NOT".into()), "$env{NOT}"),
    ];
    for (value, kind, place) in cases {
        let toml = format!("{SITE}[t]\nx = {value}\n[[r]]\na = '$ref{{left.alone}}'\n");
        let outcome = resolve(&toml, &given());
        assert_eq!(outcome.problems, [(kind, place.to_owned())], "{value}");
    }
}

#[test]
fn knows_the_defaults_of_the_section_and_doubts_the_others() {
    let own = "authentication.authenticator.sms_otp.parameters";
    let read = |value: &str| resolve(&format!("[t]\nx = '{value}'\n"), &given());
    let page = read(&format!("https://h/$ref{{{own}.MobileNumberRegPage}}"));
    let expected = "https://h/authenticationendpoint/mobile.jsp";
    assert_eq!(page.texts["x"].as_deref(), Some(expected));
    assert_eq!(read(&format!("$ref{{{own}.RetryEnable}}")).texts["x"].as_deref(), Some("true"));
    assert_eq!(read(&format!("x$ref{{{own}.RetryEnable}}")).texts["x"], None);
    let chain = format!("x = '$ref{{{own}.RetryEnable}}'\ny = '$ref{{x}}'\nz = 'a$ref{{x}}'\n");
    let chain = resolve(&chain, &given()).texts;
    assert_eq!((chain["y"].as_deref(), chain["z"].as_deref()), (Some("true"), None));
    let doubtful = read("$ref{server.hostname}");
    assert_eq!((doubtful.problems, doubtful.uncertain), (vec![], vec!["server.hostname".into()]));
}

#[test]
fn reports_a_circle_once_and_not_those_who_wait_for_it() {
    let toml = "a = '$ref{b}'\nb = 'x$ref{c}'\nc = '$ref{a}'\nd = '$ref{a}'\ne = '$ref{e}'\n";
    let outcome = resolve(toml, &given());
    let [(ReferenceProblemKind::Cycle(links), first), (ReferenceProblemKind::Cycle(own), second)] =
        outcome.problems.as_slice()
    else {
        panic!("{:?}", outcome.problems)
    };
    let names = |links: &[Link]| {
        links.iter().map(|link| format!("{}>{}", link.key, link.target)).collect::<Vec<_>>()
    };
    assert_eq!(names(links), ["a>b", "b>c", "c>a"]);
    assert_eq!(names(own), ["e>e"]);
    assert_eq!((first.as_str(), second.as_str()), ("$ref{b}", "$ref{e}"));
    assert!(outcome.texts.values().all(Option::is_none));
}

#[test]
fn a_chain_resolves_from_its_end() {
    let mut toml = String::from("k0 = 'end'\n");
    for at in 1..2000 {
        toml.push_str(&format!("k{at} = '$ref{{k{}}}'\n", at - 1));
    }
    assert_eq!(resolve(&toml, &given()).texts["k1999"].as_deref(), Some("end"));
}

#[test]
fn lines_that_double_each_other_end() {
    let mut toml = String::from("k0 = '0123456789'\n");
    for at in 1..60 {
        toml.push_str(&format!("k{at} = '$ref{{k{0}}}$ref{{k{0}}}'\n", at - 1));
    }
    assert_eq!(resolve(&toml, &given()).texts["k59"], None);
    let doubling = "$env{D}$env{D}".to_owned();
    let environment =
        Environment { variables: Some([("D".to_owned(), doubling)].into()), properties: None };
    let toml = format!("x = '{}'\n", "$env{D}".repeat(60));
    assert_eq!(resolve(&toml, &environment).texts["x"], None);
}

#[test]
fn without_an_environment_nothing_is_judged() {
    let outcome = resolve(
        "a = '$env{X}'\nb = '$sys{y}'\nc = '$ref{a}'\nd = '$ref{t.$env{K}}'\n",
        &Environment::default(),
    );
    assert_eq!(outcome.problems, []);
    assert!(outcome.depends_on_unknown && outcome.texts.values().all(Option::is_none));
}

#[test]
fn secrets_need_an_entry_that_is_encrypted() {
    let stops = |secrets: &str, place: &str| {
        let toml = format!("x = '$secret{{k}}'\n{secrets}\n{place}\n");
        !resolve(&toml, &Environment::default()).problems.is_empty()
    };
    let cases = [
        ("[secrets]\nk = 'cipher'", false),
        ("[secrets]\n'k' = 'cipher'", false),
        ("[secrets]\nk = '[plain]'", true),
        ("[secrets]\nK = 'cipher'", true),
        ("[secrets]\nk = 'cipher'\nother = 1", true),
        ("[runtime_secrets]\nenable = 'true'", false),
        ("[runtime_secrets]\nenable = 'false'", true),
        ("[runtime_secrets]\nenable = true\n[secrets]\nk = 'c'", true),
        ("[[secrets]]\nk = 'cipher'", true),
        ("secrets = 'k'", true),
        ("[secrets]\nk = 'cipher'\n[[rows]]\nx = '$secret{k}'", false),
        ("[secrets]\nk = 'cipher'\n[[rows]]\nx = '$secret{no}'", true),
    ];
    for (secrets, expected) in cases {
        assert_eq!(stops(secrets, ""), expected, "{secrets}");
    }
    let outcome = resolve("x = 'a$secret{k}'\n[secrets]\nk = 'c'\n", &Environment::default());
    assert_eq!(outcome.texts["x"].as_deref(), Some("a$secret{k}"));
}
