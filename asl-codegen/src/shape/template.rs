//! What payload templates read and give.

use super::reads::{Given, Read, Reads, Wanted};
use super::{Shape, intrinsic};
use crate::node::{Node, Value};
use crate::query::template::{self, FieldValue, Template};
use crate::service::{Member, Shape as Model};

/// What a service expects at a place of its parameters; `None` where nothing is known.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    Members(&'static [Member]),
    Shape(&'static Model),
    Nothing,
}

impl Expected {
    fn member(self, name: &str) -> Expected {
        let named = |members: &'static [Member]| {
            members.iter().find(|member| member.name == name).map_or(Expected::Nothing, |m| Expected::Shape(m.shape))
        };
        match self {
            Expected::Members(members) => named(members),
            Expected::Shape(Model::Structure(members)) => named(members),
            Expected::Shape(Model::Map(value)) => Expected::Shape(value),
            Expected::Shape(Model::AttributeValue) => match name {
                "S" | "N" | "B" => Expected::Shape(&Model::String(&[])),
                "BOOL" | "NULL" => Expected::Shape(&Model::Boolean),
                "M" => Expected::Shape(&Model::Map(&Model::AttributeValue)),
                "L" => Expected::Shape(&Model::List(&Model::AttributeValue)),
                "SS" | "NS" | "BS" => Expected::Shape(&Model::List(&Model::String(&[]))),
                _ => Expected::Nothing,
            },
            _ => Expected::Nothing,
        }
    }

    fn element(self) -> Expected {
        match self {
            Expected::Shape(Model::List(element)) => Expected::Shape(element),
            _ => Expected::Nothing,
        }
    }

    fn wanted(self) -> Wanted {
        match self {
            Expected::Shape(Model::String(_) | Model::Blob) => Wanted::String,
            Expected::Shape(Model::Integer(..) | Model::Number) => Wanted::Number,
            Expected::Shape(Model::Boolean) => Wanted::Bool,
            _ => Wanted::Any,
        }
    }
}

/// What a template gives when its paths read `data`; every path is noted in `reads`.
pub(super) fn expand<'a>(template: &'a Template, data: Given<'_>, expected: Expected, reads: &mut Reads<'a>) -> Shape {
    match template {
        Template::Constant(node) => constant(node),
        Template::Array { items, .. } => {
            let shapes = items.iter().map(|item| expand(item, data, expected.element(), reads));
            Shape::array(shapes.reduce(Shape::join).unwrap_or(Shape::Unknown(None)))
        }
        Template::Object { fields, .. } => {
            let fields = fields.iter().map(|member| {
                let name = member.output_name();
                (name, field(member, data, expected.member(name), reads))
            });
            Shape::closed(fields.collect::<Vec<_>>())
        }
    }
}

/// What a field of a template gives.
pub(super) fn field<'a>(
    field: &'a template::Field,
    data: Given<'_>,
    expected: Expected,
    reads: &mut Reads<'a>,
) -> Shape {
    match &field.value {
        FieldValue::Template(template) => expand(template, data, expected, reads),
        FieldValue::Path(path) => {
            let wanted = expected.wanted();
            reads.read(Read { path, field: &field.name.text, wanted, argument: None }, data)
        }
        FieldValue::Call(call) => intrinsic::call(call, &field.name.text, data, reads),
        FieldValue::Invalid(_) => Shape::Unknown(None),
    }
}

/// What a constant is.
pub(super) fn constant(node: &Node) -> Shape {
    match &node.value {
        Value::Null => Shape::Null,
        Value::Bool(_) => Shape::Bool,
        Value::Number(_) => Shape::Number,
        Value::String(_) => Shape::String,
        Value::Array(items) => {
            Shape::array(items.iter().map(constant).reduce(Shape::join).unwrap_or(Shape::Unknown(None)))
        }
        Value::Object(members) => {
            Shape::closed(members.iter().map(|member| (member.name.as_str(), constant(&member.value))))
        }
    }
}
