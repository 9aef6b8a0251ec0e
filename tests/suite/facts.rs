//! The tables of facts -> the compact texts that the program holds, compared with those it has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::{expect, root};

const FOLDER: &str = "src/server/facts";
const RELEASES: [&str; 4] = ["6.0", "6.1", "7.0", "7.1"];

#[test]
fn the_compact_facts_say_what_the_tables_say() {
    let mut facts = Facts::default();
    facts.conditions();
    facts.files();
    facts.keys();
    facts.printed();
    facts.judged();
    facts.carried();
    let mut failures = String::new();
    let mut compare = |name: &str, text: String| {
        expect(&root().join(FOLDER).join(name), Some(text.as_bytes()), &mut failures);
    };
    compare("tree.txt", facts.tree.text());
    compare("conditions.txt", lines(&facts.conditions));
    compare("files.txt", lines(&facts.files));
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_tables_are_sorted_and_say_nothing_twice() {
    for name in ["aliases", "printed-raw", "printed-other", "shipped-keys", "validators"] {
        let rows: Vec<String> = rows(name).map(|row| row.join("\t")).collect();
        assert!(rows.iter().collect::<BTreeSet<_>>().len() == rows.len(), "{name}");
        let keys = rows.iter().map(|row| row.split('\t').next().unwrap_or_default());
        assert!(keys.is_sorted(), "{name} is not sorted");
    }
}

#[derive(Default)]
struct Facts {
    tree: Node,
    conditions: BTreeSet<String>,
    files: BTreeSet<String>,
}

#[derive(Default)]
struct Node {
    key: Vec<String>,
    facts: Vec<String>,
    below: BTreeMap<String, Node>,
}

impl Facts {
    fn conditions(&mut self) {
        for name in ["printed-raw", "printed-other"] {
            let given = rows(name).filter_map(|row| row.last().cloned());
            self.conditions.extend(given.filter(|condition| !condition.is_empty()));
        }
        for condition in &self.conditions.clone() {
            for (key, _) in condition.split(" & ").filter_map(|one| one.split_once(" is ")) {
                self.tree.at(key);
            }
        }
        let shipped = rows("shipped-keys").map(|row| row[4].clone());
        let inferred = rows("inferred-refs").map(|row| row[2].clone());
        for condition in shipped.chain(inferred).filter(|condition| !condition.is_empty()) {
            self.conditions.insert(asked(&condition));
        }
    }

    fn files(&mut self) {
        self.files.extend(rows("printed-raw").map(|row| row[2].clone()));
        self.files.extend(rows("printed-other").map(|row| row[2].clone()));
    }

    /// Which keys there are, and what becomes of them.
    fn keys(&mut self) {
        for row in rows("shipped-keys") {
            let releases = mask(&row[1]);
            match row[3].as_str() {
                "default" => self.add(&row[0], format!("s{releases}")),
                _ => {
                    let condition = self.condition(&asked(&row[4]));
                    self.add(&row[0], format!("i{releases}?{condition}"));
                }
            }
        }
        for row in rows("required").filter(|row| row[1] == "always") {
            self.add(&row[0], format!("q{}", mask(&row[4])));
        }
        for row in rows("shipped-off") {
            self.add(&row[0], format!("f{}", mask(&row[1])));
        }
        for row in rows("aliases") {
            self.add(&row[0], format!("a{}{}", mask(&row[2]), row[1]));
        }
        for row in rows("shipped-refs") {
            self.add(&row[1], format!("z{}{}", mask(&row[2]), row[0]));
        }
        for row in rows("inferred-refs") {
            let condition = self.condition(&asked(&row[2]));
            let key = row[0].replace("$1", "*");
            self.add(&row[1], format!("z{}{key}?{condition}", mask(&row[3])));
        }
    }

    fn printed(&mut self) {
        for row in rows("printed-raw") {
            let how = match row[3].as_str() {
                "duplicate-attribute" => 'd',
                "xml-name" => 'x',
                how => how.chars().next().expect("a way to print"),
            };
            self.print(&row[0], &row[1], how, &row[2], &row[4], &row[5]);
        }
        for row in rows("printed-other") {
            self.print(&row[0], &row[1], 'o', &row[2], &row[3], &row[4]);
        }
    }

    fn print(&mut self, key: &str, part: &str, how: char, file: &str, in_: &str, only_if: &str) {
        let part = if part == "value" { 'p' } else { 'n' };
        let at = self.files.iter().position(|known| known == file).expect("a known file");
        let mut fact = format!("{part}{}{how}{at}", mask(in_));
        if !only_if.is_empty() {
            let _ = write!(fact, "?{}", self.condition(only_if));
        }
        self.add(key, fact);
    }

    fn judged(&mut self) {
        for row in rows("type-faults") {
            let letter = |word| match word {
                "array" => 'A',
                "empty" => 'E',
                "emptyarray" => 'Z',
                "int" => 'I',
                "table" => 'T',
                "tables" => 'L',
                "text" => 'S',
                "true" => 'B',
                word => panic!("{word} is no type"),
            };
            let types: String = row[1].split(' ').map(letter).collect();
            self.add(&row[0], format!("t{}{types}", mask(&row[3])));
        }
        for row in rows("validators") {
            let releases = mask(&row[4]);
            match (row[1].as_str(), row[2].strip_prefix("unit ")) {
                ("unit", Some(unit)) => self.add(&row[0], format!("u{releases}{unit}")),
                // Its alias says it.
                ("forbidden", _) => {}
                _ => self.add(&row[0], format!("v{releases}")),
            }
        }
    }

    /// Tells the referrers whose value is judged, or carried to one that is, from those whose value
    /// is only printed.
    fn carried(&mut self) {
        let mut judged = BTreeSet::new();
        loop {
            let known = judged.len();
            self.tree.each(&mut |node| {
                let is_judged = |fact: &String| fact.starts_with(['t', 'u', 'v', 'y']);
                if node.facts.iter().any(is_judged) {
                    judged.insert(node.key.clone());
                }
            });
            let leads_to_judged = |key: &str| {
                let parts = parts(key);
                judged.iter().any(|judged: &Vec<String>| {
                    judged.len() <= parts.len()
                        && judged
                            .iter()
                            .zip(&parts)
                            .all(|(known, part)| known == "*" || known == part)
                })
            };
            self.tree.each(&mut |node| {
                for fact in &mut node.facts {
                    let key = fact.strip_prefix('z').map(|fact| fact[1..].split('?').next());
                    if key.flatten().is_some_and(leads_to_judged) {
                        fact.replace_range(..1, "y");
                    }
                }
            });
            if judged.len() == known {
                break;
            }
        }
    }

    fn condition(&self, asked: &str) -> usize {
        self.conditions.iter().position(|known| known == asked).expect("a known condition")
    }

    fn add(&mut self, key: &str, fact: String) {
        let node = self.tree.at(&key.replace("$1", "*"));
        if !node.facts.contains(&fact) {
            node.facts.push(fact);
        }
    }
}

impl Node {
    fn at(&mut self, key: &str) -> &mut Self {
        parts(key).into_iter().fold(self, |node, part| {
            let key = [node.key.as_slice(), std::slice::from_ref(&part)].concat();
            node.below.entry(part).or_insert_with(|| Self { key, ..Self::default() })
        })
    }

    fn each(&mut self, look: &mut impl FnMut(&mut Self)) {
        look(self);
        self.below.values_mut().for_each(|node| node.each(look));
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, node) in &self.below {
            let below = node.text();
            let mut facts: Vec<&str> = node.facts.iter().map(String::as_str).collect();
            facts.sort_by_cached_key(|fact| fact.as_bytes()[0]);
            let facts: String = facts.into_iter().map(|fact| format!(" {fact}")).collect();
            let node = format!("{facts}\n{below}");
            assert!(name.len() < 1 << 8 && node.len() < 1 << 16, "{name} is too long");
            let _ = write!(text, "{:02x}{:04x}{name}{node}", name.len(), node.len());
        }
        text
    }
}

