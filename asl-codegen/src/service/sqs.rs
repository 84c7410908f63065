//! Amazon Simple Queue Service. API version 2012-11-05.

use super::shapes::{Operation, Shape, TEXT, optional, required};

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    service: "sqs",
    action: "sendMessage",
    input: &[
        required("QueueUrl", TEXT),
        required("MessageBody", &Shape::JsonText),
        optional("DelaySeconds", &Shape::Integer(0, 900)),
        optional("MessageAttributes", &Shape::Map(MESSAGE_ATTRIBUTE)),
        optional("MessageSystemAttributes", &Shape::Map(MESSAGE_ATTRIBUTE)),
        optional("MessageDeduplicationId", TEXT),
        optional("MessageGroupId", TEXT),
    ],
    output: &[
        optional("MD5OfMessageAttributes", TEXT),
        required("MD5OfMessageBody", TEXT),
        optional("MD5OfMessageSystemAttributes", TEXT),
        required("MessageId", TEXT),
        optional("SequenceNumber", TEXT),
    ],
    exclusive: &[],
}];

const MESSAGE_ATTRIBUTE: &Shape = &Shape::Structure(&[
    optional("StringValue", TEXT),
    optional("BinaryValue", &Shape::Blob),
    optional("StringListValues", &Shape::List(TEXT)),
    optional("BinaryListValues", &Shape::List(&Shape::Blob)),
    required("DataType", TEXT),
]);
