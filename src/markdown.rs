//! Texts -> Markdown: code, in which nothing is markup or calls a person, and the rows of tables.

use std::fmt::Write;

/// A text without line ends.
pub(crate) fn code(text: &str) -> String {
    let fence = "`".repeat(longest_row(text) + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Lines.
pub(crate) fn block(text: &str) -> String {
    let fence = "`".repeat(longest_row(text).max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_end())
}

/// Adds a row of a table, which knows no other way to hold `|`, not even in code.
pub(crate) fn row(table: &mut String, cells: &[&str]) {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

/// The most backticks in a row.
fn longest_row(text: &str) -> usize {
    text.split(|c: char| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_code() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(block("a\n````b\n"), "`````\na\n````b\n`````");
    }
}
