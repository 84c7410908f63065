//! A parameter as far as it is known before the machine runs.

use crate::node::{Node, Text, Value};
use crate::query::template::{FieldValue, Template};
use crate::span::Span;

/// A value of `Parameters`, whole or in part.
#[derive(Clone, Copy)]
pub(in crate::check) enum Given<'a> {
    /// A constant.
    Constant(&'a Node),
    /// An object or an array with something computed in it.
    Template(&'a Template),
    /// A `.$` field: nothing is known of its value.
    Computed,
}

/// A member of an object.
pub(in crate::check) struct Member<'a> {
    /// Its name in the request: without `.$`.
    pub(in crate::check) name: &'a str,
    /// Its name as written.
    pub(in crate::check) written: &'a Text,
    /// Its value.
    pub(in crate::check) value: Given<'a>,
}

impl<'a> Given<'a> {
    /// The value that a template gives.
    pub(in crate::check) fn new(template: &'a Template) -> Self {
        match template {
            Template::Constant(node) => Given::Constant(node),
            Template::Object { .. } | Template::Array { .. } => Given::Template(template),
        }
    }

    /// Where it was written, unless it is computed.
    pub(in crate::check) fn span(self) -> Option<Span> {
        match self {
            Given::Constant(node) => Some(node.span),
            Given::Template(template) => Some(template.span()),
            Given::Computed => None,
        }
    }

    /// The constant, if it is one.
    pub(in crate::check) fn constant(self) -> Option<&'a Value> {
        match self {
            Given::Constant(node) => Some(&node.value),
            Given::Template(_) | Given::Computed => None,
        }
    }

    /// The text, if it is a constant one.
    pub(in crate::check) fn text(self) -> Option<&'a Text> {
        match self.constant() {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The members in the order they were written, if it is an object.
    pub(in crate::check) fn members(self) -> Option<Vec<Member<'a>>> {
        match self {
            Given::Constant(node) => node.members().map(|members| {
                let member = |member: &'a crate::node::Member| Member {
                    name: member.name.as_str(),
                    written: &member.name,
                    value: Given::Constant(&member.value),
                };
                members.iter().map(member).collect()
            }),
            Given::Template(Template::Object { fields, .. }) => Some(
                fields
                    .iter()
                    .map(|field| Member {
                        name: field.output_name(),
                        written: &field.name,
                        value: match &field.value {
                            FieldValue::Template(template) => Given::new(template),
                            FieldValue::Path(_) | FieldValue::Call(_) | FieldValue::Invalid(_) => Given::Computed,
                        },
                    })
                    .collect(),
            ),
            Given::Template(_) | Given::Computed => None,
        }
    }

    /// The member `name`, if it is an object that has it.
    pub(in crate::check) fn get(self, name: &str) -> Option<Member<'a>> {
        self.members()?.into_iter().find(|member| member.name == name)
    }

    /// The elements, if it is an array.
    pub(in crate::check) fn items(self) -> Option<Vec<Given<'a>>> {
        match self {
            Given::Constant(Node { value: Value::Array(items), .. }) => {
                Some(items.iter().map(Given::Constant).collect())
            }
            Given::Template(Template::Array { items, .. }) => Some(items.iter().map(Given::new).collect()),
            _ => None,
        }
    }

    /// Whether it is `null`, which Step Functions takes as absent.
    pub(in crate::check) fn is_null(self) -> bool {
        matches!(self.constant(), Some(Value::Null))
    }

    /// What it is, in words: `a string`. Nothing for what is computed.
    pub(in crate::check) fn kind(self) -> Option<&'static str> {
        match self {
            Given::Constant(node) => Some(node.kind()),
            Given::Template(Template::Object { .. }) => Some("an object"),
            Given::Template(_) => Some("an array"),
            Given::Computed => None,
        }
    }

    /// Whether the object is written between braces, so that members can be added as JSON writes them.
    pub(in crate::check) fn in_braces(self) -> bool {
        match (self.span(), self.members()) {
            (Some(span), Some(members)) => members.first().is_none_or(|member| span.start < member.written.span.start),
            _ => false,
        }
    }
}
