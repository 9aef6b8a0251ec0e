//! What is told of references: those that stop the server, and those that may.

use crate::source::Span;

/// A reference that stops the server.
#[derive(Debug)]
pub struct ReferenceProblem {
    /// Where exactly.
    pub span: Span,
    /// The dotted key of the value that holds it.
    pub key: String,
    /// What is wrong.
    pub kind: ReferenceProblemKind,
}

/// The ways in which a reference stops the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceProblemKind {
    /// `$env{name}` is not set.
    Variable(String),
    /// `$sys{name}` is not set, or empty.
    Property(String),
    /// The value of `$env{name}` or `$sys{name}` holds a `$`, or ends with a backslash.
    Instruction(String),
    /// `$ref{name}` leads to no value.
    Target {
        /// The name as written.
        name: String,
        /// Why there is none.
        miss: Miss,
    },
    /// References that lead back to where they began.
    Cycle(Vec<Link>),
    /// `$secret{name}` has no entry.
    Secret(String),
    /// `$secret{name}` has an entry whose value stands in brackets, not yet encrypted.
    PlainSecret {
        /// The name as written.
        name: String,
        /// Where the entry is.
        entry: Span,
    },
    /// `secrets`, `runtime_secrets` or something in them is no string or no table.
    SecretShape,
}

/// Why a `$ref` leads to no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// There is no such key; perhaps one that differs in letter case or blanks.
    Absent(Option<String>),
    /// The server keeps its value under this other key.
    Renamed(&'static str),
    /// It is a table.
    Table,
    /// It is inside a `[[..]]`.
    InArray,
    /// The name holds another `$ref`.
    Nested,
}

/// One reference of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the reference is.
    pub span: Span,
    /// The key whose value holds it.
    pub key: String,
    /// The key it names.
    pub target: String,
}

/// A reference of which nobody can tell whether it resolves.
#[derive(Debug)]
pub struct Uncertain {
    /// Where exactly.
    pub span: Span,
    /// The dotted key of the value that holds it.
    pub key: String,
    /// The name as written.
    pub name: String,
}

/// A variable that does not do what its reference is there for.
#[derive(Debug)]
pub struct OddVariable {
    /// Where exactly.
    pub span: Span,
    /// The dotted key of the value that holds it.
    pub key: String,
    /// Whether that is for its name, not for its value, which then loses a backslash.
    pub is_name: bool,
}
