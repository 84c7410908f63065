//! What is said of resources and parameters: for each case the report that `testing::report` writes.

use super::check as checks;
use super::testing::report;

#[track_caller]
fn check(resource: &str, parameters: &str, expected: &str) {
    let found = report(checks, resource, Some(parameters));
    assert_eq!(found.trim(), expected.trim(), "\n{found}");
}

/// What no case about a resource needs to say.
const PARAMETERS: &str = r#"{"TableName": "t"}"#;

#[test]
fn resources() {
    check(
        "dynamodb:putItem",
        PARAMETERS,
        r#"
ASL0901 dynamodb:putItem /States/X/Resource: `Resource` of state `X` is not an ARN of something that a Task can call
  write the whole ARN: "arn:aws:states:::dynamodb:putItem"
"#,
    );
    check(
        "arn:aws:sqs:us-east-1:1:q",
        PARAMETERS,
        r#"
ASL0901 sqs /States/X/Resource: `Resource` of state `X` is not an ARN of something that a Task can call
  an ARN such as `arn:aws:states:::sqs:sendMessage`
"#,
    );
    check(
        "arn:aws:states:::dynamodb:query",
        PARAMETERS,
        r#"
ASL0902 query /States/X/Resource: `dynamodb:query` of state `X` is no optimised integration
  Step Functions offers it through the SDK: "arn:aws:states:::aws-sdk:dynamodb:query"
"#,
    );
    check(
        "arn:aws:states:::dynamodb:PutItem",
        PARAMETERS,
        r#"
ASL0902 PutItem /States/X/Resource: `dynamodb:PutItem` of state `X` is no optimised integration
  did you mean: "arn:aws:states:::dynamodb:putItem"
"#,
    );
    check(
        "arn:aws:states:::dynamo:putItem",
        PARAMETERS,
        r#"
ASL0902 dynamo:putItem /States/X/Resource: `dynamo:putItem` of state `X` is no optimised integration
  did you mean: "arn:aws:states:::dynamodb:putItem"
"#,
    );
    check(
        "arn:aws:states:::s3:getObject",
        PARAMETERS,
        r#"
ASL0902 s3:getObject /States/X/Resource: `s3:getObject` of state `X` is no optimised integration
  Step Functions offers it through the SDK: "arn:aws:states:::aws-sdk:s3:getObject"
"#,
    );
    check(
        "arn:aws:states:::dynamodb:putItem.sync",
        PARAMETERS,
        r#"
ASL0903 .sync /States/X/Resource: `dynamodb:putItem` of state `X` does not offer the pattern `.sync`
  leave the pattern out: "arn:aws:states:::dynamodb:putItem"
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage.waitForTasktoken",
        PARAMETERS,
        r#"
ASL0903 .waitForTasktoken /States/X/Resource: `sqs:sendMessage` of state `X` does not offer the pattern `.waitForTasktoken`
  did you mean: "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
"#,
    );
    check(
        "arn:aws:states:::aws-sdk:s3:getObject.sync",
        PARAMETERS,
        r#"
ASL0903 .sync /States/X/Resource: `aws-sdk:s3:getObject` of state `X` does not offer the pattern `.sync`
  leave the pattern out: "arn:aws:states:::aws-sdk:s3:getObject"
"#,
    );
    check(
        "arn:aws:states:::states:startExecution.sync:3",
        PARAMETERS,
        r#"
ASL0903 .sync:3 /States/X/Resource: `states:startExecution` of state `X` does not offer the pattern `.sync:3`
  did you mean: "arn:aws:states:::states:startExecution.sync:2"
"#,
    );
}

#[test]
fn every_resource_that_aws_offers() {
    for resource in [
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws:states:::aws-sdk:s3:getObject",
        "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken",
        "arn:aws:states:::http:invoke",
        "arn:aws:lambda:us-east-1:1:function:f",
        "arn:aws-us-gov:lambda:us-gov-west-1:1:function:f:$LATEST",
        "arn:aws:states:us-east-1:1:activity:a",
    ] {
        check(resource, PARAMETERS, "");
    }
}

