//! Questions about the syntax of an expression.

use std::collections::HashSet;

use crate::jsonata::Error;
use crate::jsonata::syntax::{Kind, Node, Span, Stage, Step};

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
    match &node.kind {
        Kind::Path(path) => {
            found.outlives |= path.keeps_bindings;
            for step in &path.steps {
                let stages = step.stages.iter().filter_map(|stage| match stage {
                    Stage::Filter(_) => None,
                    Stage::Index(name) => Some(name),
                });
                found.names.extend(step.focus.iter().chain(&step.index).chain(stages).map(String::as_str));
            }
        }
        Kind::Bind(name, _) => {
            found.names.insert(name);
        }
        Kind::Lambda(lambda) => found.names.extend(lambda.parameters.iter().map(String::as_str)),
        _ => {}
    }
    node.for_each_child(&mut |child| bindings(child, found, depth + 1));
}
