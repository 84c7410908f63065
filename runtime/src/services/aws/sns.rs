//! `sns:publish`.

use aws_sdk_sns::Client;
use aws_sdk_sns::operation::publish::builders::PublishFluentBuilder;
use aws_sdk_sns::types::MessageAttributeValue;
use aws_smithy_types::Blob;
use serde_json::Value;

use super::super::message::Attribute;
use super::super::sns::{self, NAMES, Publish};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

#[derive(Clone, Debug)]
pub(super) struct SnsClient(pub(super) Client);

impl Service for SnsClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match sns::read(request.action, request.parameters) {
            Ok(given) => Box::pin(self.publish(given)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

impl SnsClient {
    async fn publish(&self, given: Publish) -> Result<Value, Error> {
        send!(NAMES, publish(&self.0, given), |output| [
            ("MessageId", output.message_id.map(Value::from)),
            ("SequenceNumber", output.sequence_number.map(Value::from)),
        ])
    }
}

fn publish(client: &Client, given: Publish) -> PublishFluentBuilder {
    let attributes = given.message_attributes;
    client
        .publish()
        .set_topic_arn(given.topic_arn)
        .set_target_arn(given.target_arn)
        .set_phone_number(given.phone_number)
        .set_message(given.message)
        .set_subject(given.subject)
        .set_message_structure(given.message_structure)
        .set_message_attributes(attributes.map(|all| all.into_iter().filter_map(message_attribute).collect()))
        .set_message_deduplication_id(given.message_deduplication_id)
        .set_message_group_id(given.message_group_id)
}

fn message_attribute(given: Attribute) -> Option<(String, MessageAttributeValue)> {
    let value = MessageAttributeValue::builder()
        // It is the service that refuses none; the typed request has no word for it.
        .data_type(given.data_type.unwrap_or_default())
        .set_string_value(given.string_value)
        .set_binary_value(given.binary_value.map(Blob::new))
        .build();
    Some((given.name, value.ok()?))
}
