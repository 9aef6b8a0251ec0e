//! Every example in the README is run, and prints what the README says.

use std::fmt::Write as _;

use anstyle::{Color, RgbColor};
use anstyle_svg::{Palette, Term};
use smsotp_lint::reference::{Topic, tables};

use crate::support::{assert_none, copy_of, expect, root, run, save};

/// What is told first, and no more than is read.
const LONGEST: usize = 14_000;

#[test]
fn every_example_in_the_readme_is_true() {
    let file = root().join("README.md");
    let mut actual = String::new();
    let readme = readme();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(actual, "{line}");
        let included = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
        if let Some(path) = included {
            let text = std::fs::read_to_string(root().join(path)).expect("a file to show");
            let fence = lines.next().expect("a block");
            let _ = lines.by_ref().find(|line| *line == "```");
            let _ = write!(actual, "{fence}\n{text}```\n");
        } else if line == "```console" {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            actual.push_str(&replay(&block));
            actual.push_str("```\n");
        }
    }
    let mut failures = String::new();
    expect(&file, Some(actual.as_bytes()), &mut failures);
    assert_none(&failures);
    assert!(actual.len() <= LONGEST, "the README has {} bytes", actual.len());
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).expect("there is a README")
}

/// Runs the commands of a block in a copy of the example files, one after the other.
fn replay(block: &[&str]) -> String {
    let folder = copy_of(&root().join("fixtures/readme"));
    let mut actual = String::new();
    for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
        let _ = writeln!(actual, "$ {command}");
        let (program, lines) = match command.split_once(" | head -n ") {
            Some((program, lines)) => (program, lines.parse().expect("a number of lines")),
            None => (command, usize::MAX),
        };
        let arguments = program.strip_prefix("smsotp-lint ").expect("a command of this program");
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let outcome = run(folder.path(), &arguments, b"");
        let printed = outcome.stdout() + &outcome.stderr();
        for line in printed.lines().take(lines) {
            let _ = writeln!(actual, "{line}");
        }
    }
    actual
}

/// The picture in the README: on a ground of its own, so that it is read on any page.
#[test]
fn the_picture_is_the_report() {
    const GROUND: RgbColor = RgbColor(0x0d, 0x11, 0x17);
    const TEXT: RgbColor = RgbColor(0xe6, 0xed, 0xf3);
    const RED: RgbColor = RgbColor(0xff, 0x7b, 0x72);
    const YELLOW: RgbColor = RgbColor(0xe3, 0xb3, 0x41);
    const CYAN: RgbColor = RgbColor(0x76, 0xe3, 0xea);
    let row = [GROUND, RED, TEXT, YELLOW, TEXT, TEXT, CYAN, TEXT];
    let palette = Palette(std::array::from_fn(|color| row[color % row.len()]));
    let term = Term::new()
        .palette(palette)
        .bg_color(Color::Rgb(GROUND))
        .fg_color(Color::Rgb(TEXT))
        .min_width_px(0);
    let folder = copy_of(&root().join("fixtures/readme"));
    let report = run(folder.path(), &["check", "--color", "always", "deployment.toml"], b"");
    let picture = term.render_svg(report.stdout().trim_end());
    let mut failures = String::new();
    expect(&root().join(".github/report.svg"), Some(picture.as_bytes()), &mut failures);
    assert_none(&failures);
}

#[test]
fn every_rule_and_every_setting_is_listed() {
    let mut failures = String::new();
    for (file, page) in
        [("src/rules/README.md", tables::rules()), ("src/catalogue/README.md", tables::settings())]
    {
        expect(&root().join(file), Some(page.as_bytes()), &mut failures);
    }
    assert_none(&failures);
    let pages = tables::rules() + &tables::settings();
    for topic in Topic::all() {
        let (setting, rule) =
            (format!("| `{}` | ", topic.name()), format!("| [`{}`](", topic.name()));
        let rows = pages.lines().filter(|row| row.starts_with(&setting) || row.starts_with(&rule));
        assert_eq!(rows.count(), 1, "{}", topic.name());
    }
}

#[test]
fn every_file_that_is_named_is_there() {
    let pages =
        ["README.md", ".packaging/README.md", "src/rules/README.md", "src/catalogue/README.md"];
    for page in pages.map(|page| root().join(page)) {
        let text = std::fs::read_to_string(&page).expect("there is such a page");
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        let images = text.split("src=\"").skip(1).filter_map(|rest| rest.split_once('"'));
        for (link, _) in links.chain(images).filter(|(link, _)| !link.starts_with("https:")) {
            let target = page.with_file_name(link);
            assert!(target.exists(), "{}: {link}", page.display());
        }
    }
}

