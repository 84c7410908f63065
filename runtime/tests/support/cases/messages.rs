//! Messages: to queues and to topics.

use serde_json::json;

use super::{Case, answers, case, fails, queue, topic, v1};

pub(super) fn cases() -> Vec<Case> {
    [send_message(), publish()].into_iter().flatten().collect()
}

fn sqs(exception: &'static str, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonSQS", 400, code, message))
}

fn sqs_invalid(message: &str) -> (&'static str, String) {
    sqs("SQS.AmazonSQSException", "InvalidParameterValue", message)
}

/// SNS's error for parameters that it does not like.
fn sns_invalid(message: &str) -> (&'static str, String) {
    sns("SNS.InvalidParameterException", 400, "InvalidParameter", &format!("Invalid parameter: {message}"))
}

fn sns(exception: &'static str, status: u16, code: &str, message: &str) -> (&'static str, String) {
    (exception, v1("AmazonSNS", status, code, message))
}

fn send_message() -> Vec<Case> {
    vec![
        case(
            "a message body that is an object is sent as compact JSON",
            [answers(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": {"Input": "Message3"}}),
                json!({"MD5OfMessageBody": "21ee0cdd2aec4288d4b9c0e48c1b9c83", "MessageId": "*"}),
            )],
        ),
        case(
            "a message body that is text is sent as it is",
            [answers(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello", "DelaySeconds": 0}),
                json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
            )],
        ),
        case(
            "message attributes",
            [answers(
                "sqs:sendMessage",
                json!({
                    "QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello",
                    "MessageAttributes": {
                        "text": {"DataType": "String", "StringValue": "a"},
                        "count": {"DataType": "Number", "StringValue": "1"},
                        "bytes": {"DataType": "Binary", "BinaryValue": "AAH/"}
                    }
                }),
                json!({
                    "MD5OfMessageAttributes": "ab9369d15b73f4da88026c6bc95b57d8", "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7",
                    "MessageId": "*"
                }),
            )],
        ),
        case(
            "a trace header",
            [answers(
                "sqs:sendMessage",
                json!({
                    "QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello",
                    "MessageSystemAttributes": {
                        "AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5e1b4151-5ac6c58e2b1e4f9d0"}
                    }
                }),
                json!({
                    "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MD5OfMessageSystemAttributes": "52d8905e05cc58acb41cc2f905d1dd9c",
                    "MessageId": "*"
                }),
            )
            .but_stand_in_answers(
                "it leaves out the digest",
                json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
            )],
        ),
        case(
            "a FIFO queue",
            [
                answers(
                    "sqs:sendMessage",
                    json!({
                        "QueueUrl": queue("Orders.fifo"), "MessageBody": "Hello", "MessageGroupId": "fifo",
                        "MessageDeduplicationId": "fifo-1"
                    }),
                    json!({
                        "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*",
                        "SequenceNumber": "*"
                    }),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("Orders.fifo"), "MessageBody": "Hello"}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "MissingParameter",
                        "The request must contain the parameter MessageGroupId.",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("Orders.fifo"), "MessageBody": "Hello", "MessageGroupId": "fifo"}),
                    sqs_invalid(
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId \
                         provided explicitly",
                    ),
                )
                .but_stand_in_fails(
                    "its text has a full stop",
                    sqs_invalid(
                        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId \
                         provided explicitly.",
                    ),
                ),
            ],
        ),
        case(
            "a FIFO queue that knows messages by their bodies",
            [
                answers(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("Bodies.fifo"), "MessageBody": "Hello", "MessageGroupId": "bodies"}),
                    json!({
                        "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*",
                        "SequenceNumber": "*"
                    }),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({
                        "QueueUrl": queue("Bodies.fifo"), "MessageBody": "Later", "MessageGroupId": "bodies",
                        "DelaySeconds": 5
                    }),
                    sqs_invalid(
                        "Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is \
                         not valid for this queue type.",
                    ),
                ),
            ],
        ),
        case(
            "a queue that is not there",
            [fails(
                "sqs:sendMessage",
                json!({"QueueUrl": queue("Nowhere"), "MessageBody": "Hello"}),
                sqs(
                    "SQS.QueueDoesNotExistException",
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "The specified queue does not exist.",
                ),
            )
            .but_stand_in_fails(
                "it has the older protocol's text",
                sqs(
                    "SQS.QueueDoesNotExistException",
                    "AWS.SimpleQueueService.NonExistentQueue",
                    "The specified queue does not exist for this wsdl version.",
                ),
            )],
        ),
        case(
            "messages that SQS refuses",
            [
                // Recorded.
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": null}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "MissingParameter",
                        "The request must contain the parameter MessageBody.",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello", "DelaySeconds": 901}),
                    sqs(
                        "SQS.AmazonSQSException",
                        "InvalidParameterValue",
                        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= \
                         900.",
                    ),
                )
                .but_stand_in_answers(
                    "it waits however long it is told",
                    json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({
                        "QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello",
                        "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}
                    }),
                    sqs_invalid(
                        "The message attribute 'a' has an invalid message attribute type, the set of supported type \
                         prefixes is Binary, Number, and String.",
                    ),
                )
                .but_stand_in_answers(
                    "it takes any type",
                    json!({
                        "MD5OfMessageAttributes": "*", "MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7",
                        "MessageId": "*"
                    }),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": "TeamCSqs", "MessageBody": "Hello"}),
                    (
                        "SQS.InvalidAddressException",
                        v1(
                            "AmazonSQS",
                            404,
                            "InvalidAddress",
                            "The address TeamCSqs is not valid for this endpoint.",
                        ),
                    ),
                )
                .but_stand_in_answers(
                    "it takes a name for a URL",
                    json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "Hello", "MessageDeduplicationId": "d"}),
                    sqs_invalid(
                        "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include \
                         parameter that is not valid for this queue type.",
                    ),
                )
                .but_stand_in_answers(
                    "it does not care",
                    json!({"MD5OfMessageBody": "8b1a9953c4611296a827abf8c47804d7", "MessageId": "*"}),
                ),
            ],
        ),
    ]
}

