//! Whole lines -> the edits that move them elsewhere, with their comments and line ends.

use crate::fix::Edit;
use crate::source::{Source, Span};
use crate::toml::{Document, Table, TokenKind};

/// Moves everything below one table to the end of another, with its comments, and drops the
/// header. What is above the header, where comments of other tables end, too, comes to stand
/// above the other header.
pub fn merge(document: &Document<'_>, from: &Table<'_>, into: &Table<'_>) -> Vec<Edit> {
    let Some(header) = &from.header else { return Vec::new() };
    let source = document.source();
    let at = source.line_of(header.span.start);

    let (first, last) = (with_comments_above(document, at), with_comments_below(document, from));

    let mut content: Vec<&str> = Vec::new();
    let comment = source.slice(Span::new(header.span.end, source.line_span(at).end)).trim();
    content.extend((!comment.is_empty()).then_some(comment));
    let body = (at + 1..=last).skip_while(|line| is_blank(document, *line));
    content.extend(body.map(|line| source.slice(source.line_span(line))));

    let content = content.join(source.line_ending().as_str());
    let insertion =
        (!content.is_empty()).then(|| behind(document, last_line(document, into), &content));
    let mut edits = relocate(document, vec![(first, last)], insertion);
    if let Some(header) = &into.header
        && first < at
    {
        let above: String =
            (first..at).map(|line| source.slice(source.full_line_span(line))).collect();
        let target = source.full_line_span(source.line_of(header.span.start)).start;
        edits.push(Edit::insert(target.max(source.start()), above));
    }
    edits
}

/// A new line behind the line of this index.
pub(super) fn behind(document: &Document<'_>, line: usize, content: &str) -> Edit {
    let full = document.source().full_line_span(line);
    let end = document.source().line_ending().as_str();
    match document.source().slice(full).ends_with('\n') {
        true => Edit::insert(full.end, format!("{content}{end}")),
        false => Edit::insert(full.end, format!("{end}{content}")),
    }
}

