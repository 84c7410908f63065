//! Amazon Simple Notification Service. API version 2010-03-31.

use super::shapes::{Exclusive, Operation, Shape, TEXT, optional, required};

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    service: "sns",
    action: "publish",
    input: &[
        optional("TopicArn", TEXT),
        optional("TargetArn", TEXT),
        optional("PhoneNumber", TEXT),
        required("Message", &Shape::JsonText),
        optional("Subject", TEXT),
        optional("MessageStructure", &Shape::String(&["json"])),
        optional("MessageAttributes", &Shape::Map(MESSAGE_ATTRIBUTE)),
        optional("MessageDeduplicationId", TEXT),
        optional("MessageGroupId", TEXT),
    ],
    output: &[required("MessageId", TEXT), optional("SequenceNumber", TEXT)],
    exclusive: &[Exclusive { names: &["TopicArn", "TargetArn", "PhoneNumber"], required: true }],
}];

const MESSAGE_ATTRIBUTE: &Shape = &Shape::Structure(&[
    required("DataType", TEXT),
    optional("StringValue", TEXT),
    optional("BinaryValue", &Shape::Blob),
]);
