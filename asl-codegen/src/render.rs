//! Findings as text: the line of the definition, a caret, what to do.

use std::fmt::Write as _;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Title, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Fix, Help, Level};
use crate::json::quoted;
use crate::source::Source;
use crate::span::Span;

/// The width that source lines are cut to.
const WIDTH: usize = 120;

/// A note of more characters gets lines of its own instead of standing beside the carets.
const SHORT_NOTE: usize = 48;

/// A note stands beside the carets unless more bytes than these lie between it and them.
const FAR: usize = 20_000;

/// Of a long line, so many bytes before the first mark and behind the last are shown, and so many of what is marked.
const AROUND: usize = 500;

/// A longer message is cut.
const MAX_MESSAGE: usize = 2_000;

/// The finding as rustc would print it, without its first word `error` or `warning` and without colour, no newline at
/// the end: what `compile_error!` is given.
pub fn plain(source: &Source, diagnostic: &Diagnostic) -> String {
    let title = format!("[{}] {}", diagnostic.code.name(), one_line(&diagnostic.message));
    let title = level(diagnostic).no_name().primary_title(title);
    rendered(&Renderer::plain(), source, diagnostic, title)
}

/// The finding as rustc would print it, with `error[ASL0603]: ` or `warning[ASL0305]: ` in front.
pub fn text(source: &Source, diagnostic: &Diagnostic, colour: bool) -> String {
    let title = level(diagnostic).primary_title(one_line(&diagnostic.message)).id(diagnostic.code.name());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    rendered(&renderer, source, diagnostic, title)
}

fn rendered(
    renderer: &Renderer,
    source: &Source,
    diagnostic: &Diagnostic,
    title: annotate_snippets::Title<'static>,
) -> String {
    let mut moved = Vec::new();
    let report = report(source, diagnostic, title, &mut moved);
    let text = renderer.clone().term_width(WIDTH).render(&report).trim_end().to_owned();
    moved.into_iter().fold(text, |text, (counted, real)| text.replacen(&counted, &real, 1))
}

fn level(diagnostic: &Diagnostic) -> Title<'static> {
    match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning | Level::Allow => Title::WARNING,
    }
}

/// The finding and its short notes in one snippet, each long note in its own, then the advice and AWS's word.
fn report<'a>(
    source: &Source,
    diagnostic: &Diagnostic,
    title: annotate_snippets::Title<'a>,
    moved: &mut Vec<(String, String)>,
) -> Vec<Group<'a>> {
    let (short, long): (Vec<_>, Vec<_>) = diagnostic.notes.iter().partition(|(span, note)| {
        note.chars().count() <= SHORT_NOTE && span.start.abs_diff(diagnostic.span.start) <= FAR
    });
    let label = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
    let mut marks = vec![(AnnotationKind::Primary, diagnostic.span, label(&diagnostic.label))];
    marks.extend(short.into_iter().map(|(span, note)| (AnnotationKind::Context, *span, label(note))));
    let mut groups = vec![title.element(snippet(source, marks, moved))];
    for (span, note) in long {
        let title = Title::NOTE.secondary_title(one_line(note));
        groups.push(title.element(snippet(source, vec![(AnnotationKind::Primary, *span, None)], moved)));
    }
    let help = diagnostic.help.iter().map(|help| Title::HELP.message(advice(help)));
    let aws = (!diagnostic.aws.is_empty()).then(|| Title::NOTE.with_name("aws").message(diagnostic.aws));
    if let Some(last) = groups.pop() {
        groups.push(last.elements(help.chain(aws)));
    }
    groups
}

/// The lines of the original text that the marks stand in, from the first to the last; the first mark is the one that
/// the place above the lines is of. Where a line is cut the renderer counts columns from the cut: `moved` gets the place
/// that it gives, and the real one.
fn snippet<'a>(
    source: &Source,
    marks: Vec<(AnnotationKind, Span, Option<String>)>,
    moved: &mut Vec<(String, String)>,
) -> Snippet<'a, Annotation<'a>> {
    let text = source.original.as_str();
    let marks: Vec<_> = marks
        .into_iter()
        .map(|(kind, span, label)| (kind, in_one_line(text, source.original_span(span)), label))
        .collect();
    let first = marks.iter().map(|(_, span, _)| span.start).min().unwrap_or_default();
    let last = marks.iter().map(|(_, span, _)| span.end).max().unwrap_or_default();
    let line_start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[last..].find('\n').map_or(text.len(), |newline| last + newline + 1);
    // Long lines are cut here: the renderer goes through all of the text that it is given, several times.
    let start = text.floor_char_boundary(line_start.max(first.saturating_sub(AROUND)));
    let end = text.ceil_char_boundary(line_end.min(last.saturating_add(AROUND)));
    let (before, behind) = (if start > line_start { "…" } else { "" }, if end < line_end { "…" } else { "" });
    let shown = format!("{before}{}{behind}", printable(&text[start..end]));
    let (line, _) = source.line_column(start);
    let path = one_line(&source.name);
    if start > line_start
        && let Some((_, primary, _)) = marks.first()
    {
        let (line, column) = source.line_column(primary.start);
        let counted = match text.get(start..primary.start) {
            // The mark is in a later line, which is whole.
            Some(between) if between.contains('\n') => column,
            between => between.unwrap_or_default().chars().count() + before.chars().count() + 1,
        };
        moved.push((format!("{path}:{line}:{counted}"), format!("{path}:{line}:{column}")));
    }
    let annotations = marks.into_iter().map(|(kind, span, label)| {
        let at = |position: usize| position - start + before.len();
        kind.span(at(span.start)..at(span.end)).label(label)
    });
    Snippet::source(shown).path(path).line_start(line).annotations(annotations)
}