fn publish() -> Vec<Case> {
    vec![
        case(
            "messages that are text and that are objects",
            [
                answers(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": {"Input": "Message3"}}),
                    json!({"MessageId": "*"}),
                ),
                answers(
                    "sns:publish",
                    json!({
                        "TopicArn": topic("TeamAsns"), "Message": "Hello", "Subject": "Greeting",
                        "MessageAttributes": {
                            "text": {"DataType": "String", "StringValue": "a"},
                            "bytes": {"DataType": "Binary", "BinaryValue": "AAH/"}
                        }
                    }),
                    json!({"MessageId": "*"}),
                ),
                answers(
                    "sns:publish",
                    json!({
                        "TargetArn": topic("TeamAsns"), "MessageStructure": "json", "Message": {"default": "Hello"}
                    }),
                    json!({"MessageId": "*"}),
                ),
            ],
        ),
        case(
            "a FIFO topic",
            [
                answers(
                    "sns:publish",
                    json!({
                        "TopicArn": topic("Prices.fifo"), "Message": "Hello", "MessageGroupId": "fifo",
                        "MessageDeduplicationId": "fifo-1"
                    }),
                    json!({"MessageId": "*", "SequenceNumber": "*"}),
                ),
                // Recorded.
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("Prices.fifo"), "Message": "Hello"}),
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameter",
                        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
                    ),
                )
                .but_stand_in_fails(
                    "its code is the exception's name",
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameterException",
                        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics",
                    ),
                ),
            ],
        ),
        case(
            "a FIFO topic that knows messages by their texts",
            [answers(
                "sns:publish",
                json!({"TopicArn": topic("Texts.fifo"), "Message": "Hello", "MessageGroupId": "texts"}),
                json!({"MessageId": "*", "SequenceNumber": "*"}),
            )],
        ),
        case(
            "a topic that is not there",
            [fails(
                "sns:publish",
                json!({"TopicArn": topic("Nowhere"), "Message": "Hello"}),
                sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist"),
            )
            .but_stand_in_fails(
                "its text has the ARN",
                sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist: *"),
            )],
        ),
        case(
            "messages that SNS refuses",
            [
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": ""}),
                    sns("SNS.InvalidParameterException", 400, "InvalidParameter", "Invalid parameter: Empty message"),
                )
                .but_stand_in_answers("it takes an empty message", json!({"MessageId": "*"})),
                fails(
                    "sns:publish",
                    json!({"Message": "Hello"}),
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameter",
                        "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter",
                    ),
                )
                .but_stand_in_fails(
                    "its code is the exception's name, and the text its own",
                    sns(
                        "SNS.InvalidParameterException",
                        400,
                        "InvalidParameterException",
                        "TopicArn, TargetArn, or PhoneNumber is required",
                    ),
                ),
                fails(
                    "sns:publish",
                    json!({"TopicArn": "TeamAsns", "Message": "Hello"}),
                    sns_invalid("TopicArn Reason: An ARN must have at least 6 elements, not 1"),
                )
                .but_stand_in_fails(
                    "it looks for the topic",
                    sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist: TeamAsns"),
                ),
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": "Hello", "MessageStructure": "json"}),
                    sns_invalid("Message Structure - JSON message body failed to parse"),
                )
                .but_stand_in_answers("it takes text for JSON", json!({"MessageId": "*"})),
                fails(
                    "sns:publish",
                    json!({"TargetArn": topic("endpoint/GCM/app/1"), "Message": "Hello"}),
                    sns_invalid("TargetArn Reason: No endpoint found for the target arn specified"),
                )
                .but_stand_in_fails(
                    "it looks for a topic",
                    sns("SNS.NotFoundException", 404, "NotFound", "Topic does not exist: *"),
                ),
            ],
        ),
    ]
}
