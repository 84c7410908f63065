//! DynamoDB's attribute values: from what is written to the SDK's, and from the SDK's to JSON.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::Blob;
use serde_json::Value;

use super::super::answer::hash_map;
use super::super::attribute_value::Written;
use super::super::base64;
use crate::value::build::object;

/// Makes a value of what is written.
///
/// # Errors
/// What DynamoDB says of an unfit value, which the SDK's has no words for.
pub(super) fn typed(written: Written) -> Result<AttributeValue, &'static str> {
    Ok(match written {
        Written::S(text) => AttributeValue::S(text),
        Written::N(number) => AttributeValue::N(number),
        Written::B(bytes) => AttributeValue::B(Blob::new(bytes)),
        Written::Ss(texts) => AttributeValue::Ss(texts),
        Written::Ns(numbers) => AttributeValue::Ns(numbers),
        Written::Bs(all) => AttributeValue::Bs(all.into_iter().map(Blob::new).collect()),
        Written::M(members) => AttributeValue::M(typed_attributes(members)?),
        Written::L(elements) => AttributeValue::L(elements.into_iter().map(typed).collect::<Result<_, _>>()?),
        Written::Null(null) => AttributeValue::Null(null),
        Written::Bool(bool) => AttributeValue::Bool(bool),
        Written::Unfit(message) => return Err(message),
    })
}

/// Makes an item or a key of what is written.
///
/// # Errors
/// What DynamoDB says of the first unfit value.
pub(super) fn typed_attributes(
    written: Vec<(String, Written)>,
) -> Result<HashMap<String, AttributeValue>, &'static str> {
    written.into_iter().map(|(name, value)| Ok((name, typed(value)?))).collect()
}

/// Writes a value. A type that the SDK does not know gives an object without members.
fn value_json(value: AttributeValue) -> Value {
    let blob = |blob: Blob| base64::encode(blob.as_ref());
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
        _ => return object([]),
    };
    object([(name, value)])
}

/// Writes an item.
pub(super) fn attributes_json(attributes: HashMap<String, AttributeValue>) -> Value {
    hash_map(attributes.into_iter().map(|(name, value)| (name, value_json(value))))
}
