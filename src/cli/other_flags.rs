//! A flag that other tools have -> what this one has in its place.

/// Flags of other linters, and what to do here.
const OTHER_FLAGS: [(&[&str], &str); 6] = [
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
];

/// What to say to somebody who gives a flag of another tool.
pub(crate) fn instead_of(flag: &str) -> Option<&'static str> {
    let flag = flag.split('=').next().unwrap_or(flag);
    let known = OTHER_FLAGS.iter().find(|(flags, _)| flags.contains(&flag));
    known.map(|(_, instead)| *instead)
}
