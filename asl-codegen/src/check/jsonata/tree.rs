//! Questions about the syntax of an expression.

use std::collections::HashSet;

use crate::jsonata::Error;
use crate::jsonata::syntax::{Group, Kind, Node, Span, Stage, Step};

/// Deeper parts of an expression are not looked at.
pub(super) const MAX_DEPTH: usize = 400;

/// The node of a step that is nothing but its node, when it is one that is looked for.
pub(super) fn plain(step: &Step, wanted: impl Fn(&Node) -> bool) -> Option<&Node> {
    let node = &step.node;
    let plain = step.stages.is_empty()
        && step.focus.is_none()
        && step.index.is_none()
        && step.sort.is_empty()
        && node.predicates.is_empty()
        && node.group.is_none();
    (plain && wanted(node)).then_some(node)
}

/// The name of a step that is nothing but a name.
pub(super) fn plain_name(step: &Step) -> Option<(&str, Span)> {
    match &step.node.kind {
        Kind::Name(name) if plain(step, |_| true).is_some() => Some((name, step.node.span)),
        _ => None,
    }
}

/// The name that a node is.
pub(super) fn bare_name(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Name(name) => Some(name),
        Kind::Path(path) => match path.steps.as_slice() {
            [step] => plain_name(step).map(|(name, _)| name),
            _ => None,
        },
        _ => None,
    }
}

/// The error `code` about a value: with it when it is a constant, else with the sentence `otherwise`.
pub(super) fn about(code: &'static str, node: &Node, otherwise: &str) -> Error {
    match written(node) {
        Some(value) => Error::new(code).value(value),
        None => Error::with_message(code, otherwise),
    }
}

/// A constant as JSON, for messages.
pub(super) fn written(node: &Node) -> Option<String> {
    Some(match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Number(value) => value.to_string(),
        Kind::String(text) => crate::query::read::quoted(text),
        _ => return None,
    })
}

/// What is bound somewhere in an expression.
#[derive(Debug, Default)]
pub(super) struct Bound<'a> {
    /// Every name.
    pub(super) names: HashSet<&'a str>,
    /// What a path binds is there behind the path too.
    pub(super) outlives: bool,
}

impl<'a> Bound<'a> {
    pub(super) fn of(node: &'a Node) -> Self {
        let mut bound = Self::default();
        bindings(node, &mut bound, 0);
        bound
    }
}

fn bindings<'a>(node: &'a Node, found: &mut Bound<'a>, depth: usize) {
    if depth >= MAX_DEPTH {
        return;
    }
    let depth = depth + 1;
    for predicate in &node.predicates {
        bindings(predicate, found, depth);
    }
    let groups = node.group.as_deref();
    match &node.kind {
        Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Regex(_)
        | Kind::Name(_)
        | Kind::Wildcard
        | Kind::Descendants
        | Kind::Parent(_)
        | Kind::Variable(_) => {}
        Kind::Path(path) => {
            found.outlives |= path.keeps_bindings;
            for step in &path.steps {
                found.names.extend(step.focus.as_deref());
                found.names.extend(step.index.as_deref());
                bindings(&step.node, found, depth);
                step.sort.iter().for_each(|term| bindings(&term.node, found, depth));
                for stage in &step.stages {
                    match stage {
                        Stage::Filter(predicate) => bindings(predicate, found, depth),
                        Stage::Index(name) => {
                            found.names.insert(name);
                        }
                    }
                }
            }
        }
        Kind::Negate(operand) => bindings(operand, found, depth),
        Kind::Array(parts) | Kind::Block(parts) => parts.iter().for_each(|part| bindings(part, found, depth)),
        Kind::Object(group) => pairs(group, found, depth),
        Kind::Binary(_, left, right) | Kind::Apply(left, right) => {
            bindings(left, found, depth);
            bindings(right, found, depth);
        }
        Kind::Bind(name, value) => {
            found.names.insert(name);
            bindings(value, found, depth);
        }
        Kind::Condition(condition) => {
            let parts = [Some(&condition.test), condition.then.as_ref(), condition.otherwise.as_ref()];
            parts.into_iter().flatten().for_each(|part| bindings(part, found, depth));
        }
        Kind::Call(call) => {
            bindings(&call.procedure, found, depth);
            call.arguments.iter().for_each(|argument| bindings(argument, found, depth));
        }
        Kind::Partial(partial) => {
            bindings(&partial.procedure, found, depth);
            partial.arguments.iter().flatten().for_each(|argument| bindings(argument, found, depth));
        }
        Kind::Lambda(lambda) => {
            found.names.extend(lambda.parameters.iter().map(String::as_str));
            bindings(&lambda.body, found, depth);
        }
        Kind::Transform(transform) => {
            bindings(&transform.pattern, found, depth);
            bindings(&transform.update, found, depth);
            transform.delete.iter().for_each(|delete| bindings(delete, found, depth));
        }
    }
    if let Some(group) = groups {
        pairs(group, found, depth);
    }
}

fn pairs<'a>(group: &'a Group, found: &mut Bound<'a>, depth: usize) {
    for (key, value) in &group.pairs {
        bindings(key, found, depth);
        bindings(value, found, depth);
    }
}
