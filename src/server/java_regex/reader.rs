//! The grammar of `java.util.regex.Pattern`, read without building anything.

use super::RegexFault;
use super::units::PatternChar::{self, Plain, Quoted};
use super::units::units;

/// Why reading ends early.
pub(super) enum Stop {
    /// Because the pattern cannot compile.
    RegexFault(RegexFault),
    /// Because the rest cannot be told for certain.
    Unsure,
}

impl From<RegexFault> for Stop {
    fn from(fault: RegexFault) -> Self {
        Self::RegexFault(fault)
    }
}

/// What a step of reading yields.
type Read<T = ()> = Result<T, Stop>;

/// What an item of a character class is.
enum ClassItem {
    /// One character, with its value where that is plain to see.
    Single(Option<char>),
    /// A class of its own, such as `\d`.
    Class,
}

/// A place in a pattern; its methods read on from there.
pub(super) struct PatternReader {
    units: Vec<PatternChar>,
    at: usize,
    depth: u32,
}

/// Deeper nesting is not judged, so that no pattern exhausts the stack.
const DEPTH_LIMIT: u32 = 60;

/// Letters that mean nothing behind a backslash, in any place.
const NO_ESCAPES: &str = "CEFIJKLMOTUYgijlmoqy";

/// What means something behind a backslash, but not in a character class.
const NO_CLASS_ESCAPES: &str = "ABGRXZbkz123456789";

impl PatternReader {
    /// The start of a pattern.
    pub(super) fn new(pattern: &str) -> Self {
        Self { units: units(pattern), at: 0, depth: 0 }
    }

