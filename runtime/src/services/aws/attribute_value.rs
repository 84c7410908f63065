//! DynamoDB's attribute values: `{"S": "text"}`.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::base64;
use serde_json::Value;

use super::answer::{hash_map, record};
use super::parameters::{Members, Problems, boolean, bytes, list, map, object, text};

/// Reads a value.
pub(super) fn attribute_value(problems: &mut Problems, field: &str, value: Value) -> Option<AttributeValue> {
    object(problems, field, value, one_type)?
}

/// Reads an item, a key, or whatever else has values under names of the user's own.
pub(super) fn attributes(
    problems: &mut Problems,
    field: &str,
    value: Value,
) -> Option<HashMap<String, AttributeValue>> {
    map(attribute_value)(problems, field, value)
}

/// The one member of `members` that says type and value. It is the service that refuses none or several.
fn one_type(members: &mut Members<'_>) -> Option<AttributeValue> {
    let types = [
        members.take("S", text).map(AttributeValue::S),
        members.take("N", text).map(AttributeValue::N),
        members.take("B", bytes).map(AttributeValue::B),
        members.take("SS", list(text)).map(AttributeValue::Ss),
        members.take("NS", list(text)).map(AttributeValue::Ns),
        members.take("BS", list(bytes)).map(AttributeValue::Bs),
        members.take("M", attributes).map(AttributeValue::M),
        members.take("L", list(attribute_value)).map(AttributeValue::L),
        members.take("NULL", boolean).map(AttributeValue::Null),
        members.take("BOOL", boolean).map(AttributeValue::Bool),
    ];
    let mut types = types.into_iter().flatten();
    match (types.next(), types.next()) {
        (None, _) => members
            .problems()
            .reject("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (Some(_), Some(_)) => members.problems().reject(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported \
             datatypes",
        ),
        (value, None) => value,
    }
}

/// Writes a value. A type that the SDK does not know gives an object without members.
fn value_json(value: AttributeValue) -> Value {
    let blob = |blob: aws_smithy_types::Blob| base64::encode(blob);
    let (name, value) = match value {
        AttributeValue::S(text) => ("S", text.into()),
        AttributeValue::N(number) => ("N", number.into()),
        AttributeValue::B(bytes) => ("B", blob(bytes).into()),
        AttributeValue::Ss(texts) => ("SS", texts.into()),
        AttributeValue::Ns(numbers) => ("NS", numbers.into()),
        AttributeValue::Bs(all) => ("BS", all.into_iter().map(blob).collect()),
        AttributeValue::M(members) => ("M", attributes_json(members)),
        AttributeValue::L(elements) => ("L", elements.into_iter().map(value_json).collect()),
        AttributeValue::Null(null) => ("NULL", null.into()),
        AttributeValue::Bool(bool) => ("BOOL", bool.into()),
        _ => return record([]),
    };
    record([(name, value)])
}

/// Writes an item.
pub(super) fn attributes_json(attributes: HashMap<String, AttributeValue>) -> Value {
    hash_map(attributes.into_iter().map(|(name, value)| (name, value_json(value))))
}
