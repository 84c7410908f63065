//! Document paths with their placeholders replaced.

use std::collections::BTreeMap;

use asl_codegen::dynamodb::{Element, ElementName, Path};

use super::request::Placeholders;
use super::value::{AttributeValue, Attributes};

/// A step of a path. Names come before indexes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// A path from an item to a value.
pub(super) type Steps = Vec<Step>;

/// The path with the names that its placeholders stand for.
pub(super) fn resolve(path: &Path, placeholders: &Placeholders) -> Steps {
    let steps = path.elements.iter().map(|element| match element {
        Element::Index(index) => Step::Index(*index),
        Element::Name(ElementName::Bare(word)) => Step::Name(word.text.clone()),
        Element::Name(ElementName::Placeholder(word)) => {
            Step::Name(placeholders.attribute(&word.text).unwrap_or(&word.text).to_owned())
        }
    });
    steps.collect()
}

/// The value that a path leads to.
pub(super) fn get<'a>(item: &'a Attributes, steps: &[Step]) -> Option<&'a AttributeValue> {
    let (first, rest) = steps.split_first()?;
    let Step::Name(name) = first else { return None };
    rest.iter().try_fold(item.get(name)?, |value, step| match (value, step) {
        (AttributeValue::M(members), Step::Name(name)) => members.get(name),
        (AttributeValue::L(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

/// What a path's last step is taken from.
pub(super) enum Parent<'a> {
    Map(&'a mut Attributes, String),
    List(&'a mut Vec<AttributeValue>, usize),
}

/// The map or list that holds, or would hold, the value that a path leads to.
pub(super) fn parent<'a>(item: &'a mut Attributes, steps: &[Step]) -> Option<Parent<'a>> {
    let (last, before) = steps.split_last()?;
    let Some((first, middle)) = before.split_first() else {
        return match last {
            Step::Name(name) => Some(Parent::Map(item, name.clone())),
            Step::Index(_) => None,
        };
    };
    let Step::Name(first) = first else { return None };
    let holder = middle.iter().try_fold(item.get_mut(first)?, |value, step| match (value, step) {
        (AttributeValue::M(members), Step::Name(name)) => members.get_mut(name),
        (AttributeValue::L(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })?;
    match (holder, last) {
        (AttributeValue::M(members), Step::Name(name)) => Some(Parent::Map(members, name.clone())),
        (AttributeValue::L(items), Step::Index(index)) => Some(Parent::List(items, *index)),
        _ => None,
    }
}

/// The parts of an item that paths lead to, in their places; list elements close up.
pub(super) fn project(item: &Attributes, paths: &[Steps]) -> Attributes {
    let mut root = Part::default();
    for path in paths {
        if let Some(value) = get(item, path) {
            path.iter().fold(&mut root, |part, step| part.inner.entry(step.clone()).or_default()).value = Some(value);
        }
    }
    match root.into_value() {
        AttributeValue::M(members) => members,
        _ => Attributes::new(),
    }
}

/// A part of what [`project`] makes.
#[derive(Default)]
struct Part<'a> {
    value: Option<&'a AttributeValue>,
    inner: BTreeMap<Step, Part<'a>>,
}

impl Part<'_> {
    fn into_value(self) -> AttributeValue {
        if let Some(value) = self.value {
            return value.clone();
        }
        let list = matches!(self.inner.keys().next(), Some(Step::Index(_)));
        let parts = self.inner.into_iter().map(|(step, part)| (step, part.into_value()));
        if list {
            return AttributeValue::L(parts.map(|(_, value)| value).collect());
        }
        AttributeValue::M(
            parts
                .filter_map(|(step, value)| match step {
                    Step::Name(name) => Some((name, value)),
                    Step::Index(_) => None,
                })
                .collect(),
        )
    }
}