/// The part of `span` in its first line, on character boundaries of `text`.
fn in_one_line(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start);
    let end = text.ceil_char_boundary(span.end.max(start));
    let line = text[start..end].lines().next().unwrap_or_default();
    Span::new(start, start + line.floor_char_boundary(AROUND))
}

/// The advice, and behind it the text to paste when the sentence does not have it already.
pub fn advice(help: &Help) -> String {
    let message = one_line(&help.message);
    let paste = help.fix.as_ref().map_or("", |fix| pasted(&fix.replacement));
    if paste.contains('\n') {
        return format!("{message}\n{}", without_indent(&safe(paste)));
    }
    let paste = safe(paste);
    if message.contains(paste.trim_matches('"')) {
        return message;
    }
    let separator = if message.ends_with(['?', ':', '.', '!']) { "" } else { ":" };
    format!("{message}{separator} `{paste}`")
}

/// A replacement without the commas and the white space that only join it to what is there.
fn pasted(replacement: &str) -> &str {
    replacement.trim_matches(|c: char| c == ',' || c.is_whitespace())
}

/// The lines after the first moved left as far as the least indented of them allows, for the first has lost its indent.
fn without_indent(block: &str) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let least = block.lines().skip(1).filter(|line| !line.trim().is_empty()).map(|line| indent(&line)).min();
    let lines = block.lines().enumerate().map(|(number, line)| match (number, least) {
        (1.., Some(least)) => line.get(least..).unwrap_or_default(),
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `text` without invisible characters and those that turn its direction. Each character keeps its length in bytes, so
/// that positions stay; line breaks, tabs and ASCII's control characters are for the renderer.
fn printable(text: &str) -> String {
    let visible = |character: char| match character {
        '\u{80}'..='\u{9F}' | '\u{61C}' => '·',
        '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' => '\u{FFFD}',
        _ => character,
    };
    text.chars().map(visible).collect()
}

/// `text` for a message: as [`printable`], control characters as pictures and tabs as spaces.
fn safe(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(&printable(text))
}

/// `text` in one line, for a message.
fn one_line(text: &str) -> String {
    let short = &text[..text.floor_char_boundary(MAX_MESSAGE)];
    let rest = if short.len() < text.len() { "…" } else { "" };
    safe(&format!("{short}{rest}").replace(['\n', '\r', '\t'], " "))
}

/// The finding as one line of JSON: code, level, message, file, line, column, endLine, endColumn, pointer, label,
/// notes, help, fix, aws.
pub fn json(source: &Source, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.level {
        Level::Allow => "allow",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let notes = list(&diagnostic.notes, |(span, note)| {
        let (line, column) = source.line_column(source.original_span(*span).start);
        format!("{{\"line\":{line},\"column\":{column},\"message\":{}}}", quoted(note))
    });
    let help = list(&diagnostic.help, |help| quoted(&help.message));
    let fix = diagnostic.help.iter().find_map(|help| help.fix.as_ref());
    let fix = fix.filter(|fix| !source.is_substituted(fix.span)).map(|fix| fix_json(source, fix));
    let mut out = String::new();
    let _ = write!(
        out,
        "{{\"code\":\"{}\",\"level\":\"{level}\",\"message\":{},\"file\":{},{},\"pointer\":{},\"label\":{},\
         \"notes\":{notes},\"help\":{help},\"fix\":{},\"aws\":{}}}",
        diagnostic.code.name(),
        quoted(&diagnostic.message),
        quoted(&source.name),
        place(source, diagnostic.span),
        quoted(&diagnostic.pointer),
        quoted(&diagnostic.label),
        fix.as_deref().unwrap_or("null"),
        quoted(diagnostic.aws),
    );
    out
}

fn fix_json(source: &Source, fix: &Fix) -> String {
    format!("{{{},\"replacement\":{}}}", place(source, fix.span), quoted(&fix.replacement))
}

/// The members `line` to `endColumn`.
fn place(source: &Source, span: Span) -> String {
    let span = source.original_span(span);
    let (line, column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end);
    format!("\"line\":{line},\"column\":{column},\"endLine\":{end_line},\"endColumn\":{end_column}")
}

fn list<T>(items: &[T], json: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
}
