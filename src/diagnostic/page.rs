//! The page of a rule -> its parts.

/// What people read about a rule: the Markdown file beside its code. The tests hold it to the
/// sections that are read here.
#[derive(Debug, Clone, Copy)]
pub struct RulePage(&'static str);

impl RulePage {
    /// A page with this text.
    pub const fn new(markdown: &'static str) -> Self {
        Self(markdown)
    }

    /// What the rule reports, in one line without a full stop.
    pub fn summary(self) -> &'static str {
        self.0.lines().nth(2).unwrap_or_default()
    }

    /// What the server does with such a file: plain sentences.
    pub fn server(self) -> String {
        unwrapped(self.section("What the server does"))
    }

    /// A piece of `deployment.toml` that raises it.
    pub fn example(self) -> &'static str {
        code(self.section("Example"))
    }

    /// The same piece put right.
    pub fn instead(self) -> &'static str {
        code(self.section("Use instead"))
    }

    /// What its fixes do, or why there is none.
    pub fn fixes(self) -> String {
        unwrapped(self.section("Fixes"))
    }

    /// Where the behaviour is documented or discussed.
    pub fn references(self) -> Vec<&'static str> {
        self.section("References").lines().filter_map(|line| line.strip_prefix("- ")).collect()
    }

    fn section(self, title: &str) -> &'static str {
        let mut sections = self.0.split("\n## ").skip(1);
        sections.find_map(|section| section.strip_prefix(title)).unwrap_or_default().trim()
    }
}

/// A paragraph in one line.
fn unwrapped(paragraph: &str) -> String {
    paragraph.lines().collect::<Vec<_>>().join(" ")
}

fn code(block: &str) -> &str {
    let inside = block.strip_prefix("```toml\n").and_then(|rest| rest.strip_suffix("```"));
    inside.unwrap_or_default()
}
