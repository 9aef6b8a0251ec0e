//! A path as given on the command line -> the name by which other programs find the file.

use std::path::{Component, Path, PathBuf};

use super::Report;
use crate::source::STDIN;

/// What is unescaped in the path of a URI.
const PLAIN: &[u8] = b"-._~/";

/// The name of a file for programs that look at the repository from above: `./conf/x.toml`
/// is `conf/x.toml`, with slashes on every system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReportPath {
    pub(super) path: String,
    /// Whether the path begins in a root.
    pub(super) is_relative: bool,
}

impl ReportPath {
    /// The place of a path that was given in the directory of a report. What lies outside of it
    /// and of every root has an absolute path.
    pub(super) fn of(path: &str, report: &Report) -> Self {
        if path == STDIN {
            return Self { path: path.to_owned(), is_relative: true };
        }
        let directory = &report.directory;
        let whole = normal(&directory.join(path));
        let mut roots = report.roots.iter().chain([directory]);
        let inside = roots.find_map(|root| whole.strip_prefix(root).ok()).unwrap_or(&whole);
        Self { path: with_slashes(inside), is_relative: inside.is_relative() }
    }

    /// The path as a URI, or as a reference relative to the URI of its root.
    pub(super) fn uri(&self) -> String {
        if self.is_relative {
            return escaped(&self.path, PLAIN);
        }
        // A drive is `/C:` in a URI.
        let path = escaped(self.path.trim_start_matches('/'), &[PLAIN, b":"].concat());
        format!("file:///{path}")
    }
}

/// The same path without `.`, and without `..` as far as its text can tell.
fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        let last = result.components().next_back();
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                result.pop();
            }
            Component::ParentDir if last == Some(Component::RootDir) => {}
            _ => result.push(part),
        }
    }
    result
}

fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn escaped(path: &str, plain: &[u8]) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(directory: &str, roots: &[&str]) -> Report {
        let roots = roots.iter().map(PathBuf::from).collect();
        Report { directory: directory.into(), roots, ..Report::default() }
    }

    fn place(path: &str) -> ReportPath {
        ReportPath::of(path, &report("/work/repository", &[]))
    }

    #[test]
    fn a_path_below_the_directory_is_relative() {
        for path in ["conf/x.toml", "./conf/x.toml", "conf/../conf//./x.toml"] {
            assert_eq!(place(path).path, "conf/x.toml");
            assert!(place(path).is_relative);
        }
        assert_eq!(place("/work/repository/conf/x.toml"), place("conf/x.toml"));
        assert_eq!(place("../repository/conf/x.toml"), place("conf/x.toml"));
        assert_eq!(ReportPath::of("./x.toml", &report("", &[])).path, "x.toml");
    }

    #[test]
    fn a_path_below_a_root_is_relative_to_it() {
        let report = report("/work/repository/conf", &["/work/elsewhere", "/work/repository"]);
        let path = |path| ReportPath::of(path, &report).path;
        assert_eq!(path("x.toml"), "conf/x.toml");
        assert_eq!(path("../x.toml"), "x.toml");
        assert_eq!(path("../../elsewhere/x.toml"), "x.toml");
        assert_eq!(path("/etc/x.toml"), "/etc/x.toml");
        assert_eq!(path(STDIN), STDIN);
    }

    #[test]
    fn any_other_is_absolute() {
        assert_eq!(place("../x.toml").path, "/work/x.toml");
        assert_eq!(place("/../etc/x.toml").uri(), "file:///etc/x.toml");
        assert!(!place("/etc/x.toml").is_relative);
    }

    #[test]
    fn a_uri_has_no_character_of_its_own_meaning() {
        assert_eq!(place("a b/é#?%:1.toml").uri(), "a%20b/%C3%A9%23%3F%25%3A1.toml");
        assert_eq!(place("<stdin>").uri(), "%3Cstdin%3E");
        assert_eq!(place("/C:/x y").uri(), "file:///C:/x%20y");
    }
}
