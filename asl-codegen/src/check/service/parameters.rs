//! The parameters of the operations that are known (ASL0905 to ASL0908, ASL0916).

use super::given::{Given, Member};
use super::resource::list;
use crate::codes::Code;
use crate::definition::State;
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::node::{Value, opening};
use crate::service::{self, Exclusive, Operation, Shape};
use crate::span::Span;

const REJECTS: &str = "rejects this where it can tell, else the task fails when it runs";
const FAILS: &str = "accepts this; the task fails when it runs";

pub(super) fn check(state: &State, operation: &'static Operation, diagnostics: &mut Vec<Diagnostic>) {
    let place = Place::parameters(state, operation);
    let Some(template) = &state.parameters else {
        let required: Vec<&str> = required(operation.input).collect();
        let message = format!(
            "state `{}` has no `Parameters`: its whole input is sent to `{}`, which needs {}",
            state.name.as_str(),
            place.action(),
            list(&required)
        );
        let mut finding = Diagnostic::new(Code::ASL0906, state.name.span, message).label("no `Parameters`");
        // The input may have them all.
        finding.level = Level::Warning;
        let finding = finding.help(format!("add `Parameters` with {}", list(&required)));
        diagnostics.push(finding.aws("accepts this").at(&state.pointer));
        return;
    };
    let given = Given::new(template);
    let Some(members) = given.members() else { return };
    structure(&place, operation.input, given, &members, diagnostics);
    for exclusive in operation.exclusive {
        check_exclusive(&place, exclusive, template.span(), &members, diagnostics);
    }
}

fn required(members: &'static [service::Member]) -> impl Iterator<Item = &'static str> {
    members.iter().filter(|member| member.required).map(|member| member.name)
}

/// A place in the parameters: how messages and pointers call it.
#[derive(Clone)]
pub(in crate::check) struct Place<'a> {
    pub(in crate::check) state: &'a State,
    pub(in crate::check) operation: &'static Operation,
    /// The way from `Parameters`: `Item.status`. Empty: `Parameters` itself.
    path: String,
    pointer: String,
}

impl<'a> Place<'a> {
    pub(in crate::check) fn parameters(state: &'a State, operation: &'static Operation) -> Self {
        Self { state, operation, path: String::new(), pointer: format!("{}/Parameters", state.pointer) }
    }

    /// A member of this place.
    pub(in crate::check) fn member(&self, member: &Member<'_>) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            path: format!("{}{dot}{}", self.path, member.name),
            pointer: format!("{}/{}", self.pointer, member.written.as_str()),
            ..self.clone()
        }
    }

    /// An element of this place.
    pub(in crate::check) fn item(&self, index: usize) -> Self {
        Self { path: format!("{}[{index}]", self.path), pointer: format!("{}[{index}]", self.pointer), ..self.clone() }
    }

    /// `dynamodb:putItem`
    pub(in crate::check) fn action(&self) -> String {
        format!("{}:{}", self.operation.service, self.operation.action)
    }

    /// `` `Item.status` of state `X` ``
    pub(in crate::check) fn subject(&self) -> String {
        let path = if self.path.is_empty() { "Parameters" } else { &self.path };
        format!("`{path}` of state `{}`", self.state.name.as_str())
    }

    pub(in crate::check) fn finding(&self, code: Code, span: Span, message: String) -> Diagnostic {
        Diagnostic::new(code, span, message).at(&self.pointer)
    }
}