#[test]
fn parameters_of_lambda() {
    let invoke = "arn:aws:states:::lambda:invoke";
    check(invoke, r#"{"FunctionName": "f", "Payload": "text", "Qualifier": "1", "LogType": "Tail"}"#, "");
    check(invoke, r#"{"FunctionName.$": "$.f", "Payload": {"a.$": "$"}, "InvocationType": "Event"}"#, "");
    check(
        invoke,
        r#"{"functionName": "f", "Payload": [1], "InvocationType": "event"}"#,
        r#"
ASL0905 "functionName" /States/X/Parameters: `functionName` in state `X` is no parameter of `lambda:invoke`
  names are in PascalCase here: {"FunctionName": "f", "Payload": [1], "InvocationType": "event"}
ASL0908 "event" /States/X/Parameters/InvocationType: `InvocationType` of state `X` is `event`, and `lambda:invoke` does not know it
  did you mean: {"functionName": "f", "Payload": [1], "InvocationType": "Event"}
"#,
    );
}

#[test]
fn parameters_of_sqs() {
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"QueueUrl": "q", "MessageBody": {"a.$": "$"}, "DelaySeconds": 5, "MessageAttributes": {"a": {"DataType": "String", "StringValue.$": "$.a"}}}"#,
        "",
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"queueUrl": "q", "messageBody.$": "$.b", "Delay": 1}"#,
        r#"
ASL0905 "queueUrl" /States/X/Parameters: `queueUrl` in state `X` is no parameter of `sqs:sendMessage`
  names are in PascalCase here: {"QueueUrl": "q", "messageBody.$": "$.b", "Delay": 1}
ASL0905 "messageBody.$" /States/X/Parameters: `messageBody` in state `X` is no parameter of `sqs:sendMessage`
  names are in PascalCase here: {"queueUrl": "q", "MessageBody.$": "$.b", "Delay": 1}
ASL0905 "Delay" /States/X/Parameters: `Delay` in state `X` is no parameter of `sqs:sendMessage`
  it takes `QueueUrl`, `MessageBody`, `DelaySeconds`, `MessageAttributes`, `MessageSystemAttributes`, `MessageDeduplicationId` and `MessageGroupId`
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"MessageBody": null}"#,
        r#"
ASL0906 { /States/X/Parameters: `Parameters` of state `X` lacks `QueueUrl` and `MessageBody`
  add `QueueUrl` and `MessageBody`, with `.$` behind the name where a path gives the value
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"QueueUrl": 5, "MessageBody": "b", "DelaySeconds": "5"}"#,
        r#"
ASL0907 5 /States/X/Parameters/QueueUrl: `QueueUrl` of state `X` is a number, and `sqs:sendMessage` takes a string there
  write a string: {"QueueUrl": "5", "MessageBody": "b", "DelaySeconds": "5"}
ASL0907 "5" /States/X/Parameters/DelaySeconds: `DelaySeconds` of state `X` is a string, and `sqs:sendMessage` takes an integer there
  write an integer: {"QueueUrl": 5, "MessageBody": "b", "DelaySeconds": 5}
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"QueueUrl": {"a.$": "$"}, "MessageBody": "b", "DelaySeconds": 1.5}"#,
        r#"
ASL0907 {"a.$": "$"} /States/X/Parameters/QueueUrl: `QueueUrl` of state `X` is an object, and `sqs:sendMessage` takes a string there
ASL0907 1.5 /States/X/Parameters/DelaySeconds: `DelaySeconds` of state `X` is a number, and `sqs:sendMessage` takes an integer there
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"QueueUrl": "q", "MessageBody": "b", "DelaySeconds": 901}"#,
        r#"
ASL0908 901 /States/X/Parameters/DelaySeconds: `DelaySeconds` of state `X` is 901, and `sqs:sendMessage` takes 0 to 900
  write a number from 0 to 900
"#,
    );
    check(
        "arn:aws:states:::sqs:sendMessage",
        r#"{"QueueUrl": "q", "MessageBody": "b", "MessageAttributes": {"a": {"dataType": "String", "StringValue": true}, "b": "x", "c": {"StringValue.$": "$.c"}}}"#,
        r#"
ASL0905 "dataType" /States/X/Parameters/MessageAttributes/a: `dataType` in state `X` is no member of `MessageAttributes.a` of `sqs:sendMessage`
  names are in PascalCase here: {"QueueUrl": "q", "MessageBody": "b", "MessageAttributes": {"a": {"DataType": "String", "StringValue": true}, "b": "x", "c": {"StringValue.$": "$.c"}}}
ASL0907 true /States/X/Parameters/MessageAttributes/a/StringValue: `MessageAttributes.a.StringValue` of state `X` is a boolean, and `sqs:sendMessage` takes a string there
  write a string: {"QueueUrl": "q", "MessageBody": "b", "MessageAttributes": {"a": {"dataType": "String", "StringValue": "true"}, "b": "x", "c": {"StringValue.$": "$.c"}}}
ASL0907 "x" /States/X/Parameters/MessageAttributes/b: `MessageAttributes.b` of state `X` is a string, and `sqs:sendMessage` takes an object there
ASL0906 { /States/X/Parameters/MessageAttributes/c: `MessageAttributes.c` of state `X` lacks `DataType`
  add `DataType`, with `.$` behind the name where a path gives the value
"#,
    );
}

