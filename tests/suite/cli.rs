//! Every folder `fixtures/cli/<case>`: the commands in `cmd` run in a copy of it, with the variables
//! in front of them, and `transcript.txt` holds what they print, how they end, and which files they
//! change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::{assert_none, copy_of, expect, folders, root, run_with};

#[test]
fn every_transcript_holds() {
    let mut failures = String::new();
    for case in folders(&root().join("fixtures/cli")) {
        let transcript = transcript(&case);
        expect(&case.join("transcript.txt"), Some(transcript.as_bytes()), &mut failures);
    }
    assert_none(&failures);
}

fn transcript(case: &Path) -> String {
    let folder = copy_of(case);
    let commands = std::fs::read_to_string(case.join("cmd")).expect("a case has a cmd file");
    let mut transcript = String::new();
    for line in commands.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(transcript, "$ {line}");
        let before = files(folder.path());
        let (command, stdin) = line.split_once(" < ").unwrap_or((line, ""));
        let stdin = match stdin {
            "" => Vec::new(),
            name => std::fs::read(folder.path().join(name)).expect("the input can be read"),
        };
        let words: Vec<&str> = command.split_whitespace().collect();
        let program = words.iter().position(|word| *word == "smsotp-lint").expect("the program");
        let variables = words[..program].iter().filter_map(|word| word.split_once('='));
        let outcome = run_with(variables, folder.path(), &words[program + 1..], &stdin);
        transcript.push_str(&outcome.stdout());
        if !outcome.stderr.is_empty() {
            let _ = write!(transcript, "--- stderr\n{}", outcome.stderr());
        }
        let _ = writeln!(transcript, "--- exit {}", outcome.code);
        for (name, content) in files(folder.path()) {
            if before.get(&name) != Some(&content) {
                let _ = writeln!(transcript, "--- {name} is now");
                let shown = String::from_utf8_lossy(&content).replace('\r', "␍");
                transcript.push_str(&shown);
                if !shown.ends_with('\n') {
                    transcript.push_str("␄\n");
                }
            }
        }
        transcript.push('\n');
    }
    transcript
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    paths
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a file can be read"))
        })
        .collect()
}
