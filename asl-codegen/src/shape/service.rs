//! What service calls give.

use super::{Field, Rest, Shape};
use crate::service::{Member, Operation, Shape as Model};

/// The result of an operation as Step Functions gives it: the API's members, and the metadata that optimised
/// integrations add. AWS developer guide, "Integrating services".
pub(super) fn result(operation: &Operation) -> Shape {
    let mut fields = members(operation.output, 0);
    let anything = || Shape::object(Vec::new(), Rest::Open(None));
    let http =
        Shape::closed([("AllHttpHeaders", anything()), ("HttpHeaders", anything()), ("HttpStatusCode", Shape::Number)]);
    let response = Shape::closed([("RequestId", Shape::String)]);
    for (name, shape) in [("SdkHttpMetadata", http), ("SdkResponseMetadata", response)] {
        fields.push(Field { name: name.into(), shape, always: true });
    }
    Shape::object(fields, Rest::Closed)
}

fn members(members: &[Member], depth: usize) -> Vec<Field> {
    let field = |member: &Member| Field {
        name: member.name.into(),
        shape: value(member.shape, depth + 1),
        always: member.required,
    };
    members.iter().map(field).collect()
}

fn value(model: &Model, depth: usize) -> Shape {
    if depth > super::MAX_DEPTH {
        return Shape::Unknown(None);
    }
    match model {
        Model::String(_) | Model::JsonText | Model::Blob => Shape::String,
        Model::Json => Shape::Unknown(None),
        Model::Integer(..) | Model::Number => Shape::Number,
        Model::Boolean => Shape::Bool,
        Model::List(element) => Shape::array(value(element, depth + 1)),
        Model::Map(_) | Model::AttributeValue => Shape::object(Vec::new(), Rest::Open(None)),
        Model::Structure(inner) => Shape::object(members(inner, depth), Rest::Closed),
    }
}
