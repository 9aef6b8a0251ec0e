//! Who may know whom: the import table of the house, read off the `use` lines.

use std::path::{Path, PathBuf};

use crate::support::root;

/// What the files of a room may name of the rest of the crate, and of other crates.
struct Room {
    path: &'static str,
    crate_modules: &'static [&'static str],
    crates: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room {
        path: "src/rules/",
        crate_modules: &[
            "analysis",
            "catalogue",
            "diagnostic",
            "escape",
            "toml",
            "edits",
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
        ],
        crates: &["std", "strsim"],
    },
    Room {
        path: "src/report/",
        crate_modules: &[
            "catalogue",
            "diagnostic",
            "escape",
            "fix",
            "message",
            "redact",
            "report",
            "source",
        ],
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
];

/// Crates that only one file may name.
const PRIVATE: &[(&str, &[&str])] = &[
    ("toml_edit", &["src/toml.rs", "src/toml/", "src/config.rs"]),
    ("toml_parser", &["src/toml.rs", "src/toml/"]),
    ("miette", &["src/report/human.rs", "src/report/human/"]),
    ("clap", &["src/cli.rs", "src/run.rs", "src/run/", "src/main.rs"]),
    ("std::fs", &["src/run.rs", "src/run/", "src/write.rs", "src/write/"]),
    ("std::env", &["src/run.rs", "src/run/", "src/main.rs"]),
    (
        "std::io",
        &["src/run.rs", "src/run/", "src/write.rs", "src/write/", "src/error.rs", "src/main.rs"],
    ),
];

#[test]
fn rooms_know_only_whom_they_may() {
    let mut broken = Vec::new();
    for file in sources(&root().join("src")) {
        let name = relative(&file);
        let text = std::fs::read_to_string(&file).expect("a source file can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for import in imports(code) {
            for room in ROOMS.iter().filter(|room| name.starts_with(room.path)) {
                let (first, second) = import.split_once("::").unwrap_or((&import, ""));
                let allowed = match first {
                    "crate" => second
                        .split(['{', '}', ','])
                        .map(|part| part.split("::").next().unwrap_or_default().trim())
                        .filter(|part| part.starts_with(|c: char| c.is_lowercase()))
                        .take(1)
                        .all(|module| room.crate_modules.contains(&module)),
                    "super" | "self" => true,
                    krate => room.crates.contains(&krate),
                };
                if !allowed {
                    broken.push(format!("{name} may not use {import}"));
                }
            }
        }
        for (private, homes) in PRIVATE {
            let named = code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && line.contains(&format!("{private}::"))
            });
            if named && !homes.iter().any(|home| name.starts_with(home)) {
                broken.push(format!("{name} may not name {private}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn rules_do_not_know_each_other() {
    for file in sources(&root().join("src/rules")) {
        let text = std::fs::read_to_string(&file).expect("a source file can be read");
        for import in imports(&text).filter(|import| import.starts_with("crate::rules::")) {
            let rest = import.trim_start_matches("crate::rules::");
            let is_module = rest.starts_with(|c: char| c.is_lowercase()) && rest.contains("::");
            assert!(!is_module, "{} uses {import}", relative(&file));
        }
    }
}

fn imports(code: &str) -> impl Iterator<Item = String> {
    let lines = code.lines().map(str::trim_start);
    let uses = lines.filter_map(|line| line.strip_prefix("use ").or(line.strip_prefix("pub use ")));
    uses.map(|line| line.trim_end_matches(';').to_owned())
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn relative(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}
