//! What service calls give.

use super::{Field, Object, Rest, Shape};
use crate::service::{Member, Operation, Shape as Model};

/// The result of an operation as Step Functions gives it: the API's members, and the metadata that optimised
/// integrations add. asl-reference 8.3.
pub(super) fn result(operation: &Operation) -> Shape {
    let Shape::Object(mut object) = structure(operation.output, 0) else { return Shape::Unknown(None) };
    let anything = || Shape::Object(Object { fields: Vec::new(), rest: Rest::Open(None) });
    let http = Shape::closed([
        ("AllHttpHeaders".to_owned(), anything()),
        ("HttpHeaders".to_owned(), anything()),
        ("HttpStatusCode".to_owned(), Shape::Number),
    ]);
    let response = Shape::closed([("RequestId".to_owned(), Shape::String)]);
    for (name, shape) in [("SdkHttpMetadata", http), ("SdkResponseMetadata", response)] {
        object.fields.push(Field { name: name.to_owned(), shape, always: true });
    }
    Shape::Object(object)
}

fn structure(members: &[Member], depth: usize) -> Shape {
    let fields = members
        .iter()
        .map(|member| Field {
            name: member.name.to_owned(),
            shape: value(member.shape, depth + 1),
            always: member.required,
        })
        .collect();
    Shape::Object(Object { fields, rest: Rest::Closed })
}

fn value(model: &Model, depth: usize) -> Shape {
    if depth > super::MAX_DEPTH {
        return Shape::Unknown(None);
    }
    match model {
        Model::String(_) | Model::JsonText | Model::Blob => Shape::String,
        Model::Integer(..) | Model::Number => Shape::Number,
        Model::Boolean => Shape::Bool,
        Model::List(element) => Shape::Array(Box::new(value(element, depth + 1))),
        Model::Map(_) | Model::AttributeValue => Shape::Object(Object { fields: Vec::new(), rest: Rest::Open(None) }),
        Model::Structure(members) => structure(members, depth),
    }
}
