//! What calls of intrinsic functions read and give.

use serde_json::Value;

use super::reads::{Given, Read, Reads, Wanted};
use super::{Object, Rest, Shape};
use crate::query::intrinsic::{ArgumentValue, Call, Function, Kind};

/// What a call in the field `field` gives when its paths read `data`; every path is noted in `reads`.
pub(super) fn call<'a>(call: &'a Call, field: &'a str, data: Given<'_>, reads: &mut Reads<'a>) -> Shape {
    if let Some(Ok(value)) = call.constant() {
        return constant(&value);
    }
    let parameters = call.function.parameters();
    let arguments = call.arguments.iter().enumerate().map(|(place, argument)| match &argument.value {
        ArgumentValue::Null => Shape::Null,
        ArgumentValue::Boolean(_) => Shape::Bool,
        ArgumentValue::Number(_) => Shape::Number,
        ArgumentValue::String(_) => Shape::String,
        ArgumentValue::Unread => Shape::Unknown(None),
        ArgumentValue::Call(inner) => self::call(inner, field, data, reads),
        ArgumentValue::Path(path) => {
            let wanted = parameters.at(place).map_or(Wanted::Any, |parameter| match parameter.kind() {
                Kind::Any => Wanted::Any,
                Kind::Array => Wanted::Array,
                Kind::Boolean => Wanted::Bool,
                Kind::Number => Wanted::Number,
                Kind::Object => Wanted::Object,
                Kind::String => Wanted::String,
            });
            let argument = Some((call.function, place));
            reads.read(Read { path, field, wanted, argument }, data)
        }
    });
    result(call.function, arguments.collect())
}

/// What a value is.
fn constant(value: &Value) -> Shape {
    match value {
        Value::Null => Shape::Null,
        Value::Bool(_) => Shape::Bool,
        Value::Number(_) => Shape::Number,
        Value::String(_) => Shape::String,
        Value::Array(items) => {
            Shape::array(items.iter().map(constant).reduce(Shape::join).unwrap_or(Shape::Unknown(None)))
        }
        Value::Object(members) => Shape::closed(members.iter().map(|(name, member)| (name.as_str(), constant(member)))),
    }
}

/// What a function gives for such arguments.
fn result(function: Function, arguments: Vec<Shape>) -> Shape {
    let unknown = || Shape::Unknown(None);
    let mut arguments = arguments.into_iter();
    match function.result() {
        Kind::Array => {
            let elements = match (function, arguments.next()) {
                (Function::Array, None) => unknown(),
                (Function::Array, Some(first)) => arguments.fold(first, Shape::join),
                (Function::ArrayPartition, Some(part @ Shape::Array(_))) => part,
                (Function::ArrayPartition, _) => Shape::array(unknown()),
                (Function::ArrayRange, _) => Shape::Number,
                (Function::ArrayUnique, Some(Shape::Array(element))) => (*element).clone(),
                (Function::StringSplit, _) => Shape::String,
                _ => unknown(),
            };
            Shape::array(elements)
        }
        Kind::Boolean => Shape::Bool,
        Kind::Number => Shape::Number,
        Kind::String => Shape::String,
        Kind::Object => match (arguments.next(), arguments.next()) {
            (Some(Shape::Object(first)), Some(Shape::Object(second))) => merged(&first, &second),
            _ => Shape::object(Vec::new(), Rest::Open(None)),
        },
        Kind::Any => match (function, arguments.next()) {
            (Function::ArrayGetItem, Some(Shape::Array(element))) => (*element).clone(),
            _ => unknown(),
        },
    }
}

/// The members of both objects, the second's where both have one. Nothing is known where a member of the second may or
/// may not replace one of the first.
fn merged(first: &Object, second: &Object) -> Shape {
    let known = |object: &Object| object.rest == Rest::Closed && object.fields.iter().all(|field| field.always);
    if !known(first) || !known(second) {
        return Shape::object(Vec::new(), Rest::Open(None));
    }
    let kept = first.fields.iter().filter(|field| second.field(&field.name).is_none());
    Shape::object(kept.chain(&second.fields).cloned().collect(), Rest::Closed)
}
