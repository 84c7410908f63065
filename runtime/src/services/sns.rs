//! What SNS is asked: `publish`.

use serde_json::Value;

use super::failure::{Names, unknown_action};
use super::message::{Attribute, attributes, value_of};
use super::parameters::{self, Members, Problems, object, text, text_of_json};
use crate::error::Error;

pub(super) const NAMES: Names = Names {
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

/// The parameters of `publish`.
#[derive(Debug)]
pub(super) struct Publish {
    pub(super) topic_arn: Option<String>,
    pub(super) target_arn: Option<String>,
    pub(super) phone_number: Option<String>,
    pub(super) message: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) message_structure: Option<String>,
    pub(super) message_attributes: Option<Vec<Attribute>>,
    pub(super) message_deduplication_id: Option<String>,
    pub(super) message_group_id: Option<String>,
}

/// Reads a call.
///
/// # Errors
/// There is no such action, or the parameters are not its own.
pub(super) fn read(action: &str, parameters: Value) -> Result<Publish, Error> {
    if action != "publish" {
        return Err(unknown_action("sns", action, &["publish"]));
    }
    parameters::read(parameters, publish)
}

fn publish(members: &mut Members<'_>) -> Publish {
    Publish {
        topic_arn: members.take("TopicArn", text),
        target_arn: members.take("TargetArn", text),
        phone_number: members.take("PhoneNumber", text),
        message: members.require("Message", text_of_json),
        subject: members.take("Subject", text),
        message_structure: members.take("MessageStructure", text),
        message_attributes: members.take("MessageAttributes", attributes(attribute)),
        message_deduplication_id: members.take("MessageDeduplicationId", text),
        message_group_id: members.take("MessageGroupId", text),
    }
}

fn attribute(problems: &mut Problems, name: &str, value: Value) -> Option<Attribute> {
    object(problems, name, value, |members| value_of(name, members))
}
