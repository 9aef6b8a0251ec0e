//! Patterns of paths -> whether a path is one of them.

use std::path::Path;

use glob::{MatchOptions, Pattern};

/// Patterns as people know them from `.gitignore`: one with a slash is for a path below the
/// directory that it is relative to, one without for a name in any depth.
#[derive(Debug, Clone, Default)]
pub struct Globs(Vec<Glob>);

#[derive(Debug, Clone)]
struct Glob {
    pattern: Pattern,
    is_path: bool,
}

const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

impl Globs {
    /// Takes one more pattern.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let plain = text.strip_prefix("./").unwrap_or(text);
        let plain = plain.strip_prefix('/').unwrap_or(plain).trim_end_matches('/');
        let wrong = |what: &str| Err(format!("{text:?} is no pattern of a path: {what}"));
        match Pattern::new(plain) {
            Ok(_) if plain.is_empty() => wrong("it is empty"),
            Ok(_) if plain.split('/').any(|part| part == "..") => {
                wrong("it leads out of the directory it is relative to")
            }
            Ok(pattern) => {
                let is_path =
                    plain.contains('/') || text.starts_with('/') || text.starts_with("./");
                self.0.push(Glob { pattern, is_path });
                Ok(())
            }
            Err(error) => wrong(error.msg),
        }
    }

    /// Whether a path is meant, relative to the directory of the patterns.
    pub fn hold(&self, path: &Path) -> bool {
        self.0.iter().any(|glob| {
            let part = if glob.is_path { Some(path.as_os_str()) } else { path.file_name() };
            part.is_some_and(|part| glob.pattern.matches_path_with(Path::new(part), OPTIONS))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(pattern: &str) -> Globs {
        let mut globs = Globs::default();
        globs.add(pattern).unwrap();
        globs
    }

    #[test]
    fn a_name_is_meant_anywhere_and_a_path_in_its_place() {
        for (pattern, path, is_meant) in [
            ("*-deployment.toml", "a-deployment.toml", true),
            ("*-deployment.toml", "conf/a-deployment.toml", true),
            ("old", "conf/old", true),
            ("old/", "conf/old", true),
            ("conf/*.toml", "conf/a.toml", true),
            ("./conf/*.toml", "conf/a.toml", true),
            ("conf/*.toml", "conf/below/a.toml", false),
            ("conf/*.toml", "above/conf/a.toml", false),
            ("**/conf/*.toml", "above/conf/a.toml", true),
            ("conf/**", "conf/below/a.toml", true),
            ("/a.toml", "a.toml", true),
            ("/a.toml", "conf/a.toml", false),
            ("*.toml", "conf/.a.toml", true),
            ("A.toml", "a.toml", false),
        ] {
            assert_eq!(globs(pattern).hold(Path::new(path)), is_meant, "{pattern} {path}");
        }
    }

    #[test]
    fn tells_what_is_wrong_with_a_pattern() {
        for (pattern, what) in [
            ("", "it is empty"),
            ("./", "it is empty"),
            ("../a.toml", "leads out"),
            ("a[", "invalid range"),
            ("a**", "recursive wildcards"),
        ] {
            let told = Globs::default().add(pattern).unwrap_err();
            assert!(told.contains(what), "{pattern}: {told}");
        }
    }
}
