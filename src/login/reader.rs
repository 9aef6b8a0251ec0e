//! Names of settings -> their texts, with a record of what was asked; a text that is not known is
//! tried with every value it may have, one way of the login after the other.

use super::values::values;

/// What is known of the text of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<'t> {
    /// The server reads this.
    Text(&'t str),
    /// Neither the file nor the shipped defaults have one.
    Unset,
    /// There is one, and what it is cannot be told: some valid value.
    Unknown,
}

/// From the name of a setting to its text.
pub type Lookup<'l> = dyn Fn(&str) -> Given<'l> + 'l;

/// The settings of one way to play a login.
pub(super) struct Reader<'l> {
    lookup: &'l Lookup<'l>,
    read: Vec<&'static str>,
    /// The unknown settings asked so far, with the place of the value that is tried.
    open: Vec<(&'static str, usize)>,
    /// The places to try, of as many of them as the path is long.
    path: Vec<usize>,
}

impl<'l> Reader<'l> {
    pub(super) fn new(lookup: &'l Lookup<'l>, path: Vec<usize>) -> Self {
        Self { lookup, read: Vec::new(), open: Vec::new(), path }
    }

    /// The names that were read, and the path of the next way, if there is one.
    pub(super) fn end(self) -> (Vec<&'static str>, Option<Vec<usize>>) {
        let last = self.open.iter().rposition(|(name, at)| at + 1 < values(name).len());
        let next = last.map(|last| {
            let mut path: Vec<_> = self.open[..=last].iter().map(|(_, at)| *at).collect();
            path[last] += 1;
            path
        });
        (self.read, next)
    }

    /// The text of a setting.
    pub(super) fn text(&mut self, name: &'static str) -> Option<&'l str> {
        match self.given(name) {
            Given::Text(text) => Some(text),
            Given::Unset => None,
            Given::Unknown => values(name).get(self.place(name)).copied(),
        }
    }

    /// A switch that takes `true` in any letter case.
    pub(super) fn is_on(&mut self, name: &'static str) -> bool {
        self.text(name).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// What is known of a setting, for one whose valid values all lead to the same.
    pub(super) fn given(&mut self, name: &'static str) -> Given<'l> {
        if !self.read.contains(&name) {
            self.read.push(name);
        }
        (self.lookup)(name)
    }

    /// Which of its values an unknown setting has on this way.
    fn place(&mut self, name: &'static str) -> usize {
        if let Some((_, at)) = self.open.iter().find(|(open, _)| *open == name) {
            return *at;
        }
        let at = self.path.get(self.open.len()).copied().unwrap_or(0);
        self.open.push((name, at));
        at
    }
}