#[test]
fn parameters_of_sns() {
    check(
        "arn:aws:states:::sns:publish",
        r#"{"Message": "m"}"#,
        r#"
ASL0906 { /States/X/Parameters: `Parameters` of state `X` lacks one of `TopicArn`, `TargetArn` and `PhoneNumber`
  add one of `TopicArn`, `TargetArn` and `PhoneNumber`
"#,
    );
    check(
        "arn:aws:states:::sns:publish",
        r#"{"Message": "m", "TopicArn": "a", "PhoneNumber": "b"}"#,
        r#"
ASL0916 "PhoneNumber" /States/X/Parameters/PhoneNumber: `TopicArn` and `PhoneNumber` of state `X` exclude each other
  delete one of them
"#,
    );
    check(
        "arn:aws:states:::sns:publish",
        r#"{"Message": "m", "topicArn": "a"}"#,
        r#"
ASL0905 "topicArn" /States/X/Parameters: `topicArn` in state `X` is no parameter of `sns:publish`
  names are in PascalCase here: {"Message": "m", "TopicArn": "a"}
"#,
    );
    check(
        "arn:aws:states:::sns:publish",
        r#"{"Message": "m", "TopicArn": "a", "MessageStructure": "JSON"}"#,
        r#"
ASL0908 "JSON" /States/X/Parameters/MessageStructure: `MessageStructure` of state `X` is `JSON`, and `sns:publish` does not know it
  did you mean: {"Message": "m", "TopicArn": "a", "MessageStructure": "json"}
"#,
    );
}

#[test]
fn parameters_of_dynamodb() {
    check(
        "arn:aws:states:::dynamodb:putItem",
        r#"{"TableName": "t", "Item": {}, "ReturnValues": "ALL_NEW", "ConsistentRead": true}"#,
        r#"
ASL0908 "ALL_NEW" /States/X/Parameters/ReturnValues: `ReturnValues` of state `X` is `ALL_NEW`, and `dynamodb:putItem` does not know it
  write `NONE` or `ALL_OLD`
ASL0905 "ConsistentRead" /States/X/Parameters: `ConsistentRead` in state `X` is no parameter of `dynamodb:putItem`
  it takes `TableName`, `Item`, `Expected`, `ReturnValues`, `ReturnConsumedCapacity`, `ReturnItemCollectionMetrics`, `ConditionalOperator`, `ConditionExpression`, `ExpressionAttributeNames`, `ExpressionAttributeValues` and `ReturnValuesOnConditionCheckFailure`
"#,
    );
    check(
        "arn:aws:states:::dynamodb:putItem",
        r#"{"TableName": "t", "Item": "x", "Expected": {"a": {"Exists": "true", "ComparisonOperator": "eq"}}}"#,
        r#"
ASL0907 "x" /States/X/Parameters/Item: `Item` of state `X` is a string, and `dynamodb:putItem` takes an object there
ASL0907 "true" /States/X/Parameters/Expected/a/Exists: `Expected.a.Exists` of state `X` is a string, and `dynamodb:putItem` takes a boolean there
  write a boolean: {"TableName": "t", "Item": "x", "Expected": {"a": {"Exists": true, "ComparisonOperator": "eq"}}}
ASL0908 "eq" /States/X/Parameters/Expected/a/ComparisonOperator: `Expected.a.ComparisonOperator` of state `X` is `eq`, and `dynamodb:putItem` does not know it
  did you mean: {"TableName": "t", "Item": "x", "Expected": {"a": {"Exists": "true", "ComparisonOperator": "EQ"}}}
"#,
    );
}

#[test]
fn no_parameters_at_all() {
    let found = report(checks, "arn:aws:states:::sqs:sendMessage", None);
    assert_eq!(
        found.trim(),
        r#"
ASL0906 "X" /States/X: state `X` has no `Parameters`: its whole input is sent to `sqs:sendMessage`, which needs `QueueUrl` and `MessageBody`
  add `Parameters` with `QueueUrl` and `MessageBody`
"#
        .trim()
    );
}
