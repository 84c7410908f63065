//! Parameters of which Step Functions makes no request.

use serde_json::json;

use super::{Case, case, fails, queue, topic};

/// Step Functions' error for parameters that are not the action's.
fn unfit(problem: &str) -> (&'static str, String) {
    ("States.Runtime", format!("The Parameters '*' could not be used to start the Task: [{problem}]"))
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        case(
            "parameters of the wrong type",
            [
                fails(
                    "dynamodb:putItem",
                    json!({"TableName": "Message", "Item": {"messageId": {"S": 3}}}),
                    unfit("The value for the field 'S' must be a STRING"),
                ),
                fails(
                    "dynamodb:getItem",
                    json!({"TableName": "Message", "Key": "a", "ConsistentRead": "yes"}),
                    unfit(
                        "The value of the field 'Key' has an invalid format, \
                         The value for the field 'ConsistentRead' must be a BOOLEAN",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "a", "DelaySeconds": "5"}),
                    unfit("The value for the field 'DelaySeconds' must be an INTEGER"),
                ),
                fails(
                    "sns:publish",
                    json!({"TopicArn": topic("TeamAsns"), "Message": "a", "MessageAttributes": []}),
                    unfit("The value of the field 'MessageAttributes' has an invalid format"),
                ),
            ],
        ),
        case(
            "parameters that the action does not have, and that it needs",
            [
                fails(
                    "dynamodb:putItem",
                    json!({"tableName": "Message", "Item": {}}),
                    unfit(
                        "The field 'TableName' is required but was missing, \
                         The field \"tableName\" is not supported by Step Functions",
                    ),
                ),
                fails(
                    "sqs:sendMessage",
                    json!({"QueueUrl": queue("TeamCSqs"), "MessageBody": "a", "Delay": 5}),
                    unfit("The field \"Delay\" is not supported by Step Functions"),
                ),
            ],
        ),
    ]
}
