//! A flag or a command that other tools have -> what this one has in its place.

/// Flags and commands of other tools, and what to do here.
const OTHER_WORDS: [(&[&str], &str); 10] = [
    (
        &["--ignore", "--disable", "--skip"],
        "to switch a rule or a category off, write --allow NAME",
    ),
    (
        &["--select", "--enable", "--rule"],
        "to switch a rule or a category on, write --warn NAME or --deny NAME",
    ),
    (&["--exit-zero", "--no-fail"], "to end with 0 whatever is found, write -e or --fail-on never"),
    (
        &["--strict", "--max-warnings"],
        "to fail on every finding, write --fail-on info; to have more of them, --pedantic",
    ),
    (&["--no-color", "--no-colour"], "to leave the colours out, write --color never"),
    (&["--watch"], "to check at every save, have the editor or a file watcher run the check"),
    (&["fix", "format", "fmt"], "to fix a file, write check --fix PATH"),
    (&["lint", "validate", "test"], "to check a file, write check PATH"),
    (
        &["diff"],
        "to compare two files, write compare OLD NEW; for what --fix changes, check --diff",
    ),
    (&["unset"], "to take a setting out of a file, write set PATH --unset KEY"),
];

/// What to say to somebody who gives a flag or a command of another tool.
pub(crate) fn instead_of(word: &str) -> Option<&'static str> {
    let word = word.split('=').next().unwrap_or(word);
    let known = OTHER_WORDS.iter().find(|(words, _)| words.contains(&word));
    known.map(|(_, instead)| *instead)
}