/// `a = b` in the words of the other conditions.
fn asked(condition: &str) -> String {
    let Some((key, value)) = condition.split_once(" = ") else { return condition.to_owned() };
    format!("{} is \"{value}\"", key.replace("$1", "*"))
}

fn lines(texts: &BTreeSet<String>) -> String {
    texts.iter().map(|text| format!("{text}\n")).collect()
}

fn mask(releases: &str) -> String {
    let bit = |release| RELEASES.iter().position(|known| *known == release).expect("a release");
    let mask = releases.split(' ').map(|release| 1 << bit(release)).sum::<u8>();
    format!("{mask:x}")
}

/// The parts of a key: `a.'b.c'[]` has three.
fn parts(key: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for c in key.chars() {
        let last = parts.last_mut().expect("there is one");
        match c {
            '\'' => is_quoted = !is_quoted,
            '.' if !is_quoted => parts.push(String::new()),
            '[' if !is_quoted && !last.is_empty() => parts.push("[".to_owned()),
            c => last.push(c),
        }
    }
    parts
}

/// The rows of a table, its head aside.
fn rows(name: &str) -> impl Iterator<Item = Vec<String>> {
    let path = root().join(FOLDER).join(name).with_extension("tsv");
    let text = std::fs::read_to_string(path).expect("a table can be read");
    let rows: Vec<Vec<String>> =
        text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    rows.into_iter()
}