/// Puts tables that follow each other, from the first to the last, above another that stands
/// earlier. The comment lines directly above a header belong to its table, and so do those
/// directly below the last entry. Blank lines move along such that there are as many between
/// tables as before.
pub fn move_tables(
    document: &Document<'_>,
    (first, last): (&Table<'_>, &Table<'_>),
    above: &Table<'_>,
) -> Vec<Edit> {
    let source = document.source();
    let text = source.text();
    let target = Span::at(table_start(document, above));
    let own = Span::new(table_start(document, first), table_end(document, last));
    let after = Span::new(own.end, blank_lines_end(source, own.end));
    if !after.is_empty() && after.end < text.len() {
        let moved = own.to(after);
        return vec![Edit::replace(target, source.slice(moved)), Edit::delete(moved)];
    }
    let before = text[..own.start].trim_end_matches(BLANKS).len();
    let before = source.line_span(source.line_of(before.saturating_sub(1)));
    let gap = Span::new(before.end, own.start);
    let (line_end, blank_lines) = source
        .slice(gap)
        .split_at(source.full_line_span(source.line_of(before.start)).end - before.end);
    let own_text = source.slice(own);
    if own_text.ends_with('\n') {
        let moved = Span::new(gap.start + line_end.len(), own.end);
        let text = format!("{own_text}{blank_lines}");
        return vec![Edit::replace(target, text), Edit::delete(moved)];
    }
    // The file still ends without a line end: the line above gives its own away.
    let text = format!("{own_text}{line_end}{blank_lines}");
    vec![Edit::replace(target, text), Edit::delete(gap.to(own))]
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// Where the comment lines directly above a table's header begin, or else the header's line.
pub(super) fn table_start(document: &Document<'_>, table: &Table<'_>) -> usize {
    let source = document.source();
    let line = with_comments_above(document, source.line_of(table.span().start));
    source.full_line_span(line).start.max(source.start())
}

/// Where the comment lines directly below a table end, the next table's own aside.
pub(super) fn table_end(document: &Document<'_>, table: &Table<'_>) -> usize {
    document.source().full_line_span(with_comments_below(document, table)).end
}

/// Where the blank lines that begin at an offset end.
fn blank_lines_end(source: &Source, start: usize) -> usize {
    let text = source.text();
    match text[start..].trim_start_matches(BLANKS) {
        "" => text.len(),
        rest => source.full_line_span(source.line_of(text.len() - rest.len())).start,
    }
}

/// Takes whole lines away and makes an insertion, if any. Blank lines on both sides of what goes
/// become those of one side.
pub(super) fn relocate(
    document: &Document<'_>,
    mut lines: Vec<(usize, usize)>,
    mut insertion: Option<Edit>,
) -> Vec<Edit> {
    lines.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (first, last) in lines {
        match runs.last_mut() {
            Some(run) if run.1 + 1 >= first => run.1 = run.1.max(last),
            _ => runs.push((first, last)),
        }
    }
    let text = document.source().text();
    let mut edits = Vec::new();
    for (first, last) in runs {
        let (first, last) = with_blank_lines(document, first, last);
        let mut span = full_lines(document, first, last);
        let ends_the_file = span.end == text.len() && !text.ends_with('\n');
        if let Some(insertion) = insertion.as_mut().filter(|_| ends_the_file)
            && insertion.span == Span::at(document.source().full_line_span(first).start)
        {
            // The new lines become the last ones, without a line end like those before them.
            span = Span::new(insertion.span.start, span.end);
            let kept = insertion.text.trim_end_matches(['\r', '\n']).len();
            insertion.text.truncate(kept);
        }
        edits.push(Edit::delete(span));
    }
    edits.extend(insertion);
    edits
}

/// The first of the comment lines directly above a line, or else the line itself.
pub(super) fn with_comments_above(document: &Document<'_>, line: usize) -> usize {
    let above = (0..line).rev().take_while(|line| is_comment(document, *line));
    above.last().unwrap_or(line)
}

/// The last line of a table. Comments behind its last entry belong to it, unless they lead over to
/// the next header.
fn with_comments_below(document: &Document<'_>, table: &Table<'_>) -> usize {
    let last = last_line(document, table);
    let end = document.source().line_count();
    let behind = (last + 1..end).find(|line| !is_comment(document, *line));
    match behind {
        Some(line) if !is_blank(document, line) => last,
        line => line.unwrap_or(end) - 1,
    }
}

fn is_blank(document: &Document<'_>, line: usize) -> bool {
    document.source().slice(document.source().line_span(line)).trim().is_empty()
}

/// Whether a line holds a comment and nothing else. A `#` in a multi-line string is none.
fn is_comment(document: &Document<'_>, line: usize) -> bool {
    let span = document.source().line_span(line);
    let start = span.start.max(document.source().start());
    let text = document.source().slice(Span::new(start, span.end));
    let start = start + text.len() - text.trim_start().len();
    let tokens = document.tokens();
    let token = tokens.get(tokens.partition_point(|token| token.span.start < start));
    token.is_some_and(|token| token.kind == TokenKind::Comment && token.span.start == start)
}

/// The line on which the last entry of a table ends.
pub(super) fn last_line(document: &Document<'_>, table: &Table<'_>) -> usize {
    document.source().line_of(table.span().end)
}

/// The bytes of some lines, so that what is left ends with a line end if it did before, and only
/// then: blank lines before the last one go with it.
pub fn full_lines(document: &Document<'_>, first: usize, last: usize) -> Span {
    let source = document.source();
    let (start, end) = (source.full_line_span(first).start, source.full_line_span(last).end);
    if end < source.text().len() || source.text().ends_with('\n') {
        return Span::new(start.max(source.start()), end);
    }
    let is_text = |line: &Span| !source.slice(*line).trim().is_empty();
    let kept = (0..first).rev().map(|line| source.line_span(line)).find(is_text);
    Span::new(kept.map_or(source.start(), |line| line.end), end)
}

/// Some lines, with the blank ones behind them if there are others before, and with those before
/// them at the end of the file.
fn with_blank_lines(document: &Document<'_>, first: usize, last: usize) -> (usize, usize) {
    let source = document.source();
    let is_blank = |line: &usize| is_blank(document, *line);
    let end = source.line_count();
    let before = (0..first).rev().take_while(is_blank).last();
    let behind = (last + 1..end).take_while(is_blank).last();
    let last = behind.filter(|_| first == 0 || before.is_some()).unwrap_or(last);
    (before.filter(|_| last + 1 == end).unwrap_or(first), last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::apply;
    use crate::source::Source;

    /// Moves the table of the second header to the end of the first.
    fn merged(text: &str) -> String {
        let source = Source::new("", text);
        let document = Document::parse(&source);
        let [_, into, from, ..] = document.tables() else { panic!("two tables are needed") };
        let mut edits = merge(&document, from, into);
        edits.sort_by_cached_key(|edit| edit.span);
        apply(text, &edits).unwrap()
    }

    #[test]
    fn a_table_moves_with_its_comments() {
        assert_eq!(
            merged("[a]\nx = 1\n\n# b\n[b] # c\n# d\ny = 2\n# e\n\n[f]\n"),
            "# b\n[a]\nx = 1\n# c\n# d\ny = 2\n# e\n\n[f]\n"
        );
        assert_eq!(
            merged("[a]\nx = \"\"\"\n# no comment\"\"\"\n[b]\ny = 2\n"),
            "[a]\nx = \"\"\"\n# no comment\"\"\"\ny = 2\n"
        );
        // What leads over to the next header stays there.
        assert_eq!(merged("[a]\n[b]\ny = 2\n# f\n[f]\n"), "[a]\ny = 2\n# f\n[f]\n");
    }

    #[test]
    fn the_end_of_the_file_stays_as_it_was() {
        assert_eq!(merged("[a]\nx = 1\n\n[b]\ny = 2\n"), "[a]\nx = 1\ny = 2\n");
        assert_eq!(merged("[a]\nx = 1\n\n[b]\ny = 2"), "[a]\nx = 1\ny = 2");
        assert_eq!(merged("[a]\r\n\r\n[b]\r\ny = 2"), "[a]\r\ny = 2");
    }

    #[test]
    fn multi_line_values_move_whole() {
        let text = "[a]\nx = '''\n[b]\n'''\n[b]\ny = \"\"\"\n\n# no comment\n\"\"\"\n";
        assert_eq!(merged(text), "[a]\nx = '''\n[b]\n'''\ny = \"\"\"\n\n# no comment\n\"\"\"\n");
    }
}
