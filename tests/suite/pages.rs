//! The pages of the rules: what they are made of.

use std::collections::BTreeSet;

use smsotp_lint::rules::RULES;

use crate::support::root;

const WIDEST: usize = 100;

#[test]
fn every_rule_has_a_page_and_every_page_a_rule() {
    let of_rules = RULES.iter().map(|rule| rule.info.name.replace('-', "_") + ".md");
    let of_rules: BTreeSet<_> = of_rules.chain(["README.md".to_owned()]).collect();
    let folder = std::fs::read_dir(root().join("src/rules")).expect("there are rules");
    let names = folder.map(|entry| entry.expect("an entry").file_name().into_string());
    let pages = names.map(|name| name.expect("a name")).filter(|name| name.ends_with(".md"));
    assert_eq!(pages.collect::<BTreeSet<_>>(), of_rules);
}

#[test]
fn a_page_has_its_sections_in_their_order_and_nothing_else() {
    for rule in RULES {
        let (name, page) = (rule.info.name, rule.info.page);
        let file = root().join("src/rules").join(name.replace('-', "_")).with_extension("md");
        let mut text = std::fs::read_to_string(&file).expect("a rule has a page");
        for code in [page.example(), page.instead()] {
            assert!(!code.trim().is_empty(), "{name}");
            text = text.replacen(&format!("```toml\n{code}```"), "(code)", 1);
        }
        let text = text.strip_suffix('\n').expect("a whole last line");
        let (parts, references) = match text.split_once("\n\n## References\n\n") {
            Some((parts, references)) => (parts, references.lines().collect()),
            None => (text, Vec::new()),
        };
        assert!(references.iter().all(|line| line.starts_with("- https://")), "{name}");
        assert_eq!(page.references().len(), references.len(), "{name}");

        let parts: Vec<&str> = parts.split("\n\n").collect();
        let [title, summary, does, server, example, one, instead, other, repairs, fixes] =
            parts[..]
        else {
            panic!("{name} has other sections: {parts:?}");
        };
        assert_eq!(title, format!("# {name}"));
        let headings = ["## What the server does", "## Example", "## Use instead", "## Fixes"];
        assert_eq!([does, example, instead, repairs], headings, "{name}");
        assert_eq!([one, other], ["(code)"; 2], "{name}");
        assert_eq!(summary, page.summary());
        assert!(!summary.is_empty() && !summary.ends_with('.'), "{name}");
        assert!(server.ends_with('.') && fixes.ends_with('.'), "{name}");
        let is_wide = |line: &&str| line.chars().count() > WIDEST;
        let wide: Vec<_> = parts.iter().flat_map(|part| part.lines()).filter(is_wide).collect();
        assert!(wide.is_empty(), "{name}: {wide:?}");
    }
}
