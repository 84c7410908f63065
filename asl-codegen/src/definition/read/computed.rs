//! The values of fields in JSONata states.

use crate::definition::{Computed, Expression, Payload, QueryLanguage};
use crate::jsonata;
use crate::node::{Node, Text, Value};
use crate::query::read::At;
use crate::query::template;

/// The value in `node`.
pub(super) fn computed_in(node: Option<&Node>) -> Option<Computed> {
    node.map(computed)
}

/// The value of a field in a JSONata state. AWS developer guide, "Transforming data with JSONata in Step Functions": a
/// string is an expression when it begins with `{%` and ends with `%}`, at any depth; names never are.
pub(super) fn computed(node: &Node) -> Computed {
    match &node.value {
        Value::String(text) => match expression(text) {
            Some(expression) => Computed::Expression(Box::new(expression)),
            None => Computed::Constant(node.clone()),
        },
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(computed).collect();
            match items.iter().all(|item| matches!(item, Computed::Constant(_))) {
                true => Computed::Constant(node.clone()),
                false => Computed::Array { span: node.span, items },
            }
        }
        Value::Object(members) => {
            let members: Vec<_> = members.iter().map(|member| (member.name.clone(), computed(&member.value))).collect();
            match members.iter().all(|(_, value)| matches!(value, Computed::Constant(_))) {
                true => Computed::Constant(node.clone()),
                false => Computed::Object { span: node.span, members },
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Computed::Constant(node.clone()),
    }
}

/// The expression in `node`.
pub(super) fn expression_in(node: Option<&Node>) -> Option<Expression> {
    expression(node?.as_text()?)
}

/// Every expression in `node`, with its place below `place`.
pub(super) fn expressions_in(node: &Node, place: &str, found: &mut Vec<(String, Expression)>) {
    match &node.value {
        Value::String(text) => found.extend(expression(text).map(|expression| (place.to_owned(), expression))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                expressions_in(item, &format!("{place}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for member in members {
                expressions_in(&member.value, &format!("{place}/{}", member.name.text), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The value in `node` of a field that both query languages have.
pub(super) fn payload_in(node: Option<&Node>, at: &At, language: QueryLanguage) -> Option<Payload> {
    let node = node?;
    Some(match language {
        // Findings were made before.
        QueryLanguage::JsonPath => Payload::Template(template::read(node, at, &mut Vec::new())),
        QueryLanguage::Jsonata => Payload::Computed(computed(node)),
    })
}

/// The expression that a string is.
fn expression(text: &Text) -> Option<Expression> {
    let inner = text.text.strip_prefix("{%")?.strip_suffix("%}")?;
    let start = 2 + (inner.len() - inner.trim_start().len());
    let text = text.slice(start..start + inner.trim().len());
    let syntax = jsonata::parse(&text.text).ok();
    Some(Expression { text, syntax })
}
