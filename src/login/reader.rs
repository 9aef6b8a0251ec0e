//! The names of settings -> their texts, with a record of what was asked; a text that is not known
//! is tried with every value it may have, one run of the login for each.

use std::ops::{Index, IndexMut};

use super::SettingName;

/// What is known of the text of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given<'t> {
    /// The server reads this.
    Text(&'t str),
    /// Neither the file nor the shipped defaults have one.
    Unset,
    /// There is one, and it is not known: some valid value.
    Unknown,
    /// Any valid value, or none where that is valid.
    Any,
}

/// What is known of the text of each setting.
#[derive(Debug, Clone, Copy)]
pub struct SettingTexts<'t>([Given<'t>; SettingName::ALL.len()]);

impl<'t> SettingTexts<'t> {
    /// What `given` says of each.
    pub fn of(given: impl FnMut(SettingName) -> Given<'t>) -> Self {
        Self(SettingName::ALL.map(given))
    }
}

impl<'t> Index<SettingName> for SettingTexts<'t> {
    type Output = Given<'t>;

    fn index(&self, name: SettingName) -> &Given<'t> {
        &self.0[name as usize]
    }
}

impl IndexMut<SettingName> for SettingTexts<'_> {
    fn index_mut(&mut self, name: SettingName) -> &mut Self::Output {
        &mut self.0[name as usize]
    }
}

/// The settings in one run of a login, and in the runs on the other ways after it.
pub(super) struct SettingReader<'l> {
    texts: &'l SettingTexts<'l>,
    /// What was asked for, as often as it was.
    asked: Vec<SettingName>,
    /// The settings for which a value is tried, in the order of the first reading.
    choices: Vec<Choice>,
    /// How many of them this run came to so far; it will come to the others as well.
    met: usize,
}

/// The value that is tried for a setting that is not known.
struct Choice {
    name: SettingName,
    /// The number of the value, from 0.
    at: usize,
    /// How many there are.
    of: usize,
}

impl<'l> SettingReader<'l> {
    pub(super) fn new(texts: &'l SettingTexts<'l>) -> Self {
        // Most logins ask no more often.
        let asked = Vec::with_capacity(64);
        Self { texts, asked, choices: Vec::new(), met: 0 }
    }

    /// What was read in this run, in the order of the first reading.
    pub(super) fn read(&self) -> Vec<SettingName> {
        let mut read = Vec::new();
        for name in &self.asked {
            if !read.contains(name) {
                read.push(*name);
            }
        }
        read
    }

    /// The settings for the next way, if there is one. Ways are counted up like numbers: the last
    /// choice that has a value left takes it, and those behind it begin anew.
    pub(super) fn next_way(mut self) -> Option<Self> {
        while let Some(last) = self.choices.last_mut() {
            if last.at + 1 < last.of {
                last.at += 1;
                self.met = 0;
                self.asked.clear();
                return Some(self);
            }
            self.choices.pop();
        }
        None
    }

    /// The text of a setting.
    pub(super) fn text(&mut self, name: SettingName) -> Option<&'l str> {
        let given = self.given(name);
        let values = match given {
            Given::Text(text) => return Some(text),
            Given::Unset => return None,
            Given::Unknown | Given::Any => name.values(),
        };
        let may_be_unset = given == Given::Any && name.may_be_unset();
        values.get(self.choose(name, values.len() + usize::from(may_be_unset))).copied()
    }

    /// What is known of a setting, without trying a value. That is enough where all valid values
    /// lead to the same.
    pub(super) fn given(&mut self, name: SettingName) -> Given<'l> {
        self.asked.push(name);
        self.texts[name]
    }

    /// Whether a setting may have any value or none, and is not merely unknown.
    pub(super) fn is_open(&mut self, name: SettingName) -> bool {
        self.given(name) == Given::Any
    }

    /// Whether a setting has a value.
    pub(super) fn is_set(&mut self, name: SettingName) -> bool {
        match self.given(name) {
            Given::Text(_) | Given::Unknown => true,
            Given::Unset => false,
            Given::Any => self.choose(name, 2) == 0,
        }
    }

    /// A switch that takes `true` in any letter case.
    pub(super) fn is_on(&mut self, name: SettingName) -> bool {
        self.switch(name, |text| text.eq_ignore_ascii_case("true"))
    }

    /// A switch that takes `true` in lower case only.
    pub(super) fn is_on_in_lower_case(&mut self, name: SettingName) -> bool {
        self.switch(name, |text| text == "true")
    }

    /// A switch that is not set is off, so that two positions are all there is to try.
    fn switch(&mut self, name: SettingName, is_on: fn(&str) -> bool) -> bool {
        match self.given(name) {
            Given::Text(text) => is_on(text),
            Given::Unset => false,
            Given::Unknown | Given::Any => self.choose(name, 2) == 0,
        }
    }

    /// Which of so many values a setting has on this way.
    fn choose(&mut self, name: SettingName, of: usize) -> usize {
        let mut met = self.choices[..self.met].iter();
        if let Some(known) = met.find(|choice| choice.name == name) {
            return known.at;
        }
        if self.met == self.choices.len() {
            self.choices.push(Choice { name, at: 0, of });
        }
        self.met += 1;
        self.choices[self.met - 1].at
    }
}
