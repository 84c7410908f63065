//! DynamoDB's attribute values as requests write them: `{"S": "text"}`.

use serde_json::Value;

use super::parameters::{Members, Problems, boolean, bytes, list, map, object, text};

/// A value as it is written: whether its numbers are numbers is the service's concern.
#[derive(Debug)]
pub(super) enum Written {
    S(String),
    N(String),
    B(Vec<u8>),
    Ss(Vec<String>),
    Ns(Vec<String>),
    Bs(Vec<Vec<u8>>),
    M(Vec<(String, Written)>),
    L(Vec<Written>),
    Null(bool),
    Bool(bool),
    /// An object that says no type, or several, and what DynamoDB says of it.
    Unfit(&'static str),
}

/// Reads a value.
pub(super) fn attribute_value(problems: &mut Problems, field: &str, value: Value) -> Option<Written> {
    match value {
        // Step Functions takes a plain string for `{"S": …}`: AWS's own samples rely on it.
        Value::String(text) => Some(Written::S(text)),
        value => object(problems, field, value, one_type),
    }
}

/// Reads an item, a key, or whatever else has values under names of the user's own.
pub(super) fn attributes(problems: &mut Problems, field: &str, value: Value) -> Option<Vec<(String, Written)>> {
    map(attribute_value)(problems, field, value)
}

/// The one member that says type and value.
fn one_type(members: &mut Members<'_>) -> Written {
    let types = [
        members.take("S", text).map(Written::S),
        members.take("N", text).map(Written::N),
        members.take("B", bytes).map(Written::B),
        members.take("SS", list(text)).map(Written::Ss),
        members.take("NS", list(text)).map(Written::Ns),
        members.take("BS", list(bytes)).map(Written::Bs),
        members.take("M", attributes).map(Written::M),
        members.take("L", list(attribute_value)).map(Written::L),
        members.take("NULL", boolean).map(Written::Null),
        members.take("BOOL", boolean).map(Written::Bool),
    ];
    let mut types = types.into_iter().flatten();
    match (types.next(), types.next()) {
        (Some(value), None) => value,
        (None, _) => {
            Written::Unfit("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
        }
        (Some(_), Some(_)) => Written::Unfit(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported \
             datatypes",
        ),
    }
}
