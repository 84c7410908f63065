//! DynamoDB's expressions and attribute values (ASL10xx).

mod attribute_value;
mod request;
mod reserved;

use crate::check::service::{Given, Place, called, for_each_task};
use crate::codes::Code;
use crate::definition::Machine;
use crate::diagnostic::{Diagnostic, nearest};
use crate::dynamodb::{Action, Element, ExpressionKind, Problem, ProblemKind};
use crate::service::{Operation, Shape};

use request::{Expression, Map, Parsed, Request};

/// What AWS does with every mistake that is found here: `CreateStateMachine` does not look at it.
const FAILS: &str = "accepts this; the task fails at run time with DynamoDB.AmazonDynamoDBException";

pub(super) fn check(machine: &Machine, diagnostics: &mut Vec<Diagnostic>) {
    for_each_task(machine, &mut |state, task| {
        let Some(operation) = called(state, task).filter(|operation| operation.service == "dynamodb") else { return };
        let Some(parameters) = state.parameters.as_ref().map(Given::new) else { return };
        let place = Place::parameters(state, operation);
        attribute_values(&place, operation, parameters, diagnostics);
        if let Some(request) = Request::new(place, parameters) {
            expressions(&request, diagnostics);
        }
    });
}

/// The attribute values, wherever the parameters hold one.
fn attribute_values(place: &Place<'_>, operation: &Operation, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for member in given.members().unwrap_or_default() {
        if let Some(model) = operation.input.iter().find(|model| model.name == member.name) {
            values_of(&place.member(&member), model.shape, member.value, diagnostics);
        }
    }
}

fn values_of(place: &Place<'_>, shape: &Shape, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    match shape {
        Shape::AttributeValue => attribute_value::check(place, given, diagnostics),
        Shape::Map(element) => {
            for member in given.members().unwrap_or_default() {
                values_of(&place.member(&member), element, member.value, diagnostics);
            }
        }
        Shape::Structure(model) => {
            for member in given.members().unwrap_or_default() {
                if let Some(known) = model.iter().find(|known| known.name == member.name) {
                    values_of(&place.member(&member), known.shape, member.value, diagnostics);
                }
            }
        }
        Shape::List(element) => {
            for (index, item) in given.items().unwrap_or_default().into_iter().enumerate() {
                values_of(&place.item(index), element, item, diagnostics);
            }
        }
        _ => {}
    }
}

fn expressions(request: &Request<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut problems: Vec<(&Expression<'_>, Problem)> = Vec::new();
    for expression in &request.expressions {
        problems.extend(expression.problems(request).into_iter().map(|problem| (expression, problem)));
    }
    reserved::check(request, &problems, diagnostics);
    let mut meant = Vec::new();
    for (expression, problem) in &problems {
        diagnostics.extend(finding(request, expression, problem, &mut meant));
    }
    placeholders(request, &request.names, "ExpressionAttributeNames", &meant, diagnostics);
    placeholders(request, &request.values, "ExpressionAttributeValues", &meant, diagnostics);
    legacy(request, diagnostics);
    key(request, diagnostics);
}

/// The finding for one problem of an expression. Reserved words are reported together. `meant`: the placeholders that
/// undefined ones were taken for.
fn finding<'a>(
    request: &'a Request<'_>,
    expression: &Expression<'_>,
    problem: &Problem,
    meant: &mut Vec<&'a str>,
) -> Option<Diagnostic> {
    let subject = request.subject(expression.kind.parameter());
    let (code, label) = match problem.kind {
        ProblemKind::ReservedWord => return None,
        ProblemKind::UndefinedName => {
            return undefined(request, expression, problem, &request.names, meant);
        }
        ProblemKind::UndefinedValue => {
            return undefined(request, expression, problem, &request.values, meant);
        }
        ProblemKind::Syntax => (Code::ASL1001, "not understood"),
        ProblemKind::Overlap => (Code::ASL1009, "overlaps an earlier path"),
        ProblemKind::Operand => (Code::ASL1008, "an operand of the wrong type"),
    };
    let message = format!("DynamoDB refuses {subject}: {}", problem.message.trim_end_matches(';'));
    Some(request.finding(code, expression, problem.range.clone(), message).label(label).aws(FAILS))
}

