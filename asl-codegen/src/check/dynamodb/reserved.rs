//! Reserved words as attribute names (ASL1002), with the edit that puts placeholders in their place.

use super::FAILS;
use super::request::{Expression, Map, Request};
use crate::codes::Code;
use crate::diagnostic::Diagnostic;
use crate::dynamodb::{Known, Problem, ProblemKind, Scope};
use crate::node::Text;

/// Reports the reserved words among `problems`, those of one expression together.
pub(super) fn check(request: &Request<'_>, problems: &[(&Expression<'_>, Problem)], diagnostics: &mut Vec<Diagnostic>) {
    let mut placeholders = Placeholders { request, chosen: Vec::new() };
    let mut defined = false;
    let found: Vec<(&Expression<'_>, Vec<&Problem>)> = request
        .expressions
        .iter()
        .map(|expression| (expression, words_of(expression, problems)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    for (expression, words) in &found {
        words.iter().for_each(|problem| placeholders.choose(word(expression, problem)));
    }
    for (expression, words) in found {
        diagnostics.push(finding(request, expression, &words, &placeholders, defined));
        defined = true;
    }
}

fn words_of<'p>(expression: &Expression<'_>, problems: &'p [(&Expression<'_>, Problem)]) -> Vec<&'p Problem> {
    let mut words: Vec<&Problem> = problems
        .iter()
        .filter(|(of, problem)| std::ptr::eq(*of, expression) && problem.kind == ProblemKind::ReservedWord)
        .map(|(_, problem)| problem)
        .collect();
    words.sort_by_key(|problem| problem.range.start);
    words
}

fn word<'a>(expression: &Expression<'a>, problem: &Problem) -> &'a str {
    let text: &'a Text = expression.text;
    text.as_str().get(problem.range.clone()).unwrap_or_default()
}

/// The finding about one expression. `defined`: an earlier finding's edit already defines the placeholders.
fn finding(
    request: &Request<'_>,
    expression: &Expression<'_>,
    problems: &[&Problem],
    placeholders: &Placeholders<'_, '_>,
    defined: bool,
) -> Diagnostic {
    let mut words: Vec<&str> = Vec::new();
    for problem in problems {
        let word = word(expression, problem);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let subject = request.subject(expression.kind.parameter());
    let message = match words.as_slice() {
        [word] => format!("`{word}` in {subject} is a reserved word of DynamoDB"),
        words => {
            let list: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let (last, first) = list.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
            format!("{} and {last} in {subject} are reserved words of DynamoDB", first.join(", "))
        }
    };
    let first = problems.first().map_or(0..0, |problem| problem.range.clone());
    let mut finding = request.finding(Code::ASL1002, expression, first, message).label("reserved word").aws(FAILS);
    for problem in problems.iter().skip(1) {
        finding = finding.note(expression.text.locate(problem.range.clone()), "another one");
    }
    let mended = super::quoted(&placeholders.put_into(expression, problems));
    let definitions = placeholders.definitions();
    let span = expression.text.span;
    match &request.names {
        Map::Absent if defined => finding.fix("use a placeholder here too", span, mended),
        Map::Absent if request.parameters.in_braces() => {
            let replacement = format!("{mended}, \"ExpressionAttributeNames\": {{{definitions}}}");
            finding.fix("use a placeholder and define it", span, replacement)
        }
        Map::Absent => finding.help(format!(
            "use a placeholder, `{mended}`, and define it: `\"ExpressionAttributeNames\": {{{definitions}}}`"
        )),
        _ if definitions.is_empty() => finding.fix("use the placeholder that is defined for it", span, mended),
        _ => finding.fix(
            format!("use a placeholder, and add `{definitions}` to `ExpressionAttributeNames`"),
            span,
            mended,
        ),
    }
}

/// The placeholders that stand for the reserved words of a request.
struct Placeholders<'r, 'a> {
    request: &'r Request<'a>,
    /// Word, placeholder, and whether the request defines it already.
    chosen: Vec<(String, String, bool)>,
}

impl Placeholders<'_, '_> {
    fn choose(&mut self, word: &str) {
        if self.chosen.iter().any(|(chosen, ..)| chosen == word) {
            return;
        }
        let names = &self.request.names;
        let existing = names.names().find(|name| self.request.name(name) == Known::Is(word));
        let (placeholder, defined) = match existing {
            Some(name) => (name.to_owned(), true),
            None => (self.free(word), false),
        };
        self.chosen.push((word.to_owned(), placeholder, defined));
    }

    /// `#word`, or with a number behind it when that is taken.
    fn free(&self, word: &str) -> String {
        let taken = |name: &str| self.request.names.names().any(|other| other == name) || self.request.uses(name);
        let mut name = format!("#{word}");
        let mut number = 2;
        while taken(&name) {
            name = format!("#{word}{number}");
            number += 1;
        }
        name
    }

    /// The expression's text with placeholders for the reserved words.
    fn put_into(&self, expression: &Expression<'_>, problems: &[&Problem]) -> String {
        let mut text = expression.text.text.clone();
        for problem in problems.iter().rev() {
            let word = word(expression, problem);
            if let Some((_, placeholder, _)) = self.chosen.iter().find(|(chosen, ..)| chosen == word) {
                text.replace_range(problem.range.clone(), placeholder);
            }
        }
        text
    }

    /// The members that `ExpressionAttributeNames` needs beside those it has.
    fn definitions(&self) -> String {
        let new = self.chosen.iter().filter(|(.., defined)| !defined);
        new.map(|(word, placeholder, _)| format!("\"{placeholder}\": \"{word}\"")).collect::<Vec<_>>().join(", ")
    }
}