    /// The whole pattern.
    pub(super) fn pattern(&mut self) -> Read {
        self.alternatives()?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(RegexFault::StrayClose.into()),
        }
    }

    /// Up to a `)` or the end.
    fn alternatives(&mut self) -> Read {
        while let Some(unit) = self.peek() {
            match unit {
                Plain(')') => break,
                Plain('|') => self.at += 1,
                Plain(quantifier @ ('*' | '+' | '?')) => {
                    return Err(RegexFault::Dangling(quantifier).into());
                }
                // An empty text may be repeated by `{2}`, though not by `*`.
                Plain('{') => self.quantifier()?,
                Plain('(') => {
                    if self.nested(Self::group)? {
                        self.quantifier()?;
                    }
                }
                Plain('[') => {
                    self.nested(Self::class)?;
                    self.quantifier()?;
                }
                Plain('\\') => {
                    self.escape(false)?;
                    self.quantifier()?;
                }
                Plain(_) | Quoted(_) => {
                    self.at += 1;
                    self.quantifier()?;
                }
            }
        }
        Ok(())
    }

    /// At a `(`: the group up to its `)`. False for flags alone, which nothing can repeat.
    fn group(&mut self) -> Read<bool> {
        self.at += 1;
        if self.take('?') && !self.group_head()? {
            return Ok(false);
        }
        self.alternatives()?;
        if self.take(')') { Ok(true) } else { Err(RegexFault::OpenGroup.into()) }
    }

    /// Behind `(?`: whether a body follows.
    fn group_head(&mut self) -> Read<bool> {
        match self.peek() {
            None => Err(RegexFault::OpenGroup.into()),
            Some(Plain(':' | '=' | '!' | '>')) => {
                self.at += 1;
                Ok(true)
            }
            Some(Plain('<')) => {
                self.at += 1;
                if !self.take('=') && !self.take('!') {
                    self.group_name()?;
                }
                Ok(true)
            }
            Some(_) => self.flags(),
        }
    }

    fn group_name(&mut self) -> Read {
        let start = self.at;
        while matches!(self.peek(), Some(Plain(c)) if c.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        let lettered =
            matches!(self.units.get(start), Some(Plain(first)) if first.is_ascii_alphabetic());
        if lettered && self.take('>') { Ok(()) } else { Err(RegexFault::GroupName.into()) }
    }

    /// `i-s:` of `(?i-s:..)` or `i-s)` of `(?i-s)`: whether a body follows.
    fn flags(&mut self) -> Read<bool> {
        self.flag_letters()?;
        if self.take('-') {
            self.flag_letters()?;
        }
        match self.peek() {
            Some(Plain(end @ (')' | ':'))) => {
                self.at += 1;
                Ok(end == ':')
            }
            _ => Err(RegexFault::UnknownGroup.into()),
        }
    }

    fn flag_letters(&mut self) -> Read {
        while let Some(Plain(flag)) = self.peek() {
            match flag {
                'i' | 'm' | 's' | 'd' | 'u' | 'U' => self.at += 1,
                // Comments and canonical equivalence change how the rest is read.
                'x' | 'c' => return Err(Stop::Unsure),
                _ => break,
            }
        }
        Ok(())
    }

    /// A quantifier, if one stands here.
    fn quantifier(&mut self) -> Read {
        match self.peek() {
            Some(Plain('*' | '+' | '?')) => self.at += 1,
            Some(Plain('{')) => self.repetition()?,
            _ => return Ok(()),
        }
        let _greed = self.take('?') || self.take('+');
        Ok(())
    }

    /// At a `{`: `{2}`, `{2,}` or `{2,3}`.
    fn repetition(&mut self) -> Read {
        self.at += 1;
        let Some(least) = self.number()? else { return Err(RegexFault::NoRepetition.into()) };
        let most = if !self.take(',') {
            Some(least)
        } else if self.peek() == Some(Plain('}')) {
            None
        } else {
            Some(self.number()?.unwrap_or(0))
        };
        if !self.take('}') {
            return Err(RegexFault::OpenRepetition.into());
        }
        match most {
            Some(most) if most < least => Err(RegexFault::BackwardRepetition.into()),
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> Read<Option<u32>> {
        let mut number = None;
        while let Some(Plain(c)) = self.peek()
            && let Some(digit) = c.to_digit(10)
        {
            let more = number.unwrap_or(0u32).checked_mul(10).and_then(|n| n.checked_add(digit));
            // Releases differ on numbers beyond their integers.
            let fits = more.filter(|n| i32::try_from(*n).is_ok());
            number = Some(fits.ok_or(Stop::Unsure)?);
            self.at += 1;
        }
        Ok(number)
    }

    /// At a `[`: the class up to its `]`.
    fn class(&mut self) -> Read {
        self.at += 1;
        self.take('^');
        self.items()?;
        self.at += 1;
        Ok(())
    }

    /// The items of a class up to its `]`, which is an item itself where none stands before it.
    fn items(&mut self) -> Read {
        let mut empty = true;
        loop {
            match self.peek() {
                None => return Err(RegexFault::OpenClass.into()),
                Some(Plain(']')) if !empty => return Ok(()),
                Some(Plain('[')) => self.nested(Self::class)?,
                Some(Plain('&')) if self.units.get(self.at + 1) == Some(&Plain('&')) => {
                    self.at += 2;
                    self.intersected(empty)?;
                }
                Some(_) => self.range()?,
            }
            empty = false;
        }
    }

    /// What is behind `&&`, up to a `]` or the next `&`.
    fn intersected(&mut self, left_empty: bool) -> Read {
        let start = self.at;
        while let Some(unit) = self.peek() {
            match unit {
                Plain(']' | '&') => break,
                Plain('[') => self.nested(Self::class)?,
                _ => self.nested(Self::items)?,
            }
        }
        // Java refuses an intersection of nothing, with rules of its own.
        if left_empty && self.at == start { Err(Stop::Unsure) } else { Ok(()) }
    }

    /// A single item of a class, or a range of two.
    fn range(&mut self) -> Read {
        let ClassItem::Single(from) = self.item()? else { return Ok(()) };
        if self.peek() != Some(Plain('-')) {
            return Ok(());
        }
        match self.units.get(self.at + 1) {
            None => return Err(RegexFault::OpenClass.into()),
            Some(Plain('[' | ']')) => return Ok(()),
            Some(_) => self.at += 1,
        }
        match (from, self.item()?) {
            (Some(from), ClassItem::Single(Some(to))) if to < from => {
                Err(RegexFault::BackwardRange(from, to).into())
            }
            (_, ClassItem::Class) => Err(Stop::Unsure),
            _ => Ok(()),
        }
    }

    fn item(&mut self) -> Read<ClassItem> {
        let Some(unit) = self.peek() else { return Err(RegexFault::OpenClass.into()) };
        if unit == Plain('\\') {
            return self.escape(true);
        }
        self.at += 1;
        let (Plain(c) | Quoted(c)) = unit;
        // The server reads other characters garbled, so their order is not known.
        Ok(ClassItem::Single(c.is_ascii().then_some(c)))
    }

    /// At a backslash: the escape.
    fn escape(&mut self, in_class: bool) -> Read<ClassItem> {
        self.at += 1;
        let Some(Plain(c) | Quoted(c)) = self.peek() else {
            return Err(RegexFault::TrailingBackslash.into());
        };
        self.at += 1;
        match c {
            c if NO_ESCAPES.contains(c) || (in_class && NO_CLASS_ESCAPES.contains(c)) => {
                return Err(RegexFault::UnknownEscape(c).into());
            }
            'p' | 'P' => self.property()?,
            'x' if self.peek() == Some(Plain('{')) => return Err(Stop::Unsure),
            'x' => self.digits(c, 2, 16)?,
            'u' => self.digits(c, 4, 16)?,
            '0' => self.digits(c, 1, 8)?,
            // Any character may follow, the backslash that Java puts before a quoted one too.
            'c' if matches!(self.peek(), Some(Plain(_))) => self.at += 1,
            // Newer releases know forms that older ones do not.
            'c' | 'N' => return Err(Stop::Unsure),
            'b' if self.peek() == Some(Plain('{')) => return Err(Stop::Unsure),
            'k' => self.group_reference()?,
            c if !c.is_ascii_alphanumeric() => {
                return Ok(ClassItem::Single(c.is_ascii().then_some(c)));
            }
            _ => {}
        }
        let single = matches!(c, 'a' | 'e' | 'f' | 'n' | 'r' | 't' | 'x' | 'u' | '0' | 'c');
        Ok(if single { ClassItem::Single(None) } else { ClassItem::Class })
    }

    /// Behind `\k`: the name of a group, which is not looked up.
    fn group_reference(&mut self) -> Read {
        let named = self.take('<') && self.group_name().is_ok();
        if named { Ok(()) } else { Err(Stop::Unsure) }
    }

    /// Behind `\p`: one letter, or a name in braces. Which names there are is not judged.
    fn property(&mut self) -> Read {
        if self.peek().is_none() {
            return Err(Stop::Unsure);
        }
        if !self.take('{') {
            self.at += 1;
            return Ok(());
        }
        let rest = &self.units[self.at..];
        let close = rest.iter().position(|unit| *unit == Plain('}'));
        self.at += close.ok_or(RegexFault::OpenProperty)? + 1;
        Ok(())
    }

    /// The digits that an escape of this letter cannot do without.
    fn digits(&mut self, letter: char, count: usize, radix: u32) -> Read {
        for _ in 0..count {
            match self.peek() {
                Some(Plain(c)) if c.is_digit(radix) => self.at += 1,
                _ => return Err(RegexFault::UnknownEscape(letter).into()),
            }
        }
        Ok(())
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEPTH_LIMIT {
            return Err(Stop::Unsure);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn peek(&self) -> Option<PatternChar> {
        self.units.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let here = self.peek() == Some(Plain(wanted));
        self.at += usize::from(here);
        here
    }
}
