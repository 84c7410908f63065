//! `sqs:sendMessage`.

use std::collections::HashMap;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message::builders::SendMessageFluentBuilder;
use aws_sdk_sqs::types::{MessageAttributeValue, MessageSystemAttributeNameForSends, MessageSystemAttributeValue};
use serde_json::Value;

use super::failure::{Names, unknown_action};
use super::message::{Attribute, attribute};
use super::parameters::{self, Members, Problems, bytes, integer, list, map, text, text_of_json};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

const NAMES: Names = Names {
    prefix: "SQS",
    service: "AmazonSQS",
    base_exception: "AmazonSQSException",
    // The first two are the codes of the older protocol, which SQS still gives beside the new ones.
    exceptions: &[
        ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExistException"),
        ("AWS.SimpleQueueService.UnsupportedOperation", "UnsupportedOperationException"),
        ("InvalidAddress", "InvalidAddressException"),
        ("InvalidMessageContents", "InvalidMessageContentsException"),
        ("InvalidSecurity", "InvalidSecurityException"),
        ("KMS.AccessDeniedException", "KmsAccessDeniedException"),
        ("KMS.DisabledException", "KmsDisabledException"),
        ("KMS.InvalidKeyUsageException", "KmsInvalidKeyUsageException"),
        ("KMS.InvalidStateException", "KmsInvalidStateException"),
        ("KMS.NotFoundException", "KmsNotFoundException"),
        ("KMS.OptInRequired", "KmsOptInRequiredException"),
        ("KMS.ThrottlingException", "KmsThrottledException"),
        ("KmsAccessDenied", "KmsAccessDeniedException"),
        ("KmsDisabled", "KmsDisabledException"),
        ("KmsInvalidKeyUsage", "KmsInvalidKeyUsageException"),
        ("KmsInvalidState", "KmsInvalidStateException"),
        ("KmsNotFound", "KmsNotFoundException"),
        ("KmsOptInRequired", "KmsOptInRequiredException"),
        ("KmsThrottled", "KmsThrottledException"),
        ("QueueDoesNotExist", "QueueDoesNotExistException"),
        ("RequestThrottled", "RequestThrottledException"),
        ("UnsupportedOperation", "UnsupportedOperationException"),
    ],
    connection: "connection",
};

#[derive(Clone, Debug)]
pub(super) struct SqsClient(pub(super) Client);

impl Service for SqsClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match request.action {
            "sendMessage" => Box::pin(self.send_message(request.parameters)),
            action => Box::pin(std::future::ready(Err(unknown_action("sqs", action, &["sendMessage"])))),
        }
    }
}

impl SqsClient {
    async fn send_message(&self, parameters: Value) -> Result<Value, Error> {
        let request = parameters::read(parameters, |members| send_message(&self.0, members))
            .map_err(|unfit| NAMES.unfit(unfit))?;
        send!(&NAMES, request, |output| [
            ("MD5OfMessageAttributes", output.md5_of_message_attributes.map(Value::from)),
            ("MD5OfMessageBody", output.md5_of_message_body.map(Value::from)),
            ("MD5OfMessageSystemAttributes", output.md5_of_message_system_attributes.map(Value::from)),
            ("MessageId", output.message_id.map(Value::from)),
            ("SequenceNumber", output.sequence_number.map(Value::from)),
        ])
    }
}

fn send_message(client: &Client, members: &mut Members<'_>) -> SendMessageFluentBuilder {
    client
        .send_message()
        .set_queue_url(members.require("QueueUrl", text))
        .set_message_body(members.require("MessageBody", text_of_json))
        .set_delay_seconds(members.take("DelaySeconds", integer))
        .set_message_attributes(members.take("MessageAttributes", map(message_attribute)))
        .set_message_deduplication_id(members.take("MessageDeduplicationId", text))
        .set_message_group_id(members.take("MessageGroupId", text))
        .set_message_system_attributes(members.take("MessageSystemAttributes", system_attributes))
}

fn message_attribute(problems: &mut Problems, field: &str, value: Value) -> Option<MessageAttributeValue> {
    attribute(problems, field, value, |members, attribute| {
        let Attribute { data_type, string_value, binary_value } = attribute;
        MessageAttributeValue::builder()
            .data_type(data_type)
            .set_string_value(string_value)
            .set_binary_value(binary_value)
            .set_string_list_values(members.take("StringListValues", list(text)))
            .set_binary_list_values(members.take("BinaryListValues", list(bytes)))
            .build()
            .ok()
    })?
}

fn system_attributes(
    problems: &mut Problems,
    field: &str,
    value: Value,
) -> Option<HashMap<MessageSystemAttributeNameForSends, MessageSystemAttributeValue>> {
    let attributes = map(system_attribute)(problems, field, value)?;
    Some(attributes.into_iter().map(|(name, value)| (name.as_str().into(), value)).collect())
}

fn system_attribute(problems: &mut Problems, field: &str, value: Value) -> Option<MessageSystemAttributeValue> {
    attribute(problems, field, value, |members, attribute| {
        let Attribute { data_type, string_value, binary_value } = attribute;
        MessageSystemAttributeValue::builder()
            .data_type(data_type)
            .set_string_value(string_value)
            .set_binary_value(binary_value)
            .set_string_list_values(members.take("StringListValues", list(text)))
            .set_binary_list_values(members.take("BinaryListValues", list(bytes)))
            .build()
            .ok()
    })?
}
