//! The structure of the source, read off its files: who may use whom, and what is too long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smsotp_lint::rules::RULES;

use crate::support::root;

/// What the files of a folder may use of the rest of the crate, and of other crates.
struct Area {
    path: &'static str,
    modules: &'static [&'static str],
    crates: &'static [&'static str],
}

const AREAS: &[Area] = &[
    Area {
        path: "src/rules/",
        modules: &[
            "analysis",
            "catalogue",
            "diagnostic",
            "edits",
            "escape",
            "fix",
            "login",
            "message",
            "names",
            "outcomes",
            "redact",
            "rules",
            "section",
            "server",
            "settings",
            "source",
            "toml",
        ],
        crates: &["std", "strsim"],
    },
    Area {
        path: "src/report/",
        modules: &["diagnostic", "escape", "fix", "message", "redact", "report", "source"],
        crates: &[
            "std",
            "serde",
            "serde_json",
            "miette",
            "owo_colors",
            "textwrap",
            "unicode_width",
        ],
    },
    Area { path: "src/catalogue/", modules: &["catalogue", "message"], crates: &["std", "strsim"] },
    Area {
        path: "src/lsp/",
        modules: &[
            "analysis",
            "catalogue",
            "config",
            "diagnostic",
            "diff",
            "engine",
            "error",
            "escape",
            "fix",
            "lsp",
            "markdown",
            "policy",
            "redact",
            "reference",
            "report",
            "rules",
            "section",
            "server",
            "show",
            "source",
            "toml",
        ],
        crates: &["std", "lsp_server", "serde", "serde_json"],
    },
    Area { path: "src/login/", modules: &["catalogue", "login"], crates: &["std"] },
];

/// Crates, and parts of the standard library, that only these files may use.
const PRIVATE: &[(&str, &[&str])] = &[
    ("toml_edit", &["src/toml.rs", "src/toml/", "src/config.rs"]),
    ("glob", &["src/config/"]),
    ("toml_parser", &["src/toml.rs", "src/toml/"]),
    ("roxmltree", &["src/server/xml/"]),
    ("miette", &["src/report/human.rs", "src/report/human/"]),
    ("lsp_server", &["src/lsp.rs", "src/lsp/"]),
    ("clap", &["src/cli.rs", "src/cli/", "src/run.rs", "src/run/", "src/main.rs"]),
    ("std::fs", &["src/run.rs", "src/run/", "src/write.rs", "src/write/"]),
    ("std::env", &["src/run.rs", "src/run/", "src/main.rs"]),
    (
        "std::io",
        &[
            "src/run.rs",
            "src/run/",
            "src/write.rs",
            "src/write/",
            "src/error.rs",
            "src/main.rs",
            // The streams are given to it.
            "src/lsp.rs",
            "src/lsp/frames.rs",
        ],
    ),
];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

