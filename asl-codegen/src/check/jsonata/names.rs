//! Names of members that end with `.$`, which means nothing in JSONata (ASL0409).

use crate::codes::Code;
use crate::definition::State;
use crate::diagnostic::Diagnostic;
use crate::node::{Node, Text, Value};
use crate::query::read::quoted;

/// The fields whose names are data, and the parts with such fields.
const FIELDS: &[&str] = &["Arguments", "Output", "ItemSelector"];
const PARTS: &[&str] = &["Choices", "Catch"];

pub(super) fn check(state: &State, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut fields = |part: &Node, place: &str| {
        for field in FIELDS {
            if let Some(value) = part.get(field) {
                names(state, value, &format!("{place}{field}"), diagnostics);
            }
        }
        // A bad name of a variable is an error of its own.
        for variable in part.get("Assign").and_then(Node::members).unwrap_or_default() {
            names(state, &variable.value, &format!("{place}Assign"), diagnostics);
        }
    };
    fields(node, "");
    for field in PARTS {
        if let Some(Value::Array(parts)) = node.get(field).map(|parts| &parts.value) {
            for (number, part) in parts.iter().enumerate() {
                fields(part, &format!("{field}[{number}]."));
            }
        }
    }
}

fn names(state: &State, node: &Node, field: &str, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Object(members) => {
            for member in members {
                if let Some(name) = member.name.text.strip_suffix(".$") {
                    diagnostics.push(literal(state, &member.name, name, field));
                }
                names(state, &member.value, field, diagnostics);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(state, item, field, diagnostics)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn literal(state: &State, written: &Text, name: &str, field: &str) -> Diagnostic {
    let message = format!(
        "the name `{}` in `{field}` of state `{}` keeps its `.$`, which means nothing in JSONata",
        written.text, state.name.text
    );
    Diagnostic::new(Code::ASL0409, written.span, message)
        .label("the name as it is")
        .fix("write the name without it, and an expression as `{% … %}`", written.span, quoted(name))
        .at(format!("{}/{}", state.pointer, field.replace('.', "/")))
        .aws("accepts this; the `.$` is part of the name")
}
