//! What SQS and SNS have in common: the attributes of a message.

use aws_smithy_types::Blob;
use serde_json::Value;

use super::parameters::{Members, Problems, bytes, object, text};

/// `{"DataType": "String", "StringValue": "text"}`, of whichever service.
pub(super) struct Attribute {
    pub(super) data_type: String,
    pub(super) string_value: Option<String>,
    pub(super) binary_value: Option<Blob>,
}

/// Reads an attribute. `more` reads what only one service has.
pub(super) fn attribute<T>(
    problems: &mut Problems,
    field: &str,
    value: Value,
    more: impl FnOnce(&mut Members<'_>, Attribute) -> T,
) -> Option<T> {
    object(problems, field, value, |members| {
        let attribute = Attribute {
            // Without one it is the service that refuses; the typed request has no word for "none".
            data_type: members.take("DataType", text).unwrap_or_default(),
            string_value: members.take("StringValue", text),
            binary_value: members.take("BinaryValue", bytes),
        };
        more(members, attribute)
    })
}
