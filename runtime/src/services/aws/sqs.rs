//! `sqs:sendMessage`.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message::builders::SendMessageFluentBuilder;
use aws_sdk_sqs::types::{MessageAttributeValue, MessageSystemAttributeNameForSends, MessageSystemAttributeValue};
use aws_smithy_types::Blob;
use serde_json::Value;

use super::super::sqs::{self, NAMES, SendMessage, SqsAttribute};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

#[derive(Clone, Debug)]
pub(super) struct SqsClient(pub(super) Client);

impl Service for SqsClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match sqs::read(request.action, request.parameters) {
            Ok(given) => Box::pin(self.send_message(given)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

impl SqsClient {
    async fn send_message(&self, given: SendMessage) -> Result<Value, Error> {
        send!(NAMES, send_message(&self.0, given), |output| [
            ("MD5OfMessageAttributes", output.md5_of_message_attributes.map(Value::from)),
            ("MD5OfMessageBody", output.md5_of_message_body.map(Value::from)),
            ("MD5OfMessageSystemAttributes", output.md5_of_message_system_attributes.map(Value::from)),
            ("MessageId", output.message_id.map(Value::from)),
            ("SequenceNumber", output.sequence_number.map(Value::from)),
        ])
    }
}

fn send_message(client: &Client, given: SendMessage) -> SendMessageFluentBuilder {
    let attributes = given.message_attributes;
    let system_attributes = given.message_system_attributes;
    client
        .send_message()
        .set_queue_url(given.queue_url)
        .set_message_body(given.message_body)
        .set_delay_seconds(given.delay_seconds)
        .set_message_attributes(attributes.map(|all| all.into_iter().filter_map(message_attribute).collect()))
        .set_message_deduplication_id(given.message_deduplication_id)
        .set_message_group_id(given.message_group_id)
        .set_message_system_attributes(
            system_attributes.map(|all| all.into_iter().filter_map(system_attribute).collect()),
        )
}

fn message_attribute(given: SqsAttribute) -> Option<(String, MessageAttributeValue)> {
    let SqsAttribute { attribute, string_list_values, binary_list_values } = given;
    let value = MessageAttributeValue::builder()
        // It is the service that refuses none; the typed request has no word for it.
        .data_type(attribute.data_type.unwrap_or_default())
        .set_string_value(attribute.string_value)
        .set_binary_value(attribute.binary_value.map(Blob::new))
        .set_string_list_values(string_list_values)
        .set_binary_list_values(binary_list_values.map(blobs))
        .build();
    Some((attribute.name, value.ok()?))
}

fn system_attribute(given: SqsAttribute) -> Option<(MessageSystemAttributeNameForSends, MessageSystemAttributeValue)> {
    let SqsAttribute { attribute, string_list_values, binary_list_values } = given;
    let value = MessageSystemAttributeValue::builder()
        .data_type(attribute.data_type.unwrap_or_default())
        .set_string_value(attribute.string_value)
        .set_binary_value(attribute.binary_value.map(Blob::new))
        .set_string_list_values(string_list_values)
        .set_binary_list_values(binary_list_values.map(blobs))
        .build();
    Some((attribute.name.as_str().into(), value.ok()?))
}

fn blobs(all: Vec<Vec<u8>>) -> Vec<Blob> {
    all.into_iter().map(Blob::new).collect()
}