/// A placeholder that the request does not define.
fn undefined<'a>(
    request: &'a Request<'_>,
    expression: &Expression<'_>,
    problem: &Problem,
    map: &'a Map<'_>,
    meant: &mut Vec<&'a str>,
) -> Option<Diagnostic> {
    let word = expression.text.as_str().get(problem.range.clone())?;
    let (sigil, bare) = word.split_at_checked(1)?;
    // `"v"` in place of `":v"` is reported where it is defined.
    if map.names().any(|name| name == bare) {
        return None;
    }
    let (parameter, example) = match sigil {
        "#" => ("ExpressionAttributeNames", "\"name of the attribute\""),
        _ => ("ExpressionAttributeValues", "{\"S\": \"text\"}"),
    };
    let subject = request.subject(expression.kind.parameter());
    let message = format!("`{word}` in {subject} is not defined");
    let finding = request
        .finding(Code::ASL1003, expression, problem.range.clone(), message)
        .label(format!("`{parameter}` does not have it"))
        .aws(FAILS);
    let span = expression.text.locate(problem.range.clone());
    let candidates = map.names().filter(|name| name.starts_with(sigil));
    let near = nearest(word, candidates).or_else(|| only_unused(request, map));
    Some(match (map, near) {
        (_, Some(near)) => {
            meant.push(near);
            finding.fix("did you mean", span, near)
        }
        (Map::Absent, None) => finding.help(format!("add `\"{parameter}\": {{\"{word}\": {example}}}`")),
        _ => finding.help(format!("add `\"{word}\": {example}` to `{parameter}`")),
    })
}

/// The only placeholder of the map that no expression uses.
fn only_unused<'a>(request: &'a Request<'_>, map: &'a Map<'_>) -> Option<&'a str> {
    let mut unused = map.names().filter(|name| !request.uses(name));
    unused.next().filter(|_| unused.next().is_none())
}

/// Placeholders that no expression uses, and empty maps.
fn placeholders(
    request: &Request<'_>,
    map: &Map<'_>,
    parameter: &str,
    meant: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Map::Given { given, members, place } = map else { return };
    let subject = request.subject(parameter);
    if let (true, Some(span)) = (members.is_empty(), given.span()) {
        let message = format!("{subject} is empty");
        let finding = place.finding(Code::ASL1005, span, message).label("DynamoDB takes no empty map here");
        diagnostics.push(finding.help(format!("leave `{parameter}` out")).aws(FAILS));
    }
    let sigil = if parameter == "ExpressionAttributeNames" { '#' } else { ':' };
    for member in members {
        let well_formed = member.name.strip_prefix(sigil).is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        if !well_formed {
            let message = format!("`{}` of {subject} is no placeholder", member.name);
            let finding = place
                .finding(Code::ASL1001, member.written.span, message)
                .label(format!("a placeholder is `{sigil}` with letters, digits and `_` behind it"));
            let bare = member.name.trim_start_matches([':', '#']);
            let mended = format!("{sigil}{bare}");
            diagnostics.push(match request.uses(&mended) {
                true => finding.fix("did you mean", member.written.span, format!("\"{mended}\"")).aws(FAILS),
                false => finding.help(format!("write `{sigil}` in front of a name")).aws(FAILS),
            });
        } else if request.all_read() && !request.uses(member.name) && !meant.contains(&member.name) {
            let message = format!("`{}` of {subject} is used in no expression", member.name);
            let finding = place.finding(Code::ASL1004, member.written.span, message).label("not used").aws(FAILS);
            diagnostics.push(finding.help("delete it, or use it"));
        }
    }
}

/// Parameters from before there were expressions, beside expressions.
fn legacy(request: &Request<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let old = ["AttributeUpdates", "Expected", "AttributesToGet", "ConditionalOperator"];
    let present = |name: &&str| request.parameters.get(name).is_some_and(|member| !member.value.is_null());
    let new = ["UpdateExpression", "ConditionExpression", "ProjectionExpression"];
    let Some(expression) = new.iter().copied().find(|name| present(name)) else { return };
    for member in old.iter().filter(|name| present(name)).filter_map(|name| request.parameters.get(name)) {
        let message = format!(
            "`{}` and `{expression}` of state `{}` exclude each other",
            member.name,
            request.place.state.name.as_str()
        );
        let finding = request
            .place
            .member(&member)
            .finding(Code::ASL1006, member.written.span, message)
            .label("from before there were expressions");
        diagnostics.push(finding.help("say it in an expression, and delete this").aws(FAILS));
    }
}

/// Updates of the attributes that make up the key.
fn key(request: &Request<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(key) = request.parameters.get("Key").and_then(|key| key.value.members()) else { return };
    for expression in request.expressions.iter().filter(|expression| expression.kind == ExpressionKind::Update) {
        let Parsed::Update(update) = &expression.parsed else { continue };
        for path in update.actions.iter().map(Action::path) {
            let Some(Element::Name(first)) = path.elements.first() else { continue };
            let Some(member) = request.resolve(first).and_then(|name| key.iter().find(|member| member.name == name))
            else {
                continue;
            };
            let subject = request.subject("UpdateExpression");
            let message = format!("{subject} changes `{}`, which is part of the key", member.name);
            let range = first.word().range.clone();
            let finding = request
                .finding(Code::ASL1010, expression, range, message)
                .label("part of the key")
                .note(member.written.span, "the key has it");
            diagnostics.push(finding.help("delete the item and put a new one to change its key").aws(FAILS));
        }
    }
}

/// `text` as JSON writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests;