fn structure(
    place: &Place<'_>,
    model: &'static [service::Member],
    given: Given<'_>,
    members: &[Member<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for member in members {
        match model.iter().find(|known| known.name == member.name) {
            Some(known) => value(&place.member(member), known.shape, member, diagnostics),
            None => diagnostics.push(unknown(place, model, member)),
        }
    }
    let present = |name: &str| members.iter().any(|member| member.name == name && !member.value.is_null());
    // A name that is wrong only in its spelling is reported once.
    let misspelt = |name: &str| members.iter().any(|member| guess(model, members, member) == Some(name));
    let missing: Vec<&str> = required(model).filter(|name| !present(name) && !misspelt(name)).collect();
    if let (false, Some(span)) = (missing.is_empty(), given.span()) {
        let message = format!("{} lacks {}", place.subject(), list(&missing));
        let finding = place
            .finding(Code::ASL0906, opening(span, members.first().map(|first| first.written.span)), message)
            .label(format!("`{}` needs {}", place.action(), list(&missing)))
            .aws(REJECTS);
        diagnostics.push(
            finding.help(format!("add {}, with `.$` behind the name where a path gives the value", list(&missing))),
        );
    }
}

/// The name that an unknown member was meant to be, when it is not there already.
fn guess(model: &'static [service::Member], members: &[Member<'_>], member: &Member<'_>) -> Option<&'static str> {
    if model.iter().any(|known| known.name == member.name) {
        return None;
    }
    let free = model.iter().map(|known| known.name).filter(|name| members.iter().all(|given| given.name != *name));
    nearest(member.name, free)
}

fn unknown(place: &Place<'_>, model: &'static [service::Member], member: &Member<'_>) -> Diagnostic {
    let what = if place.path.is_empty() { "parameter".to_owned() } else { format!("member of `{}`", place.path) };
    let message =
        format!("`{}` in state `{}` is no {what} of `{}`", member.name, place.state.name.as_str(), place.action());
    let finding = place
        .finding(Code::ASL0905, member.written.span, message)
        .label(format!("no such {}", if place.path.is_empty() { "parameter" } else { "member" }))
        .aws(REJECTS);
    let names: Vec<&str> = model.iter().map(|known| known.name).collect();
    match nearest(member.name, names.iter().copied()) {
        Some(near) => {
            let suffix = member.written.as_str().strip_prefix(member.name).unwrap_or_default();
            let advice =
                if near.eq_ignore_ascii_case(member.name) { "names are in PascalCase here" } else { "did you mean" };
            finding.fix(advice, member.written.span, format!("\"{near}{suffix}\""))
        }
        None => finding.help(format!("it takes {}", list(&names))),
    }
}

fn value(place: &Place<'_>, shape: &'static Shape, member: &Member<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !member.value.is_null() {
        given_value(place, shape, member.value, diagnostics);
    }
}

fn given_value(place: &Place<'_>, shape: &'static Shape, given: Given<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(span), Some(kind)) = (given.span(), given.kind()) else { return };
    let wrong = |wanted: &str| {
        let message = format!("{} is {kind}, and `{}` takes {wanted} there", place.subject(), place.action());
        place.finding(Code::ASL0907, span, message).label(format!("{wanted}, not {kind}")).aws(FAILS)
    };
    let fits = match shape {
        Shape::String(_) | Shape::Blob => given.text().is_some(),
        Shape::Integer(..) | Shape::Number => matches!(given.constant(), Some(Value::Number(_))),
        Shape::Boolean => matches!(given.constant(), Some(Value::Bool(_))),
        Shape::List(_) => given.items().is_some(),
        Shape::Map(_) | Shape::Structure(_) => given.members().is_some(),
        // Attribute values have checks of their own.
        Shape::Json | Shape::JsonText | Shape::AttributeValue => true,
    };
    if !fits {
        diagnostics.push(mended(wrong(wanted(shape)), shape, given, span));
        return;
    }
    match shape {
        Shape::String(allowed) => diagnostics.extend(check_allowed(place, allowed, given, span)),
        Shape::Integer(low, high) => {
            let Some(Value::Number(number)) = given.constant() else { return };
            match number.parse::<i64>() {
                Ok(number) if (*low..=*high).contains(&number) => {}
                Ok(number) => diagnostics.push(out_of_range(place, number, *low, *high, span)),
                Err(_) => diagnostics.push(wrong("an integer")),
            }
        }
        Shape::List(element) => {
            for (index, item) in given.items().unwrap_or_default().into_iter().enumerate() {
                given_value(&place.item(index), element, item, diagnostics);
            }
        }
        Shape::Map(element) => {
            for member in given.members().unwrap_or_default() {
                value(&place.member(&member), element, &member, diagnostics);
            }
        }
        Shape::Structure(model) => {
            structure(place, model, given, &given.members().unwrap_or_default(), diagnostics);
        }
        Shape::Number | Shape::Boolean | Shape::Blob | Shape::Json | Shape::JsonText | Shape::AttributeValue => {}
    }
}

