//! Words of this program and pieces of a file -> a text for people that holds nothing secret.
//!
//! A message is made of words of the program, of numbers, and of [`Shown`] pieces, which only the
//! view of a file makes, masked where they have to be. So no rule decides about secrets, and none
//! can repeat one by accident.

use std::fmt::{self, Display};
use std::ops::Deref;

use serde::Serialize;

/// A text for people that holds nothing secret; `message!` makes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Message(String);

/// A piece of a file as a message may repeat it: masked where an excerpt masks it, on one line,
/// and cut when it is long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// For the view of a file alone, which knows what may be shown: [`crate::redact`].
    pub(crate) const fn by_view(text: String) -> Self {
        Self(text)
    }
}

/// What a message may be made of.
pub trait Piece: Display {}

impl Piece for &'static str {}
impl Piece for u32 {}
impl Piece for u64 {}
impl Piece for usize {}
impl Piece for char {}
impl Piece for Message {}
impl Piece for Shown {}
impl<P: Piece> Piece for &P {}

/// Makes a [`Message`] like `format!`, of [`Piece`]s only.
macro_rules! message {
    ($format:literal $(, $piece:expr)* $(,)?) => {
        $crate::message::Message::of_pieces(format!(
            // A format that is put together captures no variable past the check.
            concat!($format, ""),
            $($crate::message::piece(&$piece)),*
        ))
    };
}
pub(crate) use message;

/// Checks what a message is made of.
pub(crate) const fn piece<P: Piece>(piece: &P) -> &P {
    piece
}

impl Message {
    /// Several, with a separator between them.
    pub fn joined(parts: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        let parts: Vec<String> = parts.into_iter().map(|part| part.0).collect();
        Self(parts.join(separator))
    }

    /// A list in a sentence: the last behind "and".
    pub fn listed(mut parts: Vec<Self>) -> Self {
        match parts.pop() {
            Some(last) if parts.is_empty() => last,
            Some(last) => message!("{} and {}", Self::joined(parts, ", "), last),
            None => Self::default(),
        }
    }

    /// For [`message!`] alone, which checks the pieces.
    pub(crate) const fn of_pieces(text: String) -> Self {
        Self(text)
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Shown> for Message {
    fn from(shown: Shown) -> Self {
        Self(shown.0)
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Shown {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_put_together_like_any_text() {
        assert_eq!(&*message!("{} = {} on {}", "a", 1_usize, "7.0"), "a = 1 on 7.0");
        assert_eq!(&*Message::from("plain"), "plain");
        let listed = |names: &[&'static str]| {
            Message::listed(names.iter().map(|name| Message::from(*name)).collect())
        };
        assert_eq!(&*listed(&[]), "");
        assert_eq!(&*listed(&["a"]), "a");
        assert_eq!(&*listed(&["a", "b", "c"]), "a, b and c");
    }
}
