//! What SQS and SNS have in common: the attributes of a message.

use serde_json::Value;

use super::parameters::{Members, Problems, Read, bytes, map, text};

/// An attribute as it is given: `{"DataType": "String", "StringValue": "text"}`.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) data_type: Option<String>,
    pub(super) string_value: Option<String>,
    pub(super) binary_value: Option<Vec<u8>>,
}

/// Reads attributes, which know their names, each by `element`.
pub(super) fn attributes<A>(element: impl Read<A>) -> impl Read<Vec<A>> {
    let all = map(element);
    move |problems: &mut Problems, field: &str, value: Value| {
        all(problems, field, value).map(|all| all.into_iter().map(|(_, attribute)| attribute).collect())
    }
}

/// Reads what every attribute has.
pub(super) fn value_of(name: &str, members: &mut Members<'_>) -> Attribute {
    Attribute {
        name: name.to_owned(),
        data_type: members.require("DataType", text),
        string_value: members.take("StringValue", text),
        binary_value: members.take("BinaryValue", bytes),
    }
}
