//! A place in a file -> what an editor shows about it, in Markdown.

use super::completion::setting_at;
use super::definition::ReferenceAt;
use crate::markdown::{block, code};
use crate::reference::Topic;
use crate::report::Style;
use crate::show::{ToldSetting, View};
use crate::source::Span;
use crate::toml::TokenKind;

/// What there is to tell, behind what it is about.
type HoverText = (Span, String);

/// What there is to tell of an offset.
pub(super) fn hover(view: &View<'_>, offset: usize) -> Option<HoverText> {
    reference(view, offset)
        .or_else(|| setting(view, offset))
        .or_else(|| header(view, offset))
        .or_else(|| ignored_rule(view, offset))
}

/// What there is to tell in a text that is not TOML, where nobody knows what the server uses.
pub(super) fn hover_by_line(text: &str, offset: usize) -> Option<HoverText> {
    let (span, setting) = setting_at(text, offset)?;
    Some((span, setting.markdown()))
}

/// What a setting does, and what the server uses.
fn setting(view: &View<'_>, offset: usize) -> Option<HoverText> {
    let (span, topic) = view.analysis().sections().find_map(|(section, _)| {
        let of = section.of;
        let own = section.enable.iter().chain(&section.name).map(|it| (it, of.own()));
        let known = section.parameters.iter().map(|it| (it, of.parameters()));
        let (written, all) = own.chain(known).find(|(it, _)| it.span().covers(offset))?;
        let setting = all.iter().find(|setting| setting.name == written.name())?;
        Some((written.span(), Topic::Parameter(of, setting)))
    })?;
    let mut text = topic.markdown();
    let told = view.told().into_iter().find(|(place, _)| *place == span);
    if let Some((_, told)) = told {
        text = format!("{}\n\n---\n\n{text}", used(&told));
    }
    Some((span, text))
}

/// What the server uses for a setting, in a sentence or two.
fn used(told: &ToldSetting) -> String {
    let ToldSetting { name, in_file, used, is_text, why } = told;
    let written = code(&format!("{name} = {in_file}"));
    let used = if *is_text { code(used) } else { used.clone() };
    let why = why.iter().map(|why| format!(": {why}")).collect::<String>();
    format!("{written}\n\nThe server uses **{used}**{why}")
}

/// What the server makes of the whole section.
fn header(view: &View<'_>, offset: usize) -> Option<HoverText> {
    let mut headers = view
        .analysis()
        .sections()
        .flat_map(|(section, _)| section.authenticator.iter().chain(&section.parameter_tables));
    let span = *headers.find(|span| span.covers(offset))?;
    Some((span, block(&view.table(false, &Style::default()))))
}

/// Where a reference leads.
fn reference(view: &View<'_>, offset: usize) -> Option<HoverText> {
    let analysis = view.analysis();
    let source = analysis.document.source();
    let reference = ReferenceAt::find(source.text(), offset)?;
    let written = code(&analysis.view.reference_at(reference.span));
    let place = |target: Span| {
        let line = source.position(target.start).line;
        let shown = analysis.view.shown(source.line_span(line - 1));
        format!("Line {line}:\n\n{}", block(shown.trim()))
    };
    let text = match (reference.target(analysis), reference.open) {
        (Some(target), _) => place(target),
        (None, "$env{") => "An environment variable of the server.".to_owned(),
        (None, "$sys{") => "A system property of the server.".to_owned(),
        (None, _) => "It leads to no value of this file.".to_owned(),
    };
    Some((reference.span, format!("{written}\n\n{text}")))
}

/// A rule by its name in a comment that silences it.
fn ignored_rule(view: &View<'_>, offset: usize) -> Option<HoverText> {
    let document = view.analysis().document;
    let mut tokens = document.tokens().iter();
    let comment =
        tokens.find(|token| token.span.covers(offset) && token.kind == TokenKind::Comment)?;
    let text = document.source().text();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    let before = text[comment.span.start..offset].rsplit(|c: char| !is_name(c)).next()?;
    let behind = text[offset..comment.span.end].split(|c: char| !is_name(c)).next()?;
    let span = Span::new(offset - before.len(), offset + behind.len());
    let name = &text[span.range()];
    let topic =
        Topic::all().find(|topic| matches!(topic, Topic::Rule(rule) if rule.name == name))?;
    Some((span, topic.markdown()))
}
