//! What SQS is asked: `sendMessage`.

use serde_json::Value;

use super::failure::{Names, unknown_action};
use super::message::{Attribute, attributes, value_of};
use super::parameters::{self, Members, Problems, bytes, integer, list, object, text, text_of_json};
use crate::error::Error;

pub(super) const NAMES: Names = Names {
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

/// The parameters of `sendMessage`.
#[derive(Debug)]
pub(super) struct SendMessage {
    pub(super) queue_url: Option<String>,
    pub(super) message_body: Option<String>,
    pub(super) delay_seconds: Option<i32>,
    pub(super) message_attributes: Option<Vec<SqsAttribute>>,
    pub(super) message_system_attributes: Option<Vec<SqsAttribute>>,
    pub(super) message_deduplication_id: Option<String>,
    pub(super) message_group_id: Option<String>,
}

/// An attribute, with the lists that the API has room for and SQS no use.
#[derive(Debug)]
pub(super) struct SqsAttribute {
    pub(super) attribute: Attribute,
    #[cfg_attr(not(feature = "sqs"), expect(dead_code, reason = "what uses it is not built"))]
    pub(super) string_list_values: Option<Vec<String>>,
    #[cfg_attr(not(feature = "sqs"), expect(dead_code, reason = "what uses it is not built"))]
    pub(super) binary_list_values: Option<Vec<Vec<u8>>>,
}

/// Reads a call.
///
/// # Errors
/// There is no such action, or the parameters are not its own.
pub(super) fn read(action: &str, parameters: Value) -> Result<SendMessage, Error> {
    if action != "sendMessage" {
        return Err(unknown_action("sqs", action, &["sendMessage"]));
    }
    parameters::read(parameters, send_message)
}

fn send_message(members: &mut Members<'_>) -> SendMessage {
    SendMessage {
        queue_url: members.require("QueueUrl", text),
        message_body: members.require("MessageBody", text_of_json),
        delay_seconds: members.take("DelaySeconds", integer),
        message_attributes: members.take("MessageAttributes", attributes(attribute)),
        message_system_attributes: members.take("MessageSystemAttributes", attributes(attribute)),
        message_deduplication_id: members.take("MessageDeduplicationId", text),
        message_group_id: members.take("MessageGroupId", text),
    }
}

fn attribute(problems: &mut Problems, name: &str, value: Value) -> Option<SqsAttribute> {
    object(problems, name, value, |members| SqsAttribute {
        attribute: value_of(name, members),
        string_list_values: members.take("StringListValues", list(text)),
        binary_list_values: members.take("BinaryListValues", list(bytes)),
    })
}