/// What a shape takes, in words.
fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::String(_) | Shape::JsonText | Shape::Blob => "a string",
        Shape::Integer(..) => "an integer",
        Shape::Number => "a number",
        Shape::Boolean => "a boolean",
        Shape::List(_) => "an array",
        Shape::Map(_) | Shape::Structure(_) | Shape::AttributeValue => "an object",
        Shape::Json => "any JSON",
    }
}

/// The finding with the same value in the type that is wanted, where there is one.
fn mended(finding: Diagnostic, shape: &Shape, given: Given<'_>, span: Span) -> Diagnostic {
    let replacement = match (shape, given.constant()) {
        (Shape::String(_) | Shape::Blob, Some(Value::Number(number))) => format!("\"{number}\""),
        (Shape::String(_) | Shape::Blob, Some(Value::Bool(flag))) => format!("\"{flag}\""),
        (Shape::Integer(..), Some(Value::String(text))) if text.as_str().parse::<i64>().is_ok() => text.text.clone(),
        (Shape::Boolean, Some(Value::String(text))) if matches!(text.as_str(), "true" | "false") => text.text.clone(),
        _ => return finding,
    };
    finding.fix(format!("write {}", wanted(shape)), span, replacement)
}

fn check_allowed(place: &Place<'_>, allowed: &[&'static str], given: Given<'_>, span: Span) -> Option<Diagnostic> {
    let text = given.text()?.as_str();
    if allowed.is_empty() || allowed.contains(&text) {
        return None;
    }
    let message = format!("{} is `{text}`, and `{}` does not know it", place.subject(), place.action());
    let finding = place.finding(Code::ASL0908, span, message).label(format!("it takes {}", list(allowed))).aws(FAILS);
    Some(match nearest(text, allowed.iter().copied()) {
        Some(near) => finding.fix("did you mean", span, format!("\"{near}\"")),
        None => finding.help(format!("write {}", list(allowed).replacen(" and ", " or ", 1))),
    })
}

fn out_of_range(place: &Place<'_>, number: i64, low: i64, high: i64, span: Span) -> Diagnostic {
    let message = format!("{} is {number}, and `{}` takes {low} to {high}", place.subject(), place.action());
    place
        .finding(Code::ASL0908, span, message)
        .label(format!("not between {low} and {high}"))
        .help(format!("write a number from {low} to {high}"))
        .aws(FAILS)
}

fn check_exclusive(
    place: &Place<'_>,
    exclusive: &Exclusive,
    span: Span,
    members: &[Member<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let present: Vec<&Member<'_>> =
        members.iter().filter(|member| exclusive.names.contains(&member.name) && !member.value.is_null()).collect();
    let names = list(exclusive.names);
    match present.as_slice() {
        // A misspelt name is reported as unknown.
        [] if exclusive.required
            && members.iter().all(|member| nearest(member.name, exclusive.names.iter().copied()).is_none()) =>
        {
            let message = format!("{} lacks one of {names}", place.subject());
            let finding = place
                .finding(Code::ASL0906, opening(span, members.first().map(|first| first.written.span)), message)
                .label(format!("`{}` needs one of them", place.action()));
            diagnostics.push(finding.help(format!("add one of {names}")).aws(REJECTS));
        }
        [first, others @ ..] => {
            for other in others {
                let message = format!(
                    "`{}` and `{}` of state `{}` exclude each other",
                    first.name,
                    other.name,
                    place.state.name.as_str()
                );
                let finding = place
                    .member(other)
                    .finding(Code::ASL0916, other.written.span, message)
                    .label(format!("`{}` takes one of {names}", place.action()))
                    .note(first.written.span, "given here already");
                diagnostics.push(finding.help("delete one of them").aws(FAILS));
            }
        }
        [] => {}
    }
}