#[test]
fn areas_use_only_what_they_may() {
    let mut broken = Vec::new();
    for file in sources() {
        for area in AREAS.iter().filter(|area| file.name.starts_with(area.path)) {
            for path in file.uses() {
                let is_allowed = match path.strip_prefix("crate::").map(first) {
                    Some(module) => is_type(module) || area.modules.contains(&module),
                    None => {
                        let other = first(&path);
                        let is_below = file.code.contains(&format!("mod {other};"));
                        let is_local = is_below || is_type(other) || other == path;
                        is_local || area.crates.contains(&other)
                    }
                };
                if !is_allowed {
                    broken.push(format!("{} may not use {path}", file.name));
                }
            }
        }
        for (private, users) in PRIVATE {
            let is_used = file.code.contains(&format!("{private}::"));
            if is_used && !users.iter().any(|user| file.name.starts_with(user)) {
                broken.push(format!("{} may not use {private}", file.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn modules_do_not_use_each_other_in_a_circle() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        let Some(module) = file.module.first() else { continue };
        let used = uses.entry(module.clone()).or_default();
        let paths = file.uses().into_iter();
        let others = paths.filter_map(|path| Some(first(path.strip_prefix("crate::")?).to_owned()));
        used.extend(others.filter(|other| other != module));
    }
    let mut done = BTreeSet::new();
    for module in uses.keys() {
        visit(module, &uses, &mut Vec::new(), &mut done);
    }
    assert!(uses.len() > 20, "the modules are read");
}

/// Follows what a module uses, and fails when that leads back to a module on the way.
fn visit<'m>(
    module: &'m str,
    uses: &'m BTreeMap<String, BTreeSet<String>>,
    way: &mut Vec<&'m str>,
    done: &mut BTreeSet<&'m str>,
) {
    assert!(!way.contains(&module), "a circle: {} -> {module}", way.join(" -> "));
    if done.contains(module) {
        return;
    }
    way.push(module);
    for used in uses.get(module).into_iter().flatten() {
        visit(used, uses, way, done);
    }
    way.pop();
    done.insert(module);
}

/// What several rules have in common stands in a file that is no rule.
#[test]
fn rules_do_not_use_each_other() {
    let files = sources();
    let rules: Vec<_> = files.iter().filter(|file| file.code.contains("RULE: Rule")).collect();
    assert_eq!(rules.len(), RULES.len(), "the rules are read");
    for file in &rules {
        for path in file.uses() {
            let module: Vec<&str> = path.split("::").skip(1).collect();
            let other = rules.iter().find(|rule| module.starts_with(&rule.module_path()));
            let is_other = other.is_some_and(|other| other.name != file.name);
            assert!(!is_other, "{} uses {path}", file.name);
        }
    }
}

#[test]
fn no_type_name_is_defined_twice() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        for line in file.code.lines() {
            // A `type` that is indented belongs to a trait.
            let keywords = ["struct ", "enum ", "trait "].into_iter();
            let keywords = keywords.chain((!line.starts_with(' ')).then_some("type "));
            let line = visibility(line.trim_start()).1;
            let Some(rest) = keywords.into_iter().find_map(|it| line.strip_prefix(it)) else {
                continue;
            };
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            files.entry(name).or_default().insert(file.name.clone());
        }
    }
    assert!(files.len() > 100, "the types are read");
    let twice: Vec<_> = files.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn the_file_of_a_rule_has_its_name() {
    let mut missing = Vec::new();
    for rule in RULES {
        let name = rule.info.name;
        let file = root().join("src/rules").join(name.replace('-', "_")).with_extension("rs");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if !text.contains(&format!("name: \"{name}\"")) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "defined in another file: {missing:?}");
}

/// Rows of a table at the top level of a file do not count.
#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        let mut count = lines.len();
        for (at, line) in lines.iter().enumerate() {
            let item = visibility(line).1;
            let is_table = item.starts_with("const ") || item.starts_with("static ");
            if is_table && line.ends_with('[') {
                count -= block(&lines[at..], 0);
            }
        }
        if count > LONGEST_FILE {
            long.push(format!("{} has {count} lines", file.name));
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

/// A function is a table, and may be longer, when all but ten of its lines are the arms of one
/// `match`, the items of one array, or the text of one macro or call.
#[test]
fn no_function_is_too_long() {
    let mut long = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let item = visibility(line.trim_start()).1;
            let item = item.strip_prefix("const ").unwrap_or(item);
            if !item.starts_with("fn ") || line.ends_with([';', '}']) {
                continue;
            }
            let body = &lines[at..][..block(&lines[at..], indent)];
            let is_row = |line: &str| {
                line.ends_with(['[', '(']) || line.contains("match ") || line.contains("!(")
            };
            let table = body.iter().enumerate().skip(1).filter(|(_, line)| {
                line.len() - line.trim_start().len() == indent + 4 && is_row(line)
            });
            let rows = table.map(|(at, _)| block(&body[at..], indent + 4)).max().unwrap_or(0);
            let is_short = body.len() <= LONGEST_FUNCTION || body.len() - rows <= 10;
            if !is_short {
                long.push(format!("{}: {item} has {} lines", file.name, body.len()));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

/// How many lines an item takes that is indented so far and closed by a line of its own.
fn block(lines: &[&str], indent: usize) -> usize {
    let is_end = |line: &&str| {
        line.len() > indent
            && line[..indent].trim().is_empty()
            && line[indent..].starts_with(['}', ']', ')'])
            && !line.ends_with(['{', '['])
    };
    lines.iter().skip(1).position(is_end).map_or(1, |end| end + 2)
}

/// A file of the source.
struct SourceFile {
    /// Its path from the top of the repository.
    name: String,
    /// The path of its module.
    module: Vec<String>,
    text: String,
    /// The text without comments and without its tests.
    code: String,
}

impl SourceFile {
    fn read(path: &Path) -> Self {
        let name = path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(path).expect("a source file can be read");
        let inside = name.trim_start_matches("src/").trim_end_matches(".rs");
        let module = match inside {
            "main" | "lib" => Vec::new(),
            inside => inside.split('/').map(str::to_owned).collect(),
        };
        let lines: Vec<&str> = text.lines().collect();
        let is_test = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{');
        let tests = lines.windows(2).position(is_test).unwrap_or(lines.len());
        let lines = lines[..tests].iter().filter(|line| !line.trim_start().starts_with("//"));
        let lines = lines.copied();
        let code = lines.collect::<Vec<_>>().join("\n");
        Self { name, module, text, code }
    }

    fn module_path(&self) -> Vec<&str> {
        self.module.iter().map(String::as_str).collect()
    }

    /// Everything it uses, as full paths: those of this crate begin with `crate`.
    fn uses(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for statement in statements(&self.code) {
            found.extend(expand(&statement).into_iter().map(|path| self.absolute(&path)));
        }
        for mention in self.code.split("crate::").skip(1) {
            let is_path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
            let path: String = mention.chars().take_while(is_path).collect();
            if !path.is_empty() {
                found.insert(format!("crate::{path}"));
            }
        }
        found
    }

    /// A path without `self` and `super`.
    fn absolute(&self, path: &str) -> String {
        let mut module = self.module.clone();
        let (mut rest, mut is_relative) = (path, false);
        while let Some((parent, below)) = rest.split_once("::") {
            match parent {
                "self" => {}
                "super" => drop(module.pop()),
                _ => break,
            }
            (rest, is_relative) = (below, true);
        }
        match is_relative {
            true => {
                module.insert(0, "crate".to_owned());
                module.push(rest.to_owned());
                module.join("::")
            }
            false => path.to_owned(),
        }
    }
}

/// The `use` statements of a file, each on one line and without `use`.
fn statements(code: &str) -> Vec<String> {
    let mut statements = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        let Some(start) = visibility(line.trim_start()).1.strip_prefix("use ") else { continue };
        let mut statement = start.to_owned();
        while !statement.ends_with(';') {
            statement.push_str(lines.next().expect("a statement ends").trim());
        }
        statements.push(statement.trim_end_matches(';').to_owned());
    }
    statements
}

/// Every path of a `use`: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn expand(path: &str) -> Vec<String> {
    let Some((prefix, rest)) = path.split_once('{') else { return vec![path.trim().to_owned()] };
    let inside = &rest[..rest.rfind('}').expect("braces pair up")];
    let mut depth = 0;
    let parts = inside.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.into_iter().flat_map(|part| expand(&format!("{prefix}{part}"))).collect()
}

/// The visibility in front of an item, and the item.
fn visibility(line: &str) -> (&str, &str) {
    let Some(rest) = line.strip_prefix("pub") else { return ("", line) };
    let rest = match rest.strip_prefix('(') {
        Some(inside) => inside.split_once(')').map_or(rest, |(_, item)| item),
        None => rest,
    };
    (&line[..line.len() - rest.len()], rest.trim_start())
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The first part of a path.
fn first(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// Every file of the crate but those that hold nothing but tests.
fn sources() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&root().join("src"), &mut paths);
    paths.sort();
    paths.iter().map(|path| SourceFile::read(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_test {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            paths.push(path);
        }
    }
}
