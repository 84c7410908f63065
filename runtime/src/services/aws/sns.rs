//! `sns:publish`.

use aws_sdk_sns::Client;
use aws_sdk_sns::operation::publish::builders::PublishFluentBuilder;
use aws_sdk_sns::types::MessageAttributeValue;
use serde_json::Value;

use super::failure::{Names, unknown_action};
use super::message::{Attribute, attribute};
use super::parameters::{self, Members, Problems, map, text, text_of_json};
use super::send;
use crate::error::Error;
use crate::services::{BoxFuture, Request, Service};

const NAMES: Names = Names {
    prefix: "SNS",
    service: "AmazonSNS",
    base_exception: "AmazonSNSException",
    exceptions: &[
        ("AuthorizationError", "AuthorizationErrorException"),
        ("EndpointDisabled", "EndpointDisabledException"),
        ("InternalError", "InternalErrorException"),
        ("InvalidParameter", "InvalidParameterException"),
        ("InvalidSecurity", "InvalidSecurityException"),
        ("KMSAccessDenied", "KMSAccessDeniedException"),
        ("KMSDisabled", "KMSDisabledException"),
        ("KMSInvalidState", "KMSInvalidStateException"),
        ("KMSNotFound", "KMSNotFoundException"),
        ("KMSOptInRequired", "KMSOptInRequiredException"),
        ("KMSThrottling", "KMSThrottlingException"),
        ("NotFound", "NotFoundException"),
        ("ParameterValueInvalid", "InvalidParameterValueException"),
        ("PlatformApplicationDisabled", "PlatformApplicationDisabledException"),
        ("ValidationException", "ValidationException"),
    ],
    connection: "connection",
};

#[derive(Clone, Debug)]
pub(super) struct SnsClient(pub(super) Client);

impl Service for SnsClient {
    fn call<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Value, Error>> {
        match request.action {
            "publish" => Box::pin(self.publish(request.parameters)),
            action => Box::pin(std::future::ready(Err(unknown_action("sns", action, &["publish"])))),
        }
    }
}

impl SnsClient {
    async fn publish(&self, parameters: Value) -> Result<Value, Error> {
        let request =
            parameters::read(parameters, |members| publish(&self.0, members)).map_err(|unfit| NAMES.unfit(unfit))?;
        send!(&NAMES, request, |output| [
            ("MessageId", output.message_id.map(Value::from)),
            ("SequenceNumber", output.sequence_number.map(Value::from)),
        ])
    }
}

fn publish(client: &Client, members: &mut Members<'_>) -> PublishFluentBuilder {
    client
        .publish()
        .set_topic_arn(members.take("TopicArn", text))
        .set_target_arn(members.take("TargetArn", text))
        .set_phone_number(members.take("PhoneNumber", text))
        .set_message(members.require("Message", text_of_json))
        .set_subject(members.take("Subject", text))
        .set_message_structure(members.take("MessageStructure", text))
        .set_message_attributes(members.take("MessageAttributes", map(message_attribute)))
        .set_message_deduplication_id(members.take("MessageDeduplicationId", text))
        .set_message_group_id(members.take("MessageGroupId", text))
}

fn message_attribute(problems: &mut Problems, field: &str, value: Value) -> Option<MessageAttributeValue> {
    attribute(problems, field, value, |_, attribute| {
        let Attribute { data_type, string_value, binary_value } = attribute;
        MessageAttributeValue::builder()
            .data_type(data_type)
            .set_string_value(string_value)
            .set_binary_value(binary_value)
            .build()
            .ok()
    })?
}
