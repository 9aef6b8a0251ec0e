//! Tokens -> the constructs of later TOML that the server's TOML 0.5 parser refuses.
//!
//! Most of them are local: an escape, a time without seconds. Those around arrays are not. The
//! server's tokenizer keeps a stack of modes: `=` puts one on it for the value, `[` and each `,`
//! of an array one more, and every item and every `]` takes one off. An empty array, or one that
//! ends with a comma, therefore leaves a mode behind, and a comma straight behind a date puts
//! none there. A line end below the value clears one mode away. Whether such an array is
//! refused depends on the count, so it is counted here in the same way.

mod construct;
mod scalar;
mod string;

use crate::source::Span;
use crate::toml::{Document, Quote, Token, TokenKind};

pub use construct::{Construct, ConstructKind};
pub use scalar::ItemType;

/// Everything in a document that the server's parser refuses although it is TOML, in order;
/// nothing for a document with faults.
pub fn constructs(document: &Document<'_>) -> Vec<Construct> {
    if !document.faults().is_empty() {
        return Vec::new();
    }
    let text = document.source().text();
    let mut scan = DialectScan { text, ..DialectScan::default() };
    let mark = Span::new(0, document.source().start());
    if !mark.is_empty() {
        scan.report(ConstructKind::ByteOrderMark, mark, mark);
    }
    for token in document.tokens() {
        scan.token(*token);
    }
    scan.found.sort_by_cached_key(|construct| construct.places.first().copied());
    scan.found
}

/// The state of the pass: one token after the other.
#[derive(Default)]
struct DialectScan<'t> {
    text: &'t str,
    found: Vec<Construct>,
    /// The open brackets, outermost first.
    open: Vec<Bracket>,
    /// The values that are being read, outermost first: one for each inline table around the
    /// present place, and one for the line's own value.
    values: Vec<Modes>,
    /// What the value of the last line left behind.
    unsettled: Option<Unsettled>,
    /// The token before was a date or a time.
    behind_date: bool,
}

enum Bracket {
    Array(OpenArray),
    Table(OpenTable),
}

struct OpenArray {
    start: usize,
    first: Option<ItemType>,
    mixed: bool,
    last: Last,
}

/// What was last read in an array, blanks, line ends and comments aside.
enum Last {
    Nothing,
    Item { end: usize, is_date: bool, line_ended: bool },
    Comma { span: Span, on_date: bool },
}

#[derive(Default)]
struct OpenTable {
    start: usize,
    /// The comma that nothing has followed yet, and whether it is directly behind a date.
    comma: Option<(Span, bool)>,
    breaks: Vec<Span>,
    comments: Vec<Span>,
}

/// The modes on the server's stack for one value, and what put their number out.
#[derive(Default)]
struct Modes {
    count: usize,
    /// One was taken off, or needed, that was not there.
    exhausted: bool,
    empty_arrays: Vec<Span>,
    trailing_commas: Vec<Span>,
    commas_on_dates: Vec<Span>,
}

/// A value that left modes behind: how many are still there, and what may have put them there.
struct Unsettled {
    modes: usize,
    array: Span,
    commas: Vec<Span>,
}

impl Modes {
    /// What `=` makes ready for a value.
    fn new() -> Self {
        Self { count: 1, ..Self::default() }
    }

    fn push(&mut self) {
        self.exhausted |= self.count == 0;
        self.count += 1;
    }

    fn pop(&mut self) {
        self.exhausted |= self.count == 0;
        self.count = self.count.saturating_sub(1);
    }
}

