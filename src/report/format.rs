//! The formats of a report: their names, and whom they are for.

/// A format a report can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Excerpts with labels, for people.
    #[default]
    Human,
    /// One line a finding.
    Concise,
    /// One object, for programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, for GitHub Actions.
    Github,
    /// A code quality report, for GitLab.
    Gitlab,
    /// Test cases, for Jenkins and its kin.
    Junit,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The name used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// What it is and whom it is for, in a phrase.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Human => "excerpts with labels, for people",
            Self::Concise => "one line a finding",
            Self::Json => "one object of a versioned layout, for programs",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Github => "workflow commands, for annotations of GitHub Actions",
            Self::Gitlab => "code quality report, for merge requests of GitLab",
            Self::Junit => "test cases in JUnit's XML, for Jenkins and its kin",
        }
    }

    /// How many findings of one rule it shows of one file. The summary counts on.
    pub(super) const fn most_of_a_rule(self) -> usize {
        match self {
            Self::Human | Self::Concise | Self::Github => 100,
            Self::Json | Self::Sarif | Self::Gitlab | Self::Junit => 1_000,
        }
    }

    /// Whether programs read it, and nobody else.
    pub const fn is_for_machines(self) -> bool {
        !matches!(self, Self::Human | Self::Concise)
    }
}