/// The blocks of a language: each with its lines.
fn blocks(language: &str) -> Vec<String> {
    let readme = readme();
    let parts: Vec<&str> = readme.split("```").collect();
    let inside = parts.iter().skip(1).step_by(2).filter_map(|part| part.split_once('\n'));
    inside.filter(|(first, _)| *first == language).map(|(_, text)| text.to_owned()).collect()
}

#[test]
fn every_file_in_the_readme_is_understood() {
    let folder = copy_of(&root().join("fixtures/readme"));
    let mut kinds = Vec::new();
    for text in blocks("toml") {
        let name = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
        let file = folder.path().join("example.toml");
        save(&file, text.as_bytes());
        let arguments: &[&str] = match name {
            "deployment.toml" => &["check", "--isolated", "example.toml"],
            ".smsotp-lint.toml" => &["check", "--config", "example.toml", "deployment.toml"],
            _ => &["check", "--allow", "no-section", "example.toml"],
        };
        let outcome = run(folder.path(), arguments, b"");
        let expected = i32::from(name == ".smsotp-lint.toml");
        assert_eq!(outcome.code, expected, "{name}: {}{}", outcome.stdout(), outcome.stderr());
        kinds.push(name.to_owned());
    }
    assert!(kinds.len() >= 4, "{kinds:?}");
}

/// In a fresh home, and in a repository that holds the example.
#[cfg(unix)]
#[test]
fn every_command_in_the_readme_works() {
    use crate::support::shell::Shell;

    let mut commands = 0;
    for block in blocks("sh") {
        let shell = Shell::new();
        let example = std::fs::read(root().join("fixtures/readme/deployment.toml"));
        save(&shell.at("deployment.toml"), &example.expect("an example"));
        shell.program("git", "[ \"$*\" = 'show HEAD:deployment.toml' ] && cat deployment.toml");
        for command in block.lines() {
            // Those that build are for the next test.
            if !command.starts_with("cargo ") {
                let outcome = shell.run(command);
                assert!(outcome.code <= 1, "{command}: {}", outcome.stderr());
                commands += 1;
            }
        }
    }
    assert!(commands >= 6, "{commands}");
}

#[test]
fn every_command_between_the_words_works() {
    let readme = readme();
    let words = readme.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
    let commands: Vec<_> = words.filter_map(|code| code.strip_prefix("smsotp-lint ")).collect();
    for command in &commands {
        let folder = copy_of(&root().join("fixtures/readme"));
        let command = command.replace("NAME", "TokenLength");
        let arguments: Vec<_> = command.split(' ').collect();
        let outcome = run(folder.path(), &arguments, b"");
        assert!(outcome.code <= 1, "{command}: {}", outcome.stderr());
    }
    assert!(commands.len() >= 5, "{commands:?}");
}

#[test]
fn the_two_commands_of_the_readme_are_real() {
    let block = blocks("sh").swap_remove(0);
    let commands = block.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let [main_job, tests] = commands.collect::<Vec<_>>()[..] else { panic!("{block}") };
    let arguments = main_job.strip_prefix("cargo run --release -- ").expect("the main job");
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    let outcome = run(root(), &arguments, b"");
    assert_eq!(outcome.code, 1, "{}", outcome.stderr());
    assert!(outcome.stdout().contains("\n2 errors in 1 file; "), "{}", outcome.stdout());
    let ci = std::fs::read_to_string(root().join(".ci/run")).expect("there is a CI script");
    assert!(ci.contains(tests), "README and CI run the same tests");
}

#[test]
fn every_hook_is_a_command_that_works() {
    let file = root().join(".pre-commit-hooks.yaml");
    let hooks = std::fs::read_to_string(file).expect("there are hooks");
    let entries: Vec<_> =
        hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: smsotp-lint ")).collect();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let folder = copy_of(&root().join("fixtures/readme"));
        let arguments: Vec<_> = entry.split(' ').chain(["deployment.toml"]).collect();
        let outcome = run(folder.path(), &arguments, b"");
        assert_eq!(outcome.code, 1, "{entry}: {}", outcome.stderr());
    }
}