impl DialectScan<'_> {
    fn report(&mut self, kind: ConstructKind, span: Span, place: Span) {
        self.found.push(Construct { kind, span, places: vec![place] });
    }

    fn token(&mut self, token: Token) {
        let behind_date = std::mem::take(&mut self.behind_date);
        match token.kind {
            TokenKind::Key(quote) => {
                if self.open.is_empty() {
                    self.settle(quote != Quote::Bare);
                }
                string::check(self.text, token.span, quote, &mut self.found);
            }
            TokenKind::TableOpen | TokenKind::ArrayTableOpen => self.settle(false),
            TokenKind::Equals => self.values.push(Modes::new()),
            TokenKind::Scalar(quote) => self.scalar(token.span, quote),
            TokenKind::ArrayOpen => self.open_array(token.span),
            TokenKind::ArrayClose => self.close_array(token.span),
            TokenKind::InlineTableOpen => self.open_table(token.span),
            TokenKind::InlineTableClose => self.close_table(token.span),
            TokenKind::Comma => self.comma(token.span, behind_date),
            TokenKind::Newline => self.newline(token.span),
            TokenKind::Comment => self.comment(token.span),
            TokenKind::TableClose
            | TokenKind::ArrayTableClose
            | TokenKind::Dot
            | TokenKind::Whitespace
            | TokenKind::Error => {}
        }
    }

    fn scalar(&mut self, span: Span, quote: Quote) {
        let kind = match quote {
            Quote::Bare => scalar::check(self.text, span, &mut self.found),
            _ => string::check(self.text, span, quote, &mut self.found),
        };
        self.behind_date = kind.is_date();
        if kind.is_date() && matches!(self.text.as_bytes().get(span.end), Some(b']' | b'}')) {
            self.report(ConstructKind::DateBeforeBracket, span, span);
        }
        self.begin(kind, span);
        self.modes(Modes::pop);
        self.complete(span, kind);
    }

    fn open_array(&mut self, span: Span) {
        self.begin(ItemType::Array, span);
        self.modes(Modes::push);
        let array = OpenArray { start: span.start, first: None, mixed: false, last: Last::Nothing };
        self.open.push(Bracket::Array(array));
    }

    fn close_array(&mut self, span: Span) {
        let Some(Bracket::Array(array)) = self.open.pop() else { return };
        let whole = Span::new(array.start, span.end);
        self.modes(|modes| {
            match array.last {
                Last::Nothing => modes.empty_arrays.push(whole),
                Last::Comma { span, on_date: false } => modes.trailing_commas.push(span),
                Last::Comma { .. } | Last::Item { .. } => {}
            }
            modes.pop();
        });
        self.complete(whole, ItemType::Array);
    }

    fn open_table(&mut self, span: Span) {
        self.begin(ItemType::Table, span);
        let table = OpenTable { start: span.start, ..OpenTable::default() };
        self.open.push(Bracket::Table(table));
    }

    fn close_table(&mut self, span: Span) {
        let Some(Bracket::Table(table)) = self.open.pop() else { return };
        let whole = Span::new(table.start, span.end);
        let (kind, places) = match table.comments.is_empty() {
            true => (ConstructKind::BrokenTable, table.breaks),
            false => (ConstructKind::CommentInTable, table.comments),
        };
        if !places.is_empty() {
            self.found.push(Construct { kind, span: whole, places });
        }
        if let Some((comma, after_date)) = table.comma {
            self.report(ConstructKind::TrailingComma { after_date }, whole, comma);
        }
        self.modes(Modes::pop);
        self.complete(whole, ItemType::Table);
    }

    fn comma(&mut self, span: Span, behind_date: bool) {
        match self.open.last_mut() {
            Some(Bracket::Array(array)) => {
                let last = Last::Comma { span, on_date: behind_date };
                let before = std::mem::replace(&mut array.last, last);
                if !behind_date {
                    self.modes(Modes::push);
                }
                if let Last::Item { end, is_date: after_date, line_ended: true } = before {
                    let kind = ConstructKind::LateComma { after_date };
                    self.report(kind, Span::new(end, span.end), span);
                }
            }
            Some(Bracket::Table(table)) => table.comma = Some((span, behind_date)),
            None => {}
        }
    }

    fn newline(&mut self, span: Span) {
        match self.open.last_mut() {
            Some(Bracket::Array(OpenArray { last: Last::Item { line_ended, .. }, .. })) => {
                *line_ended = true;
            }
            Some(Bracket::Array(_)) => {}
            Some(Bracket::Table(table)) => {
                if table.breaks.last().is_none_or(|before| before.end <= span.start) {
                    table.breaks.push(blanks_around(self.text, span));
                }
            }
            None => {
                if let Some(unsettled) = &mut self.unsettled {
                    unsettled.modes -= 1;
                    if unsettled.modes == 0 {
                        self.unsettled = None;
                    }
                }
            }
        }
    }

    fn comment(&mut self, span: Span) {
        if let Some(Bracket::Table(table)) = self.open.last_mut() {
            table.comments.push(span);
        }
    }

    /// A value begins: in an array, an item.
    fn begin(&mut self, kind: ItemType, span: Span) {
        match self.open.last_mut() {
            Some(Bracket::Array(array)) => {
                let (first, start) = (*array.first.get_or_insert(kind), array.start);
                let is_first_other = first != kind && !std::mem::replace(&mut array.mixed, true);
                if let Last::Comma { span, on_date: true } = array.last {
                    self.modes(|modes| modes.commas_on_dates.push(span));
                }
                if is_first_other {
                    let kind = ConstructKind::MixedArray { first, other: kind };
                    self.report(kind, Span::new(start, span.end), span);
                }
            }
            Some(Bracket::Table(table)) => table.comma = None,
            None => {}
        }
    }

    /// A value is complete: an item of an array, or all that belongs to an `=`.
    fn complete(&mut self, span: Span, kind: ItemType) {
        if let Some(Bracket::Array(array)) = self.open.last_mut() {
            let is_date = kind.is_date();
            array.last = Last::Item { end: span.end, is_date, line_ended: false };
            return;
        }
        let Some(mut modes) = self.values.pop() else { return };
        if modes.exhausted {
            // What follows is judged as if these commas were mended.
            modes.count = modes.empty_arrays.len() + modes.trailing_commas.len();
            for comma in modes.commas_on_dates {
                self.report(ConstructKind::DateBeforeComma, span, comma);
            }
        }
        if modes.count == 0 {
            return;
        }
        if self.open.is_empty() {
            let commas = modes.trailing_commas;
            self.unsettled = Some(Unsettled { modes: modes.count, array: span, commas });
            return;
        }
        for array in modes.empty_arrays {
            self.report(ConstructKind::EmptyArrayInTable, array, array);
        }
        for comma in modes.trailing_commas {
            self.report(ConstructKind::ArrayCommaInTable, span, comma);
        }
    }

    /// The next key or header begins. A quoted key reads the same to the server when one mode
    /// is left, since the string takes it off.
    fn settle(&mut self, is_quoted: bool) {
        let Some(Unsettled { modes, array, commas }) = self.unsettled.take() else { return };
        if is_quoted && modes == 1 {
            return;
        }
        let places = if commas.is_empty() { vec![array] } else { commas };
        let kind = ConstructKind::UnsettledArrays { missing: modes };
        self.found.push(Construct { kind, span: array, places });
    }

    fn modes(&mut self, change: impl FnOnce(&mut Modes)) {
        if let Some(modes) = self.values.last_mut() {
            change(modes);
        }
    }
}

/// A line end with the blanks and further line ends on both sides.
fn blanks_around(text: &str, span: Span) -> Span {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let start = text[..span.start].trim_end_matches(is_blank).len();
    let rest = &text[span.end..];
    Span::new(start, span.end + rest.len() - rest.trim_start_matches(is_blank).len())
}

#[cfg(test)]
mod tests;
