//! Definitions of any size, with the mix of states that real ones have.

use std::fmt::Write as _;

/// A machine of `states` states: half of them Tasks with Retry, of which two in five have a Catch too; the rest Pass,
/// Choice and Wait. It ends.
pub(crate) fn definition(states: usize) -> String {
    let mut text = String::from("{\n  \"StartAt\": \"S0\",\n  \"States\": {\n");
    for index in 0..states {
        let next = format!("\"Next\": \"S{}\"", index + 1);
        let _ = writeln!(text, "    \"S{index}\": {},", state(index, &next));
    }
    let _ = write!(
        text,
        "    \"S{states}\": {{\"Type\": \"Succeed\"}},\n    \"Failed\": {{\"Type\": \"Fail\", \"Error\": \"Gone\", \
         \"CausePath\": \"$.error.Cause\"}}\n  }}\n}}\n"
    );
    text
}

fn state(index: usize, next: &str) -> String {
    let retry = r#""Retry": [{"ErrorEquals": ["SQS.SdkClientException"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 1.5}]"#;
    let catch = r#""Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}]"#;
    let catch = if index.is_multiple_of(5) { format!(", {catch}") } else { String::new() };
    match index % 10 {
        0 | 4 | 8 => format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {{"QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "MessageBody": {{"id.$": "$.order.id", "step": {index}, "items.$": "$.order.items[0]"}}}}, "ResultPath": "$.sent{index}", {retry}{catch}, {next}}}"#
        ),
        2 | 6 => format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::dynamodb:updateItem", "Parameters": {{"TableName": "orders", "Key": {{"id": {{"S.$": "$.order.id"}}}}, "UpdateExpression": "SET step{index} = :now", "ExpressionAttributeValues": {{":now": {{"S.$": "$$.Execution.StartTime"}}}}}}, "ResultSelector": {{"requestId.$": "$.SdkResponseMetadata.RequestId"}}, "ResultPath": "$.updated{index}", {retry}, {next}}}"#
        ),
        5 => format!(
            r#"{{"Type": "Choice", "Choices": [{{"And": [{{"Variable": "$.order.total", "NumericGreaterThan": {index}}}, {{"Variable": "$.order.state", "StringEquals": "open"}}], {next}}}, {{"Variable": "$.order.note", "IsPresent": true, {next}}}], "Default": "S{}"}}"#,
            index + 1
        ),
        7 => format!(r#"{{"Type": "Wait", "SecondsPath": "$.order.delay", {next}}}"#),
        _ => format!(
            r#"{{"Type": "Pass", "Parameters": {{"id.$": "$.order.id", "stage": "s{index}", "address": {{"city.$": "$.order.customer.city", "zip": "0150"}}}}, "ResultPath": "$.pass{index}", {next}}}"#
        ),
    }
}
